"""Registering partners and the institutions they involve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.claims.registration import is_registration_number
from skola_finance.claims.vocabulary import FOUNDER
from skola_finance.funding import PartnerKind
from skola_finance.problems import Text
from skola_finance.storage.tables import InstitutionRow, PartnerRow
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.workflow import TASKS, Task

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.usecases.work import Work

_ROLES = TASKS[Task.REGISTER_PARTNER]


@use_case(title=Text(lv="Reģistrēt partneri", en="Register a partner"), roles=_ROLES)
def register_partner(
    work: Work, *, reg_no: str, name: str, kind: str, iso_code: str = ""
) -> Answer:
    """Register a cooperation partner.

    Args:
        reg_no: Latvian registration number of 11 digits, its check digit tried by python-stdnum.
        kind: `municipality`, `vocational_institution`, `general_institution`, `beneficiary`.

    Raises: CommandRefused WFL-523 (number), WFL-518 (name or kind), WFL-524 (registered already).
    """
    _check_number(reg_no)
    if not name.strip():
        raise unusable_input("name", lv="nav nosaukuma", en="there is no name")
    if kind not in {each.value for each in PartnerKind}:
        raise unusable_input("kind", lv=f"nav veida „{kind}”", en=f"there is no kind “{kind}”")
    if work.repositories.partners.get(reg_no) is not None:
        raise refuse(
            "WFL-524",
            lv=f"Partneris {reg_no} jau ir reģistrēts.",
            en=f"The partner {reg_no} is registered already.",
            hint_lv="Atveriet to partneru sarakstā.",
            hint_en="Open it from the list of partners.",
            subject=reg_no,
        )
    work.repositories.add(
        PartnerRow(
            reg_no=reg_no,
            name=name.strip(),
            kind=kind,
            iso_code=iso_code,
            registered_at=work.order.at,
        )
    )
    return Answer(f"partner/{reg_no}", {"partner": reg_no})


@use_case(title=Text(lv="Pievienot iestādi", en="Add an institution"), roles=_ROLES)
def add_institution(
    work: Work,
    *,
    programme: str,
    partner: str,
    reg_no: str,
    name: str,
    founder: str,
    joined_on: date,
    kind: str = "",
    left_on: date | None = None,
) -> Answer:
    """Add an institution that a partner involves, from a day on; both days are inclusive.

    Raises: CommandRefused WFL-523, WFL-518, WFL-525 where it belongs to a partner on those days.
    """
    work.programme(programme, lock=True)
    work.partner(partner)
    _check_number(reg_no)
    if founder not in FOUNDER:
        raise unusable_input("founder", lv=f"nav „{founder}”", en=f"there is no “{founder}”")
    if left_on is not None and left_on < joined_on:
        raise unusable_input("left_on", lv="beigas ir pirms sākuma", en="it ends before it begins")
    for other in work.repositories.partners.institutions(programme):
        if other.reg_no == reg_no and _overlap(other, joined_on, left_on):
            raise refuse(
                "WFL-525",
                lv=f"Iestāde {reg_no} šajās dienās jau ir partnerim {other.partner_reg_no}.",
                en=f"The institution {reg_no} belongs to partner {other.partner_reg_no} then.",
                hint_lv="Vispirms norādiet dienu, kad tā no turienes aizgāja.",
                hint_en="Give the day it left there first.",
                subject=reg_no,
            )
    row = InstitutionRow(
        programme=programme,
        partner_reg_no=partner,
        reg_no=reg_no,
        name=name.strip(),
        founder=founder,
        kind=kind,
        joined_on=joined_on,
        left_on=left_on,
    )
    work.repositories.add(row)
    return Answer(f"partner/{partner}", {"institution": row.id})


@use_case(title=Text(lv="Izslēgt iestādi", en="Let an institution leave"), roles=_ROLES)
def end_institution(
    work: Work, *, programme: str, partner: str, reg_no: str, left_on: date
) -> Answer:
    """Say the last day on which an institution belonged to a partner.

    Raises: CommandRefused WFL-526 where it does not belong to the partner.
    """
    work.programme(programme)
    work.partner(partner)
    for row in work.repositories.partners.institutions(programme, partner=partner):
        if row.reg_no == reg_no and row.left_on is None:
            if left_on < row.joined_on:
                raise unusable_input(
                    "left_on", lv="beigas ir pirms sākuma", en="it ends before it begins"
                )
            row.left_on = left_on
            work.repositories.add(row)
            return Answer(f"partner/{partner}", {"institution": row.id})
    raise refuse(
        "WFL-526",
        lv=f"Partnerim {partner} nav iestādes {reg_no}.",
        en=f"The partner {partner} has no institution {reg_no}.",
        hint_lv="Pārbaudiet numuru iestāžu sarakstā.",
        hint_en="Check the number in the list of institutions.",
        subject=reg_no,
    )


def _check_number(reg_no: str) -> None:
    if not is_registration_number(reg_no):
        raise wrong_number(reg_no)


def wrong_number(reg_no: str) -> CommandRefused:
    """WFL-523: no registration number, or one whose check digit is wrong."""
    return refuse(
        "WFL-523",
        lv=f"„{reg_no}” nav derīgs reģistrācijas numurs: vajag 11 ciparus ar pareizu "
        "kontrolciparu.",
        en=f"“{reg_no}” is no registration number: 11 digits with the right check digit are.",
        hint_lv="Salīdziniet ar Uzņēmumu reģistra vai Izglītības iestāžu reģistra ierakstu.",
        hint_en="Compare it with the Register of Enterprises or of Educational Institutions.",
        subject=reg_no,
    )


def _overlap(row: InstitutionRow, joined_on: date, left_on: date | None) -> bool:
    is_before = row.left_on is not None and row.left_on < joined_on
    is_after = left_on is not None and left_on < row.joined_on
    return not (is_before or is_after)
