"""Every problem of a pack is named with its file, its line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from codecheck.rules.load import find_pack
from codecheck.rules.validate import validate_pack


def problems(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The problems of the pack after ``old`` became ``new`` in one file, without the folder's name."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem).replace(f"{folder}/", "") for problem in validate_pack(folder)]


def test_a_good_pack_has_none(small_pack: Path) -> None:
    assert validate_pack(small_pack) == []


def test_the_pack_that_we_ship_has_none() -> None:
    assert [str(problem) for problem in validate_pack(find_pack())] == []


RULE = "provisions/X-tea.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (RULE, "title:", "titel:", "provisions/X-tea.yaml:1: 'titel' is not known: did you mean 'title'?"),
        (RULE, "<offer>", "<ofer>", "provisions/X-tea.yaml:9: phrase '<ofer> ... tea': there is no concept <ofer>"),
        (RULE, "... tea", "(tea", "provisions/X-tea.yaml:9: ')' is missing"),
        (
            RULE,
            "tier: A",
            "tier: A\ntier: B",
            "provisions/X-tea.yaml: 4: 'tier' stands twice in one mapping: keep one of the two.",
        ),
        (RULE, "tier: A", "tier: C", "provisions/X-tea.yaml:3: tier: 'C' is not one of ['A', 'B']."),
        (RULE, "id: X-tea", "id: X-milk", "the file must be named for its provision: X-milk.yaml"),
        (RULE, "  satisfied:", "  implied_by: [X-tea/milk]\n  satisfied:", "there is no element 'X-tea/milk'"),
        (RULE, "tier: A", "tier: A\ncompare: {promised: [milk]}", "compare: there is no element 'milk' in this file"),
        (RULE, "requirement: Landlords", "requirement: [Landlords", "X-tea.yaml"),
        (
            RULE,
            "  satisfied:",
            "  model: We will offer tea\n  satisfied:",
            "provisions/X-tea.yaml:8: elements/0/model: this must be a clause that satisfies the element",
        ),
        (
            RULE,
            "- id: charged",
            "- id: charged\n  raised_with: [X-tea/milk]",
            "provisions/X-tea.yaml:12: raised_with: there is no contrary entry 'X-tea/milk'.",
        ),
        (
            RULE,
            "- id: charged",
            "- id: charged\n  instead: [offered]",
            "provisions/X-tea.yaml:12: instead: there is no element 'offered' with a model clause in this file.",
        ),
        ("lexicon/words.yaml", "- offer", "- offer...", "lexicon/words.yaml:2: 'offer...' can never match"),
        ("lexicon/words.yaml", "- offer", "- '[offer]'", "lexicon/words.yaml:2: '[offer]' would match an empty text"),
        ("provisions/X-tea.cases.yaml", "    near_miss: [We do not offer tea.]\n", "", "has no near_miss case"),
        (
            "provisions/X-tea.cases.yaml",
            "  offered:",
            "  ofered:",
            "X-tea.cases.yaml:4: provision X-tea has no element",
        ),
        ("pack.yaml", "version:", "versoin:", "pack.yaml:1: 'versoin' is not known: did you mean 'version'?"),
    ],
)
def test_problem_names_file_line_and_remedy(small_pack: Path, file: str, old: str, new: str, message: str) -> None:
    assert any(message in problem for problem in problems(small_pack, file, old, new))


def test_a_rule_without_cases_is_a_problem(small_pack: Path) -> None:
    (small_pack / "provisions" / "X-tea.cases.yaml").unlink()
    assert "write X-tea.cases.yaml" in str(validate_pack(small_pack)[0])
