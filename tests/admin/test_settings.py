"""Settings: what is missing, what holds and on what ground, and the second person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from skola_finance.queries.programme import settings_page
from tests.admin.orders import order_of

if TYPE_CHECKING:
    from skola_finance import Store
    from tests.admin.people import Browser

SK, PAGE = "skola-kopiena", "/admin/settings"
MANAGER, APPROVER = "programme_manager", "agency_approver"
NAMED = "Daugavpils valstspilsētas pašvaldība, 2025. g. rudens"


def test_every_blank_says_how_well_it_is_established(store: Store, people: Browser) -> None:
    """Proves that an invented value, an unchecked one and a missing one are told apart."""
    page = settings_page(store, order_of("auditor"), programme=SK)
    status = {one.key: one.status for one in page.blanks}
    assert status["unit_cost.<activity>"] == "illustrative"
    assert status["semester.autumn_from"] == "unverified"
    assert status["claims.last_day"] == "confirmed"
    assert status["economic_codes"] == "unset"
    assert "economic_codes" in {one.key for one in page.missing}
    text = people("auditor").get(PAGE).text
    assert "CLM-205" in text
    assert 'action="/admin/settings/' not in text, "an auditor is offered nothing to change"


def test_a_value_says_what_it_is_about_in_words(seen_store: Store, seen: Browser) -> None:
    """Proves that partner, activity and semester of a key are named, and a plain key is not."""
    page = settings_page(seen_store, order_of("auditor"), programme=SK)
    told = {one.key: one.about.lv for blank in page.blanks for one in blank.in_force if one.about}
    assert told["allocation.99990100019.2025-autumn"] == NAMED
    assert told["unit_cost.reading_support"] == "lasītprasmes atbalsts"
    assert "group_size.max" not in told
    text = seen("auditor", "lv").get(PAGE).text.replace("\N{NO-BREAK SPACE}", " ")
    assert f"{NAMED}:" in text
    assert {"13,20 €", "08.05.2025.", "Nē"} <= set(re.findall(r"<strong[^>]*>([^<]*)<", text))


def test_a_missing_setting_says_what_hangs_on_it(store: Store) -> None:
    """Proves that a to-do names the rules and terms that wait for it."""
    page = settings_page(store, order_of("auditor"), programme="pumpurs")
    for one in page.missing:
        assert one.needed_by or one.duties
    assert any(one.duties for one in page.missing)


def test_a_value_is_proposed_by_one_and_confirmed_by_another(people: Browser) -> None:
    """Proves the two persons of a setting, and that the history keeps what held before."""
    key = "unit_cost.reading_support"
    said = {"key": key, "value": "14,10", "source": "<u>metodika</u>", "starts": "2026-01-01"}
    answer = people(MANAGER).send(f"{PAGE}/propose", **said)
    assert answer.json() == {"goto": f"{PAGE}/of?key={key}"}
    waits = people(APPROVER).get(PAGE).text
    assert "&lt;u&gt;metodika" in waits
    found = re.search(r"/settings/(\d+)/confirm", waits)
    assert found
    same = people(MANAGER).send(f"{PAGE}/{found[1]}/confirm")
    assert same.json()["problem"]["code"] == "WFL-502"
    assert people(APPROVER).send(f"{PAGE}/{found[1]}/confirm").status_code == 200
    history = people(APPROVER).get(f"{PAGE}/of?key={key}").text
    assert "14,10" in history
    assert "13.20" in history


def test_a_value_of_the_wrong_shape_is_refused_and_one_can_be_withdrawn(people: Browser) -> None:
    """Proves that a word is no amount, and that a proposal can be taken back or refused."""
    key = "unit_cost.reading_support"
    word = people(MANAGER).send(f"{PAGE}/propose", key=key, value="daudz", source="x")
    assert word.json()["problem"]["code"] == "RUL-407"
    unknown = people(MANAGER).send(f"{PAGE}/propose", key="no.such", value="1", source="x")
    assert unknown.json()["problem"]["code"] == "RUL-403"
    for deed, who in (("withdraw", MANAGER), ("reject", APPROVER)):
        people(MANAGER).send(f"{PAGE}/propose", key=key, is_none="1", source="metodika")
        found = re.search(rf"/settings/(\d+)/{deed}", people(who).get(PAGE).text)
        assert found
        done = people(who).send(f"{PAGE}/{found[1]}/{deed}", reason="nav")
        assert done.status_code == 200


def test_an_unknown_key_leads_to_no_page(people: Browser) -> None:
    """Proves that a mistyped address is told as not found, and that partners see no settings."""
    assert people("auditor").get(f"{PAGE}/of?key=<script>").status_code == 404
    assert people("auditor").get(f"{PAGE}/of").status_code == 404
    assert people("partner_signatory.liepaja").get(PAGE).status_code == 403
