"""What a column of a form, or a label in one without a table, is for."""

from __future__ import annotations

import re
from typing import Literal

Part = Literal[
    "provision", "requirement", "comply", "evidence", "commentary", "action", "yes", "no", "partial", "not_applicable"
]

_LONGEST = 90  # characters; a header is short
_COMPLY = re.compile(
    r"\bcomply\b|\bcomplies\b|\bcompliance\b|\bcompliant\b|\bmet\b|\byes\s*/\s*no\b|^y\s*/\s*n\b|\(y\s*/\s*n|"
    r"\bin place\s*\?"
)
_EVIDENCE = re.compile(
    r"evidence|how (?:do |does |have )?(?:we|the landlord|you)\b|supporting|demonstrat|where (?:is|can|to)\b|"
    r"\bresponse\b|\bposition\b|\bour approach\b|\bsource\b|reference document"
)
_COMMENTARY = re.compile(
    r"comment|explanation|explain|^notes?$|narrative|remarks|observation|rationale|"
    r"(?:further|additional) (?:info|detail)|^details?$"
)
_ACTION = re.compile(
    r"\bactions?\b|\bowner\b|\bofficer\b|\blead\b|\bresponsib|\bdate\b|\bdeadline\b|\bstatus\b|\brag\b|\btarget\b|\bprogress\b|"
    r"\breview\b|\bcomplet|\bwhen\b|\bwho\b|\bpriority\b|\bupdate\b|next steps|improvement|\brisk\b"
)
_PROVISION = re.compile(
    r"(?:the )?(?:hos? )?(?:code )?(?:provisions?|ref(?:erence)?|no|number|point|item|clause|section|paragraph|para|#)"
    r"(?: ?(?:no|number|ref(?:erence)?))?|code|provision of the code|"
)
_REQUIREMENT = re.compile(
    r"requirement|wording|what the code|^the code\b|description|^standard|^code provision\b|^provision\b|^code text"
)
_MARK_COLUMNS: dict[str, Part] = {
    "yes": "yes", "y": "yes", "no": "no", "n": "no", "partial": "partial", "partially": "partial", "partly": "partial",
    "n/a": "not_applicable", "not applicable": "not_applicable",
}  # fmt: skip

_NAMED = (
    r"(?:(?:do|does)\s+(?:we|you|the\s+landlord)\s+comply|comply(?:\s*[:?]?\s*\(?\s*(?:yes\s*/\s*no|y\s*/\s*n)\s*\)?)?|"
    r"compliance(?:\s+status)?(?:\s*\(?\s*yes\s*/\s*no\s*\)?)?|compliant(?:\s*\(?\s*y(?:es)?\s*/\s*n(?:o)?\s*\)?)?|(?:requirement\s+)?met|yes\s*/\s*no|"
    r"(?:supporting\s+|our\s+)?evidence(?:\s+of\s+compliance)?"
    r"(?:\s*(?:,|/|\band\b|&)\s*commentary)?(?:,?\s*(?:and|/|&)\s*(?:any\s+)?explanations?)?|how\s+(?:do\s+)?we\s+comply|"
    r"commentary(?:\s*/\s*(?:any\s+)?explanations?)?(?:\s+(?:and|or)\s+explanations?)?|comments?|"
    r"(?:any\s+)?explanations?|notes?|actions?(?:\s+(?:required|needed|owner|plan|taken|by))?|(?:action\s+)?owner|"
    r"(?:responsible\s+|lead\s+)?officer|(?:completion|target|due|review)\s+date|(?:date\s+)?completed|deadline|status|"
    r"rag(?:\s+(?:rating|status))?|(?:code\s+)?requirement|(?:code\s+)?provision)"
)
LABEL = re.compile(rf"(?P<label>{_NAMED})\s*(?:[:?]+|$|(?<=\S)\s+[–—-]\s)", re.IGNORECASE)
_INLINE = re.compile(rf"(?:(?<=\s)|^)(?P<label>{_NAMED})\s*[:?]+", re.IGNORECASE)
_ANSWER_WORD = r"(?i:yes|no|y|n|partial(?:ly)?|compliant|non-compliant|n/a)"
_BARE = re.compile(
    rf"(?:(?<=\s)|^)(?:(?P<label>Comply|Compliance|Compliant)(?=\s+(?:{_ANSWER_WORD}\b|Evidence\b|$))|"
    rf"(?P<after>Evidence|Commentary(?:\s*/\s*[Ee]xplanation)?|Comments)(?=\s|$))",
)


def part_of(text: str) -> Part | None:
    """Return what a column headed ``text`` holds, or None where the header says nothing that is known."""
    shown = re.sub(r"\s+", " ", text.replace("’", "'")).strip(" :.*\n").lower()
    if not shown or len(shown) > _LONGEST:
        return None
    if shown in _MARK_COLUMNS and not text.rstrip().endswith("."):  # "No." is a number
        return _MARK_COLUMNS[shown]
    if _PROVISION.fullmatch(shown.rstrip("?")):
        return "provision"
    comply, evidence, comment = _COMPLY.search(shown), _EVIDENCE.search(shown), _COMMENTARY.search(shown)
    action = _ACTION.search(shown)
    if action and action.start() <= 2:
        return "action"
    found: list[tuple[int, Part]] = []
    if evidence:
        found.append((evidence.start(), "evidence"))
    if comply:
        found.append((comply.start(), "comply"))
    if comment:
        found.append((comment.start(), "commentary"))
    if action:
        found.append((action.start(), "action"))
    if found:
        return min(found)[1]
    return "requirement" if _REQUIREMENT.search(shown) else None


def split_labels(text: str) -> list[tuple[Part | None, str, str]]:
    """Cut a paragraph at the labels in it: "Comply: Yes Evidence: policy 2.1" has two.

    Returns (part, label as printed, text after it) in order; the part of what stands before the first label is None.
    A paragraph that is nothing but a label ("Evidence") has no text after it.
    """
    cuts = [(match.start(), match.end(), match["label"]) for match in _INLINE.finditer(text)]
    whole = LABEL.match(text)
    if whole and not (cuts and cuts[0][0] == 0):
        cuts.insert(0, (0, whole.end(), whole["label"]))
    if not cuts or any(part_of(label) == "comply" for _, _, label in cuts):
        cuts += _bare_cuts(text, cuts)
    cuts.sort()
    pieces: list[tuple[Part | None, str, str]] = []
    before = text[: cuts[0][0]].strip() if cuts else text.strip()
    if before:
        pieces.append((None, "", before))
    for at, (_, end, label) in enumerate(cuts):
        until = cuts[at + 1][0] if at + 1 < len(cuts) else len(text)
        pieces.append((part_of(label), label.strip(), text[end:until].strip()))
    return pieces


def _bare_cuts(text: str, cuts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Find labels without a colon: "Comply Yes", and after it "Evidence" and "Commentary", each once."""
    found: list[tuple[int, int, str]] = []
    named = {part_of(label) for _, _, label in cuts}
    for match in _BARE.finditer(text):
        label = match["label"] or match["after"]
        part = part_of(label)
        if part in named or any(start <= match.start() < end for start, end, _ in cuts):
            continue
        if match["after"] and "comply" not in named:
            continue
        named.add(part)
        found.append((match.start(), match.end(), label))
    return found
