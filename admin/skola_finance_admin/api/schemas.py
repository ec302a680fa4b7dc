"""JSON schemas: what answers hold, from their types, and what commands take, with examples."""

from __future__ import annotations

import collections.abc
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from skola_finance import Money, Rate
from skola_finance_admin.api.answers import is_machinery_type, plain_properties
from skola_finance_admin.api.docstrings import arguments, first_line, said
from skola_finance_admin.api.names import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance_admin.api.inputs import Inputs

Schema = dict[str, Any]
CENTS = "Whole cents of EUR."
_SIMPLE: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "string"},
    Decimal: {"type": "string"},
    Rate: {"type": "string"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "format": "time"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    Money: {"type": "object", "properties": {"amount": {"type": "string"}}},
    type(None): {"type": "null"},
}
_ARRAYS = frozenset(
    {
        *(list, tuple, set, frozenset, collections.abc.Sequence, collections.abc.Iterable),
        *(collections.abc.Set, collections.abc.Collection),
    }
)


class Schemas:
    """Schemas of answers, each class described once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.components: dict[str, Schema] = {}
        self._names: dict[type, str] = {}

    def of(self, kind: Any) -> Schema:  # noqa: ANN401, PLR0911 - any type, each its way
        """Give the schema of a type; what nobody outside knows may be anything."""
        if kind in _SIMPLE:
            return dict(_SIMPLE[kind])
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"type": "string", "enum": [str(member.value) for member in kind]}
        if isinstance(kind, type) and is_dataclass(kind):
            return {"$ref": f"#/components/schemas/{self._described(kind)}"}
        origin, of = typing.get_origin(kind), typing.get_args(kind)
        if origin in {typing.Union, types.UnionType}:
            return {"anyOf": [self.of(each) for each in of]}
        if origin in _ARRAYS and of:
            return {"type": "array", "items": self.of(of[0])}
        if origin in {dict, collections.abc.Mapping} and of[0] is str:
            return {"type": "object", "additionalProperties": self.of(of[1])}
        return {}

    def _described(self, kind: type) -> str:
        if kind in self._names:
            return self._names[kind]
        name = kind.__name__
        if name in self.components:
            name = f"{kind.__module__.rpartition('.')[2]}.{name}"
        self._names[kind] = name
        self.components[name] = {}
        told = said(kind)
        about = arguments(told, "Attributes:")
        properties = {}
        for field in fields(kind):
            found = meaning(field.type, kind)
            if field.repr and not is_machinery_type(found):
                properties[field.name] = _told(self.of(found), field.name, about)
        for one, written in plain_properties(kind).items():
            properties[one] = _told(self.of(meaning(written, kind)), one, about)
        self.components[name] = {
            "type": "object",
            "description": first_line(told),
            "properties": properties,
        }
        return name


def _told(schema: Schema, name: str, about: Mapping[str, str]) -> Schema:
    told = " ".join(filter(None, (about.get(name), CENTS if name.endswith("cents") else "")))
    return {**schema, "description": told} if told else schema


def schema_of_inputs(inputs: Inputs, told: str) -> Schema:
    """Give the schema of what a command or a read takes.

    `told` is the docstring that says what its arguments are.
    """
    schema: Schema = inputs.model.model_json_schema()
    about = arguments(told)
    properties = {
        name: _told(_bare(one), name, about) for name, one in schema.get("properties", {}).items()
    }
    return {**_bare(schema), "properties": properties}


def _bare(schema: Schema) -> Schema:
    """Leave out titles that only repeat a name, and defaults that are none."""
    return {
        name: one
        for name, one in schema.items()
        if name != "title" and (name, one) != ("default", None)
    }


def example_of(inputs: Inputs) -> dict[str, Any]:
    """Make an example of what a command takes, of its required inputs."""
    return {
        name: _example(name, kind) for name, kind in inputs.kinds.items() if name in inputs.required
    }


_EXAMPLES: Mapping[str, Any] = {
    "claim": "SK-00001",
    "claim_no": "3",
    "programme": "skola-kopiena",
    "partner": "99990100042",
    "row_version": 1,
    "line_id": "SK-00001-0001",
    "kind": "interim",
    "lines": {"SK-00001-0001": 1320},
    "reason": "a reason in a sentence",
    "source": "an order of 01.07.2025",
    "file_name": "claim.xlsx",
    "rule_code": "ELG-140",
    "period_from": "2025-09-01",
    "period_to": "2025-12-31",
    "role": "agency_reviewer",
    "instalments": [{"due_on": "2026-03-01", "cents": 132000}],
    "rate": "5 %",
}
_BY_KIND: Mapping[Any, Any] = {
    str: "text",
    int: 1,
    bool: True,
    date: "2026-01-15",
    datetime: "2026-01-15T09:00:00Z",
    bytes: "UEsDBA==",
}


def _example(name: str, kind: Any) -> Any:  # noqa: ANN401 - any type, any JSON
    if name in _EXAMPLES:
        return _EXAMPLES[name]
    if name.endswith("cents"):
        return 132000
    if isinstance(kind, type) and issubclass(kind, Enum):
        return str(next(iter(kind)).value)
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    return {} if typing.get_origin(kind) in {dict, collections.abc.Mapping} else []
