"""The Ombudsman's contact details: what is outdated or wrong, and the many details that are nobody's fault."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.assess.cases import case_document
from codecheck.assess.contacts import ContactProblem, check_contacts
from codecheck.documents.markdown import read_markdown
from codecheck.documents.structure import build_clauses
from codecheck.model import Block, Document
from codecheck.rules.contacts import ContactDetails, digits, load_contacts
from codecheck.rules.load import find_pack

RIGHT = {
    "address": "Housing Ombudsman Service, PO Box 1484, Unit D, Preston, PR2 0ET",
    "telephone": "0300 111 3000",
    "email": "info@housing-ombudsman.org.uk",
    "website": "www.housing-ombudsman.org.uk",
}
LGSCO = "Local Government and Social Care Ombudsman, PO Box 4771, Coventry CV4 0EH, telephone 0300 061 0614"


@pytest.fixture(scope="module")
def details() -> ContactDetails:
    """The details in the pack that we ship."""
    found = load_contacts(find_pack())
    assert found is not None
    return found


def found(text: str, details: ContactDetails) -> tuple[ContactProblem, ...]:
    return check_contacts(case_document(text), details)


# Text, then kind, detail and quote of the one problem in it.
PROBLEMS = {
    "old office": (
        "Write to the Housing Ombudsman Service, Exchange Tower, Harbour Exchange Square, London E14 9GE.",
        ("outdated", "address", "Exchange Tower, Harbour Exchange Square, London E14 9GE"),
    ),
    "old office without its postcode": (
        "The Housing Ombudsman is at 81 Aldwych, London.",
        ("outdated", "address", "81 Aldwych"),
    ),
    "older office": (
        "Independent Housing Ombudsman, Norman House, 105–109 Strand, London WC2R 0AA",
        ("outdated", "address", "Norman House, 105–109 Strand, London WC2R 0AA"),
    ),
    "old post office box": (
        "Housing Ombudsman: P.O. Box 152, Liverpool L33 7WQ",
        ("outdated", "address", "L33 7WQ"),
    ),
    "old box as it is mostly written": (
        "Post goes to the Ombudsman at PO Box 152, Liverpool, L33 7WQ.",
        ("outdated", "address", "PO Box 152, Liverpool, L33 7WQ"),
    ),
    "address in several clauses": (
        "## Housing Ombudsman\n\nExchange Tower\n\nHarbour Exchange Square\n\nLondon\n\nE14 9GE",
        ("outdated", "address", "Exchange Tower\nHarbour Exchange Square\nLondon\nE14 9GE"),
    ),
    "address in a list": (
        "You can write to the Housing Ombudsman:\n\n- 81 Aldwych\n- London\n- WC2B 4HN",
        ("outdated", "address", "81 Aldwych\nLondon\nWC2B 4HN"),
    ),
    "address in a table": (
        "| Who | Where |\n|---|---|\n| Us | 1 High Street |\n| Housing Ombudsman | 81 Aldwych, WC2B 4HN |",
        ("outdated", "address", "81 Aldwych, WC2B 4HN"),
    ),
    "right box, wrong postcode": (
        "Housing Ombudsman Service, PO Box 1484, Unit D, Preston PR1 0ET",
        ("wrong", "address", "PO Box 1484, Unit D, Preston PR1 0ET"),
    ),
    "wrong box, right postcode": (
        "Housing Ombudsman Service, PO Box 1448, Unit D, Preston PR2 0ET",
        ("wrong", "address", "PO Box 1448, Unit D, Preston PR2 0ET"),
    ),
    "another's box": ("Housing Ombudsman Service\n\nPO Box 4771", ("wrong", "address", "PO Box 4771")),
    "old local-rate number": (
        "Ring the Housing Ombudsman on 0845 712 5973.",
        ("outdated", "telephone", "0845 712 5973"),
    ),
    "old number, otherwise spaced": (
        "Housing Ombudsman Service (tel. 0845 7125 973)",
        ("outdated", "telephone", "0845 7125 973"),
    ),
    "old London number": (
        "## The Housing Ombudsman\n\n- Phone: (020) 7421-3800",
        ("outdated", "telephone", "(020) 7421-3800"),
    ),
    "old number after our own name": (
        "We tell the Housing Ombudsman what we did. It can ring us, and you can ring it on 0845 712 5973.",
        ("outdated", "telephone", "0845 712 5973"),
    ),
    "a digit left out": ("Housing Ombudsman, telephone 0300 111 300", ("wrong", "telephone", "0300 111 300")),
    "a digit wrong": ("Call the Housing Ombudsman Service on 0300 111 3001.", ("wrong", "telephone", "0300 111 3001")),
    "two digits changed over": ("Housing Ombudsman: +44 300 111 0300", ("wrong", "telephone", "+44 300 111 0300")),
    "a slip before opening hours": (
        "Housing Ombudsman: 0300 111 300 9am to 5pm",
        ("wrong", "telephone", "0300 111 300"),
    ),
    "a slip under the heading": (
        "## Housing Ombudsman\n\nYou can ask it for advice if you are unhappy with our answer.\n\nPhone: 0300 111 300",
        ("wrong", "telephone", "0300 111 300"),
    ),
    "a slip in a sentence of ours": (
        "We always say how the Housing Ombudsman is reached: 0300 111 300.",
        ("wrong", "telephone", "0300 111 300"),
    ),
    "the number before the name": ("0300 111 300 – Housing Ombudsman", ("wrong", "telephone", "0300 111 300")),
    "a number given as the Ombudsman's": (
        "Housing Ombudsman Service\n\nTelephone: 01632 960 555",
        ("wrong", "telephone", "01632 960 555"),
    ),
    "a number given after other details": (
        "Housing Ombudsman Service, PO Box 1484, Unit D, Preston PR2 0ET, info@housing-ombudsman.org.uk, 01632 960 555",
        ("wrong", "telephone", "01632 960 555"),
    ),
    "a number in the Ombudsman's row": (
        "| Body | Telephone |\n|---|---|\n| Housing Ombudsman | 0300 111 300 |\n| Citizens Advice | 0800 144 8848 |",
        ("wrong", "telephone", "0300 111 300"),
    ),
    "another's number as the Ombudsman's": (
        "Housing Ombudsman Service: 0300 061 0614.",
        ("wrong", "telephone", "0300 061 0614"),
    ),
    "name of the address mistyped": (
        "Email the Ombudsman at infor@housing-ombudsman.org.uk.",
        ("wrong", "email", "infor@housing-ombudsman.org.uk"),
    ),
    "domain of the address wrong": (
        "Email info@housing-ombudsman.co.uk",
        ("wrong", "email", "info@housing-ombudsman.co.uk"),
    ),
    "old address": ("Email ombudsman@ihos.org.uk", ("outdated", "email", "ombudsman@ihos.org.uk")),
    "old website": ("See www.ihos.org.uk for more.", ("outdated", "website", "www.ihos.org.uk")),
    "website without its hyphen": (
        "See www.housingombudsman.org.uk/residents.",
        ("wrong", "website", "www.housingombudsman.org.uk"),
    ),
    "website misspelt": (
        "See https://www.housing-ombudsmen.org.uk/",
        ("wrong", "website", "https://www.housing-ombudsmen.org.uk"),
    ),
    "website cut short": ("See www.housing-ombudsman.org for more.", ("wrong", "website", "www.housing-ombudsman.org")),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_a_wrong_detail_is_raised(case: str, details: ContactDetails) -> None:
    text, expected = PROBLEMS[case]
    assert [(one.kind, one.detail, one.quote) for one in found(text, details)] == [expected]


@pytest.mark.parametrize("case", PROBLEMS)
def test_it_says_where_and_what_is_right(case: str, details: ContactDetails) -> None:
    document = case_document(PROBLEMS[case][0])
    for one in check_contacts(document, details):
        assert one.quote in document.text
        assert one.quote.splitlines()[0] in one.clause.text
        assert one.right == RIGHT[one.detail]
        assert bool(one.was) == (one.kind == "outdated")


INNOCENT = {
    "all right": "Housing Ombudsman Service, PO Box 1484, Unit D, Preston, PR2 0ET. Telephone 0300 111 3000. "
    "info@housing-ombudsman.org.uk, www.housing-ombudsman.org.uk/residents/make-a-complaint/",
    "number with hyphens": "Housing Ombudsman: 0300-111-3000",
    "number from abroad": "Housing Ombudsman: +44 300 111 3000 or +44 (0)300 111 3000 or 0044 300 111 3000",
    "number in one piece": "Housing Ombudsman: 03001113000 (9am to 5pm)",
    "number otherwise spaced": "Housing Ombudsman: (0300) 111 3000 / 0300 1113000 / 0300 11 13 000",
    "number before hours": "Housing Ombudsman: 0300 111 3000 9am to 5pm, 0300 111 3000 24 hours",
    "number with the mark of a footnote": "Housing Ombudsman: 0300 111 30001",
    "relay": "Housing Ombudsman: 18001 0300 111 3000 with Relay UK",
    "postcode in one piece": "Housing Ombudsman, PO Box 1484, Preston PR20ET",
    "postcode with the letter O": "Housing Ombudsman, P O Box 1484, Unit D, Preston, PR2 OET",
    "address in several clauses": "## Housing Ombudsman\n\nPO Box 1484\n\nUnit D\n\nPreston\n\nPR2 0ET",
    "another Ombudsman": f"{LGSCO}. Housing Ombudsman, telephone 0300 111 3000.",
    "another Ombudsman after ours": f"Housing Ombudsman Service, telephone 0300 111 3000.\n\n{LGSCO}",
    "another Ombudsman in the same sentence": f"Go to the Housing Ombudsman or, of your council, to the {LGSCO}.",
    "another Ombudsman under one heading": f"## Housing Ombudsman\n\nFor other services of a council:\n\n- {LGSCO}",
    "another Ombudsman in a table": "| Body | Telephone |\n|---|---|\n| Housing Ombudsman | 0300 111 3000 |\n"
    "| Local Government and Social Care Ombudsman | 0300 061 0614 |",
    "bodies in columns": "| | Housing Ombudsman | Citizens Advice |\n|---|---|---|\n"
    "| Telephone | 0300 111 3000 | 0800 144 8848 |",
    "the Property Ombudsman": "The Housing Ombudsman or the Property Ombudsman, Milford House, 01722 333 306",
    "Citizens Advice": "Before you go to the Housing Ombudsman, Citizens Advice may help: 0800 144 8848.",
    "our own number": "If you need help to reach the Housing Ombudsman, ring us on 01632 960 123.",
    "our own number, much like theirs": "Ask us about the Housing Ombudsman on 0300 111 2000.",
    "our own number, much like theirs, elsewhere": "## How to reach us\n\n0300 111 2000\n\n## Housing Ombudsman\n\n"
    "Leaflets: 0300 111 2000",
    "our own number under the heading": "## Housing Ombudsman\n\nOur Resolution Team has leaflets.\n\n01632 960 123",
    "a leaflet about the Ombudsman": "Leaflets about the Housing Ombudsman can be had by ringing 01632 960 123.",
    "our own box": "Write to us at PO Box 12, Larchmere. You can also go to the Housing Ombudsman.",
    "our own box after theirs": "The Housing Ombudsman can look at it. Our address is PO Box 12, Larchmere LM1 2AB.",
    "somebody else in an old office": "Our lawyers are at Exchange Tower, Harbour Exchange Square, London E14 9GE.",
    "a building that shares a name": "## Housing Ombudsman\n\nCopies of its leaflet are at the desk in Norman House.",
    "an old address called old": "The Housing Ombudsman is no longer at 81 Aldwych, WC2B 4HN.",
    "an old number called old": "Do not use the old number of the Housing Ombudsman, 0845 712 5973.",
    "other pages of the site": "See https://www.housing-ombudsman.org.uk/about-us/ and hos.housing-ombudsman.org.uk.",
    "other addresses of the site": "Use complianceteam@housing-ombudsman.org.uk or press@housing-ombudsman.org.uk.",
    "site broken over a line": "See www.housing-ombudsman.org. uk or www.housing- ombudsman.org.uk.",
    "site in capitals": "WWW.HOUSING-OMBUDSMAN.ORG.UK and INFO@HOUSING-OMBUDSMAN.ORG.UK",
    "site at the end of a sentence": "It is at www.housing-ombudsman.org.uk.",
    "our own page on it": "See www.larchmere.example/housing-ombudsman or www.gov.uk/housing-ombudsman-service.",
    "a file named for it": "See housing-ombudsman-form.pdf and housing.ombudsman@larchmere.org.uk.",
    "a date and a reference": "Housing Ombudsman 01-04-2024, case 202301234567, 08/2024",
    "no details": "You may go to the Housing Ombudsman at any time.",
}


@pytest.mark.parametrize("case", INNOCENT)
def test_an_innocent_detail_is_not(case: str, details: ContactDetails) -> None:
    assert found(INNOCENT[case], details) == ()


def test_several_problems_come_in_the_order_of_the_document(details: ContactDetails) -> None:
    text = (
        "Housing Ombudsman: 0300 111 300, www.housing-ombudsman.com\n\n"
        "## At stage 2\n\nHousing Ombudsman: 81 Aldwych, 0300 111 300"
    )
    assert [one.detail for one in found(text, details)] == ["telephone", "website", "address", "telephone"]


def test_a_document_without_clauses_has_no_problem(details: ContactDetails) -> None:
    assert check_contacts(Document("d", "policy", "d.md", "", "", "", ()), details) == ()


@pytest.mark.parametrize(
    "number", ["0300 111 3000", "+44 300 111 3000", "+44 (0)300 111 3000", "0044 300 111 3000", "(0300) 111-3000"]
)
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    assert digits(number) == "03001113000"


PIECES = [
    *(
        "Housing Ombudsman",
        "the Ombudsman",
        "LGSCO",
        "us",
        "0300 111 300",
        "+44 300 111 3000",
        "0845 712 5973",
        "PO Box 1484",
    ),
    *("PO Box 9", "PR2 0ET", "CV4 0EH", "81 Aldwych", "Exchange Tower", "E14 9GE", "info@housing-ombudsman.org.uk"),
    *(
        "www.housing-ombudsman",
        "housingombudsman.com",
        ".",
        "\n\n",
        "\n\n## ",
        "\n\n- ",
        "|",
        "\u00a0",
        "–",
        "old",
        "(",
        "٣",
    ),
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_every_quote_is_its_own(text: str) -> None:
    details = load_contacts(find_pack())
    assert details is not None
    whole, clauses = build_clauses(read_markdown(f"Text {text}".encode(), "case.md").blocks)
    document = Document("d", "policy", "d.md", "", "", whole, clauses)
    for one in check_contacts(document, details):
        assert one.quote and one.quote in document.text
        assert document.text[one.clause.start :].find(one.quote) <= len(one.clause.text)


@pytest.mark.parametrize("piece", ["0 ", "0300 111 300 ", "uk.", "PO Box 1484 ", "us ", "+44 (0"])
def test_much_of_one_thing_takes_no_time(piece: str, details: ContactDetails) -> None:
    whole, clauses = build_clauses([Block("Housing Ombudsman", "heading", 1), Block(piece * 4000)])
    begun = time.monotonic()
    check_contacts(Document("d", "policy", "d.md", "", "", whole, clauses), details)
    assert time.monotonic() - begun < 5
