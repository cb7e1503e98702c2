"""The Ombudsman's contact details as documents give them, against those of the rule pack (provision 3.7).

Only what is certainly wrong is raised: a detail that was the Ombudsman's once, one that differs from the right one by a
slip, or one that is given as the Ombudsman's in so many words. Whose a detail is, is judged by who is named nearest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from codecheck.assess.contact_mentions import Mention, Mentions, names_in, plain, spaced
from codecheck.model import Clause, Document
from codecheck.rules.contacts import ContactDetails, Outdated, digits

ProblemKind = Literal["outdated", "wrong"]
Detail = Literal["address", "telephone", "email", "website"]

# Two digits may stand apart by spaces, a hyphen, a full stop or brackets; a number of hours ("9am") is no part of it.
_TELEPHONE = re.compile(
    r"(?<![\w@/-])(?<!\d\.)(?:(?:\+|00)44[ (]*(?:0\)? ?)?|\(?0)\d?(?:[ .()\n-]{0,2}\d){8,9}\d{0,2}"
    r"(?!\d|-\d| ?[ap]\.?m\b)"
)
_EMAIL = re.compile(r"(?<![\w.+-])([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
# Ends with what ends an address, so that "housing-ombudsman-form.pdf" is none.
_HOST = re.compile(
    r"(?<![\w@./-])(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:uk|org|com|net|info|co|gov|eu))\b(?![\w.+-]*@)",
    re.IGNORECASE,
)
_DOT_WITHIN, _SPACE = re.compile(r"\.\w"), re.compile(r"[ \n]")
_PO_BOX = re.compile(r"\bP\.?\s?O\.?\s?Box(?:\s+(?:No\.?|number))?\s*(\d+)", re.IGNORECASE)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*[\dO][A-Z]{2}\b")
_SENTENCE = re.compile(r"[.?!](?=\s|$)|\n")
_WORD = re.compile(r"[a-z][a-z'-]*", re.IGNORECASE)
# An address has its pieces within so many characters of one another.
_TOGETHER = 80
# A number that differs in more digits than this is not taken for a slip.
_SLIP = 2
# Between a name and the number given as its number, or from a detail to the end of its sentence, no more than this.
_GIVEN = 300


@dataclass(frozen=True, slots=True)
class ContactProblem:
    """A contact detail of the Ombudsman's that is not right.

    ``quote`` is the document's own text, and may run over several clauses; ``clause`` is the one it begins in.
    ``kind`` is outdated (it was right once; ``was`` says what it was, completing "that was ...") or wrong. ``right`` is
    what should stand there.
    """

    clause: Clause
    quote: str
    kind: ProblemKind
    detail: Detail
    right: str
    was: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    kind: ProblemKind
    detail: Detail
    was: str = ""


def check_contacts(document: Document, details: ContactDetails) -> tuple[ContactProblem, ...]:
    """Return what is certainly wrong in the contact details that ``document`` gives for the body of ``details``.

    In the order of the document; empty where there is nothing wrong, and where no details are given.
    """
    check = _Check(document, details)
    found = [*check.addresses(), *check.telephones(), *check.emails(), *check.websites()]
    return tuple(check.problem(one) for one in sorted(set(found), key=lambda one: (one.start, one.end)))


class _Check:
    def __init__(self, document: Document, details: ContactDetails) -> None:
        self._document = document
        self._details = details
        self._text = plain(document.text)
        self._mentions = Mentions(document, details)
        self._past = re.compile(rf"\b(?:{'|'.join(spaced(word) for word in details.past)})\b", re.IGNORECASE)
        self._right: dict[Detail, str] = {
            "address": ", ".join((details.body, *details.address)),
            "telephone": details.telephones[0],
            "email": details.emails[0],
            "website": details.website,
        }

    def problem(self, one: _Found) -> ContactProblem:
        clause = self._mentions.clause_at(one.start)
        quote = self._document.text[one.start : one.end]
        return ContactProblem(clause, quote, one.kind, one.detail, self._right[one.detail], one.was)

    def addresses(self) -> Iterator[_Found]:
        small = self._text.lower()
        for old in self._details.old_addresses:
            for start, end in _pieces(small, old):
                if self._is_theirs(start, end, own=False) and not self._is_past(start, end):
                    yield _Found(start, end, "outdated", "address", old.was)
        yield from self._mistaken_addresses()

    def _mistaken_addresses(self) -> Iterator[_Found]:
        """Find the right PO Box with a wrong postcode, the right postcode with a wrong box, and a box never theirs."""
        box, postcode = _box(self._details.address), _compact(self._details.address[-1])
        old = {number for one in self._details.old_addresses for number in _boxes(one)}
        old_codes = {_compact(mark) for one in self._details.old_addresses for mark in one.marks}
        for match in _PO_BOX.finditer(self._text):
            code = _POSTCODE.search(self._text, match.end(), match.end() + _TOGETHER)
            another = _PO_BOX.search(self._text, match.end(), code.start()) if code else None
            right_code = code is not None and not another and _compact(code.group()) == postcode
            if match.group(1) == box:
                if code is None or another or right_code or _compact(code.group()) in old_codes:
                    continue
                end = code.end()
            elif right_code and code is not None:
                end = code.end()
            elif match.group(1) in old or not self._is_given(match.start(), match.end()):
                continue
            else:
                end = match.end()
            if self._is_theirs(match.start(), end, own=False) and not self._is_past(match.start(), end):
                yield _Found(match.start(), end, "wrong", "address")

    def telephones(self) -> Iterator[_Found]:
        numbers = [(match, digits(match.group())) for match in _TELEPHONE.finditer(self._text)]
        right = {digits(number) for number in self._details.telephones}
        old = {digits(one.value): one for one in self._details.old_telephones}
        places: dict[str, list[tuple[int, int]]] = {}
        for match, number in numbers:
            places.setdefault(number, []).append(match.span())
        slips: dict[str, bool] = {}
        for match, number in numbers:
            start, end = match.span()
            # A digit too many may be the mark of a footnote.
            if any(number.startswith(one) for one in right):
                continue
            if number in old:
                if self._is_theirs(start, end, own=False) and not self._is_past(start, end):
                    yield _Found(start, end, "outdated", "telephone", old[number].was)
                continue
            # The landlord's own number stands elsewhere too, or in a sentence in which it speaks of itself.
            if number not in slips:
                slips[number] = any(_distance(number, one) <= _SLIP for one in right) and all(
                    self._is_theirs(*place, own=False) for place in places[number]
                )
            if slips[number]:
                could_be_real = any(len(number) == len(one) for one in right)
                wrong = not (could_be_real and self._mentions.landlord_between(*self._sentence(start, start)))
            else:
                wrong = len(places[number]) == 1 and self._is_given(start, end)
            if wrong and not self._is_past(start, end):
                yield _Found(start, end, "wrong", "telephone")

    def emails(self) -> Iterator[_Found]:
        names = {address.partition("@")[0] for address in self._details.emails}
        for match in _within_pieces(_EMAIL, self._text):
            name, host = match.group(1).lower(), match.group(2).lower()
            if host == self._details.domain:
                slip = name not in names and any(_distance(name, one) == 1 for one in names)
                if slip and not self._is_past(*match.span()):
                    yield _Found(match.start(), match.end(), "wrong", "email")
                continue
            yield from self._judged_host(host, match.start(), match.end(), "email")

    def websites(self) -> Iterator[_Found]:
        for match in _within_pieces(_HOST, self._text):
            yield from self._judged_host(match.group(1).lower(), match.start(), match.end(), "website")

    def _judged_host(self, host: str, start: int, end: int, detail: Detail) -> Iterator[_Found]:
        host = host.removeprefix("www.").rstrip(".-")
        for old in self._details.old_domains:
            if host == old.value or host.endswith(f".{old.value}"):
                if not self._is_past(start, end):
                    yield _Found(start, end, "outdated", detail, old.was)
                return
        domain = self._details.domain
        if host == domain or host.endswith(f".{domain}") or not _claims(host, domain):
            return
        # A line may break within an address: "housing-ombudsman.org. uk".
        rest = re.sub(r"\s", "", self._text[end : end + len(domain) + 4])
        if domain.startswith(host) and rest.startswith(domain[len(host) :]):
            return
        if not self._is_past(start, end):
            yield _Found(start, end, "wrong", detail)

    def _is_theirs(self, start: int, end: int, *, own: bool = True) -> bool:
        owner = self._mentions.owner(start, end, own=own)
        return owner is not None and owner.who == "body"

    def _is_past(self, start: int, end: int) -> bool:
        """Tell whether the sentence says of a detail that it is an old one."""
        first, last = self._sentence(start, end)
        sentence = self._text[first:last]
        return self._past.search(sentence) is not None

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentence around a detail begins and ends."""
        clause = self._mentions.clause_at(start)
        first, stop = max(clause.start, start - _GIVEN), max(end, min(clause.end, end + _GIVEN))
        before = [match.end() for match in _SENTENCE.finditer(self._text, first, start)]
        after = _SENTENCE.search(self._text, end, stop)
        return (before[-1] if before else first), (after.start() if after else stop)

    def _is_given(self, start: int, end: int) -> bool:
        """Tell whether nothing but labels and other details stands between the body's name and a detail."""
        owner = self._mentions.owner(start, end)
        if owner is None or owner.who != "body" or owner.start >= start or start - owner.end > _GIVEN:
            return False
        following: Mention | None = self._mentions.next_after(end, self._mentions.clause_at(start))
        if following is not None and following.who != "body":
            return False
        between = _EMAIL.sub(" ", self._text[owner.end : start])
        between = _HOST.sub(" ", re.sub(r"(?:https?://|www\.)\S+", " ", between))
        for line in (*self._details.address, *(m for one in self._details.old_addresses for m in one.marks)):
            between = re.sub(spaced(line), " ", between, flags=re.IGNORECASE)
        labels = set(self._details.labels)
        return all(word.lower().removesuffix("'s") in labels for word in _WORD.findall(between))


def _within_pieces(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern for e-mail addresses or hosts, all of which have a full stop and no space within.

    It is looked for only between the spaces around such a full stop: these patterns are slow, and most text has none.
    """
    end = 0
    for dot in _DOT_WITHIN.finditer(text):
        if dot.start() >= end:
            start = max(end, text.rfind(" ", 0, dot.start()) + 1, text.rfind("\n", 0, dot.start()) + 1)
            space = _SPACE.search(text, dot.end())
            end = space.start() if space is not None else len(text)
            yield from pattern.finditer(text, start, end)


def _pieces(text: str, old: Outdated) -> Iterator[tuple[int, int]]:
    """Yield where an outdated address stands: two of its marks close together, or one that has a number in it.

    ``text`` is in lower case.
    """
    marks = names_in(text, (mark.lower() for mark in sorted(old.marks, key=len, reverse=True)))
    if not marks:
        return
    pattern = re.compile(rf"\b(?:{'|'.join(spaced(mark) for mark in marks)})\b")
    group: list[re.Match[str]] = []
    for match in [*pattern.finditer(text), None]:
        if match is not None and (not group or match.start() - group[-1].end() <= _TOGETHER):
            group.append(match)
            continue
        named = {" ".join(one.group().split()) for one in group}
        if len(named) > 1 or any(any(c.isdigit() for c in name) for name in named):
            yield group[0].start(), group[-1].end()
        group = [match] if match is not None else []


def _claims(host: str, domain: str) -> bool:
    """Tell whether a host's name is made of the words of ``domain`` ("housing-ombudsmen.org.uk")."""
    words = [word.removesuffix("man") for word in domain.partition(".")[0].split("-")]
    return all(word in host for word in words)


def _box(lines: tuple[str, ...]) -> str:
    match = next((found for line in lines if (found := _PO_BOX.search(line))), None)
    return match.group(1) if match else ""


def _boxes(old: Outdated) -> list[str]:
    return [match.group(1) for match in _PO_BOX.finditer(old.value)]


def _compact(postcode: str) -> str:
    """Return a postcode without spaces, the letter O read as a nought."""
    return re.sub(r"\s", "", postcode).upper().replace("O", "0")


def _distance(one: str, other: str) -> int:
    """Return how many characters must be changed, added or left out to make ``other`` of ``one``."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, 1):
        previous, row[0] = row[0], at
        for to, wanted in enumerate(other, 1):
            previous, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, previous + (character != wanted))
    return row[-1]
