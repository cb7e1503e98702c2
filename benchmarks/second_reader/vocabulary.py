"""The vocabulary: the words that the network knows, and the vectors that it begins with.

Both come from Python packages that carry their data with them: nothing is downloaded. wordfreq gives the commonest
English words, wordllama a vector for each piece of a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from wordfreq import top_n_list

from codecheck.second_reader.vocabulary import SPECIAL, Vocabulary, words_of

_COMMON = 15_000  # words that are known even if no example has them
_ENGLISH = 60_000  # words that are known if a single example has them; others (names, slips) must stand in two
_LENGTH = 4.0  # of each word's first vector
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def build_vocabulary(texts: Iterable[str]) -> Vocabulary:
    """Return the vocabulary for training on ``texts``: their words, the commonest ones, and the numbers to 100."""
    english = [word for word in top_n_list("en", _ENGLISH) if _WORD.fullmatch(word)]
    seen = Counter(word for text in texts for word in set(words_of(text)))
    known = set(english)
    own = sorted(word for word, times in seen.items() if times > 1 or word in known)
    return Vocabulary(dict.fromkeys([*SPECIAL, *english[:_COMMON], *own, *map(str, range(101))]))


def first_vectors(vocabulary: Vocabulary) -> NDArray[np.float32]:
    """Return a vector for each word, all of one length: the mean of its pieces' vectors. Special words have zeros."""
    folder = _wordllama()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    (pieces,) = load_file(folder / "weights" / "l2_supercat_256.safetensors").values()
    vectors = np.zeros((len(vocabulary.words), pieces.shape[1]), np.float32)
    for number, word in enumerate(vocabulary.words[len(SPECIAL) :], start=len(SPECIAL)):
        numbers = tokenizer.encode(f" {word}", add_special_tokens=False).ids
        # The mark for the space before a word says nothing of the word.
        numbers = [one for one in numbers if tokenizer.id_to_token(one) != "▁"] or numbers
        vectors[number] = pieces[numbers].astype(np.float32).mean(axis=0)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = vectors / np.maximum(length, 1e-6) * np.float32(_LENGTH)
    return scaled


def _wordllama() -> Path:
    """Return the folder of wordllama. Its own loader (0.4) looks for the tokenizer elsewhere, and would download it."""
    found = find_spec("wordllama")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("wordllama is not installed: pip install -e '.[train]'")
    return Path(found.origin).parent
