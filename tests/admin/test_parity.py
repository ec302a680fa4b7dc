"""One claim, from its first line to its payment, by every way there is: the same cents and codes.

The library, the API and the forms of the pages each go through the same steps over a copy of the
same store; the command line judges the same workbook.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from skola_finance import read_claim, write_claim
from skola_finance.queries.claims import claim_page, dry_run
from skola_finance.queries.money import payment_orders
from skola_finance.workflow import riga_day
from tests.admin.programs import Programs
from tests.admin.ways import ByApi, ByLibrary, ByPages, Way, browser_of
from tests.cli.command import Command
from tests.demo_store import demo_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
SK = "skola-kopiena"
LIEPAJA = "99990100042"
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
EVENING = 4 * 60
"""Minutes later than any session that was claimed before."""
ACCOUNTANT, SIGNATORY = "partner_accountant.liepaja", "partner_signatory.liepaja"
REVIEWER, APPROVER, TREASURER = "agency_reviewer", "agency_approver", "agency_treasurer"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workbook of four new sessions; one of them claims 80 cents too much."""
    claim = read_claim(FIXTURES / "workbooks" / "valid_liepaja.xlsx", programme=SK)
    lines = claim.lines.head(4).with_columns(
        starts_min=pl.col("starts_min") + EVENING,
        line_id=pl.lit(None, dtype=pl.String),
        amount_cents=pl.Series([1320, 1320, 1320, 1400]),
    )
    header = replace(claim.header, declared_total_cents=5360)
    path = tmp_path_factory.mktemp("parity") / "claim.xlsx"
    write_claim(path, replace(claim, lines=lines, header=header))
    return path


@pytest.fixture(scope="module")
def ways(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Way]]:
    """Give each way over a store of its own."""
    with ExitStack() as stack:
        stores = {
            name: stack.enter_context(demo_copy(demo_folder, tmp_path_factory.mktemp(name)))
            for name in ("library", "api", "pages")
        }
        programs = stack.enter_context(Programs(stores["api"]))
        browser = stack.enter_context(browser_of(stores["pages"]))
        yield {
            "library": ByLibrary(stores["library"]),
            "api": ByApi(programs),
            "pages": ByPages(browser, stores["pages"]),
        }


def scenario(workbook: Path, claim: str) -> list[tuple[str, str, dict[str, Any], str]]:
    """Give the steps: who, what, with what, and the code of the refusal, if it is one."""
    new: dict[str, Any] = {
        "programme": SK,
        "partner": LIEPAJA,
        "claim_no": "parity-1",
        "kind": "interim",
        "period_from": date(2025, 11, 1),
        "period_to": date(2025, 12, 31),
    }
    file = {"file_name": "claim.xlsx", "content": workbook.read_bytes()}
    cut = {"line_id": f"{claim}-0001", "reason": "A lesson was shorter.", "rule_code": "ELG-140"}
    return [
        (ACCOUNTANT, "create_claim", new, ""),
        (ACCOUNTANT, "create_claim", new, "WFL-532"),
        (ACCOUNTANT, "import_workbook", {"claim": claim, "row_version": 9, **file}, "WFL-517"),
        (ACCOUNTANT, "import_workbook", {"claim": claim, "row_version": 1, **file}, ""),
        (
            SIGNATORY,
            "submit_claim",
            {"claim": claim, "row_version": 2, "expected_cents": 1},
            "WFL-539",
        ),
        (SIGNATORY, "submit_claim", {"claim": claim, "row_version": 2, "expected_cents": 5280}, ""),
        (REVIEWER, "start_review", {"claim": claim}, ""),
        (REVIEWER, "cut_line", {"claim": claim, "limit_cents": 1000, **cut}, ""),
        (REVIEWER, "recommend_claim", {"claim": claim}, ""),
        (APPROVER, "approve_claim_payment", {"claim": claim, "expected_cents": 5280}, "WFL-539"),
        (APPROVER, "approve_claim_payment", {"claim": claim, "expected_cents": 4960}, ""),
        (TREASURER, "order_claim_payment", {"claim": claim, "batch": "MF-P"}, ""),
        (TREASURER, "mark_paid", {"executed_on": date(1999, 1, 1)}, "WFL-518"),
        (TREASURER, "mark_paid", {"executed_on": riga_day(datetime.now(UTC))}, ""),
    ]


def standing(way: Way, claim: str) -> Mapping[str, Any]:
    """Give where a claim stands: its state, version and every figure."""
    page = claim_page(way.store, ByLibrary(way.store).order("auditor"), claim=claim)
    return {"state": page.head.state, "version": page.head.row_version, "figures": page.figures}


@pytest.fixture
def checked(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> list[tuple[str, str, list[str]]]:
    """Give what the command line says of each line of the workbook, without a database."""
    settings = FIXTURES / "demo_programme" / "settings.toml"
    ran = Command(monkeypatch, capfdbinary)(
        *("check", workbook, "--programme", SK, "--settings", settings, "--json")
    )
    assert ran.status == 1
    return [
        (line["claimed"], line["eligible"], sorted(line["problems"])) for line in ran.json["lines"]
    ]


def test_every_way_comes_to_the_same_cents_and_codes(
    ways: dict[str, Way], workbook: Path, checked: list[tuple[str, str, list[str]]]
) -> None:
    """Proves it after each step of a claim's life, refusals among them."""
    claim = "SK-00049"
    for who, command, inputs, expected in scenario(workbook, claim):
        told, stands = {}, {}
        for name, way in ways.items():
            told[name] = way.do(who, command, {**inputs, **met_on_the_way(way, claim, command)})
            stands[name] = standing(way, claim)
        assert set(told.values()) == {expected}, (command, told)
        assert stands["api"] == stands["library"], command
        assert stands["pages"] == stands["library"], command
        if command == "import_workbook" and not expected:
            assert [judged(way, claim) for way in ways.values()] == [checked] * len(ways)
    last = stands["library"]
    assert last["state"] == "paid"
    figures = last["figures"]
    assert (figures.claimed_cents, figures.approved_cents, figures.paid_cents) == (5360, 4960, 4960)
    assert figures.esf_plus_cents + figures.state_cents == 4960


def met_on_the_way(way: Way, claim: str, command: str) -> dict[str, Any]:
    """Give what a person reads before the command: a version, the key of an order."""
    if command in {"cut_line", "recommend_claim", "approve_claim_payment"}:
        return {"row_version": standing(way, claim)["version"]}
    if command == "mark_paid":
        treasurer = ByLibrary(way.store).order(TREASURER)
        return {"order": payment_orders(way.store, treasurer, programme=SK, limit=1).lines[0].key}
    return {}


def judged(way: Way, claim: str) -> list[tuple[str, str, list[str]]]:
    """Give what is judged of each line of a claim, as the command line writes it."""
    found = dry_run(way.store, ByLibrary(way.store).order("auditor"), claim=claim)
    return [
        (
            str(line.claimed.amount),
            str(line.eligible.amount),
            sorted(problem.code for problem in line.problems),
        )
        for line in found.assessment.lines
    ]
