"""Words of the sheets we write, in both languages, but for the instructions (`instructions`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.columns import Sheet
from skola_finance.problems import Severity, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

SHEET_TITLE: Mapping[Sheet, Text] = {
    Sheet.SESSIONS: Text(lv="Nodarbības (vienības izmaksas)", en="Sessions (unit costs)"),
    Sheet.DOCUMENTS: Text(lv="Dokumenti (faktiskās izmaksas)", en="Documents (actual costs)"),
    Sheet.PROJECTS: Text(lv="Projekti (vienreizējie maksājumi)", en="Projects (lump sums)"),
    Sheet.PLANS: Text(lv="Individuālie plāni", en="Individual plans"),
    Sheet.LINES: Text(lv="Izmaksu rindas", en="Lines of cost"),
}

SEVERITY: Mapping[Severity, Text] = {
    Severity.ERROR: Text(lv="Kļūda", en="Error"),
    Severity.WARNING: Text(lv="Brīdinājums", en="Warning"),
    Severity.INFO: Text(lv="Informācija", en="Information"),
}
FINE = Text(lv="Kārtībā", en="In order")

KEY_HEADING = Text(lv="Ziņas par pārskatu", en="Facts of the claim")
VALUE_HEADING = Text(lv="Vērtība", en="Value")
NOTE_HEADING = Text(lv="Paskaidrojums", en="Explanation")
TOTAL = Text(lv="Kopā", en="Total")
LINES = Text(lv="Rindas", en="Lines")
CLAIMED_ON = Text(lv="Pieteikts lapā {sheet}", en="Claimed on the sheet {sheet}")
CLAIMED_TOTAL = Text(lv="Pieteikts kopā, EUR", en="Claimed in total, EUR")
DIFFERENCE = Text(
    lv="Starpība ar pieteikto kopsummu, EUR", en="Difference from the declared total, EUR"
)
MUST_BE_ZERO = Text(lv="Jābūt 0,00.", en="Must be 0.00.")
COUNTED = Text(lv="Aprēķina darbgrāmata.", en="Worked out by the workbook.")

LIST_CODE = Text(lv="kods", en="code")
LIST_NAME = Text(lv="nosaukums", en="name")

CHOOSE = Text(lv="Izvēlieties vērtību no saraksta.", en="Choose a value from the list.")
NOT_IN_LIST = Text(
    lv="Šādas vērtības sarakstā nav. Pārbaude to norādīs kā kļūdu.",
    en="There is no such value in the list. The check will report it as an error.",
)
BAD_DATE = Text(
    lv="Ierakstiet datumu, piemēram, 01.07.2025.", en="Enter a date, for example 01.07.2025."
)
BAD_NUMBER = Text(lv="Ierakstiet skaitli, piemēram, 1234,56.", en="Enter a number.")
CHECK_VALUE = Text(lv="Pārbaudiet vērtību", en="Check the value")

HINT: Mapping[str, Text] = {
    "line_id": Text(
        lv="Jaunai rindai atstājiet tukšu. Piešķirto identifikatoru nemainiet.",
        en="Leave empty on a new row. Do not change one that was given.",
    ),
    "learner_ref": Text(
        lv="Tikai pseidonīms no individuālā plāna. Nekad vārds vai personas kods.",
        en="Only the pseudonym of the individual plan. Never a name or a personal code.",
    ),
    "risk_ground": Text(
        lv="Plānam, kas jau ir reģistrā, atstājiet tukšu: paliek reģistrētais pamats.",
        en="Leave empty for a plan that is in the register: the registered ground stays.",
    ),
    "specialist_ref": Text(
        lv="Tikai pseidonīms. Nekad vārds vai personas kods.",
        en="Only a pseudonym. Never a name or a personal code.",
    ),
    "session_ref": Text(
        lv="Vienāds visās vienas grupas nodarbības rindās.",
        en="The same on all rows of one group session.",
    ),
    "supplier_reg_no": Text(
        lv="Juridiskai personai 11 ciparu reģistrācijas numurs, fiziskai personai pseidonīms. "
        "Nekad personas kods.",
        en="For a legal entity the 11-digit registration number, for a natural person a "
        "pseudonym. Never a personal code.",
    ),
    "document_total": Text(
        lv="Visa dokumenta summa, arī tad, ja pieteikta tikai tās daļa.",
        en="The sum of the whole document, even where only a part is claimed.",
    ),
    "learner_grade": Text(
        lv="Klase no 1 līdz 12; profesionālajā izglītībā kurss no 1 līdz 4.",
        en="Grade 1 to 12; in vocational education year 1 to 4.",
    ),
    "learner_age": Text(
        lv="Pilni gadi norises dienā. Dzimšanas dienu nenorādiet.",
        en="Full years on the day of the activity. Do not give the birth date.",
    ),
    "unit_cost": Text(
        lv="Var atstāt tukšu, ja vienas vienības izmaksas noteiktas projektā.",
        en="May stay empty where the programme sets the unit cost.",
    ),
    "vat_amount": Text(
        lv="Pieteiktajā summā iekļautais PVN.", en="The VAT contained in the amount claimed."
    ),
    "vat_pro_rata": Text(
        lv="Procenti, piemēram, 45 %, vai separate_accounting (atsevišķa uzskaite).",
        en="Per cent, for example 45 %, or separate_accounting.",
    ),
    "corrects_line_id": Text(
        lv="Negatīvai summai: labojamās rindas identifikators.",
        en="For a negative amount: the id of the line it corrects.",
    ),
    "evidence": Text(
        lv="Dokumentu nosaukumi vai numuri, atdalīti ar semikolu.",
        en="Names or numbers of documents, with semicolons between them.",
    ),
    "note": Text(
        lv="Bez vārdiem, personas kodiem, tālruņiem un e-pasta adresēm.",
        en="No names, personal codes, phone numbers or e-mail addresses.",
    ),
    "semester": Text(
        lv="Gads un semestris, piemēram, 2025-autumn (rudens) vai 2026-spring (pavasaris).",
        en="Year and semester, for example 2025-autumn or 2026-spring.",
    ),
    "economic_code": Text(
        lv="Ekonomiskās klasifikācijas kods, 4 zīmes.", en="Economic code, 4 characters."
    ),
}
"""Shown when a cell of the column is selected."""

CLAIM_HINT: Mapping[str, Text] = {
    "programme": Text(lv="Projekta kods; nemainiet.", en="Code of the programme; do not change."),
    "agreement_no": Text(
        lv="Sadarbības līguma numurs, kā tas rakstīts līgumā.",
        en="Number of the cooperation agreement, as the agreement has it.",
    ),
    "agreement_on": Text(
        lv="Diena, kad sadarbības līgums noslēgts.",
        en="Day the cooperation agreement was concluded.",
    ),
    "partner_kind": Text(lv="Izvēlieties no saraksta.", en="Choose from the list."),
    "partner_reg_no": Text(lv="11 cipari.", en="11 digits."),
    "claim_no": Text(lv="Pārskata kārtas numurs.", en="Running number of the claim."),
    "claim_kind": Text(
        lv="Izvēlieties no saraksta; ja izmaksu nav, „nulles pārskats”.",
        en="Choose from the list; “nil” if there are no costs.",
    ),
    "period_from": Text(lv="Pārskata perioda pirmā diena.", en="First day of the period."),
    "period_to": Text(lv="Pārskata perioda pēdējā diena.", en="Last day of the period."),
    "declared_total": Text(
        lv="Kopsumma, ko parakstāt. To salīdzina ar rindu summu.",
        en="The total you sign for. It is compared with the sum of the lines.",
    ),
    "prepared_by": Text(
        lv="Tikai amats, piemēram, „galvenais grāmatvedis”. Vārdu nerakstiet.",
        en="The position only, for example “chief accountant”. No name.",
    ),
}
"""Beside each value of the sheet `Claim`."""
