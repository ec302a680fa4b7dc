"""Problems as plain JSON values and back, for keeping and for other programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from skola_finance.problems import Citation, CitationStatus, Problem, Severity, Text, Where

if TYPE_CHECKING:
    from collections.abc import Mapping


def problem_record(problem: Problem, *, line_no: int | None = None) -> dict[str, Any]:
    """Give a problem as JSON can hold it; `line_no` says which line it is about."""
    citation = problem.citation
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "line_no": line_no,
        "sheet": problem.where.sheet,
        "row": problem.where.row,
        "column": problem.where.column,
        "cut_cents": problem.cut_cents,
        "variant": problem.variant,
        "subject": problem.subject,
        "message": {"lv": problem.message.lv, "en": problem.message.en},
        "hint": {"lv": problem.hint.lv, "en": problem.hint.en},
        "citation": None
        if citation is None
        else {
            "act": citation.act,
            "locator": citation.locator,
            "uri": citation.uri,
            "status": citation.status.value,
            "checked_on": citation.checked_on.isoformat() if citation.checked_on else None,
        },
    }


def problem_of_record(record: Mapping[str, Any]) -> Problem:
    """Give a problem back."""
    citation = record["citation"]
    return Problem(
        code=record["code"],
        severity=Severity(record["severity"]),
        message=Text(**record["message"]),
        hint=Text(**record["hint"]),
        where=Where(sheet=record["sheet"], row=record["row"], column=record["column"]),
        citation=None
        if citation is None
        else Citation(
            act=citation["act"],
            locator=citation["locator"],
            uri=citation["uri"],
            status=CitationStatus(citation["status"]),
            checked_on=date.fromisoformat(citation["checked_on"])
            if citation["checked_on"]
            else None,
        ),
        cut_cents=record["cut_cents"],
        variant=record["variant"],
        subject=record["subject"],
    )
