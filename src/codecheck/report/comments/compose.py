"""What the comments on a policy say: one for each finding at each place that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codecheck.assess.wording import REFERS_BACK
from codecheck.model import Assessment, Clause, Document, Evidence, Finding, Point
from codecheck.report.appendix import rows
from codecheck.report.comments.belonging import where_it_belongs
from codecheck.report.labels import VERDICT_LABELS
from codecheck.report.prose import recommendation_paragraphs
from codecheck.report.standing import standing
from codecheck.report.suggestions import SUGGESTED
from codecheck.rules.pack import RulePack

_ROLES = ("conflicts", "near", "supports", "cited")  # the place that says most about a finding comes first
_SAYS_PART = "This says part of what the provision requires."
_COMES_NEAR = "This comes near what the provision requires."


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on one clause of the policy: its paragraphs, the first of which names the provision."""

    clause: int
    paragraphs: tuple[str, ...]


def policy_comments(assessment: Assessment, pack: RulePack, *, notes: bool = False) -> list[Comment]:
    """Return the comments on the policy, the first of the assessment's documents, in the order of its text.

    What stands in other documents is said in the comments on the policy. Findings about another document alone (a
    self-assessment that is incomplete) have none. With ``notes`` the notes are comments too.
    """
    policy = assessment.documents[0]
    found: list[Comment] = []
    for finding in rows(assessment, notes=notes):
        if finding.id.endswith(f"/{policy.id}"):
            found += _comments(finding, assessment, pack)
    return sorted(found, key=lambda comment: comment.clause)


def _comments(finding: Finding, assessment: Assessment, pack: RulePack) -> Iterable[Comment]:
    policy = assessment.documents[0]
    evidence = [item for item in finding.evidence if item.document == policy.id and item.clause is not None]
    places = _places(finding, evidence)
    if not any(item.role in ("conflicts", "supports") for item in evidence):
        belongs = where_it_belongs(finding, places, assessment, pack)
        places = [belongs, *(place for place in places if place != belongs)]
    title = _title(finding, pack)
    main, *others = places
    # What is wrong at a place that has no comment of its own is said in the main one.
    elsewhere = [p for p in finding.points if set(p.clauses) & set(others) and main not in p.clauses]
    points = [point for point in finding.points if point not in elsewhere]
    accepted = [standing(finding)] if standing(finding) else []
    yield Comment(main, (title, *accepted, *_quoted(evidence, main, policy), *_texts(points), *_remedy(finding)))
    for place in others:
        said = _texts(point for point in elsewhere if place in point.clauses) or [_standing(evidence, place)]
        reference = _reference(policy.clauses[place], policy.clauses[main])
        yield Comment(place, (title, *_quoted(evidence, place, policy), *said, reference))


def _places(finding: Finding, evidence: Sequence[Evidence]) -> list[int]:
    """Return the clauses of the policy that a finding quotes, the one that says most about it first."""
    wrong = {clause for point in finding.points for clause in point.clauses}
    ranked = sorted(evidence, key=lambda item: (_ROLES.index(item.role), item.clause not in wrong))
    return list(dict.fromkeys(item.clause for item in ranked if item.clause is not None))


def _quoted(evidence: Sequence[Evidence], place: int, policy: Document) -> list[str]:
    """Return the words that are meant, where they are only part of the paragraph or stand outside the body."""
    clause = policy.clauses[place]
    quotes = dict.fromkeys(" ".join(item.quote.split()) for item in evidence if item.clause == place)
    whole = " ".join(clause.text.split())
    return [f"“{quote}”" for quote in quotes if clause.kind == "footnote" or quote != whole]


def _standing(evidence: Sequence[Evidence], place: int) -> str:
    """Say why words are quoted that have nothing wrong with them."""
    roles = {item.role for item in evidence if item.clause == place}
    return _SAYS_PART if "supports" in roles else _COMES_NEAR


def _title(finding: Finding, pack: RulePack) -> str:
    titles = [pack.provisions[pid].title for pid in finding.provisions if pid in pack.provisions]
    named = "Provision" if len(finding.provisions) == 1 else "Provisions"
    return f"{named} {' and '.join(finding.provisions)}: {'; '.join(titles)} ({VERDICT_LABELS[finding.verdict]})"


def _texts(points: Iterable[Point]) -> list[str]:
    return list(dict.fromkeys(point.text for point in points))


def _remedy(finding: Finding) -> Sequence[str]:
    """Return wording that would put it right, else what to do about it."""
    if finding.suggested:
        return [SUGGESTED, *finding.suggested]
    advice = ("".join(span.text for span in spans) for spans in recommendation_paragraphs(finding.recommendation))
    return [text for text in advice if not text.startswith(REFERS_BACK)]  # there is no table to refer to


def _reference(clause: Clause, main: Clause) -> str:
    """Return a sentence that leads from the comment on one clause to the main one."""
    place = _called(main)
    where = "in this section" if place == _called(clause) else f"at {place}"
    return f"What to change is said in the main comment on this provision, {where}."


def _called(clause: Clause) -> str:
    if clause.section:
        return f"section {clause.section}"
    heading = clause.text if clause.kind == "heading" else clause.headings[-1] if clause.headings else None
    return f"“{heading}”" if heading else "the start of the document"
