"""The reviewer's checklist: what no rule can see, and each rule that spoke about the claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skola_finance.problems import Text
from skola_finance.usecases.wording import counted_lines, is_one

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from skola_finance.problems import Citation
    from skola_finance.rulebook import Rule
    from skola_finance.storage.repositories import Repositories
    from skola_finance.storage.tables import ClaimRow, ClaimVersionRow
    from skola_finance.usecases.store import Store


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the checklist; `citation` says which rule it comes from, if from one."""

    key: str
    text: Text
    citation: Citation | None = None


NAMED = 5
"""How many lines an item names; the others are counted."""
ALWAYS = (
    Item(
        "sample_documents",
        Text(
            lv="Izlases rindām pamatojošie dokumenti ir apskatīti un atbilst pārskatam",
            en="The documents of the sampled lines were seen and agree with the claim",
        ),
    ),
    Item(
        "signed",
        Text(
            lv="Pārskatu iesniegusi persona, kurai ir tiesības pārstāvēt partneri",
            en="The claim was filed by a person who may act for the partner",
        ),
    ),
    Item(
        "publicity",
        Text(
            lv="Informācija par projektu un tā finansējumu ir publicēta",
            en="The project and its funding were made public",
        ),
    ),
    Item(
        "separate_accounts",
        Text(
            lv="Izdevumi ir nodalīti partnera grāmatvedībā",
            en="The costs are kept apart in the partner's accounts",
        ),
    ),
)


def checklist_for(
    store: Store, repositories: Repositories, claim: ClaimRow, version: ClaimVersionRow | None
) -> tuple[Item, ...]:
    """Give the items for a claim: the lasting ones, then one for each rule that spoke on a line."""
    last = repositories.claims.assessment(claim.id, claim.version)
    if last is None or version is None:
        return ALWAYS
    rulebook = store.rulebook(repositories, last.rulebook_digest)
    items = list(ALWAYS)
    for use in last.rules:
        rule = rulebook.rules.get(use["code"])
        if rule is None or not use["lines"]:
            continue
        cited = rulebook.candidates(rule.code, on=last.assessed_on) or rule.versions[-1:]
        found = [one for one in last.problems if one["code"] == rule.code]
        items.append(Item(rule.code, _asked(rule, found), cited[-1].citation))
    return tuple(items)


def _asked(rule: Rule, found: Sequence[Mapping[str, Any]]) -> Text:
    """Ask whether what a rule found was looked at: on which lines, or of the whole claim."""
    lines = sorted({one["line_no"] + 1 for one in found if one["line_no"] is not None})
    if not lines:
        told = list(dict.fromkeys((one["message"]["lv"], one["message"]["en"]) for one in found))
        return Text(
            lv=f"Apskatīts visam pārskatam konstatētais ({rule.code}):"
            f" {' '.join(lv for lv, _en in told) or rule.title.lv}",
            en=f"What was found of the whole claim was looked at ({rule.code}):"
            f" {' '.join(en for _lv, en in told) or rule.title.en}",
        )
    counted = counted_lines(len(lines))
    looked = "Apskatīta" if is_one(len(lines)) else "Apskatītas"
    numbers = [str(line) for line in lines]
    rest = len(numbers) > NAMED
    latvian = ", ".join(f"{one}." for one in numbers[:NAMED]) + (" u. c." if rest else "")
    english = ", ".join(numbers[:NAMED]) + (" and others" if rest else "")
    return Text(
        lv=f"{looked} {counted.lv} ({latvian}) pēc noteikuma {rule.code} „{rule.title.lv}”",
        en=f"{counted.en} ({english}) looked at under {rule.code} “{rule.title.en}”",
    )
