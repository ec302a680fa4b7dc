"""A partner's program never learns of another partner's things, by whatever read or command.

Each is asked for twice, once with a thing of another partner and once with one that nobody has: the
two answers are the same, to the letter, and neither holds anything.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest
from skola_finance_admin.api.commands import command_inputs
from skola_finance_admin.api.reads import every_read
from skola_finance_admin.api.schemas import example_of
from sqlmodel import select

from skola_finance.commands import COMMANDS
from skola_finance.storage.tables import (
    AdvanceRow,
    AgreementRow,
    ClaimLineRow,
    ClaimRow,
    ClarificationRow,
    CorrectionRow,
    EvidenceRow,
    IrregularityRow,
    ObjectionRow,
    PaymentOrderRow,
    RecoveryRow,
    SpotCheckRow,
    SubProjectRow,
    SupportPlanRow,
)
from tests.admin.programs import Programs
from tests.admin.test_api import ACCOUNTANT, SK, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from httpx2 import Response

    from skola_finance import Store

REZEKNE = "99990100343"
READS = every_read()[0]
COMMAND_INPUTS = command_inputs()[0]
ROLES = ("partner_accountant", "partner_signatory", "partner_coordinator")
NOBODYS: Mapping[str, Any] = {
    "claim": "SK-99999",
    "line_id": "SK-99999-9999",
    "partner": "99990100998",
    "plan": 999_999,
    "plan_no": "IP-XXX-999",
    "order": "MR-99999",
    "advance": "AV-99999",
    "clarification": 999_999,
    "objection": 999_999,
    "evidence": 999_999,
    "spot_check": 999_999,
    "project_no": "P-99999",
    "recovery": "AT-99999",
    "irregularity": "NE-99999",
    "document": "KR-99999",
    "number": "L-99999",
    "key": "XX-99999",
}
"""Names like those of things, which nothing has."""
OTHERWISE: Mapping[str, Any] = {
    "programme": SK,
    "until": "2026-11-30",
    "first_on": "2027-01-15",
    "instalments": 3,
    "reason": "a reason",
    "language": "en",
    "activity": "reading_support",
    "partner_kind": "municipality",
    "code": "ELG-140",
    "row_version": 1,
    "file_name": "claim.xlsx",
    "content": "UEsDBA==",
    "claim_no": "foreign-1",
    "kind": "interim",
    "period_from": "2026-09-01",
    "period_to": "2026-12-31",
    "machine": "claim",
    "planned_on": "2026-12-01",
    "plan_from": "2026-09-01",
    "plan_to": "2026-12-31",
    "iban": "LV45DEMO0000000000001",
    "sha256": "0" * 64,
    "size": 10,
    "asked_cents": 100_000,
    "reported_cents": 100_000,
    "answer": "so it is",
    "supports": [],
    "typed": [],
}


@pytest.fixture(scope="module")
def programs(seen_store: Store) -> Iterator[Programs]:
    """Give programs of one partner's people."""
    with Programs(seen_store) as one:
        yield one


@pytest.fixture(scope="module")
def theirs(seen_store: Store) -> Mapping[str, Any]:
    """Give things of another partner, each by the name under which it is asked for."""
    of_partner: Mapping[str, tuple[Any, Any]] = {
        "plan": (SupportPlanRow.id, SupportPlanRow),
        "plan_no": (SupportPlanRow.plan_no, SupportPlanRow),
        "order": (PaymentOrderRow.key, PaymentOrderRow),
        "advance": (AdvanceRow.document, AdvanceRow),
        "document": (CorrectionRow.document, CorrectionRow),
        "recovery": (RecoveryRow.key, RecoveryRow),
        "irregularity": (IrregularityRow.key, IrregularityRow),
        "objection": (ObjectionRow.id, ObjectionRow),
        "spot_check": (SpotCheckRow.id, SpotCheckRow),
        "project_no": (SubProjectRow.project_no, SubProjectRow),
        "number": (AgreementRow.number, AgreementRow),
    }
    of_claim: Mapping[str, tuple[Any, Any]] = {
        "line_id": (ClaimLineRow.line_id, ClaimLineRow),
        "clarification": (ClarificationRow.id, ClarificationRow),
        "evidence": (EvidenceRow.id, EvidenceRow),
    }
    found: dict[str, Any] = {"partner": REZEKNE}
    with seen_store.reading() as repositories:
        session = repositories.session
        claims = select(ClaimRow).where(ClaimRow.partner_reg_no == REZEKNE)
        by_id = {row.id: row.key for row in session.scalars(claims)}
        found["claim"] = min(by_id.values())
        for name, (column, table) in of_partner.items():
            found[name] = session.scalar(select(column).where(table.partner_reg_no == REZEKNE))
        for name, (column, table) in of_claim.items():
            found[name] = session.scalar(select(column).where(table.claim_id.in_(list(by_id))))
    return {name: value for name, value in found.items() if value is not None}


def things_in(kinds: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """Give the inputs that name a thing."""
    return [name for name in kinds if name in theirs or name == "key"]


def asked(inputs: Any, **things: Any) -> dict[str, Any]:  # noqa: ANN401 - of a read or a command
    """Give inputs that lack nothing, with the things that are asked for."""
    more = {
        name: OTHERWISE.get(name, NOBODYS.get(name, example))
        for name, example in example_of(inputs).items()
        if name not in things
    }
    return {**more, **things}


def same(one: Response, value: object, other: Response, instead: object) -> bool:
    """Say whether two answers differ in nothing but what was asked for."""
    said = one.text.replace(str(value), str(instead))
    return (one.status_code, said) == (other.status_code, other.text)


@pytest.mark.parametrize("name", sorted(READS))
def test_a_read_of_anothers_thing_is_that_of_nothing(
    programs: Programs, theirs: Mapping[str, Any], name: str
) -> None:
    """Proves it for each input of each read that names a thing."""
    read = READS[name]
    roles = cycle(ROLES)
    for one in things_in(read.inputs.kinds, theirs):
        program = programs(f"{next(roles)}.liepaja")
        candidates = theirs.values() if one == "key" else [theirs[one]]
        for value in [each for each in candidates if one != "key" or isinstance(each, str)]:
            instead = NOBODYS[one]
            if read.method == "POST":
                answers = [
                    program.post(f"/queries/{name}", asked(read.inputs, **{one: each}))
                    for each in (value, instead)
                ]
            else:
                answers = [
                    program.get(f"/queries/{name}", **asked(read.inputs, **{one: each}))
                    for each in (value, instead)
                ]
            assert same(answers[0], value, answers[1], instead), (one, answers[0].text[:500])
            assert answers[0].status_code in {403, 404, 422} or one in read.inputs.defaults, (
                one,
                answers[0].text[:500],
            )
            if answers[0].status_code == 404:
                problem(answers[0], 404, "AUT-603")


@pytest.mark.parametrize("name", sorted(COMMAND_INPUTS))
def test_a_command_on_anothers_thing_is_refused_as_one_on_nothing(
    programs: Programs, theirs: Mapping[str, Any], name: str
) -> None:
    """Proves it for each input of each command; whose role may not learns nothing at all."""
    command, inputs = COMMANDS[name], COMMAND_INPUTS[name]
    roles = [role for role in ROLES if role in command.roles]
    program = programs(f"{(roles or ROLES)[0]}.liepaja")
    for one in things_in(inputs.kinds, theirs):
        if one == "key":
            continue
        value, instead = theirs[one], NOBODYS[one]
        answers = [program.do(name, **asked(inputs, **{one: each})) for each in (value, instead)]
        assert answers[0].status_code in {403, 404, 422, 409}, (one, answers[0].text)
        assert same(answers[0], value, answers[1], instead), (one, answers[0].text)
        if not roles:
            problem(answers[0], 403, "AUT-601")


def test_lists_hold_ones_own_alone(programs: Programs, theirs: Mapping[str, Any]) -> None:
    """Proves that no list, count or export of a partner's program names another partner."""
    accountant = programs(ACCOUNTANT)
    foreign = [f'"{theirs["claim"]}"', f'"{REZEKNE}"']
    for name, read in READS.items():
        if read.method == "POST" or not read.inputs.required <= {"programme", "language"}:
            continue
        answer = accountant.get(f"/queries/{name}", **asked(read.inputs))
        assert answer.status_code in {200, 403, 404}, (name, answer.text)
        assert not any(each in answer.text for each in foreign), (name, answer.text)
