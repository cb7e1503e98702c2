"""The documents that evidence names: the complaints policy, other policies, procedures, the website, the Code, Acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NamedDocument = Literal["policy", "procedure", "self-assessment", "website", "other", "code", "act"]

_NOUN = (
    r"(?:policy\s*(?:and|&|/)\s*procedures?|policy\s+statement|polic(?:y|ies)|procedures?|process\s+document|guidance|guide|handbook|"
    r"leaflet|strategy|agreement|charter|statement|protocol|framework)"
)
_NOUN_AT = re.compile(rf"(?<![\w-]){_NOUN}(?!-?\w)(?:\s+(?:document|doc)\b)?", re.IGNORECASE)
_CODE = re.compile(
    r"\b(?:(?:this|the)\s+)?(?:(?:housing\s+)?ombudsman(?:['’]s)?\s+)?(?:complaints?\s+handling\s+)?\bCode(?:\s+of\s+practice)?\b(?!\s+of\s+conduct)"
    r"|\bcomplaints?\s+handling\s+code\b|\bCode\s+provisions?\b"
)
_ACT = re.compile(
    r"\b(?:[A-Z][\w’'()-]*\s+(?:and\s+|of\s+|the\s+|for\s+|\([A-Z]\w*\)\s+)*){1,7}(?:Act|Regulations?|Order)(?:\s+\d{4})?\b"
)
_WEB = re.compile(
    r"\b(?:(?:our|the|company|landlord['’]s)\s+)*(?:website|web\s?site|web\s?pages?|web-page|complaints? pages?)\b",
    re.IGNORECASE,
)
_FORM = re.compile(r"\b(?:this\s+|the\s+|our\s+)?self[- ]assessment(?:\s+form)?\b(?!\s+against)", re.IGNORECASE)
# Words in front of "policy" that do not name it.
_PLAIN = frozenset(
    """the our this that its their a an in of under within from by see statement statements as per new current revised
    updated latest and customer customers customer's resident residents tenant tenants landlord landlord's company
    association's group corporate full main published approved existing also is refer to written stated covered
    contained detailed included outlined same said above following to with on at for both draft your my""".split()
)
_COMPLAINTS = re.compile(r"\bcomplaints?\b|\bfeedback\b|\bdissatisfaction\b", re.IGNORECASE)
_NOT_COMPLAINTS = re.compile(
    r"\b(?:un(?:reasonabl[ey]|acceptable)|vexatious|persistent|habitual|behaviour|behavior|compensation|remed(?:y|ies)|safeguarding|"
    r"adjustments?|repairs?|whistleblowing|staff|employee|anti-?social)\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:statement|statements|section|sections|see|in|of|under|within|per|the|our|this|that|a|an|its|their|is|are|as|and|with|"
    r"to|from|by|have|has|also|we|refer|stated|covered|detailed|on|at|for|new|current|revised|updated|latest|existing|"
    r"yes|no|which|both|all|any|via|set|out|outlined|contained|included|provided|through|where|when|each|use|uses|using|"
    r"following|follow|follows|your|my|evidenced|referenced|review|update|published|separate|compliant|y|or|same|said|"
    r"one|two|single|residents|staff|landlord's|landlord’s|paragraph|para|page|pages|clause|point|standard|clear|point)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A document named in a text. ``refers_back``: "that policy", one named before."""

    document: NamedDocument
    name: str
    start: int
    end: int
    refers_back: bool = False


def find_names(text: str) -> tuple[Name, ...]:
    """Return the documents that ``text`` names, in order, without overlaps."""
    found: list[Name] = []
    for match in _NOUN_AT.finditer(text):
        name = _policy(text, match)
        if name is not None:
            found.append(name)
    for pattern, document in _OTHERS:
        found += [Name(document, _bare(match.group()), match.start(), match.end()) for match in pattern.finditer(text)]
    found.sort(key=lambda name: (name.start, -name.end))
    apart: list[Name] = []
    for name in found:
        if not apart or name.start >= apart[-1].end:
            apart.append(name)
    return tuple(apart)


_OTHERS: tuple[tuple[re.Pattern[str], NamedDocument], ...] = (
    (_CODE, "code"),
    (_ACT, "act"),
    (_WEB, "website"),
    (_FORM, "self-assessment"),
)


def _bare(name: str) -> str:
    return re.sub(r"^(?:(?:the|our|this)\s+)+", "", name.strip(), flags=re.IGNORECASE)


def _policy(text: str, noun: re.Match[str]) -> Name | None:
    """Return the policy or procedure whose noun stands at a place, with the words of its name in front of it."""
    start = noun.start()
    words = list(re.finditer(r"\S+", text[max(0, start - 120) : start]))
    offset = max(0, start - 120)
    first = start
    taken: list[str] = []
    for at in range(len(words) - 1, -1, -1):
        word = words[at].group()
        if len(taken) >= 7 or word[-1] in ".;:!?)" or re.search(r"\d", word):
            break
        bare = word.strip("(),‘’'“”\"")
        if word in ("&", "/") or bare.lower() in ("and", "of"):
            before = words[at - 1].group().strip("(),") if at else ""
            if (
                taken
                and bare.lower() != "of"
                and before[:1].isupper()
                and before.lower() not in _PLAIN | {"policy", "procedure"}
            ):
                taken.append(word)
                continue
            break
        if _STOP.match(bare) or not bare or (word.endswith(",") and not _listed(words, at)):
            break
        if not (bare[:1].isupper() or _ordinary(bare)):
            break
        taken.append(word)
        first = offset + words[at].start() + (1 if word[0] in "(‘'“\"" else 0)
    while taken and taken[-1] in ("&", "/", "and"):
        taken.pop()
    name = re.sub(r"\s+", " ", text[first : noun.end()]).strip()
    back = text[max(0, start - 6) : noun.end()].lower()
    refers_back = not taken and re.search(r"\b(?:that|this|same|said)\s+(?:policy|procedure)", back) is not None
    described = " ".join(reversed(taken))
    if not described and noun.group().lower() in ("policies", "procedures"):
        return None  # all of them, or none in particular
    if not described and re.match(
        r"(?:guidance|guide|strategy|agreement|charter|statement|protocol|framework|handbook|leaflet)",
        noun.group(),
        re.IGNORECASE,
    ):
        return None
    return Name(_kind(described, noun.group()), name, first, noun.end(), refers_back)


def _ordinary(word: str) -> bool:
    """Tell whether a word in small letters may be part of a document's name ("complaints handling policy")."""
    return (
        re.fullmatch(
            r"complaints?|handling|customers?|resident|tenant|compliments?|comments?|feedback|corporate|reasonable|adjustments?|"
            r"unacceptable|unreasonable|behaviour|vexatious|persistent|compensation|equality|diversity|safeguarding|repairs?|"
            r"remedies|complainants?|conduct|actions?|company|formal|data|protection|retention|service|dissatisfaction|group",
            word,
            re.IGNORECASE,
        )
        is not None
    )


def _listed(words: list[re.Match[str]], at: int) -> bool:
    """Tell whether a word with a comma is in a name that lists ("Compliments, Comments and Complaints Policy")."""
    following = [word.group().strip(",") for word in words[at + 1 :]]
    complaints = any(_COMPLAINTS.search(word) for word in (words[at].group(), *following))
    return complaints and any(word.lower() in ("and", "&") for word in following)


def _kind(described: str, noun: str) -> NamedDocument:
    plain = not [
        word for word in re.findall(r"[\w’'-]+", described.lower()) if word not in _PLAIN | {"handling", "formal"}
    ]
    ours = plain or (_COMPLAINTS.search(described) is not None and not _unlike(described))
    if not ours:
        return "other"
    if noun.lower().startswith("polic"):
        return "policy"
    return "procedure" if noun.lower().startswith(("procedure", "process")) else "other"


def _unlike(described: str) -> bool:
    """Tell whether a name with "complaint" in it is that of another document ("Unreasonable Complaints Policy")."""
    found = _NOT_COMPLAINTS.search(described)
    if found is None:
        return False
    return not (
        re.search(r"\b(?:and|&)\b", described) and found.group().lower() in ("compensation", "remedy", "remedies")
    )
