"""`split`: an allocation, and successive claims, by source of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.command import Command


@pytest.mark.parametrize(
    ("amount", "programme", "esf_plus", "state"),
    [
        ("15951890.00", "skola-kopiena", "13559106.00", "2392784.00"),
        ("29545252", "skola-kopiena", "25113464.00", "4431788.00"),
        ("39 812 376,00 €", "pumpurs", "33840519.00", "5971857.00"),
        ("36150528.00", "pumpurs", "30727948.00", "5422580.00"),
        ("0", "skola-kopiena", "0.00", "0.00"),
        ("0.01", "skola-kopiena", "0.00", "0.01"),
    ],
)
def test_an_allocation_is_split_to_the_cent(
    run: Command, amount: str, programme: str, esf_plus: str, state: str
) -> None:
    """Proves the published splits, and the very keys of the contract in their order."""
    ran = run("split", amount, "--programme", programme, "--json")
    ran.assert_fine()
    total = ran.json["total"]
    assert ran.json == {"total": total, "esf_plus": esf_plus, "state": state}
    assert list(ran.json) == ["total", "esf_plus", "state"]
    assert ran.out.endswith("}\n")


def test_skola_kopiena_is_the_programme_where_none_is_named(run: Command) -> None:
    """Proves the command as the issue gives it."""
    ran = run("split", "15951890.00", "--json")
    assert ran.json["esf_plus"] == "13559106.00"
    assert ran.json["state"] == "2392784.00"


def test_successive_claims_are_split_cumulatively(run: Command) -> None:
    """Proves that two claims of a cent give one cent each, not none and two (D-03)."""
    ran = run("split", "0.01", "0.01", "--claims", "--json")
    ran.assert_fine()
    assert ran.json == {
        "claims": [
            {"total": "0.01", "esf_plus": "0.00", "state": "0.01"},
            {"total": "0.01", "esf_plus": "0.01", "state": "0.00"},
        ]
    }


def test_one_claim_is_still_a_list_of_claims(run: Command) -> None:
    """Proves that `--claims` keeps its form, so that a script need not count."""
    ran = run("split", "100.01", "--claims", "--json")
    assert ran.json == {"claims": [{"total": "100.01", "esf_plus": "85.00", "state": "15.01"}]}


def test_a_correction_is_a_negative_claim(run: Command) -> None:
    """Proves that `-20.00` is an amount and no option, and that it takes back what was given."""
    ran = run("split", "100.00", "-20.00", "--claims", "--json")
    ran.assert_fine()
    assert ran.json["claims"][1] == {"total": "-20.00", "esf_plus": "-17.00", "state": "-3.00"}


def test_people_read_a_table_in_latvian_unless_they_ask_otherwise(run: Command) -> None:
    """Proves heads and amounts in both languages."""
    latvian, english = run("split", "15951890"), run("split", "15951890", "--lang", "en")
    for ran, texts in (
        (latvian, ("Kopā", "Valsts budžets", "13\u00a0559\u00a0106,00\u00a0€")),
        (english, ("Total", "State budget", "€13,559,106.00")),
    ):
        ran.assert_fine()
        assert all(text in ran.out for text in texts), ran.out
    assert "Kopā" not in english.out


@pytest.mark.parametrize(
    "amount",
    ["1.005", "15951890.000", "1.234", "abc", "", "1e3", "NaN", "inf", "1000000000", "1,2,3"],
)
def test_an_amount_that_is_not_exact_euros_is_refused(run: Command, amount: str) -> None:
    """Proves that nothing is rounded or guessed, and that the amount is named."""
    run("split", amount).assert_refused("FUN-702", amount)
    run("split", "1.00", amount, "--claims", "--json").assert_refused("FUN-702", amount)


def test_a_refusal_speaks_the_language_asked_for(run: Command) -> None:
    """Proves that what to do is said in Latvian or English."""
    assert "Ierakstiet" in run("split", "abc").err
    english = run("split", "abc", "--lang", "en").err
    assert "Ierakstiet" not in english
    assert english.isascii() or "“abc”" in english
