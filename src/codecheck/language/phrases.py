"""The phrase language of rule packs, and its matcher.

A phrase is what a rule author writes in YAML instead of a regular expression::

    acknowledge complaint          both words, in any inflection; "your", "the", "promptly" may stand between
    =will                          exactly this form
    acknowledg*                    anything that begins so
    (reply|write back|get back)    one of these
    [full] response                "full" may be missing
    reply ... week                 up to 6 words between (".." up to 2, "...." up to 15), within one sentence
    #                              a number in digits
    <ombudsman>                    any phrase of that concept of the lexicon

spaCy's Matcher was measured first: 2,000 patterns over a policy of 4,900 tokens took 0.85 s, and its patterns cannot
name one another. Here a phrase is tried only where its first word occurs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from codecheck.language.tokens import SENTENCE_END, Token
from codecheck.language.words import inflection_key

GAPS = {"..": 2, "...": 6, "....": 15}
FILLERS = frozenset(
    (
        "the a an your their our his her its my any this that these those such all also then clearly fully "
        "promptly always formally simply directly properly carefully personally immediately quickly please , "
        "both each"
    ).split()
) - {"all", "any", "both", "each", "formally"}
_MAX_FILLERS = 2


class PhraseError(ValueError):
    """A phrase that is not well formed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``how`` is "key" (any inflection), "exact", "prefix" or "number"."""

    text: str
    how: str

    def step(self, matcher: Matcher, position: int) -> Iterable[int]:
        """Return the positions after a match at ``position``; so do all nodes."""
        tokens = matcher.tokens
        return (position + 1,) if position < len(tokens) and self.fits(tokens[position]) else ()

    def fits(self, token: Token) -> bool:
        """Tell whether a token is an instance of this word."""
        if self.how == "key":
            return token.key == self.text
        if self.how == "exact":
            return token.word == self.text
        if self.how == "prefix":
            return token.word.startswith(self.text)
        return token.word[0].isdigit()


@dataclass(frozen=True, slots=True)
class Words:
    """One of several single words, looked up together; ``optional`` if it may be missing."""

    options: tuple[Word, ...]
    keys: frozenset[str]
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    number: bool
    optional: bool

    def step(self, matcher: Matcher, position: int) -> Iterable[int]:
        """Return the positions after a match at ``position``."""
        tokens = matcher.tokens
        if position < len(tokens):
            token = tokens[position]
            if (
                token.key in self.keys
                or token.word in self.exact
                or (self.prefixes and token.word.startswith(self.prefixes))
                or (self.number and token.word[0].isdigit())
            ):
                return (position, position + 1) if self.optional else (position + 1,)
        return (position,) if self.optional else ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; ``optional`` if none of them will do as well.

    ``by_key`` and ``by_word`` find the options that begin with a word; ``others`` must all be tried.
    """

    options: tuple[tuple[Node, ...], ...]
    optional: bool
    by_key: dict[str, tuple[tuple[Node, ...], ...]]
    by_word: dict[str, tuple[tuple[Node, ...], ...]]
    others: tuple[tuple[Node, ...], ...]

    def step(self, matcher: Matcher, position: int) -> Iterable[int]:
        """Return the positions after a match at ``position``."""
        reached = {position} if self.optional else set()
        if position < len(matcher.tokens):
            token = matcher.tokens[position]
            for options in (self.by_key.get(token.key, ()), self.by_word.get(token.word, ()), self.others):
                for option in options:
                    reached |= matcher.ends(option, position)
        return reached


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words of any kind within the sentence."""

    most: int

    def step(self, matcher: Matcher, position: int) -> Iterable[int]:
        """Return the positions that can be reached from ``position``."""
        tokens = matcher.tokens
        end = position
        while end - position < self.most and end < len(tokens) and tokens[end].word not in SENTENCE_END:
            end += 1
        return range(position, end + 1)


@dataclass(frozen=True, slots=True)
class Ref:
    """Any phrase of a concept."""

    name: str

    def step(self, matcher: Matcher, position: int) -> Iterable[int]:
        """Return the positions after a match at ``position``."""
        return matcher.spans(self.name).get(position, ())


Node = Word | Words | Choice | Gap | Ref
Sequence_ = tuple[Node, ...]
Spans = Callable[[str], dict[int, tuple[int, ...]]]

_LEXEMES = re.compile(r"(\.{2,}|<[^<>]+>|[()\[\]|]|=?[^\s()\[\]|<>]+)")


def parse(phrase: str) -> Sequence_:
    """Parse a phrase; raise PhraseError, saying what is wrong, if it is not well formed."""
    lexemes = _lexemes(phrase)
    nodes, rest = _options(lexemes, 0, "")
    if rest != len(lexemes):
        raise PhraseError(f"unexpected {lexemes[rest]!r} in {phrase!r}")
    sequence = nodes[0]
    if not sequence or can_be_empty(sequence):
        raise PhraseError(f"{phrase!r} would match an empty text")
    if isinstance(sequence[0], Gap) or isinstance(sequence[-1], Gap):
        raise PhraseError(f"{phrase!r} begins or ends with a gap: put a word or a concept there")
    return sequence


def _lexemes(phrase: str) -> list[str]:
    if ("<" in phrase or ">" in phrase) and _LEXEMES.sub("", phrase).strip():
        raise PhraseError(f"cannot read {phrase!r}: a concept stands between < and >")
    found: list[str] = _LEXEMES.findall(phrase)
    return found


def _options(lexemes: list[str], at: int, closer: str) -> tuple[tuple[Sequence_, ...], int]:
    options: list[Sequence_] = []
    current: list[Node] = []
    # "a|b c" at the top level would be ambiguous to a reader: single words may be joined by "|" without brackets.
    while at < len(lexemes):
        lexeme = lexemes[at]
        if lexeme == closer:
            return (*options, tuple(current)), at + 1
        if lexeme == "|":
            if not closer:
                raise PhraseError("put alternatives in brackets: (reply|write back)")
            options.append(tuple(current))
            current = []
            at += 1
            continue
        if lexeme in ("(", "["):
            inner, at = _options(lexemes, at + 1, ")" if lexeme == "(" else "]")
            current.append(_choice(inner, optional=lexeme == "["))
            continue
        current.append(_node(lexeme))
        at += 1
    if closer:
        raise PhraseError(f"{closer!r} is missing")
    return (*options, tuple(current)), at


def _choice(options: tuple[Sequence_, ...], *, optional: bool) -> Node:
    # "(to|for|)" reads as "[to|for]".
    optional = optional or not all(options)
    options = tuple(option for option in options if option)
    words = [option[0] for option in options if len(option) == 1 and isinstance(option[0], Word)]
    if len(words) < len(options):
        return _sorted_choice(options, optional)
    return Words(
        options=tuple(words),
        keys=frozenset(word.text for word in words if word.how == "key"),
        exact=frozenset(word.text for word in words if word.how == "exact"),
        prefixes=tuple(word.text for word in words if word.how == "prefix"),
        number=any(word.how == "number" for word in words),
        optional=optional,
    )


def _sorted_choice(options: tuple[Sequence_, ...], optional: bool) -> Choice:
    by_key: dict[str, tuple[Sequence_, ...]] = {}
    by_word: dict[str, tuple[Sequence_, ...]] = {}
    others: list[Sequence_] = []
    for option in options:
        first = option[0] if option else None
        if isinstance(first, Word) and first.how == "key":
            by_key[first.text] = (*by_key.get(first.text, ()), option)
        elif isinstance(first, Word) and first.how == "exact":
            by_word[first.text] = (*by_word.get(first.text, ()), option)
        else:
            others.append(option)
    return Choice(options, optional, by_key, by_word, tuple(others))


@lru_cache(maxsize=20_000)
def _node(lexeme: str) -> Node:
    if lexeme in GAPS:
        return Gap(GAPS[lexeme])
    if lexeme.startswith(".") and lexeme != ".":
        raise PhraseError(f"{lexeme!r}: a gap is '..', '...' or '....'")
    if lexeme.startswith("<"):
        return Ref(lexeme[1:-1].strip())
    if lexeme in (")", "]", ">"):
        raise PhraseError(f"{lexeme!r} without its opening bracket")
    lexeme = lexeme.lower()
    if lexeme == "#":
        return Word("#", "number")
    if lexeme.startswith("="):
        return Word(lexeme[1:], "exact")
    if lexeme.endswith("*"):
        if len(lexeme) < 4:
            raise PhraseError(f"{lexeme!r} is too short a beginning: give at least three letters")
        return Word(lexeme[:-1], "prefix")
    if ".." in lexeme or not re.fullmatch(r"[a-z0-9][a-z0-9'.,&£@]*|[?.:;,&£@]", lexeme):
        raise PhraseError(f"{lexeme!r} can never match: write words without hyphens or quotation marks")
    return Word(inflection_key(lexeme), "key")


def can_be_empty(sequence: Sequence_) -> bool:
    """Tell whether a sequence could match no word at all."""
    for node in sequence:
        if isinstance(node, Choice):
            if not node.optional and not any(can_be_empty(option) for option in node.options):
                return False
        elif isinstance(node, Words):
            if not node.optional:
                return False
        elif not isinstance(node, Gap):
            return False
    return True


def references(sequence: Sequence_) -> Iterator[str]:
    """Yield the names of the concepts that a sequence refers to."""
    for node in sequence:
        if isinstance(node, Ref):
            yield node.name
        elif isinstance(node, Choice):
            for option in node.options:
                yield from references(option)


def first_words(sequence: Sequence_) -> tuple[list[Word], list[str]]:
    """Return the words and the concepts with which a match of ``sequence`` can begin."""
    found_words: list[Word] = []
    found_refs: list[str] = []
    for node in sequence:
        if isinstance(node, Word):
            found_words.append(node)
            break
        if isinstance(node, Words):
            found_words.extend(node.options)
            if not node.optional:
                break
        if isinstance(node, Ref):
            found_refs.append(node.name)
            break
        if isinstance(node, Choice):
            for option in node.options:
                inner_words, inner_refs = first_words(option)
                found_words += inner_words
                found_refs += inner_refs
            if not node.optional and not any(can_be_empty(option) for option in node.options):
                break
    return found_words, found_refs


class Matcher:
    """Matches sequences against one run of tokens.

    ``spans`` gives the matches of a concept by their start, ``places`` the positions of a word, in order.
    """

    def __init__(self, tokens: Sequence[Token], spans: Spans, places: Callable[[Word], Sequence[int]]) -> None:
        self.tokens = tokens
        self.spans = spans
        self._places = places
        self._starts: dict[int, Sequence[int] | None] = {}
        self._stops = [at for at, token in enumerate(tokens) if token.word in SENTENCE_END] + [len(tokens)]

    def ends(self, sequence: Sequence_, start: int) -> set[int]:
        """Return the token positions at which a match of ``sequence`` from ``start`` can end."""
        positions = set(sequence[0].step(self, start))
        gap: Gap | None = None
        for node in sequence[1:]:
            if not positions:
                break
            if isinstance(node, Gap):
                if gap is not None:
                    positions = {end for position in positions for end in gap.step(self, position)}
                gap = node
                continue
            reached: set[int] = set()
            for position in positions:
                if gap is None:
                    self._with_fillers(node, position, reached)
                else:
                    self._after_gap(gap, node, position, reached)
            positions, gap = reached, None
        return positions

    def _with_fillers(self, node: Node, position: int, reached: set[int]) -> None:
        """Add to ``reached`` the ends of ``node`` at ``position``, or after words such as "the" that mean nothing."""
        reached.update(node.step(self, position))
        for _ in range(_MAX_FILLERS):
            if position >= len(self.tokens) or self.tokens[position].word not in FILLERS:
                return
            position += 1
            reached.update(node.step(self, position))

    def _after_gap(self, gap: Gap, node: Node, position: int, reached: set[int]) -> None:
        """Add to ``reached`` the ends of ``node`` after ``gap``: it is tried only where it can begin."""
        starts = self._starts_of(node)
        if starts is None:
            for begin in gap.step(self, position):
                self._with_fillers(node, begin, reached)
            return
        limit = min(position + gap.most, self._stops[bisect_left(self._stops, position)])
        last = limit
        while last - limit < _MAX_FILLERS and last < len(self.tokens) and self.tokens[last].word in FILLERS:
            last += 1
        for at in range(bisect_left(starts, position), bisect_right(starts, last)):
            reached.update(node.step(self, starts[at]))

    def _starts_of(self, node: Node) -> Sequence[int] | None:
        """Return the positions, in order, at which ``node`` can begin, or None if it may match no word at all."""
        key = id(node)  # a node lives as long as the lexicon, and a Choice cannot be hashed
        if key not in self._starts:
            if can_be_empty((node,)):
                self._starts[key] = None
            else:
                words, refs = first_words((node,))
                found = {at for word in words for at in self._places(word)}
                found.update(at for name in refs for at in self.spans(name))
                self._starts[key] = sorted(found)
        return self._starts[key]
