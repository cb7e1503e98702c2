"""A pattern held against a statement: does it say that, how firmly, at which stage?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from codecheck.language.firmness import is_weak
from codecheck.language.places import members
from codecheck.language.statements import Statement, StatementReader
from codecheck.language.stream import Hit
from codecheck.language.timescales import Timescale
from codecheck.language.tokens import governs
from codecheck.rules.pack import Pattern, Term, TimeTest

UNIVERSAL = "stage.universal"
_NEGATED = {"said": False, "denied": True, "either": None}
_BEFORE_NAMES = frozenset({"mr", "mrs", "ms", "miss", "dr", "of"})
_ARTICLES = frozenset({"the", "our", "your", "own"})


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that a pattern fits, with the token positions of the words that do.

    ``anchor`` is where its stage is read; ``why_weak`` says why it does not count in full, "" if it does. ``led`` says
    that all of the words begin in the statement's lead-in or heading.
    """

    statement: Statement
    anchor: int
    why_weak: str = ""
    timescale: Timescale | None = None
    positions: tuple[int, ...] = ()
    led: bool = False

    @property
    def firm(self) -> bool:
        """Whether the match counts in full."""
        return not self.why_weak


class Reading:
    """All statements of one document, ready to be matched."""

    def __init__(self, reader: StatementReader) -> None:
        self.reader = reader
        self._every = every = reader.read()
        self.sentences = tuple(s for s in every if s.span == 1)
        self.paragraphs = tuple(s for s in every if s.span > 1)
        self._sections: dict[tuple[object, ...], list[Statement]] = {}
        for statement in self.sentences:
            self._sections.setdefault(_place(statement), []).append(statement)
        self._leads = {statement.clause.index: statement for statement in self.sentences}  # the last of each clause

    def matches(
        self, pattern: Pattern, *, stage: int | None, unstaged: bool, softened: bool = False, exclusions: bool = True
    ) -> list[Match]:
        """Return the matches of ``pattern`` in document order.

        ``softened`` accepts "aim to" as firm; without ``exclusions`` no words count that list what is not accepted.
        """
        found = []
        for statement in self._candidates(pattern):
            if not exclusions and statement.listed_out:
                continue

            def at_stage(position: int, statement: Statement = statement) -> bool:
                return self._at_stage(statement, position, pattern.stage or stage, unstaged)

            match = self._match(pattern, statement, softened or pattern.softened, at_stage)
            if match is not None and at_stage(match.anchor):
                found.append(match)
        return self._repeating(pattern, found)

    def fitted_by(self, patterns: Sequence[Pattern]) -> Callable[[str], bool]:
        """Return a test for sentences: whether one of ``patterns`` fits. They are looked for when it is first asked."""
        fitting = self._fitting(patterns)
        return lambda sentence: sentence in fitting()

    def ruled_out_by(self, patterns: Sequence[Pattern]) -> Callable[[Statement, Sequence[int]], bool]:
        """Return a test for words at positions of a statement: whether one of ``patterns`` takes them back.

        What is added after a comma ("..., and more fully if you ask") takes nothing back. The patterns are looked for
        when it is first asked.
        """
        fitting = self._fitting(patterns)

        def ruled_out(statement: Statement, positions: Sequence[int]) -> bool:
            return bool(fitting()) and any(
                _takes_back(match, sentence, place)
                for sentence, place in (self._written_at(statement, position) for position in positions)
                for match in fitting().get(sentence.quote, ())
            )

        return ruled_out

    def _written_at(self, statement: Statement, position: int) -> tuple[Statement, int]:
        """Return the sentence in which a token of a statement is written, and its position there.

        The opening words of an item of a list are those of the list's lead-in.
        """
        number, place = statement.sentence_at(position)
        sentence = self._every[number]
        lead = self._leads.get(sentence.lead.index) if sentence.lead is not None and place < sentence.own else None
        tokens = sentence.run.tokens
        if lead is None or lead.own or lead.run.tokens[place : place + 1] != tokens[place : place + 1]:
            return sentence, place
        return lead, place

    def _fitting(self, patterns: Sequence[Pattern]) -> Callable[[], Mapping[str, Sequence[Match]]]:
        """Return what gives the matches of ``patterns`` by their quotations; they are looked for once, when asked."""

        @cache
        def fitting() -> Mapping[str, Sequence[Match]]:
            found: dict[str, list[Match]] = {}
            for one in patterns:
                for match in self.matches(one, stage=None, unstaged=True, softened=True):
                    found.setdefault(match.statement.quote, []).append(match)
            return found

        return fitting

    def _repeating(self, pattern: Pattern, found: list[Match]) -> list[Match]:
        """Keep the matches whose words occur again as the pattern asks."""
        if pattern.repeats is None or not found:
            return found
        said = pattern.repeats.said
        others = self.matches(said, stage=said.stage, unstaged=False, softened=True)
        words = pattern.repeats.words
        known = [(match, _named(match.statement, said, words)) for match in others]
        kept = []
        for match in found:
            named = _named(match.statement, pattern, words)
            helped = [m for m, names in known if m.statement is not match.statement and names & named]
            if helped:
                # What is said elsewhere in part only ("10 days") makes this say it in part.
                weak = "" if any(m.firm for m in helped) else helped[0].why_weak
                kept.append(replace(match, why_weak=match.why_weak or weak))
        return kept

    def _candidates(self, pattern: Pattern) -> list[Statement]:
        """Return the statements in which every group of the pattern occurs, or that give a time, in order."""
        if not pattern.all_of:
            statements = self._every if pattern.within == "paragraph" else self.sentences
            return [statement for statement in statements if statement.timescales]
        # Most patterns fail on words that are nowhere: that is found out first, and without looking for any phrase.
        stream = self.reader.stream
        if pattern.within == "paragraph":
            possible = _in_all((stream.phrase(term.phrase).possible_runs for term in group) for group in pattern.all_of)
            found = possible and _in_all(
                (stream.phrase(term.phrase).runs for term in group) for group in pattern.all_of
            )
            return [self._every[number] for number in members(found)]
        singles = _in_all((stream.phrase(term.phrase).possible for term in group) for group in pattern.all_of)
        for group in pattern.all_of:
            singles = _in_all([[stream.phrase(term.phrase).among(singles) for term in group]])
        return [self._every[number] for number in stream.numbers(singles)]

    def _match(
        self, pattern: Pattern, statement: Statement, softened: bool, at_stage: Callable[[int], bool]
    ) -> Match | None:
        if statement.off_topic:
            return None
        # What is quickly told first: most statements that have all words of a pattern fail on something else.
        headings = self.reader.headings
        if pattern.heading and not headings.has(statement.clause, pattern.heading):
            return None
        if pattern.heading_lacks and headings.has(statement.clause, pattern.heading_lacks):
            return None
        timescale, unit_weak = None, ""
        if pattern.time is not None:
            timescale, unit_weak = _time_match(pattern.time, statement, at_stage)
            if timescale is None:
                return None
        if any(_said(statement, term) for term in pattern.none_of):
            return None
        hits: list[list[Hit]] = []
        for group in pattern.all_of:
            group_hits = [hit for term in group for hit in _hits(statement, term)]
            if not group_hits:
                return None
            hits.append(group_hits)
        chosen = _choose(hits, pattern.near, statement.own, timescale)
        if chosen is None:
            return None
        if pattern.section_has and not self._section_has(statement, pattern.section_has):
            return None
        if any(self._section_has(statement, (term,)) for term in pattern.section_lacks):
            return None
        own = [hit.start for hit in chosen if hit.start >= statement.own]
        anchor = timescale.start if timescale is not None else own[0] if own else statement.own
        why = unit_weak
        if not why and not softened and self._is_weak(statement, chosen, timescale):
            why = "softened"
        led = bool(chosen) and not own
        return Match(statement, anchor, why, timescale, tuple(sorted({anchor, *own})), led)

    def _is_weak(self, statement: Statement, chosen: list[Hit], timescale: Timescale | None) -> bool:
        if timescale is None:
            return any(self._softened(statement, hit) for hit in chosen)
        hit = timescale.act_hit
        first = min(hit.start, timescale.start) if hit is not None else timescale.start
        return self._softened(statement, Hit(first, max(timescale.end, hit.end if hit else 0), False))

    def _softened(self, statement: Statement, hit: Hit) -> bool:
        """Tell whether words are softened in their own sentence, or by the lead-in of the list whose item they are."""
        number, start = statement.sentence_at(hit.start)
        return is_weak(self._every[number].run, Hit(start, start + hit.end - hit.start, hit.negated))

    def _at_stage(self, statement: Statement, position: int, stage: int | None, unstaged: bool) -> bool:
        if stage is None:
            return True
        reading = statement.stages_at(position)
        if stage in reading.stages:
            return True
        if not unstaged:
            return False
        return reading.how == "unknown" or (reading.how == "carried" and statement.run.has(UNIVERSAL))

    def _section_has(self, statement: Statement, terms: tuple[Term, ...]) -> bool:
        beside = self._sections.get(_place(statement), [])
        return all(any(_said(other, term) for other in beside) for term in terms)


def _takes_back(match: Match, sentence: Statement, position: int) -> bool:
    """Tell whether what a match found in a sentence bears on the words at a position; on all, if read differently."""
    tokens, own = match.statement.run.tokens, match.statement.own
    if len(tokens) - own != len(sentence.run.tokens) - sentence.own:
        return True
    return any(governs(tokens, own, place, position - sentence.own + own) for place in match.positions)


def _in_all(groups: Iterable[Iterable[int]]) -> int:
    """Return what is in some set of every group."""
    found = -1
    for group in groups:
        either = 0
        for one in group:
            either |= one
        found &= either
        if not found:
            return 0
    return found


def _place(statement: Statement) -> tuple[object, ...]:
    if statement.clause.headings:
        return statement.clause.headings
    return (statement.clause.section,)


def _hits(statement: Statement, term: Term) -> list[Hit]:
    hits = statement.run.hits(term.phrase)
    if term.polarity == "either":
        return list(hits)
    return [hit for hit in hits if hit.negated == (term.polarity == "denied")]


def _said(statement: Statement, term: Term) -> bool:
    """Tell whether there are hits of a term."""
    return statement.run.said(term.phrase, negated=_NEGATED[term.polarity])


def _named(statement: Statement, pattern: Pattern, phrase: str) -> set[tuple[str, ...]]:
    """Return what ``phrase`` finds within the first entry of a pattern, without articles; after a title, the name."""
    first = [hit for term in pattern.all_of[0] for hit in _hits(statement, term) if hit.end > statement.own]
    tokens = statement.run.tokens
    found = set()
    for hit in statement.run.hits(phrase):
        if any(whole.start <= hit.start and hit.end <= whole.end for whole in first):
            end = min(hit.end + (tokens[hit.end - 1].word in _BEFORE_NAMES), len(tokens))
            found.add(tuple(t.key for t in tokens[hit.start : end] if t.word not in _ARTICLES))
    return found


def _choose(hits: list[list[Hit]], near: int | None, own: int, timescale: Timescale | None) -> list[Hit] | None:
    """Choose one hit for each group, at least one of them in the statement's own words, close together if asked."""
    if not hits:
        return [] if timescale is not None else None
    if timescale is None and not any(hit.end > own for group in hits for hit in group):
        return None
    if near is None:
        return [next((hit for hit in group if hit.end > own), group[0]) for group in hits]
    for first in hits[0]:
        chosen = [first]
        for group in hits[1:]:
            close = [h for h in group if h.start - first.end <= near and first.start - h.end <= near]
            if not close:
                break
            chosen.append(min(close, key=lambda h: abs(h.start - first.start)))
        if len(chosen) == len(hits):
            return chosen
    return None


def _time_match(test: TimeTest, statement: Statement, at_stage: Callable[[int], bool]) -> tuple[Timescale | None, str]:
    """Return the timescale of the stage that passes ``test`` and why it counts only in part ("" if in full)."""
    weak: tuple[Timescale | None, str] = (None, "")
    for timescale in statement.timescales:
        outcome = time_outcome(test, timescale) if at_stage(timescale.start) else None
        if outcome == "":
            return timescale, ""
        if outcome is not None and weak[0] is None:
            weak = (timescale, outcome)
    return weak


def time_outcome(test: TimeTest, timescale: Timescale) -> str | None:
    """Return "" where ``timescale`` passes ``test``, why it does so only in part, or None where it does not."""
    # What a heading says is done in a time may keep to the Code, but never breaks it.
    acts = {timescale.act or "none", None if test.over else timescale.heading_act}
    if test.acts and not acts & set(test.acts):
        return None
    if timescale.exceeded or (timescale.act_hit is not None and timescale.act_hit.negated and not _if_late(timescale)):
        return None
    if test.further is not None and timescale.further != test.further:
        return None
    if test.total is not None and timescale.total != test.total:
        return None
    if timescale.trigger in test.not_triggers or (test.triggers and timescale.trigger not in test.triggers):
        return None
    if test.limit is None:
        return ""
    over = timescale.working_days > test.limit + 0.01
    if test.over:
        return "" if over else None
    if over:
        return None
    return _unit_weakness(timescale, test.limit)


def _if_late(timescale: Timescale) -> bool:
    """Tell whether what is denied is only the usual answer: "if we cannot reply we may take a further 10 days"."""
    return timescale.further and timescale.act == "respond"


def _unit_weakness(timescale: Timescale, limit: float) -> str:
    """Days of no stated kind count in full only where they are shorter than the limit whichever kind was meant."""
    if timescale.unit != "days":
        return ""
    return "" if timescale.amount < limit - 0.01 else "days"
