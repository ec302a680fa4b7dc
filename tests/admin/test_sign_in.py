"""Signing in at the pages: cookies, the second factor, expiry, and what a stranger is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from skola_finance_admin.app import create_app
from skola_finance_admin.config import Config
from skola_finance_admin.web.gate import inside
from starlette.testclient import TestClient

from skola_finance import Actor, Order, Role
from skola_finance.commands import reset_second_factor
from skola_finance.usecases.demo.accounts import DEMO_PASSWORD, demo_code
from skola_finance.usecases.demo.people import FIRST
from tests.demo_store import demo_copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from httpx2 import Response

    from skola_finance import Store

CLERK, REVIEWER = "partner_accountant.liepaja", "agency_reviewer"
_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)"')
_CODE = re.compile(r'data-demo-code="(\d+)"')


class Hall:
    """An application over the demo whose clock tests move; each test comes hours after the last."""

    def __init__(self, store: Store, **config: Any) -> None:  # noqa: ANN401 - of Config
        """Build it."""
        self.at = datetime(2026, 11, 22, 8, tzinfo=UTC)
        self.store = store
        self.config = Config(**{"is_demo": True, **config})
        self.app = create_app(store, self.config, clock=lambda: self.at)


class Visit:
    """A browser that follows no redirect by itself."""

    def __init__(self, hall: Hall, base: str = "http://testserver") -> None:
        """Open the browser."""
        self.hall = hall
        self.client = TestClient(hall.app, base_url=base, follow_redirects=False)

    def token(self, page: str = "/admin/login") -> str:
        """Give the token of a page."""
        found = _TOKEN.search(self.client.get(page, follow_redirects=True).text)
        assert found
        return found[1]

    def post(self, address: str, *, token: str | None = None, **fields: str) -> Response:
        """Send a form as a browser without scripts does."""
        own = self.token() if token is None else token
        return self.client.post(address, data={"csrftoken": own, **fields})

    def sign_in(self, login: str = CLERK, password: str = DEMO_PASSWORD, **more: str) -> Response:
        """Take the first step."""
        address = "/admin/login" + (f"?next={more.pop('next')}" if "next" in more else "")
        return self.post(address, login=login, password=password, **more)

    def cookie(self, answer: Response, name: str) -> str:
        """Give the line that sets a cookie."""
        lines = answer.headers.get_list("set-cookie")
        return next(line for line in lines if line.startswith(f"{name}="))


@pytest.fixture(scope="module")
def hall(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """Give the application of the demo, for every test of this module."""
    with demo_copy(demo_folder, tmp_path_factory.mktemp("hall")) as store:
        yield Hall(store)


@pytest.fixture
def visit(hall: Hall) -> Iterator[Visit]:
    """Give a fresh browser, long after anybody else tried anything."""
    hall.at += timedelta(hours=12)
    made = Visit(hall)
    with made.client:
        yield made


@pytest.fixture(scope="module")
def strict_hall(hall: Hall) -> Hall:
    """Give a server over the same store that is no demonstration."""
    return Hall(hall.store, is_demo=False)


@pytest.fixture
def strict(strict_hall: Hall) -> Iterator[Visit]:
    """Give a browser at a server that is no demonstration."""
    strict_hall.at += timedelta(hours=12)
    made = Visit(strict_hall)
    with made.client:
        yield made


def is_in(visit: Visit) -> bool:
    """Say whether the home page opens."""
    return visit.client.get("/admin/").status_code == 200


# ── cookies ──────────────────────────────────────────────────────────────────────────────────────


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(visit: Visit) -> None:
    """Proves the flags over http: HttpOnly, SameSite, the whole path, no end date."""
    line = visit.cookie(visit.sign_in(), "skola_session").lower()
    assert "httponly" in line
    assert "samesite=lax" in line
    assert "path=/" in line
    assert "secure" not in line
    assert "max-age" not in line
    assert "domain" not in line


def test_over_https_the_cookies_belong_to_this_host_alone(hall: Hall) -> None:
    """Proves that no other host and no plain request can set or read them."""
    visit = Visit(Hall(hall.store, is_https=True), "https://skola.test")
    with visit.client:
        page = visit.client.get("/admin/login")
        assert "secure" in visit.cookie(page, "__Host-skola_csrf").lower()
        answer = visit.sign_in()
        line = visit.cookie(answer, "__Host-skola_session").lower()
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(line.split("; "))
        assert "domain" not in line
        assert "max-age" in answer.headers["strict-transport-security"]
        assert is_in(visit)


def test_an_id_that_was_there_before_is_worth_nothing_afterwards(visit: Visit) -> None:
    """Proves that nobody can be led to sign in under an id that somebody else knows."""
    planted = "known-to-a-stranger"
    visit.client.cookies.set("skola_session", planted, domain="testserver.local")
    visit.sign_in(REVIEWER)
    first = visit.client.cookies["skola_session"]
    assert first != planted
    code = _CODE.search(visit.client.get("/admin/login/code").text)
    assert code
    visit.post("/admin/login/code", code=code[1])
    assert visit.client.cookies["skola_session"] not in {first, planted}
    assert is_in(visit)
    for known in (first, planted):
        visit.client.cookies.set("skola_session", known, domain="testserver.local")
        assert not is_in(visit)


# ── forms ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_form_from_elsewhere_signs_nobody_in(strict: Visit, token: str) -> None:
    """Proves that a missing or forged token is WEB-403, told in words, in both languages."""
    answer = strict.post("/admin/login", token=token, login=CLERK, password=DEMO_PASSWORD)
    assert answer.status_code == 403
    assert "WEB-403" in answer.text
    assert "Lapa ir novecojusi" in answer.text
    assert "The page is stale" in answer.text
    assert "skola_session" not in answer.headers.get("set-cookie", "")


def test_a_form_that_the_browser_says_comes_from_another_site_is_refused(strict: Visit) -> None:
    """Proves that even a right token does not help a page of another site."""
    token = strict.token()
    fields = {"csrftoken": token, "login": CLERK, "password": DEMO_PASSWORD}
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 303)):
        headers = {"sec-fetch-site": site}
        answer = strict.client.post("/admin/login", data=fields, headers=headers)
        assert answer.status_code == status


def test_the_token_of_forms_changes_with_signing_in_and_can_be_asked_for(visit: Visit) -> None:
    """Proves that a form left open in one tab can be sent after signing in in another."""
    before = visit.token()
    visit.sign_in()
    stale = {"x-skola-fetch": "1", "x-csrftoken": before}
    refused = visit.client.post("/admin/session", headers=stale)
    assert (refused.status_code, refused.json()["code"]) == (403, "WEB-403")
    now = visit.client.get("/admin/session").json()
    assert now["csrf"] != before
    fresh = {**stale, "x-csrftoken": now["csrf"]}
    stayed = visit.client.post("/admin/session", headers=fresh)
    assert stayed.json()["signed_in"]


# ── passwords and tries ──────────────────────────────────────────────────────────────────────────


def test_a_wrong_password_and_an_unknown_login_are_told_alike(visit: Visit) -> None:
    """Proves that the page says nothing of which logins there are, and keeps what was typed."""
    told = set()
    for login in (CLERK, "nobody.here"):
        answer = visit.sign_in(login, "wrong words here")
        assert answer.status_code == 401
        assert "AUT-604" in answer.text
        assert f'value="{login}"' in answer.text
        problem = answer.text.partition('role="alert"')[2].partition("</form>")[0]
        told.add(problem.partition("<form")[0])
    assert len(told) == 1


def test_many_tries_wait_and_the_answer_says_how_long(visit: Visit) -> None:
    """Proves AUT-609 with its status and Retry-After, and that time opens the door again."""
    for _ in range(4):
        assert visit.sign_in(password="wrong words here").status_code == 401  # noqa: S106 - wrong on purpose
    answer = visit.sign_in()
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "2"
    assert "AUT-609" in answer.text
    visit.hall.at += timedelta(seconds=3)
    assert visit.sign_in().status_code == 303


# ── the second factor ────────────────────────────────────────────────────────────────────────────


def test_an_agencys_person_is_in_after_the_second_step_alone(visit: Visit) -> None:
    """Proves that the password opens one page, the code's, and that a code lets in once."""
    answer = visit.sign_in(REVIEWER, next="/admin/queue")
    assert answer.headers["location"] == "/admin/login/code?next=%2Fadmin%2Fqueue"
    assert not is_in(visit)
    page = visit.client.get(answer.headers["location"])
    code = _CODE.search(page.text)
    assert code
    wrong = visit.post("/admin/login/code", code="000000")
    assert wrong.status_code == 401
    assert "AUT-610" in wrong.text
    answer = visit.post(str(answer.headers["location"]), code=code[1])
    assert answer.headers["location"] == "/admin/queue"
    assert is_in(visit)
    visit.post("/admin/logout", token=visit.token("/admin/"))
    assert not is_in(visit)
    visit.sign_in(REVIEWER)
    assert visit.post("/admin/login/code", code=code[1]).status_code == 401
    assert not is_in(visit)


def test_whoever_has_no_second_factor_yet_enrols_and_sees_the_recovery_codes_once(
    visit: Visit,
) -> None:
    """Proves the first sign-in after a reset: picture, key, code, ten recovery codes, in."""
    administrator = Order(Actor("administrator", Role.ADMINISTRATOR), "reset-1", visit.hall.at)
    reset_second_factor(visit.hall.store, administrator, login=REVIEWER)
    answer = visit.sign_in(REVIEWER)
    assert answer.headers["location"].startswith("/admin/login/enrol")
    page = visit.client.get("/admin/login/enrol").text
    assert 'src="data:image/svg+xml' in page
    secret = re.search(r'name="secret" value="([^"]+)"', page)
    code = _CODE.search(page)
    assert secret
    assert code
    wrong = visit.post("/admin/login/enrol", secret=secret[1], code="000000")
    assert "AUT-610" in wrong.text
    assert "WEB-422" in visit.post("/admin/login/enrol", secret="%", code="000000").text  # noqa: S106 - none
    done = visit.post("/admin/login/enrol", secret=secret[1], code=code[1])
    assert done.status_code == 200
    assert len(re.findall(r"<code>[A-Z2-7]{5}-[A-Z2-7]{5}</code>", done.text)) == 10
    assert is_in(visit)


def test_outside_the_demonstration_nothing_of_it_is_shown(strict: Visit) -> None:
    """Proves that neither logins nor codes are given away, though the store holds the demo."""
    page = strict.client.get("/admin/login").text
    assert DEMO_PASSWORD not in page
    assert REVIEWER not in page
    answer = strict.post("/admin/login", demo=REVIEWER)
    assert answer.status_code == 401
    strict.sign_in(REVIEWER)
    page = strict.client.get("/admin/login/code").text
    assert 'name="code"' in page
    assert "data-demo-code" not in page
    assert not re.search(r'name="code"[^>]*value="\d', page)
    code = demo_code(strict.hall.store, login=REVIEWER, at=strict.hall.at)
    strict.post("/admin/login/code", code=code)
    assert is_in(strict)
    assert strict.client.get("/admin/account/demo-code").json() == {"code": ""}


def test_in_the_demonstration_the_code_is_filled_in(visit: Visit) -> None:
    """Proves that a role with a second factor is in with one click more."""
    visit.post("/admin/login", login="", password="", demo=REVIEWER)
    page = visit.client.get("/admin/login/code").text
    field = re.search(r'<input[^>]*name="code"[^>]*value="(\d{6})"', page)
    assert field
    visit.post("/admin/login/code", code=field[1])
    assert is_in(visit)


def test_in_the_demonstration_one_click_signs_in(visit: Visit) -> None:
    """Proves that every login is offered in the language of the page, and works."""
    page = visit.client.get("/admin/login").text
    assert DEMO_PASSWORD in page
    assert "Maksājumu izpildītājs" in page
    assert page.index(f"partner_accountant.{FIRST}") < page.index("partner_accountant.rezekne")
    assert len(re.findall('class="demo-login"', page)) == 6 + 7 * 3
    answer = visit.post("/admin/login", login="", password="", demo=CLERK)
    assert answer.headers["location"] == "/admin/"
    assert is_in(visit)


# ── expiry and the way back ──────────────────────────────────────────────────────────────────────


def test_a_session_ends_by_itself_and_says_how_long_is_left(visit: Visit) -> None:
    """Proves the idle limit at the pages: asking is no click, staying is one."""
    visit.sign_in()
    visit.hall.at += timedelta(minutes=20)
    assert visit.client.get("/admin/session").json()["seconds_left"] == 600
    visit.hall.at += timedelta(minutes=5)
    assert visit.client.get("/admin/session").json()["seconds_left"] == 300
    headers = {"x-csrftoken": visit.client.get("/admin/session").json()["csrf"]}
    stayed = visit.client.post("/admin/session", headers=headers).json()
    assert (stayed["signed_in"], stayed["login"], stayed["seconds_left"]) == (True, CLERK, 1800)
    visit.hall.at += timedelta(minutes=30)
    gone = visit.client.get("/admin/session").json()
    assert (gone["signed_in"], gone["login"], gone["seconds_left"]) == (False, "", 0)
    assert not is_in(visit)


def test_a_page_leads_to_signing_in_and_back(visit: Visit) -> None:
    """Proves that one comes out where one wanted to go, filters included."""
    answer = visit.client.get("/admin/claims?state=draft&after=7")
    assert answer.status_code == 303
    where = answer.headers["location"]
    assert where == "/admin/login?next=%2Fadmin%2Fclaims%3Fstate%3Ddraft%26after%3D7"
    answer = visit.post(where, login=CLERK, password=DEMO_PASSWORD)
    assert answer.headers["location"] == "/admin/claims?state=draft&after=7"


def test_a_form_sent_while_signed_out_is_answered_in_place(visit: Visit) -> None:
    """Proves that a script gets WEB-401 to show beside the form, and others a page that says so."""
    token = visit.token()
    headers = {"x-skola-fetch": "1", "x-csrftoken": token}
    answer = visit.client.post("/admin/account/password", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["problem"]["code"] == "WEB-401"
    answer = visit.post("/admin/account/password", token=token)
    assert answer.status_code == 401
    assert "Pierakstieties jaunā cilnē" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/admin/x",
        "//evil.example/admin/",
        "/\\evil.example",
        "/admin/\\evil.example",
        "/admin//evil.example",
        "javascript:alert(1)",
        "/elsewhere",
        "/administrator",
        "/admin/logout",
        "/admin/login",
        "/admin/x\r\nset-cookie: a=b",
        "",
    ],
)
def test_the_way_back_never_leads_away(address: str) -> None:
    """Proves that `next` is only ever an address of ours, and none that signs out."""
    found = inside(address)
    assert found.startswith("/admin/")
    assert "evil" not in found.partition("?")[0] or found == "/admin/x"
    assert "//" not in found
    assert not found.startswith(("/admin/log", "/administrator"))
    assert "\n" not in found


def test_pages_of_a_person_are_kept_by_no_cache(visit: Visit) -> None:
    """Proves that the next person at the desk cannot go back to them; assets may be kept."""
    visit.sign_in()
    assert visit.client.get("/admin/account").headers["cache-control"] == "no-store"
    assert visit.client.get("/admin/session").headers["cache-control"] == "no-store"
    static = visit.client.get("/admin/static/access.css")
    assert "max-age" in static.headers["cache-control"]
