"""What keeps words from making an element, beside its patterns: denials in a row, some cases only, words of its own."""

from __future__ import annotations

import pytest

from codecheck.assess.evaluate import ElementOutcome, evaluate_provision, read_statements
from codecheck.documents.document import read_document
from codecheck.rules.pack import RulePack

DETAILS = (
    "<table><tr><th>What happens</th><th>Stage 1</th><th>Stage 2</th></tr>"
    "<tr><td>The letter about more time gives the Housing Ombudsman's contact details</td>"
    "<td>{first}</td><td>{second}</td></tr></table>"
)


def element(page: str, provision: str, name: str, pack: RulePack) -> ElementOutcome:
    document = read_document(f"<html><body><h1>Complaints</h1>{page}</body></html>".encode(), "page.html")
    found = evaluate_provision(read_statements(document, pack), pack.provisions[provision])
    return next(one for one in found.elements if one.element.id == name)


@pytest.mark.parametrize(
    ("first", "second", "states"),
    [
        ("Yes", "Yes", ("satisfied", "satisfied")),
        ("Yes", "Not given", ("satisfied", "missing")),
        ("No", "Yes", ("missing", "satisfied")),
        ("N/A", "None", ("missing", "missing")),
    ],
)
def test_the_header_of_a_row_says_nothing_of_a_stage_whose_cell_denies_it(
    first: str, second: str, states: tuple[str, str], pack: RulePack
) -> None:
    page = DETAILS.format(first=first, second=second)
    found = [element(page, provision, "contact-details", pack).state for provision in ("6.5", "6.16")]
    assert tuple(found) == states


def test_what_is_promised_in_some_cases_only_is_half_of_it(pack: RulePack) -> None:
    said = "<h2>Stage 2</h2><p>{}we send our final response within 20 working days of acknowledging the complaint.</p>"
    every = element(said.format("At stage 2 "), "6.14", "twenty-working-days", pack)
    some = element(said.format("In straightforward cases "), "6.14", "twenty-working-days", pack)
    assert (every.state, some.state) == ("satisfied", "weak")
    assert some.matches[0].why_weak == "some"


def test_words_that_rule_an_element_out_do_so_in_their_own_sentence_only(pack: RulePack) -> None:
    details = "We give you the Housing Ombudsman's contact details when we tell you of an extension at stage 1."
    other = "Our final response has the Ombudsman's contact details too."
    assert element(f"<p>{details} {other}</p>", "6.5", "contact-details", pack).state == "satisfied"
    assert element(f"<p>We may extend the time. {other}</p>", "6.5", "contact-details", pack).state == "missing"


def test_what_is_added_after_a_comma_takes_nothing_back(pack: RulePack) -> None:
    reasons = "If we extend stage 1 we clearly explain the reasons for the extension to you"
    assert element(f"<p>{reasons}, and more fully if you ask.</p>", "6.4", "reason", pack).state == "satisfied"


def test_a_condition_at_the_head_of_a_sentence_bears_on_all_of_it(pack: RulePack) -> None:
    promise = "we clearly explain the reasons for the stage 1 extension to you"
    assert element(f"<p>If you ask, {promise}.</p>", "6.4", "reason", pack).state != "satisfied"
    assert element(f"<p>We may extend stage 1, and {promise}.</p>", "6.4", "reason", pack).state == "satisfied"


@pytest.mark.parametrize(("opening", "state"), [("So, we aim to", "weak"), ("So, we will", "satisfied")])
def test_the_lead_in_of_a_list_softens_every_item(opening: str, state: str, pack: RulePack) -> None:
    items = "<li>tell you that we have your complaint</li><li>answer your complaint within ten working days</li>"
    page = f"<h2>Stage 1</h2><p>We like to answer quickly. {opening}:</p><ul>{items}</ul>"
    assert element(page, "6.3", "ten-working-days", pack).state == state
