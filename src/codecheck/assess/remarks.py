"""Remarks: what a document other than the policy adds to the row of a provision."""

from __future__ import annotations

from dataclasses import dataclass

from codecheck.assess.quotes import Quote, quoted, sentences
from codecheck.model import Document, Evidence, Verdict


@dataclass(frozen=True, slots=True)
class Remark:
    """What one document adds to the row of a provision.

    ``quotes`` are its words. ``differs`` are sentences on how it differs from the policy and ``advice`` what to do
    about it; a remark without them is only quoted, where a row is due anyway. ``own_words`` are the words of the policy
    from which it differs. ``verdict`` is that of the row it makes by itself, None if it makes none. ``rests_on`` is
    evidence for what is told without being quoted.
    """

    document: Document
    quotes: tuple[Quote, ...] = ()
    differs: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    verdict: Verdict | None = None
    own_words: tuple[Quote, ...] = ()
    rests_on: tuple[Evidence, ...] = ()


def remarked(remark: Remark) -> list[str]:
    """Return the sentences of one other document: its words, then how they differ from the policy's."""
    return [*sentences(quoted(remark.quotes, remark.document)), *remark.differs]
