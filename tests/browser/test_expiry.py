"""A session that ends while somebody is typing: nothing that was typed is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from tests.browser.conftest import served
from tests.demo_store import demo_copy

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.visitor import Visitor


class Clock:
    """The time as the server sees it."""

    def __init__(self) -> None:
        """Begin with the time of the machine."""
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Say what time it is."""
        return datetime.now(UTC) + self.ahead


def test_what_was_typed_is_sent_after_signing_in_again(
    demo_folder: Path, tmp_path: Path, visit: Callable[..., Visitor]
) -> None:
    """Proves that an hour's pause costs a sign-in and not a word."""
    clock = Clock()
    config = Config(is_demo=True)
    with (
        demo_copy(demo_folder, tmp_path / "store") as store,
        served(create_app(store, config, clock=clock)) as base,
    ):
        accountant = visit(base).sign_in("partner_accountant.liepaja")
        accountant.expected |= {401, 403}
        page = accountant.page
        accountant.open("/admin/claims/new")
        page.fill("[name=claim_no]", "P-2026/7")
        clock.ahead = config.idle + timedelta(minutes=30)
        page.click("button[value=screen]")
        page.wait_for_selector(".form-problem:visible")
        assert page.input_value("[name=claim_no]") == "P-2026/7"

        other = accountant.context.new_page()
        accountant.page = other
        accountant.sign_in("partner_accountant.liepaja")
        accountant.page = page
        page.click("button[value=screen]")
        page.wait_for_url("**/claims/SK-*")
        assert "P-2026/7" in page.inner_text("main")
