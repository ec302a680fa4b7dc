"""The home page: the first thing people see after they have signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.people import Browser


@pytest.mark.parametrize(("language", "word"), [("lv", "Sākums"), ("en", "Home")])
def test_people_are_let_in_and_see_their_home_in_their_language(
    people: Browser, language: str, word: str
) -> None:
    """Proves that signing in leads home, in the language that was chosen."""
    page = people("partner_accountant.liepaja", language).get("/admin/")
    assert page.status_code == 200
    assert f"<h1>{word}</h1>" in page.text
