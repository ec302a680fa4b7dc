"""The accounts: two self-balancing groups, each account's normal side and its dimensions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from skola_finance.ledger.dimensions import Dimension
from skola_finance.problems import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Group(StrEnum):
    """Accounts that balance among themselves, in every entry."""

    BUDGET = "budget"
    """What may be spent; no money moves."""
    MONEY = "money"
    """What was approved, is owed and was paid."""


class Side(StrEnum):
    """The side of an account on which it grows."""

    DEBIT = "debit"
    """Grows by positive cents."""
    CREDIT = "credit"
    """Grows by negative cents."""

    @property
    def sign(self) -> int:
        """The sign of the cents of a posting that makes the account grow."""
        return 1 if self is Side.DEBIT else -1


class Account(StrEnum):
    """The accounts of both groups."""

    ENVELOPE = "envelope"
    """Money for partners that is not yet allocated to any."""
    ALLOCATION = "allocation"
    """A partner's free allocation: what it may still have approved."""
    USED = "used"
    """What approvals took of a partner's allocation."""
    APPROPRIATION = "appropriation"
    """The whole of the money for partners, contra of the other three."""
    APPROVED = "approved"
    """Eligible costs approved, gross of later corrections."""
    ADVANCE = "advance"
    """Paid, or ordered to be paid, before costs are approved, and not yet cleared."""
    RECOVERABLE = "recoverable"
    """What a partner owes back."""
    WRITTEN_OFF = "written_off"
    """What a partner owed back and nobody will recover."""
    PAYABLE = "payable"
    """Approved and owed to a partner, not yet ordered."""
    ORDERED = "ordered"
    """In transit: ordered to be paid, not yet executed by the bank."""
    PAID = "paid"
    """Cash out, net of what came back."""
    WITHDRAWN = "withdrawn"
    """Corrections, contra of approved."""
    SOURCE_ROUNDING = "source_rounding"
    """In both groups: the cents by which two accounts of an entry split differently by source."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The group the account stands in; `source_rounding` alone stands in both."""
        return _CHART[self].groups

    @property
    def normal_side(self) -> Side:
        """The side on which the account grows."""
        return _CHART[self].normal_side

    @property
    def is_per_partner(self) -> bool:
        """Whether each partner has an account of its own."""
        return Dimension.PARTNER in self.required

    @property
    def required(self) -> frozenset[Dimension]:
        """The dimensions that a posting to the account must have, besides programme and source."""
        return _CHART[self].required

    @property
    def allowed(self) -> frozenset[Dimension]:
        """The dimensions that a posting to the account may have, required ones among them."""
        return _CHART[self].required | _CHART[self].optional

    @property
    def label(self) -> Text:
        """The name of the account as people read it."""
        return _CHART[self].label


@dataclass(frozen=True, slots=True)
class _Row:
    groups: tuple[Group, ...]
    normal_side: Side
    label: Text
    required: frozenset[Dimension] = frozenset()
    optional: frozenset[Dimension] = frozenset()


_PER_PARTNER = frozenset({Dimension.PARTNER})
_PER_QUOTA = _PER_PARTNER | {Dimension.QUOTA}
_OPEN_ITEM = _PER_PARTNER | {Dimension.DOCUMENT}
_COST = _PER_QUOTA | {Dimension.SEMESTER, Dimension.RATE_PERIOD, Dimension.DOCUMENT}
_SUB_PROJECT = frozenset({Dimension.SUB_PROJECT})


def _budget(side: Side, required: frozenset[Dimension], *, lv: str, en: str) -> _Row:
    return _Row((Group.BUDGET,), side, Text(lv=lv, en=en), required)


def _cost(group: Group, side: Side, *, lv: str, en: str) -> _Row:
    return _Row((group,), side, Text(lv=lv, en=en), _COST, _SUB_PROJECT)


def _open_item(side: Side, *, lv: str, en: str) -> _Row:
    return _Row((Group.MONEY,), side, Text(lv=lv, en=en), _OPEN_ITEM, _SUB_PROJECT)


_CHART: Mapping[Account, _Row] = MappingProxyType(
    {
        Account.ENVELOPE: _budget(
            Side.DEBIT, frozenset(), lv="nesadalītais finansējums", en="envelope"
        ),
        Account.ALLOCATION: _budget(
            Side.DEBIT, _PER_QUOTA, lv="brīvais piešķīrums", en="free allocation"
        ),
        Account.USED: _cost(
            Group.BUDGET, Side.DEBIT, lv="izlietotais piešķīrums", en="used allocation"
        ),
        Account.APPROPRIATION: _budget(
            Side.CREDIT, frozenset(), lv="apropriācija", en="appropriation"
        ),
        Account.APPROVED: _cost(
            Group.MONEY, Side.DEBIT, lv="apstiprinātie izdevumi", en="approved costs"
        ),
        Account.ADVANCE: _open_item(Side.DEBIT, lv="avanss", en="advance"),
        Account.RECOVERABLE: _open_item(Side.DEBIT, lv="atgūstamā summa", en="recoverable"),
        Account.WRITTEN_OFF: _open_item(Side.DEBIT, lv="norakstītā summa", en="written off"),
        Account.PAYABLE: _open_item(Side.CREDIT, lv="maksājamā summa", en="payable"),
        Account.ORDERED: _open_item(Side.CREDIT, lv="uzdotie maksājumi", en="ordered payments"),
        Account.PAID: _open_item(Side.CREDIT, lv="samaksātā summa", en="paid"),
        Account.WITHDRAWN: _cost(
            Group.MONEY, Side.CREDIT, lv="atsauktie izdevumi", en="withdrawn costs"
        ),
        Account.SOURCE_ROUNDING: _Row(
            (Group.BUDGET, Group.MONEY),
            Side.DEBIT,
            Text(lv="avotu noapaļojums", en="source rounding"),
            optional=_PER_PARTNER,
        ),
    }
)

OPEN_ACCOUNTS = (Account.PAYABLE, Account.ORDERED, Account.ADVANCE, Account.RECOVERABLE)
"""What must be settled before a partner can be closed."""
