"""Codes of second factors: six digits of the moment (RFC 6238), and recovery codes.

Recovery codes follow from the secret, so that nothing more has to be kept; each is used once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyotp
from cryptography.exceptions import InvalidTag

from skola_finance.storage.encryption import decrypt, derived_key, encrypt
from skola_finance.usecases.wording import CommandRefused, refuse

if TYPE_CHECKING:
    from datetime import datetime

    from skola_finance.storage.repositories import Repositories

SECONDS = 30
DRIFT = 1
"""Steps before and after the present one that are taken: clocks differ, and people type slowly."""
DEMO_DRIFT = 60
"""In the demo many people share a login, and each of them needs a code of their own."""
RECOVERY_CODES = 10
_PURPOSE = b"skola-finance second factors, version 1"
_ISSUER = "skola-finance"


@dataclass(frozen=True, slots=True)
class Secret:
    """The secret that an authenticator shares with us.

    Attributes:
        login: whose it is.
        text: the secret in base 32.
        drift: how many steps its codes may be off.
    """

    login: str
    text: str = field(repr=False)
    drift: int = DRIFT

    @property
    def address(self) -> str:
        """What an authenticator reads from the picture."""
        return pyotp.TOTP(self.text).provisioning_uri(name=self.login, issuer_name=_ISSUER)

    @property
    def beginning(self) -> str:
        """Begins every mark of a code of this secret."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    def code(self, step: int) -> str:
        """Give the code of a step of time."""
        return pyotp.TOTP(self.text).generate_otp(step)

    def recovery_codes(self) -> tuple[str, ...]:
        """Give the codes for the day when the authenticator is lost: `ABCDE-FGHIJ`."""
        return tuple(_recovery_code(self.text, number) for number in range(RECOVERY_CODES))

    def mark_of(self, typed: str, at: datetime) -> tuple[str, bool]:
        """Give the mark of a code, and whether it is a recovery code; an empty mark if wrong."""
        code = "".join(one for one in typed.upper() if one.isalnum())
        found = "", False
        for step in steps_around(at, self.drift):
            if hmac.compare_digest(self.code(step).encode(), code.encode()):
                found = f"{self.beginning}:{step}", False
        for number, recovery in enumerate(self.recovery_codes()):
            if hmac.compare_digest(recovery.replace("-", "").encode(), code.encode()):
                found = f"{self.beginning}:r{number}", True
        return found


def steps_around(at: datetime, drift: int) -> tuple[int, ...]:
    """Give the steps of time whose codes are taken, the present one first."""
    now = int(at.timestamp()) // SECONDS
    return tuple(sorted(range(now - drift, now + drift + 1), key=lambda step: abs(step - now)))


def new_secret(key: bytes, login: str, *, is_demo: bool = False) -> Secret:
    """Make a secret at random; in the demo the one that its sign-in page knows.

    Args:
        key: of the store.
        login: whose it will be.
        is_demo: whether the login is the demo's.
    """
    return Secret(login, _demo_text(key, login) if is_demo else pyotp.random_base32())


def wrapped(secret: Secret, key: bytes) -> bytes:
    """Encrypt a secret under a key derived from the store's; it is bound to its login."""
    return encrypt(derived_key(key, _PURPOSE), secret.text.encode(), about=secret.login)


def unwrapped(content: bytes, *, login: str, key: bytes) -> Secret:
    """Give a secret back.

    Raises: CommandRefused AUT-612 where the key is another, or the secret somebody else's.
    """
    try:
        text = decrypt(derived_key(key, _PURPOSE), content, about=login).decode()
    except InvalidTag as error:
        raise refuse(
            "AUT-612",
            lv="Otrā faktora noslēpumu ar šo atslēgu nevar nolasīt.",
            en="The secret of the second factor cannot be read with this key.",
            hint_lv="Sāciet reģistrēšanu no jauna; ja tas nelīdz, sazinieties ar sistēmas "
            "administratoru (SKOLA_SECRET_KEY).",
            hint_en="Begin the enrolment anew; if that does not help, speak to the system "
            "administrator (SKOLA_SECRET_KEY).",
            subject=login,
        ) from error
    return Secret(login, text, DEMO_DRIFT if is_the_demos(key, login, text) else DRIFT)


def kept_secret(repositories: Repositories, login: str, key: bytes) -> Secret | None:
    """Give the secret that somebody has enrolled.

    Raises: CommandRefused AUT-612.
    """
    row = repositories.access.factor(login)
    return None if row is None else unwrapped(row.secret, login=login, key=key)


def is_the_demos(key: bytes, login: str, text: str) -> bool:
    """Say whether a secret is the one that the demo gives to a login; nobody else can make it."""
    return hmac.compare_digest(_demo_text(key, login).encode(), text.encode())


def wrong_code() -> CommandRefused:
    """AUT-610: a code that is wrong, too old, or was used before; which of them is not told."""
    return refuse(
        "AUT-610",
        lv="Kods nav pareizs, ir novecojis vai jau izmantots.",
        en="The code is wrong, too old, or was used before.",
        hint_lv="Pagaidiet, līdz autentifikators parāda nākamo kodu, un ierakstiet to: katrs kods "
        "der vienu reizi. Tālruņa pulkstenim jābūt precīzam.",
        hint_en="Wait until the authenticator shows the next code, then type that: each works "
        "once. The clock of the telephone must be right.",
    )


def _demo_text(key: bytes, login: str) -> str:
    digest = hmac.new(key, f"demo second factor\n{login}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()


def _recovery_code(text: str, number: int) -> str:
    about = f"recovery code {number}".encode()
    letters = base64.b32encode(hmac.new(text.encode(), about, hashlib.sha256).digest()).decode()
    return f"{letters[:5]}-{letters[5:10]}"
