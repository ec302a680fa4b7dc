"""The API: what programs ask and do, and how it is told."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from skola_finance_admin.api.access import FOR_PEOPLE
from skola_finance_admin.api.commands import command_inputs
from skola_finance_admin.api.reads import NOBODYS, every_read
from skola_finance_admin.api.resources import RESOURCES

from skola_finance.signing_in import demo_code
from tests.admin.programs import API, Program, Programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

    from skola_finance import Store

SK = "skola-kopiena"
LIEPAJA = "99990100042"
ACCOUNTANT, APPROVER = "partner_accountant.liepaja", "agency_approver"
CLAIM: dict[str, Any] = {
    "programme": SK,
    "partner": LIEPAJA,
    "claim_no": "api-1",
    "kind": "interim",
    "period_from": "2026-09-01",
    "period_to": "2026-12-31",
}
NO_READS_OF_PROGRAMS = {
    "ask_simulation": "settings: JSON has no TriedSetting",
    "rehearse": "wanted: its type is known inside the library alone",
    "simulate_changes": "rulebook: JSON has no Rulebook",
    "simulate_stored": "settings: its type is known inside the library alone",
}
"""What JSON cannot ask, or programs have no business with, each with the reason."""


@pytest.fixture(scope="module")
def looking(seen_store: Store) -> Iterator[Programs]:
    """Give programs that change nothing but a draft of their own."""
    with Programs(seen_store) as programs:
        yield programs


@pytest.fixture
def acting(store: Store) -> Iterator[Programs]:
    """Give programs over a store of their own."""
    with Programs(store) as programs:
        yield programs


def problem(answer: Response, status: int, code: str) -> dict[str, Any]:
    """Give the problem of an answer, which is whole and in both languages."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    told: dict[str, Any] = answer.json()
    assert (answer.status_code, told["status"], told["code"]) == (status, status, code), told
    assert told["type"] == f"/api/v1/docs#{code}"
    assert all(told[text][language] for text in ("message", "hint") for language in ("lv", "en"))
    assert told["detail"] in told["message"].values()
    assert told["severity"] in {"error", "warning", "info"}
    assert told["title"]
    assert {"where", "citation", "subject", "cut_cents"} <= set(told)
    return told


def test_every_command_can_be_asked_by_programs() -> None:
    """Proves that no signature is beyond JSON, and what is about getting in is for people."""
    offered, left_out = command_inputs()
    assert set(left_out.values()) == {FOR_PEOPLE}
    assert set(left_out) >= {"issue_token", "set_own_password"}
    assert len(offered) > 100


def test_every_read_can_be_asked_by_programs_but_for_those_with_a_reason() -> None:
    """Proves that a new read is offered, or somebody has said here why not."""
    left_out = every_read()[1]
    about_getting_in = {name for name, reason in left_out.items() if reason == FOR_PEOPLE}
    assert about_getting_in >= {"sessions_of", "tokens_of", "recovery_codes", "find_users"}
    nobodys = {name for name, reason in left_out.items() if reason == NOBODYS}
    assert nobodys == {"checklist_shown", "recovery_floor"}
    others = set(left_out) - about_getting_in - nobodys
    assert {name: left_out[name] for name in others} == NO_READS_OF_PROGRAMS


def test_every_friendly_address_leads_to_a_read() -> None:
    """Proves that the table of addresses names reads there are, with the inputs in the path."""
    reads = every_read()[0]
    for address, name in RESOURCES.items():
        assert name in reads, address
        assert set(re.findall(r"{(\w+)}", address)) <= set(reads[name].inputs.kinds), address


def test_the_document_describes_every_address_and_refers_to_nothing_that_is_not_there(
    looking: Programs,
) -> None:
    """Proves that machines and people can rely on the description, in both languages."""
    described = looking.client.get(f"{API}/openapi.json").json()
    text = json.dumps(described)
    schemas = described["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/([^"]+)"', text)) <= set(schemas)
    posts = {address for address, verbs in described["paths"].items() if "post" in verbs}
    assert {f"/commands/{name}" for name in command_inputs()[0]} <= posts
    for name, one in command_inputs()[0].items():
        told = described["paths"][f"/commands/{name}"]["post"]
        assert told["x-title"]["lv"] in told["summary"]
        assert told["description"]
        assert told["x-roles"]
        example = told["requestBody"]["content"]["application/json"]["example"]
        assert one.read(example).keys() == example.keys()
    for language, word in (("lv", "Problēmu kodi"), ("en", "Problem codes")):
        page = looking.client.get(f"{API}/docs", params={"lang": language})
        assert word in page.text
        assert 'id="WFL-517"' in page.text
        assert "http" not in page.text.replace("http://testserver", "")


def test_the_manual_names_addresses_that_there_are(looking: Programs) -> None:
    """Proves that what docs/api.md tells to send can be sent."""
    manual = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text("utf-8")
    named = set(re.findall(r'"\$API(/[^"?]+)', manual))
    known = looking.client.get(f"{API}/openapi.json").json()["paths"]
    patterns = [re.compile(re.sub(r"{\w+}", "[^/]+", address)) for address in known]
    assert len(named) >= 6
    assert [one for one in named if not any(each.fullmatch(one) for each in patterns)] == []


def test_a_claim_is_made_once_however_often_it_is_sent(acting: Programs) -> None:
    """Proves that a repeated key gets the first answer, and another content is refused."""
    accountant = acting(ACCOUNTANT)
    first = accountant.do("create_claim", key="once", **CLAIM)
    assert first.status_code == 200, first.text
    assert first.json()["facts"]["state"] == "draft"
    assert first.headers["etag"] == f'"{first.json()["facts"]["row_version"]}"'
    quoted = accountant.do("create_claim", key='"once"', **CLAIM)
    assert quoted.json() == first.json()
    other = accountant.do("create_claim", key="once", **{**CLAIM, "claim_no": "api-2"})
    problem(other, 422, "WFL-520")
    problem(acting("agency_reviewer").do("create_claim", key="once", **CLAIM), 403, "AUT-601")


def test_a_version_is_told_by_if_match_or_in_the_body(acting: Programs) -> None:
    """Proves that a stale version is refused both ways, and none at all as well."""
    accountant = acting(ACCOUNTANT)
    made = accountant.do("create_claim", **CLAIM)
    claim = made.json()["facts"]["claim"]
    line = {"activity": "reading_support", "amount": "13.20", "activity_on": "2026-11-03"}
    problem(accountant.do("edit_lines", claim=claim, changed=[line]), 428, "WEB-428")
    matched = {"If-Match": made.headers["etag"]}
    edited = accountant.do("edit_lines", claim=claim, changed=[line], headers=matched)
    assert edited.json()["facts"]["lines"] == 1, edited.text
    assert edited.headers["etag"] != made.headers["etag"]
    stale = accountant.do("edit_lines", claim=claim, removed=[], headers=matched)
    problem(stale, 412, "WFL-517")
    in_body = accountant.do("edit_lines", claim=claim, row_version=1, removed=[])
    problem(in_body, 409, "WFL-517")
    both = accountant.do("edit_lines", claim=claim, row_version=7, headers={"If-Match": '"8"'})
    assert problem(both, 422, "WEB-422")["errors"][0]["pointer"] == "/row_version"
    for header in ("*", 'W/"1"', '"abc"'):
        odd = accountant.do("edit_lines", claim=claim, headers={"If-Match": header})
        problem(odd, 400, "WEB-400")
    other = accountant.do(
        "answer_clarification", clarification=1, answer="so", headers={"If-Match": '"1"'}
    )
    problem(other, 400, "WEB-400")


def test_a_workbook_comes_as_a_form_or_as_base64(acting: Programs) -> None:
    """Proves that a file is read the same both ways, down to the digest of the command."""
    accountant = acting(ACCOUNTANT)
    made = accountant.do("create_claim", **CLAIM).json()["facts"]
    given = {"claim": made["claim"], "row_version": str(made["row_version"])}
    files = {"content": ("claim.xlsx", b"no workbook", "application/octet-stream")}
    form = accountant.do("import_workbook", key="w", files=files, **given)
    body = accountant.do(
        "import_workbook",
        claim=made["claim"],
        row_version=made["row_version"],
        file_name="claim.xlsx",
        content="bm8gd29ya2Jvb2s=",
    )
    assert form.json()["code"] == body.json()["code"] == problem(body, 422, "WBK-403")["code"]
    wrong = accountant.do("import_workbook", **made | {"content": "***", "file_name": "a.xlsx"})
    assert "/content" in {each["pointer"] for each in problem(wrong, 422, "WEB-422")["errors"]}


def test_whoever_shows_no_token_is_told_how_to_sign_in(looking: Programs) -> None:
    """Proves that a cookie opens nothing, and that a refusal names the way in."""
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Cookie": "skola_session=x"}):
        answer = looking.client.get(f"{API}/queries/rests_on", headers=headers)
        problem(answer, 401, "WEB-401")
        assert answer.headers["www-authenticate"].startswith("Bearer")
        sent = looking.client.post(f"{API}/commands/create_claim", headers=headers, json={})
        problem(sent, 401, "WEB-401")


def test_a_token_allows_what_it_was_made_for_and_nothing_after_its_end(acting: Programs) -> None:
    """Proves that scopes hold for reading and for each command, and a wrong token opens nothing."""
    only_reads = acting(ACCOUNTANT, ("read",))
    assert only_reads.get("/claims", programme=SK).status_code == 200
    problem(only_reads.do("create_claim", **CLAIM), 403, "AUT-617")
    problem(only_reads.do("start_review", claim="SK-00001"), 403, "AUT-601")
    one_command = acting(ACCOUNTANT, ("create_claim",))
    assert one_command.do("create_claim", **CLAIM).status_code == 200
    problem(one_command.get("/claims", programme=SK), 403, "AUT-617")
    wrong = Program(acting.client, "skf_wrong").get("/claims", programme=SK)
    problem(wrong, 401, "AUT-615")
    assert 'error="invalid_token"' in wrong.headers["www-authenticate"]


def test_no_token_opens_what_is_about_getting_in(looking: Programs) -> None:
    """Proves that a program cannot make itself another token, nor see a session."""
    administrator = looking("administrator")
    for name in ("make_token", "set_users_password", "sessions_of"):
        problem(administrator.get(f"/queries/{name}"), 404, "WEB-404")
    problem(administrator.do("issue_token", name="x"), 404, "WEB-404")


def test_a_command_without_a_key_is_refused(looking: Programs) -> None:
    """Proves that nothing can be done that could not be sent again safely."""
    accountant = looking(ACCOUNTANT)
    answer = looking.client.post(
        f"{API}/commands/create_claim", headers=accountant.headers(), json=CLAIM
    )
    assert problem(answer, 400, "WEB-400")["subject"] == "Idempotency-Key"
    problem(accountant.do("create_claim", key="x" * 81, **CLAIM), 400, "WFL-516")


@pytest.mark.parametrize(("language", "start"), [("en", "There is no"), ("lv", "Šādas"), ("", "Š")])
def test_a_problem_speaks_the_language_that_is_asked_for(
    looking: Programs, language: str, start: str
) -> None:
    """Proves that detail and title follow `Accept-Language`, Latvian where it says nothing."""
    headers = {"Accept-Language": language} if language else {"Accept-Language": "de"}
    answer = looking.client.get(f"{API}/nowhere", headers=headers)
    assert problem(answer, 404, "WEB-404")["detail"].startswith(start)
    assert answer.headers["content-language"] == (language or "lv")


def test_addresses_and_methods_that_lead_nowhere_are_told(looking: Programs) -> None:
    """Proves WEB-404 and WEB-405 wherever below the API."""
    accountant = looking(ACCOUNTANT)
    for address in ("/queries/nothing", "/queries/rests_on/", "/queries/a%2Fb%00%ff", "/../x"):
        problem(accountant.get(address), 404, "WEB-404")
    problem(accountant.do("nothing"), 404, "WEB-404")
    for address in ("/api", "/api/v2/claims"):
        problem(looking.client.get(address), 404, "WEB-404")
    answer = accountant.get("/commands/create_claim")
    problem(answer, 405, "WEB-405")
    assert answer.headers["allow"] == "POST"
    problem(accountant.get("/queries/preview_import"), 405, "WEB-405")
    deleted = looking.client.delete(f"{API}/queries/rests_on", headers=accountant.headers())
    problem(deleted, 405, "WEB-405")


def test_the_journal_pages_by_key_to_its_end(looking: Programs) -> None:
    """Proves that following `next` meets every entry once."""
    manager = looking("programme_manager")
    page = manager.get("/queries/search_journal", limit=400, command="issue_learner")
    numbers = [line["number"] for line in page.json()["lines"]]
    while "next" in page.json():
        assert page.json()["next"] in page.headers["link"]
        page = manager.get(page.json()["next"].removeprefix(API))
        numbers += [line["number"] for line in page.json()["lines"]]
    assert numbers == sorted(set(numbers), reverse=True)
    exported = manager.get("/queries/search_journal", "application/x-ndjson", limit=500)
    rows = [json.loads(row) for row in exported.text.splitlines()]
    assert [row["number"] for row in rows] == list(range(rows[0]["number"], 0, -1))
    table = manager.get("/queries/search_journal", "text/csv", limit=500)
    cells = list(csv.DictReader(io.StringIO(table.text)))
    assert [int(row["number"]) for row in cells] == [row["number"] for row in rows]
    assert cells[0]["title_lv"] == rows[0]["title"]["lv"]


def test_the_lines_of_a_programme_are_exported_whole(looking: Programs) -> None:
    """Proves that every filed line is there once, with the sums of its claim and no learner."""
    manager = looking("programme_manager")
    text = manager.get("/lines", "application/x-ndjson", programme=SK, limit=97).text
    lines = [json.loads(row) for row in text.splitlines()]
    claims = manager.get("/claims", programme=SK, limit=1000).json()["items"]
    filed = {each["key"]: each for each in claims if each["state"] in {"paid", "in_review"}}
    assert filed
    for key, claim in filed.items():
        own = [line for line in lines if line["claim"] == key]
        assert len({line["line_no"] for line in own}) == len(own) == claim["lines"], key
        assert sum(line["eligible_cents"] for line in own) == claim["eligible_cents"], key
    assert "learner" not in text
    mine = looking(ACCOUNTANT).get("/lines", "text/csv", programme=SK).text
    assert {row["partner_reg_no"] for row in csv.DictReader(io.StringIO(mine))} == {LIEPAJA}
    for asked in ({"after": "x"}, {"limit": 0}, {"limit": 10**6}):
        refused = manager.get("/lines", programme=SK, **asked)
        problem(refused, 422, "WFL-518" if "after" in asked else "WEB-422")


def test_what_is_no_list_is_not_exported(looking: Programs) -> None:
    """Proves WEB-406 for an answer that has no rows."""
    answer = looking("programme_manager").get("/queries/dry_run", "text/csv", claim="SK-00001")
    problem(answer, 406, "WEB-406")


def test_amounts_are_whole_cents_and_texts_have_both_languages(looking: Programs) -> None:
    """Proves the shape of answers: cents are integers of the currency that is named."""
    manager = looking("programme_manager")
    told = manager.get("/queries/dry_run", claim="SK-00001").json()
    assert told["currency"] == "EUR"
    totals = told["assessment"]["totals"]
    assert totals["claimed_cents"] == totals["eligible_cents"] + totals["ineligible_cents"]
    assert set(told["assessment"]["rules"][0]["title"]) == {"lv", "en"}
    assert "rulebook" not in told


def test_every_answer_carries_the_headers_of_the_guard(looking: Programs) -> None:
    """Proves that answers are never kept by anybody on the way, nor guessed at by a browser."""
    for answer in (looking.client.get(f"{API}/nowhere"), looking(ACCOUNTANT).get("/queries/x")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_claims_are_listed_filtered_paged_and_exported_whole(looking: Programs) -> None:
    """Proves that pages, the export and the iterator give the same claims, each once."""
    manager = looking("programme_manager")
    page = manager.get("/claims", programme=SK, limit=7, order="oldest")
    keys = [claim["key"] for claim in page.json()["items"]]
    assert len(keys) == 7
    while "next" in page.json():
        page = manager.get(page.json()["next"].removeprefix(API))
        keys += [claim["key"] for claim in page.json()["items"]]
    assert len(set(keys)) == len(keys) == page.json()["found"]
    for address, kind in (("/claims", "application/x-ndjson"), ("/queries/export_claims", "*/*")):
        rows = manager.get(address, kind, programme=SK, order="oldest").text.splitlines()
        assert [json.loads(row)["key"] for row in rows] == keys
    paid = manager.get("/claims", programme=SK, state="paid").json()["items"]
    assert {claim["state"] for claim in paid} == {"paid"}
    refused = manager.get("/queries/export_claims", programme=SK, order="by colour")
    problem(refused, 422, "WFL-518")


def test_a_program_commits_public_money_with_the_code_of_its_owner(acting: Programs) -> None:
    """Proves that a token alone approves nothing, a wrong code neither, and a code once."""
    with acting.store.reading() as repositories:
        (row, *_) = repositories.claims.find(states=["recommended"])
    approver = acting(APPROVER)
    asked: dict[str, Any] = {"claim": row.key, "row_version": row.row_version}
    alone = approver.do("approve_claim_payment", **asked)
    assert problem(alone, 403, "AUT-618")["subject"] == "Second-Factor"
    wrong = approver.do("approve_claim_payment", headers={"Second-Factor": "000000"}, **asked)
    problem(wrong, 401, "AUT-610")
    code = demo_code(acting.store, login=APPROVER, at=datetime.now(UTC))
    stale = approver.do(
        "approve_claim_payment",
        headers={"Second-Factor": code},
        **{**asked, "row_version": row.row_version + 1},
    )
    problem(stale, 409, "WFL-517")
    again = approver.do("approve_claim_payment", headers={"Second-Factor": code}, **asked)
    problem(again, 401, "AUT-610")
    code = demo_code(acting.store, login=APPROVER, at=datetime.now(UTC))
    done = approver.do("approve_claim_payment", headers={"Second-Factor": code}, **asked)
    assert done.status_code == 200, done.text
    assert done.json()["facts"]["state"] == "approved"
