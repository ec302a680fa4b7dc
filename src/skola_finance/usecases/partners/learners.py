"""Pseudonyms of learners: issued once in a programme, kept through schools and partners (D-12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from skola_finance.problems import Text
from skola_finance.usecases.filing.drafts import PREFIX
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse
from skola_finance.workflow import TASKS, Task

if TYPE_CHECKING:
    from skola_finance.usecases.work import Work

_DIGITS = 5


@use_case(
    title=Text(lv="Piešķirt izglītojamā pseidonīmu", en="Issue a learner's pseudonym"),
    roles=TASKS[Task.KEEP_PLANS],
)
def issue_learner(work: Work, *, programme: str) -> Answer:
    """Issue the next pseudonym of a programme.

    A learner gets one once: whoever takes the learner over, in another school or with another
    partner, registers the next plan under the same one.
    """
    work.programme(programme)
    return Answer(f"programme/{programme}", {"learner_ref": next_learner(work, programme)})


def next_learner(work: Work, programme: str) -> str:
    """Give a pseudonym that nobody in the programme has yet, such as `SK-IZG-00001`."""
    number = work.repositories.records.next_number(_counter(programme))
    return f"{_stem(programme)}{number:0{_DIGITS}}"


def check_learner(work: Work, programme: str, learner_ref: str) -> None:
    """Refuse a pseudonym in our own form that was never issued: it would later name two children.

    One of another form is the partner's own, from before it used the register, and is kept.

    Raises: CommandRefused WFL-552.
    """
    found = re.fullmatch(rf"{re.escape(_stem(programme))}(\d+)", learner_ref)
    issued = work.repositories.records.last_number(_counter(programme))
    if found is None or 0 < int(found[1]) <= issued:
        return
    raise refuse(
        "WFL-552",
        lv=f"Pseidonīms „{learner_ref}” nav piešķirts.",
        en=f"The pseudonym “{learner_ref}” was never issued.",
        hint_lv="Pārbaudiet to vai atstājiet tukšu: jaunam izglītojamajam to piešķirs sistēma.",
        hint_en="Check it, or leave it empty: a new learner is given one by the system.",
        subject=learner_ref,
    )


def _counter(programme: str) -> str:
    return f"learner/{programme}"


def _stem(programme: str) -> str:
    return f"{PREFIX.get(programme, programme[:2].upper())}-IZG-"
