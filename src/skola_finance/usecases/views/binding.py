"""What binds a partner beside the law: amendments of its allocation, and settings in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import ACTIONS
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.lately import kept_for_a_while
from skola_finance.usecases.reports.scope import reading_reports, scope_of
from skola_finance.usecases.views.illustrative import is_of_partner
from skola_finance.usecases.views.report_books import semester_told
from skola_finance.workflow import ALLOCATIONS, ProposalState

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.problems import Citation, Text
    from skola_finance.storage.tables import AmendmentRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_SHOWN = (ProposalState.PROPOSED.value, ProposalState.CONFIRMED.value)
_NOT_OF_PARTNERS = ("envelope", "institution.", "target.", "review.", "report.")


@dataclass(frozen=True, slots=True)
class AmendmentShown:
    """A change of a partner's allocation, signed cents, in force from a day once confirmed.

    `action` is None where the programme has no quotas.
    """

    effective_on: date
    cents: int
    action: Text | None
    is_reallocation: bool
    source: str
    is_confirmed: bool
    state_name: Text


@dataclass(frozen=True, slots=True)
class SettingShown:
    """A setting in force: its name, value as entered, days, source, and how sure it is.

    `semester` is what its key says of one.
    """

    key: str
    title: Text
    semester: Text | None
    value: str
    starts: date | None
    source: str
    citation: Citation
    illustrative: bool
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """Amendments of a partner's allocation by day, and the settings that bind it, by key."""

    amendments: tuple[AmendmentShown, ...]
    settings: tuple[SettingShown, ...]


@kept_for_a_while(64)
def binding_on(store: Store, order: Order, *, programme: str, partner: str) -> Binding:
    """Say what binds a partner on the day of the order.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another's partner.
    """
    with reading_reports(store, order) as repositories:
        scope_of(repositories, order, programme=programme, partner=partner)
        rows = repositories.programmes.amendments(programme, partner=partner, states=_SHOWN)
        rulebook = rulebook_now(store, repositories, programme)
    settings = []
    for one in rulebook.settings:
        parameter = rulebook.parameter(one.key)
        is_named = is_of_partner(one.key, partner)
        if parameter is None or not one.covers(order.on) or not is_named:
            continue
        if not one.key.startswith(_NOT_OF_PARTNERS):
            settings.append(
                SettingShown(
                    key=one.key,
                    title=parameter.title,
                    semester=semester_told(one.key),
                    value=one.text,
                    starts=one.starts,
                    source=one.source,
                    citation=parameter.citation,
                    illustrative=one.illustrative,
                    is_verified=one.status.value != "unverified",
                )
            )
    return Binding(
        amendments=tuple(
            _amendment(row, partner)
            for row in sorted(rows, key=lambda each: (each.effective_on, each.id), reverse=True)
        ),
        settings=tuple(sorted(settings, key=lambda each: each.key)),
    )


def _amendment(row: AmendmentRow, partner: str) -> AmendmentShown:
    gives = row.giver_reg_no == partner and row.partner_reg_no != partner
    state = ProposalState(row.state)
    return AmendmentShown(
        effective_on=row.effective_on,
        cents=-row.amount_cents if gives else row.amount_cents,
        action=ACTIONS.get(row.giver_quota if gives else row.quota),
        is_reallocation=bool(row.giver_reg_no),
        source=row.source,
        is_confirmed=state is ProposalState.CONFIRMED,
        state_name=ALLOCATIONS.state_names[state],
    )
