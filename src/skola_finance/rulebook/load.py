"""Loading a rulebook from a folder or from its texts: every rule and parameter, read strictly."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.rulebook.digest import digest_of
from skola_finance.rulebook.errors import unusable
from skola_finance.rulebook.parameter_file import read_parameter
from skola_finance.rulebook.rule_file import read_rule
from skola_finance.rulebook.rulebook import Rulebook
from skola_finance.rulebook.strict import Reader, Table, parse_toml, read_text
from skola_finance.rulebook.timeline import Boundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from skola_finance.rulebook.model import Rule
    from skola_finance.rulebook.parameters import Parameter, Setting

PARAMETERS = "parameters.toml"
BASES = "bases.toml"
VECTORS = ".vectors.toml"


def shipped_rules() -> Path:
    """Give the rules folder: inside the wheel, or at the top of a checkout."""
    inside = Path(str(files("skola_finance"))) / "_rules"
    if inside.is_dir():
        return inside
    return Path(__file__).resolve().parents[3] / "rules"


def load_rulebook(
    programme: str = "skola-kopiena",
    *,
    rules: Path | None = None,
    settings: Iterable[Setting] = (),
) -> Rulebook:
    """Load the rulebook of one programme.

    Args:
        programme: `skola-kopiena` or `pumpurs`.
        rules: a rules folder; the one that ships with the library if left out.
        settings: what was entered, from `load_settings`.

    Raises:
        UnusableRules: RUL-400 to RUL-423, naming file and place.

    """
    folder = rules if rules is not None else shipped_rules()
    texts, proofs = _read_all(folder)
    return _rulebook(programme, texts, tuple(settings), proofs=proofs, folder=folder.name)


def rulebook_of_texts(
    programme: str, texts: Mapping[str, str], *, settings: Iterable[Setting] = ()
) -> Rulebook:
    """Make the rulebook again of the texts that a loaded one kept, `Rulebook.texts`.

    Their order does not matter, and no vectors are asked for: they were there when the texts were
    loaded, and are no part of the digest.

    Args:
        programme: `skola-kopiena` or `pumpurs`.
        texts: the TOML of every file that decides, by its name below the rules folder.
        settings: what was entered.

    Returns:
        A rulebook equal to the loaded one, with the same digest.

    Raises:
        UnusableRules: RUL-401 to RUL-423, naming file and place.

    """
    in_order = tuple(sorted(texts.items()))
    entered = tuple(settings)
    if not entered:
        return _of_texts(programme, in_order)
    return _rulebook(programme, dict(in_order), entered, proofs=None, folder="")


# Whole texts are the key: one letter that differs is read, and nothing is taken on trust.
@lru_cache(maxsize=8)
def _of_texts(programme: str, texts: tuple[tuple[str, str], ...]) -> Rulebook:
    return _rulebook(programme, dict(texts), (), proofs=None, folder="")


def _rulebook(
    programme: str,
    texts: Mapping[str, str],
    settings: tuple[Setting, ...],
    *,
    proofs: frozenset[str] | None,
    folder: str,
) -> Rulebook:
    """Make a rulebook; `proofs` are the vector files, None where none are asked for."""
    tables = {name: parse_toml(text, name=name) for name, text in texts.items()}
    parameters, foreign = _parameters(tables, programme)
    boundaries = {one.key: one.boundary for one in (*parameters, *foreign) if one.boundary}
    found: dict[str, Rule] = {}
    for name, table in tables.items():
        if _last(name) != PARAMETERS:
            rule, programmes = read_rule(Reader(table, file=name, where=""), boundaries=boundaries)
            if proofs is not None:
                _check_vectors(rule, proofs)
            if programme in programmes:
                _check_code(rule, found)
                _check_boundaries(rule, {one.key for one in parameters})
                found[rule.code] = rule
    if not found:
        raise unusable(
            "RUL-417",
            file=folder,
            where="",
            lv=f"Nav noteikumu programmai „{programme}”.",
            en=f"There are no rules of the programme “{programme}”.",
        )
    return Rulebook(
        programme=programme,
        rules=MappingProxyType(dict(sorted(found.items()))),
        parameters=parameters,
        foreign=foreign,
        digest=digest_of([programme, tables]),
        settings=settings,
        texts=MappingProxyType(texts),
    )


def _read_all(folder: Path) -> tuple[dict[str, str], frozenset[str]]:
    """Read the rules and parameters below the folder, by their names there.

    Returns:
        What decides, and the names of the vector files. Vectors prove a verdict but do not make
        it: they are read when they are run, and another vector leaves the digest as it is.

    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.toml"))
    proofs = frozenset(name for name in names if name.endswith(VECTORS))
    deciding = [name for name in names if name not in proofs and _last(name) != BASES]
    return {name: read_text(folder / name, name=name) for name in deciding}, proofs


def _last(name: str) -> str:
    return name.rsplit("/", maxsplit=1)[-1]


def _check_vectors(rule: Rule, proofs: frozenset[str]) -> None:
    if f"{rule.file.removesuffix('.toml')}{VECTORS}" not in proofs:
        raise unusable(
            "RUL-416",
            file=rule.file,
            where="",
            lv=f"Noteikumam {rule.code} nav pārbaudes piemēru datnes.",
            en=f"Rule {rule.code} has no vector file beside it.",
        )


def _check_code(rule: Rule, found: Mapping[str, Rule]) -> None:
    if rule.code in found:
        raise unusable(
            "RUL-410",
            file=rule.file,
            where="code",
            lv=f"Kods {rule.code} jau ir datnē {found[rule.code].file}.",
            en=f"The code {rule.code} already stands in {found[rule.code].file}.",
        )


def _check_boundaries(rule: Rule, own: set[str]) -> None:
    """Refuse a boundary that nobody can enter, because only another programme has it."""
    for version in rule.versions:
        for edge in (version.starts, version.ends):
            if isinstance(edge, Boundary) and edge.key not in own:
                raise unusable(
                    "RUL-406",
                    file=rule.file,
                    where="programmes",
                    lv=f"Robeža „{edge.key}” ir tikai citai programmai.",
                    en=f"Only another programme has the boundary “{edge.key}”.",
                )


def _parameters(
    tables: dict[str, Table], programme: str
) -> tuple[tuple[Parameter, ...], tuple[Parameter, ...]]:
    own: dict[str, Parameter] = {}
    foreign: dict[str, Parameter] = {}
    for name, table in tables.items():
        if _last(name) != PARAMETERS:
            continue
        root = Reader(table, file=name, where="")
        root.only(("parameter",))
        for reader in root.subs("parameter"):
            parameter, programmes = read_parameter(reader)
            side = own if programme in programmes else foreign
            if parameter.key in side:
                raise reader.wrong(
                    "RUL-410",
                    f"parametrs {parameter.key} jau ir aprakstīts",
                    f"the parameter {parameter.key} is already declared",
                    key="key",
                )
            side[parameter.key] = parameter
    return tuple(own.values()), tuple(foreign.values())
