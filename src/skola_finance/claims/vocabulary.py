"""The codes a claim line may hold, and their names in both languages.

The codes are public (scripts and workbooks use them); the names are what people see in
drop-downs and messages. A code column accepts exactly the codes listed here.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def _codes(*rows: tuple[str, str, str]) -> Mapping[str, Text]:
    return MappingProxyType({code: Text(lv=lv, en=en) for code, lv, en in rows})


SKOLA_KOPIENA = "skola-kopiena"
PUMPURS = "pumpurs"

PROGRAMMES = _codes(
    (SKOLA_KOPIENA, "Skola – kopienā (4.2.3.1/1/24/I/001)", "School within the community"),
    (PUMPURS, "PuMPuRS (8.3.4.0/16/I/001)", "PuMPuRS, support against early school leaving"),
)

PARTNER_KIND = _codes(
    ("municipality", "pašvaldība", "municipality"),
    ("vocational_institution", "profesionālās izglītības iestāde", "vocational institution"),
    ("general_institution", "vispārējās izglītības iestāde", "general education institution"),
    ("beneficiary", "finansējuma saņēmējs", "beneficiary"),
)

CLAIM_KIND = _codes(
    ("interim", "starpposma", "interim"),
    ("final", "noslēguma", "final"),
    ("correction", "korekcija", "correction"),
    ("nil", "nulles pārskats", "nil"),
)

ACTIVITY = _codes(
    ("reading_support", "lasītprasmes atbalsts", "reading support"),
    ("subject_consultation", "konsultācija mācību priekšmetā", "subject consultation"),
    ("specialist_support", "speciālista atbalsts", "specialist support"),
    ("mentor_support", "mentora atbalsts", "mentor support"),
    ("initiative_project", "iniciatīvu projekts", "initiative project"),
    ("partnership_project", "partnerības projekts", "partnership project"),
    ("cooperation_event", "mērķsadarbības pasākums", "targeted-cooperation event"),
    ("education_event", "izglītojošs pasākums", "educational event"),
    ("reading_event", "lasītprasmes veicināšanas pasākums", "reading promotion event"),
    ("venue", "pasākuma norises telpas", "event venue"),
    ("supervision", "supervīzija", "supervision"),
    ("sector_cooperation", "starpnozaru sadarbība", "cross-sector cooperation"),
    ("mentor_programme", "mentoru mācību programma", "mentor training programme"),
    ("interactive_tool", "interaktīvais rīks", "interactive tool"),
    ("central_event", "finansējuma saņēmēja pasākums", "beneficiary's event"),
    ("communication", "komunikācija", "communication"),
    ("management", "projekta vadība un īstenošana", "project management"),
    ("indirect", "netiešās izmaksas", "indirect costs"),
    ("consultation", "konsultācija", "consultation"),
    ("transport", "transporta izmaksu kompensācija", "transport compensation"),
    ("special_transport", "speciālais transports", "special transport"),
    ("lodging", "naktsmītne", "lodging"),
    ("meals", "ēdināšana", "meals"),
    ("learning_materials", "individuālie mācību līdzekļi", "individual learning materials"),
    ("individual_items", "individuālās lietošanas priekšmeti", "individual-use items"),
    ("youth_project", "jauniešu iniciatīvu projekts", "youth initiative project"),
)

COST_FORM = _codes(
    ("actual", "faktiskās izmaksas", "actual cost"),
    ("unit_cost", "vienības izmaksas", "unit cost"),
    ("flat_rate", "vienotā likme", "flat rate"),
    ("lump_sum", "vienreizējais maksājums", "lump sum"),
)

SUPPLIER_KIND = _codes(
    ("entity", "juridiska persona", "legal entity"),
    ("person", "fiziska persona", "natural person"),
)

FOUNDER = _codes(
    ("municipal", "pašvaldība", "municipality"),
    ("state", "valsts", "state"),
    ("state_university", "valsts augstskola", "state university"),
    ("private", "privātpersona", "private"),
)

EDUCATION_PROGRAMME = _codes(
    ("general", "vispārējā izglītība", "general education"),
    ("vocational", "profesionālā izglītība", "vocational education"),
    ("preschool", "pirmsskolas izglītība", "pre-school education"),
    (
        "vocationally_oriented",
        "profesionālās ievirzes izglītība",
        "vocationally oriented education",
    ),
    ("professional_development", "profesionālā pilnveide", "professional development"),
    ("further_education", "profesionālā tālākizglītība", "further education"),
    ("higher", "augstākā izglītība", "higher education"),
)

STUDY_FORM = _codes(
    ("full_time", "klātiene", "full-time attendance"),
    ("part_time", "neklātiene", "part-time"),
    ("distance", "tālmācība", "distance learning"),
)

RISK_GROUND = _codes(
    ("social_exclusion", "sociālās atstumtības risks", "risk of social exclusion"),
    ("early_leaving", "priekšlaicīgas mācību pārtraukšanas risks", "risk of early school leaving"),
    (
        "repeats_grade_9",
        "saņemta tikai liecība, atkārtoti mācās 9. klasē",
        "report card only, repeats grade 9",
    ),
    (
        "vet_entrant_report_card",
        "saņemta tikai liecība, uzņemts profesionālajā izglītībā",
        "report card only, admitted to vocational education",
    ),
    ("none", "nav konstatēts", "none identified"),
)

SPECIALIST = _codes(
    ("teacher", "pedagogs", "teacher"),
    ("psychologist", "izglītības psihologs", "educational psychologist"),
    ("social_pedagogue", "sociālais pedagogs", "social pedagogue"),
    ("teacher_assistant", "pedagoga palīgs", "teacher assistant"),
    ("special_education_teacher", "speciālais pedagogs", "special education teacher"),
    ("career_counsellor", "pedagogs karjeras konsultants", "career counsellor"),
    ("librarian", "bibliotekārs", "librarian"),
    ("speech_therapist", "skolotājs logopēds", "speech therapist"),
    ("sign_language_interpreter", "surdotulks", "sign-language interpreter"),
    ("occupational_therapist", "ergoterapeits", "occupational therapist"),
    ("mentor", "izglītojamo mentors", "learner mentor"),
    ("supervisor", "supervizors", "supervisor"),
    ("assistant", "asistents", "assistant"),
)

VAT_RECOVERABLE = _codes(
    ("no", "nav atgūstams", "not recoverable"),
    ("partly", "daļēji atgūstams", "partly recoverable"),
    ("yes", "atgūstams", "recoverable"),
)

OTHER_FUNDING = _codes(
    ("none", "nav", "none"),
    ("state", "valsts budžets", "state budget"),
    ("municipal", "pašvaldības budžets", "municipal budget"),
    ("eu", "cits ES atbalsts", "other EU support"),
)

INSTITUTION_KIND = _codes(
    ("basic_school", "pamatskola", "basic school"),
    ("secondary_school", "vidusskola", "secondary school"),
    ("vocational", "profesionālās izglītības iestāde", "vocational institution"),
)

TICKET_KIND = _codes(
    ("intercity", "starppilsētu vai starpnovadu biļete", "inter-city ticket"),
    ("city", "pilsētas sabiedriskā transporta biļete", "city public transport ticket"),
)

INCOME_STATUS = _codes(
    ("needy", "trūcīga mājsaimniecība", "needy household"),
    ("low_income", "maznodrošināta mājsaimniecība", "low-income household"),
    ("none", "nav statusa", "no status"),
)

YES_NO = _codes(("yes", "jā", "yes"), ("no", "nē", "no"))

EMPLOYMENT_FORM = _codes(
    ("employment", "darba līgums", "employment contract"),
    ("appointment", "rīkojums par iecelšanu", "appointment order"),
    ("other", "cita forma", "other form"),
)

BUDGET_BUCKET = _codes(
    ("eligible", "attiecināmās izmaksas", "eligible costs"),
    (
        "state_only",
        "neattiecināmās izmaksas, ko sedz valsts budžets",
        "non-eligible costs borne by the state budget",
    ),
)

INDIVIDUAL_SUPPORT = (
    "reading_support",
    "subject_consultation",
    "specialist_support",
    "mentor_support",
    "consultation",
)
"""Activities counted in hours per learner, of both programmes."""

ACTION_BY_ACTIVITY: Mapping[str, str] = MappingProxyType(
    {
        "reading_support": "individual_support",
        "subject_consultation": "individual_support",
        "specialist_support": "individual_support",
        "mentor_support": "individual_support",
        "initiative_project": "projects",
        "partnership_project": "projects",
        "cooperation_event": "events",
        "education_event": "events",
        "reading_event": "events",
        "venue": "events",
    },
)
"""The action quota (MK 483 par. 35.5) each partner activity is charged to."""

ACTIONS = _codes(
    ("individual_support", "individuālais atbalsts", "individual support"),
    ("projects", "projekti", "projects"),
    ("events", "pasākumi", "events"),
)
