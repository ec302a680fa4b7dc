"""Rules in words: what stages, effects and values of versions are called, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from skola_finance.claims.columns import COLUMN
from skola_finance.claims.explain import placeholders
from skola_finance.claims.shown import show_day, show_hours
from skola_finance.money import Rate, format_amount
from skola_finance.problems import Language, Text
from skola_finance.rulebook.kinds import Effect, Shape, Stage
from skola_finance.rulebook.parameters import ValueShape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from skola_finance.rulebook import Rule, Rulebook, Setting, Version
    from skola_finance.rulebook.parameters import Parameter


def _words(*rows: tuple[str, str, str]) -> Mapping[str, Text]:
    return MappingProxyType({key: Text(lv=lv, en=en) for key, lv, en in rows})


STAGES = _words(
    (Stage.LINE, "Rinda", "Line"),
    (Stage.GROUP, "Vairākas rindas kopā", "Several lines together"),
    (Stage.ITEM_CEILING, "Kvotas un semestra griesti", "Quota and semester ceilings"),
    (Stage.DERIVED, "Vienotās likmes", "Flat rates"),
    (Stage.OVERALL_CEILING, "Kopējie griesti", "Overall ceilings"),
    (Stage.CLAIM, "Viss pārskats", "Whole claim"),
    (Stage.FUNDING, "Programmas finansējums", "The programme's funding"),
)
"""What the stages are called, in the order in which they judge."""

EFFECTS = _words(
    (Effect.REJECT, "Noraida visu rindu", "Rejects the whole line"),
    (Effect.LIMIT, "Samazina līdz robežai", "Cuts the line down to a limit"),
    (Effect.CAP, "Nogriež to, kas pārsniedz kopīgo apjomu", "Cuts what exceeds a shared room"),
    (
        Effect.CEILING,
        "Atstāj bez finansējuma to, kas ir virs griestiem",
        "Leaves unfunded what is above a ceiling",
    ),
    (Effect.NONE, "Summu nesamazina", "Takes nothing"),
)
"""What the effects are called."""

FAMILIES = _words(
    ("ELG", "Attiecināmība", "Eligibility"),
    ("CLM", "Pārskata aizpildīšana", "Filling in the claim"),
    ("RUL", "Noteikumu piemērošana", "Application of rules"),
    ("FUN", "Programmas finansējums", "The programme's funding"),
)
"""What the groups of codes are called."""

VALUES = _words(
    ("first", "Pirmā diena", "First day"),
    ("last", "Pēdējā diena", "Last day"),
    ("paid_by", "Samaksāts ne vēlāk kā", "Paid no later than"),
    ("project_agreement", "Vienošanās diena – parametrs", "Day of the agreement – setting"),
    ("also_from", "Arī no dienas", "Also from the day"),
    ("column", "Pārbauda lauku", "Looks at the field"),
    ("by", "Atkarībā no", "Depending on"),
    ("allow", "Pieļaujams", "Allowed"),
    ("forbid", "Nav pieļaujams", "Not allowed"),
    ("state_only", "Tikai no valsts budžeta", "From the state budget alone"),
    ("min", "Mazākais", "Lowest"),
    ("max", "Lielākais", "Highest"),
    ("ranges", "Robežas", "Range"),
    ("grades", "Klases vai kursi", "Grades or years"),
    ("semester", "Semestris", "Semester"),
    ("always", "Pamats, kas vienmēr dod tiesības", "Grounds that always give the right"),
    ("risks", "Pamats, kas dod tiesības šajās klasēs", "Grounds that do in these grades"),
    ("lump_sum", "Vienreizējais maksājums", "Lump sum"),
    ("than", "Salīdzina ar lauku", "Compared with the field"),
    ("other", "Salīdzina ar lauku", "Compared with the field"),
    ("forms", "Pieļaujamie izmaksu veidi", "Forms of cost allowed"),
    ("by_specialist", "Pēc speciālista", "By specialist"),
    ("statuses", "Statuss, kas dod tiesības", "Status that gives the right"),
    ("or_age_from", "Vai vecums", "Or age"),
    ("disability", "Vajadzīga invaliditāte", "Disability needed"),
    ("setting", "Robeža – parametrs", "Limit – setting"),
    ("amounts", "Mēneša limits", "Monthly limit"),
    ("rate", "Likme", "Rate"),
    ("base", "Bāze", "Base"),
    ("employment", "Darba attiecību veids", "Form of employment"),
    ("room", "Griesti", "Ceiling"),
    ("amount", "Summa", "Amount"),
    ("share", "Daļa", "Share"),
    ("of", "No darbībām", "Of the activities"),
    ("rest", "Pārējās darbības", "The other activities"),
    ("earlier", "Agrākais datums", "Earlier date"),
    ("later", "Vēlākais datums", "Later date"),
    ("columns", "Pārbauda laukus", "Looks at the fields"),
    ("prefixes", "Kodi, kas sākas ar", "Codes that begin with"),
    ("total", "Kopsumma", "Total"),
    ("partners", "No tā partneriem", "Of it for partners"),
)
"""What the values of versions are called."""

_ROOMS = _words(
    ("partner", "partnera piešķīrums", "the partner's allocation"),
    ("quota", "partnera kvota darbībai", "the partner's quota for the action"),
    ("semester", "semestra piešķīrums", "the semester's allocation"),
    ("envelope", "visiem partneriem paredzētais", "what all partners may use"),
    ("autumn", "rudens", "autumn"),
    ("spring", "pavasara", "spring"),
    ("support", "atbalsta veids", "kind of support"),
)
_FIGURES = _words(
    ("limit", "robeža", "limit"),
    ("used", "izmantots", "used"),
    ("cut", "samazinājums", "cut"),
    ("subject", "lauks vai noteikums", "field or rule"),
    ("allowed", "pieļaujamais", "what is allowed"),
)
_CODES = {code: name for column in COLUMN.values() for code, name in (column.codes or {}).items()}


@dataclass(frozen=True, slots=True)
class RuleValue:
    """A value of a version: what it is called, and what it is; or a row for each code."""

    name: Text
    shown: Text | None = None
    rows: tuple[RuleValue, ...] = ()


def values_shown(rule: Rule, version: Version, rulebook: Rulebook) -> tuple[RuleValue, ...]:
    """Give the values of a version as people read them."""
    shapes = {**rule.kind.needs, **rule.kind.may}
    found = []
    for name, value in version.values.items():
        words = _Words(rulebook, name, shapes.get(name), version.values)
        label = VALUES.get(name, Text(lv=name, en=name))
        if hasattr(value, "items"):
            named = [(words.key(key), words.text(one)) for key, one in value.items()]
            rows = tuple(RuleValue(key, shown) for key, shown in named if key is not None)
            found.append(RuleValue(label, rows=rows))
        elif value not in (None, ()):
            found.append(RuleValue(label, words.text(value)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Words:
    """Writes one value of a version; the others say of which columns its codes are."""

    rulebook: Rulebook
    name: str
    shape: Shape | None
    values: Mapping[str, Any]

    def text(self, value: Any) -> Text:  # noqa: ANN401 - whatever a shape holds
        """Write a value that is no table."""
        return Text(lv=self._in(value, Language.LV), en=self._in(value, Language.EN))

    def key(self, code: str) -> Text | None:
        """Name the code of a row; nothing for one that stands for no case that can come."""
        column = str(self.values.get("by", "")) or _KEYS.get(self.name, "activity")
        parts = [code_of(part, column) for part in code.split(".")]
        named = [part for part in parts if part is not None]
        if len(named) < len(parts):
            return None
        return Text(lv=" – ".join(one.lv for one in named), en=" – ".join(one.en for one in named))

    def _in(self, value: Any, language: Language) -> str:  # noqa: ANN401 - whatever a shape holds
        if self.shape is Shape.RANGES:
            low, high = value
            return f"{low}–{high}" if high else NOBODY.in_(language)
        match value:
            case date():
                return show_day(value, language)
            case int() if self.shape in (Shape.MONEY, Shape.AMOUNTS):
                return format_amount(value, language)
            case str():
                return self._code(value).in_(language)
            case tuple() | list():
                return "; ".join(self._in(one, language) for one in value)
            case _:
                return str(value)

    def _code(self, code: str) -> Text:
        if self.name in ("room", "semester"):
            return _ROOMS.get(code, Text(lv=code, en=code))
        column = _LEAVES.get(self.name) or str(self.values.get("column", ""))
        return code_of(code, column) or code_name(code, self.rulebook)


NOBODY = Text(lv="neviena", en="none")
_KEYS = {"grades": "education_programme", "by_specialist": "specialist"}
_LEAVES = {
    "always": "risk_ground",
    "risks": "risk_ground",
    "forms": "cost_form",
    "by_specialist": "cost_form",
    "statuses": "income_status",
    "employment": "employment_form",
}
"""The columns whose codes stand in a value, where the version does not name them."""


def code_of(code: str, column: str) -> Text | None:
    """Name a code of a column, or of any column where it is not one of its own."""
    known = COLUMN[column].codes if column in COLUMN else None
    return (known or {}).get(code) or _CODES.get(code)


def code_name(code: str, rulebook: Rulebook) -> Text:
    """Give what a code, a column or a setting is called; what nobody named is called as it is."""
    if code in COLUMN:
        return COLUMN[code].label
    if code in _CODES:
        return _CODES[code]
    if code in _ROOMS:
        return _ROOMS[code]
    parameter = rulebook.parameter(code)
    if parameter is not None:
        return parameter.title
    return Text(lv=code or "–", en=code or "–")


def told_when(text: Text, rule: Rule, version: Version) -> Text:
    """Give the text of a finding as it is told, the gaps named in brackets or filled by values."""
    return Text(
        lv=_with_gaps(text, rule, version, Language.LV),
        en=_with_gaps(text, rule, version, Language.EN),
    )


def _with_gaps(text: Text, rule: Rule, version: Version, language: Language) -> str:
    template = text.in_(language)
    shapes = {**rule.kind.needs, **rule.kind.may}
    gaps = {}
    for name in placeholders(template):
        value = version.values.get(name)
        if isinstance(value, date | Rate) or (isinstance(value, int) and name in shapes):
            money = shapes.get(name) is Shape.MONEY
            own = format_amount(value, language) if money and isinstance(value, int) else ""
            own = own or (show_day(value, language) if isinstance(value, date) else str(value))
            gaps[name] = own
            continue
        label = COLUMN[name].label if name in COLUMN else _FIGURES.get(name) or VALUES.get(name)
        gaps[name] = f"[{_within(label.in_(language)) if label is not None else name}]"
    return template.format_map(gaps)


def _within(label: str) -> str:
    """Write a label inside a sentence: without its unit, and small unless it is an abbreviation."""
    name = label.removesuffix(", EUR")
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def setting_shown(setting: Setting, parameter: Parameter) -> Text:
    """Give the value of a setting as people read it."""
    value = setting.value
    if value is None:
        return Text(lv="robežas nav", en="no limit")
    write: Callable[[Language], str]
    match parameter.shape:
        case ValueShape.MONEY if isinstance(value, int):
            write = lambda language: format_amount(value, language)  # noqa: E731 - one of three
        case ValueShape.HOURS if isinstance(value, int):
            write = lambda language: show_hours(value, language)  # noqa: E731 - one of three
        case ValueShape.DAY if isinstance(value, date):
            write = lambda language: show_day(value, language)  # noqa: E731 - one of three
        case ValueShape.MEMBER:
            return Text(lv="jā" if value else "nē", en="yes" if value else "no")
        case _:
            return Text(lv=setting.text, en=setting.text)
    return Text(lv=write(Language.LV), en=write(Language.EN))
