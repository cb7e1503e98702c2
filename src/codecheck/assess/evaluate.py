"""Holding a document against a rule pack: the state of every element, and everything contrary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from codecheck.language.firmness import only_for_some
from codecheck.language.statements import Statement, StatementReader
from codecheck.model import Document, ElementState
from codecheck.rules.match import UNIVERSAL, Match, Reading
from codecheck.rules.pack import Contrary, Element, Pattern, Provision, RulePack

_THEN = re.compile(
    r"\b(?:before|until|till|up to|prior to|between)\s+(?:[a-z]+\s+){0,3}?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:[a-z]+\s+)?"
    r"(?:19|20)\d\d\b.*\b(?:had|were|was|used to|needed|could|did)\b"
    # What keeps residents waiting may have been stopped; "we stopped taking complaints by telephone" is another thing.
    r"|\b(?:stopped|ended|abolished|scrapped|dropped|removed|did away with|got rid of)\b(?:\s+[\w'’-]+){0,4}?\s+"
    r"(?:step|stage|chat|hearing|panel|tier|hurdle|wait|requirement|need)\b"
    # Until a year or a last review, with a verb of the past after it; or words that are said of the past only.
    r"|\b(?:until|till)\s+(?:[a-z]+\s+){0,3}?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:[a-z]+\s+)?"
    r"(?:(?:19|20)\d\d|last\s+(?:year|month|review|version|spring|summer|autumn|winter))\b"
    r".*\b(?:\w{3,}ed|had|were|was|gave|ran|took|kept|held|made)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bwas )(?<!\bwere )(?<!\bbeen )\bused to\b"
    r"|^\W*(?:in the past|formerly|previously|historically|at one time|for many years)\b"
    r"|\b(?:we|it|they|residents|tenants|customers|council|association|trust|landlord)\s+(?:formerly|previously|once)\s+\w+ed\b"
    r"|\b(?:audit|inspection|inspectors?)\b.{0,30}\bfound\b|\bin last year['’]s\b",
    re.IGNORECASE | re.DOTALL,
)
# The record of a document's versions: "Stage 3 taken out".
_OF_CHANGES = re.compile(
    r"^\W*(?:what(?: has| was)? changed|changes?(?: made)?|(?:summary|record|history) of (?:changes|versions)"
    r"|amendments?(?: made)?|revisions?|(?:version|document|policy|change) (?:history|control|record|log))\W*$",
    re.IGNORECASE,
)
# What follows is not asked of residents.
_NOT_ASKED = re.compile(
    r"\b(?:won['’]t|will not|shall not|never|do not|don['’]t|does not|need not|no need|not)\s+(?:[\w'’]+\s+){0,2}?"
    r"(?:ask|asked|expect|expected|require|required|insist|need|have to|make you)\b[^.;]*$",
    re.IGNORECASE,
)
_TODAY = re.compile(r"\b(?:will|shall|must|may|can|cannot|can['’]t|do|don['’]t|does|is|are|has|have)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ElementOutcome:
    """What a document says of one element: the matches that decide it, and those that only come near."""

    element: Element
    state: ElementState
    matches: tuple[Match, ...] = ()
    near: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class ContraryOutcome:
    """Something contrary that a document says, with where it says so."""

    contrary: Contrary
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class ProvisionOutcome:
    """All that a document says of one provision."""

    provision: Provision
    elements: tuple[ElementOutcome, ...]
    contrary: tuple[ContraryOutcome, ...]
    topic: tuple[Match, ...]

    @property
    def complete(self) -> bool:
        """Whether the document says all that makes a row where it is missing."""
        return all(found.state == "satisfied" or found.element.optional for found in self.elements)


def read_statements(document: Document, pack: RulePack) -> Reading:
    """Read a document's statements with the lexicon of a pack."""
    return Reading(StatementReader(document, pack.lexicon))


def evaluate_provision(reading: Reading, provision: Provision, *, policy: bool = True) -> ProvisionOutcome:
    """Hold the statements of one document against one provision, without what other provisions imply for it.

    The provision's topic is looked for only where there would be nothing else to quote, and what is raised only beside
    the gaps of a ``policy`` only where there are some: what is complete remains so.
    """
    elements = tuple(evaluate_element(reading, element) for element in provision.elements)
    outcome = ProvisionOutcome(provision, elements, (), ())
    gaps = policy and not outcome.complete
    entries = (entry for entry in provision.contrary if gaps or not entry.beside_gaps)
    contrary = tuple(found for entry in entries if (found := evaluate_contrary(reading, entry)) is not None)
    return with_topic(reading, replace(outcome, contrary=contrary))


def with_topic(reading: Reading, outcome: ProvisionOutcome) -> ProvisionOutcome:
    """Look for the provision's topic where there is nothing else to quote."""
    if outcome.contrary or any(found.matches for found in outcome.elements):
        return outcome
    return replace(outcome, topic=_all_matches(reading, outcome.provision.topic, stage=None, unstaged=True))


def evaluate_element(reading: Reading, element: Element) -> ElementOutcome:
    """Decide one element: satisfied by a firm match, weak by a softened or incomplete one, else missing.

    Rule authors put the plainest pattern first: the first that is said firmly decides, and gives the evidence.
    """
    ruled_out = reading.ruled_out_by(element.none)
    found: list[Match] = []
    of_one: tuple[Match, ...] = ()
    for pattern in element.satisfied:
        matches = _of_element(
            reading, element, (pattern,), ruled_out, unstaged=element.unstaged, softened=element.softened
        )
        every = (*of_one, *(match for match in matches if match.firm))
        firm = _plainest(every)
        if element.each_stage and _only_stage(firm):
            firm = every  # what is written of one stage may be said by reference of the other
        if firm and not (element.each_stage and _only_stage(firm)):
            return ElementOutcome(element, "satisfied", firm)
        of_one = firm
        found += [match for match in matches if not match.firm]
    found += [replace(match, why_weak=f"stage-{_only_stage(of_one)}") for match in of_one]
    if element.absent_is_met and not found:
        return ElementOutcome(element, "satisfied")
    near = _of_element(reading, element, element.near, ruled_out, unstaged=True, softened=True)
    weak = _in_order(found) or _of_element(
        reading, element, element.weak, ruled_out, unstaged=element.unstaged, softened=True
    )
    return ElementOutcome(element, "weak" if weak else "missing", weak, near)


def _of_element(
    reading: Reading,
    element: Element,
    patterns: Sequence[Pattern],
    ruled_out: Callable[[Statement, Sequence[int]], bool],
    *,
    unstaged: bool,
    softened: bool,
) -> tuple[Match, ...]:
    exclusions = element.reads_exclusions
    matches = _each_match(reading, patterns, element.stage, unstaged, softened=softened, exclusions=exclusions)
    return _in_order(
        replace(match, why_weak="some") if match.firm and _only_for_some(match, element) else match
        for match in matches
        if not match.statement.denied_beside(element.stage) and not ruled_out(match.statement, match.positions)
    )


def _only_for_some(match: Match, element: Element) -> bool:
    return not element.for_some and only_for_some(match.statement.run, match.positions)


def _plainest(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Keep what is said outright; only where nothing is, what is said by a defined term or by reference."""
    return tuple(match for match in matches if match.statement.as_written) or matches


def _only_stage(matches: Sequence[Match]) -> int | None:
    """Return the one stage that all the matches are about, None where they cover both or name none."""
    if any(match.statement.run.has(UNIVERSAL) for match in matches):
        return None
    named = [match.statement.named_stages(match.anchor) for match in matches]
    covered = frozenset().union(*named)
    return next(iter(covered)) if all(named) and len(covered) == 1 else None


def evaluate_contrary(reading: Reading, contrary: Contrary) -> ContraryOutcome | None:
    """Return what the document says against the Code under one contrary entry, or None."""
    # What is against the Code is taken as it is written: a meaning in the place of a term may say more than is meant.
    found = _in_order(
        match
        for match in _each_match(reading, contrary.patterns, contrary.stage, contrary.unstaged, softened=True)
        if match.statement.as_written
        and not _asks(match)
        and not _not_asked_for(match.statement)
        and not is_history(match.statement)
    )
    if not found or is_excused(reading, contrary):
        return None
    return ContraryOutcome(contrary, found)


def is_excused(reading: Reading, contrary: Contrary) -> bool:
    """Tell whether the document says, wherever it may be, what keeps a contrary entry from being raised at all."""
    return bool(_all_matches(reading, contrary.unless, stage=None, unstaged=True, softened=True))


def is_history(statement: Statement) -> bool:
    """Tell whether a statement says only how it was: "Until 2022 residents had to wait", "we dropped that step"."""
    cell = statement.clause.cell
    above = (*statement.clause.headings[-1:], *((cell.column_header, cell.row_header) if cell is not None else ()))
    if any(_OF_CHANGES.match(text) for text in above if text):
        return True
    return _THEN.search(statement.quote) is not None and _TODAY.search(statement.quote) is None


def _asks(match: Match) -> bool:
    """Tell whether a match is in a mere question ("Is there a stage 3?"), which says nothing against the Code.

    The question may be the heading that the statement answers: "Will you wait for the repair?", "No, ...".
    """
    statement = match.statement
    if match.led and statement.own:
        asked = statement.lead.text if statement.lead is not None else " ".join(statement.clause.headings[-1:])
    else:
        asked = statement.quote if statement.span == 1 else ""
    return asked.rstrip(" *_\"'”’").endswith("?")


def _not_asked_for(statement: Statement) -> bool:
    """Tell whether a statement stands in a list of what is not asked of residents: "You do not have to:"."""
    above = [statement.lead.text] if statement.lead is not None else []
    if statement.clause.kind == "item":
        above += statement.clause.headings[-1:]
    return any(_NOT_ASKED.search(text) for text in above)


def _all_matches(
    reading: Reading,
    patterns: Sequence[Pattern],
    *,
    stage: int | None,
    unstaged: bool,
    softened: bool = False,
) -> tuple[Match, ...]:
    """Return the matches of all patterns in document order, one for each statement, firm ones preferred."""
    return _in_order(_each_match(reading, patterns, stage, unstaged, softened=softened))


def _each_match(
    reading: Reading,
    patterns: Sequence[Pattern],
    stage: int | None,
    unstaged: bool,
    *,
    softened: bool,
    exclusions: bool = True,
) -> Iterator[Match]:
    for pattern in patterns:
        yield from reading.matches(pattern, stage=stage, unstaged=unstaged, softened=softened, exclusions=exclusions)


def _in_order(matches: Iterable[Match]) -> tuple[Match, ...]:
    best: dict[tuple[int, str], Match] = {}
    for match in matches:
        key = (match.statement.clause.index, match.statement.quote)
        if key not in best or (match.firm and not best[key].firm):
            best[key] = match
    return tuple(match for _, match in sorted(best.items(), key=lambda pair: pair[0][0]))
