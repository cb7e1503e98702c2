"""The network: loading, and what does not change what it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from codecheck.rules.load import find_pack, load_pack
from codecheck.second_reader.network import Network
from codecheck.second_reader.reader import load_network
from codecheck.second_reader.vocabulary import words_of
from codecheck.second_reader.windows import Window

PATH = load_pack(find_pack()).second_reader


@pytest.fixture(scope="module")
def network() -> Network:
    found = load_network(PATH)
    assert found is not None
    return found


@pytest.mark.parametrize("content", [b"", b"not a network", b"PK\x03\x04broken"])
def test_what_is_no_network_is_not_used(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "second-reader.npz").write_bytes(content)
    assert load_network(str(tmp_path / "second-reader.npz")) is None


def test_a_network_that_is_not_there_is_not_used(tmp_path: Path) -> None:
    assert load_network(str(tmp_path / "none.npz")) is None


def test_every_point_is_in_the_pack(network: Network) -> None:
    provisions = load_pack(find_pack()).provisions.values()
    known = {f"{p.id}/{element.id}" for p in provisions for element in p.elements}
    known |= {f"!{p.id}/{contrary.id}" for p in provisions for contrary in p.contrary}
    assert set(network.points) <= known


def test_every_element_of_tier_a_has_a_point(network: Network) -> None:
    provisions = load_pack(find_pack()).provisions.values()
    assert {f"{p.id}/{e.id}" for p in provisions if p.tier == "A" for e in p.elements} <= set(network.points)


def test_a_part_is_read_alike_alone_and_among_others(network: Network) -> None:
    parts = [
        "We write to you.",
        "A director who was not involved decides at stage 2, and writes within 20 days.",
        "No.",
    ]
    together = network.read([Window(0, "", (part,), ()) for part in parts])
    for row, part in enumerate(parts):
        assert np.allclose(network.read([Window(0, "", (part,), ())])[0], together[row], atol=1e-4)


def test_a_window_is_read_alike_alone_and_among_others(network: Network) -> None:
    passages = [
        Window(2, "Stage 2", ("We write to you.", "A director decides."), ()),
        Window(0, "", ("No.",), ()),
        Window(1, "Stage 1", ("A manager replies.", "You are told why.", "We write to you."), ()),
    ]
    together = network.read(passages)
    for row, passage in enumerate(passages):
        assert np.allclose(network.read([passage])[0], together[row], atol=1e-4)


def test_nothing_is_read_of_nothing(network: Network) -> None:
    assert network.scores(network.read([])).shape == (0, len(network.points))


def test_words_that_nobody_knows_are_read(network: Network) -> None:
    assert np.isfinite(network.read([Window(0, "", ("Zzyzx qwrtp 99999 ☃", "1"), ())])).all()


def test_the_nearest_example_is_of_the_point(network: Network) -> None:
    hidden = network.read([Window(2, "", ("Someone else decides at stage 2.",), ())])
    nearest = network.nearest("6.13/different-person", hidden[0])
    assert nearest in network.examples_of("6.13/different-person")


def test_words_are_told_from_marks_and_numbers() -> None:
    assert words_of("The Ombudsman’s 10-day limit.") == ["the", "ombudsman's", "10", "-", "day", "limit", "."]
