"""What a rule pack holds, once loaded and checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from codecheck.language.lexicon import Lexicon
from codecheck.model import DocumentKind, PackInfo, Step, Verdict

Within = Literal["sentence", "paragraph"]


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase with the polarity that it must have: "said", "denied" or "either"."""

    phrase: str
    polarity: Literal["said", "denied", "either"] = "said"


@dataclass(frozen=True, slots=True)
class TimeTest:
    """A test of a timescale: for one of ``acts``, at most ``limit`` working days (or, with ``over``, more).

    ``triggers`` are the starting points allowed (empty: any), ``not_triggers`` those that are not; the act "none" is
    that of a timescale for which nothing is said to be done.
    """

    acts: tuple[str, ...]
    limit: float | None = None
    over: bool = False
    further: bool | None = None
    total: bool | None = None
    triggers: tuple[str, ...] = ()
    not_triggers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a pattern must have in common with another statement of the document: "the Clerk" at both stages.

    ``words`` is a phrase; what it finds within the first entry of the one pattern must be found, word for word, within
    the first entry of ``said`` in a statement that fits it.
    """

    words: str
    said: Pattern


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way of saying something. Each group of ``all_of`` needs one of its terms; no term of ``none_of`` may hit."""

    all_of: tuple[tuple[Term, ...], ...] = ()
    none_of: tuple[Term, ...] = ()
    time: TimeTest | None = None
    near: int | None = None
    within: Within = "sentence"
    heading: tuple[str, ...] = ()
    heading_lacks: tuple[str, ...] = ()
    section_has: tuple[Term, ...] = ()
    section_lacks: tuple[Term, ...] = ()
    softened: bool = False
    stage: int | None = None
    repeats: Repeat | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """The smallest thing that can be missing from a provision.

    ``says`` completes both "The policy does not say that ..." and "... to ensure it clearly explains that ...".
    ``stage`` is 1 or 2 where the words must be about that stage; ``unstaged`` lets words that name no stage count.
    ``implied_by`` names elements ("2.4/reasons") whose presence is this element's too. An ``optional`` element is
    explained but never makes a row. ``absent_is_met`` is for elements that silence satisfies ("no extra stages").
    With ``each_stage`` words that are about one stage only are half of it. ``shown_by`` are patterns by which a
    document of another kind shows it in fact (a website that links the policy).
    ``model`` is a clause of our own that satisfies it, to be offered to whoever drafts the policy.
    ``mentioned`` are signs that a procedure or web page does not leave the step out, however loosely it tells of it.
    What stands in a list of complaints that are not accepted counts only for an element that ``reads_exclusions``.
    One of ``needs`` must fit the words in which the second reader finds it: what cannot be said without some word. It
    finds nothing in words that one of ``misleading`` fits. Nothing at all is found in a sentence that one of
    ``none`` fits; words that hold for some complaints or residents only are half of it, unless it is ``for_some``.
    """

    id: str
    says: str
    satisfied: tuple[Pattern, ...]
    none: tuple[Pattern, ...] = ()
    weak: tuple[Pattern, ...] = ()
    near: tuple[Pattern, ...] = ()
    stage: int | None = None
    unstaged: bool = True
    implied_by: tuple[str, ...] = ()
    optional: bool = False
    absent_is_met: bool = False
    reads_exclusions: bool = False
    for_some: bool = False
    softened: bool = False
    each_stage: bool = False
    shown_by: Mapping[DocumentKind, tuple[Pattern, ...]] = field(default_factory=dict)
    mentioned: tuple[Pattern, ...] = ()
    needs: tuple[Pattern, ...] = ()
    misleading: tuple[Pattern, ...] = ()
    model: str = ""


@dataclass(frozen=True, slots=True)
class Contrary:
    """Something that the Code does not allow (verdict contrary), or wording too weak (partly_met).

    ``instead`` names the elements of the same provision whose model clauses can stand in place of such words. The
    second reader has no say on what is ``patterns_only``, such as names and numbers, and raises nothing in words that
    one of ``misleading`` fits. With an entry of ``raised_with`` ("5.11/discretion") this is raised too, in its words.
    What is easily read into innocent words stands only ``beside_gaps``: where the policy leaves something of the
    provision out as well.
    """

    id: str
    patterns: tuple[Pattern, ...]
    observation: str
    recommendation: str
    verdict: Verdict = "contrary"
    stage: int | None = None
    unstaged: bool = True
    unless: tuple[Pattern, ...] = ()
    quotes: int = 3
    patterns_only: bool = False
    beside_gaps: bool = False
    misleading: tuple[Pattern, ...] = ()
    instead: tuple[str, ...] = ()
    raised_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A length of time that documents must give alike, such as that for acknowledging a stage 1 complaint.

    ``says`` completes "The documents differ on ...". With ``trigger`` they must also count it from the same point. With
    ``silence`` a document that describes the stage and gives no such time differs from one that does. ``decides`` is
    the promised element that a document keeps to by giving such a time. With ``close`` the time must stand within so
    many words of what the patterns' ``all`` hits. A fact with ``step`` is a step of the process, which the Code wants
    taken within ``limit``, in working days.
    """

    id: str
    says: str
    patterns: tuple[Pattern, ...]
    stage: int | None = None
    trigger: bool = False
    silence: bool = False
    decides: str | None = None
    close: int | None = None
    step: Step | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides at a stage: documents must not name different posts for it.

    ``roles`` are the concepts of posts, by the name to print; where a document speaks of one of the concepts ``open``
    ("a senior manager"), any post may be meant. ``patterns`` find the statements that say who decides; ``says``
    completes "The documents differ on ...".
    """

    says: str
    stage: int
    patterns: tuple[Pattern, ...]
    roles: Mapping[str, str]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the documents of one landlord are compared under a provision.

    ``promised`` are the elements that a document describing ``stage`` (or the element's own stage) must not leave out
    where the policy has them; ``facts`` are the times that must agree. With ``contacts`` the Ombudsman's contact
    details are checked wherever they stand.
    """

    promised: tuple[str, ...] = ()
    stage: int | None = None
    facts: tuple[Fact, ...] = ()
    contacts: bool = False
    deciders: Deciders | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision of the Code. ``row_with`` are twins that share its row, ``refers_to`` the stage 1 twin."""

    id: str
    title: str
    tier: Literal["A", "B"]
    requirement: str
    elements: tuple[Element, ...]
    contrary: tuple[Contrary, ...] = ()
    topic: tuple[Pattern, ...] = ()
    row_with: tuple[str, ...] = ()
    refers_to: str | None = None
    compare: Comparison = field(default_factory=Comparison)
    path: str = ""

    def model_clauses(self, elements: Collection[str] | None = None) -> tuple[str, ...]:
        """The model clauses of ``elements`` (of all, if None), in the provision's order and each once."""
        chosen = (e for e in self.elements if elements is None or e.id in elements)
        return tuple(dict.fromkeys(element.model for element in chosen if element.model))

    @property
    def section(self) -> int:
        """The section of the Code, the part of the id before the dot."""
        return int(self.id.split(".")[0]) if self.id[0].isdigit() else 0


@dataclass(frozen=True)
class RulePack:
    """A rule pack: its identity, its lexicon and its provisions in the Code's order.

    ``describes`` are, for each stage, the patterns by which a document is known to describe it, not only to name it.
    ``joined`` are the identities of other packs whose provisions are in this one too, ``borrowed`` the concepts of the
    packs that it uses. ``second_reader`` is the file of the network that reads beside the patterns, "" for none.
    """

    info: PackInfo
    edition: str
    source: str
    lexicon: Lexicon
    provisions: Mapping[str, Provision]
    path: str = ""
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    describes: Mapping[int, tuple[Pattern, ...]] = field(default_factory=dict)
    joined: tuple[PackInfo, ...] = ()
    borrowed: frozenset[str] = frozenset()
    second_reader: str = ""
