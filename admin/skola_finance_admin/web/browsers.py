"""What a browser calls itself, as people call it."""

from __future__ import annotations

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def name_of_browser(told: str) -> str:
    """Name a browser and its system, as far as they can be told; else what it said of itself.

    >>> name_of_browser("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    'Firefox · Windows'
    >>> name_of_browser("curl/8.5")
    'curl/8.5'
    """
    found = (_first(told, _BROWSERS), _first(told, _SYSTEMS))
    return " · ".join(one for one in found if one) or told[:40] or "–"


def _first(told: str, among: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in among if mark in told), "")
