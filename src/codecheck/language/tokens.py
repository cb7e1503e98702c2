"""Tokens and sentences, by spaCy's rule-based English tokenizer (no trained pipeline: nothing to download).

Of spaCy only the tokenizer is made, and its rule for the ends of sentences is followed here: a pipeline would look up
twenty attributes of each word that nobody asks for, and take longer to make than a policy takes to assess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from codecheck.language.words import inflection_key

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs

    from codecheck.model import Clause

SENTENCE_END = frozenset(".?!;")
PUNCTUATION = frozenset(".?!;:,")
_CURLY = str.maketrans({"’": "'", "‘": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"'})
_CURLY |= str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_CONTRACTIONS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am", "ca": "can"}
_CONTRACTIONS |= {"wo": "will", "sha": "shall", "cannot": "can not"}
SENTENCE_ENDS = frozenset({".", "?", "!", ";"})
_PARTS = frozenset({",", ";", ":"})
_CONDITIONS = frozenset("if where when whenever once after unless should in for as while to at".split())
_RESERVING = frozenset("if where when unless provided except subject irrespective regardless whatever only".split())
_ADDING = frozenset("and or but nor which who whose so".split())
_ABBREVIATIONS = frozenset({"e.g.", "i.e.", "etc.", "a.m.", "p.m.", "tel."})
# After these "'s" is a verb ("that's a complaint"), after others a genitive.
_WITH_IS = frozenset("it that this what there here he she who where how when".split())
_PIECES = re.compile(
    r"[a-z]+(?:'[a-z]+)?|[0-9]+(?:[.,:][0-9]+)*(?:st|nd|rd|th)?|\+(?=\d{1,2}$)|[.?!;:,&%£@]+", re.IGNORECASE
)

# "outcome(s)", of which the tokenizer may have taken off the last bracket.
_OPTIONAL_PLURAL = re.compile(r"(?<=[a-z])\((e?s)\)?$")


class Token(NamedTuple):
    """One word or punctuation mark: in lower case with straight quotes, its inflection key, and its offsets."""

    word: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence of a text, with its offsets in that text."""

    tokens: tuple[Token, ...]
    start: int
    end: int

    def text_in(self, text: str) -> str:
        """Return the sentence's own words, given the text that it was found in."""
        return text[self.start : self.end].strip()


@lru_cache(maxsize=1)
def _tokenizer() -> Tokenizer:
    # Imported late: `codecheck --help` should not wait for spaCy.
    from spacy.lang.en import English
    from spacy.symbols import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
    from spacy.vocab import Vocab

    defaults = English.Defaults
    return Tokenizer(
        Vocab(),
        # Without normal forms, which nobody asks for, and contractions with curly quotes, of which none are left.
        rules={
            text: [{ORTH: part[ORTH]} for part in parts]
            for text, parts in defaults.tokenizer_exceptions.items()
            if text.translate(_CURLY) == text
        },
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex(defaults.suffixes or ()).search,
        infix_finditer=compile_infix_regex(defaults.infixes or ()).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


@lru_cache(maxsize=1)
def _full_stops() -> frozenset[str]:
    from spacy.pipeline import Sentencizer

    return frozenset(Sentencizer.default_punct_chars)


@lru_cache(maxsize=4_000)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split ``text`` into sentences of tokens; hyphens, brackets and quotation marks are not tokens.

    "two-stage" gives "two", "stage"; "don't" gives "do", "not". Offsets are into ``text``. The texts of a document are
    asked for several times (to recognise it, to read it, for headings of many clauses), so the last ones are kept.
    """
    if not text.strip():
        return ()
    found = []
    for pieces in _split([(piece.text, piece.idx) for piece in _tokenizer()(text.translate(_CURLY))]):
        tokens: list[Token] = []
        before = ""
        for piece, offset in pieces:
            parts = _parts("is" if piece.lower() == "'s" and before in _WITH_IS else piece)
            tokens += [Token(word, key, offset + start, offset + end) for word, key, start, end in parts]
            before = piece.lower()
        if any(token.word not in PUNCTUATION for token in tokens):
            start, end = pieces[0][1], pieces[-1][1] + len(pieces[-1][0])
            found.append(Sentence(tuple(tokens), start, start + len(text[start:end].rstrip())))
    return tuple(found)


def words(text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text`` in one run, as for a heading or a phrase."""
    return tuple(token for sentence in sentences(text) for token in sentence.tokens)


def all_words(clauses: Iterable[Clause]) -> tuple[Token, ...]:
    """Return the tokens of all ``clauses`` in one run, with their offsets in the text of the document."""
    return tuple(
        Token(token.word, token.key, token.start + clause.start, token.end + clause.start)
        for clause in clauses
        for token in words(clause.text)
    )


def _split(pieces: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Split pieces into sentences as spaCy's sentencizer does: after a full stop and all punctuation behind it."""
    found: list[list[tuple[str, int]]] = [[]]
    stopped = False
    for piece in pieces:
        kind = _kind(piece[0])
        if stopped and kind == "word":
            found.append([])
            stopped = False
        elif kind == "stop":
            stopped = True
        found[-1].append(piece)
    return found


@lru_cache(maxsize=50_000)
def _kind(piece: str) -> str:
    if piece in _full_stops():
        return "stop"
    return "mark" if all(unicodedata.category(char).startswith("P") for char in piece) else "word"


@lru_cache(maxsize=50_000)
def _parts(piece: str) -> tuple[tuple[str, str, int, int], ...]:
    """Return the tokens of a piece: word, key and offsets in the piece."""
    piece = _OPTIONAL_PLURAL.sub(r"\1", piece.lower())
    if piece == "'s":
        return ()
    whole = _CONTRACTIONS.get(piece)
    if whole is not None:
        return tuple((word, inflection_key(word), 0, len(piece)) for word in whole.split())
    found = []
    for match in _PIECES.finditer(piece):
        word = match.group()
        if word[0] in PUNCTUATION:
            # A full stop within "www.example.org", "a@b.org" or "e.g." ends no sentence.
            if word == "." and (piece[match.end() :][:1].isalnum() or piece in _ABBREVIATIONS):
                continue
            word = word[0]
        word = word.removesuffix("'s")
        found.append((word, inflection_key(word), match.start(), match.end()))
    return tuple(found)


def governs(tokens: Sequence[Token], own: int, place: int, position: int) -> bool:
    """Tell whether what is said at token ``place`` bears on that at ``position``, in the sentence begun at ``own``.

    It does within one part between commas; between a condition at the head ("If you ask, ...") and all that follows;
    and from a reservation at the end (", unless ...") on all before it. What an "and" or a "which" adds after a comma
    stands by itself.
    """
    first, second = sorted((place, position))
    commas = [at for at in range(own, second) if tokens[at].word in _PARTS]
    if not any(first <= at for at in commas):
        return True
    if place == second and tokens[commas[-1] + 1].word in _RESERVING:
        return True
    if own >= len(tokens) or tokens[own].word not in _CONDITIONS or first > commas[0]:
        return False
    return tokens[commas[0] + 1].word not in _ADDING


def sentence_ends_between(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a sentence, or a part of one before a semicolon, ends between two token positions."""
    return any(token.word in SENTENCE_ENDS for token in tokens[start:end])
