"""Files that were handed in: each encrypted under a key of its own, named by its digest.

The key of a file is wrapped by one derived from the store's key, and lives in the database: whoever
has the folder alone can read nothing, and a key that is destroyed takes its file with it (D-12).
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from skola_finance.problems import Problem, Severity, SkolaError, Text
from skola_finance.storage.encryption import KEY_BYTES, decrypt, derived_key, encrypt

if TYPE_CHECKING:
    from pathlib import Path

UNFINISHED = "unfinished"
"""The folder within, of files that are being written; what a crash leaves there says nothing."""
_PURPOSE = b"skola-finance evidence files, version 1"


class UnusableEvidence(SkolaError):
    """A file that cannot be written, found or trusted (CLM-226 to CLM-229)."""


@dataclass(frozen=True, slots=True)
class EvidenceFiles:
    """The folder of files that were handed in.

    Attributes:
        folder: where they are kept; made when the first one comes.
        key: of the store; what wraps the files' keys is derived from it.
    """

    folder: Path
    key: bytes = field(repr=False)

    def put(self, content: bytes) -> bytes:
        """Encrypt a file and keep it; it is whole on the disk when this returns.

        Returns: its key, wrapped. Two keys of one content name two files, so that nobody who
            hands in the same at the same moment writes over a file that is needed.
        Raises: UnusableEvidence CLM-229 where it cannot be written.
        """
        digest = hashlib.sha256(content).hexdigest()
        own_key = AESGCM.generate_key(bit_length=KEY_BYTES * 8)
        wrapped = encrypt(self._wrapping_key(), own_key, about=digest)
        try:
            self._write(self.path(digest, wrapped), encrypt(own_key, content, about=digest))
        except OSError as error:
            raise _cannot_write(str(error.strerror or error)) from error
        return wrapped

    def get(self, sha256: str, wrapped_key: bytes) -> bytes:
        """Give the content of a file, as it was handed in.

        Raises: UnusableEvidence CLM-226 (a byte was changed), CLM-227 (not there), CLM-228 (the
            store's key is another).
        """
        try:
            own_key = decrypt(self._wrapping_key(), wrapped_key, about=sha256)
        except InvalidTag as error:
            raise _other_key(sha256) from error
        try:
            kept = self.path(sha256, wrapped_key).read_bytes()
        except OSError as error:
            raise _not_there(sha256) from error
        try:
            content = decrypt(own_key, kept, about=sha256)
        except InvalidTag as error:
            raise _changed(sha256) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise _changed(sha256)
        return content

    def has(self, sha256: str, wrapped_key: bytes) -> bool:
        """Say whether a file is there."""
        return self.path(sha256, wrapped_key).is_file()

    def remove(self, sha256: str, wrapped_key: bytes) -> None:
        """Take a file away where that can be done; without its key it says nothing any more."""
        with suppress(OSError):
            self.path(sha256, wrapped_key).unlink()

    def path(self, sha256: str, wrapped_key: bytes) -> Path:
        """Give the place of a file: by the digest of its content, and of its key."""
        of_key = hashlib.sha256(wrapped_key).hexdigest()[:16]
        return self.folder / f"{sha256}.{of_key}"

    def _wrapping_key(self) -> bytes:
        return derived_key(self.key, _PURPOSE)

    def _write(self, path: Path, content: bytes) -> None:
        """Write it in another folder first, so that a file of this name is always whole."""
        unfinished = self.folder / UNFINISHED / secrets.token_hex(16)
        unfinished.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
        _flush(self.folder)


def _flush(folder: Path) -> None:
    """Let the names in a folder outlive a power cut, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unusable(
    code: str, *, lv: str, en: str, hint_lv: str, hint_en: str, subject: str = ""
) -> UnusableEvidence:
    return UnusableEvidence(
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=Text(lv=lv, en=en),
            hint=Text(lv=hint_lv, en=hint_en),
            subject=subject,
        )
    )


def _changed(sha256: str) -> UnusableEvidence:
    return _unusable(
        "CLM-226",
        lv=f"Fails {sha256[:12]}… pēc iesniegšanas ir mainīts vai bojāts.",
        en=f"The file {sha256[:12]}… was changed or damaged after it was handed in.",
        hint_lv="Atjaunojiet datni no rezerves kopijas vai lūdziet partnerim to iesniegt vēlreiz.",
        hint_en="Restore the file from a backup, or ask the partner to hand it in again.",
        subject=sha256,
    )


def _not_there(sha256: str) -> UnusableEvidence:
    return _unusable(
        "CLM-227",
        lv=f"Faila {sha256[:12]}… pamatojošo dokumentu mapē nav.",
        en=f"The file {sha256[:12]}… is not in the folder of evidence.",
        hint_lv="Pārbaudiet SKOLA_EVIDENCE_DIR vai atjaunojiet datni no rezerves kopijas.",
        hint_en="Check SKOLA_EVIDENCE_DIR, or restore the file from a backup.",
        subject=sha256,
    )


def _other_key(sha256: str) -> UnusableEvidence:
    return _unusable(
        "CLM-228",
        lv=f"Failu {sha256[:12]}… ar šo atslēgu nevar atvērt.",
        en=f"The file {sha256[:12]}… cannot be opened with this key.",
        hint_lv="Norādiet SKOLA_SECRET_KEY, ar kuru datne tika iesniegta.",
        hint_en="Give the SKOLA_SECRET_KEY under which the file was handed in.",
        subject=sha256,
    )


def _cannot_write(reason: str) -> UnusableEvidence:
    return _unusable(
        "CLM-229",
        lv=f"Pamatojošo dokumentu mapē nevar ierakstīt: {reason}",
        en=f"The folder of evidence cannot be written to: {reason}",
        hint_lv="Nekas nav mainīts. Atbrīvojiet vietu vai pārbaudiet tiesības un mēģiniet vēlreiz.",
        hint_en="Nothing was changed. Free some space or check the permissions, then try again.",
    )
