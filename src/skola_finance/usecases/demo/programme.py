"""Loading the demo programme: partners, the four big claims, claims in every state, stories."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from skola_finance.problems import Language, Text
from skola_finance.usecases.access.factors import must_have_second_factor
from skola_finance.usecases.demo.accounts import (
    add_demo_accounts,
    demo_logins,
    enrol_demo_factors,
)
from skola_finance.usecases.demo.partners import open_demo_programme, register_demo_partners
from skola_finance.usecases.demo.people import PUMPURS, SK, SLUGS, Demo, is_demo, person
from skola_finance.usecases.demo.small_claims import SmallClaims
from skola_finance.usecases.demo.sources import demo_file
from skola_finance.usecases.demo.states import (
    approved,
    claims_in_every_state,
    in_review,
    ordered,
    paid,
)
from skola_finance.usecases.demo.stories import tell_stories
from skola_finance.usecases.filing.drafts import create_claim
from skola_finance.usecases.filing.importing import import_workbook
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.partners.plan_register import import_plans
from skola_finance.usecases.review.outcome import recommend_claim
from skola_finance.usecases.wording import refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from skola_finance.usecases.order import Answer
    from skola_finance.usecases.store import Store

BIG = {
    "jelgava": ("valid_jelgava_pumpurs.xlsx", "7", date(2020, 9, 1), date(2020, 12, 31)),
    "liepaja": ("valid_liepaja.xlsx", "1", date(2025, 11, 1), date(2025, 12, 31)),
    "rezekne": ("valid_rezekne.xlsx", "1", date(2025, 10, 1), date(2025, 12, 31)),
    "daugavpils": ("valid_daugavpils.xlsx", "1", date(2025, 9, 1), date(2025, 12, 31)),
}
"""The workbooks of the demo: partner, file, claim number, period."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the demo made: partners, and claims by state."""

    partners: int
    claims: Counter[str]

    def told(self, language: Language) -> list[str]:
        """Say it in a few lines."""
        words = Text(lv="Partneri", en="Partners"), Text(lv="Pārskati", en="Claims")
        claims = ", ".join(f"{state}: {count}" for state, count in sorted(self.claims.items()))
        return [
            f"{words[0].in_(language)}: {self.partners}",
            f"{words[1].in_(language)}: {sum(self.claims.values())} ({claims})",
        ]


def load_demo(
    store: Store, *, progress: Callable[[str, int | None], None] = lambda _step, _done: None
) -> Loaded:
    """Load the demo programme into an empty database; a second time it changes nothing.

    Raises: CommandRefused WFL-549 where the database holds something else.
    """
    _check_empty(store)
    demo = Demo(store, progress)
    open_demo_programme(demo, PUMPURS)
    register_demo_partners(demo, PUMPURS)
    big_claim(demo, "jelgava", PUMPURS)
    demo.go_to(date(2021, 6, 7))
    claims_in_every_state(demo, SmallClaims(demo, "jelgava", PUMPURS))
    open_demo_programme(demo, SK)
    register_demo_partners(demo, SK)
    for slug in ("liepaja", "rezekne", "daugavpils"):
        big_claim(demo, slug, SK)
    demo.go_to(date(2026, 6, 8))
    small = {slug: SmallClaims(demo, slug, SK) for slug in ("liepaja", "rezekne", "daugavpils")}
    tell_stories(demo, small)
    demo.go_to(date(2026, 11, 2))
    for one in small.values():
        claims_in_every_state(demo, one)
    add_demo_accounts(demo)
    enrol_demo_factors(demo)
    return _loaded(store)


def is_loaded(store: Store) -> bool:
    """Say whether the demo is there, to its last account."""
    last = [each for each in demo_logins() if must_have_second_factor(person(each).role)][-1]
    with store.reading() as repositories:
        return repositories.records.command(f"demo-factor-{last}") is not None


def big_claim(demo: Demo, slug: str, programme: str) -> Answer:
    """File the workbook of a partner, and let it be reviewed, approved and paid."""
    name, number, first, last = BIG[slug]
    demo.go_to(date(last.year + 1, 1, 12))
    path = demo_file(f"workbooks/{name}")
    content = path.read_bytes()
    demo.do(
        f"partner_coordinator.{slug}",
        import_plans,
        programme=programme,
        partner=SLUGS[slug],
        file_name=name,
        content=content,
    )
    accountant = f"partner_accountant.{slug}"
    made = demo.do(
        accountant,
        create_claim,
        programme=programme,
        partner=SLUGS[slug],
        claim_no=number,
        kind="interim",
        period_from=first,
        period_to=last,
    )
    read = demo.do(
        accountant,
        import_workbook,
        claim=made["claim"],
        row_version=made["row_version"],
        file_name=name,
        content=content,
    )
    filed = demo.do(accountant, submit_claim, claim=read["claim"], row_version=read["row_version"])
    demo.go_to(date(last.year + 1, 1, 26))
    in_review(demo, filed)
    ready = demo.do("agency_reviewer", recommend_claim, claim=filed["claim"])
    return paid(demo, ordered(demo, approved(demo, ready)))


def _check_empty(store: Store) -> None:
    with store.reading() as repositories:
        if repositories.programmes.all() and not is_demo(repositories):
            raise refuse(
                "WFL-549",
                lv="Datubāzē jau ir programma, kas nav demonstrācija.",
                en="The database already holds a programme that is not the demo.",
                hint_lv="Norādiet jaunu datubāzi (SKOLA_DATABASE_URL); nekas nav mainīts.",
                hint_en="Name a new database (SKOLA_DATABASE_URL); nothing was changed.",
            )


def _loaded(store: Store) -> Loaded:
    with store.reading() as repositories:
        claims = Counter(row.state for row in repositories.claims.find(limit=1000))
        return Loaded(len(repositories.partners.all()), claims)
