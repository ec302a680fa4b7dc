"""Bad input to the API: a problem with code and next action, whatever comes; never an error 500."""

from __future__ import annotations

import json
import uuid
from itertools import cycle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from skola_finance_admin.api.answers import as_json
from skola_finance_admin.api.commands import command_inputs
from skola_finance_admin.api.reads import every_read
from skola_finance_admin.api.resources import RESOURCES
from skola_finance_admin.config import Config

from skola_finance.commands import COMMANDS
from tests.admin.programs import API, Programs
from tests.admin.test_api import ACCOUNTANT, CLAIM, problem
from tests.usecases.arguments import dice, draw, known_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx2 import Response

    from skola_finance import Role, Store

OFFERED = command_inputs()[0]
READS = every_read()[0]
NASTY: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**63, 10**40, "", "\x00", "\ud800", "<b>x</b>", "2025-13-01"),
    *([], [[]], [None], {}, {"": None}, {"a": {"b": [{}]}}, [{"line_id": []}], {"x": 10**30}),
)
STEP = 5
"""Each body begins with another of them, so that every input meets several."""
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def programs(seen_store: Store) -> Iterator[Programs]:
    """Give programs at a store that nobody else looks at."""
    with Programs(seen_store) as one:
        yield one


def login_of(role: Role) -> str:
    """Give somebody of a role."""
    return f"{role.value}.liepaja" if role.sees_own_partner_only else role.value


def told_well(answer: Response) -> str:
    """Give the code of a refusal, empty where it went well; anything else is a fault of ours."""
    assert answer.status_code < 500, answer.text
    if answer.status_code == 200:
        return ""
    return str(problem(answer, answer.status_code, answer.json()["code"])["code"])


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_values_of_any_other_type_are_refused(programs: Programs, name: str) -> None:
    """Proves that no command breaks on values of the wrong type, shape or size."""
    program = programs(login_of(min(COMMANDS[name].roles)))
    kinds = OFFERED[name].kinds
    for first in range(0, len(NASTY), STEP):
        values = NASTY[first:] + NASTY[:first]
        body = json.dumps(dict(zip(kinds, cycle(values), strict=False))).encode()
        assert told_well(program.send(name, body)) or not kinds, body
    assert told_well(program.do(name, nobody_knows_this=1)) in {"WEB-422", "WEB-428"}


def test_values_of_the_right_type_and_no_sense_are_refused(programs: Programs) -> None:
    """Proves that what passes the shape is refused by the library, in its own words."""
    with programs.store.reading() as repositories:
        known = known_values(repositories)
    met = set()
    for name in sorted(OFFERED):
        program = programs(login_of(min(COMMANDS[name].roles)))
        drawn = draw(COMMANDS[name], dice(name), {**known, "claim": ["SK-99999"]})
        met.add(told_well(program.send(name, json.dumps(as_json(drawn)).encode())))
    assert {"AUT-603", "WFL-518"} <= met


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(name=st.sampled_from(sorted(OFFERED)), drawn=st.data())
def test_no_json_at_all_breaks_a_command(
    programs: Programs, name: str, drawn: st.DataObject
) -> None:
    """Proves it for JSON of any shape, its names those of the command or any other."""
    names = st.sampled_from(sorted(OFFERED[name].kinds) or ["x"]) | st.text(max_size=9)
    given_ = drawn.draw(st.dictionaries(names, JSON, max_size=5))
    told_well(programs(login_of(min(COMMANDS[name].roles))).send(name, json.dumps(given_).encode()))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "WEB-422"),
        (b"{", 400, "WEB-400"),
        (b"[]", 422, "WEB-422"),
        (b"null", 422, "WEB-422"),
        (b'"x"', 422, "WEB-422"),
        (b'{"programme": "\xff"}', 400, "WEB-400"),
        (b'\xef\xbb\xbf{"programme": "x"}', 400, "WEB-400"),
        (b'{"programme": NaN}', 400, "WEB-400"),
        (b'{"programme": -Infinity}', 400, "WEB-400"),
        (b'{"programme": 1e999999999}', 400, "WEB-400"),
        (b'{"programme": ' + b"9" * 5000 + b"}", 400, "WEB-400"),
        (b'{"programme": "a", "kind": "b", "programme": "c"}', 400, "WEB-400"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400, "WEB-400"),
        (b"[" * 200_000, 400, "WEB-400"),
        (b'{"a":' * 200_000, 400, "WEB-400"),
        (b'{"programme": "a"} {"x": 1}', 400, "WEB-400"),
        (b"{'programme': 'a'}", 400, "WEB-400"),
    ],
)
def test_what_is_no_object_of_json_is_refused(
    programs: Programs, body: bytes, status: int, code: str
) -> None:
    """Proves that nothing is guessed: one encoding, one value a name, numbers written out."""
    told = problem(programs(ACCOUNTANT).send("create_claim", body), status, code)
    assert len(told["detail"]) < 300


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense", ""]
)
def test_another_kind_of_content_is_not_taken(programs: Programs, kind: str) -> None:
    """Proves WEB-415, so that no plain form of another page is ever a command."""
    body = json.dumps(CLAIM).encode()
    answer = programs(ACCOUNTANT).send("create_claim", body, Content_Type=kind)
    assert "application/json" in problem(answer, 415, "WEB-415")["hint"]["en"]


def test_a_broken_form_is_told(programs: Programs) -> None:
    """Proves WEB-400 for a form without its boundary, and WEB-422 for one without its file."""
    accountant = programs(ACCOUNTANT)
    broken = accountant.send("import_workbook", b"xx", Content_Type="multipart/form-data")
    problem(broken, 400, "WEB-400")
    files = {"nobody_knows_this": ("a.xlsx", b"x")}
    answer = accountant.do("import_workbook", files=files, claim="SK-00001", row_version="1")
    pointers = {each["pointer"] for each in problem(answer, 422, "WEB-422")["errors"]}
    assert pointers >= {"/content", "/nobody_knows_this"}


def test_what_is_too_large_is_told_as_a_problem(seen_store: Store) -> None:
    """Proves WEB-413 in the shape of every other problem."""
    with Programs(seen_store, Config(largest_body=1000)) as programs:
        problem(programs(ACCOUNTANT).send("create_claim", b"x" * 1001), 413, "WEB-413")


NO_RULE = "RUL-431"
"""A code that no rule has is told in the words of the rulebook."""
KEYS = ("%00", "..%2F..%2Fetc", "%ff%fe", "'--", "x" * 3000, "SK-99999", "-1", "9" * 30, "💶", " ")


@pytest.mark.parametrize("address", sorted(each for each in RESOURCES if "{" in each))
def test_a_malformed_key_in_an_address_leads_nowhere(programs: Programs, address: str) -> None:
    """Proves that any text in the place of a key is told as not found or as no key."""
    roles = ("agency_reviewer", "programme_manager")
    inputs = READS[RESOURCES[address]].inputs
    asked = {"programme": "skola-kopiena", "until": "2026-01-31", "reason": "a check"}
    for number, key in enumerate(KEYS):
        path = address
        for name in inputs.kinds:
            path = path.replace(f"{{{name}}}", key)
        more = {name: each for name, each in asked.items() if name in inputs.required}
        answer = programs(roles[number % 2]).get(path, **more)
        assert told_well(answer) in {"AUT-603", "AUT-601", "WEB-404", "WEB-422", NO_RULE}, (
            path,
            answer.text,
        )


@pytest.mark.parametrize("name", sorted(READS))
def test_nonsense_in_the_query_of_an_address_is_refused(programs: Programs, name: str) -> None:
    """Proves that no read breaks on texts that are no number, day or choice, or stand twice."""
    program = programs("programme_manager")
    read = READS[name]
    if read.method == "POST":
        answer = program.client.post(
            f"{API}/queries/{name}", headers=program.headers(), json={"x": [None]}
        )
        assert told_well(answer) == "WEB-422"
        return
    nonsense = ("x", "-1", "9" * 25, "\x00") if read.inputs.kinds else ()
    for value in nonsense:
        told_well(program.get(f"/queries/{name}", **dict.fromkeys(read.inputs.kinds, value)))
    for one in read.inputs.kinds:
        told_well(program.get(f"/queries/{name}?{one}=a&{one}=b"))
    assert told_well(program.get(f"/queries/{name}", nobody_knows_this="1")) == "WEB-422"


def test_tags_in_a_text_come_back_as_the_text_they_are(store: Store) -> None:
    """Proves that answers are JSON that no browser shows as a page, the text untouched."""
    tag = "<script>alert(1)</script>"
    with Programs(store) as programs:
        accountant = programs(ACCOUNTANT)
        made = accountant.do("create_claim", **{**CLAIM, "claim_no": tag})
        page = accountant.get(f"/claims/{made.json()['subject']}")
        assert tag in page.text
        assert page.headers["content-type"] == "application/json"
        again = accountant.do("create_claim", **{**CLAIM, "claim_no": tag})
        assert tag in problem(again, 409, "WFL-532")["detail"]
        odd = accountant.do("create_claim", key=uuid.uuid4().hex, **{**CLAIM, tag: tag})
        pointer = problem(odd, 422, "WEB-422")["errors"][0]["pointer"]
        assert pointer == "/<script>alert(1)<~1script>"
