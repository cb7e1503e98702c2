"""Documents compared: cases in YAML, each with what must differ and what must stay silent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from codecheck.assess.cases import case_document
from codecheck.assess.compare import compare
from codecheck.assess.self_assessment import FormView
from codecheck.assess.views import View
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


def only(asked: set[str], pack: RulePack) -> RulePack:
    """Return the pack without the provisions on which nothing asked depends: all would take four times as long."""
    elements = [element for pid in asked for element in pack.provisions[pid].elements]
    needed = asked | {source.split("/")[0] for element in elements for source in element.implied_by}
    return replace(pack, provisions={pid: one for pid, one in pack.provisions.items() if pid in needed})


def differing(case: dict[str, Any], pack: RulePack) -> set[str]:
    """Return the provisions under which any of the documents is said to differ from the policy."""
    first, *others = documents_of(case)
    asked = {*case.get("differs", ()), *case.get("silent", ())}
    pack = only(asked, pack)
    policy = View(first, pack)
    found: set[str] = set()
    for document in others:
        form = FormView(document, pack, policy) if document.kind == "self-assessment" else None
        view = View(document, pack)
        for pid in asked:
            provision = pack.provisions[pid]
            remark = form.remark(provision) if form else compare(policy, view, provision)
            if remark is not None and remark.verdict not in (None, "met"):
                found.add(pid)
    return found


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_comparison(case: dict[str, Any], pack: RulePack) -> None:
    found, wanted = differing(case, pack), set(case.get("differs", ()))
    known = set(case.get("todo", {}))
    # A known gap must still be one: when it is mended, its `todo` goes.
    assert found ^ wanted == known, f"raised and not wanted {found - wanted}, wanted and not raised {wanted - found}"
