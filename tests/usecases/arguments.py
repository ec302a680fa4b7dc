"""Arguments for any use case, drawn at random: by name where a name says what it is, else by type.

A use case that is added later is tried as well, without a word about it here.
"""

from __future__ import annotations

from datetime import date, timedelta
from inspect import Parameter, signature
from random import Random
from typing import TYPE_CHECKING, Any

from sqlmodel import select

from skola_finance.storage.tables import (
    AdvanceRow,
    AgreementRow,
    AmendmentRow,
    BankAccountRow,
    ClaimLineRow,
    ClaimRow,
    ClarificationRow,
    CorrectionProposalRow,
    CorrectionRow,
    IrregularityRow,
    ObjectionRow,
    PaymentOrderRow,
    RecoveryRow,
    SettingRow,
    SubProjectRow,
)
from skola_finance.usecases.partners.agreements import CHECKLIST
from tests.usecases.world import IBAN, LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.use_case import UseCase

NOWHERE = "nowhere"
TODAY = date(2026, 1, 15)
DAYS = (date(2025, 9, 1), date(2025, 12, 31), TODAY, date(2026, 2, 2), date(2031, 1, 1))
TEXTS = ("", " ", "why not", "A-1", "x" * 300, "„ā” \u2028 '; --", "01.02.2026", "a\x00b", "\ud800")
AMOUNTS = (0, 1, -1, 660, 1320, 5_000, -1320, 10**9, 2**62, 2**70)
BY_NAME: Mapping[str, Sequence[Any]] = {
    "programme": (SK, SK, SK, "pumpurs", NOWHERE),
    "partner": (LIEPAJA, REZEKNE, "99990100999", NOWHERE),
    "giver": (LIEPAJA, REZEKNE, NOWHERE),
    "receiver": (LIEPAJA, REZEKNE, NOWHERE),
    "successor": (LIEPAJA, REZEKNE, NOWHERE),
    "reg_no": (LIEPAJA, REZEKNE, SCHOOL, OTHER_SCHOOL, NOWHERE),
    "quota": ("individual_support", "projects", "events", "central", NOWHERE),
    "giver_quota": ("individual_support", "projects", NOWHERE),
    "receiver_quota": ("individual_support", "events", NOWHERE),
    "iban": (IBAN, "LV45DEMO0000000000001", NOWHERE),
    "kind": ("interim", "final", "correction", "nil", "municipality", NOWHERE),
    "founder": ("municipal", "state", NOWHERE),
    "key": ("unit_cost.reading_support", "hours_per_day", NOWHERE),
    "value": ("13.20", "8", "none", "-1", "abc"),
    "rule_code": ("ELG-140", "ELG-999", ""),
    "batch": ("", "file-1", "file-2", "statement-1"),
    "statement": ("", "statement-1", "statement-2", "file-1"),
    "reviewer": ("reviewer", "reviewer_2", ""),
    "answer": ("yes", "no", "it was so", ""),
    "scopes": (("read",), ("filing", "read"), ("paying",), (NOWHERE,), ()),
    "token_digest": ("0" * 64, "f" * 63, NOWHERE),
    "checklist": (dict.fromkeys(CHECKLIST, True), {}),
}
BY_TYPE: Mapping[str, Sequence[Any]] = {
    "str": TEXTS,
    "int": (0, 1, 2, 3, -1, 10**6, 2**70),
    "bool": (True, False),
    "date": DAYS,
    "bytes": (b"", b"PK\x03\x04", b"%PDF-1.7 x"),
}


def dice(seed: object) -> Random:
    """Give what draws; the same seed draws the same again."""
    return Random(str(seed))  # noqa: S311 - invented values are no secret


def known_values(repositories: Repositories) -> dict[str, list[Any]]:
    """Give what the database has, by the name under which a command asks for it."""
    columns: Mapping[str, Any] = {
        "claim": ClaimRow.key,
        "claim_no": ClaimRow.claim_no,
        "row_version": ClaimRow.row_version,
        "line_id": ClaimLineRow.line_id,
        "amendment": AmendmentRow.id,
        "setting": SettingRow.id,
        "bank_account": BankAccountRow.id,
        "clarification": ClarificationRow.id,
        "order": PaymentOrderRow.key,
        "number": AgreementRow.number,
        "correction": CorrectionProposalRow.document,
        "document": CorrectionRow.document,
        "advance": AdvanceRow.document,
        "recovery": RecoveryRow.key,
        "irregularity": IrregularityRow.key,
        "objection": ObjectionRow.id,
        "project_no": SubProjectRow.project_no,
    }
    session = repositories.session
    return {name: sorted(set(session.scalars(select(of)))) for name, of in columns.items()}


def draw(
    case: UseCase[Any],
    random: Random,
    known: Mapping[str, Sequence[Any]],
    **fixed: Any,  # noqa: ANN401 - any
) -> dict[str, Any]:
    """Draw a value for every argument of a use case, and leave out some that may be."""
    drawn = {}
    for name, parameter in list(signature(case.body).parameters.items())[1:]:
        if name in fixed:
            drawn[name] = fixed[name]
        elif parameter.default is Parameter.empty or random.random() < 0.5:
            drawn[name] = _value(name, str(parameter.annotation), random, known)
    return drawn


def _value(name: str, annotation: str, random: Random, known: Mapping[str, Sequence[Any]]) -> Any:  # noqa: ANN401 - any
    if known.get(name) and random.random() < 0.9:
        return random.choice(known[name])
    if name in BY_NAME:
        return random.choice(BY_NAME[name])
    if name.endswith("cents"):
        return random.choice(AMOUNTS)
    kind = annotation.partition(" |")[0]
    if kind in BY_TYPE:
        return random.choice(BY_TYPE[kind])
    return _many(kind, random, known)


def _many(kind: str, random: Random, known: Mapping[str, Sequence[Any]]) -> Any:  # noqa: ANN401 - any
    if "Mapping" in kind and "Sequence" in kind:
        number = random.randint(0, 3)
        return [{**line(), **dict([random.choice(CELLS)])} for _ in range(number)]
    if "Mapping" in kind:
        return {}
    if "Sequence" in kind:
        return random.sample(
            list(known.get("line_id", [])), k=min(1, len(known.get("line_id", [])))
        )
    return random.choice(TEXTS)


CELLS: Sequence[tuple[str, Any]] = (
    ("amount", "13.20"),
    ("amount", "14.00"),
    ("amount", "-13.20"),
    ("amount", "0.00"),
    ("amount", "0.001"),
    ("amount", "abc"),
    ("amount", None),
    ("amount", 13.2),
    ("amount", "99999999999"),
    ("quantity", "1.2345"),
    ("quantity", "nan"),
    ("activity_on", "2025-11-05"),
    ("activity_on", TODAY + timedelta(days=400)),
    ("activity", NOWHERE),
    ("cost_form", NOWHERE),
    ("group_size", "two"),
    ("group_size", 10**12),
    ("learner_grade", -1),
    ("learner_ref", "010190-12343"),
    ("note", "x" * 5_000),
    ("nobody_knows_this", 1),
    ("line_id", "SK-00001-0001"),
    ("starts_at", "25:61"),
    ("starts_at", 5),
)
