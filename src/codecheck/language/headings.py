"""The headings of a document: which stage each names, by the document's own names too, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from codecheck.language import stages as stage_layer
from codecheck.language.lexicon import Lexicon
from codecheck.language.stream import Run, runs_of
from codecheck.language.tokens import words
from codecheck.model import Clause, Document

_OTHER_HEADING = "scope.other-heading"
ABOUT_COMPLAINTS = "scope.complaints"
# A list of what is not accepted follows; or another follows, of what the landlord will then do, or will not stop doing.
LISTING_OUT, NOT_LISTING_OUT = "scope.listing-out", "scope.not-listing-out"
_WORDS_OF_A_STAGE = 2  # "Stage 1"
_HEADED_ACTS = ("acknowledge", "respond")


class Headings:
    """Reads the headings of one document with one lexicon. ``names`` are the document's own names for its stages.

    ``complaints`` are its own words for a complaint: what is headed "Grievances" may be about nothing else.
    """

    def __init__(self, document: Document, lexicon: Lexicon, complaints: Sequence[str] = ()) -> None:
        self._lexicon = lexicon
        own = "|".join(re.escape(word) for word in complaints)
        self._complaints = re.compile(rf"\b(?:{own})(s?)\b", re.IGNORECASE) if own else None
        written = list(_headings(document))
        runs = runs_of(map(self._plain, written), lexicon)
        self._runs = {text: runs[self._plain(text)] for text in written}
        self._stages: dict[str, frozenset[int]] = {}
        self._steps_are_stages = not any(stage_layer.is_third_step(clause.text) for clause in document.clauses)
        self.names = stage_layer.stage_names(text for clause in document.clauses for text in _heading_like(clause))
        self.names |= stage_layer.told_names(clause.text for clause in document.clauses if clause.kind != "heading")
        self.names |= stage_layer.meant_names(_meanings(document))
        self.names |= self._section_names(document)

    def _section_names(self, document: Document) -> dict[str, int]:
        """Return the stages by the numbers of the sections that are headed by one: "clause 6", if that is Stage 1."""
        found: dict[str, int] = {}
        for clause in document.clauses:
            stages = self.stages(clause.text) if clause.kind == "heading" and clause.number else frozenset()
            if len(stages) == 1:
                number = str(clause.number).strip(" .").lower()
                found |= {f"{word} {number}": next(iter(stages)) for word in stage_layer.SECTION_WORDS}
        return found

    def mentions(self, run: Run) -> tuple[stage_layer.Mention, ...]:
        """Return the mentions of stages; of a page told in three steps or more the steps are no stages."""
        found = stage_layer.mentions(run, self.names)
        if self._steps_are_stages:
            return found
        return tuple(mention for mention in found if run.tokens[mention.start].key != "step")

    def stages(self, heading: str) -> frozenset[int]:
        """Return the stages that a heading names."""
        known = self._stages.get(heading)
        if known is None:
            known = self._stages[heading] = self._stages_of(heading)
        return known

    def _stages_of(self, heading: str) -> frozenset[int]:
        run = self._run(heading)
        name = self.names.get(heading.strip(" :-–").lower())
        if name is not None:
            return frozenset({name})
        found = self.mentions(run)
        explicit = [m for m in found if m.explicit] or list(found)
        return frozenset().union(*(m.stages for m in explicit)) if explicit else frozenset()

    def off_topic(self, clause: Clause) -> bool:
        """Tell whether a clause stands under a heading about another process."""
        return any(
            self._run(heading).has(_OTHER_HEADING) and not self._run(heading).has(ABOUT_COMPLAINTS)
            for heading in clause.headings
        )

    def lists_out(self, clause: Clause) -> bool:
        """Tell whether the nearest heading above a clause is that of what is not accepted as a complaint."""
        run = self._run(clause.headings[-1]) if clause.headings else None
        return run is not None and run.has(LISTING_OUT) and not run.has(NOT_LISTING_OUT)

    def act(self, clause: Clause) -> str | None:
        """Return what the heading above a clause says is done, "acknowledge" or "respond", if it is one of them."""
        if not clause.headings:
            return None
        found = [act for act in _HEADED_ACTS if self._run(clause.headings[-1]).has(f"act.{act}")]
        return found[0] if len(found) == 1 else None

    def _run(self, heading: str) -> Run:
        known = self._runs.get(heading)
        if known is None:
            known = self._runs[heading] = Run.of(words(self._plain(heading)), self._lexicon)
        return known

    def _plain(self, heading: str) -> str:
        return heading if self._complaints is None else self._complaints.sub(r"complaint\1", heading)

    def has(self, clause: Clause, phrases: Iterable[str]) -> bool:
        """Tell whether the nearest heading above a clause (or the clause, if a heading) has one of ``phrases``."""
        wanted = list(phrases)
        nearest = [clause.text] if clause.kind == "heading" else list(clause.headings[-1:])
        return any(self._run(heading).hits(phrase) for heading in nearest for phrase in wanted)


def _headings(document: Document) -> Iterator[str]:
    """Yield all that is read as a heading, so that phrases can be looked for in all of it together."""
    for clause in document.clauses:
        yield from clause.headings
        if clause.kind == "heading":
            yield clause.text
        if clause.cell is not None:
            yield clause.cell.column_header


def _meanings(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what may be a name and its meaning: the first two cells of a row, a header and a stage below it."""
    for clause in document.clauses:
        if clause.cell is not None and clause.cell.column and not clause.cell.is_header:
            if clause.cell.column == 1:
                yield clause.cell.row_header, clause.text
            if len(clause.text.split()) == _WORDS_OF_A_STAGE:
                yield clause.cell.column_header, clause.text


def _heading_like(clause: Clause) -> Iterator[str]:
    if clause.kind == "heading" or (clause.cell is not None and len(clause.text.split()) <= 6):
        yield clause.text
