"""Four eyes: which acts of the past bar a person from the next one.

A rule is data: a `Separation` keeps two kinds of act apart, a `Quorum` asks for a number of
different persons first. A person is known by the actor's id, whatever the role was that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.workflow.working_days import moment_en, moment_lv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

LEAST_REVIEWERS, MOST_REVIEWERS = 1, 2


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to one thing, and when; `at` is aware of its time zone."""

    actor_id: str
    command: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Separation:
    """Whoever did one of `earlier` may not do any of `later` to the same thing.

    With `since`, only acts from the last act of that command on are looked at.
    """

    later: frozenset[str]
    earlier: frozenset[str]
    reason: Text
    since: str = ""

    def bars(self, command: str, *, actor_id: str, history: Sequence[Act]) -> tuple[Act, ...]:
        """Give the acts for which this person may not do the command."""
        if command not in self.later:
            return ()
        return tuple(
            act
            for act in acts_since(self.since, history)
            if act.actor_id == actor_id and act.command in self.earlier
        )


@dataclass(frozen=True, slots=True)
class Quorum:
    """Before `command`, this number of different persons did one of `counted`.

    With `since`, only acts from the last act of that command on are counted.
    """

    command: str
    counted: frozenset[str]
    persons: int
    reason: Text
    since: str = ""

    def missing(self, history: Sequence[Act]) -> int:
        """Give how many persons are still missing."""
        acts = acts_since(self.since, history)
        found = {act.actor_id for act in acts if act.command in self.counted}
        return max(self.persons - len(found), 0)


def acts_since(command: str, history: Sequence[Act]) -> Sequence[Act]:
    """Give the acts from the last one of a command on; all of them where none is named or found."""
    for index in range(len(history) - 1, -1, -1):
        if history[index].command == command:
            return history[index:]
    return history


def every_step_apart(commands: Iterable[str], *, reason: Text) -> tuple[Separation, ...]:
    """Keep every pair of steps apart: nobody does two of them."""
    steps = frozenset(commands)
    return tuple(
        Separation(later=frozenset({step}), earlier=steps - {step}, reason=reason)
        for step in sorted(steps)
    )


def refuse_person(
    command: Text, *, act: Act, names: Mapping[str, Text], separation: Separation
) -> Problem:
    """Make the problem WFL-502: who did what when, and why that bars the command."""
    done = names[act.command]
    return Problem(
        code="WFL-502",
        severity=Severity.ERROR,
        message=Text(
            lv=f"„{command.lv}” nevar veikt {act.actor_id}: šī persona {moment_lv(act.at)} "
            f"veica „{done.lv}”. {separation.reason.lv}",
            en=f"{act.actor_id} may not do “{command.en}”: the same person did “{done.en}” on "
            f"{moment_en(act.at)}. {separation.reason.en}",
        ),
        hint=Text(
            lv="Lūdziet to izdarīt citam darbiniekam ar šādām tiesībām.",
            en="Ask another person with this right to do it.",
        ),
        subject=act.actor_id,
    )


def refuse_too_few(command: Text, *, missing: int, quorum: Quorum) -> Problem:
    """Make the problem WFL-504: how many persons are still missing, and for what."""
    return Problem(
        code="WFL-504",
        severity=Severity.ERROR,
        message=Text(
            lv=f"„{command.lv}” vēl nav iespējams: trūkst personu – {missing}. {quorum.reason.lv}",
            en=f"“{command.en}” is not possible yet: persons missing – {missing}. "
            f"{quorum.reason.en}",
        ),
        hint=Text(
            lv="Lūdziet to vispirms izdarīt citam darbiniekam.",
            en="Ask another person to do that first.",
        ),
        variant=str(missing),
    )


class TooShallow(SkolaError, ValueError):
    """WFL-505: a depth of review that would leave money to fewer than two persons."""


def check_depth(reviewers: int) -> int:
    """Give the number of reviewers back if it is one or two; the approver comes on top.

    Raises: TooShallow (WFL-505).
    """
    if LEAST_REVIEWERS <= reviewers <= MOST_REVIEWERS:
        return reviewers
    raise TooShallow(
        Problem(
            code="WFL-505",
            severity=Severity.ERROR,
            message=Text(
                lv=f"Pārbaudītāju skaits {reviewers} nav iespējams: "
                f"no {LEAST_REVIEWERS} līdz {MOST_REVIEWERS}.",
                en=f"{reviewers} reviewers are not possible: "
                f"{LEAST_REVIEWERS} to {MOST_REVIEWERS} are.",
            ),
            hint=Text(
                lv="Par naudu vienmēr lemj vismaz divas personas: pārbaudītājs un apstiprinātājs.",
                en="At least two persons always decide on money: a reviewer and an approver.",
            ),
            subject="review.reviewers",
        )
    )
