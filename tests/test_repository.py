"""What a stranger who clones the repository relies on: locks, clean texts, decisions."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from skola_finance.cli.serving import _announce_demo
from skola_finance.usecases.demo.people import FIRST

REPOSITORY = Path(__file__).resolve().parent.parent
LOCKS = ("run", "dev", "spark", "bench")
DECISIONS = range(1, 15)
SECTIONS = ("Context", "Decision", "Consequence", "What enforces it")

# Written so that these lines do not match themselves.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|tmp|home|Users)/|\b[A-Z]:\\Users\\")
REGISTRY = re.compile(r"pypi[.]org|pythonhoste[d]|npmjs[.](?:org|com)")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)", re.MULTILINE)


@cache
def tracked_texts() -> dict[str, str]:
    """Read every text file that is, or could at once be, committed."""
    git = shutil.which("git")
    if git is None or not (REPOSITORY / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    texts = {}
    for name in filter(None, listed):
        file = REPOSITORY / name
        if file.is_file():
            try:
                texts[name] = file.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a workbook or another binary file
    return texts


def matches(pattern: re.Pattern[str]) -> list[str]:
    """Say where in the tracked files a pattern stands."""
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def pins(lock: str) -> set[tuple[str, str]]:
    """Read name and version of everything a lock file pins."""
    text = (REPOSITORY / "requirements" / f"{lock}.txt").read_text("utf-8")
    return {(found["name"], found["version"]) for found in PIN.finditer(text)}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_every_package_by_hash(lock: str) -> None:
    """Proves that no package enters unless its very bytes were locked."""
    text = (REPOSITORY / "requirements" / f"{lock}.txt").read_text("utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    blocks = re.split(r"(?<!\\)\n", code.strip())
    assert len(blocks) > len(pins("run")) // 2
    for block in blocks:
        assert PIN.match(block), f"{lock}.txt pins no version: {block[:80]}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), f"no hash: {block[:80]}"


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_registry(lock: str) -> None:
    """Proves that a lock serves whatever index its user has."""
    text = (REPOSITORY / "requirements" / f"{lock}.txt").read_text("utf-8")
    for word in ("://", "--index-url", "--extra-index-url", "--find-links", " @ "):
        assert word not in text, f"{lock}.txt holds {word}"


@pytest.mark.parametrize("lock", ["dev", "spark", "bench"])
def test_every_lock_holds_the_very_versions_of_the_runtime(lock: str) -> None:
    """Proves that what is tested is what users get."""
    assert pins("run") <= pins(lock)


def test_locks_cover_what_pyproject_asks_for() -> None:
    """Proves that no dependency was added without `make lock`."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    needs = {
        "run": project["dependencies"],
        "dev": extras["dev"] + extras["duckdb"],
        "spark": extras["spark"],
        "bench": extras["bench"],
    }
    for lock, requirements in needs.items():
        wanted = {re.split(r"[\[<>=]", row)[0].lower() for row in requirements}
        missing = wanted - {"skola-finance"} - {name for name, _ in pins(lock)}
        assert not missing, f"{lock}.txt lacks {sorted(missing)}: run `make lock`"


def test_no_file_names_a_path_of_one_machine() -> None:
    """Proves that nothing in the tree works on one machine only."""
    assert "pyproject.toml" in tracked_texts()
    found = matches(MACHINE_PATH)
    assert not found, "\n" + "\n".join(found)


def test_no_file_names_a_package_registry() -> None:
    """Proves that the address of the index is left to the user's own settings."""
    found = matches(REGISTRY)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("number", DECISIONS)
def test_decision_has_a_page_with_its_four_sections(number: int) -> None:
    """Proves that each decision says why it was taken, what follows, and what holds it."""
    pages = list((REPOSITORY / "docs" / "decisions").glob(f"d-{number:02}-*.md"))
    assert len(pages) == 1
    text = pages[0].read_text("utf-8")
    assert text.startswith(f"# D-{number:02} ")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    assert tuple(parts[1::2]) == SECTIONS
    assert all(body.strip() for body in parts[2::2])


def test_index_of_decisions_leads_to_every_page() -> None:
    """Proves that no decision page is lost from the index, and no link is dead."""
    folder = REPOSITORY / "docs" / "decisions"
    linked = re.findall(r"\]\((d-[^)]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(linked) == sorted(page.name for page in folder.glob("d-*.md"))


def test_the_first_steps_begin_with_the_partner_that_the_pages_offer_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Proves that README, console and sign-in page do not each name a partner of their own."""
    begins = f"partner_accountant.{FIRST}"
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    assert set(re.findall(r"partner_accountant\.\w+", readme)) == {begins}
    _announce_demo("http://127.0.0.1:8000")
    assert re.findall(r"partner_accountant\.\w+", capsys.readouterr().out) == [begins]
