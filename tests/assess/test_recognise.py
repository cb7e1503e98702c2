"""What a document is, before any rule is held against it."""

from __future__ import annotations

import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.recognise import complaint_signs, require_complaints_document
from codecheck.errors import InputError
from codecheck.model import Document
from codecheck.rules.pack import RulePack

POLICY = (
    "# Complaints policy\n\nA complaint is any expression of dissatisfaction. We acknowledge each complaint at stage 1 "
    "and reply to the complaint in full. If you are dissatisfied you can take the complaint to stage 2, and you can "
    "contact the Housing Ombudsman about your complaint at any time. We learn from complaints.\n"
)


def test_a_policy_passes(pack: RulePack) -> None:
    require_complaints_document(case_document(POLICY), pack)


def test_a_form_with_provisions_and_answers_is_no_policy(pack: RulePack) -> None:
    rows = "".join(f"| 6.{n} | We answer every complaint. | Yes | Policy |\n" for n in range(1, 20))
    text = f"# Self-assessment\n\n| Code provision | Code requirement | Comply | Evidence |\n|---|---|---|---|\n{rows}"
    with pytest.raises(InputError, match="self-assessment form"):
        require_complaints_document(case_document(text), pack)


def test_a_grievance_policy_for_staff_is_no_policy(pack: RulePack) -> None:
    text = "# Grievance policy\n\n" + "An employee may raise a grievance or complaint with the line manager. " * 12
    with pytest.raises(InputError, match="staff grievance"):
        require_complaints_document(case_document(text), pack)


def test_a_document_with_nothing_read_is_refused(pack: RulePack) -> None:
    with pytest.raises(InputError, match="no text could be read"):
        require_complaints_document(Document("policy", "policy", "p.docx", "", "", "", ()), pack)


def test_signs_are_counted(pack: RulePack) -> None:
    signs = complaint_signs(case_document(POLICY), pack)
    assert signs.titled
    assert signs.complaint_words >= 8


def test_residents_complaints_may_be_called_grievances(pack: RulePack) -> None:
    text = (
        "# Complaints policy\n\n" + "A grievance is answered within ten days. The Housing Ombudsman may be asked. " * 12
    )
    require_complaints_document(case_document(text + "We log each complaint. " * 6), pack)
