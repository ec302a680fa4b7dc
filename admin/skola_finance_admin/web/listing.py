"""Lists on starlette-admin's own list and detail pages, fed by reads and changed by nobody (D-11).

The stock templates are extended by their blocks: what holds an inline script, an inline handler or
a style sheet of its own is replaced there (D-22).
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.exceptions import HTTPException
from starlette_admin import BaseModelView
from starlette_admin.export.csv import CsvExporter
from starlette_admin.fields import BooleanField, IntegerField, StringField
from starlette_admin.types import RequestAction

from skola_finance import Role, Text
from skola_finance_admin.i18n import day, of_text
from skola_finance_admin.web.page import AGENCY, ask, programme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette_admin.filters import FilterGroup

    from skola_finance.queries.partners import RegisterPage, RegisterRow

ALL = -1


class DayField(StringField):
    """A day, as people here write it."""

    async def serialize_value(self, request: Request, value: Any) -> Any:  # noqa: ANN401 - the library's own
        """Write the day; nothing for none."""
        return day(value)


class NamedField(StringField):
    """A code of the library, by its name in the language of the request."""

    async def serialize_value(self, request: Request, value: Any) -> Any:  # noqa: ANN401 - the library's own
        """Give the name."""
        return of_text(value) if isinstance(value, Text) else value


class Listing(BaseModelView):
    """A register that is searched, sorted, paged and exported, and only ever read."""

    add_to_menu = False
    pk_attr = "key"
    roles: ClassVar[frozenset[Role]] = AGENCY
    list_template = "listing/list.html"
    detail_template = "listing/detail.html"
    column_visibility = False
    row_click_navigate = False
    search_highlight = False
    show_detail_search = False
    actions = ()
    row_actions = ()
    exporters = ()
    importers = ()
    page_size = 25
    page_size_options = (25, 50, 100)
    crumb: ClassVar[tuple[str, str]] = ("", "")
    lead: ClassVar[str] = ""

    async def read(self, request: Request, **asked: object) -> RegisterPage:
        """Ask the library for some rows."""
        return await ask(request, self.source(), programme=programme_of(request), **asked)

    @abstractmethod
    def source(self) -> Callable[..., RegisterPage]:
        """Give the read that feeds the list."""

    def is_accessible(self, request: Request) -> bool:
        """Say whether who is signed in may open it."""
        actor = getattr(request.state, "actor", None)
        return actor is not None and actor.role in self.roles

    def can_create(self, request: Request) -> bool:
        """Nobody adds a row here: ours change by commands."""
        return False

    can_edit = can_delete = can_import = can_create

    async def create(self, request: Request, data: dict[str, Any]) -> Any:  # noqa: ANN401 - the library's own
        """Refuse: ours change by commands."""
        raise HTTPException(405)

    async def edit(self, request: Request, pk: Any, data: dict[str, Any]) -> Any:  # noqa: ANN401 - the library's own
        """Refuse: ours change by commands."""
        raise HTTPException(405)

    async def delete(self, request: Request, pks: list[Any]) -> int | None:
        """Refuse: ours change by commands."""
        raise HTTPException(405)

    async def find_all(
        self,
        request: Request,
        skip: int = 0,
        limit: int = 100,
        q: str | None = None,
        sorts: Sequence[tuple[str, str]] | None = None,
        filters: FilterGroup | None = None,
    ) -> Sequence[RegisterRow]:
        """Give some rows; how many there are in all is kept for `count`."""
        sort, direction = sorts[0] if sorts else ("", "asc")
        page = await self.read(
            request,
            text=(q or "")[:200],
            sort=sort,
            is_descending=direction == "desc",
            skip=skip,
            limit=limit,
        )
        request.state.listed_total = page.total
        return page.rows

    async def count(
        self,
        request: Request,
        q: str | None = None,
        filters: FilterGroup | None = None,
    ) -> int:
        """Give how many rows there are in all."""
        if not hasattr(request.state, "listed_total"):
            await self.find_all(request, limit=0, q=q)
        return int(request.state.listed_total)

    async def find_by_pk(self, request: Request, pk: Any) -> RegisterRow:  # noqa: ANN401 - the library's own
        """Give one row.

        Raises: HTTPException 404 where there is none of that key.
        """
        page = await self.read(request, key=str(pk)[:200] or "-")
        if not page.rows:
            raise HTTPException(404)
        return page.rows[0]

    async def find_by_pks(self, request: Request, pks: list[Any]) -> Sequence[RegisterRow]:
        """Give several rows."""
        return [await self.find_by_pk(request, pk) for pk in pks]

    async def serialize(
        self,
        obj: RegisterRow,
        request: Request,
        *_args: object,
        **_options: object,
    ) -> dict[str, Any]:
        """Give a row as the templates show it."""
        shown = {
            field.name: await field.serialize_value(request, obj.values.get(field.name))
            for field in self.get_fields_list(request)
            if obj.values.get(field.name) is not None
        }
        return {**dict.fromkeys((one.name for one in self.fields), ""), **shown, "key": obj.key}

    async def as_csv(self, request: Request) -> bytes:
        """Give all rows found, as CSV that no spreadsheet takes for formulas."""
        request.state.action = RequestAction.LIST
        asked = self._parse_list_params(request)
        items = await self.find_all(request, limit=ALL, q=asked.q, sorts=asked.sorts)
        rows = [await self.serialize(item, request) for item in items]
        fields = list(self.get_fields_list(request))
        content: bytes = await CsvExporter(escape_formulas=True).generate(fields, rows)
        return b"\xef\xbb\xbf" + content


__all__ = ["BooleanField", "DayField", "IntegerField", "Listing", "NamedField", "StringField"]
