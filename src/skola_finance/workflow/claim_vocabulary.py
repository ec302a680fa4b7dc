"""The words of a claim's life: its states, its commands, and what both are called."""

from __future__ import annotations

from enum import StrEnum

from skola_finance.workflow.machine import named


class ClaimState(StrEnum):
    """Where a claim stands."""

    DRAFT = "draft"
    """The partner is writing it."""
    SUBMITTED = "submitted"
    """Filed; nobody has begun to review it."""
    IN_REVIEW = "in_review"
    """A reviewer is at it."""
    CLARIFICATION = "clarification"
    """Questions are with the partner; the clock stands still."""
    RETURNED = "returned"
    """Back with the partner, to be mended and filed as a new version."""
    RECOMMENDED = "recommended"
    """Reviewed; waits for the approver."""
    APPROVED = "approved"
    """Approved and posted; not yet ordered."""
    ORDERED = "ordered"
    """The payment is with the bank."""
    PAID = "paid"
    """The bank has paid."""
    SETTLED = "settled"
    """Nothing was left to pay: cleared by an advance, set off, or nil."""
    REJECTED = "rejected"
    """Refused as a whole; an objection that is upheld reopens it."""
    WITHDRAWN = "withdrawn"
    """Taken back by the partner before anybody reviewed it."""


class ClaimCommand(StrEnum):
    """What can be done to a claim."""

    CREATE = "create"
    """Begin a claim for a period."""
    EDIT = "edit"
    """Import a workbook, or add, change and remove lines."""
    ATTACH = "attach"
    """Add evidence."""
    SUBMIT = "submit"
    """File it; a returned claim becomes a new version."""
    WITHDRAW = "withdraw"
    """Take it back before the review begins."""
    ASSIGN = "assign"
    """Name the reviewer."""
    START_REVIEW = "start_review"
    """Take it up for review."""
    DRAW_SAMPLE = "draw_sample"
    """Draw the sample of lines that are checked against documents."""
    TICK = "tick"
    """Answer an item of the checklist."""
    CUT_LINE = "cut_line"
    """Lower a line, with reason and rule."""
    PARK_LINE = "park_line"
    """Put a line off; it can be claimed again and keeps its place."""
    KEEP_LINE = "keep_line"
    """Undo a cut or a parking of this review."""
    DECIDE_LAW = "decide_law"
    """Decide which version of the law holds for a line marked RUL-303."""
    ASK = "ask"
    """Put questions to the partner; the clock stops."""
    ANSWER = "answer"
    """Give the last answer back; the clock runs again."""
    RESUME = "resume"
    """Go on without an answer, because its term is over or the question is withdrawn."""
    RETURN = "return"
    """Give the claim back to be mended."""
    REJECT = "reject"
    """Refuse the claim as a whole."""
    RECOMMEND = "recommend"
    """Hand it to the approver."""
    ENDORSE = "endorse"
    """Confirm the review as its second reviewer."""
    SEND_BACK = "send_back"
    """Give it back to the reviewer."""
    APPROVE = "approve"
    """Approve, and post to the ledger."""
    REVIVE = "revive"
    """Approve what was left unfunded, or make payable again what was corrected by mistake."""
    UPHOLD_OBJECTION = "uphold_objection"
    """Reopen a rejected claim."""
    SETTLE = "settle"
    """Close it with nothing left to pay."""
    ORDER = "order"
    """Order the payment."""
    MARK_PAID = "mark_paid"
    """Record that the bank has paid."""
    CANCEL_ORDER = "cancel_order"
    """Call the order back before the bank carried it out."""
    REJECT_PAYMENT = "reject_payment"
    """Record that the bank refused the payment."""
    RETURN_PAYMENT = "return_payment"
    """Record that the payment came back."""


STATE_NAMES = named(
    {
        ClaimState.DRAFT: ("Sagatavošanā", "Draft"),
        ClaimState.SUBMITTED: ("Iesniegts", "Submitted"),
        ClaimState.IN_REVIEW: ("Pārbaudē", "In review"),
        ClaimState.CLARIFICATION: ("Gaida precizējumus", "Awaiting clarification"),
        ClaimState.RETURNED: ("Atgriezts precizēšanai", "Returned"),
        ClaimState.RECOMMENDED: ("Nodots apstiprināšanai", "Recommended"),
        ClaimState.APPROVED: ("Apstiprināts", "Approved"),
        ClaimState.ORDERED: ("Nodots apmaksai", "Payment ordered"),
        ClaimState.PAID: ("Samaksāts", "Paid"),
        ClaimState.SETTLED: ("Noslēgts bez izmaksas", "Settled"),
        ClaimState.REJECTED: ("Noraidīts", "Rejected"),
        ClaimState.WITHDRAWN: ("Atsaukts", "Withdrawn"),
    }
)
COMMAND_NAMES = named(
    {
        ClaimCommand.CREATE: ("Izveidot pārskatu", "Create the claim"),
        ClaimCommand.EDIT: ("Labot rindas", "Edit lines"),
        ClaimCommand.ATTACH: ("Pievienot pielikumu", "Attach evidence"),
        ClaimCommand.SUBMIT: ("Iesniegt", "Submit"),
        ClaimCommand.WITHDRAW: ("Atsaukt", "Withdraw"),
        ClaimCommand.ASSIGN: ("Norīkot pārbaudītāju", "Assign a reviewer"),
        ClaimCommand.START_REVIEW: ("Sākt pārbaudi", "Start the review"),
        ClaimCommand.DRAW_SAMPLE: ("Veidot izlasi", "Draw the sample"),
        ClaimCommand.TICK: ("Aizpildīt kontrollapu", "Fill in the checklist"),
        ClaimCommand.CUT_LINE: ("Samazināt rindu", "Cut a line"),
        ClaimCommand.PARK_LINE: ("Atlikt rindu", "Park a line"),
        ClaimCommand.KEEP_LINE: ("Atjaunot rindu", "Restore a line"),
        ClaimCommand.DECIDE_LAW: ("Izlemt par piemērojamo redakciju", "Decide which law holds"),
        ClaimCommand.ASK: ("Lūgt precizējumus", "Ask for clarification"),
        ClaimCommand.ANSWER: ("Iesniegt precizējumus", "Answer"),
        ClaimCommand.RESUME: ("Turpināt bez precizējumiem", "Go on without an answer"),
        ClaimCommand.RETURN: ("Atgriezt precizēšanai", "Return"),
        ClaimCommand.REJECT: ("Noraidīt", "Reject"),
        ClaimCommand.RECOMMEND: ("Nodot apstiprināšanai", "Recommend"),
        ClaimCommand.ENDORSE: ("Apliecināt otro pārbaudi", "Endorse as second reviewer"),
        ClaimCommand.SEND_BACK: ("Nosūtīt atpakaļ pārbaudei", "Send back to review"),
        ClaimCommand.APPROVE: ("Apstiprināt", "Approve"),
        ClaimCommand.REVIVE: ("Atjaunot izmaksu", "Revive"),
        ClaimCommand.UPHOLD_OBJECTION: ("Apmierināt iebildumu", "Uphold the objection"),
        ClaimCommand.SETTLE: ("Noslēgt bez izmaksas", "Settle"),
        ClaimCommand.ORDER: ("Nodot apmaksai", "Order the payment"),
        ClaimCommand.MARK_PAID: ("Reģistrēt samaksu", "Record the payment"),
        ClaimCommand.CANCEL_ORDER: ("Atcelt maksājuma rīkojumu", "Cancel the order"),
        ClaimCommand.REJECT_PAYMENT: ("Reģistrēt noraidītu maksājumu", "Record a refused payment"),
        ClaimCommand.RETURN_PAYMENT: ("Reģistrēt atgrieztu maksājumu", "Record a payment back"),
    }
)
