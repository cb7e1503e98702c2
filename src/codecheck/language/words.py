"""Inflection: "acknowledge", "acknowledges", "acknowledged" and "acknowledging" are one word to a rule author.

A stemmer such as Snowball is too greedy for this job: it makes one word of "response" and "responsible". Only the
regular endings of English and a table of irregular forms are undone here.
"""

from __future__ import annotations

from functools import lru_cache

_IRREGULAR_FORMS = {
    "be": "is are was were been being am",
    "have": "has had having",
    "do": "does did done doing",
    "go": "goes went gone",
    "give": "gave given",
    "send": "sent",
    "make": "made",
    "tell": "told",
    "say": "said",
    "keep": "kept",
    "find": "found",
    "take": "took taken",
    "write": "wrote written",
    "get": "got gotten",
    "meet": "met",
    "hear": "heard",
    "feel": "felt",
    "leave": "left",
    "bring": "brought",
    "deal": "dealt",
    "think": "thought",
    "know": "knew known",
    "choose": "chose chosen",
    "speak": "spoke spoken",
    "hold": "held",
    "pay": "paid",
    "understand": "understood",
    "seek": "sought",
    "show": "showed shown",
    "begin": "began begun",
    "come": "came",
    "see": "saw seen",
    "run": "ran",
    "draw": "drew drawn",
    "lose": "lost",
    "mean": "meant",
    "agree": "agreed",
    "withdraw": "withdrew withdrawn",
    "arise": "arose arisen",
    "fall": "fell fallen",
    "become": "became",
    "forget": "forgot forgotten",
    "break": "broke broken",
    "person": "persons people",
    "child": "children",
    "put": "putting",
    "use": "used uses using",
    "set": "setting",
    "let": "letting",
    "sit": "sat sitting",
    "die": "died dies",
    "tie": "tied ties",
    "refer": "referred referring",
    "occur": "occurred occurring",
    "focus": "focused focussed focuses",
}
_UNCHANGED = frozenset(
    (
        "this his hers its us as thus yes unless always less process address access business express does was "
        "has is need indeed speed feed proceed exceed succeed during thing nothing anything something "
        "everything morning evening king ring bring string spring building red bed fed led shed hundred "
        "sacred news series means perhaps besides towards afterwards status basis analysis previous various "
        "serious bus gas plus focus loss class cross press stress discuss witness illness fitness happiness "
        "housing ombudsman ing"
    ).split()
)
_SMALL_WORDS = frozenset("not us on at her or for".split())
_IRREGULAR = {form: base for base, forms in _IRREGULAR_FORMS.items() for form in forms.split()}


@lru_cache(maxsize=50_000)
def inflection_key(word: str) -> str:
    """Return what all inflected forms of a lower-case ``word`` share; "logged", "logs" and "log" all give "log"."""
    word = word.removesuffix("'s").removesuffix("'")
    base = _IRREGULAR.get(word)
    if base is not None:
        return _bare(base)
    if word.endswith("ings") and len(word) > 6:  # "meetings" is of a kind with "meeting"
        return inflection_key(word[:-1])
    if len(word) <= 3 or word in _UNCHANGED or not word.isalpha():
        return _bare(word) if len(word) > 3 else word
    key = _bare(_without_ending(word))
    # "noted" and "used" are not forms of "not" and "us".
    return key + "e" if key in _SMALL_WORDS and key != word else key


def _without_ending(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ing") and len(word) > 5:
        return _undouble(word[:-3])
    if word.endswith("ed") and len(word) > 4:
        return _undouble(word[:-2])
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undouble(stem: str) -> str:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem


def _bare(word: str) -> str:
    """Drop what spelling rules add or remove: a final e, y against i, a doubled l."""
    if word.endswith("ll") and len(word) > 4:
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        return word.rstrip("e")
    if word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        return word[:-1] + "i"
    return word
