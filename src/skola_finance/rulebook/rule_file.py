"""Reading one rule file into a `Rule`."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from skola_finance.problems import Citation, CitationStatus, Severity
from skola_finance.rulebook.kinds import KINDS, Effect, Kind, Stage
from skola_finance.rulebook.model import ANCHORS, PROGRAMMES, Finding, Rule, Version
from skola_finance.rulebook.timeline import Boundary, Held, touch
from skola_finance.rulebook.values import read_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from skola_finance.rulebook.strict import Reader

Boundaries: TypeAlias = "Mapping[str, Boundary]"

_RULE_KEYS = (
    "code",
    "programmes",
    "kind",
    "anchor",
    "stage",
    "effect",
    "severity",
    "title",
    "message",
    "hint",
    "variant",
    "applies",
    "version",
)
_CODE = re.compile(r"(ELG|CLM|RUL|FUN)-\d{3}")
_PERIOD_FAULTS = {
    "reversed": ("RUL-411", "versija beidzas, pirms tā sākas", "a version ends before it starts"),
    "gap": ("RUL-412", "starp versijām ir pārtraukums", "there is a gap between versions"),
    "overlap": ("RUL-413", "versijas pārklājas", "versions overlap"),
    "open": (
        "RUL-414",
        "tikai pirmā versija drīkst būt bez sākuma un pēdējā bez beigām",
        "only the first version may lack a start and only the last an end",
    ),
    "doubtful": (
        "RUL-423",
        "nenoskaidrota robeža drīkst būt tikai starp divām versijām",
        "a boundary may stand only between two versions",
    ),
}


def read_rule(reader: Reader, *, boundaries: Boundaries) -> tuple[Rule, tuple[str, ...]]:
    """Read one rule.

    Returns:
        The rule and the programmes it belongs to.

    Raises:
        UnusableRules: RUL-403 to RUL-407 a key or value, RUL-408 the code is not the file's
            name, RUL-411 to RUL-414 and RUL-423 the periods, RUL-415 a version without citation.

    """
    reader.only(_RULE_KEYS)
    code = reader.text("code")
    stem = reader.file.rsplit("/")[-1].removesuffix(".toml")
    if not _CODE.fullmatch(code) or not f"{stem}-".startswith(f"{code.lower()}-"):
        raise reader.wrong(
            "RUL-408",
            f"datnes nosaukumam jāsākas ar kodu {code}",
            f"the code {code} must begin the file's name",
            key="code",
        )
    kind_name = reader.text("kind", among=KINDS)
    kind = KINDS[kind_name]
    versions = tuple(_version(one, kind, boundaries) for one in reader.subs("version"))
    _check_periods(reader, versions)
    severity = Severity(reader.text("severity", among=list(Severity)))
    effect = Effect(reader.text("effect", among=list(Effect)))
    rule = Rule(
        code=code,
        kind_name=kind_name,
        anchor=reader.text("anchor", among=ANCHORS),
        stage=Stage(reader.text("stage", among=list(Stage))),
        effect=effect,
        severity=severity,
        title=reader.both("title"),
        findings=_findings(reader, kind, severity=severity, effect=effect),
        versions=versions,
        applies=_applies(reader),
        file=reader.file,
    )
    return rule, reader.texts("programmes", among=PROGRAMMES)


def read_citation(reader: Reader) -> Citation:
    """Read the table `citation`: act, locator, uri, status and the day it was checked."""
    if not reader.has("citation"):
        raise reader.wrong("RUL-415", "trūkst atsauces uz avotu", "the citation is missing")
    table = reader.sub("citation")
    table.only(("act", "locator", "uri", "status", "checked_on"))
    return Citation(
        act=table.text("act"),
        locator=table.text("locator"),
        uri=table.text("uri"),
        status=CitationStatus(table.text("status", among=list(CitationStatus))),
        checked_on=table.day("checked_on"),
    )


def _findings(
    reader: Reader, kind: Kind, *, severity: Severity, effect: Effect
) -> Mapping[str, Finding]:
    own = Finding(severity, effect, reader.both("message"), reader.both("hint"))
    found = {"": own}
    if reader.has("variant"):
        variants = reader.sub("variant")
        variants.only(kind.variants)
        for name in variants.table:
            table = variants.sub(name)
            table.only(("severity", "effect", "message", "hint"))
            found[name] = Finding(
                severity=Severity(table.text("severity", among=list(Severity)))
                if table.has("severity")
                else severity,
                effect=Effect(table.text("effect", among=list(Effect)))
                if table.has("effect")
                else effect,
                message=table.both("message") if table.has("message") else own.message,
                hint=table.both("hint") if table.has("hint") else own.hint,
            )
    return MappingProxyType(found)


def _applies(reader: Reader) -> Mapping[str, tuple[str, ...]]:
    if not reader.has("applies"):
        return MappingProxyType({})
    table = reader.sub("applies")
    return MappingProxyType({column: table.texts(column) for column in table.table})


def _version(reader: Reader, kind: Kind, boundaries: Boundaries) -> Version:
    citation = read_citation(reader)
    return Version(
        starts=_edge(reader, "from", boundaries),
        ends=_edge(reader, "to", boundaries),
        values=read_values(reader, kind),
        citation=citation,
        note=reader.text("note") if reader.has("note") else "",
    )


def _edge(reader: Reader, key: str, boundaries: Boundaries) -> date | Boundary | None:
    name = reader.table.get(key)
    if not isinstance(name, str):
        return reader.day(key)
    if name not in boundaries:
        raise reader.wrong(
            "RUL-406", f"nezināma robeža „{name}”", f"unknown boundary “{name}”", key=key
        )
    return boundaries[name]


def _check_periods(reader: Reader, versions: tuple[Version, ...]) -> None:
    if not versions:
        raise reader.wrong("RUL-405", "trūkst versijas", "a version is missing", key="version")
    fault = touch([Held(one.starts, one.ends, one) for one in versions])
    if fault is not None:
        name, index = fault
        code, lv, en = _PERIOD_FAULTS[name]
        raise reader.wrong(code, lv, en, key=f"version[{index + 1}]")
