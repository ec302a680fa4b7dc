"""The money for partners: the envelope, allocations, amendments and reallocation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.ledger import Account, Quota
from skola_finance.ledger.events import (
    lower_allocation,
    lower_envelope,
    raise_allocation,
    raise_envelope,
    reallocate,
)
from skola_finance.ledger.legs import NOTHING
from skola_finance.problems import Text
from skola_finance.storage.tables import AmendmentRow
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import refuse, unusable_input
from skola_finance.workflow import ALLOCATIONS, ProposalCommand, ProposalState, not_found

if TYPE_CHECKING:
    from datetime import date

    from skola_finance.ledger import Entry
    from skola_finance.money import Rate
    from skola_finance.usecases.work import Work

WHAT = Text(lv="piešķīruma grozījums", en="allocation amendment")
ENVELOPE, ALLOCATION, REALLOCATION = "envelope", "allocation", "reallocation"


@use_case(
    title=Text(lv="Ierosināt partneru finansējuma apjomu", en="Propose the envelope"),
    roles=ALLOCATIONS.may[ProposalCommand.PROPOSE],
)
def propose_envelope(
    work: Work, *, programme: str, change_cents: int, effective_on: date, source: str
) -> Answer:
    """Propose to set, raise or (below zero) lower the money for partners, in cents."""
    return _propose(
        work,
        AmendmentRow(
            programme=programme,
            kind=ENVELOPE,
            amount_cents=change_cents,
            effective_on=effective_on,
            source=source,
            state=ProposalState.PROPOSED.value,
        ),
    )


@use_case(
    title=Text(lv="Ierosināt piešķīrumu", en="Propose an allocation"),
    roles=ALLOCATIONS.may[ProposalCommand.PROPOSE],
)
def propose_allocation(
    work: Work,
    *,
    programme: str,
    partner: str,
    quota: str,
    change_cents: int,
    effective_on: date,
    source: str,
) -> Answer:
    """Propose a partner's first allocation in a quota, or an amendment of it, in cents."""
    work.partner(partner)
    return _propose(
        work,
        AmendmentRow(
            programme=programme,
            kind=ALLOCATION,
            partner_reg_no=partner,
            quota=_quota(quota).value,
            amount_cents=change_cents,
            effective_on=effective_on,
            source=source,
            state=ProposalState.PROPOSED.value,
        ),
    )


@use_case(
    title=Text(lv="Ierosināt pārdali starp partneriem", en="Propose a reallocation"),
    roles=ALLOCATIONS.may[ProposalCommand.PROPOSE],
)
def propose_reallocation(
    work: Work,
    *,
    programme: str,
    giver: str,
    giver_quota: str,
    receiver: str,
    receiver_quota: str,
    cents: int,
    effective_on: date,
    source: str,
) -> Answer:
    """Propose to move free allocation from one partner and quota to another, in cents."""
    work.partner(giver)
    work.partner(receiver)
    if cents <= 0:
        raise unusable_input("cents", lv="jābūt virs nulles", en="it must be above zero")
    return _propose(
        work,
        AmendmentRow(
            programme=programme,
            kind=REALLOCATION,
            partner_reg_no=receiver,
            quota=_quota(receiver_quota).value,
            giver_reg_no=giver,
            giver_quota=_quota(giver_quota).value,
            amount_cents=cents,
            effective_on=effective_on,
            source=source,
            state=ProposalState.PROPOSED.value,
        ),
    )


@use_case(
    title=Text(lv="Apstiprināt piešķīruma grozījumu", en="Confirm an amendment"),
    roles=ALLOCATIONS.may[ProposalCommand.CONFIRM],
)
def confirm_amendment(work: Work, *, amendment: int) -> Answer:
    """Post a proposed change; the person is not the one who proposed it (WFL-502).

    Raises: CommandRefused WFL-522 before its day; FreeEnvelopeExceeded (FUN-717),
        FreeAllocationExceeded (FUN-716) where it takes more than is free.
    """
    row = _row(work, amendment)
    work.programme(row.programme, lock=True)
    if row.effective_on > work.on:
        raise refuse(
            "WFL-522",
            lv=f"Grozījums stājas spēkā {row.effective_on:%d.%m.%Y.}; agrāk to nevar iegrāmatot.",
            en=f"The amendment takes effect on {row.effective_on}; it cannot be posted before.",
            hint_lv="Apstipriniet to tajā dienā vai vēlāk.",
            hint_en="Confirm it on that day or later.",
        )
    row.state = _step(work, row, ProposalCommand.CONFIRM)
    work.post(_entry(work, row))
    work.count("amount", row.amount_cents)
    work.repositories.add(row)
    return Answer(f"amendment/{row.id}", {"amendment": row.id, "state": row.state})


@use_case(
    title=Text(lv="Noraidīt piešķīruma grozījumu", en="Reject an amendment"),
    roles=ALLOCATIONS.may[ProposalCommand.REJECT],
)
def reject_amendment(work: Work, *, amendment: int, reason: str) -> Answer:
    """Refuse a proposed change, with a reason."""
    row = _row(work, amendment)
    row.state = _step(work, row, ProposalCommand.REJECT, reason)
    work.repositories.add(row)
    return Answer(f"amendment/{row.id}", {"amendment": row.id, "state": row.state})


@use_case(
    title=Text(lv="Atsaukt piešķīruma grozījumu", en="Withdraw an amendment"),
    roles=ALLOCATIONS.may[ProposalCommand.WITHDRAW],
)
def withdraw_amendment(work: Work, *, amendment: int, reason: str = "") -> Answer:
    """Take back a change that nobody has decided on."""
    row = _row(work, amendment)
    row.state = _step(work, row, ProposalCommand.WITHDRAW, reason)
    work.repositories.add(row)
    return Answer(f"amendment/{row.id}", {"amendment": row.id, "state": row.state})


def _propose(work: Work, row: AmendmentRow) -> Answer:
    work.programme(row.programme)
    if row.amount_cents == 0:
        raise unusable_input("cents", lv="summa ir nulle", en="the amount is zero")
    if not row.source.strip():
        raise unusable_input("source", lv="nav norādīts avots", en="the source is missing")
    work.repositories.add(row)
    row.state = work.begin(ALLOCATIONS, thing=str(row.id), note=row.source)
    work.count("amount", row.amount_cents)
    return Answer(f"amendment/{row.id}", {"amendment": row.id, "state": row.state})


def _row(work: Work, amendment: int) -> AmendmentRow:
    row = work.repositories.programmes.amendment(amendment)
    if row is None:
        raise not_found(WHAT)
    return row


def _step(work: Work, row: AmendmentRow, command: ProposalCommand, note: str = "") -> str:
    return work.step(
        ALLOCATIONS, command, thing=str(row.id), state=ProposalState(row.state), note=note
    )


def _quota(name: str) -> Quota:
    if name not in {each.value for each in Quota} - {Quota.NOT_CARRIED.value}:
        raise unusable_input("quota", lv=f"nav kvotas „{name}”", en=f"there is no quota “{name}”")
    return Quota(name)


def _entry(work: Work, row: AmendmentRow) -> Entry:
    occasion = work.occasion(row.programme, f"amendment/{row.id}", on=row.effective_on)
    books = work.repositories.books
    common = books.balances(row.programme, partner="")
    envelope = common.split(Account.ENVELOPE)
    if row.kind == ENVELOPE:
        appropriation = common.split(Account.APPROPRIATION)
        rate = cofinancing_rate(work, row.programme)
        if row.amount_cents > 0:
            return raise_envelope(
                occasion, cents=row.amount_cents, rate=rate, appropriation=appropriation
            )
        return lower_envelope(
            occasion,
            cents=-row.amount_cents,
            rate=rate,
            envelope=envelope,
            appropriation=appropriation,
        )
    partner, quota = row.partner_reg_no, Quota(row.quota)
    if row.kind == REALLOCATION:
        giver = (row.giver_reg_no, Quota(row.giver_quota))
        free = books.balances(row.programme, partner=giver[0]).free(
            programme=row.programme, partner=giver[0]
        )
        return reallocate(
            occasion,
            giver=giver,
            receiver=(partner, quota),
            cents=row.amount_cents,
            free=free.get(giver[1], NOTHING),
        )
    if row.amount_cents > 0:
        return raise_allocation(
            occasion, partner=partner, quota=quota, cents=row.amount_cents, envelope=envelope
        )
    free = books.balances(row.programme, partner=partner).free(
        programme=row.programme, partner=partner
    )
    return lower_allocation(
        occasion,
        partner=partner,
        quota=quota,
        cents=-row.amount_cents,
        free=free.get(quota, NOTHING),
    )


def cofinancing_rate(work: Work, programme: str) -> Rate:
    """Give the co-financing rate of a programme on the day of the command (FUN-701)."""
    row = work.programme(programme)
    rulebook = work.store.rulebook(work.repositories, row.rulebook_digest)
    rate: Rate = rulebook.at("FUN-701", on=work.on).values["rate"]
    return rate
