"""How amounts, accounts and dates stand in the messages of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.money import format_amount
from skola_finance.problems import Language, Problem, Severity, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skola_finance.ledger.accounts import Account


def amount(cents: int) -> Text:
    """Write an amount of cents in euros."""
    return Text(lv=format_amount(cents, Language.LV), en=format_amount(cents, Language.EN))


def account_of(account: Account, partner: str) -> Text:
    """Name a partner's account."""
    return Text(
        lv=f"„{account.label.lv}” (partneris {partner})",
        en=f"“{account.label.en}” (partner {partner})",
    )


def error(code: str, *, message: Text, hint: Text, subject: str = "") -> Problem:
    """Make a problem of the ledger: always an error, never in a workbook."""
    return Problem(code=code, severity=Severity.ERROR, message=message, hint=hint, subject=subject)


_CHECK_BOOKS = Text(
    lv="Neko neapstipriniet un nemaksājiet; palaidiet verify un salīdziniet ar žurnālu.",
    en="Approve and pay nothing; run verify and compare with the journal.",
)


def broken(
    invariant: int,
    accounts: Iterable[Account],
    *,
    partner: str = "",
    of: str = "",
    expected_cents: int,
    found_cents: int,
) -> Problem:
    """Say that an invariant of the books does not hold: PAY-811 for the first, and so on.

    `of` narrows the accounts down: to a quota, a document, a batch or a rate period.
    """
    listed = tuple(accounts)
    expected, found = amount(expected_cents), amount(found_cents)
    labels = [account.label for account in listed]
    where_lv = "".join((f", partneris {partner}" if partner else "", f", {of}" if of else ""))
    where_en = "".join((f", partner {partner}" if partner else "", f", {of}" if of else ""))
    return error(
        f"PAY-{810 + invariant}",
        message=Text(
            lv=f"Grāmatas nesakrīt ({invariant}. nosacījums): "
            f"„{' + '.join(each.lv for each in labels)}”{where_lv}: "
            f"jābūt {expected.lv}, ir {found.lv}.",
            en=f"The books do not agree (invariant {invariant}): "
            f"“{' + '.join(each.en for each in labels)}”{where_en}: "
            f"expected {expected.en}, found {found.en}.",
        ),
        hint=_CHECK_BOOKS,
        subject=" ".join((*(account.value for account in listed), partner, of)).strip(),
    )


def rate_unknown(period: str) -> Problem:
    """Say that invariant 10 cannot be checked: nobody gave the rate of a period."""
    return error(
        "PAY-820",
        message=Text(
            lv=f"Perioda „{period}” līdzfinansējuma likme nav reģistrēta.",
            en=f"The co-financing rate of the period “{period}” is not registered.",
        ),
        hint=_CHECK_BOOKS,
        subject=period,
    )


def out_of_order(expected: int, found: int) -> Problem:
    """Say that the gap-free order of approvals has a gap or a repeat (invariant 10)."""
    return error(
        "PAY-820",
        message=Text(
            lv=f"Apstiprinājumu secībā jābūt numuram {expected}, ir {found}.",
            en=f"The order of approvals should go on with number {expected}, found {found}.",
        ),
        hint=_CHECK_BOOKS,
        subject=str(expected),
    )
