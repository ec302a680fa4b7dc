"""From a parameter of the library to a strict value of JSON, and to its JSON schema.

Strict: a number is no text and a text no number, a day is `2025-07-01`, a moment names its zone,
bytes are base64; nothing is turned into something else on the quiet.
"""

from __future__ import annotations

import binascii
import collections.abc
import dataclasses
import re
import types
import typing
from base64 import b64decode
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from skola_finance_admin.api.names import meaning, parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")


class NotOffered(Exception):
    """A function of the library that JSON cannot ask; the text says why."""


def _day(value: object) -> object:
    """Read a day.

    >>> _day("2025-07-01")
    datetime.date(2025, 7, 1)
    """
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    msg = "date_expected"
    raise ValueError(msg)


def _moment(value: object) -> object:
    """Read a moment; it is kept in UTC.

    >>> _moment("2025-07-01T12:00:00+03:00").isoformat()
    '2025-07-01T09:00:00+00:00'
    """
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(UTC)
    msg = "moment_expected"
    raise ValueError(msg)


def _bytes(value: object) -> object:
    """Read bytes: base64 in JSON, as they are in a form with files."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        try:
            return b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            pass
    msg = "base64_expected"
    raise ValueError(msg)


def _cells(value: object) -> object:
    """Turn texts that are days into days, in mappings whose values may be anything.

    Cells of lines, plans and instalments ask for real days; a text cell reads `2025-07-01` the
    same either way.
    """
    if isinstance(value, dict):
        return {name: _cells(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_cells(each) for each in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


_BASE64 = {"type": "string", "contentEncoding": "base64"}
_SIMPLE: Mapping[Any, Any] = {
    str: str,
    int: int,
    bool: bool,
    date: Annotated[date, BeforeValidator(_day)],
    datetime: Annotated[datetime, BeforeValidator(_moment)],
    bytes: Annotated[bytes, BeforeValidator(_bytes), WithJsonSchema(_BASE64)],
    Any: Annotated[Any, BeforeValidator(_cells)],
}
_LISTS = frozenset(
    {
        *(list, tuple, set, frozenset, collections.abc.Sequence, collections.abc.Iterable),
        *(collections.abc.Collection, collections.abc.Set),
    }
)


def wire(kind: Any) -> Any:  # noqa: ANN401 - a type in, a type out
    """Give the type that a value of JSON is read as.

    Raises: NotOffered for what JSON cannot say.
    """
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if kind is None:
        msg = "its type is known inside the library alone"
        raise NotOffered(msg)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(kind)
    origin, of = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType} and type(None) in of and len(of) == 2:  # noqa: PLR2004 - a type, or nothing
        (inner,) = (each for each in of if each is not type(None))
        return wire(inner) | None if isinstance(wire(inner), type) else _optional(wire(inner))
    if origin in {dict, collections.abc.Mapping} and of[0] is str:
        return dict[str, wire(of[1])]  # type: ignore[misc] # made while the program runs
    if origin in _LISTS and of:
        return list[wire(of[0])]  # type: ignore[misc] # the same
    if origin is typing.Literal:
        return kind
    msg = f"JSON has no {getattr(kind, '__name__', kind)}"
    raise NotOffered(msg)


def _optional(kind: Any) -> Any:  # noqa: ANN401 - a type
    return typing.Optional[kind]  # noqa: UP045 - made while the program runs


def _choice(kind: type[Enum]) -> Any:  # noqa: ANN401 - a type
    def chosen(value: object) -> object:
        for member in kind:
            if (member.value == value and type(member.value) is type(value)) or member is value:
                return member
        msg = "choice_expected"
        raise ValueError(msg)

    schema = {"type": "string", "enum": [member.value for member in kind]}
    return Annotated[kind, BeforeValidator(chosen), WithJsonSchema(schema)]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command or a read is asked with.

    Attributes:
        model: reads and checks it; fields have the names of the parameters as aliases.
        kinds: the type of each parameter, by name.
        required: what cannot be left out.
        defaults: what the others are, where they are left out.
        spread: classes whose fields are inputs of their own, by the parameter that takes them.
    """

    model: type[BaseModel]
    kinds: Mapping[str, Any]
    required: frozenset[str]
    defaults: Mapping[str, Any]
    spread: Mapping[str, type]

    @property
    def files(self) -> tuple[str, ...]:
        """The parameters that are bytes."""
        return tuple(name for name, kind in self.kinds.items() if kind is bytes)

    @property
    def fits_an_address(self) -> bool:
        """Whether everything can stand in the query of an address."""
        return not any(_is_deep(kind) for kind in self.kinds.values())

    def takes_text(self, name: str) -> bool:
        """Say whether a field of a form is what it says, rather than JSON."""
        return name not in self.kinds or not _is_deep(self.kinds[name])

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Check values of JSON; gives the arguments of the call, what was left out left out.

        Raises: pydantic's ValidationError.
        """
        found = self.model.model_validate(dict(given))
        flat = {name.removeprefix(_FIELD): getattr(found, name) for name in found.model_fields_set}
        for parameter, kind in self.spread.items():
            own = {field.name for field in fields(kind)}
            flat[parameter] = kind(**{name: flat.pop(name) for name in own & set(flat)})
        return flat

    def of_texts(self, given: Mapping[str, list[str]]) -> dict[str, Any]:
        """Turn texts of an address or a form into what JSON would have said."""
        return {name: _of_texts(self.kinds.get(name), texts) for name, texts in given.items()}


_FIELD = "field_"
"""A field must not be called as something that pydantic's models have already."""


def inputs_of(
    name: str,
    function: Callable[..., Any],
    *,
    after: int,
    optional: frozenset[str] = frozenset(),
) -> Inputs:
    """Make the inputs of a function of the library from its signature.

    Args:
        name: of the function, for the schema.
        function: a read, or what a command does.
        after: how many of its first arguments the edge gives by itself.
        optional: what may be told in another way, such as in a header.

    Raises: NotOffered where JSON cannot ask it.
    """
    asked: dict[str, tuple[Any, Any]] = {}
    spread: dict[str, type] = {}
    for one, parameter in parameters(function, after=after).items():
        kind = meaning(parameter.annotation, function)
        if _is_callback(kind) and parameter.default is not _NONE:
            continue
        if isinstance(kind, type) and is_dataclass(kind) and parameter.default is _NONE:
            spread[one] = kind
            inner = {each.name: (meaning(each.type, kind), _default(each)) for each in fields(kind)}
        else:
            inner = {one: (kind, parameter.default)}
        if set(inner) & set(asked):
            msg = f"{one}: its fields are called as other inputs are"
            raise NotOffered(msg)
        asked |= inner
    required = frozenset(one for one, (_, default) in asked.items() if default is _NONE)
    read_as = {one: _wire(one, kind) for one, (kind, _) in asked.items()}
    config = ConfigDict(extra="forbid", strict=True, title=name, protected_namespaces=())
    given: dict[str, Any] = {
        _FIELD + one: (kind, Field(... if one in required - optional else None, alias=one))
        for one, kind in read_as.items()
    }
    return Inputs(
        create_model(name, __config__=config, **given),
        kinds={one: kind for one, (kind, _) in asked.items()},
        required=required,
        defaults={one: default for one, (_, default) in asked.items() if default is not _NONE},
        spread=spread,
    )


_NONE = Parameter.empty


def _is_callback(kind: Any) -> bool:  # noqa: ANN401 - a type
    """Say whether something is told of progress, which only a caller in the same program hears."""
    of = typing.get_args(kind)
    return typing.get_origin(kind) is collections.abc.Callable or any(map(_is_callback, of))


def _default(field: dataclasses.Field[Any]) -> Any:  # noqa: ANN401 - any default
    """Give what a field is where it is left out."""
    if field.default is not dataclasses.MISSING:
        return field.default
    return _NONE if field.default_factory is dataclasses.MISSING else field.default_factory()


def _wire(name: str, kind: Any) -> Any:  # noqa: ANN401 - a type in, a type out
    try:
        return wire(kind)
    except NotOffered as error:
        msg = f"{name}: {error}"
        raise NotOffered(msg) from None


def _is_deep(kind: Any) -> bool:  # noqa: ANN401 - a type
    """Say whether a value needs a body: bytes, mappings, and lists of those."""
    origin = typing.get_origin(kind)
    inner = any(_is_deep(each) for each in typing.get_args(kind))
    return kind is bytes or kind is Any or origin in {dict, collections.abc.Mapping} or inner


def _of_texts(kind: Any, texts: list[str]) -> Any:  # noqa: ANN401 - any value of JSON
    """Read texts as JSON would have written them; what does not fit stays a text and is refused."""
    origin, of = typing.get_origin(kind), typing.get_args(kind)
    if origin in _LISTS:
        return [_of_text(of[0], each) for each in texts]
    if origin in {typing.Union, types.UnionType}:
        (inner,) = (each for each in of if each is not type(None))
        return _of_texts(inner, texts)
    return _of_text(kind, texts[0]) if len(texts) == 1 else texts


def _of_text(kind: Any, text: str) -> Any:  # noqa: ANN401 - any value of JSON
    if kind is int and re.fullmatch(r"-?[0-9]{1,40}", text):
        return int(text)
    if kind is bool and text in {"true", "false"}:
        return text == "true"
    return text
