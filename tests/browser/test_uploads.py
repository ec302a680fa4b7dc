"""Broken workbooks at a real browser: each is told with its code, and changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fixtures.making import outcome
from fixtures.making.faults import FAULTS
from fixtures.making.programme import WORKBOOKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.visitor import Visitor

DRAFT = "SK-00013"
TOLD = ".form-problem:visible, .diff:visible"


def test_each_broken_workbook_is_told_and_changes_nothing(
    base: str, visit: Callable[..., Visitor]
) -> None:
    """Proves for every fault we know that an accountant learns of it before anything is changed."""
    accountant = visit(base, "partner_accountant.liepaja")
    accountant.expected |= {409, 413, 415, 422}
    page = accountant.page
    silent = []
    for fault in FAULTS:
        accountant.open(f"/admin/claims/{DRAFT}/upload")
        page.set_input_files("input[name=workbook]", WORKBOOKS / fault.file)
        page.wait_for_selector(TOLD)
        said = page.locator(TOLD).first.inner_text()
        if fault.exit_code == outcome.UNUSABLE and fault.code not in said:
            silent.append(f"{fault.name}: {fault.code}: {said[:200]}")
    accountant.open(f"/admin/claims/{DRAFT}")
    assert "39,60" in page.locator(".figures").inner_text()
    assert silent == []
