"""The payment file: the elements in the order of the format, cents exact, the same bytes again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

from skola_finance.exchange.payment_file import (
    NAMESPACE,
    Payer,
    Transfer,
    payment_file,
)

PAYER = Payer("Valsts izglītības attīstības aģentūra", "LV44DEMO0000000000001")
TRANSFERS = (
    Transfer("MR-SK-00001", "Rēzeknes novads", "LV04DEMO0000000000042", 3_960, "SK-00034 & co <b>"),
    Transfer("MR-SK-00002", "Ā" * 90, "LV74DEMO0000000000043", 100_000_001, "x" * 200),
)
AT = datetime(2026, 11, 22, 3, 31, tzinfo=UTC)


def written(transfers: tuple[Transfer, ...] = TRANSFERS) -> bytes:
    """Write the file of this test."""
    return payment_file(
        transfers, payer=PAYER, batch="MF-20261122", pay_on=date(2026, 11, 23), made_at=AT
    )


def test_the_sums_are_exact_and_stand_twice() -> None:
    """Proves that 39,60 € and 1 000 000,01 € come to 1 000 039,61 € in head and block."""
    document = ET.fromstring(written())  # noqa: S314 - our own bytes
    found = [one.text for one in document.iter(f"{{{NAMESPACE}}}CtrlSum")]
    assert found == ["1000039.61", "1000039.61"]
    amounts = [one.text for one in document.iter(f"{{{NAMESPACE}}}InstdAmt")]
    assert amounts == ["39.60", "1000000.01"]
    assert [one.text for one in document.iter(f"{{{NAMESPACE}}}NbOfTxs")] == ["2", "2"]


def test_the_elements_stand_in_the_order_of_the_format() -> None:
    """Proves the sequence of the schema, which banks refuse a file for."""
    document = ET.fromstring(written())  # noqa: S314 - our own bytes
    block = document.find(f".//{{{NAMESPACE}}}PmtInf")
    assert block is not None
    names = [one.tag.removeprefix(f"{{{NAMESPACE}}}") for one in block]
    assert names == [
        *("PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt", "Dbtr"),
        *("DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf", "CdtTrfTxInf"),
    ]
    transfer = [one.tag.removeprefix(f"{{{NAMESPACE}}}") for one in block[-1]]
    assert transfer == ["PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf"]


def test_texts_are_escaped_and_cut_to_what_the_format_holds() -> None:
    """Proves that a mark in a text is a text, and that no name is longer than the format's."""
    content = written().decode()
    assert "SK-00034 &amp; co &lt;b&gt;" in content
    assert f"<Nm>{'Ā' * 70}</Nm>" in content
    assert f"<Ustrd>{'x' * 140}</Ustrd>" in content


def test_the_same_orders_give_the_same_bytes() -> None:
    """Proves that a file can be made again and compared."""
    assert written() == written()
    assert written(TRANSFERS[:1]) != written()
