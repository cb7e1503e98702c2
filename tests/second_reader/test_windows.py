"""Windows: what the second reader reads at a time."""

from __future__ import annotations

from codecheck.assess.cases import case_document
from codecheck.assess.evaluate import read_statements
from codecheck.rules.load import find_pack, load_pack
from codecheck.second_reader.windows import MOST_SENTENCES, Window, windows

PACK = load_pack(find_pack())


def read(text: str) -> list[Window]:
    return list(windows(read_statements(case_document(text), PACK).sentences))


def test_neighbouring_sentences_are_read_alone_and_together() -> None:
    found = [window.parts for window in read("We log it. We write to you.")]
    assert found == [("We log it.",), ("We log it.", "We write to you."), ("We write to you.",)]


def test_no_window_is_longer_than_the_most() -> None:
    found = read("We log it. We write. We ask. We answer. We learn.")
    assert max(len(window.statements) for window in found) == MOST_SENTENCES


def test_windows_do_not_run_over_a_heading() -> None:
    found = read("## Stage 1\n\nWe log it.\n\n## Stage 2\n\nWe write to you.\n")
    assert not any({"We log it.", "We write to you."} <= set(window.parts) for window in found)


def test_a_heading_stands_without_its_number() -> None:
    found = read("## 4.2 Our answer:\n\nWe write to you.\n")
    assert [window.heading for window in found if "We write to you." in window.parts] == ["Our answer"]


def test_a_bullet_is_read_with_its_lead_in() -> None:
    found = read("The letter sets out:\n\n- what we think happened\n")
    assert any(window.parts == ("The letter sets out:", "what we think happened") for window in found)


def test_a_cell_is_read_with_its_headers() -> None:
    found = read("| Step | Stage 2 |\n|---|---|\n| Who decides | A director |\n")
    assert any(window.parts == ("Who decides", "Stage 2", "A director") for window in found)


def test_a_window_that_names_no_stage_may_speak_for_each() -> None:
    (window,) = read("We write to you.")
    assert window.speaks_for(1) and window.speaks_for(2)


def test_a_window_of_stage_1_does_not_speak_for_stage_2() -> None:
    (window,) = read("At stage 1 we write to you.")
    assert window.speaks_for(1) and not window.speaks_for(2)
