"""A file of payments for the bank: ISO 20022, customer credit transfer (`pain.001.001.09`).

The same orders give the same bytes. Amounts are whole cents and written with two decimals; nothing
is rounded. Names and texts are cut to what the format holds, never dropped.

Source: ISO 20022 message definition pain.001.001.09; lengths of the SEPA rulebook of credit
transfers (names 70, remittance information 140 characters).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from skola_finance.money import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
LONGEST_ID, LONGEST_NAME, LONGEST_TEXT = 35, 70, 140


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays, and from which account."""

    name: str
    iban: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """One payment: the order's key, to whom, how many cents, and what for."""

    key: str
    name: str
    iban: str
    cents: int
    text: str


def payment_file(
    transfers: Sequence[Transfer], *, payer: Payer, batch: str, pay_on: date, made_at: datetime
) -> bytes:
    """Write the file.

    Args:
        transfers: at least one, each above zero.
        payer: whose account is debited.
        batch: the name of the file; it is the message's id.
        pay_on: the day on which the bank is asked to pay.
        made_at: when the file was made, in UTC.
    """
    count, total = str(len(transfers)), plain(sum(one.cents for one in transfers))
    document = ET.Element("Document", xmlns=NAMESPACE)
    message = _in(document, "CstmrCdtTrfInitn")
    head = _in(message, "GrpHdr")
    _in(head, "MsgId", batch[:LONGEST_ID])
    _in(head, "CreDtTm", f"{made_at:%Y-%m-%dT%H:%M:%SZ}")
    _in(head, "NbOfTxs", count)
    _in(head, "CtrlSum", total)
    _in(_in(head, "InitgPty"), "Nm", payer.name[:LONGEST_NAME])
    block = _in(message, "PmtInf")
    _in(block, "PmtInfId", batch[:LONGEST_ID])
    _in(block, "PmtMtd", "TRF")
    _in(block, "NbOfTxs", count)
    _in(block, "CtrlSum", total)
    _in(_in(_in(block, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _in(_in(block, "ReqdExctnDt"), "Dt", pay_on.isoformat())
    _in(_in(block, "Dbtr"), "Nm", payer.name[:LONGEST_NAME])
    _account(block, "DbtrAcct", payer.iban)
    agent = _in(_in(_in(block, "DbtrAgt"), "FinInstnId"), "Othr")
    _in(agent, "Id", "NOTPROVIDED")
    _in(block, "ChrgBr", "SLEV")
    for one in transfers:
        _add(block, one)
    ET.indent(document)
    body = ET.tostring(document, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def _add(block: ET.Element, one: Transfer) -> None:
    transfer = _in(block, "CdtTrfTxInf")
    _in(_in(transfer, "PmtId"), "EndToEndId", one.key[:LONGEST_ID])
    amount = _in(_in(transfer, "Amt"), "InstdAmt", plain(one.cents))
    amount.set("Ccy", "EUR")
    _in(_in(transfer, "Cdtr"), "Nm", one.name[:LONGEST_NAME])
    _account(transfer, "CdtrAcct", one.iban)
    _in(_in(transfer, "RmtInf"), "Ustrd", one.text[:LONGEST_TEXT])


def _account(parent: ET.Element, name: str, iban: str) -> None:
    _in(_in(_in(parent, name), "Id"), "IBAN", iban)


def _in(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    made = ET.SubElement(parent, name)
    made.text = text
    return made
