"""Somebody at a real browser, whose every complaint is kept: scripts, assets, other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from skola_finance_admin.config import Config
from skola_finance_admin.web.gate import cookie_name

from skola_finance.usecases.demo.accounts import DEMO_PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        Response,
        ViewportSize,
    )

DESKTOP: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Texts before or after which a style draws something are judged like the others, where axe would
# only ask a person to look: more is found, and axe need not ask for the styles of every ancestor.
_STRICTER = "axe.configure({checks: [{id: 'color-contrast', options: {ignorePseudo: true}}]});"
_AXE = Axe().axe_script + _STRICTER
# What was found in order is most of what axe has to say, and nobody reads it.
_VIOLATIONS = "async () => (await axe.run({resultTypes: ['violations']})).violations"
PATIENCE = 20_000
"""Milliseconds: a busy machine is no fault of a page."""


class Visitor:
    """A person in a browser context of their own.

    Attributes:
        page: the page that is open.
        complaints: what the browser complained about, in words.
        expected: statuses from 400 on that a test asks for itself.
    """

    def __init__(self, browser: Browser, base: str, language: str = "lv") -> None:
        """Open a context that has never been here."""
        self.base = base
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        self.context: BrowserContext = browser.new_context(
            base_url=base, viewport=DESKTOP, locale="lv-LV", timezone_id="Europe/Riga"
        )
        self.context.set_default_timeout(PATIENCE)
        self.speak(language)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("requestfailed", self._missed)
        self.page.on("response", self._answered)
        self.page.on("request", self._asked)

    def speak(self, language: str) -> None:
        """Choose a language for the pages that are opened from now on."""
        self.context.add_cookies([{"name": "language", "value": language, "url": self.base}])

    def enter(self, session_id: str) -> None:
        """Take a session that is open already."""
        name = cookie_name(Config())
        self.context.add_cookies([{"name": name, "value": session_id, "url": self.base}])

    def sign_in(self, login: str) -> Visitor:
        """Sign in with the demo's password, and with its second factor where one is asked for."""
        page = self.page
        page.goto("/admin/login")
        page.fill("[name=login]", login)
        page.fill("[name=password]", DEMO_PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda address: not address.endswith("/login"))
        self.show_code()
        page.wait_for_selector(".person")
        return self

    def show_code(self) -> None:
        """Enter the second factor where it is asked for; the demo has it filled in."""
        if self.page.locator("[data-demo-code]").count():
            self.page.locator("form:has([name=code]) button[type=submit]").first.click()
            self.page.wait_for_load_state()

    def open(self, address: str) -> Page:
        """Open an address, and wait until all that belongs to it is loaded and has run."""
        self.page.goto(address)
        return self.page

    def barriers(self) -> list[str]:
        """Give what would shut somebody out of the page that is open, as axe finds it."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_AXE)
        violations = self.page.evaluate(_VIOLATIONS)
        return [
            f"{one['id']} ({one['impact']}): {[node['target'] for node in one['nodes']]}"
            for one in violations
        ]

    def is_wider_than_the_screen(self) -> bool:
        """Say whether the page has to be moved sideways to be read."""
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        )

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not self._is_expected(message.text):
            self.complaints.append(f"console: {message.text}")

    def _is_expected(self, text: str) -> bool:
        return any(f"status of {status}" in text for status in self.expected)

    def _missed(self, request: Request) -> None:
        # A page that is left takes its unfinished requests along; that is no broken asset.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"not loaded: {request.url} ({request.failure})")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.url}")

    def _asked(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {urlsplit(self.base).netloc, ""}:
            self.complaints.append(f"another host: {request.url}")
