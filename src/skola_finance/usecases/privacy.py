"""Erasing what is known of learners once nobody may keep it (Regulation 483 par. 33.6, D-07, D-12).

Only a learner's columns go: pseudonym, grade, age, risk ground, plan number, income, disability.
Sums, seals and chains stand as they were, since none of those columns ever entered a digest.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, time
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.funding import AgreementStatus
from skola_finance.ledger.digests import LEARNER_COLUMNS
from skola_finance.problems import Text
from skola_finance.storage.frames import pack, unpack
from skola_finance.storage.repositories.privacy import ERASED
from skola_finance.usecases.filing.evidence import files_of
from skola_finance.usecases.in_force import agreement_of
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.usecases.work import CLAIM, PROGRAMME
from skola_finance.workflow import TASKS, ClaimState, Task, not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.work import Work

IN_PROCESS = frozenset(
    {
        *(ClaimState.SUBMITTED, ClaimState.IN_REVIEW, ClaimState.CLARIFICATION),
        *(ClaimState.RECOMMENDED, ClaimState.APPROVED, ClaimState.ORDERED),
    }
)
"""States in which somebody still has to look at the lines."""
GONE = Text(lv="Ziņas par izglītojamo ir dzēstas.", en="The facts of the learner were erased.")
_NAMES = ("learner_ref", "plan_no")
_PLACEHOLDER = re.compile(r"\{(" + "|".join(sorted(LEARNER_COLUMNS)) + r")\b")


@use_case(
    title=Text(lv="Dzēst ziņas par izglītojamajiem", en="Erase learners"),
    roles=TASKS[Task.ERASE_LEARNERS],
)
def erase_learners(
    work: Work, *, programme: str, claim: str = "", before: date | None = None
) -> Answer:
    """Erase the learners of one claim, or of everything that ended before a day.

    Of claims: every version, its plans and lines, what verdicts say of a learner in words, and the
    keys of the files handed in, which nobody can open again. With `before` also the individual
    plans that ended by then; what may not be erased yet is left and counted.

    Args:
        programme: also one that is closed.
        claim: the claim.
        before: claims whose period, and plans whose last day, is before this day.

    Raises: CommandRefused WFL-574 (the retention is not over, or nobody has entered its term),
        WFL-575 (the claim is still in process), WFL-576 (it was erased already), WFL-518 (neither
        or both given).
    """
    if work.repositories.programmes.get(programme) is None:
        raise not_found(PROGRAMME)
    if bool(claim) == (before is not None):
        raise unusable_input(
            "claim", lv="norāda pārskatu vai dienu", en="either a claim or a day is given"
        )
    if before is None:
        return _one(work, programme, claim)
    found: Counter[str] = Counter()
    at = datetime.combine(before, time(), tzinfo=UTC)
    for row in work.repositories.privacy.claims_before(programme, on=before, at=at):
        held = work.claim(row.key)
        if _refusal(work, held) is None:
            found["versions"] += _erase(work, held)
            found["claims"] += 1
        else:
            found["kept"] += 1
    for plan in work.repositories.privacy.plans_before(programme, on=before):
        if _kept_until(work, programme, plan.partner_reg_no) is None:
            plan.plan_no, plan.learner_ref, plan.risk_ground = f"{ERASED}{plan.id}", "", None
            work.change(plan)
            found["plans"] += 1
        else:
            found["kept"] += 1
    names = ("claims", "versions", "plans", "kept")
    return Answer(f"programme/{programme}", {name: found[name] for name in names})


def _one(work: Work, programme: str, key: str) -> Answer:
    row = work.claim(key)
    if row.programme != programme:
        raise not_found(CLAIM)
    refusal = _refusal(work, row)
    if refusal is not None:
        raise refusal
    versions = _erase(work, row)
    if not versions:
        raise refuse(
            "WFL-576",
            lv=f"Ziņas par izglītojamajiem pārskatā {row.key} jau ir dzēstas.",
            en=f"The learners of the claim {row.key} were erased already.",
            hint_lv="Nekas vairs nav jādara.",
            hint_en="Nothing is left to do.",
            subject=row.key,
        )
    return Answer(row.key, {"claims": 1, "versions": versions, "plans": 0, "kept": 0})


def _refusal(work: Work, row: ClaimRow) -> CommandRefused | None:
    """Say why a claim must still know its learners, if it must."""
    if row.state in IN_PROCESS:
        return refuse(
            "WFL-575",
            lv=f"Pārskats {row.key} vēl tiek izskatīts vai apmaksāts.",
            en=f"The claim {row.key} is still being looked at or paid.",
            hint_lv="Ziņas dzēš, kad pārskats ir samaksāts, noslēgts, noraidīts vai atsaukts.",
            hint_en="Erase once it is paid, settled, rejected or withdrawn.",
            subject=row.key,
        )
    return _kept_until(work, row.programme, row.partner_reg_no)


def _kept_until(work: Work, programme: str, partner: str) -> CommandRefused | None:
    """Say until when a partner's documents are kept, if that day is not over or not known."""
    days = list(_retentions(work.repositories, programme, partner))
    if days and all(day is not None and day < work.on for day in days):
        return None
    known = [day for day in days if day is not None]
    is_unknown = len(known) < len(days) or not days
    last = max(known) if known else None
    told_lv = "glabāšanas termiņš nav ievadīts" if is_unknown else f"glabā līdz {last:%d.%m.%Y.}"
    told_en = "no term of retention was entered" if is_unknown else f"are kept until {last}"
    return refuse(
        "WFL-574",
        lv=f"Ziņas par partnera {partner} izglītojamajiem dzēst nevar: {told_lv}.",
        en=f"The learners of partner {partner} cannot be erased: {told_en}.",
        hint_lv="Dzēš pēc sadarbības līgumā noteiktā glabāšanas termiņa beigām.",
        hint_en="Erase after the term of retention that the cooperation agreement sets.",
        subject=partner,
    )


def _retentions(repositories: Repositories, programme: str, partner: str) -> Iterable[date | None]:
    """Give the last day of retention of a partner's agreement, and of those of its successors."""
    seen: set[str] = set()
    while partner and partner not in seen:
        seen.add(partner)
        agreement = agreement_of(repositories, programme, partner=partner)
        if agreement is None:
            return
        yield agreement.retention_until
        is_succeeded = agreement.state == AgreementStatus.SUCCEEDED
        partner = agreement.successor_reg_no if is_succeeded else ""


def _erase(work: Work, row: ClaimRow) -> int:
    """Erase the learners of a claim; gives how many versions still knew them."""
    claims, privacy = work.repositories.claims, work.repositories.privacy
    known = [one for one in claims.versions(row.id) if one.erased_at is None]
    if not known:
        return 0
    names: set[str] = set()
    for version in known:
        names |= _forget(version)
        version.erased_at = work.order.at
        work.repositories.add(version)
    privacy.forget_learners(row.id)
    for verdict in privacy.assessments(row.id):
        told = _told_of_learners(work, verdict.rulebook_digest)
        verdict.problems = _without(verdict.problems, names, told)
        work.repositories.add(verdict)
    _destroy_keys(work, row)
    work.change(row)
    return len(known)


def _forget(version: ClaimVersionRow) -> set[str]:
    """Empty a learner's columns of a version; gives the pseudonyms and plan numbers that stood."""
    names: set[str] = set()
    for column in ("frame", "plans"):
        content = getattr(version, column)
        if content is None:
            continue
        frame = unpack(content)
        for name in (one for one in _NAMES if one in frame.columns):
            names |= set(frame[name].drop_nulls().unique().to_list())
        emptied = [
            pl.lit(None, dtype=dtype).alias(name)
            for name, dtype in frame.schema.items()
            if name in LEARNER_COLUMNS
        ]
        setattr(version, column, pack(frame.with_columns(emptied)))
    version.reading = _without(version.reading, names, frozenset())
    return names


def _told_of_learners(work: Work, rulebook_digest: str) -> frozenset[str]:
    """Give the codes whose findings repeat a fact of a learner."""
    rulebook = work.store.rulebook(work.repositories, rulebook_digest)
    return frozenset(
        code
        for code, rule in rulebook.rules.items()
        for finding in rule.findings.values()
        for text in (finding.message, finding.hint)
        if _PLACEHOLDER.search(text.lv) or _PLACEHOLDER.search(text.en)
    )


def _without(
    problems: Iterable[Mapping[str, Any]], names: set[str], told: frozenset[str]
) -> list[dict[str, Any]]:
    """Give problems back, each that tells of a learner without its words."""
    named = re.compile("|".join(re.escape(one) for one in sorted(names) if one) or r"(?!)")
    kept = []
    for problem in problems:
        texts = (*problem["message"].values(), *problem["hint"].values(), problem["subject"])
        is_told = problem["code"] in told or problem["column"] in LEARNER_COLUMNS
        if is_told or any(named.search(text or "") for text in texts):
            words = {"lv": GONE.lv, "en": GONE.en}
            kept.append({**problem, "message": words, "hint": words, "subject": ""})
        else:
            kept.append(dict(problem))
    return kept


def _destroy_keys(work: Work, row: ClaimRow) -> None:
    """Destroy the keys of files that no other claim holds; the names of all of them go too."""
    claims = work.repositories.claims
    for evidence in claims.evidence(row.id):
        evidence.name = f"{ERASED}{evidence.id}{PurePosixPath(evidence.name).suffix}"
        was_held, evidence.is_held = evidence.is_held, False
        work.repositories.add(evidence)
        file = claims.evidence_file(evidence.sha256) if was_held else None
        if file is None or work.repositories.privacy.holders(file.sha256, without=row.id):
            continue
        remove = partial(files_of(work.store).remove, file.sha256, file.wrapped_key)
        work.repositories.remove(file)
        work.after_commit(remove)
