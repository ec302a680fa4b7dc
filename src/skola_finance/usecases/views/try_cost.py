"""Trying a cost: one line that nobody has filed, judged by the rules and settings in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from skola_finance.claims.assess import assess_claim
from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.columns import COLUMN, Type
from skola_finance.claims.line import lines_frame
from skola_finance.claims.vocabulary import ACTIVITY, PARTNER_KIND
from skola_finance.problems import Severity, SkolaError, Text
from skola_finance.usecases.in_force import OF_PARTNERS, rulebook_now
from skola_finance.usecases.views.rule_examples import shipped_bases
from skola_finance.usecases.views.rule_words import STAGES
from skola_finance.usecases.wording import unusable_input
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.claims.assessment import Assessment
    from skola_finance.problems import Citation, Problem
    from skola_finance.rulebook import Rulebook
    from skola_finance.rulebook.vector_file import Bases
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

NOT_CHECKED = "RUL-302"
_ALWAYS = ("activity", "cost_form", "activity_on", "quantity", "amount")
_OF_LINES = ("FUN-",)
"""Codes that never look at a line."""


@dataclass(frozen=True, slots=True)
class TriedField:
    """A fact of the line that one may change; `choices` are codes and names, where they are."""

    key: str
    label: Text
    type: str
    value: str
    choices: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class CostForm:
    """The form: the activities there are, and the facts of a line of the chosen one."""

    programme: str
    activity: str
    partner_kind: str
    activities: tuple[tuple[str, Text], ...]
    partner_kinds: tuple[tuple[str, Text], ...]
    fields: tuple[TriedField, ...]


@dataclass(frozen=True, slots=True)
class TraceStep:
    """What became of one rule: `cut`, `found`, `passed`, `unchecked`, or `aside` (not about it)."""

    code: str
    title: Text
    stage: Text
    state: str
    cut_cents: int
    citation: Citation | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TriedCost:
    """The verdict on a line that nobody has filed; claimed = eligible + ineligible + unfunded."""

    claimed_cents: int
    eligible_cents: int
    ineligible_cents: int
    unfunded_cents: int
    illustrative: bool
    on: date
    trace: tuple[TraceStep, ...]

    @property
    def spoke(self) -> tuple[TraceStep, ...]:
        """The rules that found something."""
        return tuple(one for one in self.trace if one.state in ("cut", "found"))

    def count(self, state: str) -> int:
        """How many rules came to a state."""
        return sum(one.state == state for one in self.trace)


def cost_form(
    store: Store,
    order: Order,  # noqa: ARG001 - every read is asked alike; this one is open to everybody
    *,
    programme: str,
    activity: str = "",
    partner_kind: str = "",
    typed: Mapping[str, str] | None = None,
) -> CostForm:
    """Give the form for one line: filled in without a fault, or as somebody typed it.

    Raises: NotFound (AUT-603) for an unknown programme.
    """
    rulebook = _in_force(store, programme)
    bases = shipped_bases()[programme]
    named = {str(line["activity"]): line for line in bases.lines.values()}
    chosen = activity if activity in named else next(iter(named))
    kind = partner_kind if partner_kind in PARTNER_KIND else _who_claims(rulebook, chosen)
    line = {**dict.fromkeys(_ALWAYS, ""), **_first(bases, chosen)}
    texts = {
        key: _text(value) if typed is None else typed.get(key, "") for key, value in line.items()
    }
    fields = [_field(key, text) for key, text in texts.items()]
    return CostForm(
        programme=programme,
        activity=chosen,
        partner_kind=kind,
        activities=tuple((code, name) for code, name in ACTIVITY.items() if code in named),
        partner_kinds=tuple(PARTNER_KIND.items()),
        fields=tuple(one for one in fields if one.key != "activity"),
    )


def try_cost(
    store: Store,
    order: Order,
    *,
    programme: str,
    activity: str,
    partner_kind: str,
    typed: Mapping[str, str],
) -> TriedCost:
    """Judge one line by the rules and settings in force, as if nothing had been claimed before.

    Nothing is kept. Rooms, institutions and projects of single partners are no part of it: rules
    that ask for them say that they were not checked.

    Args:
        typed: texts by the keys of the columns, as a form sends them; days as `2026-02-10`.

    Raises: NotFound (AUT-603); CommandRefused WFL-518 for a value that cannot be read; UnknownCodes
        CLM-212; SkolaError FUN-702, WBK-431 for an unclear amount.
    """
    rulebook = _in_force(store, programme)
    record: dict[str, Any] = {
        key: _read(key, text) for key, text in typed.items() if key in COLUMN and text
    }
    record["activity"] = activity
    try:
        lines = lines_frame([record])
    except SkolaError:
        raise
    except ValueError as error:
        raise unusable_input("quantity", lv=str(error), en=str(error)) from error
    bases = shipped_bases()[programme]
    header = ClaimHeader(
        programme=programme,
        partner_kind=partner_kind,
        partner_reg_no=bases.claim["partner_reg_no"],
        agreement_on=bases.claim["agreement_on"],
        period_from=record.get("activity_on"),
        period_to=record.get("activity_on"),
    )
    claim = Claim(header=header, lines=lines)
    assessment = assess_claim(claim, rulebook=rulebook, on=order.on, history=[])
    totals = assessment.totals
    return TriedCost(
        claimed_cents=totals.claimed_cents,
        eligible_cents=totals.eligible_cents,
        ineligible_cents=totals.ineligible_cents,
        unfunded_cents=totals.unfunded_cents,
        illustrative=assessment.illustrative,
        on=order.on,
        trace=_trace(rulebook, assessment),
    )


def _in_force(store: Store, programme: str) -> Rulebook:
    with store.reading() as repositories:
        if repositories.programmes.get(programme) is None:
            raise not_found(PROGRAMME)
        rulebook = rulebook_now(store, repositories, programme)
    return rulebook.with_settings(
        one for one in rulebook.settings if not one.key.startswith(OF_PARTNERS)
    )


def _who_claims(rulebook: Rulebook, activity: str) -> str:
    """Give the first kind of partner that may claim an activity."""
    allowed = rulebook.rule("ELG-102").versions[-1].values["allow"]
    return next((kind for kind in PARTNER_KIND if activity in allowed.get(kind, ())), "")


def _first(bases: Bases, activity: str) -> Mapping[str, Any]:
    return next(line for line in bases.lines.values() if line["activity"] == activity)


def _field(key: str, value: str) -> TriedField:
    column = COLUMN[key]
    return TriedField(
        key=key,
        label=column.label,
        type=column.type.value,
        value=value,
        choices=tuple((column.codes or {}).items()),
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(key: str, text: str) -> object:
    """Read a typed fact into what the line holds; euros and quantities stay as they are typed."""
    match COLUMN[key].type:
        case Type.DATE:
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise unusable_input(
                    key, lv=f"„{text}” nav datums", en=f"“{text}” is no date"
                ) from None
        case Type.WHOLE:
            if not text.isdecimal() or len(text) > 4:  # noqa: PLR2004 - grades, years, group sizes
                raise unusable_input(
                    key, lv=f"„{text}” nav vesels skaitlis", en=f"“{text}” is no whole number"
                )
            return int(text)
        case Type.MONEY:
            return text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        case _:
            return text


def _trace(rulebook: Rulebook, assessment: Assessment) -> tuple[TraceStep, ...]:
    """Give what became of every rule that can look at a line, in the order of the stages."""
    judged = {use.code: use for use in assessment.rules}
    unchecked = {one.subject for one in assessment.problems if one.code == NOT_CHECKED}
    steps = []
    for stage in STAGES:
        for rule in rulebook.rules.values():
            if rule.stage != stage or rule.code.startswith(_OF_LINES) or rule.code == NOT_CHECKED:
                continue
            own = tuple(one for one in assessment.problems if one.code == rule.code)
            told = tuple(
                one
                for one in assessment.problems
                if one.code == NOT_CHECKED and one.subject == rule.code
            )
            use = judged.get(rule.code)
            # A line is cut once, however many of its facts a rule finds fault with.
            cut = max((one.cut_cents for one in own), default=0)
            citation = use.citation if use is not None else rule.versions[-1].citation
            steps.append(
                TraceStep(
                    code=rule.code,
                    title=rule.title,
                    stage=STAGES[stage],
                    state=_state(
                        own, cut, is_unchecked=rule.code in unchecked, is_judged=bool(use)
                    ),
                    cut_cents=cut,
                    citation=own[0].citation if own else citation,
                    problems=own or told,
                )
            )
    return tuple(steps)


def _state(found: Sequence[Problem], cut: int, *, is_unchecked: bool, is_judged: bool) -> str:
    if cut or any(one.severity is Severity.ERROR for one in found):
        return "cut"
    if found:
        return "found"
    if is_unchecked:
        return "unchecked"
    return "passed" if is_judged else "aside"
