"""Grant and finance rules of EU-funded school support in Latvia, exact to the cent.

The facade: the only names that other people's code and the admin import. Names are loaded when
they are first used, so that importing the package costs next to nothing.

>>> from skola_finance import eur, split_allocation
>>> split = split_allocation(eur("15951890.00"))
>>> str(split.esf_plus.amount), str(split.state.amount)
('13559106.00', '2392784.00')
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skola_finance.claims.assess import assess_claim
    from skola_finance.claims.assessment import Assessment, LineVerdict, Totals
    from skola_finance.claims.bulk import BulkVerdict, assess_frame
    from skola_finance.claims.claim import Claim, ClaimHeader
    from skola_finance.claims.line import ClaimLine, PlanRow, claim_of
    from skola_finance.claims.prepare import prepare
    from skola_finance.exchange.workbook.annotate import annotate
    from skola_finance.exchange.workbook.read import read_claim
    from skola_finance.exchange.workbook.template import write_claim, write_template
    from skola_finance.funding import FundingSplit, apportion
    from skola_finance.money import EUR, Money, Rate, eur, format_amount, parse_amount
    from skola_finance.problems import Citation, Language, Problem, Severity, SkolaError, Text
    from skola_finance.rulebook import Rulebook, load_rulebook, load_settings
    from skola_finance.usecases.field_labels import field_label
    from skola_finance.usecases.opening_store import open_store
    from skola_finance.usecases.order import Answer, Order
    from skola_finance.usecases.proof.verify import verify
    from skola_finance.usecases.split import split_allocation, split_claims
    from skola_finance.usecases.store import Store
    from skola_finance.workflow import Actor, Role

_HOME = {
    "Actor": "workflow",
    "Answer": "usecases.order",
    "Assessment": "claims.assessment",
    "BulkVerdict": "claims.bulk",
    "Citation": "problems",
    "Claim": "claims.claim",
    "ClaimHeader": "claims.claim",
    "ClaimLine": "claims.line",
    "EUR": "money",
    "FundingSplit": "funding",
    "Language": "problems",
    "LineVerdict": "claims.assessment",
    "Money": "money",
    "Order": "usecases.order",
    "PlanRow": "claims.line",
    "Problem": "problems",
    "Rate": "money",
    "Role": "workflow",
    "Rulebook": "rulebook",
    "Severity": "problems",
    "SkolaError": "problems",
    "Text": "problems",
    "Store": "usecases.store",
    "Totals": "claims.assessment",
    "annotate": "exchange.workbook.annotate",
    "apportion": "funding",
    "assess_claim": "claims.assess",
    "assess_frame": "claims.bulk",
    "claim_of": "claims.line",
    "eur": "money",
    "field_label": "usecases.field_labels",
    "format_amount": "money",
    "load_rulebook": "rulebook",
    "load_settings": "rulebook",
    "open_store": "usecases.opening_store",
    "parse_amount": "money",
    "prepare": "claims.prepare",
    "read_claim": "exchange.workbook.read",
    "split_allocation": "usecases.split",
    "split_claims": "usecases.split",
    "verify": "usecases.proof.verify",
    "write_claim": "exchange.workbook.template",
    "write_template": "exchange.workbook.template",
}

__all__ = [
    "EUR",
    "Actor",
    "Answer",
    "Assessment",
    "BulkVerdict",
    "Citation",
    "Claim",
    "ClaimHeader",
    "ClaimLine",
    "FundingSplit",
    "Language",
    "LineVerdict",
    "Money",
    "Order",
    "PlanRow",
    "Problem",
    "Rate",
    "Role",
    "Rulebook",
    "Severity",
    "SkolaError",
    "Store",
    "Text",
    "Totals",
    "annotate",
    "apportion",
    "assess_claim",
    "assess_frame",
    "claim_of",
    "eur",
    "field_label",
    "format_amount",
    "load_rulebook",
    "load_settings",
    "open_store",
    "parse_amount",
    "prepare",
    "read_claim",
    "split_allocation",
    "split_claims",
    "verify",
    "write_claim",
    "write_template",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the facade names
    """Load a name of the facade from its home on first use (PEP 562)."""
    if name not in _HOME:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
