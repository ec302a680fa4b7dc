"""`check`: a claim workbook in, a cited verdict out, for people and for programs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance import read_claim
from tests.cli.command import (
    ON,
    PUMPURS,
    SKOLA_KOPIENA,
    write_lines,
    write_settings,
    write_small_claim,
)

if TYPE_CHECKING:
    from tests.cli.command import Command, Ran

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
WORKBOOKS = sorted((FIXTURES / "workbooks").glob("*.xlsx"))
DEMO_SETTINGS = FIXTURES / "demo_programme" / "settings.toml"
FIXTURE_DAY = {SKOLA_KOPIENA: "2026-01-15", PUMPURS: "2021-02-01"}

KEYS = [
    *("programme", "rulebook_digest", "settings_digest", "on", "illustrative"),
    *("totals", "lines", "problems"),
]
TOTALS = ["claimed", "eligible", "ineligible", "unfunded", "esf_plus", "state"]
LINE = [
    *("sheet", "row", "line_id", "claimed", "eligible", "ineligible", "unfunded"),
    "problems",
]
PROBLEM = {
    *("code", "severity", "sheet", "row", "column", "cut", "message", "hint"),
    "citation",
}
"""What the contract names; more may stand there."""
CEILINGS = {"ELG-170", "ELG-171", "ELG-172", "ELG-173", "ELG-174"}
WRONG_GRADE = {"learner_grade": 4, "learner_age": 10, "learner_ref": "IZG-900"}


def cents(shown: dict[str, Any]) -> dict[str, Decimal]:
    """Read the four amounts of a line or a total."""
    return {key: Decimal(shown[key]) for key in TOTALS[:4]}


def assert_adds_up(verdict: dict[str, Any]) -> None:
    """Prove the form of the contract, and that every euro claimed is somewhere."""
    assert list(verdict) == KEYS
    assert list(verdict["totals"]) == TOTALS
    for amounts in (verdict["totals"], *verdict["lines"]):
        euros = cents(amounts)
        assert euros["claimed"] == euros["eligible"] + euros["ineligible"] + euros["unfunded"]
    sums = {key: sum(cents(line)[key] for line in verdict["lines"]) for key in TOTALS[:4]}
    assert sums == cents(verdict["totals"])
    sources = Decimal(verdict["totals"]["esf_plus"]) + Decimal(verdict["totals"]["state"])
    assert sources == Decimal(verdict["totals"]["eligible"])
    assert all(list(line) == LINE for line in verdict["lines"])
    for problem in verdict["problems"]:
        assert set(problem) >= PROBLEM
        assert problem["severity"] in {"error", "warning", "info"}
        assert Decimal(problem["cut"]).as_tuple().exponent == -2
        if problem["citation"] is not None:
            assert list(problem["citation"]) == ["act", "locator", "uri", "status"]


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """Write the settings under which the base line is perfect."""
    return write_settings(tmp_path / "settings.toml")


def check(run: Command, path: Path, settings: Path, *more: object) -> Ran:
    """Check a claim of Skola – kopienā on the day of the base lines."""
    day = ("--on", ON[SKOLA_KOPIENA])
    return run("check", path, "--programme", SKOLA_KOPIENA, "--settings", settings, *day, *more)


def test_a_perfect_claim_is_fine(run: Command, tmp_path: Path, settings: Path) -> None:
    """Proves exit 0 and the whole form of the answer."""
    path = write_small_claim(tmp_path / "claim.xlsx", {})
    ran = check(run, path, settings, "--json")
    ran.assert_fine()
    assert_adds_up(ran.json)
    assert ran.json["on"] == "2026-03-01"
    assert ran.json["illustrative"] is False
    assert ran.json["totals"]["eligible"] == "13.20"
    (line,) = ran.json["lines"]
    assert (line["sheet"], line["row"], line["problems"]) == ("Sessions", 3, [])
    assert {one["code"] for one in ran.json["problems"]} == {"RUL-302"}
    assert {one["row"] for one in ran.json["problems"]} == {None}


def test_a_line_at_fault_is_exit_1_with_its_cell(
    run: Command, tmp_path: Path, settings: Path
) -> None:
    """Proves that one bad row is named, cited and cut, and that the other still stands."""
    path = write_small_claim(tmp_path / "claim.xlsx", {}, WRONG_GRADE)
    ran = check(run, path, settings, "--json")
    assert (ran.status, ran.err) == (1, "")
    assert_adds_up(ran.json)
    assert ran.json["totals"]["eligible"] == "13.20"
    (found,) = [one for one in ran.json["problems"] if one["code"] == "ELG-110"]
    assert (found["sheet"], found["row"], found["column"]) == ("Sessions", 4, "learner_grade")
    assert found["cut"] == "13.20"
    assert found["citation"]["status"] == "sourced"
    assert "ELG-110" in ran.json["lines"][1]["problems"]


def test_people_read_latvian_unless_they_ask_otherwise(
    run: Command, tmp_path: Path, settings: Path
) -> None:
    """Proves that message, hint and citation reach the screen, in both languages."""
    path = write_small_claim(tmp_path / "claim.xlsx", {}, WRONG_GRADE)
    latvian = check(run, path, settings)
    assert latvian.status == 1
    for text in ("Attiecināmā summa", "13,20\u00a0€", "ELG-110", "23.3.1.1.", "1 kļūda", "→"):
        assert text in latvian.out, latvian.out
    english = check(run, path, settings, "--lang", "en")
    for text in ("Eligible", "€13.20", "ELG-110", "1 error"):
        assert text in english.out, english.out
    assert "Attiecināmā" not in english.out
    messages = {
        lang: check(run, path, settings, "--lang", lang, "--json").json["problems"][0]["message"]
        for lang in ("lv", "en")
    }
    assert messages["lv"] != messages["en"]


def test_an_annotated_copy_is_written_and_reads_as_the_same_claim(
    run: Command, tmp_path: Path, settings: Path
) -> None:
    """Proves that the accountant's own file comes back, and can be checked again."""
    path = write_small_claim(tmp_path / "claim.xlsx", {}, WRONG_GRADE)
    before, out = path.read_bytes(), tmp_path / "annotated.xlsx"
    first = check(run, path, settings, "--annotated", out, "--json")
    assert path.read_bytes() == before
    again = check(run, out, settings, "--json")
    assert again.json["totals"] == first.json["totals"]
    assert [one["problems"] for one in again.json["lines"]] == [
        one["problems"] for one in first.json["lines"]
    ]
    assert str(out) in check(run, path, settings, "--annotated", out).out.replace("\n", "")


def test_earlier_claims_are_taken_into_account(
    run: Command, tmp_path: Path, settings: Path
) -> None:
    """Proves that history is given as a workbook or as Parquet, each file with its option."""
    path = write_small_claim(tmp_path / "claim.xlsx", {})
    workbook = write_small_claim(tmp_path / "earlier.xlsx", {"activity_on": None}, claim_no="1")
    stored = write_lines(tmp_path / "earlier.parquet", {}, eligible=(1320,))
    ran = check(run, path, settings, "--history", stored, "--json")
    assert ran.status == 1
    assert "ELG-132" in ran.json["lines"][0]["problems"]
    assert "ELG-132" not in {
        one["code"]
        for one in check(run, path, settings, "--history", workbook, "--json").json["problems"]
    }


def test_an_illustrative_setting_is_said(run: Command, tmp_path: Path, settings: Path) -> None:
    """Proves that amounts that nobody with authority has set are marked as such."""
    text = settings.read_text("utf-8").replace(
        'key = "unit_cost.reading_support"',
        'illustrative = true\nkey = "unit_cost.reading_support"',
    )
    settings.write_text(text, encoding="utf-8")
    path = write_small_claim(tmp_path / "claim.xlsx", {})
    assert check(run, path, settings, "--json").json["illustrative"] is True
    assert "ilustratīv" in check(run, path, settings).out


def test_a_setting_that_nobody_entered_rejects_the_line(run: Command, tmp_path: Path) -> None:
    """Proves that without settings nothing that needs one passes (RUL-301)."""
    path = write_small_claim(tmp_path / "claim.xlsx", {})
    ran = run("check", path, "-p", SKOLA_KOPIENA, "--on", "2026-03-01", "--json")
    assert ran.status == 1
    assert "RUL-301" in ran.json["lines"][0]["problems"]
    assert ran.json["totals"]["eligible"] == "0.00"


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_cannot_be_used_is_exit_2_and_writes_nothing(
    run: Command, tmp_path: Path, settings: Path, form: tuple[str, ...]
) -> None:
    """Proves it for the claim, the programme, the day, the settings, history and the copy."""
    path = write_small_claim(tmp_path / "claim.xlsx", {})
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    out = tmp_path / "out.xlsx"
    copy = ("--annotated", out, *form)
    check(run, tmp_path / "no.xlsx", settings, *copy).assert_refused("WBK-401", "no.xlsx")
    check(run, empty, settings, *copy).assert_refused("WBK-402", "empty.xlsx")
    run("check", path, "-p", PUMPURS, *copy).assert_refused("WBK-416")
    check(run, path, settings, *copy, "--on", "1.3.2026").assert_refused("WBK-465", "1.3.2026")
    check(run, path, tmp_path / "no.toml", *copy).assert_refused("RUL-400", "no.toml")
    check(run, path, settings, *copy, "--history", empty).assert_refused("WBK-402")
    check(run, path, settings, *copy, "--rules", tmp_path / "no").assert_refused("RUL-417")
    assert not out.exists()
    missing = ("--annotated", tmp_path / "no" / "out.xlsx", *form)
    check(run, path, settings, *missing).assert_refused("WBK-419", "out.xlsx")


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_demo_workbook_is_answered(run: Command, path: Path) -> None:
    """Proves that valid claims pass, and that broken ones name a code and never a traceback."""
    programme = PUMPURS if "pumpurs" in path.stem else SKOLA_KOPIENA
    ran = run(
        *("check", path, "--programme", programme, "--settings", DEMO_SETTINGS),
        *("--on", FIXTURE_DAY[programme], "--json"),
    )
    if ran.status == 2:
        assert path.stem.startswith("broken_")
        ran.assert_refused(ran.err.split(" ", maxsplit=1)[0])
        return
    assert ran.err == ""
    assert_adds_up(ran.json)
    errors = [one for one in ran.json["problems"] if one["severity"] == "error"]
    assert ran.status == (1 if errors else 0)
    if path.stem.startswith("valid_"):
        # A valid claim may still meet a ceiling: what is above it is unfunded, not at fault.
        assert ran.json["totals"]["ineligible"] == "0.00"
        assert {one["code"] for one in errors} <= CEILINGS
    else:
        assert ran.json["problems"]


def test_there_are_demo_workbooks() -> None:
    """Proves that the test above had something to prove."""
    names = {path.stem for path in WORKBOOKS}
    assert {"valid_liepaja", "valid_jelgava_pumpurs", "demo_mixed"} <= names
    assert len([name for name in names if name.startswith("broken_")]) > 20
    assert read_claim(WORKBOOKS[-1]).lines.height
