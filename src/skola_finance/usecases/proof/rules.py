"""Reading every rulebook and every set of settings anew, and comparing them with their digests."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING

from skola_finance.rulebook import rulebook_of_texts, setting_of_record
from skola_finance.rulebook.errors import UnusableRules
from skola_finance.usecases.proof.differences import rules_differ

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator

    from skola_finance.problems import Problem
    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import RulebookRow, SettingsSetRow


def rule_problems(repositories: Repositories, counts: Counter[str]) -> Iterator[Problem]:
    """Name every rulebook and set of settings that is not what its digest says.

    No digest that was right before is believed: a server that has run for months notices too.
    """
    read: dict[str, list[Rulebook]] = defaultdict(list)
    for row in repositories.programmes.rulebooks():
        counts["rulebooks"] += 1
        rulebook = _read(row)
        if rulebook is None or rulebook.digest != row.digest:
            yield rules_differ(row.digest)
        if rulebook is not None:  # a changed one still tells the shape of the settings' values
            read[row.programme].append(rulebook)
    for kept in repositories.programmes.settings_sets():
        counts["settings"] += 1
        if not _is_true(kept, read[kept.programme]):
            yield rules_differ(kept.digest)


def _read(row: RulebookRow) -> Rulebook | None:
    with suppress(UnusableRules):
        return rulebook_of_texts(row.programme, row.texts)
    return None


def _is_true(row: SettingsSetRow, rulebooks: Iterable[Rulebook]) -> bool:
    """Whether settings have their digest under a rulebook that knows all their keys."""
    for rulebook in rulebooks:
        with suppress(UnusableRules):
            kept = [setting_of_record(record, rulebook=rulebook) for record in row.records]
            return rulebook.with_settings(kept).settings_digest == row.digest
    return False
