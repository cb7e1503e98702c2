"""What a row finds wrong, one by one, and the wording that would put it right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from codecheck.assess.evaluate import ElementOutcome, ProvisionOutcome
from codecheck.assess.quotes import quote_of
from codecheck.assess.remarks import Remark, remarked
from codecheck.model import Document, Point
from codecheck.rules.match import Match

WEAK_REASONS = {
    "softened": "This is worded as an aim or a possibility, and does not commit the landlord to it.",
    "days": "The period is given in days, without saying that these are working days.",
    "calendar": "The period is not given in working days.",
    "some": "This is said of some complaints or residents only.",
    "stage-1": "This is said of Stage 1 only.",
    "stage-2": "This is said of Stage 2 only.",
}


def points_against(
    outcome: ProvisionOutcome, lacking: Sequence[ElementOutcome], remarks: Sequence[Remark], document: Document
) -> Iterator[Point]:
    """Yield what is wrong with the words of the policy: contrary, too weak, or other than in another document."""
    for found in outcome.contrary:
        yield Point(found.contrary.observation, _clauses(found.matches))
    weak = [match for element in lacking for match in element.matches]
    for reason in sorted({match.why_weak for match in weak if match.why_weak in WEAK_REASONS}):
        yield Point(WEAK_REASONS[reason], _clauses(m for m in weak if m.why_weak == reason))
    for remark in remarks:
        if remark.verdict is None:
            continue
        quotes = remark.quotes if remark.document is document else remark.own_words
        said = remark.differs if remark.document is document else remarked(remark)
        yield Point(" ".join(said), tuple(dict.fromkeys(quote.clause.index for quote in quotes)))


def _clauses(matches: Iterable[Match]) -> tuple[int, ...]:
    """Return the clauses that would be quoted for matches."""
    return tuple(dict.fromkeys(quote_of(match, "conflicts").clause.index for match in matches))


def suggested(outcome: ProvisionOutcome, lacking: Sequence[ElementOutcome]) -> tuple[str, ...]:
    """Return the model clauses for what is missing, and those to stand in place of what is contrary."""
    wanted = {found.element.id for found in lacking}
    wanted.update(name for found in outcome.contrary for name in found.contrary.instead)
    return outcome.provision.model_clauses(wanted)
