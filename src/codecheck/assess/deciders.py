"""Who decides at a stage, by the posts that documents name, and whether two documents name different ones."""

from __future__ import annotations

from dataclasses import dataclass

from codecheck.assess.facts import OfStage
from codecheck.language.statements import Statement
from codecheck.rules.match import Match, Reading
from codecheck.rules.pack import Deciders


@dataclass(frozen=True, slots=True)
class NamedPosts:
    """The posts that a document names as deciding, and where. ``any_post`` if it may mean any ("a senior manager")."""

    posts: frozenset[str]
    any_post: bool
    matches: tuple[Match, ...]


def named_posts(reading: Reading, deciders: Deciders, speaks_for: OfStage) -> NamedPosts:
    """Return who decides at the stage of ``deciders`` by one document."""
    posts: set[str] = set()
    any_post = False
    found: list[Match] = []
    for pattern in deciders.patterns:
        for match in reading.matches(pattern, stage=deciders.stage, unstaged=False, softened=True):
            statement = match.statement
            if not speaks_for(statement, match.anchor, deciders.stage):
                continue
            here = {name for name, concept in deciders.roles.items() if _names(statement, concept)}
            open_here = any(_names(statement, concept) for concept in deciders.open)
            if here or open_here:
                posts |= here
                any_post = any_post or open_here
                found.append(match)
    return NamedPosts(frozenset(posts), any_post, tuple(found))


def differ(ours: NamedPosts, theirs: NamedPosts) -> bool:
    """Tell whether two documents certainly name different posts."""
    certain = not (ours.any_post or theirs.any_post)
    return certain and bool(ours.posts) and bool(theirs.posts) and not ours.posts & theirs.posts


def _names(statement: Statement, concept: str) -> bool:
    """Tell whether a statement's own words name a post, other than as one that is not to decide."""
    return any(not hit.negated and hit.start >= statement.own for hit in statement.run.concept(concept))
