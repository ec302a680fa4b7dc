"""Running the command inside the test process, as the shell would, and small claims for it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from skola_finance import Claim, ClaimHeader, write_claim
from skola_finance.claims.line import lines_frame, plans_frame
from skola_finance.cli import main
from tests.rules.shipped import bases

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

SKOLA_KOPIENA, PUMPURS = "skola-kopiena", "pumpurs"
ON = {SKOLA_KOPIENA: "2026-03-01", PUMPURS: "2021-02-01"}
"""The days of assessment of the base lines."""

HEADER_FACTS = ("partner_reg_no", "partner_kind", "agreement_on", "period_from", "period_to")
"""Facts of the claim that stored lines carry themselves."""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """What was printed, read as JSON."""
        return json.loads(self.out)

    def assert_refused(self, code: str, *named: str) -> None:
        """Prove that the input was refused: one line on standard error, nothing else."""
        assert self.status == 2
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert self.err.startswith(f"{code} · ")
        assert "Traceback" not in self.err
        assert all(name in self.err for name in named), self.err

    def assert_fine(self) -> None:
        """Prove that the command had nothing to complain about."""
        assert (self.status, self.err) == (0, "")


class Command:
    """The command line, run in this process through the door that the shell uses."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[bytes]
    ) -> None:
        """Take what replaces arguments and catches bytes."""
        self._monkeypatch, self._captured = monkeypatch, captured
        monkeypatch.setenv("COLUMNS", "160")
        monkeypatch.setenv("NO_COLOR", "1")

    def __call__(self, *arguments: object) -> Ran:
        """Run the command with arguments."""
        self._monkeypatch.setattr(sys, "argv", ["skola-finance", *map(str, arguments)])
        self._captured.readouterr()
        try:
            main()
            status = 0
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
        caught = self._captured.readouterr()
        return Ran(status, caught.out.decode("utf-8"), caught.err.decode("utf-8"))


def write_small_claim(
    path: Path,
    *lines: Mapping[str, Any],
    programme: str = SKOLA_KOPIENA,
    base: str = "reading_support",
    **header: Any,  # noqa: ANN401 - facts of the claim
) -> Path:
    """Write a claim workbook of base lines, each varied."""
    given = bases()[programme]
    facts = {**given.claim, **header}
    facts.pop("declared_total", None)
    perfect = given.lines[base]
    claim = Claim(
        header=ClaimHeader(programme=programme, **facts),
        lines=lines_frame({**perfect, **line} for line in lines),
        plans=plans_frame([]),
    )
    write_claim(path, claim)
    return path


def write_settings(path: Path, programme: str = SKOLA_KOPIENA, **changed: str) -> Path:
    """Write the settings of the base lines, with dots of changed keys written as two bars."""
    settings = {**bases()[programme].settings}
    settings |= {key.replace("__", "."): value for key, value in changed.items()}
    tables = [
        f'[[setting]]\nkey = "{key}"\nvalue = "{value}"\nsource = "metodika"\n'
        for key, value in settings.items()
        if isinstance(value, str) and value
    ]
    path.write_text("\n".join(tables), encoding="utf-8")
    return path


def write_lines(
    path: Path,
    *lines: Mapping[str, Any],
    programme: str = SKOLA_KOPIENA,
    base: str = "reading_support",
    eligible: tuple[int, ...] = (),
) -> Path:
    """Write stored lines as Parquet, with what was approved of them where it is given."""
    given = bases()[programme]
    perfect = given.lines[base]
    facts = {key: given.claim[key] for key in HEADER_FACTS} | {"programme": programme}
    frame = lines_frame({**perfect, **line} for line in lines).with_columns(
        pl.lit("earlier").alias("claim_id"),
        *(pl.lit(value).alias(key) for key, value in facts.items()),
    )
    if eligible:
        frame = frame.with_columns(pl.Series("eligible_cents", eligible, dtype=pl.Int64))
    frame.write_parquet(path)
    return path
