"""The instruction sheet of a template, in the chosen language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.exchange.workbook import styles
from skola_finance.exchange.workbook.grid import A4, prepare_print
from skola_finance.exchange.workbook.header import CLAIM_SHEET
from skola_finance.exchange.workbook.layout import offered_codes, offered_columns
from skola_finance.exchange.workbook.table_sheet import columns_of
from skola_finance.exchange.workbook.wording import LIST_CODE, LIST_NAME, SHEET_TITLE
from skola_finance.problems import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.columns import Column, Sheet
    from skola_finance.problems import Language

NAME = Text(lv="Norādījumi", en="Instructions")

_TITLE = Text(lv="Izdevumu pārskats: kā aizpildīt", en="Expenditure claim: how to fill it in")
_STEPS_TITLE = Text(lv="Trīs soļi", en="Three steps")
_STEPS = (
    Text(
        lv="1. Lapā „Claim” aizpildiet ziņas par pārskatu.",
        en="1. Fill in the facts of the claim on the sheet “Claim”.",
    ),
    Text(
        lv="2. Ierakstiet izmaksas, katru savā rindā, sākot ar 3. rindu. Rindas var ielīmēt no "
        "citas tabulas, kārtot un dzēst; kolonnas var pārvietot.",
        en="2. Enter the costs, one a row, from row 3 on. Rows may be pasted from another table, "
        "sorted and deleted; columns may be moved.",
    ),
    Text(
        lv="3. Saglabājiet un augšupielādējiet pārskata lapā ar pogu „Augšupielādēt darbgrāmatu”: "
        "tur redzēsiet, kas jālabo. Labojiet norādītās šūnas un augšupielādējiet vēlreiz. Bez "
        "konta pārbauda ar komandu: skola-finance check FAILS.xlsx --programme {programme} "
        "--annotated PARBAUDITS.xlsx.",
        en="3. Save, and upload it on the page of the claim with the button “Upload a workbook”: "
        "there you see what is to be mended. Mend those cells and upload it again. Without an "
        "account, check it with the command: skola-finance check FILE.xlsx --programme "
        "{programme} --annotated CHECKED.xlsx.",
    ),
)
_NEVER_TITLE = Text(lv="Nekad nerakstiet", en="Never enter")
_NEVER = (
    Text(
        lv="Izglītojamo, vecāku un speciālistu vārdus: izmantojiet pseidonīmus no individuālā "
        "plāna.",
        en="Names of learners, parents or specialists: use the pseudonyms of the plan.",
    ),
    Text(
        lv="Personas kodus, dzimšanas datus, tālruņa numurus, e-pasta adreses un bankas kontu "
        "numurus, arī ne piezīmēs, lapas vai datnes nosaukumā. Šādu rindu noraida.",
        en="Personal codes, birth dates, phone numbers, e-mail addresses and bank accounts, not "
        "even in notes, in the name of a sheet or of the file. Such a line is rejected.",
    ),
)
_CELLS_TITLE = Text(lv="Kā rakstīt šūnās", en="What cells may hold")
_CELLS = (
    Text(
        lv="Tukša šūna nozīmē „nav norādīts”, nevis „kā rindā iepriekš”.",
        en="An empty cell means “not given”, never “as in the row above”.",
    ),
    Text(
        lv="Summas eiro ar centiem: 1234,56 vai 1 234,56. Vairāk nekā divi cipari aiz komata ir "
        "kļūda; nekas netiek noapaļots.",
        en="Amounts in euros and cents: 1234.56. More than two decimals are an error; nothing is "
        "rounded.",
    ),
    Text(
        lv="Datumi: 01.07.2025. Laiks: 14:30. Stundas: 1,5.",
        en="Dates: 01.07.2025. Time: 14:30. Hours: 1.5.",
    ),
    Text(
        lv="Negatīva summa labo agrāku rindu; norādiet tās identifikatoru kolonnā „Labo rindu”.",
        en="A negative amount corrects an earlier line; give that line's id in “Corrects line”.",
    ),
    Text(
        lv="Slēpto 1. rindu ar kolonnu atslēgām nemainiet. Nekas nav bloķēts.",
        en="Leave the hidden row 1 with the column keys as it is. Nothing is protected.",
    ),
)
_LEGEND_TITLE = Text(lv="Apzīmējumi", en="Legend")
_REQUIRED = Text(
    lv="Zvaigznīte un dzeltenīga šūna: parasti obligāta.",
    en="An asterisk and a yellowish cell: usually required.",
)
_OPTIONAL = Text(
    lv="Balta šūna: aizpildiet, ja attiecas.", en="A white cell: fill in where it applies."
)
_SHEETS_TITLE = Text(lv="Lapas", en="Sheets")
_CLAIM = Text(lv="Ziņas par pārskatu un kopsavilkums", en="Facts of the claim and totals")
_IN_FORCE_TITLE = Text(lv="Spēkā esošie parametri", en="Settings in force")
_INSTITUTIONS_TITLE = Text(lv="Jūsu izglītības iestādes", en="Your institutions")
_WIDTHS = (44, 44, 30)
_TEXT_WIDTH = sum(_WIDTHS)
_CODES_TITLE = Text(lv="Saraksti", en="Lists")
_CODES_NOTE = Text(
    lv="Šūnā var rakstīt nosaukumu vai kodu.", en="A cell may hold the name or the code."
)


def fill_instructions(
    worksheet: Worksheet,
    *,
    sheets: Sequence[Sheet],
    programme: str,
    language: Language,
    in_force: Sequence[tuple[str, str]] = (),
    institutions: Sequence[tuple[str, str]] = (),
) -> None:
    """Write the guide, from the first step to the lists of codes.

    `in_force` are names and values of settings that the accountant should know, `institutions`
    names and registration numbers of the partner's own.
    """
    page = _Page(worksheet, language)
    page.heading(_TITLE, is_title=True)
    page.heading(_STEPS_TITLE)
    for step in _STEPS:
        page.line(step, programme=programme)
    page.heading(_NEVER_TITLE)
    for text in _NEVER:
        page.line(text)
    page.heading(_LEGEND_TITLE)
    page.sample(_REQUIRED, is_required=True)
    page.sample(_OPTIONAL, is_required=False)
    page.heading(_CELLS_TITLE)
    for text in _CELLS:
        page.line(text)
    page.heading(_SHEETS_TITLE)
    page.pair(CLAIM_SHEET, _CLAIM.in_(language))
    for sheet in sheets:
        page.pair(sheet, SHEET_TITLE[sheet].in_(language))
    page.pairs(_IN_FORCE_TITLE, in_force)
    page.pairs(_INSTITUTIONS_TITLE, institutions)
    page.heading(_CODES_TITLE)
    page.line(_CODES_NOTE)
    for label, codes in _lists(sheets, programme, language).items():
        page.codes(label, codes)
    for letters, width in zip("ABC", _WIDTHS, strict=True):
        worksheet.column_dimensions[letters].width = width
    worksheet.sheet_view.showGridLines = False
    prepare_print(worksheet, paper=A4, is_landscape=False)


def _lists(
    sheets: Sequence[Sheet], programme: str, language: Language
) -> Mapping[str, dict[str, str]]:
    """Gather the codes of all sheets under the name of their column."""
    lists: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        columns: tuple[Column, ...] = columns_of(sheet, offered_columns(sheet, programme))
        for column in columns:
            if column.codes is None:
                continue
            offered = offered_codes(column.key, sheet, programme) or tuple(column.codes)
            names = {code: column.codes[code].in_(language) for code in offered}
            lists.setdefault(column.label.in_(language), {}).update(names)
    return lists


class _Page:
    """Writes down a sheet, row by row."""

    def __init__(self, worksheet: Worksheet, language: Language) -> None:
        self._sheet = worksheet
        self._language = language
        self._row = 0

    def heading(self, text: Text, *, is_title: bool = False) -> None:
        self._row += 1 if is_title else 2
        cell = self._sheet.cell(self._row, 1, text.in_(self._language))
        cell.font = styles.TITLE if is_title else styles.SUBTITLE

    def line(self, text: Text, **values: str) -> None:
        self._row += 1
        written = text.in_(self._language).format(**values) if values else text.in_(self._language)
        self._sheet.cell(self._row, 1, written).alignment = styles.WRAPPED
        self._sheet.merge_cells(
            start_row=self._row, end_row=self._row, start_column=1, end_column=3
        )
        # A merged row does not grow by itself.
        self._sheet.row_dimensions[self._row].height = styles.row_height((written, _TEXT_WIDTH))

    def sample(self, text: Text, *, is_required: bool) -> None:
        self._row += 1
        cell = self._sheet.cell(self._row, 1, text.in_(self._language))
        cell.border = styles.BOX
        if is_required:
            cell.fill = styles.REQUIRED_FILL

    def pairs(self, title: Text, rows: Sequence[tuple[str, str]]) -> None:
        """Write a section; nothing at all where it has no rows."""
        if rows:
            self.heading(title)
        for first, second in rows:
            self.pair(first, second)

    def pair(self, first: str, second: str) -> None:
        self._row += 1
        label = self._sheet.cell(self._row, 1, first)
        label.font = styles.BOLD
        label.alignment = styles.WRAPPED
        self._sheet.cell(self._row, 2, second).alignment = styles.WRAPPED
        height = styles.row_height((first, _WIDTHS[0]), (second, _WIDTHS[1]))
        self._sheet.row_dimensions[self._row].height = height

    def codes(self, label: str, codes: Mapping[str, str]) -> None:
        self._row += 2
        for column, title in enumerate(
            (label, LIST_NAME.in_(self._language), LIST_CODE.in_(self._language)), start=1
        ):
            cell = self._sheet.cell(self._row, column, title)
            cell.font = styles.BOLD if column == 1 else styles.QUIET
            cell.border = styles.UNDER
        for code, name in codes.items():
            self._row += 1
            self._sheet.cell(self._row, 2, name).alignment = styles.WRAPPED
            written = self._sheet.cell(self._row, 3, code)
            written.font = styles.QUIET
            written.alignment = styles.WRAPPED
