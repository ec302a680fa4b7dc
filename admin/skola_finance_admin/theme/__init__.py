"""The look of the pages: templates and assets of our own around Tabler's components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette_admin.theme import BaseTheme, CoreIcons, IconSet

if TYPE_CHECKING:
    from starlette.requests import Request


class SkolaTheme(BaseTheme):
    """Calm, dense, and from this server alone: no font and no script of another host."""

    name = "skola"
    package = "skola_finance_admin.theme"

    def get_icon_set(self) -> IconSet:
        """Give the icons that starlette-admin brings along."""
        return CoreIcons()

    def html_attrs(self, request: Request) -> dict[str, str]:
        """Give what the style sheet asks of the root."""
        return {"data-bs-theme": "light", "data-bs-theme-base": "slate"}
