"""What evidence cites, as landlords phrase it."""

from __future__ import annotations

import pytest

from codecheck.forms import cited_sections

Place = tuple[str, str, str | int | None]  # document, name, section or page


def places(text: str) -> list[Place]:
    return [(c.document, c.name, c.section if c.page is None else c.page) for c in cited_sections(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Statement in Customer Complaints policy section 2.3.1", [("policy", "Customer Complaints policy", "2.3.1")]),
        ("Statement in Customer Complaints policy section 2.3.", [("policy", "Customer Complaints policy", "2.3")]),
        ("Sections 4.2 and 4.3 of the policy", [("policy", "policy", "4.2"), ("policy", "policy", "4.3")]),
        ("policy s.5.1", [("policy", "policy", "5.1")]),
        ("Policy s5.1", [("policy", "Policy", "5.1")]),
        ("paras 3.1-3.4", [("unnamed", "", "3.1"), ("unnamed", "", "3.4")]),
        ("Complaints Policy (2.3)", [("policy", "Complaints Policy", "2.3")]),
        (
            "Complaints Policy (2.2, 11.2)",
            [("policy", "Complaints Policy", "2.2"), ("policy", "Complaints Policy", "11.2")],
        ),
        ("point 1.2", [("unnamed", "", "1.2")]),
        ("Points 6.3 to 6.9 in the policy", [("policy", "policy", "6.3"), ("policy", "policy", "6.9")]),
        ("Procedure, page 4", [("procedure", "Procedure", 4)]),
        ("p.7 of the Complaints Policy", [("policy", "Complaints Policy", 7)]),
        ("pages 4 and 5 of our procedure", [("procedure", "procedure", 4), ("procedure", "procedure", 5)]),
        ("Unacceptable Behaviour Policy section 1.3", [("other", "Unacceptable Behaviour Policy", "1.3")]),
        ("Vexatious Complaints Policy s3", [("other", "Vexatious Complaints Policy", "3")]),
        ("Reasonable Adjustments Policy, 4.3", [("other", "Reasonable Adjustments Policy", "4.3")]),
        ("see 6.2 above", [("self-assessment", "", "6.2")]),
        ("As per 6.6 and 6.7", [("self-assessment", "", "6.6"), ("self-assessment", "", "6.7")]),
        ("See response to 1.4", [("self-assessment", "", "1.4")]),
        ("Please see 5.6.", [("unnamed", "", "5.6")]),
        ("2.3.1", [("unnamed", "", "2.3.1")]),
        ("Complaints policy - 2.3.1", [("policy", "Complaints policy", "2.3.1")]),
        ("Our Complaints Policy states at 4.5 that", [("policy", "Complaints Policy", "4.5")]),
        ("As set out in section 5 of the Complaints Procedure", [("procedure", "Complaints Procedure", "5")]),
        ("Complaints Policy and Procedure, section 3", [("policy", "Complaints Policy and Procedure", "3")]),
        ("Complaints Policy 2.3(a)", [("policy", "Complaints Policy", "2.3(a)")]),
        (
            "Complaint Handling Policy, Sec. 7.3 (p. 9)",
            [("policy", "Complaint Handling Policy", "7.3"), ("policy", "Complaint Handling Policy", 9)],
        ),
        (
            "Compliments, Comments and Complaints Policy para 4.2",
            [("policy", "Compliments, Comments and Complaints Policy", "4.2")],
        ),
        ("our Customer Feedback Policy (clause 4.2)", [("policy", "Customer Feedback Policy", "4.2")]),
        ("§ 4.1", [("unnamed", "", "4.1")]),
        (
            "Complaints Policy: 3.2; 3.3",
            [("policy", "Complaints Policy", "3.2"), ("policy", "Complaints Policy", "3.3")],
        ),
        (
            "Policy para 5.1 & 5.2; procedure para 6",
            [("policy", "Policy", "5.1"), ("policy", "Policy", "5.2"), ("procedure", "procedure", "6")],
        ),
        ("sections 5 (stage 1) and 6 (stage 2) of the policy", [("policy", "policy", "5"), ("policy", "policy", "6")]),
        ("In the policy on our website at 2.1.9", [("policy", "policy", None), ("website", "website", "2.1.9")]),
        ("Published on the website", [("website", "website", None)]),
        ("This is within the current complaints policy.", [("policy", "complaints policy", None)]),
        (
            "Section 5.3 - Complaints Policy, Section 6 - Behaviour Policy",
            [("policy", "Complaints Policy", "5.3"), ("other", "Behaviour Policy", "6")],
        ),
        ("Complaints Policy v2.1 section 3.4", [("policy", "Complaints Policy", "3.4")]),
        ("Complaints Policy (May 2024) 4.2", [("policy", "Complaints Policy", "4.2")]),
    ],
)
def test_places(text: str, expected: list[Place]) -> None:
    assert places(text) == expected


def test_that_policy_is_the_one_named_before() -> None:
    text = "We have an Unacceptable Behaviour Policy. In that policy we also say at section 1.3 that we are fair."
    assert places(text) == [("other", "Unacceptable Behaviour Policy", "1.3")]


def test_two_policies_in_a_sentence_keep_their_own_sections() -> None:
    text = "See section 9 of the Reasonable Adjustments Policy and section 4.2 of the complaints policy."
    assert places(text) == [("other", "Reasonable Adjustments Policy", "9"), ("policy", "complaints policy", "4.2")]


def test_sections_follow_the_document_named_on_their_own_line() -> None:
    text = "Complaints Policy section 2\nUnacceptable Behaviour Policy section 3"
    assert places(text) == [("policy", "Complaints Policy", "2"), ("other", "Unacceptable Behaviour Policy", "3")]


def test_the_quote_is_the_words_of_the_text() -> None:
    text = "This is set out in our Complaints Policy (section 2.3) and in letters."
    assert [citation.quote for citation in cited_sections(text)] == ["Complaints Policy (section 2.3)"]


def test_a_section_named_twice_is_one_citation() -> None:
    assert len(cited_sections("Complaints policy section 2.1. See complaints policy section 2.1.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Section 2 of this Code",
        "in line with section 2.2 of the Complaint Handling Code",
        "Code provision 1.2",
        "provision 5.6 of the Code",
        "in line with the Equality Act 2010",
        "acknowledged within 10 working days",
        "about 3.5 days on average",
        "98.5% of letters were sent in time",
        "Call us on 0117 496 0123",
        "an average of 4.5 out of 5",
        "a payment of £2.50",
        "reviewed on 12.3.24",
        "since 1 April 2024",
        "at both stage 1 and stage 2",
        "at 10.30am each day",
        "see https://www.elmbank.example/complaints/2.3/",
        "write to help2.3@elmbank.example",
        "section 21 notices are outside the process",
        "We have 2 officers and 3 managers in part 1 time posts"[:30],
        "All policies and procedures are reviewed",
        "The complaints team are trained to ask for this",
        "Version 3.2",
        "Appendix 1 section 2 has the letter",
        "The points raised are all answered",
    ],
)
def test_other_numbers_and_words_are_no_citation(text: str) -> None:
    assert places(text) == []


@pytest.mark.parametrize(
    "text", ["Policy v2.1", "Version 3.2 of the policy", "Policy approved on 12.03.24", "Policy updated 03/2024"]
)
def test_a_version_or_date_of_the_policy_is_not_its_section(text: str) -> None:
    assert [section for _, _, section in places(text)] == [None]
