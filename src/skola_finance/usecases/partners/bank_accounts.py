"""Bank accounts of partners: proposed, confirmed by another person, then a time of waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError

from skola_finance.problems import Text
from skola_finance.storage.tables import BankAccountRow
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse, unusable_input
from skola_finance.workflow import (
    BANK_ACCOUNTS,
    LATVIA,
    ProposalCommand,
    ProposalState,
    not_found,
)

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.work import Work

WHAT = Text(lv="bankas konts", en="bank account")
WAITING = "deadline.use_bank_account.working_days"


@use_case(
    title=Text(lv="Ierosināt bankas kontu", en="Propose a bank account"),
    roles=BANK_ACCOUNTS.may[ProposalCommand.PROPOSE],
)
def propose_iban(work: Work, *, partner: str, iban: str, source: str) -> Answer:
    """Propose an account to pay a partner to.

    Raises: CommandRefused WFL-530 for no IBAN, or one whose check digits are wrong.
    """
    work.partner(partner)
    if not source.strip():
        raise unusable_input("source", lv="nav norādīts avots", en="the source is missing")
    number = valid_iban(iban)
    row = BankAccountRow(
        partner_reg_no=partner,
        iban=number,
        source=source.strip(),
        state=ProposalState.PROPOSED.value,
    )
    work.repositories.add(row)
    row.state = work.begin(BANK_ACCOUNTS, thing=str(row.id), note=source)
    return Answer(f"partner/{partner}", {"bank_account": row.id, "state": row.state})


@use_case(
    title=Text(lv="Apstiprināt bankas kontu", en="Confirm a bank account"),
    roles=BANK_ACCOUNTS.may[ProposalCommand.CONFIRM],
)
def confirm_iban(work: Work, *, bank_account: int, programme: str) -> Answer:
    """Confirm a proposed account. A changed one may be paid to only after a time of waiting.

    The first account of a partner may be paid to at once; a later one after the working days of
    the setting `deadline.use_bank_account.working_days` of the programme.

    Raises: UnsetParameter (RUL-301) where nobody has entered that setting.
    """
    work.programme(programme, lock=True)
    row = _row(work, bank_account)
    confirmed = [ProposalState.CONFIRMED.value]
    earlier = work.repositories.partners.bank_accounts(row.partner_reg_no, states=confirmed)
    row.state = work.step(
        BANK_ACCOUNTS,
        ProposalCommand.CONFIRM,
        thing=str(row.id),
        state=ProposalState(row.state),
    )
    row.usable_from = work.on
    if earlier:
        rulebook = rulebook_now(work.store, work.repositories, programme)
        days = rulebook.setting(WAITING, on=work.on).value
        row.usable_from = LATVIA.add(work.on, working_days=days if isinstance(days, int) else 0)
    work.repositories.add(row)
    return Answer(
        f"partner/{row.partner_reg_no}",
        {"bank_account": row.id, "state": row.state, "usable_from": row.usable_from.isoformat()},
    )


@use_case(
    title=Text(lv="Noraidīt bankas kontu", en="Reject a bank account"),
    roles=BANK_ACCOUNTS.may[ProposalCommand.REJECT],
)
def reject_iban(work: Work, *, bank_account: int, reason: str) -> Answer:
    """Refuse a proposed account, with a reason."""
    row = _row(work, bank_account)
    row.state = work.step(
        BANK_ACCOUNTS,
        ProposalCommand.REJECT,
        thing=str(row.id),
        state=ProposalState(row.state),
        note=reason,
    )
    work.repositories.add(row)
    return Answer(f"partner/{row.partner_reg_no}", {"bank_account": row.id, "state": row.state})


def valid_iban(iban: str) -> str:
    """Give an IBAN in its normal form.

    Raises: CommandRefused WFL-530 for no IBAN, or one whose check digits are wrong.
    """
    try:
        number: str = iban_numbers.validate(iban, check_country=False)
    except ValidationError as error:
        raise refuse(
            "WFL-530",
            lv=f"„{iban}” nav derīgs IBAN.",
            en=f"“{iban}” is not a valid IBAN.",
            hint_lv="Pārrakstiet to no bankas izziņas vai līguma; kontrolcipari nesakrīt.",
            hint_en="Copy it from the bank's statement or the agreement; the check digits differ.",
        ) from error
    return number


def account_to_pay(repositories: Repositories, partner: str, *, on: date) -> BankAccountRow:
    """Give the account to pay a partner to on a day: the latest whose time of waiting is over.

    Raises: CommandRefused PAY-841 where there is none.
    """
    rows = repositories.partners.bank_accounts(partner, states=[ProposalState.CONFIRMED.value])
    usable = [row for row in rows if row.usable_from is not None and row.usable_from <= on]
    if usable:
        return usable[-1]
    raise refuse(
        "PAY-841",
        lv=f"Partnerim {partner} nav apstiprināta bankas konta, uz ko {on:%d.%m.%Y.} var maksāt.",
        en=f"Partner {partner} has no confirmed bank account that may be paid to on {on}.",
        hint_lv="Ierosiniet un apstipriniet kontu; jaunam kontam ir nogaidīšanas laiks.",
        hint_en="Propose and confirm an account; a new one has a time of waiting.",
        subject=partner,
    )


def _row(work: Work, bank_account: int) -> BankAccountRow:
    row = work.repositories.partners.bank_account(bank_account)
    if row is None or not work.order.actor.sees(row.partner_reg_no):
        raise not_found(WHAT)
    return row
