"""Reading `parameters.toml`: the blanks of the law, their dated defaults and what is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.parameters import (
    NONE,
    Parameter,
    Parsed,
    Setting,
    ValueShape,
    parse_value,
)
from skola_finance.rulebook.rule_file import read_citation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from skola_finance.rulebook.strict import Reader

_KEYS = (
    "key",
    "programmes",
    "shape",
    "title",
    "citation",
    "value",
    "offered",
    "boundary",
    "among",
    "not_before",
    "not_after",
)


def read_parameter(reader: Reader) -> tuple[Parameter, tuple[str, ...]]:
    """Read one parameter.

    Returns:
        The parameter and the programmes it belongs to.

    Raises:
        UnusableRules: RUL-403 to RUL-407 a key or value, RUL-409 a missing language, RUL-411 an
            interval that ends before it starts, RUL-415 a missing citation, RUL-421 two values
            on one day.

    """
    reader.only(_KEYS)
    key = reader.text("key")
    shape = ValueShape(reader.text("shape", among=list(ValueShape)))
    parameter = Parameter(
        key=key,
        shape=shape,
        title=reader.both("title"),
        citation=read_citation(reader),
        defaults=_dated(reader, "value", key, shape),
        offered=_dated(reader, "offered", key, shape),
        not_before=reader.day("not_before"),
        not_after=reader.day("not_after"),
        is_boundary=reader.flag("boundary"),
        among=reader.texts("among") if reader.has("among") else (),
    )
    _check_boundary(reader, parameter)
    return parameter, reader.texts("programmes", among=PROGRAMMES)


def read_setting_text(reader: Reader, shape: ValueShape) -> tuple[str, Parsed | None]:
    """Read `value`, which is always text; `none` gives None."""
    text = reader.text("value")
    if text == NONE:
        return text, None
    try:
        return text, parse_value(shape, text)
    except ValueError as error:
        raise reader.wrong(
            "RUL-407",
            f"vērtība „{text}” neatbilst veidam {shape}",
            f"the value “{text}” is not of the shape {shape}",
            key="value",
        ) from error


def check_period(reader: Reader, starts: date | None, ends: date | None) -> None:
    """Refuse a value that ends on or before the day it starts."""
    if starts is not None and ends is not None and ends <= starts:
        raise reader.wrong(
            "RUL-411", "vērtība beidzas, pirms tā sākas", "the value ends before it starts"
        )


def check_overlap(
    reader: Reader, setting: Setting, others: Iterable[Setting], *, once: bool = False
) -> None:
    """Refuse a second value of a key for one day, or any second one where there is only `once`."""
    for other in others:
        if other.key != setting.key:
            continue
        if once or not (_precedes(other, setting) or _precedes(setting, other)):
            raise reader.wrong(
                "RUL-421",
                f"atslēgai {setting.key} vienā dienā ir divas vērtības",
                f"the key {setting.key} has two values on one day",
                key="key",
            )


def _precedes(one: Setting, other: Setting) -> bool:
    return one.ends is not None and other.starts is not None and one.ends <= other.starts


def _check_boundary(reader: Reader, parameter: Parameter) -> None:
    early, late = parameter.not_before, parameter.not_after
    if parameter.boundary is None:
        if early is not None or late is not None:
            raise reader.wrong(
                "RUL-407", "intervāls ir tikai robežai", "only a boundary has an interval"
            )
        return
    if parameter.shape is not ValueShape.DAY:
        raise reader.wrong("RUL-407", "robeža ir diena", "a boundary is a day", key="shape")
    if early is not None and late is not None and late < early:
        raise reader.wrong(
            "RUL-411", "intervāls beidzas, pirms tas sākas", "the interval ends before it starts"
        )


def _dated(reader: Reader, table: str, key: str, shape: ValueShape) -> tuple[Setting, ...]:
    found: list[Setting] = []
    for one in reader.subs(table):
        setting = _cited(one, key, shape)
        check_period(one, setting.starts, setting.ends)
        check_overlap(one, setting, found)
        found.append(setting)
    return tuple(found)


def _cited(reader: Reader, key: str, shape: ValueShape) -> Setting:
    reader.only(("value", "from", "to", "citation"))
    citation = read_citation(reader)
    text, value = read_setting_text(reader, shape)
    return Setting(
        key=key,
        text=text,
        value=value,
        starts=reader.day("from"),
        ends=reader.day("to"),
        source=f"{citation.act}, {citation.locator}",
        status=citation.status,
    )
