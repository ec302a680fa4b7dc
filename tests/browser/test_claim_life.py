"""The whole life of a claim in four browsers: filed, reviewed, approved, ordered, paid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.browser.workbooks import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.visitor import Visitor

DRAFT = "SK-00013"
"""A draft of Liepāja, whose rows are taken for the new claim."""


def download(visitor: Visitor, address: str, target: Path) -> Path:
    """Take a file home by its link."""
    link = visitor.page.locator(f"a[href$='{address}']").first
    with visitor.page.expect_download() as waiting:
        link.click()
    waiting.value.save_as(target)
    return target


def file_a_claim(accountant: Visitor, folder: Path) -> str:
    """Begin a claim, fill its workbook, upload it, look at the difference, submit."""
    page = accountant.page
    accountant.open(f"/admin/claims/{DRAFT}/upload")
    old = download(accountant, "/workbook/lines.xlsx", folder / "old.xlsx")
    accountant.open("/admin/claims/new")
    page.click("button[value=workbook]")
    page.wait_for_url(re.compile(r"/claims/SK-\d+/upload"))
    found = re.search(r"SK-\d+", page.url)
    assert found
    template = download(accountant, "/workbook/template.xlsx", folder / "template.xlsx")
    assert fill(template, like=old, target=folder / "filled.xlsx") == 3
    page.set_input_files("input[name=workbook]", folder / "filled.xlsx")
    page.wait_for_selector("[data-import]:visible")
    page.click("[data-import]")
    page.wait_for_url(re.compile(r"/claims/SK-\d+(\?.*)?$"))
    assert "39,60" in page.locator(".figures").inner_text()
    accountant.open(f"/admin/claims/{found[0]}/submit")
    for box in page.locator("input[name=confirmed]").all():
        box.check()
    page.click("form.submit button[type=submit]")
    page.wait_for_url(re.compile(r"/claims/SK-\d+(\?.*)?$"))
    assert "Iesniegts" in page.locator(".head").inner_text()
    return found[0]


def review(reviewer: Visitor, claim: str) -> None:
    """Take the claim up, answer the checklist, and pass it on."""
    page = reviewer.page
    reviewer.open(f"/admin/review/{claim}")
    page.click("form[action$='/start'] button")
    page.wait_for_selector("form[action$='/recommend']")
    for answer in page.locator("input[type=radio][name^=answer-][value=yes]").all():
        answer.check()
    with page.expect_navigation():
        page.click("form[action$='/checklist'] button[type=submit]")
    page.locator("form[action$='/recommend'] button.btn-primary").click()
    page.locator("form[action$='/recommend']").wait_for(state="detached")


def approve(approver: Visitor, claim: str) -> None:
    """Look at what the click will post, and approve; the demo fills the code in."""
    page = approver.page
    approver.open(f"/admin/approvals/{claim}")
    assert "39,60" in page.inner_text("main")
    page.click("form.approve button[type=submit]")
    page.locator("form.approve").wait_for(state="detached")


def tick(visitor: Visitor, name: str, value: str) -> None:
    """Tick one box of a list and no other."""
    for box in visitor.page.locator(f"input[type=checkbox][name={name}]").all():
        box.set_checked(box.get_attribute("value") == value)


def pay(treasurer: Visitor, claim: str) -> None:
    """Order the payment, then record what the bank did."""
    page = treasurer.page
    treasurer.open("/admin/orders")
    tick(treasurer, "claim", claim)
    page.click("form[action$='/orders/order'] button[type=submit]")
    page.wait_for_url(re.compile("state=ordered"))
    row = page.locator("tr", has=page.locator(f"a[href$='/{claim}']"))
    order = row.locator("input[name=order]").get_attribute("value") or ""
    tick(treasurer, "order", order)
    with page.expect_navigation():
        page.click("form[action$='/orders/paid'] button[type=submit]")


def test_four_people_take_a_claim_through_its_life(
    base: str, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    """Proves that an accountant files and the agency pays, each at a browser of their own."""
    accountant = visit(base).sign_in("partner_accountant.liepaja")
    claim = file_a_claim(accountant, tmp_path)
    review(visit(base).sign_in("agency_reviewer"), claim)
    approve(visit(base).sign_in("agency_approver"), claim)
    pay(visit(base).sign_in("agency_treasurer"), claim)
    accountant.open(f"/admin/claims/{claim}/decision")
    assert "Samaksāts" in accountant.page.locator(".head").inner_text()
    assert "39,60" in accountant.page.inner_text("main")
