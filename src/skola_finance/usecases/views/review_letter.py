"""The letter of a review: one text out of what was decided line by line, to be edited and sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skola_finance.money import format_amount
from skola_finance.problems import Language, Text
from skola_finance.usecases.line_decisions import DecisionKind
from skola_finance.usecases.wording import counted_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from skola_finance.storage.tables import ClaimLineRow, ClaimRow
    from skola_finance.usecases.views.cuts import Cut
    from skola_finance.usecases.views.review_parts import AskedQuestion, LineDecided

_HEAD = {
    Language.LV: "Pārbaudot izdevumu pārskatu {key} (Nr. {number}), konstatēts:",
    Language.EN: "The review of the claim {key} (no. {number}) found:",
}
_KIND = {
    (Language.LV, DecisionKind.CUT): "samazināta līdz {limit}",
    (Language.EN, DecisionKind.CUT): "cut to {limit}",
    (Language.LV, DecisionKind.PARK): "atlikta",
    (Language.EN, DecisionKind.PARK): "put off",
}
_RULES = {Language.LV: "Pēc noteikumiem:", Language.EN: "By the rules:"}
_RULE = {
    Language.LV: "{title} ({code}): {sum}, {lines}",
    Language.EN: "{title} ({code}): {sum}, {lines}",
}
_OPEN = {Language.LV: "Neatbildēts jautājums", Language.EN: "A question without an answer"}
_SUM = {
    Language.LV: "Pieteikts {claimed}, attiecināms {eligible}.",
    Language.EN: "Claimed {claimed}, eligible {eligible}.",
}


def letter_of(
    row: ClaimRow,
    lines: Sequence[ClaimLineRow],
    decided: Mapping[str, LineDecided],
    cuts: Iterable[Cut],
    questions: Iterable[AskedQuestion],
) -> Text:
    """Compose the letter out of the reasons that the reviewer marked, in the order of the lines.

    Learners are named nowhere: a line is named by its id and day.
    """
    cuts, questions = tuple(cuts), tuple(questions)
    return Text(
        lv=_letter(Language.LV, row, lines, decided, cuts, questions),
        en=_letter(Language.EN, row, lines, decided, cuts, questions),
    )


def _letter(
    language: Language,
    row: ClaimRow,
    lines: Sequence[ClaimLineRow],
    decided: Mapping[str, LineDecided],
    cuts: Sequence[Cut],
    questions: Sequence[AskedQuestion],
) -> str:
    told = [_HEAD[language].format(key=row.key, number=row.claim_no), ""]
    for line in lines:
        one = decided.get(line.line_id)
        if one is not None and one.kind is not DecisionKind.KEEP:
            told.append(_line(language, line, one))
    by_rules = [cut for cut in cuts if cut.by == "rule"]
    if by_rules:
        told += ["", _RULES[language]]
        told += [
            "– "
            + _RULE[language].format(
                title=cut.title.in_(language),
                code=cut.code or "–",
                sum=format_amount(cut.cents, language),
                lines=counted_lines(cut.lines).in_(language),
            )
            for cut in by_rules
        ]
    told += [
        f"– {_OPEN[language]}{f' ({one.line_id})' if one.line_id else ''}: {one.question}"
        for one in questions
        if not one.answer
    ]
    told += [
        "",
        _SUM[language].format(
            claimed=format_amount(row.claimed_cents, language),
            eligible=format_amount(row.eligible_cents, language),
        ),
    ]
    return "\n".join(told).replace("\n\n\n", "\n\n")


def _line(language: Language, line: ClaimLineRow, one: LineDecided) -> str:
    limit = format_amount(one.limit_cents or 0, language)
    what = _KIND[language, one.kind].format(limit=limit)
    claimed = format_amount(line.claimed_cents, language)
    day = f"{line.activity_on:%d.%m.%Y.}, " if line.activity_on else ""
    rule = f" ({one.rule_code})" if one.rule_code else ""
    return f"– {line.line_id} ({day}{claimed}): {what} – {one.reason}{rule}"
