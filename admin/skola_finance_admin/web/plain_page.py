"""Answers that need no page around them: given where templates and sign-in are out of reach."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse, Response

from skola_finance import Problem, Severity, Text
from skola_finance_admin.api.problem_documents import problem_answer

if TYPE_CHECKING:
    from starlette.types import Scope

TOO_LARGE = Problem(
    code="WEB-413",
    severity=Severity.ERROR,
    message=Text(
        lv="Nosūtītais ir lielāks, nekā sistēma pieņem.",
        en="What was sent is larger than the system takes.",
    ),
    hint=Text(
        lv="Sadaliet datni mazākās vai samaziniet attēlu izmēru; nekas nav mainīts.",
        en="Split the file, or make its pictures smaller; nothing was changed.",
    ),
)


def too_large(scope: Scope) -> Response:
    """Answer a request whose body is over the limit."""
    return plain_page(scope, TOO_LARGE, status=413)


def plain_page(scope: Scope, problem: Problem, *, status: int) -> Response:
    """Tell a problem in both languages, as JSON to programs and as a bare page to people."""
    headers = dict(scope["headers"])
    told = {
        "code": problem.code,
        "message": {"lv": problem.message.lv, "en": problem.message.en},
        "hint": {"lv": problem.hint.lv, "en": problem.hint.en},
    }
    if scope["path"].startswith("/api/"):
        return problem_answer(scope, problem, status=status)
    if b"x-skola-fetch" in headers:
        return JSONResponse({"status": status, **told}, status_code=status)
    lines = "".join(
        f"<p lang='{language}'><strong>{escape(message)}</strong> {escape(hint)}</p>"
        for language, message, hint in (
            ("lv", problem.message.lv, problem.hint.lv),
            ("en", problem.message.en, problem.hint.en),
        )
    )
    return HTMLResponse(
        "<!DOCTYPE html><html lang='lv'><head><meta charset='utf-8'>"
        f"<title>{problem.code}</title></head><body><main><h1>{problem.code}</h1>{lines}"
        "<p><a href='/admin/'>skola-finance</a></p></main></body></html>",
        status_code=status,
    )
