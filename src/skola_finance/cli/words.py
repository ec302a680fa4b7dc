"""The words of the command line in both languages, with the plural forms of each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from skola_finance.problems import Language

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS: dict[Language, dict[str, str]] = {
    Language.LV: {
        "on": "pārbaudes diena",
        "claimed": "Pieteiktā summa",
        "eligible": "Attiecināmā summa",
        "ineligible": "Neattiecināmā summa",
        "unfunded": "Virs kvotas (nav finansēts)",
        "esf_plus": "t. sk. ESF+",
        "state": "t. sk. valsts budžets",
        "preview": "Dalījums pa avotiem ir priekšskatījums; galīgais būs pēc apstiprināšanas.",
        "illustrative": "Summas balstās uz ilustratīviem parametriem; tās nav oficiālas.",
        "clean": "bez piezīmēm",
        "where": "Vieta",
        "found": "Konstatējums",
        "cut": "Samazina",
        "and_rows": "un vēl {rows}",
        "more": "… vēl {number}; visi ir anotētajā darbgrāmatā (--annotated) un JSON izvadē.",
        "unchecked": "Nav pārbaudīts, jo te nav redzams:",
        "without_history": "Tikai šajā pārskatā, jo agrākie nav pievienoti (--history): {codes}.",
        "annotated": "Anotētā darbgrāmata",
        "code": "Kods",
        "title": "Noteikums",
        "versions": "Redakcijas",
        "source": "Avots",
        "hint": "Ko darīt",
        "always": "vienmēr",
        "from": "no",
        "until": "līdz (neieskaitot)",
        "error": "kļūda",
        "warning": "brīdinājums",
        "info": "informācija",
        "inferred": "secināts",
        "unverified": "nepārbaudīts avots",
        "green": "visi izpildās.",
        "red": "neizpildās: {number}.",
        "changed": "mainītos",
        "partner": "Partneris",
        "semester": "Semestris",
        "rule": "Noteikums",
        "lines": "Rindas",
        "before": "Bija",
        "after": "Būtu",
        "difference": "Starpība",
    },
    Language.EN: {
        "on": "assessed on",
        "claimed": "Claimed",
        "eligible": "Eligible",
        "ineligible": "Ineligible",
        "unfunded": "Above quota (unfunded)",
        "esf_plus": "of which ESF+",
        "state": "of which state budget",
        "preview": "The split by source is a preview; it is final once the claim is approved.",
        "illustrative": "Amounts rest on illustrative settings; they are not official.",
        "clean": "without remarks",
        "where": "Where",
        "found": "Finding",
        "cut": "Cuts",
        "and_rows": "and {rows}",
        "more": "… {number} more; the annotated workbook (--annotated) and JSON hold all.",
        "unchecked": "Not checked, because it cannot be seen here:",
        "without_history": "In this claim alone, as no earlier one was given (--history): {codes}.",
        "annotated": "Annotated workbook",
        "code": "Code",
        "title": "Rule",
        "versions": "Versions",
        "source": "Source",
        "hint": "What to do",
        "always": "always",
        "from": "from",
        "until": "until (exclusive)",
        "error": "error",
        "warning": "warning",
        "info": "information",
        "inferred": "inferred",
        "unverified": "unverified source",
        "green": "all pass.",
        "red": "failing: {number}.",
        "changed": "would change",
        "partner": "Partner",
        "semester": "Semester",
        "rule": "Rule",
        "lines": "Lines",
        "before": "Before",
        "after": "After",
        "difference": "Difference",
    },
}

Forms: TypeAlias = "tuple[str, str, str, str, str]"
"""Latvian zero, one and other; English one and other."""

PLURALS: Mapping[str, Forms] = MappingProxyType(
    {
        "line": ("rindu", "rinda", "rindas", "line", "lines"),
        "more_row": ("rindās", "rindā", "rindās", "more row", "more rows"),
        "error": ("kļūdu", "kļūda", "kļūdas", "error", "errors"),
        "warning": ("brīdinājumu", "brīdinājums", "brīdinājumi", "warning", "warnings"),
        "info": ("ziņu", "ziņa", "ziņas", "notice", "notices"),
        "vector": (
            "pārbaudes piemēru",
            "pārbaudes piemērs",
            "pārbaudes piemēri",
            "vector",
            "vectors",
        ),
        "file": ("datņu", "datne", "datnes", "file", "files"),
    },
)

_TEENS = range(11, 20)


def count(forms: Forms, number: int, language: Language) -> str:
    """Give a number with its noun: 0 rindu, 1 rinda, 2 rindas, 11 rindu, 21 rinda.

    >>> [count(PLURALS["line"], n, Language.LV) for n in (0, 1, 11, 21, 22)]
    ['0 rindu', '1 rinda', '11 rindu', '21 rinda', '22 rindas']
    """
    zero, one, other, single, many = forms
    if language is Language.EN:
        return f"{number} {single if number == 1 else many}"
    if number % 10 == 0 or number % 100 in _TEENS:
        return f"{number} {zero}"
    return f"{number} {one if number % 10 == 1 else other}"
