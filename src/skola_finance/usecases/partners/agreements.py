"""Cooperation agreements: signed, suspended, resumed, ended, and taken over by a successor."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from skola_finance.funding import AgreementStatus
from skola_finance.ledger import Account
from skola_finance.ledger.events import close_partner as close_accounts
from skola_finance.ledger.events import succeed_partner as succeed_accounts
from skola_finance.problems import Text
from skola_finance.storage.tables import AgreementRow, InstitutionRow
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse, stale, unusable_input
from skola_finance.workflow import AGREEMENTS, AgreementCommand, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.usecases.work import Work

WHAT = Text(lv="sadarbības līgums", en="cooperation agreement")

CHECKLIST: Mapping[str, Text] = {
    "founder_fits": Text(
        lv="Dibinātājs un iestāžu veids atbilst noteikumiem (MK 483, 14. un 15. punkts)",
        en="Founder and kinds of institution fit the regulation (MK 483 par. 14 and 15)",
    ),
    "no_tax_debt": Text(
        lv="Nav nodokļu parāda virs pieļaujamā (MK 483, 15. punkts)",
        en="No tax debt above what is allowed (MK 483 par. 15)",
    ),
    "accounts_apart": Text(
        lv="Projekta izdevumi tiks uzskaitīti atsevišķi",
        en="The project's costs will be kept apart in the accounts",
    ),
    "no_double_funding": Text(
        lv="Apliecināts, ka nav dubultā finansējuma",
        en="It is confirmed that nothing is financed twice",
    ),
    "data_protection": Text(
        lv="Vienošanās par personas datu apstrādi ir noslēgta",
        en="The processing of personal data is agreed",
    ),
}
"""What is looked at before an agreement is signed; answered yes, each with a note if wanted."""


@use_case(
    title=Text(lv="Noslēgt sadarbības līgumu", en="Sign an agreement"),
    roles=AGREEMENTS.may[AgreementCommand.SIGN],
)
def sign_agreement(
    work: Work,
    *,
    programme: str,
    partner: str,
    number: str,
    signed_on: date,
    signing_body: str,
    checklist: Mapping[str, bool],
    in_force_until: date | None = None,
    retention_until: date | None = None,
    dispute_clause: str = "",
    recovery_terms: str = "",
) -> Answer:
    """Enter a signed cooperation agreement, with its checklist.

    Args:
        signing_body: who signed for the partner, by office, never by name.
        checklist: an answer to every item of `CHECKLIST`.
        retention_until: until when documents are kept.
        dispute_clause, recovery_terms: where the agreement says so.

    Raises: CommandRefused WFL-527 where an item of the checklist is open, WFL-528 where the number
        is taken or the partner has an agreement in force.
    Source: Regulation 483 par. 15 and 17 to 19.
    """
    work.programme(programme, lock=True)
    work.partner(partner)
    if signed_on > work.on:
        raise unusable_input("signed_on", lv="diena vēl nav pienākusi", en="that day is to come")
    if not number.strip() or not signing_body.strip():
        raise unusable_input(
            "number", lv="nav numura vai parakstītāja", en="number or signing body is missing"
        )
    _check_answered(checklist)
    _check_single(work, programme, partner, number)
    row = AgreementRow(
        programme=programme,
        partner_reg_no=partner,
        number=number.strip(),
        signed_on=signed_on,
        in_force_until=in_force_until,
        signing_body=signing_body.strip(),
        checklist=dict.fromkeys(CHECKLIST, True),
        retention_until=retention_until,
        dispute_clause=dispute_clause,
        recovery_terms=recovery_terms,
        state=AgreementStatus.ACTIVE.value,
    )
    work.repositories.add(row)
    row.state = work.begin(AGREEMENTS, thing=str(row.id))
    return _answer(row)


@use_case(
    title=Text(lv="Apturēt līgumu", en="Suspend an agreement"),
    roles=AGREEMENTS.may[AgreementCommand.SUSPEND],
)
def suspend_agreement(
    work: Work, *, programme: str, number: str, reason: str, row_version: int | None = None
) -> Answer:
    """Hold back the payments of an agreement, with a reason."""
    return _change(work, programme, number, AgreementCommand.SUSPEND, reason, row_version)


@use_case(
    title=Text(lv="Atjaunot līgumu", en="Resume an agreement"),
    roles=AGREEMENTS.may[AgreementCommand.RESUME],
)
def resume_agreement(
    work: Work, *, programme: str, number: str, reason: str, row_version: int | None = None
) -> Answer:
    """Let the payments of a suspended agreement go on."""
    return _change(work, programme, number, AgreementCommand.RESUME, reason, row_version)


@use_case(
    title=Text(lv="Izbeigt līgumu", en="End an agreement"),
    roles=AGREEMENTS.may[AgreementCommand.END],
)
def end_agreement(work: Work, *, programme: str, number: str, reason: str) -> Answer:
    """End an agreement; what is free of the partner's allocation goes back to the envelope.

    Raises: AccountsStillOpen (PAY-808) while anything is payable, ordered, advanced or recoverable.
    """
    row = _row(work, programme, number)
    work.programme(programme, lock=True)
    row.state = _step(work, row, AgreementCommand.END, reason)
    row.ended_on = work.on
    cells = work.repositories.books.balances(programme, partner=row.partner_reg_no).cells()
    occasion = work.occasion(programme, f"agreement/{number}")
    work.post(close_accounts(occasion, partner=row.partner_reg_no, cells=cells))
    work.change(row)
    return _answer(row)


@use_case(
    title=Text(lv="Sagatavot tiesību pārņemšanu", en="Prepare a succession"),
    roles=AGREEMENTS.may[AgreementCommand.PREPARE_SUCCESSION],
)
def prepare_succession(
    work: Work, *, programme: str, number: str, successor: str, on: date, source: str
) -> Answer:
    """Name the partner that takes over, the day, and the document that says so.

    Raises: CommandRefused WFL-529 where the successor is the partner itself or has no agreement.
    """
    row = _row(work, programme, number)
    work.partner(successor)
    if not source.strip():
        raise unusable_input("source", lv="nav norādīts avots", en="the source is missing")
    theirs = work.repositories.partners.agreements(programme, partner=successor)
    has_agreement = any(one.state == AgreementStatus.ACTIVE.value for one in theirs)
    if successor == row.partner_reg_no or not has_agreement:
        raise refuse(
            "WFL-529",
            lv=f"Partneris {successor} nevar pārņemt līgumu {number}.",
            en=f"The partner {successor} cannot take over the agreement {number}.",
            hint_lv="Tiesību pārņēmējam jābūt citam partnerim ar spēkā esošu līgumu.",
            hint_en="The successor is another partner, with an agreement in force.",
            subject=successor,
        )
    row.state = _step(work, row, AgreementCommand.PREPARE_SUCCESSION, source)
    row.successor_reg_no, row.succession_on, row.succession_source = successor, on, source.strip()
    work.change(row)
    return _answer(row)


@use_case(
    title=Text(lv="Pārņemt visus atlikumus", en="Let a successor take over"),
    roles=AGREEMENTS.may[AgreementCommand.SUCCEED],
)
def succeed_partner(work: Work, *, programme: str, number: str) -> Answer:
    """Let the successor take over every balance, open claim, plan and institution.

    Raises: Refused WFL-502 or WFL-504 (two persons), CommandRefused WFL-522 before the day.
    """
    row = _row(work, programme, number)
    work.programme(programme, lock=True)
    row.state = _step(work, row, AgreementCommand.SUCCEED)
    if row.succession_on is None or row.succession_on > work.on:
        raise refuse(
            "WFL-522",
            lv=f"Tiesību pārņemšanas diena {row.succession_on:%d.%m.%Y.} vēl nav pienākusi."
            if row.succession_on
            else "Tiesību pārņemšanas diena nav norādīta.",
            en=f"The day of succession, {row.succession_on}, has not come yet.",
            hint_lv="Apstipriniet tajā dienā vai vēlāk.",
            hint_en="Confirm on that day or later.",
        )
    old, new = row.partner_reg_no, row.successor_reg_no
    balances = work.repositories.books.balances(programme, partner=old)
    work.count("allocation", balances.split(Account.ALLOCATION).total_cents)
    occasion = work.occasion(programme, f"agreement/{number}", on=row.succession_on)
    work.post(succeed_accounts(occasion, old=old, new=new, cells=balances.cells()))
    row.ended_on = row.succession_on - timedelta(days=1)
    work.change(row)
    moved = _move_register(work, programme, old=old, new=new, on=row.succession_on)
    return Answer(f"agreement/{row.id}", {"state": row.state, "successor": new, **moved})


def _move_register(work: Work, programme: str, *, old: str, new: str, on: date) -> dict[str, int]:
    """Let institutions, plans, sub-projects and claims that still live go to the successor."""
    partners = work.repositories.partners
    institutions = 0
    for one in partners.institutions(programme, partner=old):
        if one.left_on is None or one.left_on >= on:
            was_until, one.left_on = one.left_on, on - timedelta(days=1)
            work.repositories.add(one)
            work.repositories.add(
                InstitutionRow(
                    programme=programme,
                    partner_reg_no=new,
                    reg_no=one.reg_no,
                    name=one.name,
                    founder=one.founder,
                    kind=one.kind,
                    joined_on=max(on, one.joined_on),
                    left_on=was_until,
                )
            )
            institutions += 1
    plans = partners.plans(programme, partners=[old], for_update=True)
    for plan in plans:
        plan.partner_reg_no = new
        work.change(plan)
    projects = partners.sub_projects(programme, partners=[old], for_update=True)
    for project in projects:
        project.partner_reg_no = new
        work.change(project)
    for advance in work.repositories.payments.advances(programme, partner=old):
        advance.partner_reg_no = new
        work.repositories.add(advance)
    return {"institutions": institutions, "plans": len(plans), "sub_projects": len(projects)}


def _change(
    work: Work,
    programme: str,
    number: str,
    command: AgreementCommand,
    reason: str,
    row_version: int | None,
) -> Answer:
    row = _row(work, programme, number)
    if row_version is not None and row.row_version != row_version:
        raise stale(asked=row_version, found=row.row_version)
    if not reason.strip():
        raise unusable_input("reason", lv="nav pamatojuma", en="the reason is missing")
    row.state = _step(work, row, command, reason)
    work.change(row)
    return _answer(row)


def _row(work: Work, programme: str, number: str) -> AgreementRow:
    work.programme(programme)
    row = work.repositories.partners.agreement_by_no(programme, number)
    if row is None or not work.order.actor.sees(row.partner_reg_no):
        raise not_found(WHAT)
    return row


def _step(work: Work, row: AgreementRow, command: AgreementCommand, note: str = "") -> str:
    return work.step(
        AGREEMENTS, command, thing=str(row.id), state=AgreementStatus(row.state), note=note
    )


def _check_answered(checklist: Mapping[str, bool]) -> None:
    open_items = [name for name in CHECKLIST if checklist.get(name) is not True]
    if open_items:
        raise refuse(
            "WFL-527",
            lv=f"Pirms līguma noslēgšanas nav apstiprināts: {CHECKLIST[open_items[0]].lv}.",
            en=f"Not confirmed before signing: {CHECKLIST[open_items[0]].en}.",
            hint_lv="Atbildiet uz visiem kontrollapas jautājumiem.",
            hint_en="Answer every item of the checklist.",
            subject=open_items[0],
        )


def _check_single(work: Work, programme: str, partner: str, number: str) -> None:
    taken = work.repositories.partners.agreement_by_no(programme, number.strip())
    others = work.repositories.partners.agreements(programme, partner=partner)
    in_force = [one for one in others if not AgreementStatus(one.state).is_over]
    if taken is None and not in_force:
        return
    found = taken or in_force[0]
    raise refuse(
        "WFL-528",
        lv=f"Līgums Nr. {found.number} jau ir reģistrēts partnerim {found.partner_reg_no}.",
        en=f"The agreement no. {found.number} of partner {found.partner_reg_no} is in force.",
        hint_lv="Vispirms izbeidziet to vai norādiet citu numuru.",
        hint_en="End that one first, or give another number.",
        subject=found.number,
    )


def _answer(row: AgreementRow) -> Answer:
    return Answer(
        f"agreement/{row.id}",
        {"number": row.number, "state": row.state, "row_version": row.row_version},
    )
