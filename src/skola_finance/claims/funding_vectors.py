"""Running vectors of the rules about the programme's money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from skola_finance.funding import check_individual_support_share, split_allocation
from skola_finance.money import eur, from_cents, plain, to_cents
from skola_finance.problems import SkolaError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from skola_finance.rulebook import Rulebook, Version
    from skola_finance.rulebook.vector_file import Bases, Vector

ENVELOPE = "envelope"


def run_funding(vector: Vector, book: Rulebook, bases: Bases) -> Iterator[str]:
    """Give the faults of one vector."""
    given = vector.given
    on: date = given.get("on", bases.on)
    try:
        version = book.at(vector.code, on=on)
    except SkolaError as error:
        code = "RUL-301" if error.problem.code == "RUL-303" else error.problem.code
        if vector.expect != (code,):
            yield f"expected {vector.expect}, found {code}"
        return
    if "amount" in given:
        yield from _split(given, version)
    if "of_increase" in given:
        yield from _increase(given["of_increase"], version)
    if "expect_total" in given and to_cents(eur(given["expect_total"])) != version.values["total"]:
        yield f"expected {given['expect_total']}, found {plain(version.values['total'])}"
    if "planned" in given:
        yield from _share(vector, version, book, on)
    elif vector.expect:
        yield f"expected {vector.expect}, found nothing"


def _split(given: dict[str, Any] | Any, version: Version) -> Iterator[str]:  # noqa: ANN401 - a table
    split = split_allocation(eur(given["amount"]), rate=version.values["rate"])
    wanted = given["expect_split"]
    if (split.esf_plus, split.state) != (eur(wanted["esf_plus"]), eur(wanted["state"])):
        yield f"expected {wanted}, found {split.esf_plus} and {split.state}"


def _increase(given: dict[str, str], version: Version) -> Iterator[str]:
    """Take the share of an increase as the difference of the shares of both totals."""
    rate = version.values["rate"]
    before, after = eur(given["from"]), eur(given["to"])
    shares = [split_allocation(total, rate=rate).esf_plus_cents for total in (before, after)]
    difference = from_cents(shares[1] - shares[0])
    if difference != eur(given["esf_plus"]):
        yield f"expected {given['esf_plus']}, found {difference}"


def _share(vector: Vector, version: Version, book: Rulebook, on: date) -> Iterator[str]:
    given = vector.given
    setting = next((one for one in book.values_of(ENVELOPE) if one.covers(on)), None)
    envelope = from_cents(setting.value) if setting and isinstance(setting.value, int) else None
    problems = check_individual_support_share(
        eur(given["planned"]),
        total=eur(given["total"]),
        minimum=version.values["share"],
        envelope=envelope,
        citation=version.citation,
    )
    found = tuple(problem.code for problem in problems)
    if found != (vector.expect or ()):
        yield f"expected {vector.expect}, found {found}"
