"""Steps in the life of a stored claim, under the depth of review that the programme has set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.usecases.in_force import rulebook_now
from skola_finance.workflow import ClaimCommand, ClaimState, Machine, claim_machine

if TYPE_CHECKING:
    from skola_finance.rulebook import Setting
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

REVIEWERS, SIGNATORY = "review.reviewers", "review.signatory_submits"


def machine_of(work: Work, programme: str) -> Machine[ClaimState, ClaimCommand]:
    """Give the life of a claim as the programme has set it."""
    return machine_for(work.store, work.repositories, programme, work=work)


def machine_for(
    store: Store, repositories: Repositories, programme: str, *, work: Work
) -> Machine[ClaimState, ClaimCommand]:
    """Give the life of a claim under the settings in force on the day of the command."""
    if not {REVIEWERS, SIGNATORY} & work.confirmed_keys(programme):
        return claim_machine()
    rulebook = rulebook_now(store, repositories, programme)
    reviewers: Setting = rulebook.setting(REVIEWERS, on=work.on)
    signatory: Setting = rulebook.setting(SIGNATORY, on=work.on)
    depth = reviewers.value if isinstance(reviewers.value, int) else 1
    return claim_machine(reviewers=depth, signatory_submits=signatory.value is True)


def step_claim(work: Work, row: ClaimRow, command: ClaimCommand, *, note: str = "") -> None:
    """Take a step in the life of a claim, or refuse; the row carries the state that follows."""
    machine = machine_of(work, row.programme)
    row.state = work.step(machine, command, thing=row.key, state=ClaimState(row.state), note=note)
