"""Encryption of what must be read again: evidence, and secrets of second factors."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, NONCE_BYTES = 32, 12


def derived_key(key: bytes, purpose: bytes) -> bytes:
    """Derive from the store's key one for a purpose; from it nobody learns another (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(key)


def encrypt(key: bytes, content: bytes, *, about: str) -> bytes:
    """Encrypt by AES-256-GCM; what it is about is bound to it, and the nonce goes in front."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, about.encode())


def decrypt(key: bytes, content: bytes, *, about: str) -> bytes:
    """Give back what was encrypted.

    Raises: InvalidTag where the key is another, a byte was changed, or it was about another thing.
    """
    if len(content) < NONCE_BYTES:
        raise InvalidTag
    return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], about.encode())
