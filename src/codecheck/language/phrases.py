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
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from codecheck.language.tokens import SENTENCE_END, Token
from codecheck.language.words import inflection_key

GAPS = {"..": 2, "...": 6, "....": 15}
FILLERS = frozenset(
    "the a an your their our his her its my any this that these those such all also then clearly fully promptly always "
    "formally simply directly properly carefully personally immediately quickly please , both each".split()
) - {"all", "any", "both", "each", "formally"}
_MAX_FILLERS = 2


class PhraseError(ValueError):
    """A phrase that is not well formed."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: ``how`` is "key" (any inflection), "exact" or "prefix"."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences; ``optional`` if none of them will do as well."""

    options: tuple[tuple[Node, ...], ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``most`` words of any kind within the sentence."""

    most: int


@dataclass(frozen=True, slots=True)
class Ref:
    """Any phrase of a concept."""

    name: str


Node = Word | Choice | Gap | Ref
Sequence_ = tuple[Node, ...]
Spans = Callable[[str], dict[int, tuple[int, ...]]]

_LEXEMES = re.compile(r"\s*(\.{2,}|<[^<>]+>|[()\[\]|]|=?[^\s()\[\]|<>]+)")


def parse(phrase: str) -> Sequence_:
    """Parse a phrase; raise PhraseError, saying what is wrong, if it is not well formed."""
    lexemes = _lexemes(phrase)
    nodes, rest = _options(lexemes, 0, "")
    if rest != len(lexemes):
        raise PhraseError(f"unexpected {lexemes[rest]!r} in {phrase!r}")
    sequence = nodes[0] if len(nodes) == 1 else (Choice(options=nodes),)
    if not sequence or can_be_empty(sequence):
        raise PhraseError(f"{phrase!r} would match an empty text")
    if isinstance(sequence[0], Gap) or isinstance(sequence[-1], Gap):
        raise PhraseError(f"{phrase!r} begins or ends with a gap: put a word or a concept there")
    return sequence


def _lexemes(phrase: str) -> list[str]:
    found, at = [], 0
    while at < len(phrase.rstrip()):
        match = _LEXEMES.match(phrase, at)
        if match is None:
            raise PhraseError(f"cannot read {phrase[at:]!r} in {phrase!r}")
        found.append(match.group(1))
        at = match.end()
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
            current.append(Choice(options=inner, optional=lexeme == "["))
            continue
        current.append(_node(lexeme))
        at += 1
    if closer:
        raise PhraseError(f"{closer!r} is missing")
    return (*options, tuple(current)), at


def _node(lexeme: str) -> Node:
    if lexeme in GAPS:
        return Gap(GAPS[lexeme])
    if lexeme.startswith("."):
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
    if not re.fullmatch(r"[a-z0-9][a-z0-9'.,&£@]*|[?.:;,&£@]", lexeme):
        raise PhraseError(f"{lexeme!r} can never match: write words without hyphens or quotation marks")
    return Word(inflection_key(lexeme), "key")


def can_be_empty(sequence: Sequence_) -> bool:
    """Tell whether a sequence could match no word at all."""
    for node in sequence:
        if isinstance(node, Choice):
            if not node.optional and not any(can_be_empty(option) for option in node.options):
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
    """Matches sequences against one run of tokens; ``spans`` gives the matches of a concept by their start."""

    def __init__(self, tokens: Sequence[Token], spans: Spans) -> None:
        self._tokens = tokens
        self._spans = spans

    def ends(self, sequence: Sequence_, start: int) -> set[int]:
        """Return the token positions at which a match of ``sequence`` from ``start`` can end."""
        positions = {start}
        for at, node in enumerate(sequence):
            reached: set[int] = set()
            for position in positions:
                if isinstance(node, Gap):
                    reached.update(self._gap(position, node.most))
                elif at == 0:
                    reached.update(self._step(node, position))
                else:
                    for begin in self._begins(position):
                        reached.update(self._step(node, begin))
            positions = reached
            if not positions:
                break
        return positions

    def _begins(self, position: int) -> Iterable[int]:
        yield position
        for _ in range(_MAX_FILLERS):
            if position >= len(self._tokens) or self._tokens[position].word not in FILLERS:
                return
            position += 1
            yield position

    def _gap(self, position: int, most: int) -> Iterable[int]:
        yield position
        for _ in range(most):
            if position >= len(self._tokens) or self._tokens[position].word in SENTENCE_END:
                return
            position += 1
            yield position

    def _step(self, node: Node, position: int) -> Iterable[int]:
        if isinstance(node, Choice):
            reached = {position} if node.optional else set()
            for option in node.options:
                reached |= self.ends(option, position)
            return reached
        if isinstance(node, Ref):
            return self._spans(node.name).get(position, ())
        if isinstance(node, Gap):
            return self._gap(position, node.most)
        if position < len(self._tokens) and word_matches(node, self._tokens[position]):
            return (position + 1,)
        return ()


def word_matches(node: Word, token: Token) -> bool:
    """Tell whether one token is an instance of one word of a phrase."""
    if node.how == "key":
        return token.key == node.text
    if node.how == "exact":
        return token.word == node.text
    if node.how == "prefix":
        return token.word.startswith(node.text)
    return token.word[0].isdigit()
