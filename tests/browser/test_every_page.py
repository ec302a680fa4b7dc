"""Every page: nobody is shut out, nothing is broken, nothing comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.browser.addresses import pages
from tests.browser.visitor import DESKTOP, PHONE
from tests.demo_store import demo_copy
from tests.once import once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.visitor import Visitor


@pytest.fixture(scope="module")
def found(
    demo_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[str, str]]:
    """Give every kind of page with one who may open it; the links are followed once a run."""

    def follow() -> dict[str, tuple[str, str]]:
        with demo_copy(demo_folder, tmp_path_factory.mktemp("links")) as store:
            return pages(create_app(store, Config(is_demo=True)))

    return once(tmp_path_factory, "pages", follow)


@pytest.mark.parametrize("language", ["lv", "en"])
def test_nobody_is_shut_out_of_any_page(
    found: dict[str, tuple[str, str]],
    seen: str,
    visit: Callable[..., Visitor],
    language: str,
) -> None:
    """Proves for each kind of page, wide and on a phone: axe finds nothing, nothing is broken."""
    assert len(found) > 20
    barriers: list[str] = []
    visitors: dict[str, Visitor] = {}
    for login, address in sorted(found.values()):
        if login not in visitors:
            visitors[login] = visit(seen, login, language)
        visitor = visitors[login]
        visitor.page.set_viewport_size(DESKTOP)
        visitor.open(address)
        for size in (DESKTOP, PHONE):
            visitor.page.set_viewport_size(size)
            barriers += [f"{login} {address} {size['width']}: {one}" for one in visitor.barriers()]
            if visitor.is_wider_than_the_screen():
                barriers.append(f"{login} {address}: wider than {size['width']}")
    assert barriers == []
