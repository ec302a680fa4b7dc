"""Reading vector files: small cases with an expected outcome, the proof of each rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.rulebook.errors import unusable
from skola_finance.rulebook.kinds import Stage
from skola_finance.rulebook.load import BASES, VECTORS, shipped_rules
from skola_finance.rulebook.model import PROGRAMMES
from skola_finance.rulebook.strict import Reader, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

_VECTOR_KEYS = (
    "name",
    "base",
    "programme",
    "on",
    "claim",
    "line",
    "lines",
    "history",
    "plans",
    "settings",
    "expect",
    "eligible",
    "unfunded",
    "cut",
    "findings",
    "outside",
    "amount",
    "expect_split",
    "of_increase",
    "expect_total",
    "planned",
    "total",
)
_OUTCOMES = (
    "expect",
    "eligible",
    "unfunded",
    "cut",
    "findings",
    "expect_split",
    "of_increase",
    "expect_total",
)
_FUNDING_OUTCOMES = ("expect_split", "of_increase", "expect_total")
_TEXT_KEYS = ("base", "eligible", "unfunded", "cut", "amount", "expect_total", "planned", "total")
_TABLE_KEYS = ("claim", "line", "settings", "expect_split", "of_increase")
_LIST_KEYS = ("lines", "history", "plans", "findings")
_FINDING_KEYS = ("line", "code", "variant", "cut")


@dataclass(frozen=True, slots=True)
class Vector:
    """One case of one rule: what is given (`given`), and what must come out."""

    code: str
    file: str
    name: str
    programme: str
    base: str | None
    settings: Mapping[str, Any]
    given: Mapping[str, Any]
    expect: tuple[str, ...] | None

    def fires(self) -> bool:
        """Whether the rule itself is expected to be found, or its value to come out."""
        codes = {*(self.expect or ()), *(one["code"] for one in self.given.get("findings", ()))}
        return self.code in codes or any(key in self.given for key in _FUNDING_OUTCOMES)

    def passes(self) -> bool:
        """Whether nothing is expected to be found."""
        return self.expect == ()


@dataclass(frozen=True, slots=True)
class Bases:
    """Perfect lines and test settings of a programme, which vectors vary."""

    on: date
    claim: Mapping[str, Any]
    settings: Mapping[str, Any]
    lines: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: MappingProxyType({}))


def load_bases(folder: Path | None = None) -> Mapping[str, Bases]:
    """Read every `bases.toml`; give the bases by programme.

    Raises:
        UnusableRules: RUL-403 to RUL-407 a key or value, RUL-410 two bases of one programme.

    """
    folder = folder or shipped_rules()
    found: dict[str, Bases] = {}
    for path in sorted(folder.rglob(BASES)):
        name = path.relative_to(folder).as_posix()
        root = Reader(read_toml(path, name=name), file=name, where="")
        root.only(PROGRAMMES)
        for programme in root.table:
            reader = root.sub(programme)
            reader.only(("on", "claim", "settings", "line"))
            if programme in found:
                raise reader.wrong(
                    "RUL-410",
                    f"programmas {programme} paraugrindas jau ir citā datnē",
                    f"the bases of {programme} already stand in another file",
                )
            day = reader.day("on")
            if day is None:
                raise reader.wrong("RUL-405", "trūkst datuma", "a date is missing", key="on")
            lines = reader.sub("line")
            found[programme] = Bases(
                on=day,
                claim=reader.sub("claim").table,
                settings=_settings(reader),
                lines={base: lines.sub(base).table for base in lines.table},
            )
    return MappingProxyType(found)


def load_vectors(folder: Path | None = None) -> tuple[Vector, ...]:
    """Read every vector file.

    Raises:
        UnusableRules: RUL-403 to RUL-407 a key or value, RUL-418 a vector that tests nothing,
            RUL-419 a rule whose vectors never find it or never pass, RUL-417 no vectors at all.

    """
    folder = folder or shipped_rules()
    bases = load_bases(folder)
    found: list[Vector] = []
    for path in sorted(folder.rglob(f"*{VECTORS}")):
        name = path.relative_to(folder).as_posix()
        rule_path = path.with_name(path.name.replace(VECTORS, ".toml"))
        rule_name = rule_path.relative_to(folder).as_posix()
        rule = Reader(read_toml(rule_path, name=rule_name), file=rule_name, where="")
        root = Reader(read_toml(path, name=name), file=name, where="")
        vectors = _read(root, rule)
        for vector in vectors:
            if vector.programme not in bases:
                raise root.wrong(
                    "RUL-406",
                    f"programmai {vector.programme} nav paraugrindu ({BASES})",
                    f"the programme {vector.programme} has no base lines ({BASES})",
                )
        found.extend(vectors)
    if not found:
        raise unusable(
            "RUL-417",
            file=folder.name,
            where="",
            lv="Mapē nav neviena pārbaudes piemēra.",
            en="The folder holds no vectors.",
        )
    return tuple(found)


def _read(root: Reader, rule: Reader) -> list[Vector]:
    root.only(("base", "settings", "vector"))
    vectors = [_vector(one, root, rule) for one in root.subs("vector")]
    names = [vector.name for vector in vectors]
    for name in names:
        if names.count(name) > 1:
            raise root.wrong(
                "RUL-418", f"divi piemēri ar nosaukumu „{name}”", f"two vectors are named “{name}”"
            )
    is_funding = rule.table.get("stage") == Stage.FUNDING
    fires = any(vector.fires() or (is_funding and vector.expect) for vector in vectors)
    if not fires or not (is_funding or any(vector.passes() for vector in vectors)):
        raise root.wrong(
            "RUL-419",
            "piemēriem jāpārbauda gan atbilstošs, gan neatbilstošs gadījums",
            "vectors must show a case that passes and a case that does not",
        )
    return vectors


def _vector(reader: Reader, root: Reader, rule: Reader) -> Vector:
    reader.only(_VECTOR_KEYS)
    name = reader.text("name")
    _check_shapes(reader)
    if not reader.has("expect") and not any(reader.table.get(key) for key in _OUTCOMES):
        raise reader.wrong(
            "RUL-418",
            f"piemērs „{name}” neko nepārbauda",
            f"the vector “{name}” tests nothing",
        )
    programmes = rule.texts("programmes", among=PROGRAMMES)
    kept = ("name", "base", "programme", "settings", "expect")
    bases = reader if reader.has("base") else root
    return Vector(
        code=rule.text("code"),
        file=root.file,
        name=name,
        programme=reader.text("programme", among=programmes)
        if reader.has("programme")
        else programmes[0],
        base=bases.text("base") if bases.has("base") else None,
        settings={**_settings(root), **_settings(reader)},
        given=MappingProxyType(
            {key: value for key, value in reader.table.items() if key not in kept}
        ),
        expect=_expected(reader),
    )


def _check_shapes(reader: Reader) -> None:
    """Refuse what the run would stumble over, or would silently not look at."""
    for key in filter(reader.has, _TEXT_KEYS):
        reader.text(key)
    for key in filter(reader.has, _TABLE_KEYS):
        reader.sub(key)
    for key in filter(reader.has, _LIST_KEYS):
        reader.subs(key)
    for finding in reader.subs("findings"):
        finding.only(_FINDING_KEYS)
        finding.text("code")
    reader.day("on")
    reader.flag("outside")
    if reader.has("line") and reader.has("lines"):
        raise reader.wrong(
            "RUL-407", "vai nu „line”, vai „lines”", "give “line” or “lines”, not both", key="line"
        )


def _expected(reader: Reader) -> tuple[str, ...] | None:
    """Give the codes expected; an empty list says that nothing is found, none says nothing."""
    if not reader.has("expect"):
        return None
    return () if reader.table["expect"] == [] else reader.texts("expect")


def _settings(reader: Reader) -> Mapping[str, Any]:
    """Give the settings of a table: a text, or a table with a value and its days."""
    settings = reader.mapping("settings")
    for key, value in settings.items():
        if isinstance(value, dict):
            dated = reader.sub("settings").sub(key)
            dated.only(("value", "from", "to"))
            dated.text("value")
            dated.day("from")
            dated.day("to")
        elif not isinstance(value, str):
            raise reader.wrong(
                "RUL-407", "jābūt tekstam", "a text is expected", key=f"settings.{key}"
            )
    return settings
