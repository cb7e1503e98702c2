"""Documents compared: cases in YAML, each with what must differ and what must stay silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from codecheck.assess.assess import assess
from codecheck.assess.cases import case_document
from codecheck.model import Document, DocumentKind
from codecheck.rules.pack import RulePack

FOLDER = Path(__file__).parent / "comparisons"
CASES: list[dict[str, Any]] = [
    case | {"name": f"{path.stem}: {case['name']}"}
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
KINDS = [kind for kind in get_args(DocumentKind) if kind not in ("policy", "other")]


def documents_of(case: dict[str, Any]) -> list[Document]:
    """Return the policy of a case and its other documents."""
    others = [replace(case_document(case[kind]), id=kind, kind=kind) for kind in KINDS if kind in case]
    return [case_document(case["policy"]), *others]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_comparison(case: dict[str, Any], pack: RulePack) -> None:
    concerned = {*case.get("differs", ()), *case.get("silent", ())}
    policy, *others = documents_of(case)
    assert others and concerned
    alone = {pid for f in assess([policy], pack, wanted=concerned.__contains__).findings for pid in f.provisions}
    together = assess([policy, *others], pack, wanted=concerned.__contains__)
    rows = {pid for f in together.findings if f.severity != "note" for pid in f.provisions}
    differing = {
        pid for f in together.findings for pid in f.provisions if any(e.document != "policy" for e in f.evidence)
    }
    assert not together.errors
    assert set(case.get("differs", ())) <= (rows if case.get("row") else rows | (alone & differing))
    assert not set(case.get("silent", ())) & (rows - alone)
