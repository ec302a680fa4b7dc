"""Evidence: referred to or handed in, refused where it must be, and kept so that it is proven."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from skola_finance.problems import SkolaError
from skola_finance.storage.evidence import EvidenceFiles
from skola_finance.usecases.filing.evidence import (
    attach_reference,
    hand_in_evidence,
    open_evidence,
)
from skola_finance.usecases.filing.evidence_types import media_type_of
from skola_finance.usecases.filing.missing_evidence import missing_evidence
from skola_finance.usecases.filing.submission import submit_claim
from skola_finance.usecases.store import Store
from tests.databases import KINDS
from tests.usecases.prepared import prepared
from tests.usecases.world import LIEPAJA, OTHER_SCHOOL, REZEKNE, SCHOOL, World, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPG = b"\xff\xd8\xff\xe0" + bytes(20)
XML = b"<?xml version='1.0' encoding='UTF-8'?><a/>"
DIGEST = hashlib.sha256(PDF).hexdigest()


def packed(*names: str) -> bytes:
    """Make a ZIP of empty parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            # With its own time of making, the same test would have two names on two workers.
            archive.writestr(zipfile.ZipInfo(name), b"")
    return buffer.getvalue()


XLSX = packed("[Content_Types].xml", "xl/workbook.xml")
DOCX = packed("[Content_Types].xml", "word/document.xml")
EDOC = packed("mimetype", "META-INF/edoc-signatures-S1.xml", "letter.docx")


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Give a programme with Liepāja in it, on both databases."""
    with prepared(made, tmp_path, request.param) as world:
        yield world


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[World]:
    """Give the same on SQLite alone."""
    with prepared(made, tmp_path) as world:
        yield world


def made(world: World) -> None:
    """Open the programme with Liepāja in it."""
    world.open().add_partner(LIEPAJA, SCHOOL)


def code_of(act: Callable[..., Any], *args: Any, **inputs: Any) -> str:  # noqa: ANN401 - any use
    """Give the code that something is refused with."""
    with pytest.raises(SkolaError) as refused:
        act(*args, **inputs)
    return refused.value.problem.code


def files(store: Store) -> list[Path]:
    """Give every file in the folder of evidence."""
    return sorted(path for path in store.evidence.rglob("*") if path.is_file())


def test_a_document_is_handed_in_once_and_given_back_to_who_may_see_it(world: World) -> None:
    """The same content twice is one file, encrypted; another partner learns nothing of it."""
    claim = world.draft("liepaja.accountant", [line(line_id="L-1")])["claim"]
    inputs = {"claim": claim, "kind": "source_document", "content": PDF}
    first = world.do("liepaja.accountant", hand_in_evidence, name="rēķins.pdf", **inputs)
    again = world.do("liepaja.coordinator", hand_in_evidence, name="b.PDF", line_id="L-1", **inputs)
    assert first["sha256"] == again["sha256"] == DIGEST
    assert again["row_version"] == first["row_version"] + 1
    (kept,) = files(world.store)
    assert PDF not in kept.read_bytes()
    assert kept.name.startswith(DIGEST)
    for who in ("liepaja.signatory", "reviewer", "auditor"):
        opened = open_evidence(world.store, world.order(who), evidence=again["evidence"])
        assert (opened.name, opened.media_type, opened.content) == ("b.PDF", "application/pdf", PDF)
    for who, code in (("rezekne.accountant", "AUT-603"), ("administrator", "AUT-601")):
        order = world.order(who)
        assert code_of(open_evidence, world.store, order, evidence=first["evidence"]) == code
    with world.store.reading() as repositories:
        reads = [(one.actor, one.subject) for one in repositories.records.access_log()]
    assert reads == [("auditor", claim), ("reviewer", claim)]


def test_a_reference_keeps_the_digest_and_no_file(embedded: World) -> None:
    """The document stays with the partner: there is nothing here to open."""
    claim = embedded.draft("liepaja.accountant", [line(line_id="L-1")])["claim"]
    inputs = {"claim": claim, "kind": "plan", "name": "plāns.pdf", "size": 10}
    noted = embedded.do(
        "liepaja.accountant", attach_reference, sha256=DIGEST.upper(), line_id="L-1", **inputs
    )
    assert (noted["sha256"], noted["size"]) == (DIGEST, 10)
    order = embedded.order("liepaja.accountant")
    assert code_of(open_evidence, embedded.store, order, evidence=noted["evidence"]) == "AUT-603"
    for changed, code in (
        ({"size": 0}, "CLM-221"),
        ({"size": -1}, "CLM-221"),
        ({"name": "../plāns.pdf"}, "CLM-224"),
        ({"name": "a\\b.pdf"}, "CLM-224"),
        ({"name": "janis 010190-12343.pdf"}, "CLM-211"),
        ({"sha256": "abc"}, "CLM-225"),
        ({"sha256": "g" * 64}, "CLM-225"),
        ({"kind": "gift"}, "WFL-518"),
        ({"line_id": "L-9"}, "WFL-533"),
    ):
        refused = code_of(
            embedded.do,
            "liepaja.accountant",
            attach_reference,
            **{**inputs, "sha256": DIGEST} | changed,
        )
        assert refused == code, changed
    with embedded.store.reading() as repositories:
        row = repositories.claims.by_key(claim)
        assert row is not None
        assert len(repositories.claims.evidence(row.id)) == 1


def test_what_cannot_be_taken_is_refused_and_leaves_no_file(embedded: World) -> None:
    """Empty, too large, of another type than its name says, of a forbidden type, with folders."""
    claim = embedded.draft("liepaja.accountant", [line()])["claim"]
    small = Store(embedded.store.database, embedded.store.key, embedded.store.evidence, 100)
    world = World(small, embedded.clock, embedded.numbers)
    inputs = {"claim": claim, "kind": "other"}
    for name, content, code in (
        ("a.pdf", b"", "CLM-221"),
        ("a.pdf", PDF + bytes(100 - len(PDF)), ""),
        ("a.pdf", PDF + bytes(101 - len(PDF)), "CLM-222"),
        ("a.pdf", PNG, "CLM-223"),
        ("a.exe", b"MZ", "CLM-223"),
        ("a", PDF, "CLM-223"),
        ("b/a.pdf", PDF, "CLM-224"),
        ("..", PDF, "CLM-224"),
    ):
        if not code:
            world.do("liepaja.accountant", hand_in_evidence, name=name, content=content, **inputs)
            continue
        found = code_of(
            world.do, "liepaja.accountant", hand_in_evidence, name=name, content=content, **inputs
        )
        assert found == code, (name, content)
    assert len(files(world.store)) == 1


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", PNG, "image/png"),
        ("a.jpg", JPG, "image/jpeg"),
        ("a.jpeg", JPG, "image/jpeg"),
        ("a.xml", XML, "application/xml"),
        ("a.xml", b"\xef\xbb\xbf" + XML, "application/xml"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.edoc", EDOC, "application/vnd.etsi.asic-e+zip"),
        ("a.asice", EDOC, "application/vnd.etsi.asic-e+zip"),
    ],
)
def test_every_type_is_known_by_name_and_content(
    name: str, content: bytes, media_type: str
) -> None:
    """As people hand it in."""
    assert media_type_of(name, content) == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", DOCX),
        ("a.docx", XLSX),
        ("a.edoc", XLSX),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("a.xlsx", b"PK\x03\x04 and no more"),
        ("a.zip", packed("a")),
        ("a.xml", b"<a/>"),
        ("a.xml", b"<?xml version='1.0'?><!doctype a [<!ENTITY b SYSTEM 'file:///c'>]><a>&b;</a>"),
        ("a.xml", b"<?xml version='1.0'?>\xff"),
        ("a.html", b"<html></html>"),
        ("a.svg", XML),
        ("a.pdf.exe", PDF),
    ],
)
def test_a_file_of_another_type_is_refused(name: str, content: bytes) -> None:
    """Whatever its name says."""
    assert code_of(media_type_of, name, content) == "CLM-223"


def test_a_changed_byte_a_lost_file_and_another_key_are_each_named(embedded: World) -> None:
    """Nothing is ever given back that is not what was handed in."""
    claim = embedded.draft("liepaja.accountant", [line()])["claim"]
    inputs = {"claim": claim, "kind": "other", "name": "a.pdf", "content": PDF}
    kept = embedded.do("liepaja.accountant", hand_in_evidence, **inputs)["evidence"]
    store, order = embedded.store, embedded.order("reviewer")
    (path,) = files(store)
    sound = path.read_bytes()
    for place in (0, len(sound) // 2, len(sound) - 1):
        path.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])
        assert code_of(open_evidence, store, order, evidence=kept) == "CLM-226"
    path.write_bytes(b"")
    assert code_of(open_evidence, store, order, evidence=kept) == "CLM-226"
    path.write_bytes(sound)
    other = Store(store.database, b"another key of the tests, as long as the first", store.evidence)
    assert code_of(open_evidence, other, order, evidence=kept) == "CLM-228"
    path.unlink()
    assert code_of(open_evidence, store, order, evidence=kept) == "CLM-227"
    embedded.do("liepaja.accountant", hand_in_evidence, **inputs)
    assert open_evidence(store, order, evidence=kept).content == PDF


def test_each_file_has_a_key_of_its_own(tmp_path: Path) -> None:
    """Two keys of one content make two files, and each opens with its own alone."""
    kept = EvidenceFiles(tmp_path, b"k" * 32)
    one, other = kept.put(PDF), kept.put(PDF)
    assert one != other
    assert kept.get(DIGEST, one) == kept.get(DIGEST, other) == PDF
    kept.remove(DIGEST, one)
    assert not kept.has(DIGEST, one)
    assert kept.get(DIGEST, other) == PDF


def test_a_folder_that_cannot_be_written_to_is_a_named_problem(tmp_path: Path) -> None:
    """Nothing is half done."""
    (tmp_path / "file").write_bytes(b"")
    blocked = EvidenceFiles(tmp_path / "file" / "folder", b"k" * 32)
    assert code_of(blocked.put, PDF) == "CLM-229"


def test_evidence_is_added_only_while_the_partner_has_the_claim(embedded: World) -> None:
    """Not once it is filed, and never by the agency or another partner."""
    embedded.add_partner(REZEKNE, OTHER_SCHOOL, iban="LV17DEMO0000000000002")
    made = embedded.filed("liepaja.accountant", [line()])
    inputs = {"claim": made["claim"], "kind": "other", "name": "a.pdf", "content": PDF}
    for who, code in (
        ("liepaja.accountant", "WFL-501"),
        ("rezekne.accountant", "AUT-603"),
        ("reviewer", "AUT-601"),
    ):
        assert code_of(embedded.do, who, hand_in_evidence, **inputs) == code
    assert files(embedded.store) == []


def test_lines_without_evidence_are_listed_with_what_is_wanted(embedded: World) -> None:
    """A unit cost asks for plan and journal, an actual cost for invoice and payment."""
    actual = line(cost_form="actual", specialist="sign_language_interpreter", evidence="")
    made = embedded.draft(
        "liepaja.accountant", [line(), line(line_id="U", evidence=""), {**actual, "line_id": "A"}]
    )
    embedded.do(
        "liepaja.accountant",
        attach_reference,
        claim=made["claim"],
        kind="plan",
        name="a.pdf",
        sha256=DIGEST,
        size=1,
        line_id="U",
    )
    order = embedded.order("liepaja.accountant")
    found = missing_evidence(embedded.store, order, claim=made["claim"])
    assert [(one.line_id, one.cost_form, one.attached) for one in found] == [
        ("U", "unit_cost", 1),
        ("A", "actual", 0),
    ]
    assert "rēķini nav vajadzīgi" in found[0].wanted.lv
    assert "invoice" in found[1].wanted.en
    assert found[0].cut_cents == 1320
    version = made["row_version"] + 1
    embedded.do("liepaja.accountant", submit_claim, claim=made["claim"], row_version=version)
    assert missing_evidence(embedded.store, order, claim=made["claim"]) == found
    other = embedded.order("rezekne.accountant")
    assert code_of(missing_evidence, embedded.store, other, claim=made["claim"]) == "AUT-603"
