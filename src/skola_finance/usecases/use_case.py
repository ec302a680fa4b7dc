"""How every use case runs: the role first, then one transaction, its journal entry, its answer.

A use case is a plain function of a `Work` and keyword arguments. `@use_case` makes it callable
with a store and an order, and puts it in `USE_CASES`, from which the table of roles is made.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, ParamSpec

import polars as pl

from skola_finance.ledger import Recorded, ShortKey
from skola_finance.ledger.digests import SHORTEST_KEY, canonical_json
from skola_finance.problems import SkolaError
from skola_finance.storage.frames import frame_digest
from skola_finance.storage.problems import busy
from skola_finance.storage.unit_of_work import Collision
from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.storable import check_storable
from skola_finance.usecases.wording import refuse
from skola_finance.usecases.work import Work
from skola_finance.workflow import Role, require_role

if TYPE_CHECKING:
    from typing import Concatenate

    from skola_finance.problems import Text
    from skola_finance.storage.repositories.records import Given
    from skola_finance.usecases.store import Store

P = ParamSpec("P")
TRIES = 12

USE_CASES: dict[str, UseCase[Any]] = {}
"""Every use case that changes something, by name."""


@dataclass(frozen=True, slots=True)
class UseCase(Generic[P]):
    """A verb that people use.

    Attributes:
        name: what the journal calls it.
        title: what people call it.
        roles: who may at all; the state of the thing and four eyes may say no as well.
        body: what it does.
    """

    name: str
    title: Text
    roles: frozenset[Role]
    body: Callable[Concatenate[Work, P], Answer]

    def __call__(self, store: Store, order: Order, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Do it, once.

        Returns: the answer; the first one, where the same command was done before.
        Raises: RoleNotAllowed (AUT-601); CommandRefused WFL-520 for a known id with other content;
            what the use case itself refuses; StorageUnusable (STO-9xx). Nothing is left behind.
        """
        if len(store.key) < SHORTEST_KEY:
            raise ShortKey(len(store.key))
        require_role(order.actor, command=self.title, may=self.roles)
        inputs = plain(kwargs)
        check_storable(inputs)
        digest = self._digest(order, inputs, store.key)
        met: Collision | None = None
        for _ in range(TRIES):
            try:
                with store.writing() as unit:
                    known = unit.records.command(order.command_id)
                    if known is not None:
                        return self._again(known, digest)
                    work = Work(store, unit, order)
                    answer = self.body(work, *args, **kwargs)
                    unit.finish(
                        self._recorded(order, work),
                        inputs=inputs,
                        key=store.key,
                        subject=answer.subject,
                        answer=answer.as_json(),
                        content_digest=digest,
                    )
            except Collision as collision:
                met = collision
                continue
            except SkolaError:
                first = self._first_answer(store, order, digest)
                if first is None:
                    raise
                return first
            work.afterwards()
            return answer
        raise busy() from met

    def _first_answer(self, store: Store, order: Order, digest: str) -> Answer | None:
        """Give the answer of the same command that went through while this one waited for it."""
        with store.reading() as unit:
            known = unit.records.command(order.command_id)
            return None if known is None else self._again(known, digest)

    def _recorded(self, order: Order, work: Work) -> Recorded:
        return Recorded(
            at=order.at,
            actor=order.actor.id,
            command=self.name,
            command_id=order.command_id,
            amounts=work.amounts,
            posted=tuple(work.posted),
            rulebook_digest=work.rulebook_digest,
        )

    def _digest(self, order: Order, inputs: Mapping[str, Any], key: bytes) -> str:
        """Digest everything asked for, the person too: another's id is another command."""
        content = {"name": self.name, "actor": order.actor.id, "inputs": inputs}
        return hmac.new(key, canonical_json(content), hashlib.sha256).hexdigest()

    def _again(self, known: Given, digest: str) -> Answer:
        if not hmac.compare_digest(known.content_digest, digest):
            raise refuse(
                "WFL-520",
                lv=f"Ar numuru „{known.id}” jau ir veikta cita darbība ({known.name}).",
                en=f"The id “{known.id}” was used for another command already ({known.name}).",
                hint_lv="Citai darbībai vajag citu numuru; nekas nav mainīts.",
                hint_en="Another command needs another id; nothing was changed.",
                subject=known.name,
            )
        return Answer.of_json(known.answer)


def use_case(
    *, title: Text, roles: Iterable[Role]
) -> Callable[[Callable[Concatenate[Work, P], Answer]], UseCase[P]]:
    """Make a use case of a function; its name is the function's."""

    def make(body: Callable[Concatenate[Work, P], Answer]) -> UseCase[P]:
        made = UseCase(body.__name__, title, frozenset(roles), body)
        USE_CASES[made.name] = made
        return made

    return make


def plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - whatever a command is given, each its way
    """Give a value as JSON can hold it; files and frames by their digest."""
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    if isinstance(value, pl.DataFrame):
        return {"frame": frame_digest(value), "rows": value.height}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    return value
