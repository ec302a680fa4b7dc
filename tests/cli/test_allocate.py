"""`allocate`: an envelope apportioned among partners by whole-number weights in a CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.command import Command

THREE = "partner,weight\nRīga,1\nLiepāja,1\nOgre,1\n"


def weights(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a file of weights."""
    path = folder / "weights.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "text",
    [
        THREE,
        THREE.replace(",", ";"),
        THREE.replace("\n", "\r\n"),
        f"\ufeff{THREE}",
        f"\ufeff{THREE.replace(',', ';')}",
        THREE.replace("partner,weight", "weight,partner")
        .replace("Rīga,1", "1,Rīga")
        .replace("Liepāja,1", "1,Liepāja")
        .replace("Ogre,1", "1,Ogre"),
        THREE.replace("Rīga,1", '"Rīga","1"').replace("Ogre,1", " Ogre , 1 "),
        THREE.replace("weight\n", "weight,note\n").replace("Rīga,1", "Rīga,1,first"),
        THREE.replace("\nOgre", "\n\nOgre"),
    ],
    ids=["comma", "semicolon", "crlf", "bom", "excel", "turned", "quoted", "extra", "empty-row"],
)
def test_an_envelope_is_apportioned_with_ties_to_the_earlier_row(
    run: Command, tmp_path: Path, text: str
) -> None:
    """Proves the form of the contract for every way a spreadsheet saves such a file."""
    ran = run("allocate", "1.00", "--weights", weights(tmp_path, text), "--json")
    ran.assert_fine()
    assert ran.json == {
        "total": "1.00",
        "parts": [
            {"partner": "Rīga", "amount": "0.34"},
            {"partner": "Liepāja", "amount": "0.33"},
            {"partner": "Ogre", "amount": "0.33"},
        ],
    }


def test_the_largest_remainder_gets_the_cent(run: Command, tmp_path: Path) -> None:
    """Proves the method by hand: 10.00 by 1, 2, 4 is 1.428…, 2.857…, 5.714…; 2 cents are left."""
    path = weights(tmp_path, "partner,weight\na,1\nb,2\nc,4\nd,0\n")
    parts = run("allocate", "10.00", "--weights", path, "--json").json["parts"]
    assert [one["amount"] for one in parts] == ["1.43", "2.86", "5.71", "0.00"]


def test_people_read_a_table_that_adds_up(run: Command, tmp_path: Path) -> None:
    """Proves names, amounts and the total, in both languages."""
    path = weights(tmp_path, THREE)
    ran = run("allocate", "8380000.00", "--weights", path)
    ran.assert_fine()
    for text in (
        "Partneris",
        "Kopā",
        "8\u00a0380\u00a0000,00\u00a0€",
        "2\u00a0793\u00a0333,34\u00a0€",
    ):
        assert text in ran.out
    english = run("allocate", "8380000.00", "--weights", path, "--lang", "en")
    assert "Partner" in english.out
    assert "€2,793,333.34" in english.out


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("", "1"),
        ("name,weight\nRīga,1\n", "1"),
        ("partner\nRīga\n", "1"),
        ("partner,weight,weight\nRīga,1,2\n", "1"),
        ("partner,weight\nRīga,1\nOgre,x\n", "3"),
        ("partner,weight\nRīga,\n", "2"),
        ("partner,weight\nRīga\n", "2"),
        ("partner,weight\n,1\n", "2"),
        ("partner,weight\nRīga,-1\n", "2"),
        ("partner,weight\nRīga,1.5\n", "2"),
        ("partner,weight\nRīga,1,5\n", "2"),
        ("partner,weight\nRīga,²\n", "2"),
        ("partner,weight\nRīga,٣\n", "2"),
        ("partner,weight\nRīga,1\n\nOgre,x\n", "4"),
    ],
)
def test_a_bad_row_is_refused_by_its_number(
    run: Command, tmp_path: Path, text: str, row: str
) -> None:
    """Proves that no weight is guessed, cut off or left out, and that the row is named."""
    ran = run("allocate", "100.00", "--weights", weights(tmp_path, text), "--json")
    ran.assert_refused("FUN-715", f"weights.csv › {row} ·")


def test_a_file_that_cannot_be_read_is_refused(run: Command, tmp_path: Path) -> None:
    """Proves it for a missing file and for letters of another alphabet."""
    run("allocate", "1", "--weights", tmp_path / "no.csv").assert_refused("FUN-715", "no.csv")
    other = weights(tmp_path, THREE, encoding="cp1257")
    run("allocate", "1", "--weights", other).assert_refused("FUN-715", "weights.csv")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("partner,weight\nRīga,1\nRīga,2\n", "Rīga"),
        ("partner,weight\nRīga,0\n", ""),
        ("partner,weight\n", ""),
    ],
)
def test_weights_that_cannot_share_are_refused(
    run: Command, tmp_path: Path, text: str, told: str
) -> None:
    """Proves that a partner named twice, no weight at all and no partner are said."""
    ran = run("allocate", "100.00", "--weights", weights(tmp_path, text), "--json")
    ran.assert_refused("FUN-704", told)


def test_a_total_that_is_not_exact_is_refused(run: Command, tmp_path: Path) -> None:
    """Proves that three decimals are never rounded."""
    run("allocate", "100.005", "--weights", weights(tmp_path, THREE)).assert_refused("FUN-702")
