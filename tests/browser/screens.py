"""Pictures of the main pages for `docs/screens/`, from the demo on a fixed day (`make screens`).

`python -m tests.browser.screens 04` takes those alone whose names begin so.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance.storage import schema
from skola_finance.usecases.demo.programme import load_demo
from tests.browser.conftest import chromium_path, served
from tests.browser.visitor import PHONE, Visitor
from tests.demo_store import opened

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)
"""A working day after everything in the demo: the same pictures whenever they are taken."""
ACCOUNTANT = "partner_accountant.liepaja"


class Screen(NamedTuple):
    """A picture: its file, who looks, at which address, in which language, how wide."""

    name: str
    login: str
    address: str
    language: str = "lv"
    is_phone: bool = False


SCREENS = (
    Screen("01-sakums", ACCOUNTANT, "/admin/"),
    Screen("02-parskati", ACCOUNTANT, "/admin/claims"),
    Screen("03-parskata-rindas", ACCOUNTANT, "/admin/claims/SK-00013"),
    Screen("04-kapec", "agency_reviewer", "/admin/claims/SK-00001/lines/{line}"),
    Screen("05-uzdevumu-saraksts", "agency_reviewer", "/admin/queue"),
    Screen("06-parbaude", "agency_reviewer", "/admin/review/SK-00016"),
    Screen("07-apstiprinasana", "agency_approver", "/admin/approvals/{recommended}"),
    Screen("08-maksajumu-rikojumi", "agency_treasurer", "/admin/orders"),
    Screen("09-programma", "programme_manager", "/admin/programme"),
    Screen("10-parametri", "programme_manager", "/admin/settings", "en"),
    Screen("11-noteikums", "auditor", "/admin/rulebook/ELG-110", "en"),
    Screen("12-sakums-talruni", ACCOUNTANT, "/admin/", "lv", is_phone=True),
)


def take(beginning: str = "") -> None:
    """Load the demo, and take the pictures whose names begin so."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name)) as store:
        schema.migrate(store.database)
        load_demo(store)
        with store.reading() as repositories:
            claims = repositories.claims.find(states=["recommended"], programme="skola-kopiena")
            recommended = next(iter(claims)).key
            first = repositories.claims.by_key("SK-00001")
            assert first is not None
            line = repositories.claims.lines(first.id, first.version)[0].line_id
        app = create_app(store, Config(is_demo=True), clock=lambda: DAY)
        with served(app) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium_path(),
                args=["--no-sandbox", "--disable-background-networking"],
            )
            for screen in (one for one in SCREENS if one.name.startswith(beginning)):
                visitor = Visitor(browser, base, screen.language)
                if screen.is_phone:
                    visitor.page.set_viewport_size(PHONE)
                visitor.sign_in(screen.login)
                visitor.open(screen.address.format(recommended=recommended, line=line))
                visitor.page.screenshot(path=FOLDER / f"{screen.name}.png")
                visitor.context.close()


if __name__ == "__main__":
    take(*sys.argv[1:])
