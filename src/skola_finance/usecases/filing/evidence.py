"""Evidence behind lines: it stays with the partner by default, or is handed in and encrypted."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from skola_finance.exchange.workbook.personal import refuse_personal_file_name
from skola_finance.problems import Text
from skola_finance.storage.evidence import EvidenceFiles
from skola_finance.storage.frames import unpack
from skola_finance.storage.tables import ClaimRow, EvidenceFileRow, EvidenceRow
from skola_finance.usecases.access_log import read_with_reason
from skola_finance.usecases.claim_life import step_claim
from skola_finance.usecases.filing.drafts import no_line
from skola_finance.usecases.filing.evidence_types import media_type_of
from skola_finance.usecases.filing.importing import check_file_name
from skola_finance.usecases.order import Answer
from skola_finance.usecases.use_case import use_case
from skola_finance.usecases.wording import CommandRefused, refuse, unusable_input
from skola_finance.usecases.work import sees
from skola_finance.workflow import (
    AGENCY_ROLES,
    CLAIMS,
    PARTNER_ROLES,
    ClaimCommand,
    Role,
    not_found,
    require_role,
)

if TYPE_CHECKING:
    from skola_finance.storage.repositories import Repositories
    from skola_finance.usecases.order import Order
    from skola_finance.usecases.store import Store
    from skola_finance.usecases.work import Work

WHAT = Text(lv="pamatojošais dokuments", en="piece of evidence")
OPEN = Text(lv="Atvērt pamatojošo dokumentu", en="Open evidence")
CHECKING = "Pārskata pārbaude · Checking a claim"
"""The reason written down where a reader gives no other."""
READERS = PARTNER_ROLES | AGENCY_ROLES | {Role.AUDITOR}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEBIBYTE = 1024 * 1024


class EvidenceKind(StrEnum):
    """What a document proves."""

    PLAN = "plan"
    """The individual plan."""
    SESSION_JOURNAL = "session_journal"
    """Who was taught when, and by whom."""
    CERTIFICATE = "certificate"
    """That a mentor completed the programme."""
    SOURCE_DOCUMENT = "source_document"
    """An invoice or other source document."""
    PAYMENT = "payment"
    """The payment order or bank statement."""
    PARTICIPANTS = "participants"
    """The list of participants of an event."""
    PROJECT_DECISION = "project_decision"
    """The approval of a sub-project."""
    PROJECT_REPORT = "project_report"
    """The final report of a sub-project."""
    OTHER = "other"
    """Anything else."""


@dataclass(frozen=True, slots=True)
class OpenedEvidence:
    """A file as it was handed in."""

    name: str
    media_type: str
    content: bytes


@use_case(
    title=Text(lv="Norādīt pamatojošo dokumentu", en="Refer to evidence"),
    roles=CLAIMS.may[ClaimCommand.ATTACH],
)
def attach_reference(
    work: Work, *, claim: str, kind: str, name: str, sha256: str, size: int, line_id: str = ""
) -> Answer:
    """Note a document that stays with the partner: what it is, and the digest of its bytes.

    Args:
        kind: one of `EvidenceKind`.
        name: the name of the file, without folders.
        sha256: 64 hex digits, over the file as it is; they prove later that it is the same.
        size: bytes.
        line_id: the line it is behind; left out: the whole claim.

    Raises: Refused (WFL-501); CommandRefused CLM-221 (0 bytes), CLM-224 (name), CLM-225 (digest),
        WFL-518 (kind), WFL-533 (no such line); UnusableWorkbook CLM-211 (a person in the name).
    """
    row = work.claim(claim)
    step_claim(work, row, ClaimCommand.ATTACH)
    _check_name(name)
    _check_size(size, name)
    digest = sha256.strip().lower()
    if not _SHA256.fullmatch(digest):
        raise refuse(
            "CLM-225",
            lv=f"„{sha256[:80]}” nav SHA-256 kontrolsumma.",
            en=f"“{sha256[:80]}” is no SHA-256 digest.",
            hint_lv="Norādiet 64 heksadecimālus ciparus, piemēram, no „sha256sum datne.pdf”.",
            hint_en="Give 64 hexadecimal digits, such as “sha256sum file.pdf” prints.",
            subject=name,
        )
    evidence = _row(work, row, kind=kind, name=name, line_id=line_id)
    evidence.sha256, evidence.size = digest, size
    return _keep(work, row, evidence)


@use_case(
    title=Text(lv="Iesniegt pamatojošo dokumentu", en="Hand in evidence"),
    roles=CLAIMS.may[ClaimCommand.ATTACH],
)
def hand_in_evidence(
    work: Work, *, claim: str, kind: str, name: str, content: bytes, line_id: str = ""
) -> Answer:
    """Hand a document in; it is encrypted under a key of its own, and the same file kept once.

    Args:
        kind: one of `EvidenceKind`.
        name: the name of the file, without folders; its extension says the type.
        content: the file.
        line_id: the line it is behind; left out: the whole claim.

    Raises: Refused (WFL-501); CommandRefused CLM-221 (0 bytes), CLM-222 (too large), CLM-223
        (type), CLM-224 (name), WFL-518 (kind), WFL-533 (no such line); UnusableWorkbook CLM-211 (a
        person in the name); UnusableEvidence CLM-229 (cannot be written).
    """
    row = work.claim(claim)
    step_claim(work, row, ClaimCommand.ATTACH)
    _check_name(name)
    _check_size(len(content), name, largest=work.store.largest_file)
    evidence = _row(work, row, kind=kind, name=name, line_id=line_id)
    evidence.sha256, evidence.size = hashlib.sha256(content).hexdigest(), len(content)
    evidence.media_type, evidence.is_held = media_type_of(name, content), True
    _keep_file(work, evidence, content)
    return _keep(work, row, evidence)


def open_evidence(
    store: Store, order: Order, *, evidence: int, reason: str = CHECKING
) -> OpenedEvidence:
    """Give a file that was handed in, decrypted and compared with its digest.

    It may name learners, so a read by anybody but the partner's own people goes into the access
    chain first, with its reason.

    Raises: RoleNotAllowed (AUT-601); NotFound (AUT-603), also for what belongs to others and what
        stays with the partner; UnusableEvidence CLM-226 (changed), CLM-227 (gone), CLM-228 (key).
    """
    require_role(order.actor, command=OPEN, may=READERS)

    def find(repositories: Repositories) -> tuple[str, tuple[EvidenceRow, EvidenceFileRow]]:
        row = repositories.claims.evidence_by_id(evidence)
        claim = repositories.claims.get(row.claim_id) if row is not None else None
        if row is None or claim is None or not sees(repositories, order.actor, claim):
            raise not_found(WHAT)
        file = repositories.claims.evidence_file(row.sha256) if row.is_held else None
        if file is None:
            raise not_found(WHAT)
        return claim.key, (row, file)

    if order.actor.role.sees_own_partner_only:
        with store.reading() as repositories:
            row, file = find(repositories)[1]
    else:
        inputs = {"evidence": evidence}
        row, file = read_with_reason(
            store, order, find, name="open_evidence", reason=reason, inputs=inputs
        )
    content = files_of(store).get(file.sha256, file.wrapped_key)
    return OpenedEvidence(row.name, row.media_type, content)


def files_of(store: Store) -> EvidenceFiles:
    """Give the folder of files of a store."""
    return EvidenceFiles(store.evidence, store.key)


def _check_name(name: str) -> None:
    check_file_name(name)
    refuse_personal_file_name(name)


def _check_size(size: int, name: str, *, largest: int | None = None) -> None:
    if size <= 0:
        raise refuse(
            "CLM-221",
            lv=f"Datne „{name}” ir tukša.",
            en=f"The file “{name}” is empty.",
            hint_lv="Pārbaudiet datni un izvēlieties to vēlreiz.",
            hint_en="Look at the file, and choose it again.",
            subject=name,
        )
    if largest is not None and size > largest:
        found, most = (f"{-(-each // _MEBIBYTE)} MiB" for each in (size, largest))
        raise refuse(
            "CLM-222",
            lv=f"Datnes „{name}” lielums ({size} baiti, {found}) pārsniedz atļauto: {most}.",
            en=f"The file “{name}” ({size} bytes, {found}) is above the limit of {most}.",
            hint_lv="Samaziniet to, sadaliet vai atstājiet pie sevis un norādiet tā kontrolsummu.",
            hint_en="Make it smaller, split it, or keep it and refer to it by its digest.",
            subject=name,
        )


def _row(work: Work, row: ClaimRow, *, kind: str, name: str, line_id: str) -> EvidenceRow:
    """Make a row that is not kept yet.

    Raises: CommandRefused WFL-518 (kind), WFL-533 (no such line).
    """
    if kind not in set(EvidenceKind):
        raise _no_kind(kind)
    if line_id:
        version = work.repositories.claims.version(row.id, row.version)
        lines = unpack(version.frame)["line_id"].to_list() if version is not None else []
        if line_id not in lines:
            raise no_line(line_id)
    return EvidenceRow(
        claim_id=row.id,
        line_id=line_id,
        kind=kind,
        name=name,
        size=0,
        sha256="",
        added_by=work.order.actor.id,
        added_at=work.order.at,
    )


def _no_kind(kind: str) -> CommandRefused:
    known = ", ".join(EvidenceKind)
    return unusable_input(
        "kind", lv=f"nav veida „{kind}” ({known})", en=f"there is no kind “{kind}” ({known})"
    )


def _keep_file(work: Work, evidence: EvidenceRow, content: bytes) -> None:
    """Write the file before the commit, unless the same content is there already."""
    files = files_of(work.store)
    known = work.repositories.claims.evidence_file(evidence.sha256)
    if known is not None and files.has(known.sha256, known.wrapped_key):
        return
    wrapped_key = files.put(content)
    if known is None:
        known = EvidenceFileRow(
            sha256=evidence.sha256,
            size=len(content),
            media_type=evidence.media_type,
            wrapped_key=wrapped_key,
            added_at=work.order.at,
        )
    known.wrapped_key = wrapped_key
    work.repositories.add(known)


def _keep(work: Work, row: ClaimRow, evidence: EvidenceRow) -> Answer:
    work.repositories.add(evidence)
    work.change(row)
    return Answer(
        row.key,
        {
            "claim": row.key,
            "row_version": row.row_version,
            "evidence": evidence.id,
            "sha256": evidence.sha256,
            "size": evidence.size,
        },
    )
