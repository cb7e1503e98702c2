"""Statements: the sentences of a document, each with what it says and the context that completes it.

A bullet is read together with the sentence it finishes, a table cell with the headers of its row and column, an
answer with the question that stands above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from codecheck.language import stages as stage_layer
from codecheck.language.lexicon import Hit, Lexicon, Run
from codecheck.language.timescales import Timescale, timescales
from codecheck.language.tokens import Sentence, Token, sentences, words
from codecheck.model import Clause, Document

_COLON = Token(":", ":", 0, 0)
_ENDS = frozenset(".;?!")
_FULL_STOP = Token(".", ".", 0, 0)
# "This includes every extension": a remark without a stage of its own that plainly is about all of them.
_WEAK = "firmness.weak"
_WEAK_AROUND = "firmness.where-possible"
_FIRM = "firmness.firm"
_OTHER_PROCESS = "scope.other-process"
_OTHER_HEADING = "scope.other-heading"
_ABOUT_COMPLAINTS = "scope.complaints"


@dataclass(frozen=True, slots=True)
class StageReading:
    """The stages a statement speaks for, and how that is known: "explicit", "context", "carried" or "unknown"."""

    stages: frozenset[int]
    how: str


class Statement:
    """One sentence in its context. ``own`` is the token position at which its own words begin."""

    def __init__(
        self,
        *,
        clause: Clause,
        quote: str,
        run: Run,
        own: int,
        mentions: tuple[stage_layer.Mention, ...],
        stage: StageReading,
        reader: StatementReader,
        lead: Clause | None = None,
        span: int = 1,
    ) -> None:
        self.clause = clause
        self.quote = quote
        self.run = run
        self.own = own
        self.mentions = mentions
        self.stage = stage
        self.lead = lead
        self.span = span
        self._reader = reader

    def __repr__(self) -> str:
        return f"Statement({self.quote!r}, section={self.clause.section!r}, stage={self.stage})"

    @cached_property
    def timescales(self) -> tuple[Timescale, ...]:
        """The timescales that the statement's own words give."""
        found = timescales(
            self.run,
            acts=self._reader.acts,
            triggers=self._reader.triggers,
            days_are_working=self._reader.days_are_working,
        )
        return tuple(one for one in found if one.end > self.own)

    @cached_property
    def off_topic(self) -> bool:
        """Whether the statement is about another process than complaints (repairs, grievances, another ombudsman)."""
        if self.run.has(_OTHER_PROCESS) and not self.run.has(_ABOUT_COMPLAINTS):
            return True
        return self._reader.heading_off_topic(self.clause)

    def stages_at(self, position: int) -> StageReading:
        """Return the stages for which the words at a token position speak."""
        if self.stage.how == "explicit" and len(self.mentions) > 1:
            return StageReading(stage_layer.stages_at(self.mentions, position), "explicit")
        return self.stage

    def is_weak(self, hit: Hit) -> bool:
        """Tell whether the promise at ``hit`` is softened: "aim to", "usually", "where possible"."""
        weak = [h.start for h in self.run.concept(_WEAK) if not h.negated and h.start <= hit.end]
        if weak:
            firm = [h.start for h in self.run.concept(_FIRM) if weak[-1] < h.start <= hit.start]
            if not firm and not self._sentence_between(weak[-1], hit.start):
                return True
        return any(
            not self._sentence_between(min(h.start, hit.start), max(h.start, hit.start))
            for h in self.run.concept(_WEAK_AROUND)
        )

    def _sentence_between(self, start: int, end: int) -> bool:
        return any(self.run.tokens[k].word in {".", "?", "!", ";"} for k in range(start, min(end, len(self.run.tokens))))


class StatementReader:
    """Reads the statements of one document with one lexicon."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._document = document
        self._lexicon = lexicon
        self._sentences: dict[int, tuple[Sentence, ...]] = {}
        self._headings: dict[str, Run] = {}
        self.acts = tuple(name for name in lexicon.names() if name.startswith("act."))
        self.triggers = tuple(name for name in lexicon.names() if name.startswith("from."))
        self.names = stage_layer.stage_names(
            text for clause in document.clauses for text in _heading_like(clause)
        )
        self.days_are_working = any(
            Run(sentence.tokens, lexicon).has("days-are-working")
            for clause in document.clauses
            for sentence in self._split(clause)
            if any(token.key == "day" for token in sentence.tokens)
        )

    def read(self) -> tuple[Statement, ...]:
        """Return the document's statements in order: sentences, and whole paragraphs where they have several."""
        found: list[Statement] = []
        carried: frozenset[int] = frozenset()
        place: tuple[str, ...] = ()
        for clause in self._document.clauses:
            if clause.kind == "heading" or clause.headings != place:
                carried = frozenset()
            place = clause.headings
            for statement in self._of_clause(clause, carried):
                found.append(statement)
                last = [m for m in statement.mentions if len(m.stages) == 1 or m.explicit]
                if statement.span == 1 and last and clause.kind != "heading":
                    carried = last[-1].stages
        return (*found, *self._lists(found))

    def _lists(self, found: list[Statement]) -> Iterator[Statement]:
        """Yield each list as one statement: its lead-in and all the items that complete it."""
        items: dict[int, list[Statement]] = {}
        for statement in found:
            if statement.lead is not None and statement.span == 1:
                items.setdefault(statement.lead.index, []).append(statement)
        for index, members in items.items():
            if len(members) < 2:
                continue
            lead = self._document.clauses[index]
            tokens = members[0].run.tokens[: members[0].own]
            tokens += tuple(token for member in members for token in member.run.tokens[member.own :])
            run = Run(tokens, self._lexicon)
            mentions = stage_layer.mentions(run, self.names)
            yield Statement(
                clause=lead,
                quote=self._split(lead)[-1].text_in(lead.text) if self._split(lead) else lead.text,
                run=run,
                own=0,
                mentions=mentions,
                stage=self._stage(members[0].clause, mentions, frozenset()),
                reader=self,
                span=len(members),
            )

    def _of_clause(self, clause: Clause, carried: frozenset[int]) -> Iterator[Statement]:
        lead, lead_tokens = self._lead(clause)
        own_sentences = self._split(clause)
        previous: frozenset[int] = frozenset()
        for sentence in own_sentences:
            statement = self._statement(clause, (sentence,), lead, lead_tokens, previous or carried)
            explicit = [m for m in statement.mentions if m.start >= statement.own]
            if explicit:
                previous = explicit[-1].stages
            yield statement
        if len(own_sentences) > 1:
            yield self._statement(clause, own_sentences, lead, lead_tokens, carried)

    def _statement(
        self,
        clause: Clause,
        parts: tuple[Sentence, ...],
        lead: Clause | None,
        lead_tokens: tuple[Token, ...],
        carried: frozenset[int],
    ) -> Statement:
        tokens = lead_tokens + tuple(token for part in parts for token in _closed(part))
        run = Run(tokens, self._lexicon)
        mentions = stage_layer.mentions(run, self.names)
        return Statement(
            clause=clause,
            quote=clause.text[parts[0].start : parts[-1].end].strip(),
            run=run,
            own=len(lead_tokens),
            mentions=mentions,
            stage=self._stage(clause, mentions, carried),
            reader=self,
            lead=lead,
            span=len(parts),
        )

    def _stage(
        self, clause: Clause, mentions: tuple[stage_layer.Mention, ...], carried: frozenset[int]
    ) -> StageReading:
        explicit = [m for m in mentions if m.explicit]
        if explicit:
            return StageReading(frozenset().union(*(m.stages for m in explicit)), "explicit")
        for heading in reversed(clause.headings):
            found = self.heading_stages(heading)
            if found:
                return StageReading(found, "context")
        if mentions:
            return StageReading(frozenset().union(*(m.stages for m in mentions)), "explicit")
        if carried:
            return StageReading(carried, "carried")
        return StageReading(frozenset(), "unknown")

    def heading_stages(self, heading: str) -> frozenset[int]:
        """Return the stages that a heading names."""
        run = self._heading_run(heading)
        name = self.names.get(heading.strip(" :-–").lower())
        if name is not None:
            return frozenset({name})
        found = stage_layer.mentions(run, self.names)
        explicit = [m for m in found if m.explicit] or list(found)
        return frozenset().union(*(m.stages for m in explicit)) if explicit else frozenset()

    def heading_off_topic(self, clause: Clause) -> bool:
        """Tell whether a clause stands under a heading about another process."""
        return any(
            self._heading_run(heading).has(_OTHER_HEADING) and not self._heading_run(heading).has(_ABOUT_COMPLAINTS)
            for heading in clause.headings
        )

    def _heading_run(self, heading: str) -> Run:
        known = self._headings.get(heading)
        if known is None:
            known = self._headings[heading] = Run(words(heading), self._lexicon)
        return known

    def heading_has(self, clause: Clause, phrases: Iterable[str]) -> bool:
        """Tell whether the nearest heading above a clause, or the clause itself if a heading, has one of ``phrases``."""
        wanted = list(phrases)
        nearest = [clause.text] if clause.kind == "heading" else list(clause.headings[-1:])
        return any(self._heading_run(heading).hits(phrase) for heading in nearest for phrase in wanted)

    def _lead(self, clause: Clause) -> tuple[Clause | None, tuple[Token, ...]]:
        """Return the clause that this one completes, and the tokens of all that is to be read before it."""
        before: list[Token] = []
        lead = self._document.clauses[clause.lead] if clause.lead is not None else None
        if lead is not None:
            outer = self._document.clauses[lead.lead] if lead.lead is not None else None
            for one in (outer, lead):
                if one is not None:
                    before += self._split(one)[-1].tokens if self._split(one) else ()
            before = before[:-1] if before and before[-1].word == ":" else before
            return lead, (*before, _COLON)
        if clause.cell is not None:
            for header in (clause.cell.column_header, clause.cell.row_header):
                if header and header != clause.text:
                    before += [token for token in words(header) if token.word not in _ENDS]
                    before.append(_COLON)
        elif clause.kind in ("paragraph", "item") and clause.headings and clause.headings[-1].rstrip().endswith("?"):
            previous = self._document.clauses[clause.index - 1] if clause.index else None
            if previous is not None and previous.kind == "heading":
                before += [*(t for t in words(clause.headings[-1]) if t.word not in _ENDS), _COLON]
        return None, tuple(before)

    def _split(self, clause: Clause) -> tuple[Sentence, ...]:
        known = self._sentences.get(clause.index)
        if known is None:
            known = self._sentences[clause.index] = sentences(clause.text)
        return known


def _closed(sentence: Sentence) -> tuple[Token, ...]:
    """Return the sentence's tokens, ended by a full stop, so that no pattern runs on into the next one."""
    if sentence.tokens[-1].word in {".", "?", "!", ";", ":"}:
        return sentence.tokens
    return (*sentence.tokens, _FULL_STOP)


def _heading_like(clause: Clause) -> Iterator[str]:
    if clause.kind == "heading" or (clause.cell is not None and len(clause.text.split()) <= 6):
        yield clause.text
