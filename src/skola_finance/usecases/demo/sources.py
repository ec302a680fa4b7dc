"""The files that the demo programme is made of: inside the wheel, or in a checkout."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.money import eur, largest_remainder, to_cents

if TYPE_CHECKING:
    from collections.abc import Mapping

TO_MUNICIPALITIES = "5870295.52"
"""What of the envelope goes to municipalities by weight, in euros; an example."""


@dataclass(frozen=True, slots=True)
class DemoPartner:
    """A partner of the demo, as its register has it."""

    programme: str
    reg_no: str
    name: str
    kind: str
    iso_code: str
    agreement_no: str
    agreement_on: date
    agreement_to: date
    successor: str


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A school of the demo."""

    programme: str
    reg_no: str
    name: str
    partner: str
    founder: str
    kind: str
    joined_on: date


def demo_file(name: str) -> Path:
    """Give a file of the demo by its name below `fixtures/`."""
    inside = Path(str(files("skola_finance"))) / "_demo"
    folder = inside if inside.is_dir() else Path(__file__).resolve().parents[4] / "fixtures"
    return folder / name


def demo_partners() -> list[DemoPartner]:
    """Read the register of partners."""
    return [
        DemoPartner(
            programme=row["programme"],
            reg_no=row["reg_no"],
            name=row["name"],
            kind=row["kind"],
            iso_code=row["iso_code"],
            agreement_no=row["agreement_no"],
            agreement_on=date.fromisoformat(row["agreement_on"]),
            agreement_to=date.fromisoformat(row["agreement_to"]),
            successor=row["successor_reg_no"],
        )
        for row in _rows("demo_programme/partners.csv")
    ]


def demo_schools() -> list[DemoSchool]:
    """Read the register of schools."""
    return [
        DemoSchool(
            programme=row["programme"],
            reg_no=row["reg_no"],
            name=row["name"],
            partner=row["partner_reg_no"],
            founder=row["founder"],
            kind=row["kind"],
            joined_on=date.fromisoformat(row["joined_on"]),
        )
        for row in _rows("demo_programme/schools.csv")
    ]


def demo_shares() -> Mapping[str, int]:
    """Give each municipality's part of the money for individual support, in cents, by name.

    Rounding: largest remainder, ties to the earlier row (D-04).
    """
    rows = list(_rows("demo_programme/weights.csv"))
    weights = [int(row["weight"]) for row in rows]
    parts = largest_remainder(to_cents(eur(TO_MUNICIPALITIES)), weights=weights)
    return {row["partner"]: cents for row, cents in zip(rows, parts, strict=True)}


def _rows(name: str) -> list[dict[str, str]]:
    with demo_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
