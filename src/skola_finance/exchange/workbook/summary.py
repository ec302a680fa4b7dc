"""The sheet `skola_summary`: what the check says of the whole claim."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from skola_finance.claims import vocabulary as v
from skola_finance.exchange.workbook import styles
from skola_finance.exchange.workbook.grid import A4, cell_at, prepare_print
from skola_finance.exchange.workbook.limits import ANNOTATE_IN_PLACE_ROWS
from skola_finance.exchange.workbook.values import put
from skola_finance.exchange.workbook.wording import SEVERITY
from skola_finance.problems import CitationStatus, Severity, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from skola_finance.claims.assessment import Assessment
    from skola_finance.claims.claim import Claim
    from skola_finance.exchange.workbook.values import CellValue
    from skola_finance.problems import Citation, Language, Problem

SUMMARY_SHEET = "skola_summary"

_THOUSANDS = f"{ANNOTATE_IN_PLACE_ROWS // 1000}"


class Notice(Enum):
    """Something the reader of the summary must know about the file or the figures."""

    ILLUSTRATIVE = Text(
        lv="Uzmanību: pārbaudē izmantoti arī piemēra (ilustratīvi) parametri, ko projekts nav "
        "apstiprinājis. Summas ir piemērs, nevis lēmums.",
        en="Note: settings were used that are only examples (illustrative), not approved by the "
        "programme. The amounts are an example, not a decision.",
    )
    WRITTEN_ANEW_LARGE = Text(
        lv=f"Darbgrāmatā ir vairāk nekā {_THOUSANDS} 000 rindu, tāpēc tā uzrakstīta no jauna "
        "veidnes izkārtojumā: vērtības ir tās pašas, bet jūsu noformējums, formulas un papildu "
        "lapas nav pārnestas.",
        en=f"The workbook has more than {_THOUSANDS},000 rows, so it was written anew in the "
        "layout of the template: the values are the same, but your formats, formulas and extra "
        "sheets were not carried over.",
    )
    WRITTEN_ANEW_UNOPENED = Text(
        lv="Jūsu datni nevarēja atvērt labošanai, tāpēc tā uzrakstīta no jauna veidnes "
        "izkārtojumā: vērtības ir tās pašas, bet jūsu noformējums, formulas un papildu lapas "
        "nav pārnestas.",
        en="Your file could not be opened for changing, so it was written anew in the layout of "
        "the template: the values are the same, but your formats, formulas and extra sheets were "
        "not carried over.",
    )
    RISK_GROUNDS_LEFT_OUT = Text(
        lv="Atbalsta pamati šajā kopijā nav iekļauti.",
        en="The grounds for support are left out of this copy.",
    )


_TITLE = Text(lv="Izdevumu pārskata pārbaude", en="Check of the expenditure claim")
_CHECKED = Text(lv="Pārbaudīts", en="Checked on")
_RULEBOOK = Text(lv="Noteikumu krājums", en="Rulebook")
_SETTINGS = Text(lv="parametri", en="settings")
_TOTALS = Text(lv="Kopsavilkums", en="Totals")
_CLAIMED = Text(lv="Pieteiktā summa", en="Claimed")
_ELIGIBLE = Text(lv="Attiecināmā summa", en="Eligible")
_STATE = Text(lv="t. sk. valsts budžets (priekšskatījums)", en="of which state budget (preview)")
_FUND = Text(lv="t. sk. {fund} (priekšskatījums)", en="of which {fund} (preview)")
_INELIGIBLE = Text(lv="Neattiecināmā summa", en="Ineligible")
_UNFUNDED = Text(lv="Virs kvotas (nav finansēts)", en="Unfunded (above a ceiling)")
_PREVIEW = Text(
    lv="Sadalījums pa avotiem ir priekšskatījums, it kā šis pārskats būtu pirmais; galīgo "
    "aprēķina, pārskatu apstiprinot.",
    en="The split by source is a preview, as if this claim were the first; the final one is "
    "worked out when the claim is approved.",
)
_FOUND = Text(lv="Konstatējumi", en="Findings")
_WHOLE = Text(lv="Konstatējumi par visu pārskatu", en="Findings of the whole claim")
_WHOLE_HEADINGS = (
    Text(lv="Nozīme", en="Severity"),
    Text(lv="Kods", en="Code"),
    Text(lv="Vieta", en="Place"),
    Text(lv="Kas konstatēts", en="What was found"),
    Text(lv="Kas darāms", en="What to do"),
    Text(lv="Avots", en="Source"),
)
_NOTHING = Text(lv="Nav.", en="None.")
_RULES = Text(lv="Piemērotie noteikumi", en="Rules applied")
_RULE_HEADINGS = (
    Text(lv="Kods", en="Code"),
    Text(lv="Rindas", en="Lines"),
    Text(lv="Samazināts, EUR", en="Cut, EUR"),
    Text(lv="Noteikums", en="Rule"),
    Text(lv="Avots", en="Source"),
    Text(lv="Avota statuss", en="Status of the source"),
)
_STATUS = {
    CitationStatus.SOURCED: Text(lv="izlasīts avotā", en="sourced"),
    CitationStatus.INFERRED: Text(lv="izsecināts", en="inferred"),
    CitationStatus.UNVERIFIED: Text(lv="nav pārbaudīts", en="unverified"),
}
_WIDTHS = (34, 18, 24, 62, 46, 44)


def add_summary(
    workbook: Workbook,
    assessment: Assessment,
    claim: Claim,
    *,
    problems: Sequence[Problem],
    notices: Sequence[Notice],
    language: Language,
) -> None:
    """Add the summary as the first sheet."""
    page = _Page(workbook, language)
    page.title(_TITLE)
    page.quiet(_of_claim(claim, language))
    page.quiet(
        f"{_CHECKED.in_(language)} {assessment.on:%d.%m.%Y.} · {_RULEBOOK.in_(language)} "
        f"{assessment.rulebook_digest[:12]}, {_SETTINGS.in_(language)} "
        f"{assessment.settings_digest[:12]}"
    )
    illustrative = [Notice.ILLUSTRATIVE] if assessment.illustrative else []
    for notice in (*illustrative, *notices):
        page.notice(notice.value)
    _add_totals(page, assessment, problems)
    _add_whole_claim(page, problems)
    _add_rules(page, assessment)
    page.finish()


def _of_claim(claim: Claim, language: Language) -> str:
    header = claim.header
    parts = [v.PROGRAMMES[header.programme].in_(language)]
    if header.claim_no:
        parts.append(f"Nr. {header.claim_no}" if language == "lv" else f"No. {header.claim_no}")
    if header.period_from and header.period_to:
        parts.append(f"{header.period_from:%d.%m.%Y.}–{header.period_to:%d.%m.%Y.}")
    return " · ".join(parts)


def _add_totals(page: _Page, assessment: Assessment, problems: Sequence[Problem]) -> None:
    totals = assessment.totals
    fund = "ESF" if assessment.programme == v.PUMPURS else "ESF+"
    page.heading(_TOTALS)
    page.amount(_CLAIMED, totals.claimed_cents, is_bold=True)
    page.amount(_ELIGIBLE, totals.eligible_cents, is_bold=True)
    page.amount(_FUND, totals.esf_plus_cents, fund=fund)
    page.amount(_STATE, totals.state_cents)
    page.amount(_INELIGIBLE, totals.ineligible_cents, is_bold=True)
    page.amount(_UNFUNDED, totals.unfunded_cents, is_bold=True)
    page.quiet(_PREVIEW.in_(page.language))
    counts = Counter(problem.severity for problem in problems)
    page.heading(_FOUND)
    for severity in Severity:
        page.count(severity, counts[severity])


def _add_whole_claim(page: _Page, problems: Sequence[Problem]) -> None:
    page.heading(_WHOLE)
    whole = [problem for problem in problems if problem.where.row is None]
    if not whole:
        page.quiet(_NOTHING.in_(page.language))
        return
    page.headings(_WHOLE_HEADINGS)
    for problem in whole:
        row = page.row(
            SEVERITY[problem.severity].in_(page.language),
            problem.code,
            str(problem.where),
            problem.message.in_(page.language),
            problem.hint.in_(page.language),
            _source(problem.citation),
        )
        row[0].fill = styles.SEVERITY_FILL[problem.severity]


def _add_rules(page: _Page, assessment: Assessment) -> None:
    page.heading(_RULES)
    if not assessment.rules:
        page.quiet(_NOTHING.in_(page.language))
        return
    page.headings(_RULE_HEADINGS)
    for rule in assessment.rules:
        citation = rule.citation
        row = page.row(
            rule.code,
            rule.lines,
            rule.cut_cents / 100,
            rule.title.in_(page.language),
            _source(citation),
            _STATUS[citation.status].in_(page.language) if citation else "",
        )
        row[2].number_format = styles.MONEY_FORMAT
        if citation and citation.uri.startswith("https://"):
            row[4].hyperlink = citation.uri
            row[4].font = styles.LINK


def _source(citation: Citation | None) -> str:
    return f"{citation.act}, {citation.locator}" if citation else ""


class _Page:
    """Writes down a sheet, row by row."""

    def __init__(self, workbook: Workbook, language: Language) -> None:
        self.language = language
        self._sheet: Worksheet = workbook.create_sheet(SUMMARY_SHEET, 0)
        self._row = 0
        for sheet in workbook.worksheets:
            sheet.sheet_view.tabSelected = sheet is self._sheet
        workbook.active = 0

    def title(self, text: Text) -> None:
        self._cell(1, text.in_(self.language)).font = styles.TITLE

    def heading(self, text: Text) -> None:
        self._row += 1
        self._cell(1, text.in_(self.language)).font = styles.SUBTITLE

    def quiet(self, text: str) -> None:
        self._cell(1, text).font = styles.QUIET

    def notice(self, text: Text) -> None:
        cell = self._cell(1, text.in_(self.language))
        cell.fill, cell.font = styles.SEVERITY_FILL[Severity.WARNING], styles.BOLD
        cell.alignment = styles.WRAPPED
        self._sheet.merge_cells(
            start_row=self._row, end_row=self._row, start_column=1, end_column=4
        )
        height = styles.row_height((text.in_(self.language), sum(_WIDTHS[:4])))
        self._sheet.row_dimensions[self._row].height = height

    def amount(self, text: Text, cents: int, *, is_bold: bool = False, **values: str) -> None:
        label = self._cell(1, text.in_(self.language).format(**values))
        cell = self._sheet.cell(self._row, 2, cents / 100)
        cell.number_format = styles.MONEY_FORMAT
        label.border = cell.border = styles.UNDER
        if is_bold:
            label.font = cell.font = styles.BOLD
        else:
            label.alignment = styles.INDENTED

    def count(self, severity: Severity, number: int) -> None:
        label = self._cell(1, SEVERITY[severity].in_(self.language))
        cell = self._sheet.cell(self._row, 2, number)
        label.border = cell.border = styles.UNDER
        if number:
            label.fill = styles.SEVERITY_FILL[severity]

    def headings(self, texts: Sequence[Text]) -> None:
        for cell in self.row(*(text.in_(self.language) for text in texts)):
            cell.font, cell.fill = styles.ON_ACCENT, styles.HEADING_FILL

    def row(self, *values: CellValue) -> list[Cell]:
        self._row += 1
        cells = []
        for column, value in enumerate(values, start=1):
            cell = cell_at(self._sheet, self._row, column)
            put(cell, value)
            cell.alignment, cell.border = styles.WRAPPED, styles.BOX
            cells.append(cell)
        texts = [(str(value), width) for value, width in zip(values, _WIDTHS, strict=True)]
        self._sheet.row_dimensions[self._row].height = styles.row_height(*texts)
        return cells

    def finish(self) -> None:
        for letters, width in zip("ABCDEF", _WIDTHS, strict=True):
            self._sheet.column_dimensions[letters].width = width
        sheet = self._sheet
        sheet.sheet_view.showGridLines = False
        prepare_print(sheet, paper=A4, is_landscape=True)
        sheet.sheet_properties.tabColor = styles.ACCENT

    def _cell(self, column: int, value: str) -> Cell:
        self._row += 1
        cell = cell_at(self._sheet, self._row, column)
        put(cell, value)
        return cell
