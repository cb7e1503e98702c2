"""Timescales: what is read as one, for which act, from which starting point, and at which stage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import read_statements
from codecheck.language.numbers import number_at, ordinal_at
from codecheck.language.statements import Statement
from codecheck.language.timescales import Timescale
from codecheck.language.tokens import words
from codecheck.rules.load import find_pack, load_pack

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
PACK = load_pack(find_pack())
ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
ONES_WORDS = (ONES + "eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
UNITS = {"working days": "working days", "days": "days", "calendar days": "calendar days", "weeks": "weeks",
         "months": "months", "business days": "working days"}  # fmt: skip


def in_words(number: int) -> str:
    """Spell out a number under 100."""
    if number < 20:
        return ONES_WORDS[number - 1]
    ones = number % 10
    return TENS[number // 10 - 2] + (f"-{ONES_WORDS[ones - 1]}" if ones else "")


def read(text: str) -> list[tuple[Timescale, frozenset[int]]]:
    """Return the timescales of a Markdown text, each with the stages that it is for."""
    reading = read_statements(case_document(text), PACK)
    return [(one, statement.stages_at(one.start).stages) for statement in reading.sentences for one in own(statement)]


def own(statement: Statement) -> tuple[Timescale, ...]:
    return statement.timescales


def only(text: str) -> Timescale:
    found = read(text)
    assert len(found) == 1, found
    return found[0][0]


# ---- lengths of time ------------------------------------------------------------------------------------------------


@given(st.integers(1, 99), st.sampled_from(sorted(UNITS)), st.sampled_from(["{d}", "{w}", "{w} ({d})", "{d} ({w})"]))
def test_digits_words_and_both_are_the_same_length(number: int, unit: str, form: str) -> None:
    said = form.format(d=number, w=in_words(number))
    one = only(f"We will acknowledge your complaint within {said} {unit}.")
    assert (one.amount, one.unit) == (number, UNITS[unit])


@given(st.integers(1, 99))
def test_numbers_are_read_whole(number: int) -> None:
    tokens = words(in_words(number))
    assert number_at(tokens, 0) == (float(number), len(tokens))


@pytest.mark.parametrize(
    ("said", "amount"),
    [("fifth", 5), ("tenth", 10), ("twentieth", 20), ("twenty-fifth", 25), ("20th", 20), ("3rd", 3), ("first", 1)],
)
def test_ordinals(said: str, amount: int) -> None:
    assert ordinal_at(words(said), 0)[0] == amount
    assert only(f"We will acknowledge your complaint by the {said} working day after receipt.").amount == amount


@pytest.mark.parametrize(
    ("said", "working_days"),
    [
        ("a fortnight", 10), ("two weeks", 10), ("one week", 5), ("48 hours", 2), ("10 wd", 10), ("five weekdays", 5),
        ("the next working day", 1), ("10 days (working)", 10), ("ten days, excluding weekends", 10),
        ("3-5 working days", 5), ("3 to 5 working days", 5), ("a maximum of 5 working days", 5), ("a month", 21),
        ("five clear working days", 5), ("5 full working days", 5), ("working day five", 5),
    ],
)  # fmt: skip
def test_units_compare_in_working_days(said: str, working_days: float) -> None:
    assert only(f"We will acknowledge your complaint within {said}.").working_days == pytest.approx(working_days)


def test_stage_numbers_are_not_lengths() -> None:
    found = read("We reply within 10 working days at stage 1 or 20 working days at stage 2.")
    assert [one.amount for one, _ in found] == [10, 20]


@given(st.text(alphabet="abcdefghij 0123456789.,;:()-stageworkingdays\n|#", max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    for statement in read_statements(case_document(text + " 10 working days"), PACK).sentences:
        for one in statement.timescales:
            assert 0 <= one.start < one.end <= len(statement.run.tokens)
            assert one.act is None or "act." + one.act in PACK.lexicon
            assert one.trigger is None or "from." + one.trigger in PACK.lexicon


# ---- further, total, passed, recurring ------------------------------------------------------------------------------


@given(st.sampled_from(["further", "additional", "extra", "another", "more"]), st.integers(2, 30))
def test_added_time_is_further(word: str, number: int) -> None:
    forms = [f"up to {number} {word} working days", f"{number} {word} working days"]
    if word in ("further", "additional", "extra"):
        forms += [f"a {word} {number} working days", f"a {word} period of up to {number} working days"]
    for form in forms:
        assert only(f"If it is complex we may take {form} to respond.").further, form


@pytest.mark.parametrize(
    "text",
    [
        "An extension may give 20 working days in total for the response.",
        "Stage 1 then takes 20 working days in all.",
        "We may extend the time for our response to 20 working days.",
        "The reply takes 15 working days: up to five to acknowledge and ten after that to answer.",
    ],
)
def test_sums_are_totals(text: str) -> None:
    first = read(text)[0][0]
    assert first.total
    assert not first.further


def test_a_plus_sign_adds() -> None:
    assert [one.further for one, _ in read("Stage 1: 10 working days (+10 working days if it is complex).")] == [
        False,
        True,
    ]


@given(st.integers(2, 60))
def test_more_than_is_passed_and_not_more_than_is_a_cap(number: int) -> None:
    passed = only(f"Extensions of more than {number} working days are reported to the board.")
    assert passed.exceeded and not passed.capped
    for said in ("no more than", "not more than", "never longer than"):
        cap = only(f"Any extension will be {said} {number} working days.")
        assert cap.capped and not cap.exceeded
        assert cap.act == "extend" and cap.act_hit is not None and not cap.act_hit.negated
    denied = only(f"No extension shall run beyond {number} working days.")
    assert denied.capped and not denied.exceeded


def test_an_interval_is_not_a_deadline() -> None:
    one = only("We will update you every 10 working days until our response is ready.")
    assert one.recurring
    assert one.act == "update"


# ---- act and starting point -----------------------------------------------------------------------------------------

BINDING = [
    ("We will acknowledge your complaint within five working days of receiving it.", "acknowledge", "receipt"),
    ("Within 5 working days of receipt of a complaint, we issue an acknowledgement.", "acknowledge", "receipt"),
    ("It has five working days from receipt of an escalation request to acknowledge it.", "acknowledge", "receipt"),
    ("Requests for stage 2 will be acknowledged within 5 working days of the request.", "acknowledge", "request"),
    ("We will acknowledge your request for a review within five working days.", "acknowledge", None),
    ("A full response is sent within 10 working days of the acknowledgement.", "respond", "acknowledgement"),
    ("It must reply by the twentieth working day following acknowledgement.", "respond", "acknowledgement"),
    ("Once we have acknowledged your complaint, we will reply within 10 working days.", "respond", "acknowledgement"),
    ("Once all the evidence has been gathered, we have 10 working days to reply.", "respond", "other"),
    ("The final response is sent within 20 working days of the panel hearing.", "respond", "other"),
    ("Following our investigation we send our response within 10 working days of acknowledgement.", "respond",
     "acknowledgement"),
    ("The response is sent within 10 working days of the complaint being allocated.", "respond", "activity"),
    ("You have 20 working days from our response to ask for a review.", "escalate", "response"),
    ("Compensation agreed in our response is paid within 10 working days.", "pay", None),
    ("Contractors must send us their report within 20 working days.", "supply", None),
    ("We will write to you within 10 working days if your complaint needs an extension.", "contact", None),
    ("We will write to you within 10 working days with our decision.", "respond", None),
    ("If we extend stage 1 we will tell you within 10 working days.", "contact", None),
    ("The period may be extended once, by a maximum of ten working days.", "extend", None),
    ("Stage 1 responses are kept for six years.", None, None),
    ("We reply within 10 working days, in a home less than two years old too.", "respond", None),
    ("Acknowledgements are quality checked within five working days.", None, None),
    ("You then have 10 working days to send us your comments.", "supply", None),
    ("We have 5 working days to acknowledge your complaint from the date we receive it.", "acknowledge", "receipt"),
    ("We will let you know within five working days that your request has reached us.", "acknowledge", None),
    ("Extra time at this stage will be capped at ten working days.", "extend", None),
    ("The reviewing officer has 20 working days from acknowledgement in which to issue the final response.", "respond",
     "acknowledgement"),
    ("We define and acknowledge it: within five working days of receiving your request to escalate.", "acknowledge",
     "receipt"),
    ("In 20 working days or less from when we let you know, the director sends the final answer.", "respond",
     "acknowledgement"),
    ("We will tell you what we know within 20 working days of when it happened.", "contact", "event"),
    ("We acknowledge each request for escalation, within five working days of receiving it.", "acknowledge", "receipt"),
    ("From the day of the acknowledgement we have up to 10 working days to send our response.", "respond",
     "acknowledgement"),
    ("From the date on which we acknowledge it, the response takes no more than 10 working days.", "respond",
     "acknowledgement"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "trigger"), BINDING)
def test_act_and_starting_point(text: str, act: str | None, trigger: str | None) -> None:
    one = only(text)
    assert (one.act, one.trigger) == (act, trigger)


@given(st.integers(1, 9), st.integers(10, 40))
def test_two_times_in_a_sentence_keep_their_acts(first: int, second: int) -> None:
    text = f"We acknowledge complaints within {first} working days and reply within {second} working days of that date."
    assert [(one.amount, one.act) for one, _ in read(text)] == [(first, "acknowledge"), (second, "respond")]


TWO_ACTS = [
    "We acknowledge it within 5 working days of receiving it, and issue a response within 10 working days of that.",
    "It is acknowledged, defined and logged within 5 working days of our getting it, with the response within 10 "
    "working days of the acknowledgement.",
    "Within 5 working days of receiving it we acknowledge it; within 10 working days of that we respond.",
    "We have 5 working days to acknowledge it and 10 working days to respond.",
]


@pytest.mark.parametrize("text", TWO_ACTS)
def test_each_of_two_times_has_the_act_on_its_own_side(text: str) -> None:
    assert [(one.amount, one.act) for one, _ in read(text)] == [(5, "acknowledge"), (10, "respond")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Within 10 working days of the acknowledgement, we:\n\n- send our response", [(10, "respond")]),
        ("Within 10 working days of the acknowledgement, we:\n\n- paint the door", []),
        ("If we cannot respond within 10 working days, we:\n\n- send an acknowledgement", []),
    ],
)
def test_a_time_in_a_lead_in_is_that_of_an_act_in_the_item(text: str, found: list[tuple[float, str]]) -> None:
    item = read_statements(case_document(text), PACK).sentences[-1]
    assert [(one.amount, one.act) for one in item.timescales] == found


@pytest.mark.parametrize(
    ("text", "capped", "exceeded"),
    [
        ("An extension is no more than:\n\n- 10 working days (Stage 1)", True, False),
        ("An extension of more than:\n\n- 10 working days (Stage 1)", False, True),
    ],
)
def test_what_a_lead_in_says_of_a_limit_holds_for_its_items(text: str, capped: bool, exceeded: bool) -> None:
    item = read_statements(case_document(text), PACK).sentences[-1]
    assert [(one.capped, one.exceeded) for one in item.timescales] == [(capped, exceeded)]


@pytest.mark.parametrize(
    "text",
    [
        "### How long does a review take?\n\nTwenty working days at most, counted from our acknowledgement.",
        "## Stage 2\n\nThe reviewer will:\n\n- read the file;\n- send you our decision within 20 working days of the "
        "acknowledgement.",
        "| | Stage 2 |\n|---|---|\n| Full response | 20 working days from acknowledgement |",
        "| Stage | Full response |\n|---|---|\n| Stage 2 | 20 working days from acknowledgement |",
    ],
)
def test_questions_lists_and_tables_give_the_act(text: str) -> None:
    [(one, _)] = read(text)
    assert (one.amount, one.act, one.trigger) == (20, "respond", "acknowledgement")


def test_the_sentence_before_gives_the_act_of_a_sentence_that_points_back() -> None:
    reading = read_statements(
        case_document("The officer will acknowledge it. They do this within 5 working days."), PACK
    )
    [whole] = reading.paragraphs
    assert [one.act for one in whole.timescales] == ["acknowledge"]


def test_another_sentence_does_not_lend_its_act() -> None:
    reading = read_statements(
        case_document("We will acknowledge your complaint. The garden is cut within 14 working days of a request."),
        PACK,
    )
    [whole] = reading.paragraphs
    assert [one.act for one in whole.timescales] == [None]


def test_days_are_working_days_where_the_document_says_so() -> None:
    text = "All time limits in this policy are in working days. We reply within 10 days."
    assert only(text).unit == "working days"
    assert only("We reply within 10 days.").unit == "days"


# ---- stages ---------------------------------------------------------------------------------------------------------

STAGES = [
    "We reply within 10 working days at stage 1 and 20 working days at stage 2.",
    "At stage 1 we reply within 10 working days and at stage 2 within 20 working days.",
    "Responses are issued within 10 working days (stage 1) or 20 working days (stage 2).",
    "We will respond in full within 10 and 20 working days respectively at stages 1 and 2.",
    "Extensions shall not exceed ten working days at the first stage and twenty working days at the second.",
    "At stage 1 the extra time is never more than ten working days, and at stage 2 never more than twenty, unless ...",
    "The Clerk at the first stage replies within 10 working days and the Trustee at the second within 20 working days.",
    "| | Stage 1 | Stage 2 |\n|---|---|---|\n| Reply | 10 working days | 20 working days |",
    "| Stage | Reply |\n|---|---|\n| Stage 1 | 10 working days |\n| Stage 2 | 20 working days |",
]


@pytest.mark.parametrize("text", STAGES)
def test_each_stage_has_its_own_time(text: str) -> None:
    assert [(one.amount, stages) for one, stages in read(text)] == [(10, frozenset({1})), (20, frozenset({2}))]


# ---- numbers whose unit was given before ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "We can extend by ten working days at stage 1 and by twenty at stage 2.",
        "We can extend stage 1 by ten working days and stage 2 by twenty.",
        "We may take a maximum of 10 more working days at stage 1, or 20 at stage 2.",
    ],
)
def test_a_bare_number_beside_a_stage_is_of_the_unit_before_it(text: str) -> None:
    assert [(one.amount, one.unit, set(stages)) for one, stages in read(text)] == [
        (10, "working days", {1}),
        (20, "working days", {2}),
    ]


def test_a_bare_number_away_from_any_stage_is_none() -> None:
    assert only("We reply within two working days, by 5 at the latest.").amount == 2


def test_what_comes_after_that_is_no_starting_point() -> None:
    one = only("You will have our final answer 20 working days after that at the latest, once it is known.")
    assert (one.act, one.trigger) == ("respond", None)


@pytest.mark.parametrize(
    "text",
    [
        "You must ask for a second look no later than 20 working days from our answer.",
        "Please ring our office within 20 working days of the response.",
        "If we do not hear from you within 20 working days of the response, we close the case.",
        "Members who want to go on should say so in writing within 20 working days of our reply.",
    ],
)
def test_a_time_that_the_resident_is_to_keep_is_for_no_act_of_the_landlord(text: str) -> None:
    (one, _), *others = read(text)
    assert one.act not in {"respond", "acknowledge", "extend"} and not others


@pytest.mark.parametrize(
    "text",
    [
        "You should hear our decision within 20 working days.",
        "You can expect our reply within 20 working days.",
        "If you ask for a review, acknowledgement of the request must follow within 20 working days.",
    ],
)
def test_what_the_resident_is_to_receive_is_the_landlords_to_do(text: str) -> None:
    (one, _), *_ = read(text)
    assert one.act in {"respond", "acknowledge"}


def test_hearing_from_us_after_the_acknowledgement_is_the_answer() -> None:
    ((one, _),) = read("You will hear from us within 20 working days of confirming that we have received your request.")
    assert (one.act, one.trigger) == ("respond", "acknowledgement")


def test_the_following_names_no_starting_point() -> None:
    (one, _), *_ = read("We do the following:\n\n- acknowledge your complaint within 5 working days\n- log it\n")
    assert (one.act, one.trigger) == ("acknowledge", None)


def test_an_extension_limited_to_a_time_is_no_total() -> None:
    ((one, _),) = read("Extensions are limited to 30 working days.")
    assert not one.total


@pytest.mark.parametrize(
    ("text", "exceeded", "capped"),
    [
        ("No extension shall exceed a further 10 working days.", False, True),
        ("An extension beyond a further 10 working days is made only for good reason.", False, True),
        ("The extension may exceed an additional 10 working days.", True, False),
        ("Extension, no more than: 10 working days.", False, True),
        ("Extensions of more than: 10 working days.", True, False),
    ],
)
def test_further_time_may_be_exceeded_or_capped(text: str, exceeded: bool, capped: bool) -> None:
    ((one, _),) = read(text)
    assert (one.exceeded, one.capped) == (exceeded, capped)


def test_days_may_be_named_working_days_for_one_document() -> None:
    found = read("Days in this procedure are working days.\n\nWe reply within 10 days of the acknowledgement.\n")
    assert found[-1][0].unit == "working days"


def test_a_name_given_to_a_stage_in_a_heading_stands_for_it() -> None:
    text = "## First look (we call it stage one)\n\nWe log it.\n\n## Times\n\nAt the first look we take 10 days.\n"
    assert read(text)[0][1] == {1}


def test_a_stage_that_says_who_somebody_is_leaves_the_heading_its_word() -> None:
    text = "## Stage 2\n\nThe Chair, who takes no part in stage 1, replies within 20 working days.\n"
    assert read(text)[0][1] == {2}
