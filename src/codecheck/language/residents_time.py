"""Whose a time is: the landlord's, or the resident's who is to ask, answer or complain within it."""

from __future__ import annotations

from collections.abc import Sequence

from codecheck.language.durations import WITHIN_FURTHER, Timescale
from codecheck.language.tokens import SENTENCE_END, Token
from codecheck.language.words import inflection_key

_RESIDENT = frozenset({"you", "resident", "residents", "tenant", "tenants", "customer", "customers", "complainant"})
_RESIDENT |= {"complainants", "leaseholder", "leaseholders", "appellant", "member", "members", "household"}
_MODALS = frozenset("will shall must should is are be was were may might can could would".split())
_ADVERBS = frozenset("have has had been also then normally usually always never not to all".split())
# "You must ask within ..." is the resident's, "you should hear within ..." the landlord's.
_RESIDENT_MODALS = frozenset("must should may can might could need needs have has wish wishes wishing ought".split())
_LANDLORD_ACTS = frozenset(inflection_key(w) for w in "hear receive get expect be have see know".split())
_SUBJECTS = frozenset("we he she they who which that".split())
_ASKED = frozenset("contact tell ask write let request email ring call phone return".split())
_BEFORE_ASKED = frozenset({",", ":", ".", ";", "-", "please", "then", "and", "simply", "just"})


def is_the_residents(tokens: Sequence[Token], one: Timescale) -> bool:
    """Tell whether the time is the resident's: "you then have 20 working days to ...", "please ask within ..."."""
    at = one.start - 1
    while at > 0 and tokens[at].word in WITHIN_FURTHER | {"then", "also", "another", "further", "least"}:
        at -= 1
    if at < 1:
        return False
    if tokens[at].word in {"have", "has", "given", "allowed"}:
        return any(tokens[k].word in _RESIDENT for k in range(max(0, at - 3), at))
    return _resident_acts(tokens, one.start)


def _resident_acts(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether the verb nearest before a time is the resident's: an order, "you must", "if we hear from you"."""
    for at in range(start - 1, max(-1, start - 26), -1):
        word, before = tokens[at].word, tokens[at - 1].word if at else "."
        following = tokens[at + 1].word if at + 1 < start else "."
        if word in SENTENCE_END:
            return False
        if word == "from" and before in {"hear", "heard"} and _RESIDENT & {t.word for t in tokens[at + 1 : at + 3]}:
            return tokens[at - 2].word != "i"
        if word == "please" or (
            word in _ASKED
            and before in _BEFORE_ASKED
            and following in {"us", "our", "the", "for"}
            and not _RESIDENT & {token.word for token in tokens[at + 1 : at + 3]}
        ):
            return not any(tokens[k].word in _SUBJECTS for k in range(at, start))
        if word in _MODALS | _RESIDENT_MODALS and (word not in {"have", "has"} or following == "to"):
            if word in {"need", "have"} and before == "will":
                before = tokens[at - 2].word
            return (
                word in _RESIDENT_MODALS and _resident_subject(tokens, at, before) and _resident_verb(tokens, at, start)
            )
    return False


def _resident_subject(tokens: Sequence[Token], modal: int, before: str) -> bool:
    """Tell whether the subject of a modal verb is the resident: "you must", "tenants who wish to ask must"."""
    if before in _RESIDENT:
        return True
    begin = modal
    while begin > 0 and tokens[begin - 1].word not in SENTENCE_END | {",", ":"}:
        begin -= 1
    return any(tokens[k].word in _RESIDENT for k in range(begin, min(begin + 2, modal)))


def _resident_verb(tokens: Sequence[Token], modal: int, start: int) -> bool:
    verb = next((k for k in range(modal + 1, start) if tokens[k].word not in _ADVERBS | {"to"}), modal)
    return tokens[verb].key not in _LANDLORD_ACTS
