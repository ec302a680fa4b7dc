"""Help: real answers in both languages, for every role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from skola_finance_admin.pages.help import STATES
from skola_finance_admin.pages.words import CLAIM_STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store
from tests.admin.people import Browser


@pytest.fixture(scope="module")
def visitors(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def test_every_state_of_a_claim_is_explained() -> None:
    """Proves that no state is left without its meaning, and none is made up."""
    assert list(STATES) == list(CLAIM_STATES)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("lv", ("Kā iesniegt pārskatu piecos soļos", "Vārdnīca", "Iesniedziet", "Kam jautāt")),
        ("en", ("How to file a claim, in five steps", "Glossary", "File it", "Whom to ask")),
    ],
)
def test_help_speaks_the_language_of_who_reads_it(
    visitors: Browser, language: str, texts: tuple[str, ...]
) -> None:
    """Proves that the page is whole in both languages, and leads a partner to what binds it."""
    page = visitors("partner_accountant.liepaja", language).get("/admin/help").text
    for text in texts:
        assert text in page
    assert 'href="/admin/rulebook"' in page
    assert 'href="/admin/agreement"' in page


def test_words_stand_in_the_order_of_a_dictionary(visitors: Browser) -> None:
    """Proves that a letter with a mark does not go behind z."""
    page = visitors("partner_accountant.liepaja", "lv").get("/admin/help").text
    words = ("atgūšana", "darbdiena", "pašvaldības priekšfinansējums", "VIAA", "virs kvotas")
    places = [page.index(f'class="nw">{word}') for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("login", ["administrator", "auditor", "partner_coordinator.liepaja"])
def test_everybody_may_read_help(visitors: Browser, login: str) -> None:
    """Proves that no role is without help, and that nobody is led where the role is refused."""
    page = visitors(login).get("/admin/help")
    assert page.status_code == 200
    assert ('href="/admin/rulebook"' in page.text) is (login != "administrator")
