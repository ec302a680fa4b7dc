"""Registration numbers of Latvian legal entities: eleven digits with a check digit."""

from __future__ import annotations

from stdnum.lv import pvn

LENGTH = 11


def is_registration_number(text: str) -> bool:
    """Whether a text is a registration number of a legal entity; natural persons are not.

    >>> is_registration_number("90001259032"), is_registration_number("90001259033")
    (True, False)
    """
    is_entity = len(text) == LENGTH and text.isascii() and text.isdigit() and text[0] > "3"
    return is_entity and bool(pvn.is_valid(text))
