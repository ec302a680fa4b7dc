"""Pictures of the dashboard, drawn by starlette-admin's chart widget in our colours and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette_admin.widgets import ChartWidget

from skola_finance_admin.i18n import gettext as _
from skola_finance_admin.i18n import semester
from skola_finance_admin.web.page import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup
    from starlette.requests import Request
    from starlette.templating import Jinja2Templates

    from skola_finance.queries.reports import Dashboard, Sums

GREY, BLUE, GREEN, DARK, AMBER = "#9aa7b4", "#2f6fb0", "#4f9a69", "#14602f", "#b7791f"
PALE = "#dbe6f1"
_CENTS = 100


@dataclass(frozen=True, slots=True)
class Band:
    """A pale area behind the lines of a chart: its name, and from where to where at each label."""

    name: str
    ends: tuple[tuple[int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: what it is called, its kind, its series, and where a click on a bar leads.

    Series hold whole euros, since a picture is read by eye; the table below it has the cents.
    """

    name: str
    kind: str
    labels: tuple[str | list[str], ...]
    series: tuple[tuple[str, str, tuple[int | None, ...]], ...]
    links: tuple[str, ...] = ()
    is_lying: bool = False
    band: Band | None = None

    async def draw(self, request: Request, templates: Jinja2Templates) -> Markup:
        """Give the widget as markup; the script beside it makes the picture."""

        async def series(_request: Request) -> list[dict[str, Any]]:
            return self._series()

        widget = ChartWidget(
            title="",
            chart_type="rangeArea" if self.band else self.kind,
            series_callback=series,
            height=self._height,
            options=self._options(request),
        )
        return await widget.render(request, templates.env)

    def _series(self) -> list[dict[str, Any]]:
        if self.band is None:
            return [{"name": name, "data": list(values)} for name, _colour, values in self.series]
        # Among kinds that differ the library wants every point with its place, and the area first.
        ends = [list(pair) for pair in self.band.ends]
        wanted: list[tuple[str, str, list[Any]]] = [
            (self.band.name, "rangeArea", ends),
            *((name, self.kind, list(values)) for name, _colour, values in self.series),
        ]
        return [
            {
                "name": name,
                "type": kind,
                "data": [{"x": x, "y": y} for x, y in zip(self.labels, values, strict=True)],
            }
            for name, kind, values in wanted
        ]

    @property
    def _height(self) -> int:
        return 90 + 14 * len(self.labels) * (1 + len(self.series)) if self.is_lying else 280

    def _options(self, request: Request) -> dict[str, Any]:
        return {
            "chart": {
                # The library puts style elements of its own into the page.
                "nonce": request.scope["skola.nonce"],
                "fontFamily": "inherit",
                "animations": {"enabled": False},
                "toolbar": {"show": False},
                "zoom": {"enabled": False},
                "accessibility": {"keyboard": {"enabled": False}},
            },
            "colors": [*self._area(PALE), *(colour for _name, colour, _values in self.series)],
            "dataLabels": {"enabled": False},
            "grid": {"borderColor": "#e8ecf0", "padding": {"right": 28}},
            "fill": {"opacity": [*self._area(1), *(1 for _one in self.series)]},
            "labels": list(self.labels),
            "legend": {"show": len(self.series) > 1, "position": "bottom"},
            "links": [BASE + link for link in self.links],
            "markers": {
                "size": [*self._area(0), *(4 if self.kind == "line" else 0 for _one in self.series)]
            },
            "plotOptions": {"bar": {"horizontal": self.is_lying, "borderRadius": 2}},
            "stroke": {
                "width": [*self._area(0), *([2] * len(self.series))] if self.kind == "line" else 0,
                "dashArray": [*self._area(0), 5, *([0] * (len(self.series) - 1))]
                if self.kind == "line"
                else 0,
            },
        }

    def _area(self, value: int | str) -> list[int | str]:
        """Give the option of the pale area, which stands before those of the lines."""
        return [value] if self.band is not None else []


async def pictures_of(
    request: Request, templates: Jinja2Templates, dashboard: Dashboard
) -> dict[str, Markup]:
    """Draw every picture that has something to show, by its name."""
    wanted = (
        _pace(dashboard),
        _by_semester(dashboard),
        _by_partner(dashboard),
        _cuts(dashboard),
        _ageing(dashboard),
    )
    return {
        one.name: await one.draw(request, templates)
        for one in wanted
        if one.labels and any(any(values) for _name, _colour, values in one.series)
    }


def euros(cents: int | None) -> int | None:
    """Give whole euros for a picture; nothing for none."""
    return None if cents is None else cents // _CENTS


def _pace(dashboard: Dashboard) -> Picture:
    points = dashboard.pace
    return Picture(
        "pace",
        "line",
        tuple([*semester(one.semester).rsplit("\N{NO-BREAK SPACE}", 1)] for one in points),
        (
            (_("Even pace"), GREY, tuple(euros(one.even_cents) for one in points)),
            (_("Approved and claimed"), BLUE, tuple(euros(one.actual_cents) for one in points)),
            (_("Approved"), DARK, tuple(euros(one.approved_cents) for one in points)),
        ),
        band=_band(dashboard),
    )


def _band(dashboard: Dashboard) -> Band | None:
    """Give the spread of the partners, where there are enough of them for one."""
    ends = tuple((euros(one.low_cents), euros(one.high_cents)) for one in dashboard.pace)
    if all(high is None for _low, high in ends):
        return None
    return Band(_("Partners from P10 to P90"), ends)


def _by_semester(dashboard: Dashboard) -> Picture:
    return Picture(
        "semesters",
        "bar",
        tuple(semester(one.semester) for one in dashboard.semesters),
        _four([one.sums for one in dashboard.semesters]),
        tuple(f"/reports/behind?semester={one.semester}" for one in dashboard.semesters),
    )


def _by_partner(dashboard: Dashboard) -> Picture:
    largest = dashboard.largest
    return Picture(
        "partners",
        "bar",
        tuple(one.name for one in largest),
        _four([one.sums for one in largest])[1:],
        tuple(f"/partners/{one.reg_no}" for one in largest),
        is_lying=True,
    )


def _cuts(dashboard: Dashboard) -> Picture:
    cuts = dashboard.cuts[:8]
    return Picture(
        "cuts",
        "bar",
        tuple(one.code or _("Reviewers") for one in cuts),
        ((_("Cut"), AMBER, tuple(euros(one.cut_cents) for one in cuts)),),
        tuple(f"/rulebook/{one.code}" if one.code else "/claims" for one in cuts),
        is_lying=True,
    )


def _ageing(dashboard: Dashboard) -> Picture:
    return Picture(
        "ageing",
        "bar",
        tuple(days(one.from_days, one.to_days) for one in dashboard.ageing.buckets),
        ((_("Amount"), BLUE, tuple(euros(one.cents) for one in dashboard.ageing.buckets)),),
        tuple("/reports/ageing" for _one in dashboard.ageing.buckets),
    )


def days(first: int, last: int | None) -> str:
    """Say an age in days: `0–20`, or `81 +` for one without an end."""
    return f"{first} +" if last is None else f"{first}–{last}"


def _four(
    sums: Sequence[Sums],
) -> tuple[tuple[str, str, tuple[int | None, ...]], ...]:
    return (
        (_("Allocated"), GREY, tuple(euros(one.allocated_cents) for one in sums)),
        (_("Claimed"), BLUE, tuple(euros(one.claimed_cents) for one in sums)),
        (_("Approved"), GREEN, tuple(euros(one.approved_cents) for one in sums)),
        (_("Paid"), DARK, tuple(euros(one.paid_cents) for one in sums)),
    )
