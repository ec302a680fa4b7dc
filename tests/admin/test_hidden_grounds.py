"""Why a pupil is supported stands on no page and in no answer, unless somebody opens it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from skola_finance_admin.api.reads import every_read
from skola_finance_admin.api.resources import RESOURCES
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config

from skola_finance.claims.vocabulary import RISK_GROUND
from skola_finance.storage.frames import unpack
from tests.admin.people import Browser
from tests.admin.programs import Programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skola_finance import Store

ACCOUNTANT, REVIEWER = "partner_accountant.rezekne", "agency_reviewer"
SK, REZEKNE = "skola-kopiena", "99990100343"
CLAIMS = ("SK-00025", "SK-00029", "SK-00031", "SK-00035")
PAGES = (
    "/admin/claims",
    "/admin/plans",
    *(
        f"/admin/claims/{claim}{rest}"
        for claim in CLAIMS
        for rest in (
            *("", "?columns=all", f"/lines/{claim}-0001", f"/lines/{claim}-0001/edit"),
            *("/evidence", "/history", "/questions", "/decision", "/submit", "/upload"),
            *("/edit/known", f"/edit/line/{claim}-0001"),
        )
    ),
)
AGENCY_PAGES = tuple(f"/admin/review/{claim}" for claim in CLAIMS) + tuple(
    f"/admin/review/{claim}/lines/{claim}-0001" for claim in CLAIMS
)
NOTHING_FOUND = "none"
GROUNDS = {code: text for code, text in RISK_GROUND.items() if code != NOTHING_FOUND}
SAID = re.compile(
    "|".join(re.escape(word) for code, text in GROUNDS.items() for word in (code, text.lv, text.en))
)


@pytest.fixture(scope="module")
def people(seen_store: Store) -> Iterator[Browser]:
    """Give browsers of people who only look."""
    with Browser(create_app(seen_store, Config(is_demo=True))) as browser:
        yield browser


def test_there_are_grounds_to_hide(seen_store: Store) -> None:
    """Proves that the claims and plans looked at below do hold grounds of pupils."""
    with seen_store.reading() as repositories:
        for key in CLAIMS:
            claim = repositories.claims.by_key(key)
            assert claim is not None
            version = repositories.claims.version(claim.id, claim.version)
            assert version is not None
            assert set(GROUNDS) & set(unpack(version.frame)["risk_ground"].to_list()), key


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("who", [ACCOUNTANT, REVIEWER])
def test_no_page_of_a_claim_says_why_a_pupil_is_supported(
    people: Browser, who: str, language: str
) -> None:
    """Proves it in both languages, for the partner and for the agency."""
    person = people(who, language)
    seen = 0
    for page in PAGES + (AGENCY_PAGES if who == REVIEWER else ()):
        answer = person.get(page)
        seen += answer.status_code == 200
        found = SAID.search(answer.text)
        assert found is None, (page, found)
    assert seen > 20, seen


@pytest.mark.parametrize("who", [ACCOUNTANT, REVIEWER])
def test_no_answer_to_a_program_says_it(seen_store: Store, who: str) -> None:
    """Proves it for every friendly address, asked about each claim, the partner and its plan."""
    texts = 0
    reads = every_read()[0]
    with Programs(seen_store) as programs:
        program = programs(who)
        for address, name in RESOURCES.items():
            in_path = re.findall(r"{(\w+)}", address)
            for claim in CLAIMS if "claim" in in_path else CLAIMS[:1]:
                known = {
                    "programme": SK,
                    "partner": REZEKNE,
                    "claim": claim,
                    "line_id": f"{claim}-0001",
                    "plan": "1",
                }
                named = {one: known.get(one, "1") for one in in_path}
                wanted = reads[name].required - set(in_path)
                asked = {one: known[one] for one in wanted if one in known}
                answer = program.get(address.format(**named), **asked)
                if answer.headers["content-type"].startswith("application/vnd"):
                    continue  # workbooks: `test_claim_filing.py` opens them
                texts += answer.status_code == 200
                found = SAID.search(answer.text)
                assert found is None, (address, found)
    assert texts > 30, texts
