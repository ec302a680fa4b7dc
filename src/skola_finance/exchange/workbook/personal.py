"""Personal data outside the lines: in a file name, a sheet name, the sheet `Claim` (`CLM-211`).

On a line the column is named in `personal_data_in`, and the rule makes the finding. In all cases
only the kind of the identifier is said; its digits are never repeated.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from skola_finance.claims.columns import Sheet
from skola_finance.claims.personal_data import Identifier, find_identifier
from skola_finance.exchange.workbook.faults import UnusableWorkbook, fault_of
from skola_finance.problems import Text, Where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skola_finance.problems import Problem

KIND = {
    Identifier.PERSONAL_CODE: Text(lv="personas kods", en="a personal code"),
    Identifier.EMAIL: Text(lv="e-pasta adrese", en="an e-mail address"),
    Identifier.PHONE: Text(lv="tālruņa numurs", en="a phone number"),
    Identifier.IBAN: Text(lv="bankas konta numurs", en="a bank account number"),
}


class Place(Enum):
    """Where personal data can stand outside the lines."""

    FILE_NAME = Text(lv="datnes nosaukumā", en="in the file name")
    SHEET_NAME = Text(lv="lapas nosaukumā", en="in the name of a sheet")
    CLAIM_SHEET = Text(lv="lapā „Claim”", en="in the sheet “Claim”")
    PLANS_SHEET = Text(lv="lapā „Plans”", en="in the sheet “Plans”")


def personal_problem(kind: Identifier, *, place: Place, where: Where) -> Problem:
    """Say which kind of identifier stands where."""
    return fault_of("CLM-211", _texts(kind, place), where=where)


def personal_cell(cell: str, *, row: int, column: str) -> Problem:
    """Say that a cell of the sheet `Plans` holds an identifier; it is not repeated."""
    kind = find_identifier(cell) or Identifier.PERSONAL_CODE
    where = Where(sheet=Sheet.PLANS, row=row, column=column)
    return personal_problem(kind, place=Place.PLANS_SHEET, where=where)


def refuse_personal_file_name(name: str) -> None:
    """Refuse a file whose name holds a personal identifier; the name is not repeated.

    Raises: UnusableWorkbook CLM-211.
    """
    kind = _in_name(name.rpartition(".")[0] or name)
    if kind:
        raise UnusableWorkbook(personal_problem(kind, place=Place.FILE_NAME, where=Where()))


def refuse_personal_sheet_names(names: Iterable[str], *, file: str) -> None:
    """Refuse a workbook one of whose sheets is named by a personal identifier.

    Raises: UnusableWorkbook CLM-211.
    """
    for name in names:
        kind = _in_name(name)
        if kind:
            where = Where(file=file)
            raise UnusableWorkbook(personal_problem(kind, place=Place.SHEET_NAME, where=where))


def _in_name(name: str) -> Identifier | None:
    """Look at a name as it is and with its underscores read as spaces."""
    return find_identifier(name) or find_identifier(re.sub(r"_+", " ", name))


def _texts(kind: Identifier, place: Place) -> dict[str, str]:
    return {
        "kind_lv": KIND[kind].lv,
        "kind_en": KIND[kind].en,
        "place_lv": place.value.lv,
        "place_en": place.value.en,
    }
