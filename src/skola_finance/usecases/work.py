"""What the body of a use case works with: one transaction, its person, its moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from skola_finance.ledger import Account, Occasion
from skola_finance.problems import Text
from skola_finance.storage.repositories.partners import holder_in, predecessors_in
from skola_finance.usecases.wording import closed, stale
from skola_finance.workflow import Act, ProposalState, not_found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from enum import StrEnum

    from skola_finance.ledger import Balances, Entry
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.repositories.records import Deed
    from skola_finance.storage.tables import ClaimRow, PartnerRow, ProgrammeRow
    from skola_finance.storage.unit_of_work import UnitOfWork
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.workflow import Actor, Machine

S = TypeVar("S", bound="StrEnum")
C = TypeVar("C", bound="StrEnum")

OPEN = (Account.ALLOCATION, Account.ADVANCE, Account.ORDERED, Account.RECOVERABLE)
"""The accounts that an approval asks: what is free, what was paid ahead, what is owed."""
CLAIM = Text(lv="izdevumu pārskats", en="expenditure claim")
PARTNER = Text(lv="sadarbības partneris", en="cooperation partner")
PROGRAMME = Text(lv="programma", en="programme")


class Work:
    """One command in the making.

    Attributes:
        store: where things are kept.
        repositories: the transaction.
        order: who asked, when.
        amounts: what the journal says of money, in cents by name.
        posted: digests of the entries posted.
        rulebook_digest: the rules that it was judged by.
    """

    def __init__(self, store: Store, unit: UnitOfWork, order: Order) -> None:
        """Begin."""
        self.store, self.repositories, self.order = store, unit, order
        self.amounts: dict[str, int] = {}
        self.posted: list[str] = []
        self.rulebook_digest = ""
        self._pending: list[tuple[str, str, Act]] = []
        self._afterwards: list[Callable[[], None]] = []
        self._balances: dict[tuple[str, str], Balances] = {}
        self._deeds: dict[tuple[str, str], Sequence[Deed]] = {}
        self._successions: dict[str, dict[str, str]] = {}
        self._confirmed: dict[str, frozenset[str]] = {}

    @property
    def on(self) -> date:
        """The day in Latvia."""
        return self.order.on

    # ── states and persons ───────────────────────────────────────────────────────────────────

    def history(self, machine: str, thing: str) -> list[Act]:
        """Give what was done to a thing so far, this command's own acts included."""
        earlier = [
            Act(deed.actor, deed.command, deed.at) for deed in self.earlier_deeds(machine, thing)
        ]
        own = [act for of, which, act in self._pending if (of, which) == (machine, thing)]
        return earlier + own

    def earlier_deeds(self, machine: str, thing: str) -> Sequence[Deed]:
        """Give what earlier commands did to a thing, asked for once: the thing is held."""
        key = (machine, thing)
        if key not in self._deeds:
            self._deeds[key] = self.repositories.records.deeds(machine, thing)
        return self._deeds[key]

    def begin(self, machine: Machine[S, C], *, thing: str, note: str = "") -> str:
        """Give the state of a new thing, and remember who made it.

        Raises: RoleNotAllowed (AUT-601).
        """
        state = machine.begin(actor=self.order.actor, at=self.order.at)
        self._remember(machine.key, thing, machine.opening, state, note)
        return state.value

    def step(
        self,
        machine: Machine[S, C],
        command: C,
        *,
        thing: str,
        state: S,
        note: str = "",
        before: tuple[Act, ...] = (),
    ) -> str:
        """Give the state after a command, and remember who gave it.

        `before` is history of another thing that the machine looks at first.

        Raises: RoleNotAllowed (AUT-601), Refused (WFL-501 to 504).
        """
        history = [*before, *self.history(machine.key, thing)]
        after = machine.step(
            state, command, actor=self.order.actor, at=self.order.at, history=history
        )
        self._remember(machine.key, thing, command, after, note)
        return after.value

    def record_act(self, machine: str, thing: str, command: StrEnum, *, state: str) -> None:
        """Remember an act that follows from another thing's, and needs no permission of its own."""
        self._remember(machine, thing, command, state, "")

    def _remember(
        self, machine: str, thing: str, command: StrEnum, state: StrEnum | str, note: str
    ) -> None:
        actor, at = self.order.actor, self.order.at
        self._pending.append((machine, thing, Act(actor.id, command.value, at)))
        self.repositories.act(
            machine=machine,
            thing=thing,
            command=command.value,
            actor=actor.id,
            role=actor.role.value,
            at=at,
            state=str(state),
            note=note,
        )

    # ── things that are asked for by name ────────────────────────────────────────────────────

    def programme(self, code: str, *, lock: bool = False) -> ProgrammeRow:
        """Give an open programme, held for posting where asked.

        Raises: NotFound (AUT-603); CommandRefused WFL-519 where it is closed.
        """
        programmes = self.repositories.programmes
        row = programmes.lock(code) if lock else programmes.get(code)
        if row is None:
            raise not_found(PROGRAMME)
        if row.closed_on is not None:
            raise closed("Programma", "The programme")
        return row

    def partner(self, reg_no: str) -> PartnerRow:
        """Give a partner that this person sees.

        Raises: NotFound (AUT-603), also for one that belongs to others.
        """
        row = self.repositories.partners.get(reg_no)
        if row is None or not self.order.actor.sees(reg_no):
            raise not_found(PARTNER)
        return row

    def claim(self, key: str, *, row_version: int | None = None) -> ClaimRow:
        """Give a claim that this person sees, held against other changes.

        Args:
            key: its public key.
            row_version: what the person has read; None where the command does not depend on it.

        Raises: NotFound (AUT-603); CommandRefused WFL-517 where it was changed since.
        """
        row = self.repositories.claims.by_key(key, for_update=True)
        if row is None or not sees(self.repositories, self.order.actor, row):
            raise not_found(CLAIM)
        if row_version is not None and row.row_version != row_version:
            raise stale(asked=row_version, found=row.row_version)
        return row

    def holder(self, row: ClaimRow) -> str:
        """Give the partner on whose accounts a claim stands: its own, or the successor."""
        return holder_in(self._succeeded(row.programme), row.partner_reg_no)

    def predecessors(self, programme: str, partner: str) -> list[str]:
        """Give the partners that one has taken over, theirs included, sorted."""
        return predecessors_in(self._succeeded(programme), partner)

    def _succeeded(self, programme: str) -> dict[str, str]:
        """Give who was succeeded by whom, asked for once: only succession itself changes it."""
        if programme not in self._successions:
            found = self.repositories.partners.successions(programme)
            self._successions[programme] = found
        return self._successions[programme]

    def confirmed_keys(self, programme: str) -> frozenset[str]:
        """Give the keys of the settings that stand confirmed, asked for once a command."""
        if programme not in self._confirmed:
            found = self.repositories.programmes.setting_keys(
                programme, state=ProposalState.CONFIRMED.value
            )
            self._confirmed[programme] = found
        return self._confirmed[programme]

    # ── the books ────────────────────────────────────────────────────────────────────────────

    def open_balances(self, programme: str, partner: str) -> Balances:
        """Give what stands open on a partner's accounts, asked for once between two entries."""
        key = (programme, partner)
        if key not in self._balances:
            self._balances[key] = self.repositories.books.balances(
                programme, partner=partner, accounts=OPEN
            )
        return self._balances[key]

    def occasion(
        self, programme: str, reference: str, *, on: date | None = None, batch: str = ""
    ) -> Occasion:
        """Say what an entry records; it has effect today unless another day is named."""
        return Occasion(programme, on or self.on, reference, batch)

    def next_approval_no(self, programme: ProgrammeRow) -> int:
        """Take the next number of the gap-free order (D-03); the programme is locked."""
        programme.last_approval_no += 1
        return programme.last_approval_no

    def post(self, entry: Entry) -> int:
        """Post an entry; gives its number."""
        journal_no = self.repositories.next_journal_no()
        number, digest = self.repositories.books.post(entry, journal_no=journal_no)
        self.posted.append(digest)
        self._balances.clear()
        return number

    # ── what has to wait for the commit ──────────────────────────────────────────────────────

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do something outside the database once everything is kept."""
        self._afterwards.append(action)

    def afterwards(self) -> None:
        """Do what had to wait."""
        for action in self._afterwards:
            action()

    def count(self, name: str, cents: int) -> None:
        """Tell the journal an amount."""
        self.amounts[name] = self.amounts.get(name, 0) + cents

    def change(self, row: Any) -> None:  # noqa: ANN401 - a row with a version
        """Keep a changed row, and let others know that it changed."""
        row.row_version += 1
        self.repositories.keep(row)


def sees(repositories: Repositories, actor: Actor, row: ClaimRow) -> bool:
    """Say whether a claim exists for a person: a successor's people see what was taken over."""
    if actor.sees(row.partner_reg_no):
        return True
    return actor.sees(repositories.partners.holder(row.programme, partner=row.partner_reg_no))
