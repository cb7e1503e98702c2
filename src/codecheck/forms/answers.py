"""Answers to "Do you comply?": the words and marks that landlords use, and what is written after them."""

from __future__ import annotations

import re

from codecheck.forms.form import Answer

_COMPLY = r"(?:compli(?:ant|es|ance|ed)|comply(?:ing)?|met|achieved|in place)"
# In this order: "not applicable" before "not", "partly compliant" before "compliant", "not fully" before "not".
_WORDS: tuple[tuple[Answer, str], ...] = (
    ("not_applicable", r"n\s?/\s?a|n\.a\.?|not applicable"),
    (
        "partial",
        r"(?:yes|no)?\W{0,3}(?:partial(?:ly)?|partly|in part|part|mostly|largely|not fully|somewhat)"
        rf"(?:[\s-]+{_COMPLY})?"
        r"|(?:we are |currently )?working towards(?: compliance| this| full compliance)?|in progress|in development"
        r"|to some extent|under development|not yet fully(?: compliant| met)?",
    ),
    (
        "no",
        rf"no|non[\s-]?{_COMPLY}|not (?:yet |currently |being )?{_COMPLY}|not (?:yet|currently|in place)"
        rf"|do(?:es)? not {_COMPLY}|unmet",
    ),
    ("yes", rf"yes|(?:we )?(?:fully|full)(?:[\s-]+{_COMPLY})?|(?:we )?{_COMPLY}"),
)
_ANSWERS = tuple((answer, re.compile(rf"(?:{pattern})(?![\w'’])", re.IGNORECASE)) for answer, pattern in _WORDS)
_LETTERS = re.compile(
    r"(?P<yes>Y|y|Yes|YES)(?:(?![\w'’])|(?=[A-Z][a-z]))|(?P<no>N|n|No|NO)(?:(?![\w'’])|(?=[A-Z][a-z]))"
)
_MARKS: tuple[tuple[Answer, str], ...] = (("yes", "✓✔☑✅\uf0fc\uf0fe"), ("no", "✗✘❌✖×☒\uf0fb\uf0fd"))
_BOXES = re.compile(
    r"(?P<box>[☐□☒☑✓✔✗✘]|\[[ xX]?\])\s*(?P<word>yes|no|partial(?:ly)?|partly|n/?a|not applicable)\b", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"(?:yes|y)\s*(?:/|or)\s*(?:no|n)(?:\s*(?:/|or)\s*(?:partial(?:ly)?|partly|n/?a))*\W*", re.IGNORECASE
)
_NOTHING = re.compile(r"(?:[-–—.\s_]*|tbc|tba|to be confirmed|select|choose an item)[.\s]*", re.IGNORECASE)
_AFTER = re.compile(r"^[\s:;,.–—-]+")


def read_answer(text: str) -> tuple[Answer, str, str] | None:
    """Read ``text`` as an answer with, perhaps, more fused to it ("YPoint 1.2", "Yes - section 4").

    Returns the answer, its words as printed, and the rest; None where the text does not begin with an answer. A blank
    cell, and the template's own "Yes / No" left as it was, are the answer "blank".
    """
    text = text.strip()
    if _NOTHING.fullmatch(text) or _TEMPLATE.fullmatch(text):
        return "blank", text if _TEMPLATE.fullmatch(text) else "", ""
    boxes = list(_BOXES.finditer(text))
    if boxes:
        ticked = [box["word"] for box in boxes if box["box"] not in ("☐", "□", "[ ]", "[]")]
        read = read_answer(ticked[0]) if len(ticked) == 1 else None
        rest = _AFTER.sub("", text[boxes[-1].end() :])
        return (read[0] if read else "blank"), text[: boxes[-1].end()], rest
    for answer, marks in _MARKS:
        if text[0] in marks:
            said = _said(text[1:].strip(" \ufe0f\ufe0e"))
            shown = text[: len(text) - len(said[1])].strip() if said and said[0] == answer else text[0]
            return answer, shown, _rest(text[len(shown) :].lstrip("\ufe0f\ufe0e"))
    if text in ("X", "x"):
        return "no", text, ""
    said = _said(text)
    return (said[0], text[: len(text) - len(said[1])].strip(), _rest(said[1])) if said else None


def _said(text: str) -> tuple[Answer, str] | None:
    """Return the answer that ``text`` begins with, in words or one letter, and what is left."""
    for answer, pattern in _ANSWERS:
        match = pattern.match(text)
        if match:
            return answer, text[match.end() :]
    letter = _LETTERS.match(text)
    if letter:
        return ("yes" if letter["yes"] else "no"), text[letter.end() :]
    return None


def _rest(text: str) -> str:
    rest = _AFTER.sub("", text).strip()
    inner = re.fullmatch(r"\(([^()]*)\)", rest)
    return inner.group(1).strip() if inner else rest


def combine(one: Answer, other: Answer) -> Answer:
    """Return the answer of a provision whose parts are answered each for itself."""
    if one == other or other == "blank":
        return one
    if one == "blank":
        return other
    if "not_applicable" in (one, other):
        return other if one == "not_applicable" else one
    return "partial"
