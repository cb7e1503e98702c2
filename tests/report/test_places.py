"""Files and lines of findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from codecheck.model import Assessment, Document, Evidence, Finding
from codecheck.report.places import line_of, place_of, relative_path

MARKDOWN = "# Policy\n\nWe *log* every complaint\nand we reply.\n\n- We may refuse: it depends.\n"
HTML = "<p class='we log every'>Hello</p>\n<!-- we reply -->\n<p>We <b>log</b>\nit. Don&rsquo;t\nworry about\nthis.</p>"


def document(name: str = "policy.md", *, identity: str = "policy", form: str = "markdown") -> Document:
    return Document(identity, "policy", name, "", "0" * 64, "", (), format=form)


def finding(*evidence: Evidence) -> Finding:
    return Finding("6.2/policy", ("6.2",), "warning", "partly_met", "Log.", "It is not.", "Do.", evidence=evidence)


@pytest.mark.parametrize(
    ("quote", "source", "markup", "line"),
    [
        ("We log every complaint and we reply.", MARKDOWN, False, 3),
        ("and we reply", MARKDOWN, False, 4),
        ("We may refuse: it depends.", MARKDOWN, False, 6),
        ("nothing of the kind", MARKDOWN, False, 1),
        ("", MARKDOWN, False, 1),
        ("we reply", HTML, True, 1),
        ("We log it.", HTML, True, 3),
        ("Don’t worry about this.", HTML, True, 4),
        ("worry about this", HTML, True, 5),
        ("it. Don’t worry about this, and then words that are not there at all", HTML, True, 4),
    ],
)
def test_line_of_a_quotation(quote: str, source: str, markup: bool, line: int) -> None:
    assert line_of(quote, source, markup=markup) == line


def test_words_against_the_code_come_first() -> None:
    supports = Evidence("policy", "We log every complaint", "supports")
    conflicts = Evidence("policy", "We may refuse", "conflicts")
    place = place_of(finding(supports, conflicts), Assessment((document(),), (), (), {}), {"policy": MARKDOWN})
    assert (place.path, place.line, place.evidence) == ("policy.md", 6, conflicts)


def test_something_missing_is_shown_at_the_top_of_the_policy() -> None:
    place = place_of(finding(), Assessment((document(),), (), (), {}), {"policy": MARKDOWN})
    assert (place.path, place.line, place.evidence) == ("policy.md", 1, None)


def test_something_missing_from_the_form_is_shown_at_the_form() -> None:
    form = document("form.docx", identity="self-assessment", form="docx")
    missing = replace(finding(), id="incomplete/self-assessment")
    place = place_of(missing, Assessment((document(), form), (), (), {}), {})
    assert (place.path, place.line, place.evidence) == ("form.docx", 1, None)


def test_another_document_is_shown_in_its_own_file() -> None:
    procedure = document("procedure.pdf", identity="procedure", form="pdf")
    said = Evidence("procedure", "We may refuse", "conflicts", page=3)
    place = place_of(finding(said), Assessment((document(), procedure), (), (), {}), {"policy": MARKDOWN})
    assert (place.path, place.line) == ("procedure.pdf", 1)


def test_a_page_from_its_address_is_shown_at_the_policy() -> None:
    page = document("https://example.org/complaints", identity="website", form="html")
    said = Evidence("website", "We may refuse", "conflicts")
    place = place_of(finding(said), Assessment((document(), page), (), (), {}), {})
    assert (place.path, place.line, place.evidence) == ("policy.md", 1, said)


def test_paths_are_relative_to_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative_path(str(tmp_path / "docs" / "policy.md")) == "docs/policy.md"
    assert relative_path("docs/policy.md") == "docs/policy.md"
    assert relative_path(str(tmp_path.parent / "policy.md")) == "policy.md"
    assert relative_path("../policy.md") == "policy.md"
