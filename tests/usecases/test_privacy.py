"""Learners are erased once the retention is over: every fact of theirs goes, every sum stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger.digests import LEARNER_COLUMNS
from skola_finance.problems import SkolaError
from skola_finance.storage.frames import frame_digest, unpack
from skola_finance.storage.seals import key_of, row_digest
from skola_finance.storage.tables import AgreementRow, SupportPlanRow
from skola_finance.usecases.deciding.approval import approve_claim_payment
from skola_finance.usecases.filing.evidence import hand_in_evidence, open_evidence
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.privacy import erase_learners
from skola_finance.usecases.proof.verify import verify
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.review.taking_up import start_review
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PDF = b"%PDF-1.7\n%%EOF\n"
KEPT_UNTIL = date(2034, 12, 31)


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, on both databases."""
    with prepared(made, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    with prepared(made, tmp_path) as world:
        yield world


def made(world: World) -> None:
    """Open the programme with Liepāja in it, whose documents are kept for years."""
    world.open().add_partner(LIEPAJA, SCHOOL, retention_until=KEPT_UNTIL)


def keep_until(world: World, day: date | None) -> None:
    """Change by hand until when documents are kept."""
    with world.store.writing() as unit:
        (agreement,) = unit.partners.agreements(SK, partner=LIEPAJA)
        agreement.retention_until = day
        unit.add(agreement)


def paid(world: World, number: int = 1, lines: list[dict[str, Any]] | None = None) -> str:
    """Bring a claim with a file to its payment."""
    lines = lines or [line(), line(learner_grade=5), line(learner_ref="IZG-1", amount="14.00")]
    made = world.draft("liepaja.accountant", lines, claim_no=str(number))
    claim: str = made["claim"]
    attached = world.do(
        "liepaja.accountant",
        hand_in_evidence,
        claim=claim,
        kind="plan",
        name="Jānis.pdf",
        content=PDF,
    )
    world.do("liepaja.accountant", submit_claim, claim=claim, row_version=attached["row_version"])
    world.do("reviewer", start_review, claim=claim)
    made = world.do("reviewer", recommend_claim, claim=claim)
    version = {"claim": claim, "row_version": made["row_version"]}
    approved = world.do("approver", approve_claim_payment, **version)
    ordered = world.do("treasurer", order_claim_payment, claim=approved["claim"])
    world.do("treasurer", mark_paid, order=ordered["order"], executed_on=world.clock.at.date())
    return claim


def refused(world: World, who: str = "manager", **inputs: Any) -> str:  # noqa: ANN401
    """Give the code that an erasure is refused with."""
    with pytest.raises(SkolaError) as error:
        world.do(who, erase_learners, programme=SK, **inputs)
    return error.value.problem.code


def digests(world: World, claim: str) -> tuple[object, ...]:
    """Recompute what seals and sums say of a claim."""
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        assert row is not None
        (version,) = repositories.claims.versions(row.id)
        amounts = (row.claimed_cents, row.eligible_cents, row.approved_cents, row.ineligible_cents)
        frame = unpack(version.frame)
        return (
            frame_digest(frame),
            int(frame["amount_cents"].sum()),
            repositories.claims.lines_digest(row.id, version.version),
            amounts,
        )


def test_a_claim_forgets_its_learners_and_keeps_its_sums(world: World) -> None:
    """Frames and lines are empty of them; digests, seals, books and chains hold as before."""
    claim = paid(world)
    before = digests(world, claim)
    world.clock.go_to(2035, 1, 1)
    erased = world.do("manager", erase_learners, programme=SK, claim=claim)
    assert (erased["claims"], erased["versions"]) == (1, 1)
    assert digests(world, claim) == before
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        assert row is not None
        (version,) = repositories.claims.versions(row.id)
        assert version.erased_at == world.clock.at
        frame = unpack(version.frame)
        learners = [name for name in frame.columns if name in LEARNER_COLUMNS]
        assert {"learner_ref", "learner_grade", "learner_age", "plan_no"} <= set(learners)
        assert frame.select(learners).null_count().row(0) == (frame.height,) * len(learners)
        assert frame["evidence"].null_count() == 0
        lines = repositories.claims.lines(row.id, version.version)
        assert [one.learner_ref for one in lines] == [None, None, None]
        (sealed,) = [
            digest
            for _, table, key, digest in repositories.records.seals()
            if (table, key) == ("claim_version", key_of(version))
        ][-1:]
        assert sealed == row_digest(version)
        problems = repositories.claims.assessments()[-1].problems
    (grade,) = [one for one in problems if one["code"] == "ELG-110"]
    assert grade["message"]["en"] == "The facts of the learner were erased."
    assert "IZG-1" not in str(problems)
    proven = verify(world.store, on=date(2035, 1, 1))
    assert proven.problems == ()
    assert proven.counts["erased"] > 0


def test_the_keys_of_files_are_destroyed_unless_another_claim_holds_them(embedded: World) -> None:
    """The same file behind two claims goes with the second."""
    first, second = paid(embedded, 1, [line()]), paid(embedded, 2, [line()])
    embedded.clock.go_to(2035, 1, 1)
    folder = embedded.store.evidence
    for claim, files, code in ((first, 1, ""), (second, 0, "AUT-603")):
        embedded.do("manager", erase_learners, programme=SK, claim=claim)
        assert sum(one.is_file() for one in folder.iterdir()) == files
        order = embedded.order("liepaja.accountant")
        if code:
            with pytest.raises(SkolaError, match=code):
                open_evidence(embedded.store, order, evidence=2)
        else:
            assert open_evidence(embedded.store, order, evidence=2).content == PDF
    with embedded.store.reading() as repositories:
        row = repositories.claims.by_key(first)
        assert row is not None
        assert [one.name for one in repositories.claims.evidence(row.id)] == ["erased/1.pdf"]
    assert verify(embedded.store, on=date(2035, 1, 1)).problems == ()


def test_nothing_is_erased_before_its_time(embedded: World) -> None:
    """Not before the retention is over, not where nobody entered one, not while in process."""
    claim, filed = paid(embedded, lines=[line()]), embedded.filed("liepaja.accountant", [line()])
    keep_until(embedded, None)
    embedded.clock.go_to(2040, 12, 31)
    assert refused(embedded, claim=claim) == "WFL-574"
    keep_until(embedded, KEPT_UNTIL)
    embedded.clock.go_to(2034, 12, 31)
    assert refused(embedded, claim=claim) == "WFL-574"
    embedded.clock.go_to(2035, 1, 1)
    assert refused(embedded, claim=filed["claim"]) == "WFL-575"
    embedded.do("manager", erase_learners, programme=SK, claim=claim)
    assert refused(embedded, claim=claim) == "WFL-576"


def test_what_is_asked_for_must_be_clear(embedded: World) -> None:
    """A claim or a day, a known programme, by the programme manager."""
    claim = embedded.filed("liepaja.accountant", [line()])["claim"]
    assert refused(embedded) == "WFL-518"
    assert refused(embedded, claim=claim, before=date(2026, 1, 1)) == "WFL-518"
    assert refused(embedded, claim="SK-99999") == "AUT-603"
    for who in ("approver", "auditor", "administrator", "liepaja.signatory"):
        assert refused(embedded, who, claim=claim) == "AUT-601"
    with pytest.raises(SkolaError, match="AUT-603"):
        embedded.do("manager", erase_learners, programme="pumpurs", claim=claim)


def test_everything_that_ended_before_a_day_is_erased_where_it_may_be(embedded: World) -> None:
    """Claims by their period, plans by their last day; what is in process is left and counted."""
    paid(embedded, lines=[line()])
    embedded.filed("liepaja.accountant", [line()])
    with embedded.store.writing() as unit:
        for number, ends in ((1, date(2026, 6, 30)), (2, date(2034, 6, 30))):
            plan = SupportPlanRow(
                programme=SK,
                plan_no=f"P-{number}",
                partner_reg_no=LIEPAJA,
                learner_ref=f"IZG-{number}",
                risk_ground="early_leaving",
                starts=date(2025, 9, 1),
                ends=ends,
                registered_at=embedded.clock.now(),
            )
            unit.add(plan)
    keep_until(embedded, date(2033, 12, 31))
    inputs = {"programme": SK, "before": date(2030, 1, 1)}
    embedded.clock.go_to(2033, 12, 31)
    early = embedded.do("manager", erase_learners, **inputs)
    assert dict(early.facts) == {"claims": 0, "versions": 0, "plans": 0, "kept": 3}
    embedded.clock.go_to(2034, 1, 1)
    found = embedded.do("manager", erase_learners, **inputs)
    assert dict(found.facts) == {"claims": 1, "versions": 1, "plans": 1, "kept": 1}
    again = embedded.do("manager", erase_learners, **inputs)
    assert dict(again.facts) == {"claims": 0, "versions": 0, "plans": 0, "kept": 1}
    with embedded.store.reading() as repositories:
        plans = repositories.partners.plans(SK)
    assert sorted((one.plan_no, one.learner_ref, one.risk_ground) for one in plans) == [
        ("P-2", "IZG-2", "early_leaving"),
        ("erased/1", "", None),
    ]


def test_a_predecessors_learners_are_kept_as_long_as_the_successors(embedded: World) -> None:
    """Whoever took the agreement over answers for its documents."""
    claim = paid(embedded, lines=[line()])
    keep_until(embedded, date(2030, 12, 31))
    successor = "99990100343"
    embedded.add_partner(successor, "99990200058", iban="LV17DEMO0000000000002")
    with embedded.store.writing() as unit:
        rows: dict[str, AgreementRow] = {
            one.partner_reg_no: one for one in unit.partners.agreements(SK)
        }
        rows[LIEPAJA].state, rows[LIEPAJA].successor_reg_no = "succeeded", successor
        rows[successor].retention_until = KEPT_UNTIL
        for row in rows.values():
            unit.add(row)
    embedded.clock.go_to(2031, 1, 1)
    assert refused(embedded, claim=claim) == "WFL-574"
    embedded.clock.go_to(2035, 1, 1)
    embedded.do("manager", erase_learners, programme=SK, claim=claim)
