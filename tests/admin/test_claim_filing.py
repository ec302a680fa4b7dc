"""A claim is filed: workbooks come and go, evidence is handed in, and everything is confirmed."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.admin.people import Browser, Person

ACCOUNTANT, OTHERS, REVIEWER = (
    "partner_accountant.rezekne",
    "partner_accountant.liepaja",
    "agency_reviewer",
)
DRAFT, ASKED, REJECTED = "SK-00025", "SK-00029", "SK-00031"
LINE = f"{DRAFT}-0001"
BROKEN = sorted(Path("fixtures/workbooks").glob("broken_*"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = b"%PDF-1.7\n%%EOF"


def hidden(person: Person, address: str, name: str) -> str:
    """Read a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]+)"', person.get(address).text)
    assert found
    return found[1]


def upload(
    person: Person, content: bytes, *, claim: str = DRAFT, name: str = "claim.xlsx", **more: str
) -> Response:
    """Send a workbook for a claim."""
    files = {"workbook": (name, content, XLSX)}
    return person.send(f"/admin/claims/{claim}/upload", files=files, **more)


def lines_workbook(person: Person) -> bytes:
    """Take the lines of the draft home."""
    answer = person.get(f"/admin/claims/{DRAFT}/workbook/lines.xlsx")
    assert answer.headers["content-type"] == XLSX
    return answer.content


def changed(content: bytes, **cells: Any) -> bytes:  # noqa: ANN401 - whatever a cell holds
    """Change cells of the first line of a workbook."""
    workbook = openpyxl.load_workbook(BytesIO(content))
    sheet = workbook["Sessions"]
    keys = [cell.value for cell in sheet[1]]
    for key, value in cells.items():
        sheet.cell(3, keys.index(key) + 1).value = value
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_lines_taken_home_and_brought_back_change_nothing(seen: Browser) -> None:
    """Proves that our own workbook of a claim is read as the very same lines."""
    person = seen(ACCOUNTANT)
    told = upload(person, lines_workbook(person), do="preview").json()["difference"]
    assert "Nothing would change" in told


def test_a_workbook_names_no_ground_for_support(seen: Browser) -> None:
    """Proves that neither workbook of a claim carries a learner's ground, whoever takes it."""
    for login in (ACCOUNTANT, REVIEWER):
        for name in ("lines", "annotated"):
            content = seen(login).get(f"/admin/claims/{DRAFT}/workbook/{name}.xlsx").content
            workbook = openpyxl.load_workbook(BytesIO(content))
            named = [name for name in workbook.sheetnames if name in {"Sessions", "Plans", "Lines"}]
            for sheet in (workbook[name] for name in named):
                keys = [cell.value for cell in sheet[1]]
                if "risk_ground" in keys and sheet.max_row > 2:
                    place = keys.index("risk_ground") + 1
                    assert not any(sheet.cell(n, place).value for n in range(3, sheet.max_row + 1))


def test_a_template_knows_number_and_agreement(seen: Browser) -> None:
    """Proves that the accountant types nothing that the register knows."""
    content = seen(ACCOUNTANT).get(f"/admin/claims/{DRAFT}/workbook/template.xlsx").content
    sheet = openpyxl.load_workbook(BytesIO(content))["Claim"]
    told = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"103", "99990100343"} <= told


def test_the_instructions_lead_an_accountant_back_to_the_page(seen: Browser) -> None:
    """Proves that the upload comes first, under the name of its button, and the command second."""
    person = seen(ACCOUNTANT, "lv")
    page = person.get(f"/admin/claims/{DRAFT}/upload").text
    assert "Sagatavota darbgrāmata" in page
    content = person.get(f"/admin/claims/{DRAFT}/workbook/template.xlsx").content
    texts = [
        str(cell.value)
        for sheet in openpyxl.load_workbook(BytesIO(content))
        for row in sheet.iter_rows(max_col=1)
        for cell in row
    ]
    (step,) = (text for text in texts if text.startswith("3. "))
    upload = "Augšupielādēt darbgrāmatu"
    assert step.index(upload) < step.index("skola-finance check")


def test_a_workbook_is_shown_before_it_is_read_in(people: Browser) -> None:
    """Proves that a preview changes nothing, and that reading in does what it showed."""
    person = people(ACCOUNTANT)
    content = changed(lines_workbook(person), amount=6.60)
    told = upload(person, content, do="preview").json()["difference"].replace("\xa0", " ")
    assert "€13.20</del> → <ins>€6.60" in told
    assert "€39.60" in person.get(f"/admin/claims/{DRAFT}").text
    version = hidden(person, f"/admin/claims/{DRAFT}/upload", "row_version")
    assert "goto" in upload(person, content, do="import", row_version=version).json()
    assert "€33.00" in person.get(f"/admin/claims/{DRAFT}").text


def test_a_conflict_is_decided_line_by_line(people: Browser) -> None:
    """Proves that a line mended on the screen is not lost to an older workbook unasked."""
    person = people(ACCOUNTANT)
    content = changed(lines_workbook(person), amount=6.60)
    address = f"/admin/claims/{DRAFT}/edit/line/{LINE}"
    version = hidden(person, address, "row_version")
    person.send(address, **{"cell:quantity": "2", "row_version": version, "do": "save"})
    told = upload(person, content, do="preview").json()["difference"]
    assert f'name="conflict:{LINE}"' in told
    version = hidden(person, f"/admin/claims/{DRAFT}/upload", "row_version")
    refused = upload(person, content, do="import", row_version=version)
    assert refused.json()["problem"]["code"] == "WFL-534"
    choice = {f"conflict:{LINE}": "stored"}
    assert "goto" in upload(person, content, do="import", row_version=version, **choice).json()
    assert 'value="2"' in person.get(address).text


def test_a_total_is_put_right_with_one_click(people: Browser) -> None:
    """Proves that the finding about the total brings the way out of it, and then is gone."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}"

    def declare(cents: int) -> Response:
        version = hidden(person, f"{address}/upload", "row_version")
        fields = {"row_version": version, "declared_cents": str(cents)}
        return person.send(f"{address}/edit/total", **fields)

    declare(100)
    page = person.get(address).text
    assert "CLM-210" in page
    assert "Let the total be €39.60, as the lines are" in page
    assert declare(3960).json() == {"goto": address}
    assert "CLM-210" not in person.get(address).text


def test_a_preview_tells_what_was_not_read_and_which_plans_are_unknown(people: Browser) -> None:
    """Proves that unread cells are shown with their place, and the way to the plans is told."""
    book = openpyxl.load_workbook("fixtures/workbooks/broken_three_decimals.xlsx")
    plans = [cell for row in book["Plans"] for cell in row if str(cell.value).startswith("IP-")]
    plans[0].value = "IP-JAUNS-1"
    content = BytesIO()
    book.save(content)
    person = people("partner_accountant.daugavpils")
    answer = upload(person, content.getvalue(), claim="SK-00037", do="preview")
    told = answer.json()["difference"]
    assert "that could not be read" in told
    assert "WBK-" in told
    assert "not read" in told
    assert "1 individual plan that is not in the register" in told
    assert "IP-JAUNS-1" in told
    assert "/admin/plans" in told


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_workbook_is_told_in_words(seen: Browser, path: Path) -> None:
    """Proves that no broken workbook breaks the page: it is refused with a code, or shown."""
    claim, person = "SK-00037", seen("partner_accountant.daugavpils")
    answer = upload(person, path.read_bytes(), claim=claim, name=path.name, do="preview")
    assert answer.status_code in {200, 422}
    told = answer.json()
    if answer.status_code == 422:
        assert re.fullmatch(r"(WBK|WFL|CLM)-\d{3}", told["problem"]["code"])
        assert told["problem"]["message"]
    else:
        assert "What this workbook would change" in told["difference"]


def test_a_workbook_of_another_partner_is_refused(seen: Browser) -> None:
    """Proves that lines cannot be read into a claim of somebody else by mistake."""
    content = Path("fixtures/workbooks/broken_class_letter.xlsx").read_bytes()
    answer = upload(seen(ACCOUNTANT), content, do="preview")
    assert answer.json()["problem"]["code"] == "WFL-535"


def test_a_claim_is_submitted_with_what_was_seen(people: Browser) -> None:
    """Proves that each finding has to be ticked, and the sum that was seen is what is filed."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}/edit/line/{LINE}"
    version = hidden(person, address, "row_version")
    person.send(address, **{"cell:evidence": "", "row_version": version, "do": "save"})
    summary = f"/admin/claims/{DRAFT}/submit"
    fields = {
        "row_version": hidden(person, summary, "row_version"),
        "expected_cents": hidden(person, summary, "expected_cents"),
    }
    assert fields["expected_cents"] == "2640"
    assert "CLM-206" in person.send(summary, **fields).json()["problem"]["message"]
    other = person.send(summary, confirmed="CLM-206", **{**fields, "expected_cents": "2641"})
    assert other.json()["problem"]["code"] == "WFL-539"
    assert "goto" in person.send(summary, confirmed="CLM-206", **fields).json()
    page = person.get(f"/admin/claims/{DRAFT}").text
    assert "Submitted" in page
    version = hidden(person, f"/admin/claims/{DRAFT}", "row_version")
    person.send(f"{summary}/withdraw", row_version=version, reason="<b>mistake</b>")
    history = person.get(f"/admin/claims/{DRAFT}/history").text
    assert "&lt;b&gt;mistake" in history


def test_evidence_is_handed_in_and_opened_by_those_who_may(people: Browser) -> None:
    """Proves that a file comes back as it was, to its partner and the agency, and to no other."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{DRAFT}/evidence"
    files = {"files": ("žurnāls.pdf", PDF, "application/pdf")}
    assert "goto" in person.send(address, files=files, kind="session_journal", line="1").json()
    page = person.get(address).text
    found = re.search(rf'href="({address}/\d+)"', page)
    assert found
    for login in (ACCOUNTANT, REVIEWER):
        answer = people(login).get(found[1])
        assert answer.content == PDF
        assert answer.headers["content-disposition"].startswith("attachment")
    assert people(OTHERS).get(found[1]).status_code == 404
    own = found[1].replace(DRAFT, "SK-00013")
    assert people(OTHERS).get(own).status_code == 404


def test_a_file_of_the_wrong_kind_is_refused_with_its_code(people: Browser) -> None:
    """Proves that a program in the guise of a PDF is not taken."""
    files = {"files": ("x.pdf", b"MZ", "application/pdf")}
    answer = people(ACCOUNTANT).send(f"/admin/claims/{DRAFT}/evidence", files=files, kind="other")
    assert answer.json()["problem"]["code"] == "CLM-223"


def test_a_document_that_stays_is_noted_and_named_on_its_line(people: Browser) -> None:
    """Proves that the line that lacked evidence names the document after one click."""
    person = people(ACCOUNTANT)
    line = f"/admin/claims/{DRAFT}/edit/line/{LINE}"
    version = hidden(person, line, "row_version")
    person.send(line, **{"cell:evidence": "", "row_version": version, "do": "save"})
    address = f"/admin/claims/{DRAFT}/evidence"
    assert "CLM" not in person.get(address).text
    assert "the least change of the file would change it" in person.get(address).text
    digest = hashlib.sha256(PDF).hexdigest()
    fields = {"kind": "plan", "name": "plans.pdf", "sha256": digest, "size": "14", "line": "1"}
    assert "goto" in person.send(f"{address}/reference", **fields).json()
    assert "Name the attached documents on 1 line" in person.get(address).text
    version = hidden(person, address, "row_version")
    assert "goto" in person.send(f"{address}/name", row_version=version).json()
    assert "Every line names its documents" in person.get(address).text
    assert 'value="plans.pdf"' in person.get(line).text


def test_a_question_is_answered_by_the_partner_alone(people: Browser) -> None:
    """Proves that an answer is kept as text, and another partner's people find no question."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{ASKED}/questions"
    found = re.search(rf'action="({address}/\d+)"', person.get(address).text)
    assert found
    refused = people(OTHERS).send(found[1], answer="x")
    assert refused.json()["problem"]["code"] == "AUT-603"
    assert "goto" in person.send(found[1], answer="<b>yes</b>").json()
    assert "&lt;b&gt;yes&lt;/b&gt;" in person.get(address).text


def test_the_document_that_was_asked_for_goes_with_the_answer(people: Browser) -> None:
    """Proves that it stands behind the line of the question, and that the agency opens it."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{ASKED}/questions"
    page = person.get(address).text
    found = re.search(rf'action="({address}/\d+)"', page)
    assert found
    assert 'name="files"' in page
    files = {"files": ("žurnāls.pdf", PDF, "application/pdf")}
    refused = person.send(found[1], files=files, kind="session_journal", answer=" ")
    assert refused.json()["problem"]["code"] == "WEB-422"
    sent = person.send(found[1], files=files, kind="session_journal", answer="Here it is.")
    assert "goto" in sent.json()
    evidence = f"/admin/claims/{ASKED}/evidence"
    handed = re.findall(rf'href="({evidence}/\d+)"', people(REVIEWER).get(evidence).text)
    assert len(handed) == 1
    assert people(REVIEWER).get(handed[0]).content == PDF
    assert f"/admin/claims/{ASKED}/lines/{ASKED}-0001" in person.get(evidence).text


def test_no_document_is_kept_with_an_answer_that_cannot_be(people: Browser) -> None:
    """Proves that a file with an answer to no question, or to an answered one, is not kept."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{ASKED}/questions"
    found = re.search(rf'action="({address}/\d+)"', person.get(address).text)
    assert found
    assert "goto" in person.send(found[1], answer="It was the other day.").json()
    files = {"files": ("žurnāls.pdf", PDF, "application/pdf")}
    for question in (found[1], f"{address}/9999"):
        refused = person.send(question, files=files, kind="session_journal", answer="Here it is.")
        assert refused.json()["problem"]["code"] == "WEB-422"
    evidence = f"/admin/claims/{ASKED}/evidence"
    assert not re.findall(rf'href="({evidence}/\d+)"', person.get(evidence).text)


def test_an_objection_is_filed_once(people: Browser) -> None:
    """Proves that the partner objects to a rejection, and a second time is refused with a code."""
    person = people(ACCOUNTANT)
    address = f"/admin/claims/{REJECTED}/decision"
    assert "Object to the decision" in person.get(address).text
    assert "goto" in person.send(f"{address}/objection", reasons="The day was right.").json()
    page = person.get(address).text
    assert "The day was right." in page
    assert "Object to the decision" not in page
    again = person.send(f"{address}/objection", reasons="Again.")
    assert again.json()["problem"]["code"] == "WFL-572"
