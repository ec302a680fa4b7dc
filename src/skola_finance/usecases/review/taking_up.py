"""Taking a claim up: who reviews it, the sample, the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.storage.tables import ChecklistRow, SampleRow
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.order import Answer
from skola_finance.usecases.review.checklist import checklist_for
from skola_finance.usecases.review.risk import draw, line_weights
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import unusable_input
from skola_finance.workflow import CLAIMS, ClaimCommand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.work import Work

ANSWERS = ("yes", "no", "not_applicable")


@use_case(
    title=Text(lv="Norīkot pārbaudītāju", en="Assign a reviewer"),
    roles=CLAIMS.may[ClaimCommand.ASSIGN],
)
def assign_reviewer(work: Work, *, claim: str, reviewer: str) -> Answer:
    """Name the reviewer of a claim, by the name of the account."""
    row = work.claim(claim)
    if not reviewer.strip():
        raise unusable_input("reviewer", lv="nav pārbaudītāja", en="the reviewer is missing")
    step_claim(work, row, ClaimCommand.ASSIGN, note=reviewer)
    row.reviewer = reviewer
    work.change(row)
    return answer_of(row)


@use_case(
    title=Text(lv="Sākt pārbaudi", en="Start the review"),
    roles=CLAIMS.may[ClaimCommand.START_REVIEW],
)
def start_review(work: Work, *, claim: str, sample_size: int = 0) -> Answer:
    """Take a filed claim up; who takes it up is its reviewer from then on.

    Args:
        sample_size: above zero, a sample of so many lines is drawn with it, so that the review
            begins with something to look at. Its seed is the key of the claim and the day.
    """
    row = work.claim(claim)
    step_claim(work, row, ClaimCommand.START_REVIEW)
    row.reviewer = work.order.actor.id
    if sample_size > 0:
        _draw(work, row, size=sample_size, seed=f"{row.key} {work.on.isoformat()}")
    work.change(row)
    return answer_of(row)


@use_case(
    title=Text(lv="Veidot izlasi", en="Draw the sample"),
    roles=CLAIMS.may[ClaimCommand.DRAW_SAMPLE],
)
def draw_sample(
    work: Work, *, claim: str, size: int, seed: str, row_version: int | None = None
) -> Answer:
    """Draw lines to be checked against their documents, riskier ones more often.

    Seed, weights with their reasons, and the lines drawn are kept: the same seed draws the same
    lines again.

    Args:
        size: how many lines; all of them where there are fewer.
        seed: any text, such as the day and the key of the claim.
    """
    row = work.claim(claim, row_version=row_version)
    if size <= 0 or not seed.strip():
        raise unusable_input(
            "size", lv="jābūt virs nulles, un vajag sākumskaitli", en="above zero, with a seed"
        )
    chosen = _draw(work, row, size=size, seed=seed)
    work.change(row)
    return Answer(row.key, {**answer_of(row).facts, "chosen": list(chosen), "seed": seed})


def _draw(work: Work, row: ClaimRow, *, size: int, seed: str) -> tuple[str, ...]:
    step_claim(work, row, ClaimCommand.DRAW_SAMPLE)
    weighed = line_weights(work.repositories.claims.lines(row.id, row.version))
    chosen = draw({line: one[0] for line, one in weighed.items()}, seed=seed, size=size)
    work.repositories.add(
        SampleRow(
            claim_id=row.id,
            version=row.version,
            drawn_at=work.order.at,
            seed=seed,
            size=size,
            factors=[
                {
                    "line_id": line,
                    "weight": weight,
                    "reasons": [
                        {
                            "name": one.name,
                            "points": one.points,
                            "lv": one.reason.lv,
                            "en": one.reason.en,
                        }
                        for one in factors
                    ],
                }
                for line, (weight, factors) in weighed.items()
            ],
            chosen=list(chosen),
        )
    )
    return chosen


@use_case(
    title=Text(lv="Aizpildīt kontrollapu", en="Fill in the checklist"),
    roles=CLAIMS.may[ClaimCommand.TICK],
)
def tick_checklist(
    work: Work,
    *,
    claim: str,
    item: str,
    answer: str,
    note: str = "",
    row_version: int | None = None,
) -> Answer:
    """Answer an item of the checklist: `yes`, `no` or `not_applicable`; `no` needs a note."""
    row = work.claim(claim, row_version=row_version)
    _tick(work, row, _items(work, row), item, answer, note)
    work.change(row)
    return answer_of(row)


@use_case(
    title=Text(lv="Aizpildīt vairākus kontrollapas jautājumus", en="Fill in several items"),
    roles=CLAIMS.may[ClaimCommand.TICK],
)
def fill_checklist(
    work: Work,
    *,
    claim: str,
    answers: Sequence[Mapping[str, str]],
    row_version: int | None = None,
) -> Answer:
    """Answer several items of the checklist at once; all of them, or none where one is refused.

    Args:
        answers: `item`, `answer` and, for a `no`, `note` of each.
        row_version: what the person has read.

    Raises: as `tick_checklist`; CommandRefused WFL-517, WFL-518 (no answer at all).
    """
    row = work.claim(claim, row_version=row_version)
    if not answers:
        raise unusable_input("answers", lv="nav nevienas atbildes", en="nothing was answered")
    items = _items(work, row)
    for one in answers:
        _tick(work, row, items, one["item"], one["answer"], one.get("note", ""))
    work.change(row)
    return answer_of(row)


def _items(work: Work, row: ClaimRow) -> frozenset[str]:
    version = work.repositories.claims.version(row.id, row.version)
    items = checklist_for(work.store, work.repositories, row, version)
    return frozenset(one.key for one in items)


def _tick(
    work: Work, row: ClaimRow, known: frozenset[str], item: str, answer: str, note: str
) -> None:
    step_claim(work, row, ClaimCommand.TICK, note=f"{item}: {answer}")
    if item not in known:
        raise unusable_input("item", lv=f"nav „{item}”", en=f"there is no “{item}”")
    if answer not in ANSWERS or (answer == "no" and not note.strip()):
        raise unusable_input(
            "answer",
            lv="izvēlieties vienu no atbildēm; atbildei „Nē” vajag piezīmi",
            en="choose one of the answers; “No” needs a note",
        )
    answers = {one.item: one for one in work.repositories.claims.checklist(row.id, row.version)}
    ticked = answers.get(item) or ChecklistRow(
        claim_id=row.id, version=row.version, item=item, answer=answer, actor="", at=work.order.at
    )
    ticked.answer, ticked.note = answer, note
    ticked.actor, ticked.at = work.order.actor.id, work.order.at
    work.repositories.add(ticked)


def answer_of(row: ClaimRow) -> Answer:
    """Say where a claim stands."""
    return Answer(
        row.key,
        {
            "claim": row.key,
            "state": row.state,
            "version": row.version,
            "row_version": row.row_version,
            "eligible_cents": row.eligible_cents,
            "ineligible_cents": row.ineligible_cents,
            "unfunded_cents": row.unfunded_cents,
        },
    )
