"""Scoring: the rows of an assessment held against the labels of a case, provision by provision.

A case is a folder with documents and ``labels.yaml``:

    documents:
      - {path: policy.docx, kind: policy}
    provisions:
      "6.14":
        flag: "yes"             # yes: a row is due; no: a row would be wrong; either: not scored
        verdict: partly_met
        evidence: ["7.0"]       # sections or headings that the row should cite
        quotes: ["within a 20-day period"]
        must_say: ["working day"]   # patterns that observation and recommendation must contain
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from codecheck.assess.assess import assess
from codecheck.documents.document import read_document
from codecheck.model import Assessment, Finding
from codecheck.rules.pack import RulePack

LABELS_FILE = "labels.yaml"


@dataclass(frozen=True, slots=True)
class Score:
    """How one label of a case came out. ``verdict``, ``evidence`` and ``said`` are None if not asked."""

    case: str
    provision: str
    label: str
    due: bool
    raised: bool
    verdict: bool | None = None
    evidence: bool | None = None
    said: bool | None = None

    @property
    def right(self) -> bool:
        """Whether a row came if, and only if, one was due."""
        return self.due == self.raised


def score_case(folder: Path, pack: RulePack) -> list[Score]:
    """Assess the documents of a case and score each of its labels."""
    labels = yaml.safe_load((folder / LABELS_FILE).read_text(encoding="utf-8"))
    listed = sorted(labels["documents"], key=lambda entry: entry["kind"] != "policy")
    documents = [
        read_document((folder / entry["path"]).read_bytes(), entry["path"], document_id=f"d{at}", kind=entry["kind"])
        for at, entry in enumerate(listed)
    ]
    return score_assessment(folder.name, assess(documents, pack), labels["provisions"], pack)


def score_assessment(
    case: str, assessment: Assessment, labels: Mapping[str, Mapping[str, Any]], pack: RulePack
) -> list[Score]:
    """Score each label, "either" left out. A row of a twin (5.2 and 5.3) counts where one is due."""
    rows: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        if finding.severity != "note":
            for provision in finding.provisions:
                rows.setdefault(provision, []).append(finding)
    scores = []
    for provision, label in labels.items():
        flag = {True: "yes", False: "no"}.get(label["flag"], label["flag"])
        if flag == "either":
            continue
        found = rows.get(provision, [])
        if flag == "yes" and not found and provision in pack.provisions:
            found = [row for twin in pack.provisions[provision].row_with for row in rows.get(twin, [])]
        scores.append(_score(case, provision, label, flag == "yes", found))
    return scores


def _score(case: str, provision: str, label: Mapping[str, Any], due: bool, found: Sequence[Finding]) -> Score:
    if not due or not found:
        return Score(case, provision, label["verdict"], due, bool(found))
    text = _normal(" ".join(f"{row.observation} {row.recommendation}" for row in found))
    cited = _normal(" ".join(item.quote for row in found for item in row.evidence))
    places = {
        _place(place) for row in found for item in row.evidence for place in (item.section, item.heading) if place
    }
    verdict = any(row.verdict == label["verdict"] for row in found)
    evidence = said = None
    if label.get("quotes"):
        quoted = any(_normal(quote) in cited or _normal(quote) in text for quote in label["quotes"])
        evidence = quoted or any(_place(str(place)) in places for place in label.get("evidence") or ())
    if label.get("must_say"):
        said = all(re.search(pattern, text, re.IGNORECASE) for pattern in label["must_say"])
    return Score(case, provision, label["verdict"], due, True, verdict, evidence, said)


def figures(scores: Sequence[Score]) -> dict[str, float]:
    """Return precision, recall, F1 and the shares of right verdicts, evidence and things said (1.0 of none)."""
    hits = sum(score.due and score.raised for score in scores)
    precision = _share(hits, sum(score.raised for score in scores))
    recall = _share(hits, sum(score.due for score in scores))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "verdict": _true(score.verdict for score in scores),
        "evidence": _true(score.evidence for score in scores),
        "said": _true(score.said for score in scores),
    }


def gate_figures(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    """Return the figures that are pinned: of all labels, and the share that is right by provision and by verdict.

    The share of a verdict is over the labels that have it: rows raised where due, and none where the label says met.
    """
    by_provision: dict[str, list[Score]] = {}
    by_verdict: dict[str, list[Score]] = {}
    for score in scores:
        by_provision.setdefault(score.provision, []).append(score)
        by_verdict.setdefault(score.label, []).append(score)
    return {
        "overall": figures(scores),
        "provisions": {pid: _true(one.right for one in group) for pid, group in by_provision.items()},
        "verdicts": {verdict: _true(one.right for one in group) for verdict, group in by_verdict.items()},
    }


def digest(folder: Path) -> str:
    """Return the digest of a case: it tells a changed document or label, so that no floor is met by editing a case."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _true(answers: Iterable[bool | None]) -> float:
    counted = [answer for answer in answers if answer is not None]
    return _share(sum(counted), len(counted))


def _place(text: str) -> str:
    return _normal(text).strip(". ")


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\u2018\u2019\u201a\u2032]", "'", text)
    text = re.sub(r"[\u201c\u201d\u201e\u2033]", '"', text)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split()).lower()
