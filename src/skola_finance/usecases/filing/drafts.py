"""A claim in work: created, its lines put in and changed, and what it would come to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance.claims.claim import LINE_SCHEMA, PLAN_SCHEMA, ClaimHeader
from skola_finance.claims.columns import COLUMN
from skola_finance.claims.line import lines_frame
from skola_finance.claims.vocabulary import CLAIM_KIND
from skola_finance.funding import AgreementStatus
from skola_finance.problems import Problem, Text
from skola_finance.storage.frames import pack, unpack
from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
from skola_finance.usecases.assessing import Judged, header_of, header_record, judge, with_register
from skola_finance.usecases.claim_life import machine_of, step_claim
from skola_finance.usecases.line_ids import with_line_ids
from skola_finance.usecases.order import Answer, Order
from skola_finance.usecases.partners.plans import registered_plans
from skola_finance.usecases.problem_records import problem_record
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.usecases.work import CLAIM, Work, sees
from skola_finance.workflow import CLAIMS, ClaimCommand, ClaimState, not_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.store import Store

PREFIX = {"skola-kopiena": "SK", "pumpurs": "PU"}


@use_case(
    title=Text(lv="Izveidot izdevumu pārskatu", en="Create a claim"),
    roles=CLAIMS.may[ClaimCommand.CREATE],
)
def create_claim(
    work: Work,
    *,
    programme: str,
    partner: str,
    claim_no: str,
    kind: str,
    period_from: date,
    period_to: date,
) -> Answer:
    """Begin a claim for a period; it has a key of its own from now on.

    Args:
        claim_no: the partner's own number.
        kind: `interim`, `final`, `correction` or `nil`.

    Raises: CommandRefused WFL-518 (kind, number, period), WFL-531 (no agreement in force),
        WFL-532 (the number is taken).
    """
    work.programme(programme)
    work.partner(partner)
    if kind not in CLAIM_KIND:
        raise unusable_input("kind", lv=f"nav veida „{kind}”", en=f"there is no kind “{kind}”")
    if not claim_no.strip():
        raise unusable_input("claim_no", lv="nav numura", en="the number is missing")
    if period_to < period_from:
        raise unusable_input(
            "period_to", lv="beigas ir pirms sākuma", en="it ends before it begins"
        )
    check_agreement(work, programme, partner)
    _check_free(work, programme, partner, claim_no.strip())
    prefix = PREFIX.get(programme, programme[:2].upper())
    number = work.repositories.records.next_number(f"claim/{programme}")
    row = ClaimRow(
        key=f"{prefix}-{number:05}",
        programme=programme,
        partner_reg_no=partner,
        claim_no=claim_no.strip(),
        kind=kind,
        period_from=period_from,
        period_to=period_to,
        state=ClaimState.DRAFT.value,
        created_at=work.order.at,
    )
    work.repositories.add(row)
    row.state = work.begin(machine_of(work, programme), thing=row.key)
    header = ClaimHeader(
        programme=programme, claim_kind=kind, period_from=period_from, period_to=period_to
    )
    header = with_register(header, work.repositories, partner=partner, claim_no=row.claim_no)
    empty = pack(pl.DataFrame(schema=LINE_SCHEMA))
    work.repositories.add(
        ClaimVersionRow(
            claim_id=row.id, version=1, header=header_record(header), frame=empty, reading=[]
        )
    )
    return Answer(row.key, {"claim": row.key, "state": row.state, "row_version": row.row_version})


@use_case(
    title=Text(lv="Labot pārskata rindas", en="Edit lines"), roles=CLAIMS.may[ClaimCommand.EDIT]
)
def edit_lines(
    work: Work,
    *,
    claim: str,
    row_version: int,
    changed: Sequence[Mapping[str, Any]] = (),
    removed: Sequence[str] = (),
) -> Answer:
    """Add, change and remove lines.

    Args:
        row_version: what the person has read; another one means that somebody changed it since.
        changed: column keys with values as in `ClaimLine`; one with a known `line_id` changes the
            columns it names, any other is a new line.
        removed: ids of lines that go.

    Returns: with `added`, the ids of the new lines in their order.
    Raises: CommandRefused WFL-517 (changed since), WFL-533 (no such line); InexactAmount (FUN-702);
        Refused (WFL-501).
    """
    row = work.claim(claim, row_version=row_version)
    version = version_in_work(work, row)
    step_claim(work, row, ClaimCommand.EDIT)
    lines = unpack(version.frame)
    known = set(lines["line_id"].to_list())
    unknown = sorted(set(removed) - known)
    if unknown:
        raise no_line(unknown[0])
    lines = lines.filter(~pl.col("line_id").is_in(list(removed)))
    lines = with_changes(lines, changed)
    typed = {str(one["line_id"]) for one in changed if one.get("line_id")}
    version.edited = sorted({*version.edited, *(typed & known)})
    put_lines(work, row, version, lines, readings_left(version, changed, removed, lines))
    added = [one for one in unpack(version.frame)["line_id"] if one not in known]
    facts = {"row_version": row.row_version, "lines": row.lines, "added": added}
    return Answer(row.key, {"claim": row.key, **facts})


def check_agreement(work: Work, programme: str, partner: str) -> None:
    """Refuse with WFL-531 a partner without a cooperation agreement in force."""
    rows = work.repositories.partners.agreements(programme, partner=partner)
    if any(not AgreementStatus(row.state).is_over for row in rows):
        return
    raise refuse(
        "WFL-531",
        lv=f"Partnerim {partner} nav spēkā esoša sadarbības līguma.",
        en=f"The partner {partner} has no cooperation agreement in force.",
        hint_lv="Sazinieties ar projekta vadītāju; pārskatu iesniedz spēkā esoša līguma partneris.",
        hint_en="Speak to the programme manager; claims are filed under an agreement in force.",
        subject=partner,
    )


def _check_free(work: Work, programme: str, partner: str, claim_no: str) -> None:
    taken = work.repositories.claims.by_no(programme, partner, claim_no)
    if taken is not None:
        raise refuse(
            "WFL-532",
            lv=f"Pārskats Nr. {claim_no} jau ir ({taken.key}).",
            en=f"The claim no. {claim_no} exists already ({taken.key}).",
            hint_lv="Atveriet to vai norādiet citu numuru.",
            hint_en="Open it, or give another number.",
            subject=taken.key,
        )


def with_changes(lines: pl.DataFrame, changed: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Give lines with some changed or added; nothing is kept.

    Raises: CommandRefused WFL-518 for a value that its column cannot take.
    """
    if not changed:
        return lines
    try:
        frame = lines_frame(changed)
    except ValueError as error:
        raise unusable_input("changed", lv=str(error), en=str(error)) from error
    records = {row["line_id"]: row for row in lines.iter_rows(named=True)}
    names = {column for column in LINE_SCHEMA if column not in {"sheet", "row", "line_no"}}
    added: list[dict[str, Any]] = []
    for given, told in zip(changed, frame.iter_rows(named=True), strict=True):
        line_id = told["line_id"]
        told_names = _frame_names(given)
        if line_id in records:
            records[line_id] |= {name: told[name] for name in told_names}
            records[line_id]["personal_data_in"] = told["personal_data_in"]
        else:
            added.append({name: told[name] for name in names})
    return pl.DataFrame([*records.values(), *added], schema=LINE_SCHEMA, orient="row")


def _frame_names(given: Mapping[str, Any]) -> list[str]:
    return [COLUMN[key].frame for key in given if key in COLUMN and key != "line_id"]


def readings_left(
    version: ClaimVersionRow,
    changed: Sequence[Mapping[str, Any]],
    removed: Sequence[str],
    lines: pl.DataFrame,
) -> list[dict[str, Any]]:
    """Give the unreadable cells that still are: a line typed anew or removed has none."""
    mended = {str(one["line_id"]) for one in changed if one.get("line_id")} | set(removed)
    standing = lines.filter(~pl.col("line_id").is_in(list(mended)))
    places = set(zip(standing["sheet"], standing["row"], strict=True))
    return [
        record
        for record in version.reading
        if record["row"] is None or (record["sheet"], record["row"]) in places
    ]


def put_lines(
    work: Work,
    row: ClaimRow,
    version: ClaimVersionRow,
    lines: pl.DataFrame,
    reading: Sequence[Mapping[str, Any]],
) -> None:
    """Put lines into the version in work, numbered and with ids, and count the claim up."""
    lines = with_line_ids(lines, prefix=row.key)
    version.frame = pack(lines.select(*LINE_SCHEMA))
    version.reading = [dict(one) for one in reading]
    row.lines = lines.height
    row.claimed_cents = int(lines["amount_cents"].sum() or 0)
    row.eligible_cents = row.ineligible_cents = row.unfunded_cents = row.esf_plus_cents = 0
    row.errors = row.warnings = 0
    work.repositories.add(version)
    work.change(row)


def version_in_work(work: Work, row: ClaimRow) -> ClaimVersionRow:
    """Give the version that the partner may change; of a returned claim a new one is begun.

    Raises: NotFound (AUT-603) where the version is missing.
    """
    version = work.repositories.claims.version(row.id, row.version)
    if version is None:
        raise not_found(CLAIM)
    if version.filed_at is None or row.state != ClaimState.RETURNED:
        return version
    row.version += 1
    new = ClaimVersionRow(
        claim_id=row.id,
        version=row.version,
        header=dict(version.header),
        frame=version.frame,
        plans=None,
        reading=list(version.reading),
    )
    work.repositories.add(new)
    return new


def no_line(line_id: str) -> CommandRefused:
    """WFL-533: the claim has no such line."""
    return refuse(
        "WFL-533",
        lv=f"Pārskatā nav rindas „{line_id}”.",
        en=f"The claim has no line “{line_id}”.",
        hint_lv="Ielādējiet pārskatu no jauna; rinda, iespējams, ir dzēsta.",
        hint_en="Load the claim anew; the line may have been removed.",
        subject=line_id,
    )


def dry_run(store: Store, order: Order, *, claim: str) -> Judged:
    """Say what a claim would come to if it were filed today; nothing is kept.

    Raises: NotFound (AUT-603).
    """
    with store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        if row is None or not sees(repositories, order.actor, row):
            raise not_found(CLAIM)
        version = repositories.claims.version(row.id, row.version)
        if version is None:
            raise not_found(CLAIM)
        if version.filed_at is None:
            version = filed_version(repositories, row, version)
        return judge(store, repositories, row, version, on=order.on)


def filed_version(
    repositories: Repositories, row: ClaimRow, version: ClaimVersionRow
) -> ClaimVersionRow:
    """Give a version as it would be filed: with the registers' header and plans; not kept."""
    header = with_register(
        header_of(version), repositories, partner=row.partner_reg_no, claim_no=row.claim_no
    )
    header = replace(
        header, claim_kind=row.kind, period_from=row.period_from, period_to=row.period_to
    )
    plans = registered_plans(repositories, row.programme, partner=row.partner_reg_no)
    if plans is None and version.plans is not None:
        plans = unpack(version.plans)
    return ClaimVersionRow(
        claim_id=row.id,
        version=version.version,
        header=header_record(header),
        frame=version.frame,
        plans=pack(plans.select(*PLAN_SCHEMA)) if plans is not None else None,
        reading=list(version.reading),
    )


def reading_records(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Give what was wrong with cells as it is kept."""
    return [problem_record(problem) for problem in problems]
