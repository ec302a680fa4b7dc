"""What can be wrong with a rule file, a vector file or a settings file."""

from __future__ import annotations

from skola_finance.problems import Problem, Severity, SkolaError, Text, Where


class UnusableRules(SkolaError, ValueError):
    """A rule, vector or settings file that cannot be trusted; names file and place."""


def unusable(code: str, *, file: str, where: str, lv: str, en: str) -> UnusableRules:
    """Build the error for one fault in one file.

    Args:
        code: `RUL-4xx`, one per kind of fault.
        file: the file's name below the rules folder; empty where it was no file.
        where: the table or key in the file.
        lv: what was found, in Latvian.
        en: what was found, in English.

    """
    return UnusableRules(
        Problem(
            code=code,
            severity=Severity.ERROR,
            message=Text(lv=lv, en=en),
            hint=Text(
                lv="Izlabojiet datni un palaidiet komandu vēlreiz; visus noteikumus pārbauda "
                "„skola-finance rules test”.",
                en="Mend the file and run the command again; “skola-finance rules test” checks "
                "all rules.",
            ),
            where=Where(file=file or None, column=where or None),
        ),
    )
