"""The rulebook in force, in the open: every rule with its versions, sources and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.vocabulary import ACTIVITY
from skola_finance.problems import Text
from skola_finance.rulebook import Boundary
from skola_finance.storage.repositories.rule_traces import RuleTraces
from skola_finance.usecases.in_force import OF_PARTNERS, rulebook_now
from skola_finance.usecases.views.rule_shapes import (
    RuleListed,
    RulePeriod,
    RuleShown,
    RulesListed,
    RuleTold,
    RuleTouched,
    RuleVersion,
    SettingEntered,
    SettingNeeded,
)
from skola_finance.usecases.views.rule_words import (
    EFFECTS,
    FAMILIES,
    STAGES,
    RuleValue,
    code_name,
    code_of,
    setting_shown,
    told_when,
    values_shown,
)
from skola_finance.usecases.work import PROGRAMME
from skola_finance.workflow import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from skola_finance.rulebook import Rule, Rulebook, Span, Version
    from skola_finance.rulebook.parameters import Parameter
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

_BY_KIND: Mapping[str, tuple[str, ...]] = {
    "unit_cost_limit": ("unit_cost.",),
    "arithmetic": ("unit_cost.",),
    "missing_fact": ("unit_cost.",),
    "overlap": ("hours_per_day",),
    "grade_in_semester": ("semester.",),
    "hours_cap": ("semester.",),
    "distinct_learners": ("semester.",),
    "planned_hours": ("semester.",),
    "partners_institution": ("institution.",),
    "approved_project": ("project.",),
}
"""Settings that a kind of rule asks for, though its versions do not name them."""
_BY_ROOM: Mapping[str, tuple[str, ...]] = {
    "partner": ("allocation.<partner>",),
    "semester": ("allocation.<partner>.<semester>", "semester."),
    "quota": ("quota.",),
    "envelope": ("envelope",),
}
TOUCHED_AT_MOST = 25


def rules_in_force(
    store: Store,
    order: Order,
    *,
    programme: str,
    text: str = "",
    stage: str = "",
    activity: str = "",
    family: str = "",
) -> RulesListed:
    """List the rules of a programme; they are public, so everybody may read them.

    Args:
        text: words that must stand in the code, title, act or locator, in any language.
        stage: when the rule judges.
        activity: rules that are about this activity, or about all.
        family: the letters that the code begins with.

    Raises: NotFound (AUT-603) for an unknown programme.
    """
    with store.reading() as repositories:
        rulebook = _rulebook(store, repositories, programme)
    listed = [(rule, _listed(rulebook, rule, order)) for rule in rulebook.rules.values()]
    words = text.casefold().split()
    found = tuple(
        one
        for rule, one in listed
        if (not stage or one.stage == stage)
        and (not family or one.code.startswith(f"{family}-"))
        and (not activity or activity in rule.applies.get("activity", (activity,)))
        and all(word in _words_of(rule) for word in words)
    )
    stages = {one.stage for _, one in listed}
    families = {one.code[:3] for _, one in listed}
    used = {code for rule, _ in listed for code in rule.applies.get("activity", ())}
    return RulesListed(
        programme=programme,
        digest=rulebook.digest,
        rules=found,
        of=len(listed),
        stages=tuple((str(code), name) for code, name in STAGES.items() if code in stages),
        families=tuple((code, name) for code, name in FAMILIES.items() if code in families),
        activities=tuple((code, name) for code, name in ACTIVITY.items() if code in used),
        is_agency=_is_agency(order),
    )


def rule_in_force(store: Store, order: Order, *, programme: str, code: str) -> RuleShown:
    """Give one rule with its versions, sources, settings, and the claims it touched lately.

    Raises: NotFound (AUT-603) for an unknown programme; UnknownRule (RUL-431).
    """
    is_agency = _is_agency(order)
    with store.reading() as repositories:
        rulebook = _rulebook(store, repositories, programme)
        rule = rulebook.rule(code)
        touched = _touched(repositories, programme, rule.code) if is_agency else ()
    timeline = rulebook.timeline(rule.code)
    today = {id(one) for span in timeline if span.covers(order.on) for one in span.versions}
    numbers = {id(one): number for number, one in enumerate(rule.versions, start=1)}
    codes = sorted(rulebook.rules)
    place = codes.index(rule.code)
    return RuleShown(
        programme=programme,
        digest=rulebook.digest,
        listed=_listed(rulebook, rule, order),
        family=FAMILIES[rule.code[:3]],
        by_assessment_day=rule.anchor == "assessed_on",
        applies=tuple(
            RuleValue(code_name(column, rulebook), _names(column, values))
            for column, values in rule.applies.items()
        ),
        told=_told(rule),
        versions=tuple(
            _version(rulebook, rule, one, number, is_current=id(one) in today)
            for number, one in enumerate(rule.versions, start=1)
        ),
        periods=tuple(_period(span, numbers, order.on) for span in timeline),
        settings=tuple(_needed(rulebook, one) for one in settings_asked(rulebook, rule)),
        touched=touched,
        is_agency=is_agency,
        earlier=codes[place - 1] if place else "",
        later=codes[place + 1] if place + 1 < len(codes) else "",
    )


def _is_agency(order: Order) -> bool:
    """Say whether claims of all partners are shown to somebody."""
    role = order.actor.role
    return role.sees_money and not role.sees_own_partner_only


def _rulebook(store: Store, repositories: Repositories, programme: str) -> Rulebook:
    """Give the rulebook with its settings, those of single partners left out."""
    if repositories.programmes.get(programme) is None:
        raise not_found(PROGRAMME)
    rulebook = rulebook_now(store, repositories, programme)
    return rulebook.with_settings(
        one for one in rulebook.settings if not one.key.startswith(OF_PARTNERS)
    )


def _listed(rulebook: Rulebook, rule: Rule, order: Order) -> RuleListed:
    spans = rulebook.timeline(rule.code)
    current = rulebook.candidates(rule.code, on=order.on) or rule.versions[-1:]
    return RuleListed(
        code=rule.code,
        title=rule.title,
        stage=rule.stage.value,
        stage_name=STAGES[rule.stage],
        effect=EFFECTS[rule.effect],
        severity=rule.severity,
        activities=tuple(ACTIVITY[one] for one in rule.applies.get("activity", ())),
        versions=len(rule.versions),
        citation=current[-1].citation,
        is_doubtful=any(len(span.versions) > 1 for span in spans),
    )


def _words_of(rule: Rule) -> str:
    cited = [part for one in rule.versions for part in (one.citation.act, one.citation.locator)]
    return " ".join((rule.code, rule.title.lv, rule.title.en, *cited)).casefold()


def _names(column: str, codes: Iterable[str]) -> Text:
    named = [code_of(code, column) or Text(lv=code, en=code) for code in codes]
    return Text(lv=", ".join(one.lv for one in named), en=", ".join(one.en for one in named))


def _told(rule: Rule) -> tuple[RuleTold, ...]:
    """Give what is told, each wording once; a variant without its own text says the rule's."""
    last = rule.versions[-1]
    found: dict[Text, RuleTold] = {}
    for finding in rule.findings.values():
        found.setdefault(
            finding.message,
            RuleTold(
                severity=finding.severity,
                effect=EFFECTS[finding.effect],
                message=told_when(finding.message, rule, last),
                hint=told_when(finding.hint, rule, last),
            ),
        )
    return tuple(found.values())


def _version(
    rulebook: Rulebook, rule: Rule, version: Version, number: int, *, is_current: bool
) -> RuleVersion:
    edges = [(None, one) if isinstance(one, Boundary) else (one, None) for one in _edges(version)]
    known = rulebook.boundaries
    days = [known.get(by.key) if by is not None else day for day, by in edges]
    open_by = [None if by is None or by.key in known else by for _, by in edges]
    return RuleVersion(
        number=number,
        starts=days[0],
        ends=days[1],
        starts_by=open_by[0],
        ends_by=open_by[1],
        values=values_shown(rule, version, rulebook),
        citation=version.citation,
        note=version.note,
        is_current=is_current,
    )


def _edges(version: Version) -> tuple[date | Boundary | None, date | Boundary | None]:
    return version.starts, version.ends


def _period(span: Span[Version], numbers: Mapping[int, int], on: date) -> RulePeriod:
    return RulePeriod(
        first=span.first,
        end=span.end,
        versions=tuple(numbers[id(one)] for one in span.versions),
        is_today=span.covers(on),
    )


def settings_asked(rulebook: Rulebook, rule: Rule) -> list[Parameter]:
    """Give the parameters that a rule asks for, in the order in which the law leaves them open."""
    wanted = list(_BY_KIND.get(rule.kind_name, ()))
    for version in rule.versions:
        wanted += [edge.key for edge in _edges(version) if isinstance(edge, Boundary)]
        wanted += [one for one in version.values.values() if isinstance(one, str)]
        wanted += _BY_ROOM.get(str(version.values.get("room", "")), ())
    return [
        parameter
        for parameter in rulebook.parameters
        if any(
            parameter.key == key or (key.endswith(".") and parameter.key.startswith(key))
            for key in wanted
        )
    ]


def _needed(rulebook: Rulebook, parameter: Parameter) -> SettingNeeded:
    by_register = parameter.key.startswith(OF_PARTNERS)
    entered = [(one, False) for one in rulebook.settings if parameter.matches(one.key)]
    entered += [(one, True) for one in parameter.defaults]
    return SettingNeeded(
        key=parameter.key,
        title=parameter.title,
        citation=parameter.citation,
        values=tuple(
            SettingEntered(
                key=one.key,
                shown=setting_shown(one, parameter),
                starts=one.starts,
                ends=one.ends,
                source=one.source,
                status=one.status.value,
                illustrative=one.illustrative,
                is_default=is_default,
            )
            for one, is_default in entered
        ),
        by_register=by_register,
    )


def _touched(repositories: Repositories, programme: str, code: str) -> tuple[RuleTouched, ...]:
    return tuple(
        RuleTouched(
            claim=one.claim,
            partner=one.partner,
            state=one.state,
            lines=one.lines,
            cut_cents=one.cut_cents,
            assessed_on=one.assessed_on,
        )
        for one in RuleTraces(repositories.session).touched(programme, code, limit=TOUCHED_AT_MOST)
    )
