"""Prefinancing sub-projects: at most a share of the approved sum (80 %, Regulation 483 par. 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, sub_project_advance_limit
from skola_finance.money import Rate
from skola_finance.problems import Text
from skola_finance.storage.tables import AdvanceRow
from skola_finance.usecases.filing.drafts import check_agreement
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.partners.sub_project_sums import COSTS, costs_by_project
from skola_finance.usecases.partners.sub_projects import sub_project_row
from skola_finance.usecases.paying.advances import AdvanceRoom, next_document, post_order
from skola_finance.usecases.paying.orders import check_not_suspended
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import (
    SUB_PROJECTS,
    ProposalState,
    SubProjectCommand,
    SubProjectState,
)

if TYPE_CHECKING:
    from skola_finance.storage.tables import SubProjectRow
    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.work import Work

ADVANCE_RATE = "sub_project.advance_rate"


@use_case(
    title=Text(lv="Nodot apmaksai projekta priekšfinansējumu", en="Order a sub-project's advance"),
    roles=SUB_PROJECTS.may[SubProjectCommand.PAY_ADVANCE],
)
def order_sub_project_advance(
    work: Work, *, programme: str, project_no: str, cents: int | None = None, batch: str = ""
) -> Answer:
    """Order the advance of an approved sub-project; one at a time.

    Args:
        cents: what to advance; all that may be where it is left out: the share of the approved
            sum, and no more than its costs that are not approved yet.
        batch: the payment file that it goes into, if it is known.

    Raises: Refused WFL-501, WFL-502 (nobody pays what they approved); CommandRefused PAY-850 (an
        advance is out), PAY-841, PAY-842, WFL-531; UnusableAmount (PAY-804); AdvanceLimitExceeded
        (FUN-718).
    """
    work.programme(programme, lock=True)
    row = sub_project_row(work, programme, project_no)
    SUB_PROJECTS.step(
        SubProjectState(row.state),
        SubProjectCommand.PAY_ADVANCE,
        actor=work.order.actor,
        at=work.order.at,
        history=work.history(SUB_PROJECTS.key, str(row.id)),
    )
    check_agreement(work, programme, row.partner_reg_no)
    check_not_suspended(work, programme, row.partner_reg_no)
    room = _room(work, row)
    if room.out_cents:
        raise refuse(
            "PAY-850",
            lv=f"Projekta {project_no} avanss {row.advance_document} jau ir izmaksāts vai nodots "
            "apmaksai.",
            en=f"The advance {row.advance_document} of the project {project_no} is paid or "
            "ordered already.",
            hint_lv="Vispirms reģistrējiet, kas ar to noticis.",
            hint_en="Record first what became of it.",
            subject=row.advance_document,
        )
    advance = AdvanceRow(
        document=next_document(work, programme),
        programme=programme,
        partner_reg_no=row.partner_reg_no,
        sub_project=project_no,
        amount_cents=room.limit_cents if cents is None else cents,
        reason=f"sub_project/{project_no}",
        state=ProposalState.CONFIRMED.value,
    )
    row.advance_document = advance.document
    work.change(row)
    return post_order(work, advance, room=room, batch=batch, state=row.state)


def follow_payment(work: Work, advance: AdvanceRow) -> None:
    """Let a sub-project know that the bank has paid its advance.

    One that went on in the meantime (its report is in, or it was abandoned) stays where it is.

    Raises: Refused WFL-502.
    """
    _follow(work, advance, SubProjectState.APPROVED, SubProjectCommand.PAY_ADVANCE)


def follow_return(work: Work, advance: AdvanceRow, note: str) -> None:
    """Let a sub-project know that the payment of its advance came back."""
    _follow(work, advance, SubProjectState.ADVANCE_PAID, SubProjectCommand.RETURN_ADVANCE, note)


def _follow(
    work: Work,
    advance: AdvanceRow,
    state: SubProjectState,
    command: SubProjectCommand,
    note: str = "",
) -> None:
    if not advance.sub_project:
        return
    row = sub_project_row(work, advance.programme, advance.sub_project)
    if row.state == state and row.advance_document == advance.document:
        row.state = work.step(SUB_PROJECTS, command, thing=str(row.id), state=state, note=note)
        work.change(row)


def _room(work: Work, row: SubProjectRow) -> AdvanceRoom:
    """Give the most that may be advanced: the share, and no more than is still to be approved."""
    rulebook = rulebook_now(work.store, work.repositories, row.programme)
    rate = rulebook.setting(ADVANCE_RATE, on=work.on).value
    balances = work.repositories.books.balances(
        row.programme, partner=row.partner_reg_no, accounts=[Account.ADVANCE, *COSTS]
    )
    costs = costs_by_project(balances, programme=row.programme, partner=row.partner_reg_no)
    items = balances.open_items(
        Account.ADVANCE, programme=row.programme, partner=row.partner_reg_no
    )
    out = sum(
        item.balance.total_cents for item in items if item.dimensions.sub_project == row.project_no
    )
    most = row.approved_cents
    if isinstance(rate, Rate):
        most = sub_project_advance_limit(most, share=rate)
    return AdvanceRoom(min(most, row.approved_cents - costs.get(row.project_no, 0)), out)
