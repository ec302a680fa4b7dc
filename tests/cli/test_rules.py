"""`rules list`, `rules show`, `rules test`: the rulebook for people and for programs."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from skola_finance.rulebook import load_rulebook
from skola_finance.rulebook.load import shipped_rules
from tests.rulebook.folder import RULE_FILE, VECTOR_FILE, small_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command

SUMMARY = ["code", "title", "kind", "stage", "effect", "severity", "anchor", "versions"]


@pytest.fixture
def few_rules(tmp_path: Path) -> Path:
    """Give a rules folder with a few shipped rules, so that their vectors run at once."""
    folder = tmp_path / "rules"
    for name in (
        *("mk483/bases.toml", "mk483/parameters.toml", "method/parameters.toml"),
        *("mk483/elg-110-reading-grade.toml", "mk483/elg-110-reading-grade.vectors.toml"),
        *("claim-form/clm-201-missing-fact.toml", "claim-form/clm-201-missing-fact.vectors.toml"),
        *(
            "funding/fun-701-cofinancing-mk483.toml",
            "funding/fun-701-cofinancing-mk483.vectors.toml",
        ),
        *("mk460/fun-701-cofinancing.toml", "mk460/fun-701-cofinancing.vectors.toml"),
        *("mk460/bases.toml", "mk460/parameters.toml"),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(shipped_rules() / name, folder / name)
    return folder


@pytest.mark.parametrize("programme", ["skola-kopiena", "pumpurs"])
def test_the_list_names_every_rule_with_its_versions_and_citations(
    run: Command, programme: str
) -> None:
    """Proves what other programs read of the rulebook."""
    ran = run("rules", "list", "--programme", programme, "--json")
    ran.assert_fine()
    book = load_rulebook(programme)
    assert ran.json["programme"] == programme
    assert ran.json["rulebook_digest"] == book.digest
    assert [one["code"] for one in ran.json["rules"]] == list(book.rules)
    for one in ran.json["rules"]:
        assert list(one) == SUMMARY
        assert one["title"] == book.rule(one["code"]).title.lv
        for version in one["versions"]:
            assert set(version) == {"from", "to", "citation"}
            assert set(version["citation"]) == {"act", "locator", "uri", "status"}


def test_a_list_speaks_the_language_asked_for(run: Command) -> None:
    """Proves titles in English, for programs and for people."""
    title = load_rulebook().rule("ELG-110").title
    ran = run("rules", "list", "--lang", "en", "--json")
    assert title.en in [one["title"] for one in ran.json["rules"]]
    assert "Versions" in run("rules", "list", "--lang", "en").out
    people = run("rules", "list")
    people.assert_fine()
    assert "Redakcijas" in people.out
    assert "ELG-110" in people.out


def test_a_rule_is_shown_with_texts_values_and_source(run: Command) -> None:
    """Proves one rule in JSON, whatever the case of its code."""
    ran = run("rules", "show", "elg-110", "--json")
    ran.assert_fine()
    assert list(ran.json) == [*SUMMARY, "message", "hint"]
    (version,) = ran.json["versions"]
    assert version["from"] == "2024-07-01"
    assert version["to"] is None
    assert version["values"]["ranges"] == {"general": [1, 3], "vocational": [0, 0]}
    assert version["citation"]["uri"].startswith("https://likumi.lv/")
    assert set(version) == {"from", "to", "values", "note", "citation"}


@pytest.mark.parametrize(
    ("code", "programme", "key", "value"),
    [
        ("FUN-711", "skola-kopiena", "total", "15951890.00"),
        ("FUN-711", "skola-kopiena", "partners", "8380000.00"),
        (
            "ELG-145",
            "pumpurs",
            "amounts",
            {"transport": "30.00", "lodging": "35.00", "meals": "70.00"},
        ),
        ("FUN-701", "skola-kopiena", "rate", "85 %"),
        ("ELG-101", "skola-kopiena", "last", "2029-08-31"),
        ("ELG-104", "skola-kopiena", "column", "education_programme"),
    ],
)
def test_values_are_printed_as_the_contract_prints_figures(
    run: Command, code: str, programme: str, key: str, value: object
) -> None:
    """Proves that money is text with two decimals and a dot, and days are ISO."""
    ran = run("rules", "show", code, "--programme", programme, "--json")
    assert ran.json["versions"][0]["values"][key] == value


def test_people_see_amounts_and_days_as_they_write_them(run: Command) -> None:
    """Proves that nobody has to read cents."""
    assert "15\u00a0951\u00a0890,00\u00a0€" in run("rules", "show", "FUN-711").out
    assert "€15,951,890.00" in run("rules", "show", "FUN-711", "--lang", "en").out
    assert "last = 31.08.2029." in run("rules", "show", "ELG-101").out
    monthly = run("rules", "show", "ELG-145", "-p", "pumpurs").out
    assert "transport: 30,00\u00a0€" in monthly
    assert "general: 1, 3" in run("rules", "show", "ELG-110").out
    assert "vienmēr" in run("rules", "show", "CLM-201").out
    assert "mk483_amended_from" in run("rules", "show", "ELG-112").out


@pytest.mark.parametrize(
    ("day", "edges"),
    [
        ("2025-12-16", [("2024-07-01", "mk483_amended_from")]),
        (
            "2025-12-17",
            [("2024-07-01", "mk483_amended_from"), ("mk483_amended_from", None)],
        ),
        ("2026-01-07", [("mk483_amended_from", None)]),
    ],
)
def test_a_day_picks_the_versions_that_may_hold_on_it(
    run: Command, day: str, edges: list[tuple[str, str | None]]
) -> None:
    """Proves that on a day in doubt both versions are shown."""
    ran = run("rules", "show", "ELG-112", "--on", day, "--json")
    ran.assert_fine()
    assert [(one["from"], one["to"]) for one in ran.json["versions"]] == edges
    run("rules", "show", "ELG-112", "--on", day).assert_fine()


def test_a_day_without_any_version_is_refused(run: Command) -> None:
    """Proves that an empty answer is never given for a rule."""
    ran = run("rules", "show", "ELG-112", "--on", "2024-06-30", "--json")
    ran.assert_refused("RUL-432", "ELG-112", "30.06.2024")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_unknown_code_is_refused(run: Command, form: tuple[str, ...]) -> None:
    """Proves that a mistyped code, and one of the other programme, exit with 2."""
    run("rules", "show", "ELG-999", *form).assert_refused("RUL-431", "ELG-999")
    run("rules", "show", "ELG-145", *form).assert_refused("RUL-431", "ELG-145")
    english = run("rules", "show", "ELG-999", "--lang", "en", *form)
    english.assert_refused("RUL-431", "has no rule ELG-999")


@pytest.mark.parametrize("day", ["31.02.2026", "2026-02-31", "tomorrow", "2026-13-01", ""])
def test_a_day_that_is_none_is_refused(run: Command, day: str) -> None:
    """Proves that a date is named as it was typed, with an example of one."""
    run("rules", "show", "ELG-110", "--on", day).assert_refused("WBK-465", day, "2026-03-01")


def test_vectors_are_run_and_counted(run: Command, few_rules: Path) -> None:
    """Proves the form that a build reads: how many, how many red, and none of them."""
    ran = run("rules", "test", "--rules", few_rules, "--json")
    ran.assert_fine()
    assert ran.json["vectors"] > 10
    assert (ran.json["failed"], ran.json["failures"]) == (0, [])
    people = run("rules", "test", "--rules", few_rules)
    people.assert_fine()
    assert "visi izpildās" in people.out
    assert "all pass" in run("rules", "test", "--rules", few_rules, "--lang", "en").out


def test_a_red_vector_is_named_and_fails_the_command(run: Command, few_rules: Path) -> None:
    """Proves that exit 1 goes with the file, the name and what differs."""
    file = few_rules / "mk483" / "elg-110-reading-grade.toml"
    text = file.read_text("utf-8")
    assert "general = [1, 3]" in text
    file.write_text(text.replace("general = [1, 3]", "general = [1, 4]"), encoding="utf-8")
    ran = run("rules", "test", "--rules", few_rules, "--json")
    assert (ran.status, ran.err) == (1, "")
    assert ran.json["failed"] == len(ran.json["failures"]) > 0
    first = ran.json["failures"][0]
    assert first["rule"] == "ELG-110"
    assert first["file"] == "mk483/elg-110-reading-grade.vectors.toml"
    assert first["faults"]
    people = run("rules", "test", "--rules", few_rules)
    assert people.status == 1
    assert first["name"] in people.out
    assert "neizpildās" in people.out


def test_a_folder_without_vectors_does_not_pass(run: Command, tmp_path: Path) -> None:
    """Proves that a mistyped folder is not a folder where all is well."""
    run("rules", "test", "--rules", tmp_path / "no").assert_refused("RUL-417")
    run("rules", "list", "--rules", tmp_path / "no").assert_refused("RUL-417")


def test_a_rule_file_that_is_wrong_is_refused_with_its_place(run: Command, tmp_path: Path) -> None:
    """Proves that the author of a rule learns the file and the key, on one line."""
    folder = small_folder(tmp_path)
    folder.change(RULE_FILE, "min = 1", "min = 1.5")
    for command in ("list", "test"):
        ran = run("rules", command, "--rules", folder.path)
        ran.assert_refused("RUL-402", "1.5", "elg-110-grade.toml")
    folder.change(RULE_FILE, "min = 1.5", "min = 1")
    folder.change(VECTOR_FILE, "expect = []", "")
    ran = run("rules", "test", "--rules", folder.path, "--lang", "en")
    ran.assert_refused("RUL-418", "tests nothing", "vector[1]")
