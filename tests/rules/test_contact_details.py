"""The contact details of a pack: loaded, and checked by `rules validate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from codecheck.errors import RulePackError
from codecheck.rules.contacts import load_contacts
from codecheck.rules.load import find_pack
from codecheck.rules.validate import validate_pack

CONTACTS = (find_pack() / "contacts.yaml").read_text(encoding="utf-8")


def test_the_pack_that_we_ship_has_current_details() -> None:
    details = load_contacts(find_pack())
    assert details is not None
    assert details.telephones == ("0300 111 3000",)
    assert details.address[-1] == "PR2 0ET"
    assert details.domain in details.website


def test_a_pack_need_not_have_details(small_pack: Path) -> None:
    assert load_contacts(small_pack) is None
    assert validate_pack(small_pack) == []


def test_good_details_have_no_problem(small_pack: Path) -> None:
    (small_pack / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    assert validate_pack(small_pack) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('telephones: ["0300 111 3000"]', "telephones: [0300 111]", "contacts.yaml:14: current/telephones/0"),
        ("  domain: housing", "  domian: housing", "'domian' is not known: did you mean 'domain'?"),
        ("number: 0845 712 5973", "number: 0300 111 3000", "0300 111 3000 is also given as current"),
        (
            "domain: ihos.org.uk",
            "domain: housing-ombudsman.org.uk",
            "housing-ombudsman.org.uk is also given as current",
        ),
        ("marks: [PO Box 152", "marks: [PO Box 1484", "PO Box 1484 is also given as current"),
        ("past:", "passed:", "contacts.yaml"),
        ("names:", "names: [", "contacts.yaml"),
    ],
)
def test_a_problem_is_named_with_its_file(small_pack: Path, old: str, new: str, message: str) -> None:
    assert old in CONTACTS
    (small_pack / "contacts.yaml").write_text(CONTACTS.replace(old, new, 1), encoding="utf-8")
    assert any(message in str(problem) for problem in validate_pack(small_pack))


@pytest.mark.parametrize("text", ["body: X\n", "current: nothing\noutdated: []\n", "- a list\n"])
def test_broken_details_are_one_line(small_pack: Path, text: str) -> None:
    (small_pack / "contacts.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RulePackError, match=r"contacts\.yaml"):
        load_contacts(small_pack)
