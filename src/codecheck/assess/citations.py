"""Whether the section of the policy that a self-assessment cites exists, and is about the provision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from codecheck.assess.views import View
from codecheck.language.tokens import words
from codecheck.language.words import inflection_key
from codecheck.model import Clause
from codecheck.rules.pack import Provision

Fault = Literal["no-such-section", "other-matters"]
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
    """A citation that does not hold: ``section`` of the policy is not there, or is about something else."""

    section: str
    fault: Fault


def check_section(section: str, policy: View, provision: Provision) -> CitationFault | None:
    """Say what is wrong with citing ``section`` of the policy for ``provision``, None if nothing is.

    Nothing is said of a policy without numbered sections, where no number can be looked up.
    """
    known = {clause.section for clause in policy.document.clauses if clause.section}
    if not known:
        return None
    wanted = section.strip(". ")
    cited = [clause for clause in policy.document.clauses if _is_in(clause, wanted)]
    if not cited:
        return CitationFault(wanted, "no-such-section")
    numbers = {clause.index for clause in cited}
    if numbers & set(_deciding(policy, provision)) or _alike(cited, provision):
        return None
    return CitationFault(wanted, "other-matters")


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
    return len(asked & {key for clause in cited for key in _keys(clause.text)}) >= min(_ALIKE, len(asked))


def _keys(text: str) -> set[str]:
    return {token.key for token in words(text) if token.word.isalpha()} - _COMMON
