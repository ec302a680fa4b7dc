"""Sub-projects from application to settlement, with the advance and what is left of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.ledger import Account, Dimension
from skola_finance.problems import SkolaError
from skola_finance.usecases.partners.sub_project_reports import (
    abandon_sub_project,
    approve_sub_project_report,
    recommend_sub_project_report,
    report_sub_project,
    return_sub_project_report,
)
from skola_finance.usecases.partners.sub_projects import (
    apply_for_sub_project,
    approve_sub_project,
    recommend_sub_project,
    reject_sub_project,
    withdraw_sub_project,
)
from skola_finance.usecases.paying.advance_ends import mark_advance_overdue, repay_unspent_advance
from skola_finance.usecases.paying.advance_payments import (
    cancel_advance_order,
    mark_advance_paid,
    order_owed_again,
    return_advance_payment,
)
from skola_finance.usecases.paying.orders import mark_paid, order_claim_payment
from skola_finance.usecases.paying.sub_project_advances import order_sub_project_advance
from skola_finance.usecases.paying.sub_project_settlement import settle_sub_project
from skola_finance.usecases.proof.verify import verify
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, SK, World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.use_case import UseCase

SUM, SHARE = 460_000, 368_000
PAID_ON = date(2026, 1, 15)


def _world(kind: str, folder: Path) -> Iterator[World]:
    with prepared(filled, folder, kind) as world:
        yield world
        found = verify(world.store, on=date(2026, 12, 31), only_first=False)
        assert found.problems == ()


def filled(world: World) -> None:
    """Open the programme with Liepāja in it."""
    world.open().add_partner(LIEPAJA, SCHOOL)


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it; afterwards the whole database proves itself."""
    yield from _world(request.param, tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    yield from _world("sqlite", tmp_path)


class Project:
    """A sub-project of Liepāja, taken from step to step."""

    def __init__(self, world: World, cents: int = SUM) -> None:
        """Apply for it."""
        self.world = world
        made = world.do(
            "liepaja.coordinator",
            apply_for_sub_project,
            programme=SK,
            partner=LIEPAJA,
            activity="initiative_project",
            title="Darbnīca",
            asked_cents=cents,
        )
        self.no, self.version = made["project_no"], made["row_version"]

    def step(self, who: str, case: UseCase[Any], **inputs: Any) -> Answer:  # noqa: ANN401 - any
        """Let a person take the next step."""
        answer = self.world.do(
            who, case, programme=SK, project_no=self.no, row_version=self.version, **inputs
        )
        self.version = answer["row_version"]
        return answer

    def approved(self, cents: int = SUM) -> Answer:
        """Bring it to its approval."""
        self.step("reviewer", recommend_sub_project, recommended_cents=cents)
        return self.step("approver", approve_sub_project, approved_cents=cents)

    def advanced(self, cents: int | None = None) -> Answer:
        """Order its advance and record that the bank has paid it."""
        ordered = self.world.do(
            "treasurer", order_sub_project_advance, programme=SK, project_no=self.no, cents=cents
        )
        self.world.do("treasurer", mark_advance_paid, order=ordered["order"], executed_on=PAID_ON)
        self.version += 2
        return ordered

    def reported(self, cents: int) -> Answer:
        """Bring its final report to the approval."""
        self.step("liepaja.signatory", report_sub_project, reported_cents=cents)
        self.step("reviewer", recommend_sub_project_report)
        return self.step("approver", approve_sub_project_report)

    def line(self, amount: str, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - cells
        """Give the line that claims its sum."""
        sound: dict[str, Any] = {
            "activity": "initiative_project",
            "cost_form": "lump_sum",
            "amount": amount,
            "activity_on": date(2025, 12, 1),
            "project_no": self.no,
            "other_funding": "none",
            "evidence": "parskats.pdf",
        }
        return {**sound, **changes}


def standing(world: World, account: Account, **only: str) -> int:
    """Give what stands on an account, of Liepāja where it is kept by partner."""
    partner = "" if account is Account.ENVELOPE else LIEPAJA
    with world.store.reading() as repositories:
        balances = repositories.books.balances(SK, partner=partner)
        return balances.split(
            account, only={Dimension(key): value for key, value in only.items()}
        ).total_cents


def refusal(world: World, who: str, case: UseCase[Any], **inputs: Any) -> str:  # noqa: ANN401
    """Give the code with which something is refused."""
    with pytest.raises(SkolaError) as caught:
        world.do(who, case, **inputs)
    return caught.value.problem.code


def test_a_report_below_the_sum_leaves_a_part_of_the_advance_to_repay(world: World) -> None:
    """3 680.00 advanced of 4 600.00, 3 000.00 spent: the claim clears it, 680.00 come back."""
    envelope = standing(world, Account.ENVELOPE)
    project = Project(world)
    assert project.approved()["allocated_cents"] == SUM
    assert standing(world, Account.ENVELOPE) == envelope - SUM
    assert standing(world, Account.ALLOCATION, quota="projects") == SUM
    ordered = project.advanced()
    assert (ordered["amount_cents"], ordered["state"]) == (SHARE, "approved")
    assert standing(world, Account.PAID) == SHARE
    assert project.reported(300_000)["final_cents"] == 300_000
    claim = world.approved("liepaja.accountant", [project.line("3000.00")])
    assert (claim["approved_cents"], claim["cleared_cents"]) == (300_000, 300_000)
    assert (claim["payable_cents"], claim["state"]) == (0, "settled")
    settle = {"programme": SK, "project_no": project.no, "row_version": project.version}
    assert refusal(world, "treasurer", settle_sub_project, **settle) == "PAY-851"
    repaid = world.do(
        "treasurer",
        repay_unspent_advance,
        advance=ordered.subject,
        cents=68_000,
        repaid_on=PAID_ON,
        statement="S-1",
    )
    assert repaid["out_cents"] == 0
    settled = world.do("treasurer", settle_sub_project, **settle)
    assert (settled["state"], settled["given_back_cents"]) == ("settled", 160_000)
    assert standing(world, Account.ENVELOPE) == envelope - 300_000
    assert standing(world, Account.ALLOCATION, quota="projects") == 0
    assert standing(world, Account.PAID) == 300_000
    assert standing(world, Account.ADVANCE) == 0


def test_the_claim_of_the_whole_sum_pays_what_the_advance_left(world: World) -> None:
    """4 600.00 claimed: 3 680.00 are cleared, 920.00 are paid, and nothing is open."""
    project = Project(world)
    project.approved()
    project.advanced()
    project.reported(SUM)
    claim = world.approved("liepaja.accountant", [project.line("4600.00")])
    assert (claim["cleared_cents"], claim["payable_cents"]) == (SHARE, SUM - SHARE)
    ordered = world.do("treasurer", order_claim_payment, claim=claim["claim"])
    settle = {"programme": SK, "project_no": project.no, "row_version": project.version}
    assert refusal(world, "treasurer", settle_sub_project, **settle) == "PAY-851"
    world.do("treasurer", mark_paid, order=ordered["order"], executed_on=PAID_ON)
    settled = world.do("treasurer", settle_sub_project, **settle)
    assert (settled["state"], settled["final_cents"]) == ("settled", SUM)
    assert settled["given_back_cents"] == 0


def test_an_approval_takes_from_the_envelope_only_what_is_not_free(small: World) -> None:
    """Free money counts once: what another live project may still cost is spoken for."""
    small.allocate(LIEPAJA, 600_000, "projects")
    assert Project(small).approved()["allocated_cents"] == 0
    assert Project(small).approved()["allocated_cents"] == 2 * SUM - 600_000


def test_a_claim_above_the_reported_sum_is_cut_to_it(small: World) -> None:
    """The rules know the final sum of the report, and nothing of a project that is not approved."""
    project = Project(small)
    filed = small.filed("liepaja.accountant", [project.line("10.00")])
    assert filed["eligible_cents"] == 0
    project.approved()
    filed = small.filed("liepaja.accountant", [project.line("4600.01")])
    assert filed["eligible_cents"] == SUM
    project.reported(300_000)
    filed = small.filed("liepaja.accountant", [project.line("3000.01")])
    assert filed["eligible_cents"] == 300_000


def test_sums_only_shrink_from_step_to_step(small: World) -> None:
    """Recommended at most what was asked, approved at most that, reported at most that."""
    project = Project(small)
    known = {"programme": SK, "project_no": project.no}
    above = {**known, "row_version": 1, "recommended_cents": SUM + 1}
    assert refusal(small, "reviewer", recommend_sub_project, **above) == "WFL-557"
    early = {**known, "row_version": 1, "approved_cents": SUM}
    assert refusal(small, "approver", approve_sub_project, **early) == "WFL-504"
    project.step("reviewer", recommend_sub_project, recommended_cents=SUM - 1)
    above = {**known, "row_version": 2, "approved_cents": SUM}
    assert refusal(small, "approver", approve_sub_project, **above) == "WFL-557"
    assert refusal(small, "approver", approve_sub_project, **early) == "WFL-517"
    project.step("approver", approve_sub_project, approved_cents=SUM - 2)
    above = {**known, "row_version": 3, "reported_cents": SUM - 1}
    assert refusal(small, "liepaja.accountant", report_sub_project, **above) == "WFL-557"


def test_a_project_of_another_partner_is_not_found(small: World) -> None:
    """And its number is simply in use."""
    small.add_partner(REZEKNE, OTHER_SCHOOL)
    project = Project(small)
    known = {"programme": SK, "project_no": project.no, "row_version": 1}
    assert refusal(small, "rezekne.signatory", withdraw_sub_project, **known) == "AUT-603"
    again = {
        "programme": SK,
        "partner": REZEKNE,
        "activity": "partnership_project",
        "title": "Cits",
        "asked_cents": 100,
        "project_no": project.no,
    }
    assert refusal(small, "rezekne.accountant", apply_for_sub_project, **again) == "WFL-556"
    assert refusal(small, "reviewer", apply_for_sub_project, **again) == "AUT-601"
    again |= {"activity": "reading_support"}
    assert refusal(small, "rezekne.accountant", apply_for_sub_project, **again) == "WFL-518"


def test_applications_are_withdrawn_or_rejected_with_a_reason(small: World) -> None:
    """Neither takes any money."""
    assert Project(small).step("liepaja.signatory", withdraw_sub_project)["state"] == "withdrawn"
    project = Project(small)
    known = {"programme": SK, "project_no": project.no, "row_version": 1}
    assert refusal(small, "approver", reject_sub_project, **known, reason=" ") == "WFL-518"
    assert project.step("approver", reject_sub_project, reason="late")["state"] == "rejected"
    assert standing(small, Account.ALLOCATION, quota="projects") == 0


def test_a_report_comes_back_and_is_mended(small: World) -> None:
    """The opinion on the first version is not enough for the second."""
    project = Project(small)
    project.approved()
    project.step("liepaja.accountant", report_sub_project, reported_cents=SUM)
    project.step("reviewer", recommend_sub_project_report)
    project.step("reviewer", return_sub_project_report, reason="no photographs")
    project.step("liepaja.accountant", report_sub_project, reported_cents=SUM - 1)
    known = {"programme": SK, "project_no": project.no, "row_version": project.version}
    assert refusal(small, "approver", approve_sub_project_report, **known) == "WFL-504"
    project.step("reviewer_2", recommend_sub_project_report)
    approved = project.step("approver", approve_sub_project_report)
    assert (approved["state"], approved["final_cents"]) == ("report_approved", SUM - 1)


def test_no_more_is_advanced_than_the_share_and_only_once(small: World) -> None:
    """80 % down to the cent, one advance at a time, and again after it was called back."""
    project = Project(small, cents=100_001)
    project.approved(100_001)
    ask = {"programme": SK, "project_no": project.no}
    above = {**ask, "cents": 80_001}
    assert refusal(small, "treasurer", order_sub_project_advance, **above) == "FUN-718"
    ordered = small.do("treasurer", order_sub_project_advance, **ask)
    assert ordered["amount_cents"] == 80_000
    assert refusal(small, "treasurer", order_sub_project_advance, **ask) == "PAY-850"
    of_claims = {"order": ordered["order"], "executed_on": PAID_ON}
    assert refusal(small, "treasurer", mark_paid, **of_claims) == "AUT-603"
    known = {"advance": ordered.subject, "reason": "nothing came"}
    assert refusal(small, "treasurer", mark_advance_overdue, **known) == "PAY-853"
    small.do("treasurer", cancel_advance_order, order=ordered["order"], reason="wrong account")
    assert standing(small, Account.ADVANCE) == 0
    assert small.do("treasurer", order_sub_project_advance, **ask)["amount_cents"] == 80_000


def test_an_abandoned_project_owes_its_advance(small: World) -> None:
    """What is out becomes a debt with a recovery; the next claim sets it off."""
    project = Project(small)
    project.approved()
    ordered = project.advanced(100_000)
    project.step("manager", abandon_sub_project, reason="nobody came")
    overdue = small.do(
        "treasurer", mark_advance_overdue, advance=ordered.subject, reason="not repaid"
    )
    assert overdue["amount_cents"] == 100_000
    assert standing(small, Account.RECOVERABLE) == 100_000
    settle = {"programme": SK, "project_no": project.no, "row_version": project.version}
    assert refusal(small, "treasurer", settle_sub_project, **settle) == "PAY-851"
    other = Project(small)
    other.approved()
    claim = small.approved("liepaja.accountant", [other.line("1500.00")])
    assert (claim["set_off_cents"], claim["payable_cents"]) == (100_000, 50_000)
    assert small.do("treasurer", settle_sub_project, **settle)["given_back_cents"] == 0
    other.reported(150_000)
    ordered = small.do("treasurer", order_claim_payment, claim=claim["claim"])
    small.do("treasurer", mark_paid, order=ordered["order"], executed_on=PAID_ON)
    assert other.step("treasurer", settle_sub_project)["given_back_cents"] == SUM - 150_000


def test_a_cleared_advance_that_comes_back_is_owed_again(small: World) -> None:
    """The claim had cleared 1 000.00 of it: those are payable, the rest is out no more."""
    project = Project(small)
    project.approved()
    ordered = project.advanced()
    small.approved("liepaja.accountant", [project.line("1000.00")])
    returned = small.do(
        "treasurer",
        return_advance_payment,
        order=ordered["order"],
        returned_on=PAID_ON,
        reason="account closed",
    )
    assert returned["order_state"] == "returned"
    assert standing(small, Account.PAYABLE) == 100_000
    assert standing(small, Account.ADVANCE) == standing(small, Account.PAID) == 0
    again = small.do("treasurer", order_owed_again, advance=ordered.subject)
    small.do("treasurer", mark_advance_paid, order=again["order"], executed_on=PAID_ON)
    assert standing(small, Account.PAID) == 100_000
    more = small.do("treasurer", order_sub_project_advance, programme=SK, project_no=project.no)
    assert more["amount_cents"] == SUM - 100_000
