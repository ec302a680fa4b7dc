"""What people typed, read strictly: each field as what it is, or a problem that names it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from starlette.datastructures import UploadFile

from skola_finance import Problem, Severity, SkolaError, Text, field_label, parse_amount
from skola_finance_admin.i18n.formats import RIGA

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from enum import StrEnum

    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request

Choice = TypeVar("Choice", bound="StrEnum")
LONGEST_TEXT = 10_000


class UnusableField(SkolaError, ValueError):
    """WEB-422: a field of a form that is empty or cannot be read."""


class Form:
    """A form that somebody sent."""

    def __init__(self, content: FormData | QueryParams) -> None:
        """Take what was sent."""
        self._content = content

    @property
    def command_id(self) -> str:
        """The id that the page gave to what is wanted; a double click sends it twice."""
        return self.text("command_id", default="") or uuid.uuid4().hex

    def text(self, name: str, *, default: str | None = None) -> str:
        """Give a text without the spaces around it.

        Raises: UnusableField (WEB-422) where it is empty and has no default, or too long.
        """
        value = self._content.get(name)
        found = value.strip() if isinstance(value, str) else ""
        if len(found) > LONGEST_TEXT:
            raise unusable_field(name, lv="teksts ir par garu", en="the text is too long")
        if not found:
            if default is None:
                raise unusable_field(name, lv="lauks nav aizpildīts", en="the field is empty")
            return default
        return found.replace("\r\n", "\n")

    def texts(self, name: str) -> tuple[str, ...]:
        """Give every value of a field that may be sent several times."""
        return tuple(v.strip() for v in self._content.getlist(name) if isinstance(v, str) and v)

    def by_prefix(self, prefix: str) -> dict[str, str]:
        """Give the fields whose names begin alike, by the rest of their names."""
        return {
            name.removeprefix(prefix): value
            for name, value in self._content.multi_items()
            if name.startswith(prefix) and isinstance(value, str)
        }

    def is_ticked(self, name: str) -> bool:
        """Say whether a box was ticked."""
        return bool(self._content.get(name))

    def cents(self, name: str) -> int:
        """Give an amount in cents.

        Raises: UnusableField (WEB-422); SkolaError WBK-431 or WBK-432 for an unclear amount.
        """
        return parse_amount(self.text(name))

    def optional_cents(self, name: str) -> int | None:
        """Give an amount in cents, or nothing where the field is empty."""
        typed = self.text(name, default="")
        return parse_amount(typed) if typed else None

    def whole(self, name: str, *, default: int | None = None) -> int:
        """Give a whole number.

        Raises: UnusableField (WEB-422).
        """
        typed = self.text(name, default="" if default is not None else None)
        if not typed and default is not None:
            return default
        try:
            return int(typed)
        except ValueError:
            raise unusable_field(
                name, lv="vajag veselu skaitli", en="a whole number is needed"
            ) from None

    def day(self, name: str) -> date:
        """Give a day: `2025-07-01` as date fields send it, or `01.07.2025`.

        Raises: UnusableField (WEB-422).
        """
        return day_of(name, self.text(name))

    def optional_day(self, name: str) -> date | None:
        """Give a day, or nothing where the field is empty."""
        typed = self.text(name, default="")
        return day_of(name, typed) if typed else None

    def choice(self, name: str, among: type[Choice]) -> Choice:
        """Give one of several known values.

        Raises: UnusableField (WEB-422).
        """
        typed = self.text(name)
        try:
            return among(typed)
        except ValueError:
            raise unusable_field(name, lv="nezināma vērtība", en="an unknown value") from None

    async def file(self, name: str) -> tuple[str, bytes]:
        """Give name and content of a file.

        Raises: UnusableField (WEB-422) where none was chosen.
        """
        found = await self.files(name)
        if not found:
            raise unusable_field(name, lv="nav izvēlēta datne", en="no file was chosen")
        return found[0]

    async def files(self, name: str) -> Sequence[tuple[str, bytes]]:
        """Give name and content of every file of a field."""
        chosen = [v for v in self._content.getlist(name) if isinstance(v, UploadFile)]
        return [(v.filename, await v.read()) for v in chosen if v.filename]


async def form_of(request: Request) -> Form:
    """Read the form of a request."""
    return Form(await request.form())


def day_of(name: str, typed: str) -> date:
    """Give a day that somebody typed: `2025-07-01`, or `01.07.2025`.

    Raises: UnusableField (WEB-422).
    """
    parts = typed.rstrip(".").split(".")
    iso = "-".join((parts[2], parts[1].zfill(2), parts[0].zfill(2))) if len(parts) == 3 else typed  # noqa: PLR2004 - day, month, year
    try:
        return date.fromisoformat(iso)
    except ValueError:
        raise unusable_field(
            name, lv="datums nav izlasāms; rakstiet 01.07.2025.", en="no date; write 2025-07-01"
        ) from None


def local_day(at: datetime) -> date:
    """Give the day in Latvia at a moment."""
    return at.astimezone(RIGA).date()


def unusable_field(name: str, *, lv: str, en: str) -> UnusableField:
    """Make the refusal of one field, in the word that people call it by."""
    label = field_label(name)
    return unusable_form(
        name,
        Text(
            lv=f"Lauks „{label.lv}”: {lv.rstrip('.')}.",
            en=f"Field “{label.en}”: {en.rstrip('.')}.",
        ),
        hint=Text(
            lv="Labojiet lauku un sūtiet vēlreiz; viss pārējais ir saglabāts veidlapā.",
            en="Mend the field and send again; all else is still in the form.",
        ),
    )


def unusable_form(name: str, message: Text, *, hint: Text) -> UnusableField:
    """Make the refusal of a form in words of its own; `name` is the field that it is about."""
    return UnusableField(
        Problem(code="WEB-422", severity=Severity.ERROR, message=message, hint=hint, subject=name)
    )
