"""Tokens and sentences, by spaCy's rule-based English tokenizer (no trained pipeline: nothing to download)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from codecheck.language.words import inflection_key

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCE_END = frozenset(".?!;")
PUNCTUATION = frozenset(".?!;:,")
_CURLY = str.maketrans({"’": "'", "‘": "'", "‚": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"'})
_CURLY |= str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_CONTRACTIONS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'d": "would", "'m": "am", "ca": "can"}
_CONTRACTIONS |= {"wo": "will", "sha": "shall", "cannot": "can not"}
_ABBREVIATIONS = frozenset({"e.g.", "i.e.", "etc.", "a.m.", "p.m.", "tel."})
# After these "'s" is a verb ("that's a complaint"), after others a genitive.
_WITH_IS = frozenset("it that this what there here he she who where how when".split())
_PIECES = re.compile(
    r"[a-z]+(?:'[a-z]+)?|[0-9]+(?:[.,:][0-9]+)*(?:st|nd|rd|th)?|\+(?=\d{1,2}$)|[.?!;:,&%£@]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Token:
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
def _pipeline() -> Language:
    # Imported late: `codecheck --help` should not wait for spaCy.
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def sentences(text: str) -> tuple[Sentence, ...]:
    """Split ``text`` into sentences of tokens; hyphens, brackets and quotation marks are not tokens.

    "two-stage" gives "two", "stage"; "don't" gives "do", "not". Offsets are into ``text``.
    """
    if not text.strip():
        return ()
    found = []
    doc = _pipeline()(text.translate(_CURLY))
    for span in doc.sents:
        pieces = [piece.text.lower() for piece in span]
        tokens = tuple(
            token
            for piece, lower, before in zip(span, pieces, ["", *pieces], strict=False)
            for token in _tokens("is" if lower == "'s" and before in _WITH_IS else lower, piece.idx)
        )
        if any(token.word not in PUNCTUATION for token in tokens):
            stripped = text[span.start_char : span.end_char].rstrip()
            found.append(Sentence(tokens=tokens, start=span.start_char, end=span.start_char + len(stripped)))
    return tuple(found)


def words(text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text`` in one run, as for a heading or a phrase."""
    return tuple(token for sentence in sentences(text) for token in sentence.tokens)


def _tokens(piece: str, offset: int) -> list[Token]:
    if piece == "'s":
        return []
    whole = _CONTRACTIONS.get(piece)
    if whole is not None:
        return [Token(w, inflection_key(w), offset, offset + len(piece)) for w in whole.split()]
    found = []
    for match in _PIECES.finditer(piece):
        word = match.group()
        if word[0] in PUNCTUATION:
            # A full stop within "www.example.org", "a@b.org" or "e.g." ends no sentence.
            if word == "." and (piece[match.end() :][:1].isalnum() or piece in _ABBREVIATIONS):
                continue
            word = word[0]
        word = word.removesuffix("'s")
        found.append(Token(word, inflection_key(word), offset + match.start(), offset + match.end()))
    return found
