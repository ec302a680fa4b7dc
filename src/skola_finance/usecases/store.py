"""Where use cases keep things: the database, the key of digests, and the folder of evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from skola_finance.rulebook import rulebook_of_texts, setting_of_record
from skola_finance.storage.unit_of_work import reading, writing
from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from skola_finance.rulebook import Rulebook
    from skola_finance.storage.database import Database
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.unit_of_work import UnitOfWork

MEBIBYTE = 1024 * 1024
KEPT_RULEBOOKS = 64
_parsed: dict[str, Rulebook] = {}  # a digest says all of what it stands for: any store's will do


@dataclass(frozen=True, slots=True)
class Store:
    """What every use case is given.

    Attributes:
        database: where everything is kept.
        key: of the keyed digests and of evidence files' keys; 32 bytes or more, kept apart from
            the database.
        evidence: the folder of files that were handed in.
        largest_file: bytes of the largest file that may be handed in.
    """

    database: Database
    key: bytes = field(repr=False)
    evidence: Path = field(default_factory=lambda: Path("var/evidence"))
    largest_file: int = 20 * MEBIBYTE

    def writing(self) -> AbstractContextManager[UnitOfWork]:
        """Open a transaction that is kept unless something is raised."""
        return writing(self.database)

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Open a consistent view; nothing that is done in it is kept."""
        return reading(self.database)

    def rulebook(self, repositories: Repositories, digest: str) -> Rulebook:
        """Give the rulebook kept under a digest, without settings.

        Texts that were read once in this process are not asked for again; `verify` asks for all.

        Raises: SkolaError STO-912 where it is not there or is not what its digest says.
        """
        known = _parsed.get(digest)
        if known is not None:
            return known
        row = repositories.programmes.rulebook(digest)
        found = rulebook_of_texts(row.programme, row.texts) if row is not None else None
        if found is None or found.digest != digest:
            raise refuse(
                "STO-912",
                lv=f"Noteikumu krājums {digest[:12]}… datubāzē trūkst vai ir mainīts.",
                en=f"The rulebook {digest[:12]}… is missing from the database or was changed.",
                hint_lv="Atjaunojiet datubāzi no rezerves kopijas.",
                hint_en="Restore the database from a backup.",
                subject=digest,
            )
        if len(_parsed) >= KEPT_RULEBOOKS:
            _parsed.clear()
        _parsed[digest] = found
        return found

    def settings(self, repositories: Repositories, digest: str, rulebook: Rulebook) -> Rulebook:
        """Give a rulebook under the settings kept under a digest.

        Raises: SkolaError STO-912 where they are not there or are not what their digest says.
        """
        row = repositories.programmes.settings_set(digest)
        if row is not None:
            kept = [setting_of_record(record, rulebook=rulebook) for record in row.records]
            found = rulebook.with_settings(kept)
            if found.settings_digest == digest:
                return found
        raise refuse(
            "STO-912",
            lv=f"Parametru kopa {digest[:12]}… datubāzē trūkst vai ir mainīta.",
            en=f"The settings {digest[:12]}… are missing from the database or were changed.",
            hint_lv="Atjaunojiet datubāzi no rezerves kopijas.",
            hint_en="Restore the database from a backup.",
            subject=digest,
        )
