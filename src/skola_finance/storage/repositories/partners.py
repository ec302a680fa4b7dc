"""Partners, institutions, agreements, bank accounts, individual plans and sub-projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from skola_finance.storage.tables import (
    AgreementRow,
    BankAccountRow,
    InstitutionRow,
    PartnerRow,
    PlanSupportRow,
    SubProjectRow,
    SupportPlanRow,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlmodel import Session

CHUNK = 500
"""Most values in one list of a query; SQLite allows some thousands, PostgreSQL more."""

_SUCCESSIONS = select_columns(
    col(AgreementRow.partner_reg_no), col(AgreementRow.successor_reg_no)
).where(
    col(AgreementRow.programme) == bindparam("of_programme"),
    col(AgreementRow.state) == "succeeded",
)


class Partners:
    """Partners and what belongs to them."""

    def __init__(self, session: Session) -> None:
        """Take the session."""
        self._session = session

    def get(self, reg_no: str) -> PartnerRow | None:
        """Give a partner."""
        return self._session.get(PartnerRow, reg_no)

    def all(self) -> Sequence[PartnerRow]:
        """Give every partner, by name."""
        return self._session.exec(select(PartnerRow).order_by(col(PartnerRow.name))).all()

    def institutions(self, programme: str, *, partner: str = "") -> Sequence[InstitutionRow]:
        """Give the institutions of a programme, those of a partner where one is named."""
        wanted = select(InstitutionRow).where(InstitutionRow.programme == programme)
        if partner:
            wanted = wanted.where(InstitutionRow.partner_reg_no == partner)
        return self._session.exec(wanted.order_by(col(InstitutionRow.id))).all()

    def agreement(self, number: int) -> AgreementRow | None:
        """Give an agreement by its row."""
        return self._session.get(AgreementRow, number)

    def agreement_by_no(self, programme: str, number: str) -> AgreementRow | None:
        """Give an agreement by the number it was signed under, held against other changes."""
        wanted = select(AgreementRow).where(
            AgreementRow.programme == programme, AgreementRow.number == number
        )
        return self._session.exec(wanted.with_for_update()).first()

    def agreements(self, programme: str, *, partner: str = "") -> Sequence[AgreementRow]:
        """Give the agreements of a programme in the order of signing."""
        wanted = select(AgreementRow).where(AgreementRow.programme == programme)
        if partner:
            wanted = wanted.where(AgreementRow.partner_reg_no == partner)
        wanted = wanted.order_by(col(AgreementRow.signed_on), col(AgreementRow.id))
        return self._session.exec(wanted).all()

    def successions(self, programme: str) -> dict[str, str]:
        """Give who was succeeded by whom; each partner at most once."""
        rows = self._session.execute(_SUCCESSIONS, {"of_programme": programme})
        return {row.partner_reg_no: row.successor_reg_no for row in rows if row.successor_reg_no}

    def predecessors(self, programme: str, *, partner: str) -> list[str]:
        """Give the partners whose balances this one has taken over, theirs included, sorted."""
        return predecessors_in(self.successions(programme), partner)

    def holder(self, programme: str, *, partner: str) -> str:
        """Give who holds a partner's balances now: itself, or the last of its successors."""
        return holder_in(self.successions(programme), partner)

    def bank_account(self, number: int) -> BankAccountRow | None:
        """Give a bank account, held against other changes."""
        return self._session.get(BankAccountRow, number, with_for_update=True)

    def bank_accounts(
        self, partner: str, *, states: Iterable[str] = ()
    ) -> Sequence[BankAccountRow]:
        """Give the bank accounts of a partner, the latest last."""
        wanted = select(BankAccountRow).where(BankAccountRow.partner_reg_no == partner)
        states = tuple(states)
        if states:
            wanted = wanted.where(col(BankAccountRow.state).in_(states))
        return self._session.exec(wanted.order_by(col(BankAccountRow.id))).all()

    def plan(
        self, programme: str, plan_no: str, *, for_update: bool = False
    ) -> SupportPlanRow | None:
        """Give an individual plan by its number, held against other changes where asked."""
        wanted = select(SupportPlanRow).where(
            SupportPlanRow.programme == programme, SupportPlanRow.plan_no == plan_no
        )
        return self._session.exec(wanted.with_for_update() if for_update else wanted).first()

    def plans_by_no(self, programme: str, numbers: Iterable[str]) -> dict[str, SupportPlanRow]:
        """Give the plans that have one of some numbers, held against other changes."""
        wanted_numbers = sorted(numbers)
        found: dict[str, SupportPlanRow] = {}
        for start in range(0, len(wanted_numbers), CHUNK):
            wanted = select(SupportPlanRow).where(
                SupportPlanRow.programme == programme,
                col(SupportPlanRow.plan_no).in_(wanted_numbers[start : start + CHUNK]),
            )
            ordered = wanted.order_by(col(SupportPlanRow.plan_no)).with_for_update()
            found |= {row.plan_no: row for row in self._session.exec(ordered).all()}
        return found

    def plans(
        self,
        programme: str,
        *,
        partners: Iterable[str] | None = None,
        learner: str = "",
        for_update: bool = False,
    ) -> Sequence[SupportPlanRow]:
        """Give individual plans by number, held against other changes where asked."""
        wanted = select(SupportPlanRow).where(SupportPlanRow.programme == programme)
        if partners is not None:
            wanted = wanted.where(col(SupportPlanRow.partner_reg_no).in_(tuple(partners)))
        if learner:
            wanted = wanted.where(SupportPlanRow.learner_ref == learner)
        wanted = wanted.order_by(col(SupportPlanRow.plan_no))
        return self._session.exec(wanted.with_for_update() if for_update else wanted).all()

    def plan_supports(self, plan_ids: Iterable[int]) -> Sequence[PlanSupportRow]:
        """Give the kinds of support of plans, in the order of their rows."""
        ids = list(plan_ids)
        found: list[PlanSupportRow] = []
        for start in range(0, len(ids), CHUNK):
            wanted = select(PlanSupportRow).where(
                col(PlanSupportRow.plan_id).in_(ids[start : start + CHUNK])
            )
            found += self._session.exec(wanted.order_by(col(PlanSupportRow.id))).all()
        return found

    def sub_project(self, programme: str, project_no: str) -> SubProjectRow | None:
        """Give a sub-project by its number, held against other changes."""
        wanted = select(SubProjectRow).where(
            SubProjectRow.programme == programme, SubProjectRow.project_no == project_no
        )
        return self._session.exec(wanted.with_for_update()).first()

    def sub_projects(
        self, programme: str, *, partners: Iterable[str] | None = None, for_update: bool = False
    ) -> Sequence[SubProjectRow]:
        """Give sub-projects by number, read anew and held against other changes where asked."""
        wanted = select(SubProjectRow).where(SubProjectRow.programme == programme)
        if partners is not None:
            wanted = wanted.where(col(SubProjectRow.partner_reg_no).in_(tuple(partners)))
        wanted = wanted.order_by(col(SubProjectRow.project_no))
        if for_update:
            wanted = wanted.with_for_update().execution_options(populate_existing=True)
        return self._session.exec(wanted).all()


def predecessors_in(successions: Mapping[str, str], partner: str) -> list[str]:
    """Give everybody whose successors end in a partner, sorted, itself left out."""
    found: set[str] = set()
    asked = {partner}
    while asked:
        asked = {one for one, heir in successions.items() if heir in asked} - found - {partner}
        found |= asked
    return sorted(found)


def holder_in(successions: Mapping[str, str], partner: str) -> str:
    """Give the last successor of a partner, itself where there is none."""
    seen: set[str] = set()
    while partner not in seen:
        seen.add(partner)
        partner = successions.get(partner, partner)
    return partner
