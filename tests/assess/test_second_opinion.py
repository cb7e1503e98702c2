"""What the second reader may decide, and what is left to the patterns, whatever the network says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import evaluate_provision, read_statements
from codecheck.assess.second_opinion import Reconsidered, reconsider
from codecheck.rules.pack import RulePack
from codecheck.second_reader.network import Network, Readable
from codecheck.second_reader.reader import SecondReader
from codecheck.second_reader.tower import Floats

SURE = 20.0


class Told(Network):
    """A network that is sure of each of its points where some words stand, and sure of the opposite elsewhere."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.points = tuple(words)
        self.column = {point: number for number, point in enumerate(words)}
        self.limits = {"silent": 5.0, "weak": 5.0, "upheld": -3.0, "raised": 5.0}
        self._words = tuple(words.values())

    def read(self, passages: Sequence[Readable]) -> Floats:
        rows = [[SURE if words in " ".join(one.parts) else -SURE for words in self._words] for one in passages]
        return np.asarray(rows, np.float32).reshape(len(rows), len(self._words))

    def scores(self, hidden: Floats) -> Floats:
        return hidden

    def nearest(self, point: str, hidden: Floats) -> str:
        return "An example."


def again(text: str, pack: RulePack, provision: str, words: Mapping[str, str]) -> Reconsidered:
    """Return what becomes of a provision when the reader is sure of points in some words."""
    reading = read_statements(case_document(text), pack)
    outcome = evaluate_provision(reading, pack.provisions[provision])
    return reconsider(outcome, SecondReader(Told(words), reading.sentences), reading)


def states(found: Reconsidered) -> dict[str, str]:
    return {one.element.id: one.state for one in found.outcome.elements}


def raised(found: Reconsidered) -> set[str]:
    return {one.contrary.id for one in found.outcome.contrary}


def test_what_no_pattern_knows_is_found_and_quoted(pack: RulePack) -> None:
    found = again("Zounds, a heron will see to it.", pack, "6.13", {"6.13/different-person": "heron"})
    assert states(found)["different-person"] == "satisfied"
    assert [(one.decision, one.quote) for one in found.opinions] == [("found", "Zounds, a heron will see to it.")]


def test_what_is_only_aimed_at_is_not_taken_for_a_promise(pack: RulePack) -> None:
    text = "## Stage 2\n\nWe {} our final response within 20 working days of acknowledging the complaint."
    points = {"6.14/twenty-working-days": "20 working days"}
    assert states(again(text.format("aim to issue"), pack, "6.14", points))["twenty-working-days"] == "weak"
    assert states(again(text.format("issue"), pack, "6.14", points))["twenty-working-days"] == "satisfied"


def test_a_policy_that_is_silent_on_practice_may_still_speak_against_it(pack: RulePack) -> None:
    found = again("Herons are told first.", pack, "5.8", {"!5.8/not-heard": "Herons"})
    assert raised(found) == {"not-heard"}


def test_where_something_is_missing_what_patterns_took_against_the_code_stands(pack: RulePack) -> None:
    text = "The officer who investigated at stage 1 also carries out the stage 2 review."
    found = again(text, pack, "6.13", {"!6.13/same-person": "heron"})
    assert states(found)["different-person"] == "missing"
    assert raised(found) == {"same-person"}


def test_words_that_say_half_of_a_provision_are_not_raised_against_it(pack: RulePack) -> None:
    half = "We accept complaints within 12 months of the date of the event."
    point = "!2.3/shorter-limit"
    assert raised(again(half, pack, "2.3", {point: "event"})) == set()
    assert raised(again(f"{half} Herons have three months.", pack, "2.3", {point: "Herons"})) == {"shorter-limit"}


def test_on_names_and_numbers_the_reader_has_no_say(pack: RulePack) -> None:
    found = again("Herons Wharf, London SE1 9ZZ.", pack, "3.7", {"!3.7/outdated-details": "Herons"})
    assert raised(found) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Until October 2022 residents had to write to a heron first.", set()),
        ("Residents have to write to a heron first.", {"must-wait"}),
        ("Residents whose home was built before 1999 must write to a heron first.", {"must-wait"}),
    ],
)
def test_what_was_so_once_is_not_raised(text: str, expected: set[str], pack: RulePack) -> None:
    assert raised(again(text, pack, "3.7", {"!3.7/must-wait": "heron"})) == expected


def test_what_the_document_says_elsewhere_may_excuse_it(pack: RulePack) -> None:
    heron = "Then comes the heron."
    open_to_all = "You can contact the Housing Ombudsman for advice at any time during your complaint."
    points = {"!3.7/ombudsman-last": "heron"}
    assert raised(again(heron, pack, "3.7", points)) == {"ombudsman-last"}
    assert raised(again(f"{heron}\n\n{open_to_all}", pack, "3.7", points)) == set()


def test_what_a_pattern_takes_against_the_code_may_be_dismissed(pack: RulePack) -> None:
    text = (
        "A manager who was not involved before looks at it. "
        "The officer who investigated at stage 1 also carries out the stage 2 review."
    )
    assert raised(again(text, pack, "6.13", {"6.13/different-person": "heron"})) == {"same-person"}
    found = again(text, pack, "6.13", {"!6.13/same-person": "heron"})
    assert raised(found) == set()
    assert {one.decision for one in found.opinions} == {"dismissed"}


@pytest.mark.parametrize(
    ("text", "state"),
    [("Zounds, a heron writes for you.", "missing"), ("Zounds, a heron comes to the meeting.", "satisfied")],
)
def test_an_element_is_found_only_in_words_that_have_what_it_needs(text: str, state: str, pack: RulePack) -> None:
    assert states(again(text, pack, "3.6", {"3.6/accompanied": "heron"}))["accompanied"] == state


def test_nothing_is_raised_in_words_that_are_known_to_mislead(pack: RulePack) -> None:
    point = {"!6.13/same-person": "herons"}
    assert raised(again("It is herons who decide twice.", pack, "6.13", point)) == {"same-person"}
    text = "Reviews go to the herons, or to another director if the herons answered at stage 1."
    assert raised(again(text, pack, "6.13", point)) == set()


def test_in_a_document_that_may_be_short_of_much_patterns_are_dismissed_too(pack: RulePack) -> None:
    text = "The officer who investigated at stage 1 also carries out the stage 2 review."
    reading = read_statements(case_document(text), pack)
    outcome = evaluate_provision(reading, pack.provisions["6.13"])
    reader = SecondReader(Told({"!6.13/same-person": "heron"}), reading.sentences)
    assert {one.contrary.id for one in outcome.contrary} == {"same-person"}
    assert raised(reconsider(outcome, reader, reading, short=True)) == set()


def test_what_the_reader_is_sure_of_tells_how_a_landlord_puts_things(pack: RulePack) -> None:
    reading = read_statements(case_document("Herons are told. Geese are asked."), pack)
    points = {"6.13/different-person": "Herons", "2.4/reasons": "Geese", "3.5/code": "swans", "5.9/intervals": "swans"}
    limits = []
    for used_to in (("6.13/different-person", "2.4/reasons"), ("3.5/code", "5.9/intervals")):
        reader = SecondReader(Told(points), reading.sentences)
        reader.get_used_to([(point, None) for point in (*used_to, "6.13/different-person")])
        limits.append(reader.limit_of_element("6.13/different-person", "missing"))
    assert limits[0] < limits[1]


def test_what_is_not_asked_of_residents_breaks_nothing(pack: RulePack) -> None:
    asked = "We ask you:\n\n- to go through a designated person before the Ombudsman\n"
    outcomes = [
        evaluate_provision(read_statements(case_document(text), pack), pack.provisions["3.7"]).contrary
        for text in (asked, asked.replace("We ask", "We never ask"))
    ]
    assert outcomes[0]
    assert not outcomes[1]


def test_a_list_of_what_is_not_accepted_says_nothing_of_stage_2(pack: RulePack) -> None:
    text = "We do not look at:\n\n- decisions that were {} not involved at stage 2"
    outcome = evaluate_provision(
        read_statements(case_document(text.format("made by a different officer who was")), pack),
        pack.provisions["6.13"],
    )
    assert not outcome.elements[0].matches


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("Zounds, a heron will see to it.", True),
        ("Zounds, the officer may ask a heron.", False),
        ("Zounds, we aim to ask a heron.", False),
        ("Where possible, a heron will see to it.", False),
        ("Zounds, in straightforward cases a heron will see to it.", False),
        ("We aim to be kind, and a heron will see to it.", True),
    ],
)
def test_what_is_hedged_or_for_some_only_is_no_promise(said: str, taken: bool, pack: RulePack) -> None:
    found = again(said, pack, "6.13", {"6.13/different-person": "heron"})
    assert (states(found)["different-person"] == "satisfied") == taken


def test_a_time_that_would_do_only_if_its_days_were_working_days_is_not_found(pack: RulePack) -> None:
    text = "We may give a date that is no more than a further 10 {} away without good reason."
    point = {"6.4/limit": "no more than a further"}
    assert states(again(text.format("days"), pack, "6.4", point))["limit"] == "weak"
    assert states(again(text.format("working days"), pack, "6.4", point))["limit"] == "satisfied"
