"""From a document to the form in it: rows are gathered, repaired and put in the Code's order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import groupby

from codecheck.forms.columns import is_vertical, table_rows, vertical_pieces
from codecheck.forms.draft import Draft
from codecheck.forms.flow import FlowReader
from codecheck.forms.form import Edition, FormEntry, SelfAssessmentForm
from codecheck.forms.repair import move_heads, move_tails, renumber
from codecheck.forms.tables import TableReader
from codecheck.forms.wording import Requirements, order, words
from codecheck.model import Document

_FEWEST_ANSWERS = 4
_FEWEST_ROWS = 10  # a form with fewer is about one part of the Code
_SHOWN = 8
_LONGEST_TITLE = 100  # characters
_MUST_SHOULD = re.compile(r"mandatory\s+[\"'“”‘’]?must|best practice\s+[\"'“”‘’]?should", re.IGNORECASE)
_DEFINITION_2022 = (
    "lack of action by the organisation its own staff or those acting on its behalf affecting an individual resident"
)
# The last provision of each section in the two editions: a number that only one of them has tells them apart.
_LAST_2024 = {1: 6, 2: 5, 3: 7, 4: 3, 5: 15, 6: 20, 7: 4, 8: 5, 9: 8}
_LAST_2022 = {1: 9, 2: 8, 3: 5, 4: 19, 5: 16, 6: 7, 7: 6}


def read_form(document: Document, requirements: Mapping[str, str]) -> SelfAssessmentForm:
    """Read the self-assessment form in ``document``.

    ``requirements`` is the Code's wording by provision; rows without a number are recognised by it, and numbers that
    were lost or torn at the end of a page are repaired. A document that holds no form gives one without entries and a
    warning. Raises nothing.
    """
    code = Requirements(requirements)
    drafts = _collect(document, code)
    edition = _edition(document, drafts, code)
    warnings: list[str] = []
    if edition != "2022":
        move_heads(drafts, code)
        move_tails(drafts, code)
        warnings += renumber(drafts, code)
    entries, more = _entries(drafts, numbers_only=edition == "2022")
    warnings += more
    if edition == "2022":
        warnings.insert(0, "the form was made against the superseded Code of 2022: its numbers are not those of 2024")
    missing = [provision for provision in requirements if provision not in entries]
    if edition == "2024" and missing and len(entries) >= _FEWEST_ROWS:
        shown = ", ".join(missing[:_SHOWN]) + (", ..." if len(missing) > _SHOWN else "")
        warnings.append(f"the form has no row for {len(missing)} of the Code's provisions: {shown}")
    if not entries:
        warnings.append("no rows of a self-assessment could be read")
    return SelfAssessmentForm(document, entries, edition, tuple(warnings))


def is_form(document: Document) -> bool:
    """Tell whether ``document`` is a self-assessment form: provisions of the Code with an answer beside each."""
    drafts = _collect(document, Requirements({}))
    asked = [draft for draft in drafts if draft.asked and (draft.number or len(words(draft.wording)) >= 8)]
    answered = sum(draft.answer != "blank" for draft in asked)
    return answered >= _FEWEST_ANSWERS and 2 * answered >= len(asked)


def _collect(document: Document, code: Requirements) -> list[Draft]:
    drafts: list[Draft] = []
    tables, flow = TableReader(code, drafts), FlowReader(code, drafts)
    for number, group in groupby(document.clauses, key=lambda clause: clause.cell.table if clause.cell else None):
        clauses = list(group)
        if number is None:
            for clause in clauses:
                flow.read(clause)
            continue
        rows = table_rows(clauses)
        if is_vertical(rows):
            for part, label, pieces in vertical_pieces(rows):
                flow.add(part, label, pieces)
        elif tables.read(number, rows):
            flow.leave()
        else:
            for clause in clauses:
                flow.read(clause)
    return [draft for draft in drafts if draft.asked]


def _entries(drafts: list[Draft], *, numbers_only: bool) -> tuple[Mapping[str, FormEntry], list[str]]:
    """Return the rows by provision, and warnings of those that cannot be placed or stand twice."""
    kept: dict[str, Draft] = {}
    warnings: list[str] = []
    for draft in drafts:
        provision = draft.number if numbers_only else draft.provision
        if provision is None:
            if draft.wording or draft.answer != "blank":
                start = " ".join(draft.wording.split()[:8]) or draft.answer_text
                warnings.append(f'a row could not be matched to a provision of the Code: "{start} ..."')
            continue
        first = kept.get(provision)
        if first is None:
            kept[provision] = draft
        elif draft.suffix or first.suffix:
            first.take(draft)
        elif draft.answer == "blank" and not draft.evidence and not draft.commentary:
            continue
        elif first.answer == "blank" and not first.evidence and not first.commentary:
            kept[provision] = draft
        else:
            warnings.append(f"provision {provision} stands in the form twice: the first is used")
    for provision, draft in kept.items():
        if draft.answer == "blank" and draft.answer_text:
            warnings.append(f'the answer to provision {provision} could not be read: "{draft.answer_text}"')
    return {provision: kept[provision].finish(provision) for provision in sorted(kept, key=order)}, warnings


def _edition(document: Document, drafts: list[Draft], code: Requirements) -> Edition:
    """Tell the 2022 Code's form from that of 2024 by its headings, its numbers and its wording."""
    titles = (clause.text for clause in document.clauses if len(clause.text) <= _LONGEST_TITLE)
    definitions = (draft.wording for draft in drafts if draft.provision == "1.2")
    if any(map(_MUST_SHOULD.search, titles)) or any(_DEFINITION_2022 in " ".join(words(text)) for text in definitions):
        return "2022"
    numbers = {order(draft.number) for draft in drafts if draft.number}
    older = sum(_within(number, _LAST_2022) and not _within(number, _LAST_2024) for number in numbers)
    newer = sum(_within(number, _LAST_2024) and not _within(number, _LAST_2022) for number in numbers)
    if older >= 2 and older > newer:
        return "2022"
    same = [
        draft
        for draft in drafts
        if draft.provision and (held := code.held(draft.wording, draft.provision)) and held.share >= 0.8
    ]
    if newer > older or (same and 2 * len(same) >= len(drafts)):
        return "2024"
    return "unknown"


def _within(number: tuple[int, ...], last: Mapping[int, int]) -> bool:
    return len(number) == 2 and number[1] <= last.get(number[0], 0)
