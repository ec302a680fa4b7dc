"""Whether a recommended verdict still holds at the moment of approval.

Judging again costs tens of milliseconds; asking whether anything has happened that could change the
verdict costs a few queries. Only what a claim can touch counts: a learner, specialist, document or
project that it shares with something approved since, and rooms that may have become too small.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from skola_finance.workflow import CLAIMS, ClaimCommand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skola_finance.storage.repositories.claim_verdicts import Grounds
    from skola_finance.storage.tables import ClaimLineRow, ClaimRow, ProgrammeRow
    from skola_finance.usecases.work import Work

FLAT_RATE = "flat_rate"


def is_fresh(
    work: Work, programme: ProgrammeRow, row: ClaimRow, lines: Sequence[ClaimLineRow]
) -> bool:
    """Say whether the last verdict on a claim would come out the same now, without judging it."""
    if work.holder(row) != row.partner_reg_no:
        return False
    last = _grounds(work, row)
    if last is None or last.is_changed or last.assessed_on != work.on:
        return False
    if last.rulebook_digest != programme.rulebook_digest:
        return False
    if any(line.cost_form == FLAT_RATE or line.unfunded_cents for line in lines):
        return False
    if any(line.eligible_cents < 0 for line in lines):
        return False
    return _fits(work, row, lines) and not _touched(work, row, last, lines)


def _grounds(work: Work, row: ClaimRow) -> Grounds | None:
    """Give what the last verdict rests on, and whether that changed since the recommendation.

    The order of the journal knows; the clocks of two servers may not.
    """
    deeds = work.earlier_deeds(CLAIMS.key, row.key)
    recommended = [deed.journal_no for deed in deeds if deed.command == ClaimCommand.RECOMMEND]
    return work.repositories.claims.grounds(
        row.id, row.version, after=max(recommended, default=0), changing=CHANGING
    )


CHANGING = (
    *("confirm_setting", "adopt_rulebook", "add_institution", "end_institution"),
    *("sign_agreement", "end_agreement", "succeed_partner", "approve_sub_project"),
    *("confirm_correction", "establish_irregularity", "dismiss_irregularity"),
    *("annul_recovery", "revive_unfunded"),
    *("approve_sub_project_report", "abandon_sub_project", "settle_sub_project"),
)
"""Commands after which a verdict is made anew: they change the rules or a register."""


def _fits(work: Work, row: ClaimRow, lines: Sequence[ClaimLineRow]) -> bool:
    """Say whether quota and semester still have room for everything that is eligible."""
    wanted: defaultdict[str, int] = defaultdict(int)
    semesters: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        wanted[line.quota] += line.eligible_cents
        semesters[line.semester] += line.eligible_cents
    partner = row.partner_reg_no
    balances = work.open_balances(row.programme, partner)
    free = balances.free(programme=row.programme, partner=partner)
    rooms = {quota.value: split.total_cents for quota, split in free.items()}
    if any(cents > rooms.get(quota, 0) for quota, cents in wanted.items()):
        return False
    # A semester with an allocation of its own is judged by the rules, which know how.
    family = [partner, *work.predecessors(row.programme, partner)]
    rooms_of = {f"allocation.{one}.{semester}" for one in family for semester in semesters}
    return not rooms_of & work.confirmed_keys(row.programme)


def _touched(work: Work, row: ClaimRow, last: Grounds, lines: Sequence[ClaimLineRow]) -> bool:
    """Say whether something approved since shares a learner, document and the like."""
    shared: dict[str, list[str]] = {
        "learner_ref": [line.learner_ref for line in lines if line.learner_ref],
        "document_key": [line.document_key for line in lines if line.document_key],
        "specialist_ref": [line.specialist_ref for line in lines if line.specialist_ref],
        "project_no": [line.project_no for line in lines if line.project_no],
    }
    return bool(work.repositories.claims.sharing(shared, after=last.basis, without=row.id))
