"""Refusals of use cases: a problem in both languages, raised."""

from __future__ import annotations

from skola_finance.money import format_amount
from skola_finance.problems import Language, Problem, Severity, SkolaError, Text
from skola_finance.usecases.field_labels import field_label


class CommandRefused(SkolaError):
    """A command that cannot be done as things stand; nothing was changed."""


def refuse(
    code: str, *, lv: str, en: str, hint_lv: str, hint_en: str, subject: str = ""
) -> CommandRefused:
    """Make a refusal."""
    return CommandRefused(
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=Text(lv=lv, en=en),
            hint=Text(lv=hint_lv, en=hint_en),
            subject=subject,
        )
    )


def amount(cents: int) -> Text:
    """Write an amount in both languages."""
    return Text(lv=format_amount(cents, Language.LV), en=format_amount(cents, Language.EN))


def is_one(number: int) -> bool:
    """Say whether Latvian counts a number as one: 1, 21, 101, but not 11."""
    return number % 10 == 1 and number % 100 != _ELEVEN


_ELEVEN = 11


def counted_lines(number: int) -> Text:
    """Count lines in both languages."""
    return Text(
        lv=f"{number} {'rinda' if is_one(number) else 'rindas'}",
        en=f"{number} {'line' if number == 1 else 'lines'}",
    )


def stale(*, asked: int, found: int) -> CommandRefused:
    """WFL-517: somebody else has changed the thing since it was read."""
    return refuse(
        "WFL-517",
        lv=f"Kāds to pa šo laiku ir mainījis: jūsu versija ir {asked}., tagad ir {found}.",
        en=f"Somebody has changed it meanwhile: yours is version {asked}, now it is {found}.",
        hint_lv="Ielādējiet to no jauna, salīdziniet un atkārtojiet darbību; nekas nav zaudēts.",
        hint_en="Load it anew, compare, and repeat what you did; nothing is lost.",
        subject=str(found),
    )


def unusable_input(name: str, *, lv: str, en: str) -> CommandRefused:
    """WFL-518: a value that a command cannot take; a day at the end brings its own full stop."""
    label = field_label(name)
    return refuse(
        "WFL-518",
        lv=f"Lauks „{label.lv}”: {lv.rstrip('.')}.",
        en=f"Field “{label.en}”: {en.rstrip('.')}.",
        hint_lv="Izlabojiet to un mēģiniet vēlreiz.",
        hint_en="Mend it and try again.",
        subject=name,
    )


def closed(what_lv: str, what_en: str) -> CommandRefused:
    """WFL-519: a programme or period that is closed."""
    return refuse(
        "WFL-519",
        lv=f"{what_lv} ir slēgta.",
        en=f"{what_en} is closed.",
        hint_lv="Slēgtā periodā neko vairs negrāmato; sazinieties ar projekta vadītāju.",
        hint_en="Nothing is posted to it any more; speak to the programme manager.",
    )
