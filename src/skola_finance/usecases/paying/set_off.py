"""Setting existing debts off against what is payable already.

Debts of an approval are set off in its own entry; this is for one that arose while a payment was
in transit, or after the approval.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Drawing, OpenItem
from skola_finance.ledger.events import set_off
from skola_finance.problems import Text
from skola_finance.usecases.deciding.debts import record_repaid
from skola_finance.usecases.deciding.settling import waiting_debts
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import RECOVERIES, RecoveryCommand

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work


@use_case(
    title=Text(lv="Ieskaitīt parādus maksājumā", en="Set debts off"),
    roles=RECOVERIES.may[RecoveryCommand.RECORD_PART],
)
def set_off_open_debts(
    work: Work, *, programme: str, partner: str, cents: int | None = None
) -> Answer:
    """Set a partner's debts off against what is payable to it, both the oldest first.

    A debt on an agreed schedule is left to its instalments.

    Args:
        cents: at most so much; all that can be, if left out.

    Raises: CommandRefused PAY-865 where there is nothing to set off, or less than was asked.
    """
    work.programme(programme, lock=True)
    reg_no = work.partner(partner).reg_no
    balances = work.repositories.books.balances(programme, partner=reg_no)
    payables = balances.open_items(Account.PAYABLE, programme=programme, partner=reg_no)
    waiting = waiting_debts(work, programme, reg_no)
    owed = [
        item
        for item in balances.open_items(Account.RECOVERABLE, programme=programme, partner=reg_no)
        if item.dimensions.document in waiting
    ]
    most = min(
        sum(item.available_cents for item in owed), sum(item.available_cents for item in payables)
    )
    total = most if cents is None else cents
    if not 0 < total <= most:
        raise _nothing_to_set_off(reg_no)
    drawn: list[OpenItem] = []
    left = total
    for item in owed:
        taken = min(left, item.available_cents)
        if taken:
            drawn.append(replace(item, in_transit_cents=item.balance.total_cents - taken))
            recovery = waiting[item.dimensions.document]
            record_repaid(work, recovery, left_cents=item.available_cents - taken, cents=taken)
            left -= taken
    occasion = work.occasion(programme, f"set-off/{reg_no}")
    debts = Drawing(total, tuple(drawn))
    work.post(set_off(occasion, partner=reg_no, payables=payables, debts=debts))
    work.count("set_off", total)
    return Answer(
        f"partner/{reg_no}",
        {
            "set_off_cents": total,
            "recoveries": {
                waiting[item.dimensions.document].key: waiting[item.dimensions.document].state
                for item in drawn
            },
        },
    )


def _nothing_to_set_off(partner: str) -> Exception:
    return refuse(
        "PAY-865",
        lv=f"Partnerim {partner} tik daudz nevar ieskaitīt: trūkst parāda vai izmaksājamā.",
        en=f"So much cannot be set off for the partner {partner}: there is not so much owed, or "
        "not so much payable.",
        hint_lv="Pārbaudiet parādus un izmaksājamās summas; grafika parādu ieskaita pa daļām.",
        hint_en="Check the debts and what is payable; a debt on a schedule is left to it.",
        subject=partner,
    )
