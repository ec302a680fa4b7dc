"""Every `WBK` problem of a workbook in one table: code, severity, what, what to do.

Amounts that cannot be read are `WBK-431` and `WBK-432`; their texts belong to `money`. Values are
put in by `fault`; a value that may be personal data never gets here (`cells`).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Problem, Severity, SkolaError, Text, Where

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnusableWorkbook(SkolaError):
    """The file cannot be read as a claim at all; carries the one problem that says why."""


class UnwritableWorkbook(SkolaError):
    """The file could not be written; what stood there before is untouched."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: its severity and texts with places for values."""

    severity: Severity
    message: Text
    hint: Text


_NOWHERE = Where()
_USE_TEMPLATE_LV = "Iegūstiet jaunu veidni („skola-finance template”) un pārnesiet tajā rindas."
_USE_TEMPLATE_EN = "Get a fresh template (“skola-finance template”) and move your rows into it."


def _error(*, lv: str, en: str, do_lv: str, do_en: str) -> Fault:
    return Fault(Severity.ERROR, Text(lv=lv, en=en), Text(lv=do_lv, en=do_en))


def _warning(*, lv: str, en: str, do_lv: str, do_en: str) -> Fault:
    return Fault(Severity.WARNING, Text(lv=lv, en=en), Text(lv=do_lv, en=do_en))


FAULTS: Mapping[str, Fault] = MappingProxyType(
    {
        # ── the file is unusable (exit code 2) ───────────────────────────────────────────────
        "WBK-401": _error(
            lv="Datni nevar atvērt.",
            en="The file cannot be opened.",
            do_lv="Pārbaudiet datnes nosaukumu un to, vai datne nav aizņemta citā programmā.",
            do_en="Check the file name, and that no other program holds the file.",
        ),
        "WBK-402": _error(
            lv="Datne ir tukša (0 baitu).",
            en="The file is empty (0 bytes).",
            do_lv="Saglabājiet darbgrāmatu vēlreiz un iesniedziet saglabāto datni.",
            do_en="Save the workbook again and hand in the saved file.",
        ),
        "WBK-403": _error(
            lv="Datne nav Excel darbgrāmata (.xlsx).",
            en="The file is not an Excel workbook (.xlsx).",
            do_lv="Atveriet datni programmā Excel vai LibreOffice un saglabājiet to kā "
            "„Excel darbgrāmata (*.xlsx)”.",
            do_en="Open it in Excel or LibreOffice and save it as “Excel Workbook (*.xlsx)”.",
        ),
        "WBK-404": _error(
            lv="Darbgrāmata ir šifrēta ar paroli, tāpēc to nevar nolasīt.",
            en="The workbook is encrypted with a password, so it cannot be read.",
            do_lv="Noņemiet paroli (Fails › Informācija › Aizsargāt darbgrāmatu › Šifrēt ar "
            "paroli) un saglabājiet datni vēlreiz.",
            do_en="Remove the password (File › Info › Protect Workbook › Encrypt with Password) "
            "and save the file again.",
        ),
        "WBK-405": _error(
            lv="Datne ir vecā formāta darbgrāmata (.xls).",
            en="The file is a workbook of the old format (.xls).",
            do_lv="Atveriet to programmā Excel vai LibreOffice un saglabājiet kā "
            "„Excel darbgrāmata (*.xlsx)”.",
            do_en="Open it in Excel or LibreOffice and save it as “Excel Workbook (*.xlsx)”.",
        ),
        "WBK-406": _error(
            lv="Darbgrāmata ir pārāk liela: {found}. Pieļaujams: {limits}.",
            en="The workbook is too large: {found}. Allowed: {limits}.",
            do_lv="Izdzēsiet attēlus un liekās lapas vai sadaliet pārskatu vairākās darbgrāmatās.",
            do_en="Remove pictures and surplus sheets, or divide the claim into several workbooks.",
        ),
        "WBK-407": _error(
            lv="Šūna {cell} atrodas tālu ārpus tabulas. Pieļaujams: {limits}.",
            en="Cell {cell} lies far outside the table. Allowed: {limits}.",
            do_lv="Izdzēsiet šīs šūnas saturu (atlasiet rindu vai kolonnu, izvēlieties „Dzēst”) "
            "un saglabājiet datni vēlreiz.",
            do_en="Clear that cell (select its row or column, choose “Delete”) and save the file "
            "again.",
        ),
        "WBK-408": _error(
            lv="Darbgrāmatas datne ir bojāta.",
            en="The file of the workbook is damaged.",
            do_lv="Atveriet datni programmā Excel, ļaujiet to salabot un saglabājiet vēlreiz.",
            do_en="Open the file in Excel, let it be repaired and save it again.",
        ),
        "WBK-409": _error(
            lv="Darbgrāmatā nav lapas „Claim” (ziņas par pārskatu).",
            en="The workbook has no sheet “Claim” (the facts of the claim).",
            do_lv=_USE_TEMPLATE_LV,
            do_en=_USE_TEMPLATE_EN,
        ),
        "WBK-410": _error(
            lv="Darbgrāmatā nav nevienas lapas ar rindām: „Sessions”, „Documents”, „Projects” "
            "vai „Lines”.",
            en="The workbook has no sheet with lines: “Sessions”, “Documents”, “Projects” or "
            "“Lines”.",
            do_lv="Atjaunojiet lapas nosaukumu. " + _USE_TEMPLATE_LV,
            do_en="Restore the name of the sheet. " + _USE_TEMPLATE_EN,
        ),
        "WBK-411": _error(
            lv="Slēptajā 1. rindā nav atpazīta neviena kolonnas atslēga.",
            en="No column key is recognised in the hidden row 1.",
            do_lv="Atjaunojiet 1. rindu no veidnes (to parāda „Neslēpt rindas”). "
            + _USE_TEMPLATE_LV,
            do_en="Restore row 1 from the template (“Unhide rows” shows it). " + _USE_TEMPLATE_EN,
        ),
        "WBK-412": _error(
            lv="Trūkst obligātās kolonnas „{label}” ({key}).",
            en="The required column “{label}” ({key}) is missing.",
            do_lv="Pievienojiet kolonnu un ierakstiet tās 1. (slēptajā) rindā atslēgu {key}.",
            do_en="Add the column and enter the key {key} in its row 1 (hidden).",
        ),
        "WBK-413": _error(
            lv="Kolonna „{label}” ({key}) ir divreiz: {first} un {second}.",
            en="The column “{label}” ({key}) stands twice: {first} and {second}.",
            do_lv="Atstājiet vienu no tām; otru izdzēsiet vai izdzēsiet tās atslēgu 1. (slēptajā) "
            "rindā.",
            do_en="Keep one of them; delete the other, or its key in row 1 (hidden).",
        ),
        "WBK-414": _error(
            lv="Lapā „Claim” nav norādīts projekts (programme).",
            en="The sheet “Claim” does not name the programme.",
            do_lv="Ierakstiet blakus atslēgai programme vienu no šiem: {allowed}.",
            do_en="Enter one of these beside the key programme: {allowed}.",
        ),
        "WBK-415": _error(
            lv="Projekts „{value}” (programme) nav zināms.",
            en="The programme “{value}” is not known.",
            do_lv="Ierakstiet vienu no šiem: {allowed}.",
            do_en="Enter one of these: {allowed}.",
        ),
        "WBK-416": _error(
            lv="Darbgrāmata ir projektam {found}, bet pārbaudāms ir projekts {asked}.",
            en="The workbook is for the programme {found}, but {asked} was asked for.",
            do_lv="Pārbaudiet, vai izvēlēta īstā datne, un norādiet projektu {found}.",
            do_en="Check that it is the right file, and ask for the programme {found}.",
        ),
        "WBK-417": _error(
            lv="Atslēga „{label}” ({key}) lapā „Claim” ir divreiz: {first}. un {second}. rindā.",
            en="The key “{label}” ({key}) stands twice in the sheet “Claim”: rows {first} and "
            "{second}.",
            do_lv="Atstājiet vienu no tām.",
            do_en="Keep one of them.",
        ),
        "WBK-419": _error(
            lv="Datni nevar saglabāt.",
            en="The file cannot be saved.",
            do_lv="Pārbaudiet, vai mape pastāv un ir rakstāma un vai datne nav atvērta citā "
            "programmā.",
            do_en="Check that the folder exists and can be written to, and that no other program "
            "holds the file.",
        ),
        # ── a cell cannot be read (the line is rejected, the others are judged) ──────────────
        "WBK-420": _error(
            lv="Šūnā ir formula bez saglabāta rezultāta.",
            en="The cell holds a formula without a stored result.",
            do_lv="Atveriet darbgrāmatu programmā Excel, pārrēķiniet (F9) un saglabājiet, vai "
            "ierakstiet vērtību formulas vietā.",
            do_en="Open the workbook in Excel, recalculate (F9) and save it, or enter the value "
            "in place of the formula.",
        ),
        "WBK-421": _error(
            lv="Šūnā ir kļūda {value}.",
            en="The cell holds the error {value}.",
            do_lv="Salabojiet formulu vai ierakstiet vērtību.",
            do_en="Mend the formula, or enter the value.",
        ),
        "WBK-422": _error(
            lv="„{value}” nav datums.",
            en="“{value}” is not a date.",
            do_lv="Ierakstiet datumu ar četru ciparu gadu, piemēram, 01.07.2025.",
            do_en="Enter a date with a four-digit year, for example 01.07.2025 or 2025-07-01.",
        ),
        "WBK-423": _error(
            lv="Tāda datuma nav: {value}.",
            en="There is no such date: {value}.",
            do_lv="Pārbaudiet dienu un mēnesi.",
            do_en="Check the day and the month.",
        ),
        "WBK-424": _error(
            lv="„{value}” nav pulksteņa laiks.",
            en="“{value}” is not a time of day.",
            do_lv="Ierakstiet stundas un minūtes, piemēram, 14:30.",
            do_en="Enter hours and minutes, for example 14:30.",
        ),
        "WBK-425": _error(
            lv="„{value}” nav vesels skaitlis no 0 līdz 99 999.",
            en="“{value}” is not a whole number from 0 to 99,999.",
            do_lv="Ierakstiet tikai veselu skaitli, piemēram, 9.",
            do_en="Enter a whole number alone, for example 9.",
        ),
        "WBK-426": _error(
            lv="Daudzumu „{value}” nevar nolasīt: vajadzīgs skaitlis ar ne vairāk kā trim "
            "cipariem aiz komata, un jābūt skaidram, kas atdala tūkstošus un kas decimāldaļu.",
            en="The quantity “{value}” cannot be read: it must be a number with at most three "
            "decimals, and it must be clear what separates thousands and what decimals.",
            do_lv="Ierakstiet skaitli, piemēram, 1,5. Punkts pirms trim cipariem nav viennozīmīgs.",
            do_en="Enter a number, for example 1.5. A point before three digits is ambiguous.",
        ),
        "WBK-427": _error(
            lv="Vērtība „{value}” sarakstā nav paredzēta. Atļautās: {allowed}.",
            en="The value “{value}” is not in the list. Allowed: {allowed}.",
            do_lv="Izvēlieties vērtību no šūnas saraksta.",
            do_en="Choose a value from the list in the cell.",
        ),
        "WBK-428": _error(
            lv="Vērtība „{value}” šeit nav teksts: {reason}.",
            en="The value “{value}” is no text here: {reason}.",
            do_lv="Formatējiet šūnu kā tekstu un ierakstiet vērtību vēlreiz.",
            do_en="Format the cell as text and enter the value again.",
        ),
        "WBK-429": _error(
            lv="Skaitlim „{value}” jābūt mazākam par 100 000.",
            en="The number “{value}” must be below 100,000.",
            do_lv="Pārbaudiet, vai nav liekas nulles un vai nav pazudis decimālais komats.",
            do_en="Check for surplus zeros or a lost decimal separator.",
        ),
        "WBK-430": _warning(
            lv="Kolonna „{value}” nav zināma, tāpēc netiek lasīta.",
            en="The column “{value}” is not known and is not read.",
            do_lv="Ja tajā ir kas pārbaudāms, pārnesiet to veidnes kolonnā; citādi tā var palikt.",
            do_en="If it holds something to be checked, move it to a column of the template; "
            "otherwise it may stay.",
        ),
        "WBK-433": _error(
            lv="Dzimšanas dienu nevar izmantot: {reason}.",
            en="The birth date cannot be used: {reason}.",
            do_lv="Labojiet dzimšanas dienu vai tās vietā norādiet vecumu norises dienā "
            "(learner_age).",
            do_en="Correct the birth date, or give the age on the day (learner_age) instead.",
        ),
        "WBK-434": _warning(
            lv="Atslēga „{value}” lapā „Claim” nav zināma, tāpēc netiek lasīta.",
            en="The key “{value}” in the sheet “Claim” is not known and is not read.",
            do_lv="Pārbaudiet, vai atslēga nav nejauši mainīta.",
            do_en="Check that the key was not changed by accident.",
        ),
        "WBK-435": _warning(
            lv="Darbgrāmatā nav nevienas aizpildītas rindas.",
            en="The workbook has no filled line.",
            do_lv="Rindas sākas ar 3. rindu. Ja izmaksu nav, norādiet pārskata veidu „nulles "
            "pārskats”.",
            do_en="Lines begin in row 3. If there are no costs, choose “nil” as the kind of claim.",
        ),
        "WBK-436": _error(
            lv="Rindas identifikators „{value}” jau ir lapas „{sheet}” {row}. rindā.",
            en="The line id “{value}” stands already in row {row} of the sheet “{sheet}”.",
            do_lv="Piešķiriet katrai rindai savu identifikatoru vai nokopētas rindas šūnu "
            "atstājiet tukšu.",
            do_en="Give each row an id of its own, or leave the cell of a copied row empty.",
        ),
        "WBK-437": _error(
            lv="Pārskata veids ir „nulles pārskats”, bet darbgrāmatā ir aizpildītas rindas "
            "(skaits: {count}).",
            en="The kind of claim is “nil”, but the workbook has filled lines ({count} of them).",
            do_lv="Izvēlieties citu pārskata veidu vai izdzēsiet rindas: nulles pārskatā to nav.",
            do_en="Choose another kind of claim, or delete the lines: a nil claim has none.",
        ),
        # ── personal data outside the lines; on a line the rule CLM-211 makes the finding ────
        "CLM-211": _error(
            lv="Personas dati {place}: {kind}.",
            en="Personal data {place}: {kind}.",
            do_lv="Izdzēsiet tos; izglītojamo un speciālistu apzīmējiet ar pseidonīmu.",
            do_en="Delete them; refer to learners and specialists by their pseudonyms.",
        ),
    },
)
"""Every fault by its code."""


def fault(code: str, *, where: Where = _NOWHERE, **values: str) -> Problem:
    """Make the problem of one fault; values fill the places in its texts."""
    return fault_of(code, values, where=where)


def fault_of(code: str, values: Mapping[str, str], *, where: Where = _NOWHERE) -> Problem:
    """Make the problem of one fault from a mapping of values."""
    kind = FAULTS[code]
    return Problem(
        code=code,
        severity=kind.severity,
        message=_filled(kind.message, values),
        hint=_filled(kind.hint, values),
        where=where,
    )


def unusable(code: str, *, where: Where = _NOWHERE, **values: str) -> UnusableWorkbook:
    """Make the exception of a file that cannot be read at all."""
    return UnusableWorkbook(fault(code, where=where, **values))


def _filled(text: Text, values: Mapping[str, str]) -> Text:
    return Text(
        lv=text.lv.format_map(_in_language(values, "lv")),
        en=text.en.format_map(_in_language(values, "en")),
    )


def _in_language(values: Mapping[str, str], language: str) -> dict[str, str]:
    """Let `{label}` stand for the value `label_lv` in Latvian and `label_en` in English."""
    suffix = f"_{language}"
    own = {key.removesuffix(suffix): value for key, value in values.items() if key.endswith(suffix)}
    return {**values, **own}
