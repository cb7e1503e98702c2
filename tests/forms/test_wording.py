"""The form's wording held against the Code's."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from codecheck.forms import altered, likeness
from codecheck.forms.wording import Requirements


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda text: text.rstrip("."),
        lambda text: text.replace("'", "’"),
        lambda text: text.replace("complaint", "com- plaint", 1),
        lambda text: text.replace(";", "."),
        lambda text: text.replace("landlord", "organisation"),
        lambda text: text.replace("complaint", "compliant", 1),
        lambda text: " ".join(text.split()),
        lambda text: text.replace(" the ", " ", 1),
        lambda text: text.replace("20 working days", "<u>20 working days</u>"),
        lambda text: text.replace("a. ", "• ").replace("b. ", "• "),
    ],
    ids="upper stop quotes torn semicolons landlord typing space article tags markers".split(),
)
def test_how_it_is_written_does_not_matter(change: object, requirements: Mapping[str, str]) -> None:
    assert callable(change)
    assert [provision for provision, text in requirements.items() if altered(change(text), text)] == []


@pytest.mark.parametrize(
    ("provision", "was", "now"),
    [
        ("6.3", "within 10 working days", "within 20 working days"),
        ("6.3", "10 working days", "10 days"),
        ("6.2", "five working days", "ten working days"),
        ("6.3", "must issue", "should issue"),
        ("6.12", "must not be required", "must be required"),
        ("6.14", "being acknowledged", "being received"),
        ("2.3", "within 12 months", "within 6 months"),
        ("5.3", " under any circumstances", ""),
        ("1.4", ", but must be recorded, monitored and reviewed regularly", ""),
        ("1.5", "Landlords must not stop their efforts to address the service request if the resident complains.", ""),
        ("6.10", "all or part of the complaint is not resolved to the resident's satisfaction at stage 1, it", "so"),
    ],
)
def test_a_change_of_substance_is_seen(provision: str, was: str, now: str, requirements: Mapping[str, str]) -> None:
    text = requirements[provision]
    assert was in text
    assert altered(text.replace(was, now), text)


def test_half_of_any_provision_is_altered(requirements: Mapping[str, str]) -> None:
    halves = {provision: text.split() for provision, text in requirements.items() if len(text.split()) > 14}
    missed = [p for p, half in halves.items() if not altered(" ".join(half[: len(half) // 2]), requirements[p])]
    assert missed == []


def test_one_item_of_a_list_is_an_excerpt(requirements: Mapping[str, str]) -> None:
    last = requirements["8.1"].rsplit("f. ", 1)[1]
    assert not altered(last, requirements["8.1"])


def test_the_lead_in_without_its_list_is_an_excerpt(requirements: Mapping[str, str]) -> None:
    lead = requirements["5.8"].split("a. ")[0]
    assert not altered(lead, requirements["5.8"])


def test_a_list_that_lost_an_item_is_altered(requirements: Mapping[str, str]) -> None:
    text = requirements["5.8"]
    assert altered(text[: text.index("d. ")], text)


def test_no_wording_is_not_altered(requirements: Mapping[str, str]) -> None:
    assert not altered("", requirements["6.3"])


def test_likeness_runs_from_nothing_to_all(requirements: Mapping[str, str]) -> None:
    assert likeness(requirements["6.3"], requirements["6.3"]) == 1
    assert likeness("Tea and cake", requirements["6.3"]) < 0.2


def test_every_provision_is_found_by_its_wording(requirements: Mapping[str, str]) -> None:
    code = Requirements(requirements)
    before = dict(zip(list(requirements)[1:], requirements, strict=False))
    wrong = {
        provision: found
        for provision, text in requirements.items()
        if (found := code.find(text, after=before.get(provision))) is None or found.provision != provision
    }
    assert wrong == {}


def test_a_wording_that_stands_in_the_code_twice_belongs_to_the_stage_it_follows(
    requirements: Mapping[str, str],
) -> None:
    code = Requirements(requirements)
    first, second = code.find(requirements["6.5"], after="6.4"), code.find(requirements["6.5"], after="6.15")
    assert first is not None and second is not None
    assert (first.provision, second.provision) == ("6.5", "6.16")


@pytest.mark.parametrize(
    "text", ["", "Yes", "Our staff are trained each year and the manager checks the letters we send."]
)
def test_other_text_is_no_provision(text: str, requirements: Mapping[str, str]) -> None:
    assert Requirements(requirements).find(text) is None
