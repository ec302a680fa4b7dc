"""The rulebook of one programme, with the settings that were laid over it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.rulebook.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.rulebook.model import Rule, Version
    from skola_finance.rulebook.parameters import Parameter, Setting
    from skola_finance.rulebook.timeline import Span


class UnknownRule(SkolaError, LookupError):
    """No rule of that code in the programme (RUL-431)."""


class NotInForce(SkolaError, LookupError):
    """The rule has no version on that day (RUL-432)."""


class Unsettled(SkolaError, LookupError):
    """The day lies where two versions may be in force (RUL-303)."""


class UnsetParameter(SkolaError, LookupError):
    """A setting that is needed has not been entered (RUL-301)."""


@dataclass(frozen=True)
class Rulebook:
    """The rules of one programme.

    Attributes:
        programme: whose rules these are.
        rules: rule by code, in the order of the codes.
        parameters: the blanks of the law that settings may fill.
        foreign: parameters that only other programmes have.
        digest: SHA-256 over everything that was loaded.
        settings: what was entered, laid over the parameters' defaults.
        texts: the TOML of every file that decides, by its name: `rulebook_of_texts` makes the same
            rulebook of them. They say what the digest says, and take no part in equality.

    """

    programme: str
    rules: Mapping[str, Rule]
    parameters: tuple[Parameter, ...]
    foreign: tuple[Parameter, ...]
    digest: str
    settings: tuple[Setting, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    # What was looked up, carried along to the same rules under other settings.
    _parameter_of: dict[str, Parameter] = field(default_factory=dict, compare=False, repr=False)

    def with_settings(self, settings: Iterable[Setting]) -> Rulebook:
        """Give the same rulebook under other settings."""
        return replace(self, settings=tuple(settings))

    @cached_property
    def settings_digest(self) -> str:
        """SHA-256 over the settings, whatever their order."""
        return digest_of(
            sorted(
                [
                    one.key,
                    one.text,
                    str(one.starts),
                    str(one.ends),
                    one.source,
                    one.status.value,
                    one.illustrative,
                ]
                for one in self.settings
            ),
        )

    @cached_property
    def boundaries(self) -> Mapping[str, date]:
        """The boundaries between versions that have been entered."""
        keys = {one.key for one in self.parameters if one.is_boundary}
        return MappingProxyType(
            {
                one.key: one.value
                for one in self.settings
                if one.key in keys and isinstance(one.value, date)
            },
        )

    def rule(self, code: str) -> Rule:
        """Give a rule by its code.

        Raises:
            UnknownRule: RUL-431.

        """
        if code not in self.rules:
            raise UnknownRule(
                Problem(
                    code="RUL-431",
                    severity=Severity.ERROR,
                    message=Text(
                        lv=f"Noteikumu krājumā „{self.programme}” nav noteikuma {code}.",
                        en=f"The rulebook “{self.programme}” has no rule {code}.",
                    ),
                    hint=Text(
                        lv="Kodu sarakstu rāda komanda „skola-finance rules list”.",
                        en="“skola-finance rules list” shows the codes.",
                    ),
                ),
            )
        return self.rules[code]

    def timeline(self, code: str) -> tuple[Span[Version], ...]:
        """Give the versions of a rule on the time line, under the boundaries entered."""
        return self.rule(code).timeline(self.boundaries)

    def candidates(self, code: str, *, on: date) -> tuple[Version, ...]:
        """Give the versions that may be in force on a day: none, one, or two if unsettled."""
        for span in self.timeline(code):
            if span.covers(on):
                return span.versions
        return ()

    def at(self, code: str, *, on: date) -> Version:
        """Give the version in force on a day.

        Raises:
            UnknownRule: RUL-431.
            NotInForce: RUL-432, no version covers the day.
            Unsettled: RUL-303, the law of that day is not established.

        """
        found = self.candidates(code, on=on)
        if len(found) == 1:
            return found[0]
        if not found:
            raise NotInForce(_not_in_force(code, on))
        raise Unsettled(_unsettled(code, on))

    def parameter(self, key: str) -> Parameter | None:
        """Give the declared parameter a key belongs to."""
        known = self._parameter_of.get(key)
        if known is None:
            known = next((one for one in self.parameters if one.matches(key)), None)
            if known is not None:
                self._parameter_of[key] = known
        return known

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """The days, in order, on which a rule has another version or a setting another value.

        Between two of them every day of assessment picks the same versions and values.
        """
        spans = [span for code in self.rules for span in self.timeline(code)]
        values = [*self.settings, *(one for each in self.parameters for one in each.defaults)]
        edges = {day for span in spans for day in (span.first, span.end)}
        edges |= {day for one in values for day in (one.starts, one.ends)}
        return tuple(sorted(day for day in edges if day is not None))

    def values_of(self, key: str) -> tuple[Setting, ...]:
        """Give what was entered for a key, then its dated defaults: the first that covers wins."""
        if key not in self._values:
            parameter = self.parameter(key)
            defaults = parameter.defaults if parameter is not None else ()
            self._values[key] = (*self._entered.get(key, ()), *defaults)
        return self._values[key]

    @cached_property
    def _values(self) -> dict[str, tuple[Setting, ...]]:
        return {}

    @cached_property
    def _entered(self) -> Mapping[str, Sequence[Setting]]:
        """The settings by key, each key's in the order of their days."""
        found: dict[str, list[Setting]] = {}
        for one in sorted(self.settings, key=lambda each: each.starts or date.min):
            found.setdefault(one.key, []).append(one)
        return found

    def setting(self, key: str, *, on: date) -> Setting:
        """Give the setting in force on a day; its `value` is None where `none` was entered.

        Raises:
            UnsetParameter: RUL-301, nobody has entered it for that day.

        """
        for one in self.values_of(key):
            if one.covers(on):
                return one
        raise UnsetParameter(_unset(key, on))

    def keys_like(self, prefix: str) -> tuple[str, ...]:
        """Give the keys entered that begin with a prefix, sorted."""
        return tuple(sorted({one.key for one in self.settings if one.key.startswith(prefix)}))


def _not_in_force(code: str, on: date) -> Problem:
    return Problem(
        code="RUL-432",
        severity=Severity.ERROR,
        message=Text(
            lv=f"Noteikumam {code} nav redakcijas, kas būtu spēkā {on:%d.%m.%Y}.",
            en=f"Rule {code} has no version in force on {on.isoformat()}.",
        ),
        hint=Text(
            lv=f"Redakcijas rāda komanda „skola-finance rules show {code}”.",
            en=f"“skola-finance rules show {code}” shows its versions.",
        ),
    )


def _unsettled(code: str, on: date) -> Problem:
    return Problem(
        code="RUL-303",
        severity=Severity.WARNING,
        message=Text(
            lv=f"Nav noskaidrots, kura noteikuma {code} redakcija ir spēkā {on:%d.%m.%Y}.",
            en=f"It is not established which version of {code} is in force on {on.isoformat()}.",
        ),
        hint=Text(
            lv="Ievadiet redakcijas spēkā stāšanās dienu kā parametru, norādot avotu.",
            en="Enter the day the version came into force as a setting with its source.",
        ),
    )


def _unset(key: str, on: date) -> Problem:
    return Problem(
        code="RUL-301",
        severity=Severity.ERROR,
        message=Text(
            lv=f"Parametrs „{key}” dienai {on:%d.%m.%Y} nav ievadīts.",
            en=f"The setting “{key}” has not been entered for {on.isoformat()}.",
        ),
        hint=Text(
            lv="Ievadiet to, norādot avotu un spēkā esamības dienas.",
            en="Enter it with its source and dates.",
        ),
    )
