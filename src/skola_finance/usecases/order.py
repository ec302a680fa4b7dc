"""What a use case is asked with, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.workflow import riga_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from skola_finance.workflow import Actor

LONGEST_ID = 80


class UnusableOrder(SkolaError, ValueError):
    """WFL-516: a command without an id or a time, or with one that cannot be used."""


@dataclass(frozen=True, slots=True)
class Order:
    """Who asks for something, when, and under which id.

    `command_id` is made by the client, once for what a person wants once: sent again, it gets the
    first answer. `at` is in UTC and comes from the edge.
    """

    actor: Actor
    command_id: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse an order that could not be remembered."""
        has_id = 0 < len(self.command_id.strip()) <= LONGEST_ID and self.command_id.isprintable()
        if has_id and self.at.utcoffset() == timedelta(0):
            return
        raise UnusableOrder(
            Problem(
                code="WFL-516",
                severity=Severity.ERROR,
                message=Text(
                    lv=f"Darbības numurs „{self.command_id[:LONGEST_ID]}” vai laiks "
                    f"{self.at.isoformat()} nav izmantojams.",
                    en=f"The command id “{self.command_id[:LONGEST_ID]}” or the time "
                    f"{self.at.isoformat()} cannot be used.",
                ),
                hint=Text(
                    lv=f"Norādiet numuru no 1 līdz {LONGEST_ID} zīmēm un laiku UTC.",
                    en=f"Give an id of 1 to {LONGEST_ID} characters, and the time in UTC.",
                ),
            )
        )

    @property
    def on(self) -> date:
        """The day in Latvia."""
        return riga_day(self.at)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a command: the thing it was about, and facts of plain JSON values."""

    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Freeze the facts."""
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        """Give one fact."""
        return self.facts[name]

    def as_json(self) -> dict[str, Any]:
        """Give the answer as it is kept."""
        return {"subject": self.subject, "facts": dict(self.facts)}

    @classmethod
    def of_json(cls, content: Mapping[str, Any]) -> Answer:
        """Give an answer back as it was kept."""
        return cls(content["subject"], content["facts"])
