"""What a user installs: the built wheel, in an empty environment, away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
FIXTURES = REPOSITORY / "fixtures"

pytestmark = pytest.mark.wheel


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment that holds the wheel and its locked dependencies, and a folder to work in."""

    scripts: Path
    folder: Path

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one of the environment's commands where nothing of the checkout is in reach."""
        command, *rest = map(str, arguments)
        # PYTHONPATH could bring the checkout back in; the terminal's width is not under test.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [self.scripts / command, *rest],
            cwd=self.folder,
            env=kept,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


def pip(*arguments: str | Path, into: Path | None = None) -> None:
    """Run pip quietly, for another environment where one is named; fail with what it said."""
    where: list[str | Path] = [] if into is None else ["--python", into]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *where, *arguments],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel and install it as a user would, with the locked dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    wheels = folder / "wheels"
    pip("wheel", ".", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels)
    (wheel,) = wheels.glob("skola_finance-*.whl")
    # Installed from outside: the environment holds what the wheel needs, not even a pip.
    venv.create(folder / "venv")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    there = scripts / "python"
    locked = REPOSITORY / "requirements" / "run.txt"
    # Compiling every file of every dependency takes longer than running the few that are needed.
    plain = ("install", "--no-compile")
    pip(*plain, "--require-hashes", "--requirement", locked, into=there)
    pip(*plain, "--no-deps", wheel, into=there)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(scripts=scripts, folder=elsewhere)


def test_the_installed_package_is_not_the_checkout(installed: Installed) -> None:
    """Proves that the other tests of this file try the wheel and its own copy of the rules."""
    show = "import skola_finance as s, pathlib as p; print(p.Path(s.__file__).parent)"
    done = installed.run("python", "-c", show)
    package = Path(done.stdout.strip())
    assert package.is_relative_to(installed.scripts.parent), done.stderr
    shipped = {
        file.relative_to(package / "_rules") for file in (package / "_rules").rglob("*.toml")
    }
    ours = {
        file.relative_to(REPOSITORY / "rules") for file in (REPOSITORY / "rules").rglob("*.toml")
    }
    assert shipped
    assert shipped == ours


def test_every_vector_passes_in_the_installed_package(installed: Installed) -> None:
    """Proves that rules and vectors travel with the wheel and still agree there."""
    done = installed.run("skola-finance", "rules", "test")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_claim_is_checked_in_the_installed_package(installed: Installed) -> None:
    """Proves that the first job of the product needs the wheel and nothing else."""
    done = installed.run(
        *("skola-finance", "check", FIXTURES / "workbooks" / "valid_liepaja.xlsx"),
        *("--programme", "skola-kopiena"),
        *("--settings", FIXTURES / "demo_programme" / "settings.toml"),
        "--json",
    )
    assert done.returncode in {0, 1}, done.stderr
    verdict = json.loads(done.stdout)
    assert verdict["programme"] == "skola-kopiena"
    assert verdict["lines"]
    assert set(verdict["totals"]) >= {"claimed", "eligible", "ineligible", "unfunded"}
