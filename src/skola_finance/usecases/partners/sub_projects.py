"""Initiative, partnership and youth projects of partners: applied for and decided on.

The money for projects stays in the envelope until a project is approved: the approval itself
raises the partner's quota by what is not free there already. What a project leaves over goes back
when it is settled (`paying.sub_project_settlement`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.columns import Sheet
from skola_finance.claims.personal_data import find_identifier
from skola_finance.exchange.workbook.layout import offered_codes
from skola_finance.ledger import Account, FreeAllocationExceeded, Quota
from skola_finance.ledger.events import raise_allocation
from skola_finance.ledger.legs import NOTHING
from skola_finance.problems import Text
from skola_finance.storage.tables import SubProjectRow
from skola_finance.usecases.assessing import quota_of
from skola_finance.usecases.filing.drafts import PREFIX, check_agreement
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.partners.sub_project_sums import (
    COSTS,
    costs_by_project,
    promised_cents,
)
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, amount, refuse, stale, unusable_input
from skola_finance.workflow import SUB_PROJECTS, SubProjectCommand, SubProjectState, not_found

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work

WHAT = Text(lv="iniciatīvu vai partnerības projekts", en="initiative or partnership project")
LONGEST = 200
BELOW_CENTS = 10**11
"""Amounts are below 10^9 € (D-01)."""
_MAY = SUB_PROJECTS.may


@use_case(
    title=Text(lv="Pieteikt projektu", en="Apply for a sub-project"),
    roles=_MAY[SubProjectCommand.APPLY],
)
def apply_for_sub_project(
    work: Work,
    *,
    programme: str,
    partner: str,
    activity: str,
    title: str,
    asked_cents: int,
    project_no: str = "",
) -> Answer:
    """Apply for a sub-project with a sum in cents.

    Args:
        activity: `initiative_project`, `partnership_project` or, in PuMPuRS, `youth_project`.
        title: what it is called; no personal data.
        project_no: its number; the next one of the programme where it is left out.

    Raises: CommandRefused WFL-518 (activity, title, number, sum), WFL-531 (no agreement in force),
        WFL-556 (the number is taken).
    """
    work.programme(programme)
    work.partner(partner)
    check_agreement(work, programme, partner)
    if activity not in offered_codes("activity", Sheet.PROJECTS, programme):
        raise unusable_input(
            "activity", lv=f"nav projektu veida „{activity}”", en=f"“{activity}” is no project"
        )
    for name, text in (("title", title), ("project_no", project_no or "-")):
        if not text.strip() or len(text) > LONGEST or find_identifier(text):
            raise unusable_input(
                name,
                lv="tukšs, pārāk garš vai satur personas datus",
                en="it is empty, too long, or holds personal data",
            )
    check_cents("asked_cents", asked_cents)
    number = project_no.strip() or _next_no(work, programme)
    partners = work.repositories.partners
    if partners.sub_project(programme, number) is not None:
        raise refuse(
            "WFL-556",
            lv=f"Projekta numurs „{number}” jau ir izmantots.",
            en=f"The project number “{number}” is in use already.",
            hint_lv="Norādiet citu numuru vai atstājiet to tukšu.",
            hint_en="Give another number, or leave it empty.",
            subject=number,
        )
    row = SubProjectRow(
        programme=programme,
        project_no=number,
        partner_reg_no=partner,
        activity=activity,
        title=title.strip(),
        asked_cents=asked_cents,
        state=SubProjectState.APPLIED.value,
    )
    work.repositories.add(row)
    row.state = work.begin(SUB_PROJECTS, thing=str(row.id))
    work.count("asked", asked_cents)
    return sub_project_answer(row)


@use_case(
    title=Text(lv="Atsaukt projekta pieteikumu", en="Withdraw a sub-project"),
    roles=_MAY[SubProjectCommand.WITHDRAW],
)
def withdraw_sub_project(
    work: Work, *, programme: str, project_no: str, row_version: int, reason: str = ""
) -> Answer:
    """Take an application back before it is decided on."""
    row = sub_project_row(work, programme, project_no, row_version)
    return stepped(work, row, SubProjectCommand.WITHDRAW, reason)


@use_case(
    title=Text(lv="Ieteikt projektu", en="Recommend a sub-project"),
    roles=_MAY[SubProjectCommand.RECOMMEND],
)
def recommend_sub_project(
    work: Work,
    *,
    programme: str,
    project_no: str,
    row_version: int,
    recommended_cents: int,
    note: str = "",
) -> Answer:
    """Say as a reviewer that it can be approved, and with what sum: at most what was asked.

    Raises: Refused WFL-501, WFL-502; CommandRefused WFL-517, WFL-557 (above what was asked).
    """
    row = sub_project_row(work, programme, project_no, row_version)
    check_cents("recommended_cents", recommended_cents)
    check_at_most(recommended_cents, row.asked_cents)
    row.recommended_cents = recommended_cents
    work.count("recommended", recommended_cents)
    return stepped(work, row, SubProjectCommand.RECOMMEND, note)


@use_case(
    title=Text(lv="Apstiprināt projektu", en="Approve a sub-project"),
    roles=_MAY[SubProjectCommand.APPROVE],
)
def approve_sub_project(
    work: Work, *, programme: str, project_no: str, row_version: int, approved_cents: int
) -> Answer:
    """Approve a sub-project with a sum: at most what a reviewer recommended.

    In the same transaction the partner's quota for projects is raised from the envelope by what it
    lacks: the sum, and what its other live projects may still cost, less what is free. A programme
    without quotas raises nothing by itself; there the sum must be free.

    Raises: Refused WFL-501, WFL-502, WFL-504; CommandRefused WFL-517, WFL-557, WFL-531;
        FreeEnvelopeExceeded (FUN-717); FreeAllocationExceeded (FUN-716).
    """
    work.programme(programme, lock=True)
    row = sub_project_row(work, programme, project_no, row_version)
    check_agreement(work, programme, row.partner_reg_no)
    check_cents("approved_cents", approved_cents)
    _step(work, row, SubProjectCommand.APPROVE)
    check_at_most(approved_cents, row.recommended_cents)
    row.allocated_cents = _make_room(work, row, approved_cents)
    row.approved_cents, row.approved_on = approved_cents, work.on
    work.count("approved_sum", approved_cents)
    work.count("allocated", row.allocated_cents)
    return _kept(work, row)


@use_case(
    title=Text(lv="Noraidīt projektu", en="Reject a sub-project"),
    roles=_MAY[SubProjectCommand.REJECT],
)
def reject_sub_project(
    work: Work, *, programme: str, project_no: str, row_version: int, reason: str
) -> Answer:
    """Refuse an application, with a reason."""
    row = sub_project_row(work, programme, project_no, row_version)
    return stepped(work, row, SubProjectCommand.REJECT, given(reason))


def sub_project_row(
    work: Work, programme: str, project_no: str, row_version: int | None = None
) -> SubProjectRow:
    """Give a sub-project that this person sees, held against other changes.

    Raises: NotFound (AUT-603); CommandRefused WFL-517 where it was changed since.
    """
    work.programme(programme)
    row = work.repositories.partners.sub_project(programme, project_no)
    if row is None or not work.order.actor.sees(row.partner_reg_no):
        raise not_found(WHAT)
    if row_version is not None and row.row_version != row_version:
        raise stale(asked=row_version, found=row.row_version)
    return row


def sub_project_answer(row: SubProjectRow) -> Answer:
    """Say how a sub-project stands."""
    return Answer(
        f"sub_project/{row.project_no}",
        {
            "project_no": row.project_no,
            "state": row.state,
            "row_version": row.row_version,
            "approved_cents": row.approved_cents,
            "final_cents": row.final_cents,
            "allocated_cents": row.allocated_cents,
        },
    )


def check_cents(name: str, cents: int) -> None:
    """Refuse with WFL-518 what is not a positive number of whole cents."""
    if type(cents) is not int or not 0 < cents < BELOW_CENTS:
        raise unusable_input(
            name, lv="vajag veselus centus virs nulles", en="whole cents above zero are needed"
        )


def _make_room(work: Work, row: SubProjectRow, cents: int) -> int:
    """Raise the partner's quota by what the sum lacks; gives by how much."""
    programme, partner = row.programme, row.partner_reg_no
    books = work.repositories.books
    balances = books.balances(programme, partner=partner, accounts=[Account.ALLOCATION, *COSTS])
    others = work.repositories.partners.sub_projects(programme, partners=[partner])
    costs = costs_by_project(balances, programme=programme, partner=partner)
    promised = promised_cents((one for one in others if one.id != row.id), costs)
    rulebook = rulebook_now(work.store, work.repositories, programme)
    quota = Quota(quota_of(rulebook, row.activity, partner=partner))
    free = balances.free(programme=programme, partner=partner).get(quota, NOTHING).total_cents
    short = cents + promised - free
    if short <= 0:
        return 0
    if quota is Quota.UNDIVIDED:
        raise FreeAllocationExceeded(
            partner=partner, quota=quota, asked_cents=cents + promised, free_cents=free
        )
    work.post(
        raise_allocation(
            work.occasion(programme, f"sub_project/{row.project_no}"),
            partner=partner,
            quota=quota,
            cents=short,
            envelope=books.balances(programme, partner="").split(Account.ENVELOPE),
        )
    )
    return short


def _next_no(work: Work, programme: str) -> str:
    number = work.repositories.records.next_number(f"sub_project/{programme}")
    return f"{PREFIX.get(programme, programme[:2].upper())}-P-{number:04}"


def given(reason: str) -> str:
    """Give a reason back; refuse with WFL-518 where there is none."""
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    return reason.strip()


def check_at_most(cents: int, most_cents: int) -> None:
    """Refuse with WFL-557 a sum above the one that the step before left."""
    if cents > most_cents:
        raise too_much(cents, most_cents)


def too_much(cents: int, most_cents: int) -> CommandRefused:
    """WFL-557: a sum above the one that the step before left."""
    asked, most = amount(cents), amount(most_cents)
    return refuse(
        "WFL-557",
        lv=f"Projekta summa {asked.lv} pārsniedz iepriekšējā solī norādīto {most.lv}.",
        en=f"The project's sum {asked.en} is above the {most.en} of the step before.",
        hint_lv=f"Norādiet ne vairāk kā {most.lv}.",
        hint_en=f"Give at most {most.en}.",
    )


def _step(work: Work, row: SubProjectRow, command: SubProjectCommand, note: str = "") -> None:
    row.state = work.step(
        SUB_PROJECTS, command, thing=str(row.id), state=SubProjectState(row.state), note=note
    )


def _kept(work: Work, row: SubProjectRow) -> Answer:
    work.change(row)
    return sub_project_answer(row)


def stepped(work: Work, row: SubProjectRow, command: SubProjectCommand, note: str = "") -> Answer:
    """Take a step in the life of a sub-project and keep it."""
    _step(work, row, command, note)
    return _kept(work, row)
