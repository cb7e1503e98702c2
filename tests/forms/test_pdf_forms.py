"""PDF forms that files/make_forms.py made: rows broken by pages, numbers in the middle of rows, narrow columns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from codecheck.forms import FormEntry, SelfAssessmentForm

FILES = Path(__file__).parent / "files"
NAMES = ["broken-rows", "actions", "middle-numbers", "banded", "printed-page"]
Row = dict[str, str]


def squeezed(text: str) -> str:
    return "".join(text.replace("•", "").split())


def rows_of(name: str) -> list[Row]:
    rows: list[Row] = json.loads((FILES / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def told(entry: FormEntry) -> Row:
    """What an entry says, in the words of the JSON files and without white space."""
    actions = dict(entry.actions)
    row = {
        "provision": entry.provision,
        "requirement": entry.requirement,
        "answer": entry.answer_text,
        "evidence": entry.evidence,
        "commentary": entry.commentary,
        "action": actions.get("Action required", ""),
        "owner": actions.get("Action Owner", ""),
        "date": actions.get("Completion Date", ""),
    }
    return {key: squeezed(text) for key, text in row.items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_in_its_row(name: str, form_of: Callable[..., SelfAssessmentForm]) -> None:
    form = form_of(FILES / f"{name}.pdf")
    rows = rows_of(name)
    assert list(form.entries) == [row["provision"] for row in rows]
    got = [told(entry) for entry in form.entries.values()]
    assert [{key: entry[key] for key in row} for entry, row in zip(got, rows, strict=True)] == [
        {key: squeezed(text) for key, text in row.items()} for row in rows
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_warned_of(name: str, form_of: Callable[..., SelfAssessmentForm]) -> None:
    warnings = form_of(FILES / f"{name}.pdf").warnings
    assert [warning for warning in warnings if not warning.startswith("the form has no row for")] == []


def test_quoted_clauses_hold_the_evidence(form_of: Callable[..., SelfAssessmentForm]) -> None:
    form = form_of(FILES / "broken-rows.pdf")
    assert form.entries
    for entry in form.entries.values():
        quoted = squeezed("".join(form.document.clauses[index].text for index in entry.clauses))
        assert quoted == squeezed(entry.evidence + entry.commentary)


def test_pages_go_up(form_of: Callable[..., SelfAssessmentForm]) -> None:
    form = form_of(FILES / "broken-rows.pdf")
    pages = [entry.page or 0 for entry in form.entries.values()]
    assert pages == sorted(pages) and pages[0] == 1 and pages[-1] == form.document.pages
