"""One line as a form: every cell that people type, in groups, with what was found on top."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.claims.columns import COLUMN
from skola_finance.claims.compiled import MISSING
from skola_finance.usecases.filing.standing import claim_seen
from skola_finance.usecases.filing.typed_lines import read_typed
from skola_finance.usecases.views.claims_columns import needed_keys, typed_columns
from skola_finance.usecases.views.claims_lines import (
    cell_text,
    gravest_first,
    is_blank,
    still_wanted,
)
from skola_finance.usecases.views.claims_typing import standing_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from skola_finance.problems import Language, Problem, Text
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.views.claims_columns import LineColumn


class LineGroupKind(StrEnum):
    """What the cells of a group tell of, in the order in which a form asks for them."""

    EVENT = "event"
    """What was done and when, and by whom."""
    LEARNER = "learner"
    """For whom: the learner, the school and the plan."""
    AMOUNT = "amount"
    """How much is claimed, and for how many hours, sessions or kilometres."""
    EVIDENCE = "evidence"
    """What proves it."""
    INVOICE = "invoice"
    """What only an actual cost has: document, supplier, payment and VAT."""
    OTHER = "other"
    """What few lines need."""


_KEYS: Mapping[LineGroupKind, tuple[str, ...]] = {
    LineGroupKind.EVENT: (
        *("activity", "cost_form", "activity_on", "starts_at", "session_ref", "group_size"),
        *("specialist", "specialist_ref", "mentor_certified_on", "project_no"),
    ),
    LineGroupKind.LEARNER: (
        *("institution_reg_no", "institution_founder", "institution_kind"),
        *("education_programme", "study_form", "learner_ref", "learner_grade", "learner_age"),
        *("plan_no", "income_status", "has_disability"),
    ),
    LineGroupKind.AMOUNT: ("quantity", "unit_cost", "amount", "other_funding", "budget_bucket"),
    LineGroupKind.EVIDENCE: ("evidence",),
    LineGroupKind.INVOICE: (
        *("document_no", "document_on", "document_total", "paid_on", "payment_document_no"),
        *("supplier_kind", "supplier_reg_no", "supplier_vat_no", "economic_code", "vat_amount"),
        *("vat_recoverable", "vat_recoverable_amount", "vat_pro_rata", "ticket_kind"),
    ),
}
"""The columns of each group; whatever no group names stands under `OTHER`."""


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Columns that are asked for together; `is_open` is false where a form may fold them away."""

    kind: LineGroupKind
    columns: tuple[LineColumn, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class LineCells:
    """Every cell of a line, to be typed anew.

    Attributes:
        row_version: of the claim that the cells were read from.
        columns: all that are typed, in the order of the one-sheet layout.
        groups: the same columns as a form asks for them.
        texts: by column key, as people write them.
        needed: keys that every usual line of this form of cost fills.
        faulty: keys that a problem points at.
        problems: what was found on the line, the gravest first.
        besides: the same without the facts that are only missing yet.
        wanted: names of the columns whose facts are missing; of a line that was only begun, of all
            that a usual line fills.
        is_begun: whether nothing was typed into it yet but what it is of.
        unread: by key, why what was typed could not be read.
    """

    line_no: int
    line_id: str
    row_version: int
    columns: tuple[LineColumn, ...]
    groups: tuple[LineGroup, ...]
    texts: Mapping[str, str]
    needed: frozenset[str]
    faulty: frozenset[str]
    problems: tuple[Problem, ...]
    besides: tuple[Problem, ...]
    wanted: tuple[Text, ...]
    is_begun: bool
    unread: Mapping[str, Problem]


def claim_line_cells(
    store: Store, order: Order, *, claim: str, line_id: str, language: Language
) -> LineCells:
    """Give every cell of a line as people type it, in groups, with what was found on it.

    Raises: NotFound (AUT-603); CommandRefused WFL-533 (no such line).
    """
    return check_line_cells(store, order, claim=claim, line_id=line_id, language=language, typed={})


def check_line_cells(
    store: Store,
    order: Order,
    *,
    claim: str,
    line_id: str,
    language: Language,
    typed: Mapping[str, str],
) -> LineCells:
    """Say what a line would come to with some cells as they are typed; nothing is kept.

    Args:
        claim: its public key.
        line_id: of the line.
        language: of the cells.
        typed: column keys to texts that are laid over the line, and completed; nothing is kept.

    Raises: NotFound (AUT-603); CommandRefused WFL-533 (no such line).
    """
    with store.reading() as repositories:
        row = claim_seen(repositories, order, claim)
        read = read_typed([{**typed, "line_id": line_id}], programme=row.programme)
        standing = standing_typed(repositories, store, order, row, read)
    unread = read[0].problems
    line = standing.line(line_id)
    problems = sorted(standing.problems(line["line_no"]), key=gravest_first)
    columns = typed_columns(row.programme)
    texts = {
        one.key: cell_text(COLUMN[one.key], line[COLUMN[one.key].frame], language)
        for one in columns
    }
    texts |= {key: typed[key] for key in unread}
    faulty = frozenset(one.where.column for one in problems if one.where.column)
    missing = {one.where.column for one in problems if one.code == MISSING}
    is_begun = standing.is_preview and not unread and is_blank(line, row.programme)
    form = line["cost_form"] or ""
    filled = {key for key, text in texts.items() if text}
    return LineCells(
        line_no=line["line_no"],
        line_id=line_id,
        row_version=row.row_version,
        columns=columns,
        groups=_groups(columns, in_sight=filled | faulty, is_actual=form in {"", "actual"}),
        texts=texts,
        needed=needed_keys(form, row.programme),
        faulty=faulty | unread.keys(),
        problems=tuple(problems),
        besides=tuple(one for one in problems if one.code != MISSING),
        wanted=still_wanted(line, faulty, row.programme)
        if is_begun
        else tuple(one.label for one in columns if one.key in missing),
        is_begun=is_begun,
        unread=unread,
    )


def _groups(
    columns: tuple[LineColumn, ...], *, in_sight: set[str] | frozenset[str], is_actual: bool
) -> tuple[LineGroup, ...]:
    """Put columns into their groups; what only invoices have is folded away where it is empty."""
    kind_of = {key: kind for kind, keys in _KEYS.items() for key in keys}
    found = []
    for kind in LineGroupKind:
        own = {one.key: one for one in columns if kind_of.get(one.key, LineGroupKind.OTHER) is kind}
        ordered = tuple(own[key] for key in _KEYS.get(kind, tuple(own)) if key in own)
        is_open = kind is not LineGroupKind.INVOICE or is_actual or bool(in_sight & set(own))
        if ordered:
            found.append(LineGroup(kind, ordered, is_open))
    return tuple(found)
