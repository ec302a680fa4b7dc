"""Settling a sub-project: nothing is open on it any more, and what it left over goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Balances, Dimension, Quota
from skola_finance.ledger.events import lower_allocation
from skola_finance.ledger.legs import NOTHING
from skola_finance.problems import Text
from skola_finance.usecases.assessing import quota_of
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.sub_project_sums import (
    costs_by_project,
    final_sum,
    promised_cents,
)
from skola_finance.usecases.partners.sub_projects import given, stepped, sub_project_row
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import amount, refuse
from skola_finance.workflow import SUB_PROJECTS, SubProjectCommand

if TYPE_CHECKING:
    from skola_finance.storage.tables import SubProjectRow
    from skola_finance.usecases.work import Work

_OF_PROJECT = (Account.ADVANCE, Account.RECOVERABLE)
_OF_CLAIMS = (Account.PAYABLE, Account.ORDERED)


@use_case(
    title=Text(lv="Noslēgt projektu", en="Settle a sub-project"),
    roles=SUB_PROJECTS.may[SubProjectCommand.SETTLE],
)
def settle_sub_project(
    work: Work, *, programme: str, project_no: str, row_version: int, reason: str = ""
) -> Answer:
    """Record that the rest of a sub-project is paid, or its advance paid back.

    What approvals took from the envelope goes back there as far as it is free and no live project
    of the partner may still cost it.

    Args:
        reason: needed where less was approved than the final report named.

    Raises: Refused WFL-501, WFL-502; CommandRefused WFL-517, PAY-851 (an advance, a debt or a
        payment is open), PAY-852 (more stands approved than it may cost), WFL-518.
    """
    work.programme(programme, lock=True)
    row = sub_project_row(work, programme, project_no, row_version)
    balances = work.repositories.books.balances(programme, partner=row.partner_reg_no)
    costs = costs_by_project(balances, programme=programme, partner=row.partner_reg_no)
    cost = costs.get(project_no, 0)
    answer = stepped(work, row, SubProjectCommand.SETTLE, reason)
    _check_nothing_open(balances, row)
    if cost > final_sum(row):
        _refuse_excess(row, cost)
    if cost < final_sum(row):
        given(reason)
    row.final_cents = cost
    work.repositories.add(row)
    back = _give_back(work, row, balances, costs)
    work.count("final_sum", cost)
    work.count("given_back", back)
    return Answer(answer.subject, {**answer.facts, "final_cents": cost, "given_back_cents": back})


def _check_nothing_open(balances: Balances, row: SubProjectRow) -> None:
    """Refuse with PAY-851 while an advance, a debt or the payment of its costs is open."""
    own = {
        Dimension.PROGRAMME: row.programme,
        Dimension.PARTNER: row.partner_reg_no,
        Dimension.SUB_PROJECT: row.project_no,
    }
    claims = balances.sums(Account.APPROVED, by=(Dimension.DOCUMENT,), only=own)
    open_cents = sum(balances.split(each, only=own).total_cents for each in _OF_PROJECT)
    only = {Dimension.PROGRAMME: row.programme, Dimension.PARTNER: row.partner_reg_no}
    for account in _OF_CLAIMS:
        by_document = balances.sums(account, by=(Dimension.DOCUMENT,), only=only)
        open_cents += sum(by_document.get(key, NOTHING).total_cents for key in claims)
    if not open_cents:
        return
    told = amount(open_cents)
    raise refuse(
        "PAY-851",
        lv=f"Projektam {row.project_no} vēl nav nokārtoti {told.lv}.",
        en=f"{told.en} of the project {row.project_no} is still open.",
        hint_lv="Vispirms izmaksājiet atlikumu vai reģistrējiet avansa atmaksu.",
        hint_en="Pay the rest first, or record that the advance was paid back.",
        subject=row.project_no,
    )


def _refuse_excess(row: SubProjectRow, cost: int) -> None:
    found, most = amount(cost), amount(final_sum(row))
    raise refuse(
        "PAY-852",
        lv=f"Projektam {row.project_no} apstiprināti {found.lv}, bet drīkst – {most.lv}.",
        en=f"{found.en} of the project {row.project_no} stands approved; it may cost {most.en}.",
        hint_lv="Vispirms veiciet finanšu korekciju par starpību.",
        hint_en="Correct the difference first.",
        subject=row.project_no,
    )


def _give_back(work: Work, row: SubProjectRow, balances: Balances, costs: dict[str, int]) -> int:
    """Post what goes back to the envelope; gives how much.

    That is what is free and no live project may cost any more, as far as approvals of the
    partner's projects took it from the envelope; what the manager allocated stays.
    """
    programme, partner = row.programme, row.partner_reg_no
    rulebook = rulebook_now(work.store, work.repositories, programme)
    quota = Quota(quota_of(rulebook, row.activity, partner=partner))
    free = balances.free(programme=programme, partner=partner).get(quota, NOTHING)
    projects = work.repositories.partners.sub_projects(
        programme, partners=[partner], for_update=True
    )
    taken = sum(one.allocated_cents for one in projects)
    back = min(taken, free.total_cents - promised_cents(projects, costs))
    if back <= 0:
        return 0
    left = back
    for one in sorted(projects, key=lambda each: each.id != row.id):
        part = min(left, one.allocated_cents)
        one.allocated_cents -= part
        left -= part
        work.repositories.add(one)
    work.post(
        lower_allocation(
            work.occasion(programme, f"sub_project/{row.project_no}"),
            partner=partner,
            quota=quota,
            cents=back,
            free=free,
        )
    )
    return back
