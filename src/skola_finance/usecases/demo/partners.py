"""Opening the demo's programmes: settings, money, partners, schools and accounts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from stdnum.iban import calc_check_digits

from skola_finance.ledger import Quota
from skola_finance.rulebook import load_rulebook, load_settings
from skola_finance.usecases.demo.people import PUMPURS, SK, SLUGS, Demo
from skola_finance.usecases.demo.sources import (
    DemoPartner,
    demo_file,
    demo_partners,
    demo_schools,
    demo_shares,
)
from skola_finance.usecases.in_force import OF_PARTNERS
from skola_finance.usecases.partners.agreements import (
    CHECKLIST,
    prepare_succession,
    sign_agreement,
    succeed_partner,
)
from skola_finance.usecases.partners.bank_accounts import confirm_iban, propose_iban
from skola_finance.usecases.partners.register import add_institution, register_partner
from skola_finance.usecases.programmes.allocations import (
    confirm_amendment,
    propose_allocation,
    propose_envelope,
)
from skola_finance.usecases.programmes.opening import open_programme
from skola_finance.usecases.programmes.settings import confirm_setting, propose_setting

if TYPE_CHECKING:
    from skola_finance.rulebook import Setting

BEGINS = {PUMPURS: date(2017, 9, 11), SK: date(2025, 5, 8)}
ENVELOPE_CENTS = {PUMPURS: 3_000_000_000, SK: 838_000_000}
ENVELOPE_SOURCE = {
    PUMPURS: "Demonstrācijas pieņēmums: partneriem paredzētā summa nav atrasta",
    SK: "Rēzeknes novada pašvaldības informācija par projektu „Skola – kopienā” (2025)",
}
EXAMPLE = "Demonstrācijas pieņēmums: sadale pēc weights.csv"
FIXED = {SLUGS["rezekne"]: 10_125_350}
"""What the demo fixes instead of the share by weight, in cents."""
EVENTS = {SLUGS["daugavpils"]: 1_674_249}
WHOLE = {SLUGS["jelgava"]: 46_000_000}
_TERMS = {
    "deadline.file_claim.working_days": "15",
    "deadline.review_claim.working_days": "20",
    "deadline.pay_claim.working_days": "10",
    "deadline.use_bank_account.working_days": "5",
}


def open_demo_programme(demo: Demo, programme: str) -> None:
    """Open a programme with its settings and envelope."""
    demo.go_to(BEGINS[programme])
    demo.do("programme_manager", open_programme, programme=programme)
    rulebook = load_rulebook(programme)
    for one in load_settings(demo_file("demo_programme/settings.toml"), rulebook=rulebook):
        if not one.key.startswith(OF_PARTNERS) or _is_semester(one):
            _enter(demo, programme, one.key, one.text, one)
    for key, value in _TERMS.items():
        _enter(demo, programme, key, value, None)
    for parameter in rulebook.parameters:
        for offered in parameter.offered:
            _enter(demo, programme, offered.key, offered.text, None, source=offered.source)
    demo.two(
        propose_envelope,
        confirm_amendment,
        "amendment",
        programme=programme,
        change_cents=ENVELOPE_CENTS[programme],
        effective_on=BEGINS[programme],
        source=ENVELOPE_SOURCE[programme],
    )


def _is_semester(one: Setting) -> bool:
    return one.key.startswith("allocation.") and one.key.count(".") > 1


def _enter(
    demo: Demo, programme: str, key: str, value: str, like: Setting | None, *, source: str = ""
) -> None:
    demo.two(
        propose_setting,
        confirm_setting,
        "setting",
        programme=programme,
        key=key,
        value=value,
        source=like.source if like is not None else source or "Demonstrācijas pieņēmums",
        starts=like.starts if like is not None else None,
        ends=like.ends if like is not None else None,
        illustrative=like.illustrative if like is not None else True,
    )


def register_demo_partners(demo: Demo, programme: str) -> None:
    """Register every partner of a programme, in the order in which they signed."""
    shares = demo_shares()
    rows = [row for row in demo_partners() if row.programme == programme]
    waiting = [row for row in rows if row.successor]
    for place, row in enumerate(sorted(rows, key=lambda each: each.agreement_on), start=1):
        for old in waiting:
            if row.agreement_on > old.agreement_to:
                waiting.remove(old)
                succeed(demo, old)
        demo.go_to(row.agreement_on)
        _register(demo, row, place)
        cents = WHOLE.get(row.reg_no) or FIXED.get(row.reg_no) or shares.get(row.name, 0)
        quota = Quota.UNDIVIDED if programme == PUMPURS else Quota.INDIVIDUAL_SUPPORT
        allocate(demo, programme, row.reg_no, quota, cents)
        if row.reg_no in EVENTS:
            allocate(demo, programme, row.reg_no, Quota.EVENTS, EVENTS[row.reg_no])


def succeed(demo: Demo, old: DemoPartner) -> None:
    """Let a partner be taken over on the day after its agreement ends: Varakļāni by Madona."""
    on = old.agreement_to + timedelta(days=1)
    demo.do(
        "programme_manager",
        prepare_succession,
        programme=old.programme,
        number=old.agreement_no,
        successor=old.successor,
        on=on,
        source="Administratīvo teritoriju un apdzīvoto vietu likums",
    )
    demo.go_to(on)
    demo.do("agency_approver", succeed_partner, programme=old.programme, number=old.agreement_no)


def _register(demo: Demo, row: DemoPartner, place: int) -> None:
    is_new = row.reg_no not in demo.registered
    if is_new:
        demo.registered.add(row.reg_no)
        demo.do(
            "programme_manager",
            register_partner,
            reg_no=row.reg_no,
            name=row.name,
            kind=row.kind,
            iso_code=row.iso_code,
        )
    demo.do(
        "programme_manager",
        sign_agreement,
        programme=row.programme,
        partner=row.reg_no,
        number=row.agreement_no,
        signed_on=row.agreement_on,
        signing_body="domes priekšsēdētājs",
        checklist=dict.fromkeys(CHECKLIST, True),
        in_force_until=row.agreement_to,
        retention_until=date(2035, 12, 31),
        dispute_clause="strīdus izskata tiesa Latvijas Republikas tiesību aktos noteiktajā kārtībā",
        recovery_terms="neatbilstošos izdevumus atmaksā mēneša laikā vai ietur no maksājuma",
    )
    for school in demo_schools():
        if (school.programme, school.partner) == (row.programme, row.reg_no):
            demo.do(
                "programme_manager",
                add_institution,
                programme=row.programme,
                partner=row.reg_no,
                reg_no=school.reg_no,
                name=school.name,
                founder=school.founder,
                kind=school.kind,
                joined_on=school.joined_on,
            )
    if is_new:
        proposed = demo.do(
            "agency_treasurer",
            propose_iban,
            partner=row.reg_no,
            iban=demo_iban(place),
            source="pašvaldības iesniegums",
        )
        demo.do(
            "programme_manager",
            confirm_iban,
            bank_account=proposed["bank_account"],
            programme=row.programme,
        )


def allocate(demo: Demo, programme: str, partner: str, quota: Quota, cents: int) -> None:
    """Allocate money to a partner, or take it back where below zero."""
    demo.two(
        propose_allocation,
        confirm_amendment,
        "amendment",
        programme=programme,
        partner=partner,
        quota=quota.value,
        change_cents=cents,
        effective_on=demo.at.date(),
        source=EXAMPLE,
    )


def demo_iban(place: int) -> str:
    """Give an invented IBAN of the bank DEMO, with right check digits."""
    number = f"DEMO{place:013}"
    digits: str = calc_check_digits(f"LV00{number}")
    return f"LV{digits}{number}"
