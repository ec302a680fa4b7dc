"""The programme: allocations, settings, what binds on a day, and its filed lines."""

from __future__ import annotations

from skola_finance.usecases.demo.programme import is_loaded
from skola_finance.usecases.views.allocations import (
    AllocationRow,
    AllocationsPage,
    Amendment,
    allocations_page,
)
from skola_finance.usecases.views.binding import AmendmentShown, Binding, SettingShown, binding_on
from skola_finance.usecases.views.illustrative import Basis, RestsOn, rests_on
from skola_finance.usecases.views.programme_life import ProgrammeLife, programme_life
from skola_finance.usecases.views.programme_lines import FiledLine, FiledLines, programme_lines
from skola_finance.usecases.views.settings import (
    Blank,
    NeededBy,
    SettingPage,
    SettingsPage,
    Value,
    setting_page,
    settings_page,
)

__all__ = [
    "AllocationRow",
    "AllocationsPage",
    "Amendment",
    "AmendmentShown",
    "Basis",
    "Binding",
    "Blank",
    "FiledLine",
    "FiledLines",
    "NeededBy",
    "ProgrammeLife",
    "RestsOn",
    "SettingPage",
    "SettingShown",
    "SettingsPage",
    "Value",
    "allocations_page",
    "binding_on",
    "is_loaded",
    "programme_life",
    "programme_lines",
    "rests_on",
    "setting_page",
    "settings_page",
]
