"""Which programmes a person is in: what the switch at the head of the pages leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.workflow import AGREEMENTS

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.problems import Text
    from skola_finance.storage.tables import AgreementRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class Membership:
    """A programme that a partner is in by its last agreement there.

    `successor_name` names the partner that took everything over, if one did.
    """

    programme: str
    partner_reg_no: str
    partner_name: str
    agreement_no: str
    signed_on: date
    state: AgreementStatus
    state_name: Text
    successor_name: str
    succession_on: date | None
    is_over: bool


@kept_for_a_while(64)
def memberships_of(store: Store, order: Order) -> tuple[Membership, ...]:
    """Give the programmes that the partner of a person is in; none for people of the agency."""
    partner = order.actor.partner_reg_no
    if partner is None:
        return ()
    with store.reading() as repositories:
        names = {row.reg_no: row.name for row in repositories.partners.all()}
        last: dict[str, AgreementRow] = {}
        for programme in repositories.programmes.all():
            for row in repositories.partners.agreements(programme.code, partner=partner):
                last[programme.code] = row
    return tuple(
        Membership(
            programme=code,
            partner_reg_no=partner,
            partner_name=names.get(partner, partner),
            agreement_no=row.number,
            signed_on=row.signed_on,
            state=AgreementStatus(row.state),
            state_name=AGREEMENTS.state_names[AgreementStatus(row.state)],
            successor_name=names.get(row.successor_reg_no, ""),
            succession_on=row.succession_on,
            is_over=AgreementStatus(row.state).is_over,
        )
        for code, row in last.items()
    )
