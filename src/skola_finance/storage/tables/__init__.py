"""The tables, one class per entity; nothing but columns."""

from sqlalchemy import Table

from skola_finance.storage.tables.access import (
    ApiTokenRow,
    FailedSignInRow,
    SecondFactorRow,
    SessionRow,
    UsedCodeRow,
)
from skola_finance.storage.tables.base import Row
from skola_finance.storage.tables.claims import (
    AssessmentRow,
    ChecklistRow,
    ClaimLineRow,
    ClaimRow,
    ClaimVersionRow,
    ClarificationRow,
    EvidenceFileRow,
    EvidenceRow,
    LineDecisionRow,
    ObjectionRow,
    SampleRow,
    SpotCheckRow,
    SpotFindingRow,
)
from skola_finance.storage.tables.journal import (
    AccessRow,
    ActRow,
    ChainHead,
    CommandRow,
    Counter,
    JournalRow,
    SealRow,
)
from skola_finance.storage.tables.money import (
    AdvanceRow,
    BalanceRow,
    CorrectionProposalRow,
    CorrectionRow,
    InstalmentRow,
    IrregularityRow,
    LedgerEntryRow,
    LineMovementRow,
    PaymentOrderRow,
    PostingRow,
    RecoveryRow,
)
from skola_finance.storage.tables.partners import (
    AgreementRow,
    BankAccountRow,
    InstitutionRow,
    PartnerRow,
    PlanSupportRow,
    SubProjectRow,
    SupportPlanRow,
)
from skola_finance.storage.tables.programme import (
    AmendmentRow,
    ProgrammeRow,
    RatePeriodRow,
    RulebookRow,
    SettingRow,
    SettingsSetRow,
)
from skola_finance.storage.tables.users import UserRow

ALL_TABLES: tuple[type[Row], ...] = tuple(
    sorted((each.class_ for each in Row._sa_registry.mappers), key=lambda each: each.__name__)  # noqa: SLF001
)
"""Every table's class, by name."""


def table_of(row: type[Row]) -> Table:
    """Give the table of a class, for statements that need no objects made of rows."""
    table: Table = row.__table__  # type: ignore[attr-defined] # SQLModel adds it
    return table


METADATA = Row.metadata
"""Every table, as migrations compare it."""

__all__ = [
    "ALL_TABLES",
    "METADATA",
    "AccessRow",
    "ActRow",
    "AdvanceRow",
    "AgreementRow",
    "AmendmentRow",
    "ApiTokenRow",
    "AssessmentRow",
    "BalanceRow",
    "BankAccountRow",
    "ChainHead",
    "ChecklistRow",
    "ClaimLineRow",
    "ClaimRow",
    "ClaimVersionRow",
    "ClarificationRow",
    "CommandRow",
    "CorrectionProposalRow",
    "CorrectionRow",
    "Counter",
    "EvidenceFileRow",
    "EvidenceRow",
    "FailedSignInRow",
    "InstalmentRow",
    "InstitutionRow",
    "IrregularityRow",
    "JournalRow",
    "LedgerEntryRow",
    "LineDecisionRow",
    "LineMovementRow",
    "ObjectionRow",
    "PartnerRow",
    "PaymentOrderRow",
    "PlanSupportRow",
    "PostingRow",
    "ProgrammeRow",
    "RatePeriodRow",
    "RecoveryRow",
    "Row",
    "RulebookRow",
    "SampleRow",
    "SealRow",
    "SecondFactorRow",
    "SessionRow",
    "SettingRow",
    "SettingsSetRow",
    "SpotCheckRow",
    "SpotFindingRow",
    "SubProjectRow",
    "SupportPlanRow",
    "UsedCodeRow",
    "UserRow",
    "table_of",
]
