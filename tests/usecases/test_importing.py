"""A workbook read into a claim: merged by line id, nothing overwritten in silence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from skola_finance.claims.claim import Claim, ClaimHeader
from skola_finance.claims.line import lines_frame
from skola_finance.exchange.workbook.template import write_claim
from skola_finance.problems import SkolaError
from skola_finance.storage.frames import unpack
from skola_finance.usecases.filing.drafts import dry_run, edit_lines
from skola_finance.usecases.filing.importing import import_workbook, preview_import
from tests.databases import new_store
from tests.usecases.world import LIEPAJA, REZEKNE, SCHOOL, SK, World, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    import polars as pl

WHO = "liepaja.accountant"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it."""
    with new_store("sqlite", tmp_path) as store:
        world = World(store).open()
        world.add_partner(LIEPAJA, SCHOOL)
        yield world


def workbook(folder: Path, lines: Sequence[Mapping[str, Any]], *, partner: str = LIEPAJA) -> bytes:
    """Write lines as a workbook and give its bytes."""
    header = ClaimHeader(
        programme=SK,
        partner_reg_no=partner,
        partner_kind="municipality",
        claim_no="1",
        claim_kind="interim",
        period_from=date(2025, 9, 1),
        period_to=date(2025, 12, 31),
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
