"""Passwords: what one must be, and their Argon2id hashes; the words themselves are never kept."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

from argon2 import PasswordHasher, Type, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from skola_finance.usecases.wording import refuse

SHORTEST, LONGEST = 12, 200
_SALT_BYTES = 16
_HASHER = PasswordHasher(
    time_cost=3, memory_cost=65_536, parallelism=4, salt_len=_SALT_BYTES, type=Type.ID
)
"""RFC 9106, the second recommended option: 64 MiB, three passes."""
NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$c2tvbGEtZmluYW5jZS0wMA"
    "$gu1xKg2OQZsAC6jN4VqwPRG+6g6OzYGqf6FCG01ctMs"
)
"""The hash of no password: looked at for a login that is unknown, so that it takes as long."""


def hash_password(*, login: str, password: str, command_id: str, key: bytes) -> str:
    """Hash a new password, after looking whether it will do.

    The salt follows from the command's id and the store's key, which nobody else has: the same
    order sent again carries the same hash, and so is known to be the same.

    Args:
        login: whose it will be.
        password: at least 12 characters; compared in Unicode's normal form C.
        command_id: of the command that will keep the hash.
        key: of the store.

    Raises: CommandRefused AUT-605 where it is too short, too long, or the login.
    """
    text = _normal(password)
    if not SHORTEST <= len(text) <= LONGEST or _is_login(text, login):
        raise refuse(
            "AUT-605",
            lv="Parole nav derīga: tā ir par īsu, par garu vai sakrīt ar lietotājvārdu.",
            en="The password will not do: it is too short, too long, or the login.",
            hint_lv=f"Izvēlieties {SHORTEST} līdz {LONGEST} zīmes; labi der vairāki nesaistīti "
            "vārdi.",
            hint_en=f"Choose {SHORTEST} to {LONGEST} characters; several unrelated words are good.",
        )
    about = f"password salt\n{login.strip().lower()}\n{command_id}".encode()
    salt = hmac.new(key, about, hashlib.sha256).digest()[:_SALT_BYTES]
    return _HASHER.hash(text, salt=salt)


def is_hash(text: str) -> bool:
    """Say whether a text is a hash that this module makes, so that no password is kept instead."""
    try:
        found = extract_parameters(text)
    except InvalidHashError:
        return False
    return found.type is Type.ID and found.memory_cost >= _HASHER.memory_cost


def is_password(password: str, *, of: str) -> bool:
    """Say whether a password is the one of a hash; takes as long whatever it is."""
    try:
        return _HASHER.verify(of, _normal(password[: 4 * LONGEST]))
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password)


def _is_login(text: str, login: str) -> bool:
    return text.strip().lower() == login.strip().lower()
