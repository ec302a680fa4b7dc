"""A rules folder that somebody sends as a zip file: unpacked within limits, then read strictly."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from skola_finance.rulebook import load_rulebook
from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from skola_finance.rulebook import Rulebook
    from skola_finance.usecases.wording import CommandRefused

LARGEST_ARCHIVE = 4 * 1024 * 1024
LARGEST_FOLDER = 16 * 1024 * 1024
MOST_FILES = 1_000
TOP = "rules"


def rulebook_of_archive(content: bytes, *, programme: str) -> Rulebook:
    """Read the rulebook of a programme from a rules folder in a zip file.

    Only files that end in `.toml` are looked at. Nothing of it is kept on the disk.

    Raises: CommandRefused WFL-597 for a file that is no such archive or too large; UnusableRules
        RUL-4xx for rules that cannot be trusted.
    """
    if len(content) > LARGEST_ARCHIVE:
        raise _unusable(lv="arhīvs ir lielāks par 4 MiB", en="the archive is larger than 4 MiB")
    with TemporaryDirectory(prefix="skola-rules-") as folder:
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                _unpack(archive, Path(folder))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            raise _unusable(lv="tas nav lasāms zip arhīvs", en="it is no zip archive") from error
        return load_rulebook(programme, rules=Path(folder))


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    files = [one for one in archive.infolist() if one.filename.endswith(".toml")]
    if not files:
        raise _unusable(lv="arhīvā nav nevienas .toml datnes", en="the archive holds no .toml file")
    if len(files) > MOST_FILES or sum(one.file_size for one in files) > LARGEST_FOLDER:
        raise _unusable(lv="arhīvā ir par daudz datņu", en="the archive holds too much")
    left = LARGEST_FOLDER
    for one in files:
        name = PurePosixPath(one.filename)
        if name.is_absolute() or ".." in name.parts or "\\" in one.filename:
            raise _unusable(
                lv="arhīvā ir ceļi ārpus mapes", en="the archive holds paths outside it"
            )
        with archive.open(one) as stream:
            text = stream.read(left + 1)
        left -= len(text)
        if left < 0:
            raise _unusable(lv="arhīvā ir par daudz datņu", en="the archive holds too much")
        parts = name.parts[1:] if len(name.parts) > 1 and name.parts[0] == TOP else name.parts
        path = folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)


def _unusable(*, lv: str, en: str) -> CommandRefused:
    return refuse(
        "WFL-597",
        lv=f"Noteikumu mapi nevar izmantot: {lv}.",
        en=f"The rules folder cannot be used: {en}.",
        hint_lv="Saspiediet mapi „rules” zip arhīvā un augšupielādējiet to vēlreiz.",
        hint_en="Pack the folder “rules” into a zip archive and upload it again.",
    )
