"""How the running text of a cell falls into paragraphs, and which of its words are a document's own.

A paragraph ends where one space stood: the paragraphs of a text, joined by one space, are the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codecheck.report.suggestions import SUGGESTED

# A quotation follows a colon; further ones of the same place follow "and". Quotation marks within quoted words are
# single, so that the next double mark always ends them. Headings and single words in quotation marks follow no colon.
_QUOTATIONS = re.compile(r'(?<=: )"[^"]+"(?: and "[^"]+")*')
_QUOTED = re.compile(r'"[^"]+"')
_SENTENCE_END = re.compile(r'[.!?]["”’\')]?( )(?=[A-Z])')
_ADVICE = re.compile(rf"(?<=[.!?])( )(?=(?:The|If the) landlord\b|{SUGGESTED})")
# Where an observation turns to another matter: what is not said, and what the self-assessment refers to.
_TURN = re.compile(
    r" (?:The [a-z' -]{3,40} (?:does not say|says only in part) that|In its self-assessment the landlord)\b"
)
_LONGEST_ENDING = 2  # a full stop and a closing mark


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a paragraph; ``quoted`` where it is a document's own words, with their quotation marks."""

    text: str
    quoted: bool = False


def observation_paragraphs(text: str) -> list[list[Span]]:
    """Return the paragraphs of an observation: each place quoted with its introduction, and what is said of it."""
    found = list(_QUOTATIONS.finditer(text))
    cuts: set[int] = set()
    before = 0
    for at in range(len(found) + 1):
        after = found[at].start() if at < len(found) else len(text)
        ends = _sentence_ends(text, before, after)
        cuts.update(end for end in ends if _TURN.match(text, end))
        if at > 0:
            cuts.update(ends[:1])  # what follows a quotation
        if at < len(found):
            cuts.update(ends[-1:])  # the sentence that introduces one
            before = found[at].end()
    return [_spans(part) for part in _cut(text, sorted(cuts))]


def recommendation_paragraphs(text: str) -> list[list[Span]]:
    """Return the paragraphs of a recommendation: one for each thing that the landlord should do, and one for the
    wording suggested."""
    return [[Span(part)] for part in _cut(text, [match.start(1) for match in _ADVICE.finditer(text)])]


def _sentence_ends(text: str, start: int, end: int) -> list[int]:
    """Return the places of the spaces after the sentences that end between two places of a text."""
    return [match.start(1) for match in _SENTENCE_END.finditer(text, max(0, start - _LONGEST_ENDING), end)]


def _cut(text: str, cuts: list[int]) -> list[str]:
    starts = [0, *(cut + 1 for cut in cuts)]
    return [text[start:end] for start, end in zip(starts, [*cuts, len(text)], strict=True)]


def _spans(text: str) -> list[Span]:
    spans: list[Span] = []
    end = 0
    for group in _QUOTATIONS.finditer(text):
        for match in _QUOTED.finditer(text, group.start(), group.end()):
            spans += [Span(text[end : match.start()]), Span(match.group(), quoted=True)]
            end = match.end()
    spans.append(Span(text[end:]))
    return [span for span in spans if span.text]
