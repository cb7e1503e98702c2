"""Coverage of rule cases: elements with too few, patterns that decide none, lexicon entries that occur in none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from codecheck.assess.cases import Case, CaseResult, case_document, run_case
from codecheck.assess.evaluate import evaluate_contrary, evaluate_element, read_statements
from codecheck.language.stream import Run
from codecheck.language.tokens import words
from codecheck.rules.load import pattern_phrases
from codecheck.rules.match import Reading
from codecheck.rules.pack import Contrary, Element, Pattern, RulePack

_TEXTS_AT_ONCE = 500
FEWEST = {"satisfied": 8, "near_miss": 6, "contrary": 1, "contrary_near_miss": 1}


@dataclass(frozen=True, slots=True)
class IdlePattern:
    """A pattern that decides no case. ``number`` counts from 1; ``hidden``: it fits some, after an earlier one."""

    part: str
    number: int
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the cases of a pack leave untried.

    ``counts`` are cases by part ("6.14/twenty-working-days") and kind, without known gaps; ``idle`` the patterns that
    decide no case; ``unused`` the entries of the lexicon, by concept, that occur in no case.
    """

    results: tuple[CaseResult, ...]
    counts: Counter[tuple[str, str]]
    parts: tuple[tuple[str, tuple[str, str]], ...]
    idle: tuple[IdlePattern, ...]
    unused: dict[str, tuple[str, ...]]

    def short(self) -> list[str]:
        """Name the elements and contrary entries with fewer cases than ``FEWEST``."""
        return [
            f"{part}: {self.counts[part, kind]} {kind.replace('_', ' ')}, {FEWEST[kind]} are wanted"
            for part, kinds in self.parts
            for kind in kinds
            if self.counts[part, kind] < FEWEST[kind]
        ]

    def outnumbered(self) -> list[str]:
        """Name the elements whose near misses are not in the majority."""
        found = []
        for part, (positive, negative) in self.parts:
            good, bad = self.counts[part, positive], self.counts[part, negative]
            if positive == "satisfied" and bad <= good:
                found.append(f"{part}: {bad} near misses beside {good} satisfied")
        return found


def cover(cases: Sequence[Case], pack: RulePack, *, lexicon: bool = True) -> Coverage:
    """Run ``cases`` once and return what came of them and what they leave untried.

    Only the provisions that have a case among ``cases`` are looked at; without ``lexicon`` its entries are left out.
    """
    decided: set[tuple[str, int]] = set()
    fitted: set[tuple[str, int]] = set()
    results = []
    for case in cases:
        reading = read_statements(case_document(case.text), pack)
        results.append(run_case(case, pack, reading))
        if case.kind in ("satisfied", "contrary") and not case.todo:
            fits = _fits(reading, _entry(case, pack))
            part = f"{case.provision}/{case.part}"
            fitted.update((part, number) for number in fits)
            # Every pattern of a contrary entry counts for itself; of an element, the first that fits decides.
            decided.update((part, number) for number in (fits[:1] if case.kind == "satisfied" else fits))
    provisions = {case.provision: pack.provisions[case.provision] for case in cases}
    entries: list[tuple[str, Element | Contrary]] = []
    for pid, provision in provisions.items():
        found: tuple[Element | Contrary, ...] = (*provision.elements, *provision.contrary)
        entries += [(f"{pid}/{entry.id}", entry) for entry in found]
    idle = tuple(
        IdlePattern(part, number, _told(pattern), (part, number) in fitted)
        for part, entry in entries
        for number, pattern in enumerate(_patterns(entry), start=1)
        if (part, number) not in decided
    )
    return Coverage(
        results=tuple(results),
        counts=Counter((f"{case.provision}/{case.part}", case.kind) for case in cases if not case.todo),
        parts=tuple((part, _kinds(entry)) for part, entry in entries),
        idle=idle,
        unused=unused_entries([case.text for case in cases], pack) if lexicon else {},
    )


def unused_entries(texts: Sequence[str], pack: RulePack) -> dict[str, tuple[str, ...]]:
    """Return the entries of the pack's own lexicon, by concept, that occur in none of ``texts``."""
    left = {name: list(listed) for name, listed in pack.concepts.items() if name not in pack.borrowed}
    # Most entries are found in the first texts: what is found need not be looked for in the others.
    for at in range(0, len(texts), _TEXTS_AT_ONCE):
        together = [word for text in texts[at : at + _TEXTS_AT_ONCE] for word in words(f"{text} .")]
        run = Run.of(together, pack.lexicon)
        left = {name: [phrase for phrase in listed if not run.hits(phrase)] for name, listed in left.items() if listed}
    return {name: tuple(listed) for name, listed in left.items() if listed}


def _entry(case: Case, pack: RulePack) -> Element | Contrary:
    provision = pack.provisions[case.provision]
    entries: tuple[Element | Contrary, ...] = provision.elements if case.kind == "satisfied" else provision.contrary
    return next(entry for entry in entries if entry.id == case.part)


def _kinds(entry: Element | Contrary) -> tuple[str, str]:
    return ("satisfied", "near_miss") if isinstance(entry, Element) else ("contrary", "contrary_near_miss")


def _patterns(entry: Element | Contrary) -> tuple[Pattern, ...]:
    return entry.satisfied if isinstance(entry, Element) else entry.patterns


def _fits(reading: Reading, entry: Element | Contrary) -> list[int]:
    """Return the numbers of the patterns by which a document would satisfy (or be contrary to) an entry."""
    return [number for number, pattern in enumerate(_patterns(entry), start=1) if _alone(reading, entry, pattern)]


def _alone(reading: Reading, entry: Element | Contrary, pattern: Pattern) -> bool:
    if isinstance(entry, Contrary):
        return evaluate_contrary(reading, replace(entry, patterns=(pattern,))) is not None
    only = replace(entry, satisfied=(pattern,), weak=(), near=(), absent_is_met=False)
    return evaluate_element(reading, only).state == "satisfied"


def _told(pattern: Pattern) -> str:
    phrases = pattern_phrases(pattern)
    if not phrases and pattern.time is not None:
        return f"a time for {', '.join(pattern.time.acts) or 'anything'}"
    return " + ".join(phrases[:3])


def coverage_report(coverage: Coverage) -> str:
    """Return what is untried as lines of text, a heading with its count before each list."""
    unused = [f"<{concept}>: {phrase}" for concept, listed in coverage.unused.items() for phrase in listed]
    idle = [
        f"{one.part}: pattern {one.number}{', hidden by an earlier one' if one.hidden else ''}: {one.text}"
        for one in coverage.idle
    ]
    lists = {
        "with too few cases": coverage.short(),
        "elements whose negatives are not in the majority": coverage.outnumbered(),
        "patterns that decide no case": idle,
        "lexicon entries that occur in no case": unused,
    }
    return "".join(
        f"{len(listed)} {heading}\n" + "".join(f"  {line}\n" for line in listed) for heading, listed in lists.items()
    )
