"""What leads up to a decision of the agency, done in Python by people of the demo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from skola_finance.commands import (
    COMMANDS,
    confirm_amendment,
    confirm_setting,
    propose_allocation,
    propose_setting,
)
from skola_finance.queries.approval import approval_page
from skola_finance.usecases.access.codes import new_secret, steps_around, wrapped
from skola_finance.usecases.access.factors import enrol_second_factor
from skola_finance.usecases.demo.accounts import DEMO_PASSWORD
from skola_finance.usecases.passwords import hash_password
from tests.admin.ways import ByLibrary

if TYPE_CHECKING:
    from skola_finance.usecases.order import Answer

SK, LIEPAJA = "skola-kopiena", "99990100042"
ACCOUNTANT, SIGNATORY = "partner_accountant.liepaja", "partner_signatory.liepaja"
COORDINATOR = "partner_coordinator.liepaja"
REVIEWER, APPROVER, MANAGER = "agency_reviewer", "agency_approver", "programme_manager"
SECOND_REVIEWER = "agency_reviewer.second"


class Agency(ByLibrary):
    """What leads up to a decision, done in Python by people of the demo."""

    def did(self, who: str, command: str, /, **inputs: Any) -> Answer:  # noqa: ANN401 - any
        """Do something that must go well."""
        return COMMANDS[command](self.store, self.order(who), **inputs)

    def set(self, key: str, value: str) -> None:
        """Let one person enter a setting, and another confirm it."""
        made = propose_setting(
            self.store,
            self.order(MANAGER),
            programme=SK,
            key=key,
            value=value,
            source="a letter",
            illustrative=True,
        )
        confirm_setting(self.store, self.order(APPROVER), setting=made["setting"])

    def allocate(self, cents: int) -> None:
        """Give Liepāja more for individual support, or take some back."""
        order = self.order(MANAGER)
        made = propose_allocation(
            self.store,
            order,
            programme=SK,
            partner=LIEPAJA,
            quota="individual_support",
            change_cents=cents,
            effective_on=order.on,
            source="a letter",
        )
        confirm_amendment(self.store, self.order(APPROVER), amendment=made["amendment"])

    def free_cents(self, claim: str) -> int:
        """Give what is free for a claim that waits for its approval."""
        preview = approval_page(self.store, self.order(APPROVER), claim=claim).preview
        assert preview is not None
        (room,) = (one for one in preview.rooms if one.quota == "individual_support")
        return room.before_cents

    def add_second_reviewer(self) -> None:
        """Add another account of a reviewer, who signs in like those of the demo."""
        hashed = hash_password(
            login=SECOND_REVIEWER, password=DEMO_PASSWORD, command_id="u", key=self.store.key
        )
        self.did(
            "administrator",
            "add_user",
            login=SECOND_REVIEWER,
            role="agency_reviewer",
            password_hash=hashed,
        )
        order, key = self.order(SECOND_REVIEWER), self.store.key
        secret = new_secret(key, SECOND_REVIEWER, is_demo=True)
        code = secret.code(steps_around(order.at, 0)[0])
        enrol_second_factor(self.store, order, wrapped_secret=wrapped(secret, key), code=code)

    def in_review(self, *lines: dict[str, Any]) -> str:
        """File a claim of Liepāja under plans made for it, and let the reviewer take it up."""
        for one in lines:
            hours = {"activity": one["activity"], "semester": "2025-autumn", "planned_hours": "60"}
            self.did(
                COORDINATOR,
                "register_plan",
                programme=SK,
                partner=LIEPAJA,
                plan_from=date(2025, 9, 1),
                plan_to=date(2025, 12, 31),
                supports=[hours],
                **{name: one[name] for name in ("plan_no", "learner_ref", "risk_ground")},
            )
        period = {"period_from": date(2025, 9, 1), "period_to": date(2025, 12, 31)}
        made = self.did(
            ACCOUNTANT,
            "create_claim",
            programme=SK,
            partner=LIEPAJA,
            claim_no="rare-1",
            kind="interim",
            **period,
        )
        key = str(made["claim"])
        made = self.did(
            ACCOUNTANT, "edit_lines", claim=key, row_version=made["row_version"], changed=lines
        )
        self.did(SIGNATORY, "submit_claim", claim=key, row_version=made["row_version"])
        self.did(REVIEWER, "start_review", claim=key)
        return key
