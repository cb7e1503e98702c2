"""The matcher by sets of places finds what a plain one finds, in any phrase and any text.

The plain one follows a phrase one place at a time, one alternative after the other, and remembers nothing.
"""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Callable, Sequence
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from codecheck.language import matching
from codecheck.language.lexicon import Lexicon
from codecheck.language.nodes import Choice, Gap, Node, Ref, Word, Words
from codecheck.language.passages import Passage
from codecheck.language.phrases import PhraseError, parse
from codecheck.language.places import FILLERS
from codecheck.language.stream import Stream
from codecheck.language.tokens import SENTENCE_END, Token, words
from codecheck.language.words import inflection_key
from codecheck.model import Clause

NOWHERE = Clause(index=0, text="", start=0, end=0, kind="paragraph")
# Few words, so that phrases and texts often have the same ones.
WORDS = ["tea", "tea", "teas", "mug", "mug", "the", "the", "the", ",", ":", ".", "5", "and"]
LEXEMES = ["tea", "tea", "mug", "mug", "=teas", "tea*", "#", "the", "<hot>", "<cold>", "..", "..", "...", "...."]
SEEDS = st.integers(min_value=0, max_value=10_000_000)


def longest_matches(
    nodes: Sequence[Node], tokens: Sequence[Token], concept: Callable[[str], Node]
) -> list[tuple[int, int]]:
    """Return start and end of the longest match at each place of ``tokens`` where there is one."""
    found = [(start, ends(nodes, tokens, start, concept)) for start in range(len(tokens))]
    return [(start, max(reached)) for start, reached in found if reached]


def ends(nodes: Sequence[Node], tokens: Sequence[Token], start: int, concept: Callable[[str], Node]) -> set[int]:
    """Return the places at which a match of ``nodes`` from ``start`` can end."""
    places = {start}
    for at, node in enumerate(nodes):
        if at and not isinstance(node, Gap):
            places = {later for place in places for later in _after_fillers(tokens, place)}
        places = {end for place in places for end in _node_ends(node, tokens, place, concept)}
    return places


def _after_fillers(tokens: Sequence[Token], place: int) -> list[int]:
    found = [place]
    while len(found) <= 2 and place < len(tokens) and tokens[place].word in FILLERS:
        place += 1
        found.append(place)
    return found


def _node_ends(node: Node, tokens: Sequence[Token], place: int, concept: Callable[[str], Node]) -> set[int]:
    if isinstance(node, Ref):
        return _node_ends(concept(node.name), tokens, place, concept)
    if isinstance(node, Gap):
        found = {place}
        while len(found) <= node.most and place < len(tokens) and tokens[place].word not in SENTENCE_END:
            place += 1
            found.add(place)
        return found
    if isinstance(node, Choice):
        found = {end for option in node.options for end in ends(option, tokens, place, concept)}
    else:
        fits = place < len(tokens) and _fits(node, tokens[place])
        found = {place + 1} if fits else set()
    return found | {place} if node.optional else found


def _fits(node: Word | Words, token: Token) -> bool:
    if isinstance(node, Words):
        return token.key in node.keys or any(_fits(word, token) for word in node.others)
    if node.how == "key":
        return token.key == node.text
    if node.how == "exact":
        return token.word == node.text
    if node.how == "prefix":
        return token.word.startswith(node.text)
    return token.word[0].isdigit()


def any_phrase(chance: random.Random, without: str = "", depth: int = 0) -> str:
    """A phrase made by chance; some are not well formed."""
    parts = []
    for _ in range(chance.choice([1, 2, 2, 3])):
        if depth < 2 and chance.random() < 0.3:
            options = "|".join(any_phrase(chance, without, depth + 1) for _ in range(chance.randint(1, 3)))
            parts.append(chance.choice([f"({options})", f"[{options}]"]))
        else:
            parts.append(chance.choice([lexeme for lexeme in LEXEMES if lexeme not in without.split()]))
    return " ".join(parts)


def phrases(chance: random.Random, count: int, without: str = "") -> list[str]:
    """So many phrases that are well formed."""
    found: list[str] = []
    while len(found) < count:
        phrase = any_phrase(chance, without)
        with contextlib.suppress(PhraseError):
            parse(phrase)
            found.append(phrase)
    return found


def any_lexicon(chance: random.Random) -> Lexicon:
    """A lexicon of two concepts, one of which refers to the other."""
    return Lexicon({"hot": phrases(chance, 3, "<hot> <cold>"), "cold": phrases(chance, 3, "<cold>")})


def any_stream(chance: random.Random, lexicon: Lexicon) -> Stream:
    """Some runs of words made by chance."""
    runs = [[chance.choice(WORDS) for _ in range(chance.randint(0, 16))] for _ in range(3)]
    passages = [Passage(NOWHERE, "", tuple(Token(w, inflection_key(w), 0, 0) for w in run), 0) for run in runs]
    return Stream(passages, lexicon)


@settings(deadline=None)
@given(SEEDS)
def test_finds_what_a_plain_matcher_finds(seed: int) -> None:
    chance = random.Random(seed)
    lexicon = any_lexicon(chance)
    finds_what_is_there(any_stream(chance, lexicon), lexicon, phrases(chance, 12))


@settings(deadline=None)
@given(SEEDS)
def test_finds_the_same_with_a_sieve(seed: int) -> None:
    chance = random.Random(seed)
    lexicon = any_lexicon(chance)
    wanted = phrases(chance, 12)
    for phrase in wanted[:8]:  # those parsed after the plan was made are not in it
        lexicon.phrase(phrase)
    with mock.patch.object(matching, "_MANY_RUNS", 1):
        finds_what_is_there(any_stream(chance, lexicon), lexicon, wanted)


def test_a_sieve_tells_apart_more_runs_than_a_word_of_memory_has_bits() -> None:
    lexicon = Lexicon({"hot": ["tea [cup]", "(mug|cup) .. tea"], "cold": ["=ice"]})
    texts = ["tea", "mug of tea", "ice", "cup"] * 33
    stream = Stream([Passage(NOWHERE, text, words(text), 0) for text in texts], lexicon)
    having = [number for number in range(len(texts)) if stream.run(number).hits("<hot>")]
    assert having == [number for number in range(len(texts)) if number % 4 < 2]
    assert stream.phrase("<cold> .... <hot>").possible == 0


def finds_what_is_there(stream: Stream, lexicon: Lexicon, wanted: Sequence[str]) -> None:
    """Fail where the hits of a phrase are not those that a plain matcher finds."""
    for phrase in ["<hot>", "<cold>", *wanted]:
        for number in range(3):
            run = stream.run(number)
            found = [(hit.start, hit.end) for hit in run.hits(phrase)]
            assert found == longest_matches(lexicon.phrase(phrase), run.tokens, lexicon.concept), phrase


@settings(deadline=None)
@given(SEEDS)
def test_what_is_possible_leaves_out_no_run_that_has_the_phrase(seed: int) -> None:
    chance = random.Random(seed)
    stream = any_stream(chance, any_lexicon(chance))
    for phrase in phrases(chance, 12):
        occurrences = stream.phrase(phrase)
        assert stream.among(occurrences.found.starts, 0b111) & ~occurrences.possible == 0, phrase


@settings(deadline=None)
@given(SEEDS)
def test_a_lexicon_kept_as_json_finds_the_same(seed: int) -> None:
    chance = random.Random(seed)
    lexicon = any_lexicon(chance)
    listed = phrases(chance, 5)
    for phrase in listed:
        lexicon.phrase(phrase)
    again = Lexicon.parsed(json.loads(json.dumps(lexicon.data())))
    before, after = (any_stream(random.Random(seed), one) for one in (lexicon, again))
    for phrase in [*listed, "<hot>", *phrases(chance, 5)]:
        for number in range(3):
            assert before.run(number).hits(phrase) == after.run(number).hits(phrase), phrase
