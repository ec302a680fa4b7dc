"""A workbook read into a claim: merged by line id, nothing overwritten in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.line import lines_frame
from skola_finance.exchange.workbook.template import write_claim
from skola_finance.problems import SkolaError
from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.declared_total import declare_total
from skola_finance.usecases.filing.drafts import dry_run, edit_lines
from skola_finance.usecases.filing.importing import import_workbook, preview_import
from skola_finance.usecases.partners.plan_register import register_plan
from tests.exchange.build import CLAIM_ROWS, GOOD_LINE, write_rows
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import polars as pl

WHO = "liepaja.accountant"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it."""
    with prepared(filled, tmp_path) as world:
        yield world


def filled(world: World) -> None:
    """Open the programme with Liepāja in it."""
    world.open().add_partner(LIEPAJA, SCHOOL)


def workbook(
    folder: Path,
    lines: Sequence[Mapping[str, Any]],
    *,
    partner: str = LIEPAJA,
    total: int | None = None,
) -> bytes:
    """Write lines as a workbook, with a declared total in cents if any, and give its bytes."""
    header = ClaimHeader(
        programme=SK,
        partner_reg_no=partner,
        partner_kind="municipality",
        claim_no="1",
        claim_kind="interim",
        period_from=date(2025, 9, 1),
        period_to=date(2025, 12, 31),
        declared_total_cents=total,
    )
    path = folder / "claim.xlsx"
    write_claim(path, Claim(header=header, lines=lines_frame(lines)))
    return path.read_bytes()


def stored(world: World, claim: str) -> pl.DataFrame:
    """Give the lines of a claim as they are kept."""
    with world.store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        assert row is not None
        version = repositories.claims.version(row.id, row.version)
        assert version is not None
        return unpack(version.frame)


def test_reading_the_same_workbook_twice_changes_nothing(world: World, tmp_path: Path) -> None:
    """Rows without ids are known again by what they say, so nothing is doubled."""
    content = workbook(tmp_path, [line(), line(), line()])
    made = world.draft(WHO, [])
    first = world.do(
        WHO,
        import_workbook,
        claim=made["claim"],
        row_version=made["row_version"],
        file_name="claim.xlsx",
        content=content,
    )
    assert (first["added"], first["lines"]) == (3, 3)
    second = world.do(
        WHO,
        import_workbook,
        claim=made["claim"],
        row_version=first["row_version"],
        file_name="claim.xlsx",
        content=content,
    )
    facts = [second[name] for name in ("added", "changed", "removed", "unchanged", "lines")]
    assert facts == [0, 0, 0, 3, 3]
    assert stored(world, made["claim"])["line_id"].to_list() == [
        f"{made['claim']}-{number:04}" for number in (1, 2, 3)
    ]


def test_a_changed_workbook_is_shown_first_and_then_merged(world: World, tmp_path: Path) -> None:
    """One line changed, one removed, one added: named with before and after, ids kept."""
    lines = [line(), line(), line()]
    made = world.draft(WHO, [])
    first = world.do(
        WHO,
        import_workbook,
        claim=made["claim"],
        row_version=made["row_version"],
        file_name="claim.xlsx",
        content=workbook(tmp_path, lines),
    )
    with_ids = [
        {**one, "line_id": f"{made['claim']}-{number:04}"}
        for number, one in enumerate(lines, start=1)
    ]
    changed = [{**with_ids[0], "amount": "12.00"}, with_ids[2], line()]
    content = workbook(tmp_path, changed)
    found = preview_import(
        world.store, world.order(WHO), claim=made["claim"], file_name="c.xlsx", content=content
    )
    assert [one.line_id for one in found.changed] == [with_ids[0]["line_id"]]
    field = found.changed[0].fields[0]
    assert (field.column, field.before.lv, field.after.lv) == (
        "amount",
        "13,20\u00a0€",
        "12,00\u00a0€",
    )
    assert [one.line_id for one in found.removed] == [with_ids[1]["line_id"]]
    assert (len(found.added), found.unchanged, found.conflicts) == (1, 1, ())
    assert stored(world, made["claim"]).height == 3
    world.do(
        WHO,
        import_workbook,
        claim=made["claim"],
        row_version=first["row_version"],
        file_name="c.xlsx",
        content=content,
    )
    after = stored(world, made["claim"])
    assert after["amount_cents"].to_list() == [1200, 1320, 1320]
    assert after["line_id"].to_list()[:2] == [with_ids[0]["line_id"], with_ids[2]["line_id"]]


def test_what_a_workbook_says_of_the_claim_is_shown_with_what_cannot_be_read(
    world: World, tmp_path: Path
) -> None:
    """Proves that a changed total is a change, and that unread cells and new plans are named."""
    made = world.draft(WHO, [])
    plans: list[dict[str, Any]] = [
        {
            "plan_no": number,
            "learner_ref": f"IZG-{number}",
            "plan_from": date(2025, 9, 1),
            "plan_to": date(2025, 12, 31),
            "activity": "reading_support",
            "semester": "2025-autumn",
        }
        for number in ("P-A", "P-B")
    ]
    kept = {name: plans[0][name] for name in ("plan_no", "learner_ref", "plan_from", "plan_to")}
    support = {"activity": "reading_support", "semester": "2025-autumn", "planned_hours": "60"}
    world.do(
        *("liepaja.coordinator", register_plan),
        programme=SK,
        partner=LIEPAJA,
        supports=[support],
        **kept,
    )
    path = write_rows(
        tmp_path / "claim.xlsx",
        [GOOD_LINE, {**GOOD_LINE, "amount": "13.205"}],
        claim=[*CLAIM_ROWS, ("declared_total", 180)],
        plans=plans,
    )
    found = preview_import(
        *(world.store, world.order(WHO)),
        claim=made["claim"],
        file_name="c.xlsx",
        content=path.read_bytes(),
    )
    assert [(one.column, one.before.lv, one.after.lv) for one in found.header] == [
        ("declared_total", "nav ieraksta", "180,00\u00a0€")
    ]
    assert [(one.where.sheet, one.where.row) for one in found.unread] == [("Lines", 4)]
    assert found.unread_places == {("Lines", 4)}
    assert found.unknown_plans == ("P-B",)
    assert not found.is_empty


def test_a_total_alone_is_a_change_and_can_be_declared_without_a_workbook(
    world: World, tmp_path: Path
) -> None:
    """Proves that the total of a claim follows its lines where somebody says so."""
    made = world.draft(WHO, [])
    content = workbook(tmp_path, lines := [line(), line()], total=3000)
    read = world.do(
        *(WHO, import_workbook),
        claim=made["claim"],
        row_version=made["row_version"],
        file_name="c.xlsx",
        content=content,
    )

    def codes() -> list[str]:
        judged = dry_run(world.store, world.order(WHO), claim=made["claim"])
        return [one.code for one in judged.assessment.problems]

    assert "CLM-210" in codes()
    again = preview_import(
        *(world.store, world.order(WHO)),
        claim=made["claim"],
        file_name="c.xlsx",
        content=workbook(tmp_path, lines, total=2640),
    )
    assert (again.added, again.changed, again.removed) == ((), (), ())
    assert [one.column for one in again.header] == ["declared_total"]
    assert not again.is_empty
    stale = {"claim": made["claim"], "row_version": made["row_version"], "declared_cents": 2640}
    with pytest.raises(SkolaError, match="WFL-517"):
        world.do(WHO, declare_total, **stale)
    world.do(WHO, declare_total, **{**stale, "row_version": read["row_version"]})
    assert "CLM-210" not in codes()


def test_a_line_changed_on_the_screen_is_not_overwritten_unasked(
    world: World, tmp_path: Path
) -> None:
    """The conflict is named; each answer does what it says."""
    lines = [line(), line()]
    made = world.draft(WHO, [])
    content = workbook(tmp_path, lines)
    first = world.do(
        WHO,
        import_workbook,
        claim=made["claim"],
        row_version=made["row_version"],
        file_name="claim.xlsx",
        content=content,
    )
    line_id = f"{made['claim']}-0001"
    edited = world.do(
        WHO,
        edit_lines,
        claim=made["claim"],
        row_version=first["row_version"],
        changed=[{"line_id": line_id, "amount": "10.00", **_needed(lines[0])}],
    )
    arguments = {
        "claim": made["claim"],
        "row_version": edited["row_version"],
        "file_name": "claim.xlsx",
        "content": content,
    }
    with pytest.raises(SkolaError, match="WFL-534") as refused:
        world.do(WHO, import_workbook, **arguments)
    assert line_id in refused.value.problem.subject
    world.do(WHO, import_workbook, **arguments, conflicts={line_id: "stored"})
    assert stored(world, made["claim"])["amount_cents"].to_list() == [1000, 1320]


def _needed(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in ("activity", "cost_form")}


def test_a_workbook_of_another_partner_is_refused(world: World, tmp_path: Path) -> None:
    """WFL-535, and the claim stays as it was."""
    made = world.draft(WHO, [line()])
    content = workbook(tmp_path, [line()], partner=REZEKNE)
    with pytest.raises(SkolaError, match="WFL-535"):
        world.do(
            WHO,
            import_workbook,
            claim=made["claim"],
            row_version=made["row_version"],
            file_name="claim.xlsx",
            content=content,
        )
    assert stored(world, made["claim"]).height == 1


@pytest.mark.parametrize("name", ["../claim.xlsx", "a/b.xlsx", r"c:\x.xlsx", "", "..", "a\0.xlsx"])
def test_a_file_name_with_folders_is_refused(world: World, name: str) -> None:
    """CLM-224 for every way of leaving the folder; WFL-518 for what no text may hold."""
    made = world.draft(WHO, [])
    with pytest.raises(SkolaError, match=r"CLM-224|WFL-518"):
        world.do(
            WHO,
            import_workbook,
            claim=made["claim"],
            row_version=made["row_version"],
            file_name=name,
            content=b"x",
        )


def test_a_dry_run_says_what_filing_would_come_to_and_keeps_nothing(world: World) -> None:
    """The same amounts as at filing, and no verdict in the database."""
    made = world.draft(WHO, [line(), line(learner_grade=5)])
    judged = dry_run(world.store, world.order(WHO), claim=made["claim"])
    totals = judged.assessment.totals
    assert (totals.claimed_cents, totals.eligible_cents) == (2640, 1320)
    with world.store.reading() as repositories:
        assert not repositories.claims.assessments()
