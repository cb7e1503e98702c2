"""The second reader's say on a provision, where patterns are silent or may have been misled.

Patterns decide what is said plainly. A network that was trained on examples is asked three things only: whether an
element that no pattern finds is said in other words, whether what a pattern took against the Code is against it, and
whether something is that no pattern knows. It must be far surer than even, and what it decides is quoted like the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from codecheck.assess.evaluate import ContraryOutcome, ElementOutcome, ProvisionOutcome, is_excused, is_history
from codecheck.language.firmness import is_hedged, only_for_some
from codecheck.language.statements import Statement
from codecheck.model import Decision, SecondOpinion
from codecheck.rules.match import Match, Reading, time_outcome
from codecheck.rules.pack import Contrary, Element
from codecheck.second_reader.reader import Opinion, SecondReader

# A time that is bound to one of these may be for anything.
_ANY_ACT = frozenset({"none", "contact", "accept", "update"})


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """A provision's outcome with the second reader's say, and what that say was."""

    outcome: ProvisionOutcome
    opinions: tuple[SecondOpinion, ...]


def reconsider(
    outcome: ProvisionOutcome, reader: SecondReader, reading: Reading, *, short: bool = False
) -> Reconsidered:
    """Let the second reader find elements, dismiss what patterns took against the Code, and raise what they missed.

    Of a document that says everything, which a policy must, there is a row in any case where something is missing: what
    patterns took against the Code then stands. Other documents are ``short`` of much, and on the provisions of tier B a
    policy may be silent.
    """
    opinions: list[SecondOpinion] = []
    elements = tuple(_element(found, outcome.provision.id, reader, reading, opinions) for found in outcome.elements)
    again = replace(outcome, elements=elements)
    complete = short or outcome.provision.tier == "B" or again.complete
    contrary = tuple(_contrary(again, reader, reading, opinions, complete=complete))
    return Reconsidered(replace(again, contrary=contrary), tuple(opinions))


def _element(
    found: ElementOutcome, provision: str, reader: SecondReader, reading: Reading, opinions: list[SecondOpinion]
) -> ElementOutcome:
    point = f"{provision}/{found.element.id}"
    if found.state == "satisfied" or not reader.knows(point) or _of_one_stage(found):
        return found
    limit = reader.limit_of_element(point, found.state)
    # That a time is only aimed at is seen by patterns better than by a network.
    times = (match for match in found.matches if match.timescale is not None)
    softened = {match.statement.quote for match in times if match.why_weak == "softened"}
    element = found.element
    needed = reading.fitted_by(element.needs)
    misleading, ruled_out = reading.fitted_by(element.misleading), reading.ruled_out_by(element.none)
    opinion = reader.surest(
        point,
        limit,
        stage=element.stage,
        without=lambda one: (
            one.quote in softened or misleading(one.quote) or ruled_out(one, (one.own,)) or _too_little(one, element)
        ),
        having=lambda one: not element.needs or needed(one.quote),
    )
    if opinion is None or not _gives_time(element, opinion):
        return found
    opinions.append(_said(reader, point, "found", opinion))
    return ElementOutcome(element, "satisfied", _matches(opinion))


def _too_little(statement: Statement, element: Element) -> bool:
    """Tell whether a statement cannot promise ``element``: it lists what is not accepted, hedges, or is for some."""
    if (statement.listed_out and not element.reads_exclusions) or statement.denied_beside(element.stage):
        return True
    only_some = only_for_some(statement.run, range(statement.own, len(statement.run.tokens)))
    return (not element.softened and is_hedged(statement.run, statement.own)) or (only_some and not element.for_some)


def _of_one_stage(found: ElementOutcome) -> bool:
    """Tell whether an element is half said because it is said of one stage only: the words themselves are clear."""
    return any(match.why_weak.startswith("stage-") for match in found.matches)


def _gives_time(element: Element, opinion: Opinion) -> bool:
    """Tell whether what was read gives a time that the element allows, for nothing plainly else, if it asks for one."""
    tests = [pattern.time for pattern in element.satisfied if pattern.time is not None]
    own = {act for test in tests for act in test.acts} - _ANY_ACT
    times = [time for statement in opinion.window.statements for time in statement.timescales]
    not_from = tuple({trigger for test in tests for trigger in test.not_triggers})
    plain = [replace(test, acts=(), triggers=(), not_triggers=not_from, further=None, total=None) for test in tests]
    # A time that would do if its days were working days is half of it in these words too.
    half = any(time_outcome(test, time) == "days" for test in plain for time in times)
    if half or (len(tests) < len(element.satisfied) and not any(time.act in own for time in times)):
        return not half
    able = [time for time in times if (time.act or "none") in own | _ANY_ACT]
    return any(time_outcome(test, time) == "" for test in plain for time in able)


def _contrary(
    outcome: ProvisionOutcome,
    reader: SecondReader,
    reading: Reading,
    opinions: list[SecondOpinion],
    *,
    complete: bool,
) -> Iterator[ContraryOutcome]:
    """Yield what stays, or comes to be, against the Code, in the order of the provision's entries."""
    raised = {found.contrary.id: found for found in outcome.contrary}
    for entry in outcome.provision.contrary:
        found, point = raised.get(entry.id), f"!{outcome.provision.id}/{entry.id}"
        if entry.patterns_only or not reader.knows(point):
            if found is not None:
                yield found
            continue
        kept = () if found is None else _upheld(found, point, reader, opinions) if complete else found.matches
        if kept:
            yield ContraryOutcome(entry, kept)
            continue
        opinion = _raised(entry, point, reader, reading)
        if opinion is not None and (complete or not _half_says(outcome, opinion)):
            opinions.append(_said(reader, point, "raised", opinion))
            yield ContraryOutcome(entry, _matches(opinion))


def _half_says(outcome: ProvisionOutcome, opinion: Opinion) -> bool:
    """Tell whether the words are those in which something of the provision is found: they say too little, no more."""
    found = {match.statement.quote for element in outcome.elements for match in element.matches}
    return all(statement.quote in found for statement in opinion.window.statements)


def _upheld(
    found: ContraryOutcome, point: str, reader: SecondReader, opinions: list[SecondOpinion]
) -> tuple[Match, ...]:
    """Keep the matches of an entry unless every one of them is dismissed: where one stands, the others go with it."""
    if any(_stands(match, point, reader) for match in found.matches):
        return found.matches
    opinions += [SecondOpinion(point.lstrip("!"), "dismissed", match.statement.quote) for match in found.matches]
    return ()


def _stands(match: Match, point: str, reader: SecondReader) -> bool:
    """Tell whether what a pattern took against the Code stands. A length of time is what it is; so is a heading."""
    plain = match.timescale is not None or match.statement.clause.kind == "heading"
    return plain or reader.likeliest(point, match.statement) >= reader.limit("upheld")


def _raised(entry: Contrary, point: str, reader: SecondReader, reading: Reading) -> Opinion | None:
    """Return what is against the Code in words that no pattern knows; where a length of time decides, patterns do."""
    if any(pattern.time is not None for pattern in entry.patterns):
        return None
    misleading = reading.fitted_by(entry.misleading)
    opinion = reader.surest(
        point,
        reader.limit("raised"),
        stage=entry.stage,
        headings=False,
        without=lambda one: is_history(one) or misleading(one.quote),
    )
    if opinion is None or is_excused(reading, entry) or _known_as_harmless(entry, opinion, reading):
        return None
    return opinion


def _known_as_harmless(entry: Contrary, opinion: Opinion, reading: Reading) -> bool:
    """Tell whether a pattern knows the words of what is only too weak, and leaves them alone for what else they say."""
    if entry.verdict != "partly_met":
        return False
    read = {statement.quote for statement in opinion.window.statements}
    bare = (replace(pattern, none_of=()) for pattern in entry.patterns if pattern.none_of)
    return any(
        match.statement.quote in read
        for pattern in bare
        for match in reading.matches(pattern, stage=entry.stage, unstaged=True, softened=True)
    )


def _matches(opinion: Opinion) -> tuple[Match, ...]:
    return tuple(Match(statement, statement.own) for statement in opinion.window.statements)


def _said(reader: SecondReader, point: str, decision: Decision, opinion: Opinion) -> SecondOpinion:
    quote = " ".join(statement.quote for statement in opinion.window.statements)
    return SecondOpinion(point.lstrip("!"), decision, quote, reader.nearest(point, opinion))
