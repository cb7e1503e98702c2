"""Whether the section of the policy that a self-assessment cites exists, and is about the provision."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from codecheck.assess.views import View
from codecheck.forms import cited_sections
from codecheck.language.tokens import words
from codecheck.language.words import inflection_key
from codecheck.model import Clause
from codecheck.rules.pack import Provision

Fault = Literal["no-such-section", "no-numbers", "other-matters"]
# Without a document's name, "section 4.2" is taken for the policy's; "at 9.30" and "contract clause 31" are not.
_POLICY_PLACE = re.compile(r"(?:sub-?sections?|sections?|sect?s?\.?|s\.|§|paragraphs?|paras?\.?)", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"‘'](?P<name>[^“”\"‘\n]{3,90}?)[”\"’'](?![a-z])")
# Words of the Code that stand in every second provision, and tell nothing of what it is about.
_COMMON = frozenset(
    inflection_key(word)
    for word in (
        "landlord resident complaint complain must should policy process procedure provide provision code section "
        "stage include including ensure set out this that these those which who whom with within where when from into "
        "their they them it its for the and not any all are is be been being has have was were will can may a an of to "
        "in on at by or as if such other each own about than no out up also clear clearly make made"
    ).split()
)
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class CitationFault:
    """A citation that does not hold: ``place`` of the policy is not there, or is about something else.

    ``clauses`` are what stands there instead.
    """

    place: str
    fault: Fault
    clauses: tuple[Clause, ...] = ()

    def __str__(self) -> str:
        if self.fault == "other-matters":
            return (
                f"In its self-assessment the landlord states that this can be evidenced in {self.place} of its "
                "complaints policy, but that relates to other matters."
            )
        why = "the policy has no numbered sections" if self.fault == "no-numbers" else "no such section exists"
        return f"In its self-assessment the landlord references {self.place} of its complaints policy, but {why}."


def citation_faults(evidence: str, policy: View, provision: Provision) -> Iterator[CitationFault]:
    """Yield what is wrong with the places of the policy that ``evidence`` cites for ``provision``.

    A place is cited by its number ("section 2.3.1") or by its heading in quotation marks.
    """
    citations = [
        one
        for one in cited_sections(evidence)
        # "See 5.6" names no document, and in a form may mean another of its rows.
        if one.document == "policy"
        or (one.section not in policy.pack.provisions and _POLICY_PLACE.match(one.quote) is not None)
    ]
    for citation in citations:
        if citation.section is not None:
            section = citation.section.strip(". ")
            cited = tuple(clause for clause in policy.document.clauses if _is_in(clause, section))
            fault = _check(cited, policy, provision)
            if fault is not None:
                yield CitationFault(f"section {section}", fault, cited)
    if any(citation.document == "policy" for citation in citations):
        headings = {_plain(clause.text) for clause in policy.document.clauses if clause.kind == "heading"}
        for found in _QUOTED.finditer(evidence):
            name = _plain(found["name"])
            cited = _under(policy, name)
            if name in headings and _is_elsewhere(cited, policy, provision):
                yield CitationFault(f'the section "{found["name"].strip()}"', "other-matters", cited)


def _check(cited: Sequence[Clause], policy: View, provision: Provision) -> Fault | None:
    if not any(clause.section for clause in policy.document.clauses):
        return "no-numbers"
    if not cited:
        return "no-such-section"
    return "other-matters" if _is_elsewhere(cited, policy, provision) else None


def _is_elsewhere(cited: Sequence[Clause], policy: View, provision: Provision) -> bool:
    """Tell whether nothing in the cited clauses is about the provision."""
    numbers = {clause.index for clause in cited}
    return not numbers & set(_deciding(policy, provision)) and not _alike(cited, provision)


def _under(policy: View, heading: str) -> tuple[Clause, ...]:
    return tuple(c for c in policy.document.clauses if heading in {_plain(c.text), *map(_plain, c.headings)})


def _plain(text: str) -> str:
    return " ".join(word.word for word in words(text) if word.word.isalnum())


def _is_in(clause: Clause, section: str) -> bool:
    own = clause.section or ""
    return own == section or own.startswith((f"{section}.", f"{section}("))


def _deciding(policy: View, provision: Provision) -> Iterator[int]:
    """Yield the clauses of the policy in which anything is said on the provision, well or badly."""
    outcome = policy.outcomes.get(provision.id)
    if outcome is None:
        return
    for entry in outcome.contrary:
        yield from (match.statement.clause.index for match in entry.matches)
    for element in provision.elements:
        for pattern in (*element.satisfied, *element.weak, *element.near):
            for match in policy.reading.matches(pattern, stage=None, unstaged=True, softened=True):
                yield match.statement.clause.index
    for pattern in provision.topic:
        for match in policy.reading.matches(pattern, stage=None, unstaged=True, softened=True):
            yield match.statement.clause.index


def _alike(cited: Iterable[Clause], provision: Provision) -> bool:
    """Tell whether a section uses words of the provision's own: then it is about the same thing, however it is put."""
    asked = _keys(provision.requirement)
    # What is written of practice is too various for as many words in common to be asked for.
    fewest = _ALIKE if provision.tier == "A" else _ALIKE - 1
    return len(asked & {key for clause in cited for key in _keys(clause.text)}) >= min(fewest, len(asked))


def _keys(text: str) -> set[str]:
    return {token.key for token in words(text) if token.word.isalpha()} - _COMMON
