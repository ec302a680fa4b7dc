"""What people call the inputs of commands and forms; a refusal names them so.

The names in the code stay the subject of the problem: programs know inputs by them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.problems import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def field_label(name: str) -> Text:
    """Give what people call an input: `answer-publicity` is an answer, and `cents:SK-1` a sum.

    Returns: the name itself where it has no other: such inputs are typed by programs alone.
    """
    known = LABELS.get(name) or LABELS.get(name.partition("-")[0].partition(":")[0])
    return known or Text(lv=name, en=name)


def _labels(**names: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({name: Text(lv=lv, en=en) for name, (lv, en) in names.items()})


_SUM, _PARTNER, _QUOTA = ("Summa", "Amount"), ("Partneris", "Partner"), ("Kvota", "Quota")
_NUMBER, _KIND, _ACT = ("Numurs", "Number"), ("Veids", "Kind"), ("Darbība", "Act")
_LINES, _LINE = ("Rindas", "Lines"), ("Rinda", "Line")
_CLAIM, _ORDER = ("Pārskats", "Claim"), ("Maksājuma rīkojums", "Payment order")
_LAST_DAY, _FIRST_DAY = ("Pēdējā diena", "Last day"), ("Pirmā diena", "First day")
_REG_NO, _FILE = ("Reģistrācijas numurs", "Registration number"), ("Datne", "File")
_PASSWORD, _CODE = ("Parole", "Password"), ("Otrā faktora kods", "Code of the second factor")

LABELS = _labels(
    act=_ACT,
    activity=("Darbība", "Activity"),
    advance=("Avanss", "Advance"),
    after=("Lapa", "Page"),
    again=("Jaunā parole vēlreiz", "New password once more"),
    amendment=("Grozījums", "Amendment"),
    amount=_SUM,
    amount_cents=_SUM,
    answer=("Atbilde", "Answer"),
    answer_by=("Atbildēt līdz", "Answer by"),
    answers=("Kontrollapas atbildes", "Answers of the checklist"),
    approved=("Apstiprinātā summa", "Approved sum"),
    approved_cents=("Apstiprinātā summa", "Approved sum"),
    asked=("Pieprasītā summa", "Sum asked for"),
    asked_cents=("Pieprasītā summa", "Sum asked for"),
    bank_account=("Konts", "Account"),
    batch=("Maksājumu datne", "Payment file"),
    before=("Lapa", "Page"),
    by=("Sadalījums pa", "Told apart by"),
    cents=_SUM,
    change=("Izmaiņa", "Change"),
    change_cents=("Izmaiņa", "Change"),
    changed=_LINES,
    checklist=("Kontrollapa", "Checklist"),
    claim=_CLAIM,
    claim_no=("Pārskata numurs", "Number of the claim"),
    clarification=("Jautājums", "Question"),
    code=_CODE,
    command=_ACT,
    conflicts=("Abās vietās mainītās rindas", "Lines changed in both places"),
    content=_FILE,
    correction=("Korekcija", "Correction"),
    credit_note_no=("Kredītrēķina numurs", "Number of the credit note"),
    day=("Diena", "Day"),
    declared_cents=("Pieteiktā kopsumma", "Declared total"),
    decision=("Lēmums un tā pamatojums", "Decision and its reasons"),
    dispute_clause=("Strīdi", "Disputes"),
    disputed=("Rinda un noteikums", "Line and rule"),
    do=_ACT,
    document=("Dokuments", "Document"),
    effective_on=("Stājas spēkā", "Has effect on"),
    ends=("Līdz (šo dienu neieskaitot)", "Until, without that day"),
    executed_on=("Banka samaksāja", "Paid by the bank on"),
    expected_cents=("Redzētā summa", "Sum that was seen"),
    expires_on=("Līdz", "Until"),
    file_name=("Datnes nosaukums", "Name of the file"),
    files=("Datnes", "Files"),
    finding=("Konstatējums", "Finding"),
    founder=("Dibinātājs", "Founder"),
    giver=("No partnera", "From the partner"),
    giver_quota=("No kvotas", "From the quota"),
    held_on=("Notikusi", "Held on"),
    holds=("Lēmums", "It is decided that"),
    iban=("Konts (IBAN)", "Account (IBAN)"),
    in_force_until=("Spēkā līdz", "In force until"),
    instalments=("Daļu skaits", "Number of instalments"),
    institution=("Skola", "School"),
    institution_reg_no=("Skola", "School"),
    irregularity=("Neatbilstība", "Irregularity"),
    iso_code=("Teritorijas kods (ISO 3166-2)", "Territory code (ISO 3166-2)"),
    item=("Kontrollapas jautājums", "Item of the checklist"),
    joined_on=_FIRST_DAY,
    key=("Apzīmējums", "Key"),
    kind=_KIND,
    learner_ref=("Izglītojamā pseidonīms", "Learner's pseudonym"),
    left_on=_LAST_DAY,
    letter=("Vēstule", "Letter"),
    limit=("Katrai rindai attiecināms ne vairāk kā", "At most eligible of each line"),
    limit_cents=("Katrai rindai attiecināms ne vairāk kā", "At most eligible of each line"),
    line=_LINE,
    line_id=_LINE,
    line_ids=_LINES,
    lines=_LINES,
    login=("Lietotājvārds", "Login"),
    machine=_KIND,
    method=("Kā izvēlētas rindas", "How the lines are chosen"),
    name=("Nosaukums", "Name"),
    note=("Piezīme", "Note"),
    number=_NUMBER,
    objection=("Iebildums", "Objection"),
    on=("Diena", "Day"),
    order=_ORDER,
    partner=_PARTNER,
    password=_PASSWORD,
    password_hash=_PASSWORD,
    pay_on=("Maksājuma diena", "To be paid on"),
    payer=("Maksātājs", "Payer"),
    payer_iban=("Maksātāja konts (IBAN)", "Payer's account (IBAN)"),
    period_from=("Periods no", "Period from"),
    period_to=("Periods līdz (ieskaitot)", "Period to (inclusive)"),
    place=("Vieta", "Place"),
    plan_from=_FIRST_DAY,
    plan_no=("Plāna numurs", "Plan number"),
    plan_to=_LAST_DAY,
    planned_on=("Plānotā diena", "Planned for"),
    present=("Pašreizējā parole", "Present password"),
    present_code=_CODE,
    programme=("Programma", "Programme"),
    project_no=("Projekta numurs", "Project number"),
    quantity=("Daudzums", "Quantity"),
    question=("Jautājums", "Question"),
    quota=_QUOTA,
    rate=("Likme", "Rate"),
    reason=("Pamatojums", "Reason"),
    reasons=("Pamatojums", "Reasons"),
    received_on=("Saņemts", "Received on"),
    receiver=("Saņēmējs partneris", "Receiving partner"),
    receiver_quota=("Uz kvotu", "To the quota"),
    recommended=("Ieteiktā summa", "Recommended sum"),
    recommended_cents=("Ieteiktā summa", "Recommended sum"),
    recovery=("Atgūšana", "Recovery"),
    recovery_terms=("Atmaksa", "Repayment"),
    reg_no=_REG_NO,
    removed=_LINES,
    repaid_on=("Saņemts", "Received on"),
    repay_by=("Jāatmaksā līdz", "To be repaid by"),
    reported=("Projekta izmaksas", "What the project has cost"),
    reported_cents=("Projekta izmaksas", "What the project has cost"),
    retention_until=("Dokumentus glabā līdz", "Documents are kept until"),
    returned_on=("Atgriezts", "Came back on"),
    reviewer=("Pārbaudītāja lietotājvārds", "Login of the reviewer"),
    risk_ground=("Riska pamatojums", "Risk ground"),
    role=("Loma", "Role"),
    row_version=("Izlasītā redakcija", "Version that was read"),
    rule_code=("Noteikums", "Rule"),
    scopes=("Tiesības", "Scopes"),
    secret=("Otrā faktora atslēga", "Key of the second factor"),
    seed=("Izlases sākumskaitlis", "Seed of the sample"),
    semester=("Semestris", "Semester"),
    setting=("Parametrs", "Setting"),
    sha256=("SHA-256 kontrolsumma", "SHA-256"),
    signed_on=("Noslēgšanas diena", "Signed on"),
    signing_body=("Kas parakstījis partnera vārdā", "Who signed for the partner"),
    sample_size=("Izlases lielums", "Size of the sample"),
    size=("Lielums", "Size"),
    source=("Pamatojošais dokuments", "Document that says so"),
    spot_check=("Pārbaude uz vietas", "Check on the spot"),
    starts=("No dienas", "From the day"),
    statement=("Konta izraksts", "Bank statement"),
    subject=("Ko pārbauda", "What is looked at"),
    successor=("Tiesību pārņēmējs", "Successor"),
    supports=("Atbalsts", "Supports"),
    suspicion=("Par ko ir aizdomas", "What is suspected"),
    title=("Nosaukums", "Title"),
    token=("Piekļuves marķieris", "Token"),
    token_digest=("Piekļuves marķieris", "Token"),
    value=("Vērtība", "Value"),
    workbook=("Darbgrāmata", "Workbook"),
)
"""By the names of inputs. Where forms differ in the word, the commonest."""
