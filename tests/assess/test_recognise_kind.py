"""What a document is recognised as by its content: our own small documents of each kind, in several formats."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from codecheck.assess.recognise import recognise
from codecheck.documents.document import read_document
from codecheck.model import Document
from codecheck.rules.pack import RulePack

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

BODY = """\
A complaint is any expression of dissatisfaction. We acknowledge each complaint at stage 1 within five working days and
reply to the complaint in full within ten. Whoever is dissatisfied with the reply can take the complaint to stage 2. A
resident may contact the Housing Ombudsman about a complaint at any time. We learn from complaints.
"""
STAFF = """\
1. Log the complaint on the housing system on the day that it arrives.

2. Ring the resident and ask what outcome they want from the complaint. Make a note of the answer in the log.

3. Send letter A within five working days. Use the template and fill in all of it.

4. Allocate the complaint to a handler at stage 1. Check that the handler took no part in the matter.

5. Draft the stage 1 response and pass it to your line manager. Issue it within ten working days.

6. Escalate the complaint to stage 2 if the resident asks. Tell the resident about the Housing Ombudsman.
"""
PAGE = """\
If you are dissatisfied with something that we have done, you can make a complaint to us in any way you like. We look
at your complaint at stage 1 and reply to you within ten working days. If you still have a complaint after that, you can
ask for stage 2. You can also take your complaint to the Housing Ombudsman whenever you want. We treat every complaint
with care and we learn from complaints.
"""
FORM = "| Code provision | Code requirement | Comply | Evidence |\n|---|---|---|---|\n" + "".join(
    f"| 6.{n} | Complaints must be answered with care. | Yes | Complaints policy, section {n} |\n" for n in range(2, 20)
)
SITE = """<!doctype html><html lang="en"><head><title>{title} | Larchmere Homes</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/repairs">Repairs</a></li></ul></nav>
<nav class="breadcrumb"><a href="/">Home</a> / <a href="/contact">Contact</a></nav>
<main><h1>{title}</h1>{body}</main></body></html>"""


def markdown(text: str) -> Document:
    return read_document(text.encode(), "document.md", kind="other")


def plain(text: str) -> Document:
    return read_document(text.encode(), "document.txt", kind="other")


def page(title: str, body: str) -> Document:
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    return read_document(SITE.format(title=title, body=paragraphs).encode(), "page.html", kind="other")


def word(title: str, body: str) -> Document:
    document = docx.Document()
    document.add_heading(title, 1)
    for part in body.split("\n\n"):
        document.add_paragraph(" ".join(part.split()))
    buffer = io.BytesIO()
    document.save(buffer)
    return read_document(buffer.getvalue(), "document.docx", kind="other")


# A title decides, whatever the format.
@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Complaints policy", "policy"),
        ("Customer Feedback and Complaints Policy 2025", "policy"),
        ("Complaints policy and procedure", "policy"),
        ("Complaints procedure", "procedure"),
        ("Complaint handling process", "procedure"),
        ("Complaints: guidance for staff", "procedure"),
        ("Complaints policy: guidance for staff", "procedure"),
        ("Procedure under the complaints policy", "procedure"),
        ("Complaints, step by step", "procedure"),
        ("Staff handbook: complaints", "procedure"),
        ("How we deal with complaints", "policy"),
    ],
)
def test_a_title_decides(title: str, kind: str, pack: RulePack) -> None:
    assert recognise(word(title, BODY), pack).kind == kind
    assert recognise(markdown(f"# {title}\n\n{BODY}"), pack).kind == kind
    assert recognise(plain(f"{title}\n\n{BODY}"), pack).kind == kind


def test_a_policy_without_a_title_is_a_policy(pack: RulePack) -> None:
    assert recognise(plain(BODY), pack).kind == "policy"


def test_a_document_that_calls_itself_a_policy_is_one(pack: RulePack) -> None:
    text = f"Larchmere Homes\n\nThis policy sets out how we handle complaints.\n\n{BODY}"
    assert recognise(plain(text), pack).kind == "policy"


def test_orders_to_staff_make_a_procedure_without_a_title(pack: RulePack) -> None:
    assert recognise(word("Larchmere Homes", STAFF), pack).kind == "procedure"
    assert recognise(plain(STAFF), pack).kind == "procedure"


def test_steps_in_a_table_make_a_procedure(pack: RulePack) -> None:
    rows = [line.split(". ", 1)[1] for line in STAFF.split("\n\n")]
    table = "| Step | What to do about the complaint |\n|---|---|\n"
    table += "".join(f"| {n} | {' '.join(row.split())} |\n" for n, row in enumerate(rows, 1))
    assert recognise(markdown(f"# Complaints\n\n{table}"), pack).kind == "procedure"


def test_orders_to_residents_make_no_procedure(pack: RulePack) -> None:
    orders = "Ring us, send us a letter or visit our office. Tell us what went wrong. Put it to us as you like.\n\n" * 4
    assert recognise(word("Complaints", orders + BODY), pack).kind == "policy"


def test_a_policy_that_says_what_staff_must_do_stays_a_policy(pack: RulePack) -> None:
    said = "Staff must treat every complaint with care. A handler should tell the resident about stage 2.\n\n"
    assert recognise(word("Larchmere Homes", said + BODY + BODY), pack).kind == "policy"


def test_a_page_of_a_website_is_one(pack: RulePack) -> None:
    assert recognise(page("Make a complaint", PAGE), pack).kind == "website"


def test_a_page_headed_our_complaints_process_is_a_page(pack: RulePack) -> None:
    assert recognise(page("Our complaints process", PAGE), pack).kind == "website"


def test_a_page_whose_title_says_policy_is_a_policy(pack: RulePack) -> None:
    assert recognise(page("Complaints policy", BODY), pack).kind == "policy"


def test_a_page_that_says_it_is_the_policy_is_a_policy(pack: RulePack) -> None:
    assert recognise(page("Not happy?", f"This page is our complaints policy.\n\n{PAGE}"), pack).kind == "policy"
    poor = FIXTURES / "poor" / "policy.html"
    assert recognise(read_document(poor.read_bytes(), poor.name), pack).kind == "policy"


def test_a_page_for_staff_is_a_procedure(pack: RulePack) -> None:
    assert recognise(page("Complaints", STAFF), pack).kind == "procedure"


@pytest.mark.parametrize("make", [markdown, plain])
def test_a_page_that_was_copied_or_printed_is_a_page(make: object, pack: RulePack) -> None:
    assert callable(make)
    text = f"Skip to main content\n\nMake a complaint\n\n{PAGE}\n\nRelated pages\n\nWas this page helpful?\n"
    assert recognise(make(text), pack).kind == "website"


def test_a_policy_that_names_cookies_once_is_no_page(pack: RulePack) -> None:
    document = word("Larchmere Homes", f"{BODY}\n\nOur cookie policy is a matter of its own.")
    assert recognise(document, pack).kind == "policy"


@pytest.mark.parametrize("title", ["Self-assessment form", "Complaints policy self-assessment 2025", "Larchmere Homes"])
def test_a_form_is_a_self_assessment(title: str, pack: RulePack) -> None:
    assert recognise(markdown(f"# {title}\n\n{FORM}"), pack).kind == "self-assessment"


def test_a_short_form_is_known_by_its_title(pack: RulePack) -> None:
    rows = "\n".join(FORM.splitlines()[:5])
    assert recognise(markdown(f"# Self-assessment\n\n{rows}\n"), pack).kind == "self-assessment"


def test_a_policy_with_the_form_in_an_appendix_stays_a_policy(pack: RulePack) -> None:
    text = f"# Complaints policy\n\n{BODY * 8}\n\n## Appendix: self-assessment\n\n{FORM}"
    assert recognise(markdown(text), pack).kind == "policy"


@pytest.mark.parametrize("name", ["tenancy-agreement-extract", "staff-grievance-policy", "damp-and-mould-policy"])
def test_what_is_not_about_complaints_is_other(name: str, pack: RulePack) -> None:
    path = FIXTURES / "unrelated" / f"{name}.md"
    assert recognise(read_document(path.read_bytes(), path.name), pack).kind == "other"


@pytest.mark.parametrize("name", ["good/policy.docx", "middling/policy.pdf", "poor/policy.html"])
def test_the_sample_policies_are_policies(name: str, pack: RulePack) -> None:
    path = FIXTURES / name
    assert recognise(read_document(path.read_bytes(), path.name), pack).kind == "policy"


def test_nothing_at_all_is_other(pack: RulePack) -> None:
    assert recognise(Document("d", "other", "d.md", "", "", "", ()), pack).kind == "other"


# A document that speaks of no policy beside itself may be all the policy that there is.
def test_a_procedure_beside_a_policy_is_certain(pack: RulePack) -> None:
    assert recognise(word("Complaints procedure", f"Read this with our complaints policy.\n\n{BODY}"), pack).certain


def test_a_procedure_that_stands_alone_is_not_certain(pack: RulePack) -> None:
    assert not recognise(word("Complaints procedure", BODY), pack).certain


def test_a_page_that_links_the_policy_is_certain(pack: RulePack) -> None:
    assert recognise(page("Make a complaint", f"{PAGE}\n\nRead the full policy."), pack).certain
    assert not recognise(page("Make a complaint", PAGE), pack).certain
    ours = f"{PAGE}\n\nAll of this follows from our complaints policy."
    assert not recognise(page("Make a complaint", ours), pack).certain
