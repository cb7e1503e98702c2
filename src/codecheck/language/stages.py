"""Which stage of the complaints process a word stands for: from the sentence, its headings or its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from codecheck.language.stream import Hit, Run
from codecheck.language.tokens import SENTENCE_END, Token, words

STAGE_CONCEPTS: Mapping[str, frozenset[int]] = {
    "stage.1": frozenset({1}),
    "stage.2": frozenset({2}),
    "stage.both": frozenset({1, 2}),
    "stage.after-1": frozenset({2}),
    "stage.other": frozenset({3}),
}
# Words that point to a stage without naming one ("your appeal", "when you first contact us").
IMPLIED_CONCEPTS: Mapping[str, frozenset[int]] = {"implied.2": frozenset({2}), "implied.1": frozenset({1})}
# "A right of appeal to the First-tier Tribunal", which is no stage.
_ELSEWHERE = "implied.elsewhere"

_NAMED = re.compile(
    r"stage\s*(1|one|i|2|two|ii)\b\s*(?:[-:–—(,]|is|called|known as|the)*\s*[\"“'‘]?([A-Z][\w’' -]{2,40})?",
    re.IGNORECASE,
)
_THIRD_STEP = re.compile(r"\W*step\s*(3|4|5|6|7|three|four|five|six|seven)\b", re.IGNORECASE)
# "First go (we call it stage one)": a name that stands before its stage.
_NAMED_BEFORE = re.compile(
    r"^\W*([A-Z][\w’'-]*(?: [\w’'-]+){1,3})\s*[(\[](?:[\w’']+ ){0,4}stage\s*(1|one|i|2|two|ii)\s*[)\]]", re.IGNORECASE
)
_ROUNDS = frozenset("go look round step turn review investigation reconsideration hearing answer reply enquiry".split())
_EACH = frozenset("both each either every whichever".split())
_TIME_UNITS = frozenset({"day", "week", "month"})
_STAGE = frozenset({"stage", "stages"})
_BOTH_NAMED = frozenset({"stage", "stages", "process", "appeal", "escalation", "review"})
_ORDINALS = {"first": 1, "second": 2}
_ELLIPSIS = frozenset({".", ",", ";", ":", "and", "or", "is", "within", "it", "by"})
# "As at stage 1", "the same as in the first stage", "like stage 1", "as with stage 1".
_COMPARING = frozenset({"as", "like", "unlike"})
_AT_STAGE = frozenset({"at", "in", "for", "under", "during", "the", "with"})
_ARTICLES = frozenset({"the", "a", "an", "any", "every", "our", "your"})
_BEFORE_STAGE = _AT_STAGE | _ARTICLES
_BETWEEN_PAIRS = frozenset(
    ", and or & again also once more one that those then at in for on under the our both".split()
)
_ANOTHER_PERSON = re.compile(r"(?:, )?(?:and|or) (?:the |a |an |our )?[a-z]+(?: [a-z]+)? (?:at|in|for)(?: the)?")
_SUBJECT = 6
_DONE = frozenset("was were had been taken made given handled reached".split())
_DONE_REACH = 7
_JOINING = frozenset({"and", "or", "&"})
_PARTING = frozenset({",", ";", ":", ".", "and", "or", "but"})
# The longest sentence that can be a heading, and the words that make it more than one.
_RUN_IN = 9
_MODAL = frozenset("will shall must may can should is are be was were has have we you they it".split())
# "Under clause 6" names the stage that the heading of clause 6 names.
SECTION_WORDS = ("clause", "section", "part", "paragraph")
_NUMERALS = {"1": 1, "one": 1, "i": 1, "2": 2, "two": 2, "ii": 2}
_NOT_A_NAME = frozenset("complaint complaints response process timescales procedure of how we what the a".split())
_OWN_NAME = r"(?:(?-i:[A-Z])[\w’'-]+\s+){1,3}(?-i:[A-Z])[\w’'-]+"
_TOLD = (
    # "the Clerk's Answer, which the Code calls stage 1", "the First Look (stage 1)"
    rf"(?P<name>{_OWN_NAME}),?\s+which\s+[^.;,]{{1,40}}?\s(?:calls?|terms?|names?|knows? as)\s+(?:a |the )?[“\"'‘]?"
    r"stage\s+(?P<number>1|one|2|two)\b",
    rf"(?P<name>{_OWN_NAME})\s+\((?:[^()]{{0,30}}\s)?stage\s+(?P<number>1|one|2|two)\b[^()]{{0,20}}\)",
    # "stage 1, which we call the First Look"
    r"stage\s+(?P<number>1|one|2|two),?\s+\(?(?:which\s+)?[^.;,()]{0,30}?\b(?:calls?|called|known as|named|termed)\s+"
    rf"(?:it\s+)?(?:the |our )?[“\"'‘]?(?P<name>{_OWN_NAME})",
)
# "Two stages, which are known as investigation and review": what each is called, in their order.
_PAIR_TOLD = re.compile(
    r"\b(?:two|2)[- ]stages?\b(?: \w+)?[,:;]?\s*[–—(-]?\s*(?:(?:which|these|they|that)\s+(?:are|we)\s+)?(?:are\s+)?"
    r"(?:(?:known|referred to) as|calls?|called|named|termed|namely)?\s*"
    r"(?:(?:the|an?|our)\s+)?[“\"'‘]?(?P<one>[a-z][\w-]*(?: [\w-]+)?)[”\"'’]?,? and\s+(?:(?:then|the|an?|our)\s+)*"
    r"[“\"'‘]?(?P<two>[a-z][\w-]*(?: [\w-]+)?)[”\"'’]?\s*[.,;:)–—]",
    re.IGNORECASE,
)
# "The first stage", "Our stage 1, ...", "It is what the Code calls stage 2": the meaning of a name.
_STAGE_MEANT = re.compile(
    r"\W*(?:(?:this|it)\s+is\s+)?(?:(?:the|our)\s+)?(?:stage\s+(?P<number>1|one|2|two)|(?P<ordinal>first|second)\s+stage)\b"
    r"|.*\b(?:calls?|known as)\s+(?:it |this )?(?:its |the )?[“\"'‘]?stage\s+(?P<called>1|one|2|two)\b",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of one or both stages at a token position; ``aside`` if it only says who somebody is."""

    start: int
    end: int
    stages: frozenset[int]
    explicit: bool = True
    aside: bool = False


def mentions(run: Run, names: Mapping[str, int]) -> tuple[Mention, ...]:
    """Return the mentions of stages in ``run`` in order; ``names`` are the document's own names for its stages."""
    found = [
        Mention(hit.start, hit.end, stages, explicit=concept != "stage.both" or _names_stages(run.tokens, hit))
        for concept, stages in STAGE_CONCEPTS.items()
        for hit in run.concept(concept)
        if not (concept == "stage.both" and _numbered(run.tokens, hit.end))
    ]
    found += list(_own_names(run, names))
    found += list(_the_second(run.tokens, found))
    found = [m for m in found if not _compared(run.tokens, m.start) and not _arrives(run.tokens, m)]
    found = _paired(_without_overlaps(found), run.tokens)
    found = [replace(m, explicit=False, aside=True) if _of_a_person(run.tokens, m.start) else m for m in found]
    for concept, stages in IMPLIED_CONCEPTS.items():
        for hit in run.concept(concept):
            if not any(m.start < hit.end and hit.start < m.end for m in found):
                found.append(Mention(hit.start, hit.end, stages, explicit=False))
    elsewhere = run.concept(_ELSEWHERE)
    if elsewhere:
        found = [m for m in found if not any(m.start < hit.end and hit.start < m.end for hit in elsewhere)]
    return tuple(sorted(_without_overlaps(found), key=lambda m: m.start))


def looking_back(
    found: Iterable[Mention], tokens: Sequence[Token], own: int, above: frozenset[int], carried: frozenset[int]
) -> tuple[Mention, ...]:
    """Return the mentions of a statement, those set aside that only look back from stage 2 to stage 1.

    ``above`` are the stages that its heading names, ``carried`` that of what stands before it; its own words begin at
    ``own``. Under "Stage 2", "The stage 1 decision is looked at afresh, and we reply within 20 working days" is about
    stage 2, and so is "She reviews how it was handled at stage 1" after words on stage 2; "Stage 1: ..." is not.
    """
    found = tuple(found)
    explicit = [mention for mention in found if mention.explicit]
    if not explicit or any(one.stages != {1} or one.start <= own for one in explicit):
        return found
    if above != {2} and not (carried == {2} and all(_after_what_was_done(tokens, one.start) for one in explicit)):
        return found
    return tuple(replace(one, explicit=False, aside=True) if one in explicit else one for one in found)


def _after_what_was_done(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether what stands close before a stage says what was done at it: "how it was handled at"."""
    return any(tokens[at].word in _DONE for at in range(max(0, start - _DONE_REACH), start))


def run_in(found: Sequence[Mention], tokens: Sequence[Token], own: int) -> frozenset[int]:
    """Return the stage that a sentence names as a heading on the line of its paragraph: "Stage 2 (a director)."

    ``own`` is where its own words begin. The empty set if it names none so, or more than one.
    """
    first = next((mention for mention in found if mention.explicit), None)
    if first is None or len(first.stages) != 1 or len(tokens) - own > _RUN_IN:
        return frozenset()
    opening = {tokens[k].word for k in range(own, first.start)}
    alone = all(mention.stages == first.stages for mention in found)
    return first.stages if opening <= _AT_STAGE and alone and not _MODAL & {t.word for t in tokens} else frozenset()


def _compared(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a stage is named only to compare another with it: "As at stage 1, the director may decide ..."."""
    at = start - 1
    if tokens[start].word == "step" and at >= 0 and tokens[at].word in {"from", "of", "after", "see"}:
        return True  # a step of a numbered procedure
    while at >= 0 and start - at <= 3 and tokens[at].word in _BEFORE_STAGE:
        at -= 1
    if at < 0 or tokens[at].word not in _COMPARING:
        return False
    if tokens[at].word == "as" and any(token.word == "same" for token in tokens[max(0, at - 3) : at]):
        return True  # "in the same way as stage 1"
    # "logged as a stage 1 complaint" compares nothing.
    return tokens[at].word != "as" or any(tokens[k].word not in _ARTICLES for k in range(at + 1, start))


def _of_a_person(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a stage is named only to say who somebody is: "the Chair, who took no part in stage 1, replies"."""
    for at in range(start - 1, max(-1, start - 13), -1):
        if tokens[at].word in {"who", "whom", "whose"}:
            return True
        if tokens[at].word in SENTENCE_END or tokens[at].word in {",", ":", "will", "shall", "must"}:
            return False
    return False


def _arrives(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell "after a stage 1 complaint reaches us" and "after that our stage 1 decision" from "after stage 1"."""
    if tokens[mention.start].word not in {"after", "following"}:
        return False
    following = tokens[mention.end].key if mention.end < len(tokens) else "."
    return following in {"complaint", "acknowledgement"} or tokens[mention.start + 1].word == "that"


def stages_at(found: tuple[Mention, ...], position: int, tokens: Sequence[Token] = ()) -> frozenset[int]:
    """Return the stages for which the words at token ``position`` speak; the empty set if there is no mention.

    They are those of the last mention before them, or of the first one after if there is none before, or if only that
    one stands in the same part of the sentence: "10 working days at stage 1 and 20 working days at stage 2".
    """
    explicit = [m for m in found if m.explicit] or list(found)
    before = [m for m in explicit if m.start <= position]
    after = [m for m in explicit if m.start > position]
    if before and after and _parted(tokens, before[-1].end, position) and _beside(tokens, position, after[0].start):
        return after[0].stages
    if before:
        return before[-1].stages
    if after and any(tokens[k].word in SENTENCE_END for k in range(position, min(after[0].start, len(tokens)))):
        # Said before any stage is named, in a paragraph that goes on to name them: it is about all of those.
        return frozenset().union(*(m.stages for m in after))
    return after[0].stages if after else frozenset()


def _paired(found: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Make one mention of two that stand together: "at stage 1 and again at stage 2"."""
    paired: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start):
        last = paired[-1] if paired else None
        if last is not None and _joined(tokens, last, mention):
            paired[-1] = Mention(last.start, mention.end, last.stages | mention.stages)
        else:
            paired.append(mention)
    return paired


def _joined(tokens: Sequence[Token], first: Mention, second: Mention) -> bool:
    """Tell whether no more than "and again at" stands between, or they say who acts at the one and at the other."""
    between = [tokens[k].word for k in range(first.end, second.start)]
    if 0 < len(between) <= 6 and _JOINING & set(between) and set(between) <= _BETWEEN_PAIRS:
        return True
    # "The Clerk at the first stage or the Trustee at the second shall decide".
    at = second.end + (second.end < len(tokens) and tokens[second.end].word == ",")
    acts = at < len(tokens) and tokens[at].word in {"will", "shall", "must", "may", "can", "should", "decides"}
    return acts and first.start <= _SUBJECT and _ANOTHER_PERSON.fullmatch(" ".join(between)) is not None


def _parted(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(tokens[k].word in _PARTING for k in range(start, min(end, len(tokens))))


def _beside(tokens: Sequence[Token], start: int, end: int) -> bool:
    units = sum(tokens[k].key in _TIME_UNITS for k in range(start, min(end, len(tokens))))
    return units <= 1 and not _parted(tokens, start, end)


def is_third_step(text: str) -> bool:
    """Tell whether a text begins with a step that no stage can be: "Step 3: we investigate"."""
    return _THIRD_STEP.match(text) is not None


def stage_names(headings: Iterable[str]) -> dict[str, int]:
    """Read a document's own names for its stages from its headings: "Stage one: Investigation" names stage 1.

    Returns names in lower case with the stage each stands for; generic words are left out.
    """
    names: dict[str, int] = {}
    shared: set[str] = set()  # "If you need longer (stage 1)", and later "(stage 2)", is a name of neither
    for heading in headings:
        before = _NAMED_BEFORE.search(heading)
        if before is not None and not _NOT_A_NAME & set(before.group(1).lower().split()):
            name, stage = before.group(1).lower(), _NUMERALS[before.group(2).lower()]
            if names.setdefault(name, stage) != stage:
                shared.add(name)
            continue
        match = _NAMED.search(heading)
        if match is None or not match.group(2):
            continue
        name = match.group(2).strip(" -’'").lower()
        own = name.split()
        if 1 <= len(own) <= 3 and not _NOT_A_NAME & set(own):
            names[name] = _NUMERALS[match.group(1).lower()]
    return {name: stage for name, stage in names.items() if name not in shared}


def told_names(texts: Iterable[str]) -> dict[str, int]:
    """Read a document's own names for its stages from its sentences: "the First Look, which the Code calls stage 1".

    Returns names as ``stage_names`` does: those that may stand for the stage by themselves.
    """
    names: dict[str, int] = {}
    for text in texts:
        if "stage" not in text.lower():
            continue
        for told in _TOLD:
            for found in re.finditer(told, text, re.IGNORECASE):
                name = [token.word for token in words(found["name"]) if token.word not in _NOT_A_NAME]
                if len(name) > 1 and name[-1] in _ROUNDS:
                    names[" ".join(name)] = _NUMERALS[found["number"].lower()]
        pair = _PAIR_TOLD.search(text)
        both = [pair[group].lower().removesuffix(" stage") for group in ("one", "two")] if pair is not None else []
        if both and all(name.split()[-1] in _ROUNDS for name in both) and both[0] != both[1]:
            names |= {both[0]: 1, both[1]: 2}
    return names


def meant_names(meanings: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Read a document's own names for its stages from a glossary's pairs of name and meaning."""
    names: dict[str, int] = {}
    for name, meaning in meanings:
        found = _STAGE_MEANT.match(meaning)
        own = [token.word for token in words(name) if token.word not in _ARTICLES]
        if found is None or not 1 < len(own) <= _LONGEST_NAME or _STAGE & set(own):
            continue
        if own[-1] not in _ROUNDS and own[-1] not in _NUMERALS and own[0] not in _ORDINALS:
            continue
        said = next(filter(None, found.groups()))
        names[" ".join(own)] = _NUMERALS.get(said.lower()) or _ORDINALS[said.lower()]
    return names


def _names_stages(tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell "at both stages" from "any extension", which under the heading "Stage 1" means stage 1."""
    return any(tokens[k].word in _BOTH_NAMED for k in range(hit.start, hit.end))


def _numbered(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether "any stage" goes on to name one: "any stage 2 extension"."""
    return tokens[at - 1].word in _STAGE and at < len(tokens) and tokens[at].word in _NUMERALS


def _the_second(tokens: Sequence[Token], found: Sequence[Mention]) -> Iterable[Mention]:
    """Yield mentions without the word: "10 working days at the first stage and 20 at the second"."""
    if not found:
        return
    for at in range(1, len(tokens) - 1):
        following = tokens[at + 1].word
        elliptic = tokens[at].word in _ORDINALS and tokens[at - 1].word == "the"
        elliptic &= following in _ELLIPSIS or (following in _MODAL and tokens[at - 2].word in _AT_STAGE)
        if elliptic and any(m.end <= at - 1 and tokens[m.end - 1].word in _STAGE for m in found):
            yield Mention(at, at + 1, frozenset({_ORDINALS[tokens[at].word]}))


def _own_names(run: Run, names: Mapping[str, int]) -> Iterable[Mention]:
    written = [token.word for token in run.tokens]
    there = set(written)
    for name, stage in names.items():
        wanted = _words_of_name(name)
        if wanted[0] not in there:
            continue
        for at in range(len(written) - len(wanted) + 1):
            if written[at] == wanted[0] and tuple(written[at : at + len(wanted)]) == wanted:
                yield Mention(at, at + len(wanted), frozenset({stage}))
        # "The reply at investigation", of a stage that is known as that.
        if len(wanted) == 2 and wanted[1] == "stage":
            for at in range(1, len(written)):
                if written[at] == wanted[0] and written[at - 1] == "at":
                    yield Mention(at, at + 1, frozenset({stage}))
    if not there & _EACH:
        return
    # "Whichever Answer you are waiting for", where one stage is the Clerk's Answer and the other the Trustees' Answer.
    last = [{name.split()[-1] for name, stage in names.items() if stage == one} & _ROUNDS for one in (1, 2)]
    for at in range(len(written) - 1):
        if written[at] in _EACH and written[at + 1].removesuffix("s") in last[0] & last[1]:
            yield Mention(at, at + 2, frozenset({1, 2}))


@lru_cache(maxsize=512)
def _words_of_name(name: str) -> tuple[str, ...]:
    """Return the words by which a document's own name for a stage is known."""
    parts = tuple(token.word for token in words(name.replace("-", " ")))
    # "Review" may mean other things; "first go" or "senior review" names the stage by itself.
    alone = parts[-1] == "stage" or (len(parts) > 1 and (parts[-1] in _ROUNDS or parts[0] in SECTION_WORDS))
    return parts if alone else (*parts, "stage")


def _without_overlaps(found: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return kept
