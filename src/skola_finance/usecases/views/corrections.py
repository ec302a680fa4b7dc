"""Corrections as pages show them: proposed, posted, undone, and the lines that can be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from skola_finance.claims.columns import COLUMN
from skola_finance.ledger import Account
from skola_finance.storage.repositories.cash import Cash
from skola_finance.usecases.in_force import rulebook_now
from skola_finance.usecases.paying.corrections import UNDOING, WHAT, check_approved
from skola_finance.usecases.paying.withdrawing import FILED, standing
from skola_finance.usecases.reports.scope import claim_in, reading_reports, scope_of
from skola_finance.usecases.views.posted import Deed, PostedEntry, deeds_of, entries_of
from skola_finance.usecases.work import CLAIM, Work
from skola_finance.workflow import CORRECTIONS, ProposalState, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from skola_finance.problems import Text
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import CorrectionProposalRow, CorrectionRow
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store

MOST_LINES = 200
"""How many lines one page of choices holds; a search narrows them down."""


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """What a correction takes of a line, in cents."""

    line_id: str
    line_no: int
    cents: int


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction in a list, in cents.

    Attributes:
        kind: `correction`, `credit_note`, `undoing`, or `irregularity` for what a case withdrew.
        method: how its lines were chosen: `line`, `rule` or `rate`.
        is_filed: whether the partner filed it, in a claim of its own.
        undone_at: when it was undone, if it was.
    """

    document: str
    partner_reg_no: str
    partner: str
    claim: str
    kind: str
    method: str
    rule_code: str
    rate: str
    evidence_no: str
    of_document: str
    reason: str
    amount_cents: int
    state: str
    state_label: Text
    is_filed: bool
    approval_no: int | None
    made_at: datetime | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class CorrectionList:
    """Corrections, what waits for a second person first, then the newest; sums in cents."""

    lines: tuple[CorrectionLine, ...]
    waiting: int
    waiting_cents: int
    standing_cents: int
    illustrative: bool


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction: its lines, entries and acts, and the commands that its state knows.

    `refund_cents` is payable to the partner because it had repaid what was then given back.
    """

    programme: str
    line: CorrectionLine
    lines: tuple[CorrectedLine, ...]
    entries: tuple[PostedEntry, ...]
    deeds: tuple[Deed, ...]
    recoveries: tuple[str, ...]
    refund_cents: int
    possible: tuple[str, ...]
    illustrative: bool


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line of an approved claim and what stands approved of it, in cents."""

    line_id: str
    line_no: int
    activity: Text | None
    activity_on: date | None
    approved_cents: int
    standing_cents: int


@dataclass(frozen=True, slots=True)
class CorrectableClaim:
    """An approved claim whose lines can be corrected.

    `lines` are those shown, `count` is of all that fit the search; `rules` are code and title.
    """

    programme: str
    claim: str
    claim_no: str
    partner: str
    lines: tuple[StandingLine, ...]
    count: int
    standing_cents: int
    rules: tuple[tuple[str, Text], ...]


def corrections_of(store: Store, order: Order, *, programme: str) -> CorrectionList:
    """List corrections; a partner's people see their own.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603).
    """
    with reading_reports(store, order) as repositories:
        scope = scope_of(repositories, order, programme=programme, partner=None)
        names = {one.reg_no: one.name for one in repositories.partners.all()}
        posted = {one.document: one for one in repositories.payments.corrections(programme)}
        proposals = repositories.payments.correction_proposals(programme)
        keys = Cash(repositories.session).claim_keys(one.claim_id for one in proposals)
    lines = [
        _proposed(row, posted.get(row.document), names, keys.get(row.claim_id, ""))
        for row in proposals
    ]
    known = {one.document for one in lines}
    lines += [_posted(row, names) for key, row in posted.items() if key not in known]
    lines = [one for one in lines if scope.is_whole or one.partner_reg_no in scope.claimants]
    waiting = [one for one in lines if one.state == ProposalState.PROPOSED]
    lines.sort(key=lambda one: (one.state != ProposalState.PROPOSED, -(one.approval_no or 0)))
    return CorrectionList(
        tuple(lines),
        len(waiting),
        sum(one.amount_cents for one in waiting),
        sum(one.amount_cents for one in lines if one.approval_no and one.undone_at is None),
        scope.illustrative,
    )


def correction_page(store: Store, order: Order, *, document: str) -> CorrectionView:
    """Give one correction with everything behind it.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for another partner's.
    """
    with reading_reports(store, order) as repositories:
        payments = repositories.payments
        cash = Cash(repositories.session)
        proposal, row = cash.proposal(document), payments.correction(document)
        found = proposal or row
        if found is None or not order.actor.sees(found.partner_reg_no):
            raise not_found(WHAT)
        programme = found.programme
        scope = scope_of(repositories, order, programme=programme, partner=found.partner_reg_no)
        if proposal is not None:
            keys = cash.claim_keys([proposal.claim_id])
            line = _proposed(proposal, row, scope.names, keys.get(proposal.claim_id, ""))
        else:
            assert row is not None  # noqa: S101 - one of the two was found
            line = _posted(row, scope.names)
        refund = _refund(repositories, programme, line)
        undoings = [
            one.state
            for one in payments.correction_proposals(programme, partner=found.partner_reg_no)
            if one.of_document == document
        ]
        return CorrectionView(
            programme,
            line,
            tuple(
                CorrectedLine(one["line_id"], one["line_no"], one["cents"])
                for one in (proposal.lines if proposal is not None else ())
            ),
            entries_of(repositories, programme, documents=[document]),
            deeds_of(repositories, CORRECTIONS.key, document),
            tuple(one.key for one in payments.recoveries(programme, document=document)),
            refund,
            _possible(line, refund, is_being_undone=ProposalState.PROPOSED in undoings),
            scope.illustrative,
        )


def correctable_claim(
    store: Store, order: Order, *, claim: str, text: str = "", limit: int = MOST_LINES
) -> CorrectableClaim:
    """Give what stands approved of each line of a claim, and the rules it can be corrected by.

    Args:
        claim: its key.
        text: a part of the line's id or activity; everything if empty.
        limit: how many lines are given.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603); CommandRefused WFL-560 (not approved).
    """
    with reading_reports(store, order) as repositories:
        row = repositories.claims.by_key(claim)
        if row is None:
            raise not_found(CLAIM)
        scope = scope_of(repositories, order, programme=row.programme, partner=None)
        claim_in(repositories, scope, claim)
        check_approved(row)
        there = standing(Work(store, repositories, order), row)
        rulebook = rulebook_now(store, repositories, row.programme)
        partner = repositories.partners.get(row.partner_reg_no)
    wanted = text.strip().casefold()
    names = COLUMN["activity"].codes or {}
    lines = [
        StandingLine(
            share.line.line_id,
            share.line.line_no,
            names.get(share.line.activity or ""),
            share.line.activity_on,
            share.line.approved_cents,
            share.cents,
        )
        for share in there.values()
        if wanted in f"{share.line.line_id} {share.line.activity}".casefold()
    ]
    return CorrectableClaim(
        row.programme,
        row.key,
        row.claim_no,
        partner.name if partner is not None else row.partner_reg_no,
        tuple(lines[:limit]),
        len(lines),
        sum(share.cents for share in there.values()),
        tuple((code, rule.title) for code, rule in rulebook.rules.items()),
    )


def _possible(line: CorrectionLine, refund: int, *, is_being_undone: bool) -> tuple[str, ...]:
    """Name the commands that a correction knows now, whoever may give them."""
    if line.state == ProposalState.PROPOSED:
        return ("confirm_correction", "reject_correction", "withdraw_correction")
    is_posted = line.approval_no is not None and line.undone_at is None
    is_own = line.kind not in {UNDOING, "irregularity"} and not line.is_filed
    found = ["undo_correction"] if is_posted and is_own and not is_being_undone else []
    return (*found, "order_refund") if refund else tuple(found)


def _refund(repositories: Repositories, programme: str, line: CorrectionLine) -> int:
    holder = repositories.partners.holder(programme, partner=line.partner_reg_no)
    balances = repositories.books.balances(programme, partner=holder, accounts=[Account.PAYABLE])
    return balances.open_item(
        Account.PAYABLE, programme=programme, partner=holder, document=line.document
    ).available_cents


def _proposed(
    row: CorrectionProposalRow,
    posted: CorrectionRow | None,
    names: Mapping[str, str],
    claim: str,
) -> CorrectionLine:
    return CorrectionLine(
        document=row.document,
        partner_reg_no=row.partner_reg_no,
        partner=names.get(row.partner_reg_no, row.partner_reg_no),
        claim=claim,
        kind=row.kind,
        method=row.method,
        rule_code=row.rule_code,
        rate=row.rate,
        evidence_no=row.evidence_no,
        of_document=row.of_document,
        reason=row.reason,
        amount_cents=row.amount_cents,
        state=row.state,
        state_label=CORRECTIONS.state_names[ProposalState(row.state)],
        is_filed=False,
        approval_no=posted.approval_no if posted is not None else None,
        made_at=posted.made_at if posted is not None else None,
        undone_at=posted.undone_at if posted is not None else None,
    )


def _posted(row: CorrectionRow, names: Mapping[str, str]) -> CorrectionLine:
    is_filed = row.document.endswith(FILED)
    return CorrectionLine(
        document=row.document,
        partner_reg_no=row.partner_reg_no,
        partner=names.get(row.partner_reg_no, row.partner_reg_no),
        claim=row.document.removesuffix(FILED) if is_filed else "",
        kind=row.kind,
        method=row.method,
        rule_code=row.rule_code,
        rate="",
        evidence_no="",
        of_document="",
        reason=row.reason,
        amount_cents=row.amount_cents,
        state=ProposalState.CONFIRMED.value,
        state_label=CORRECTIONS.state_names[ProposalState.CONFIRMED],
        is_filed=is_filed,
        approval_no=row.approval_no,
        made_at=row.made_at,
        undone_at=row.undone_at,
    )
