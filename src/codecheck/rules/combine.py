"""Several rule packs as one: a landlord's own provisions beside those of the Code."""

from __future__ import annotations

from collections.abc import Sequence

from codecheck.errors import RulePackError
from codecheck.language.lexicon import Lexicon
from codecheck.rules.load import find_pack, join_concepts, load_pack, provision_order
from codecheck.rules.pack import Pattern, Provision, RulePack


def load_packs(names: Sequence[str]) -> RulePack:
    """Load packs, given by id or folder, and join them; the first gives identity, contact details and path.

    Raises RulePackError where two of them have the same provision, or the same concept with other phrases.
    """
    packs = [load_pack(find_pack(name)) for name in dict.fromkeys(names)]
    if len(packs) == 1:
        return packs[0]
    first = packs[0]
    concepts: dict[str, tuple[str, ...]] = {}
    provisions: dict[str, Provision] = {}
    describes: dict[int, tuple[Pattern, ...]] = {}
    for pack in packs:
        join_concepts(concepts, pack.concepts, pack.path)
        for pid, provision in pack.provisions.items():
            if pid in provisions:
                raise RulePackError(
                    f"{provision.path}: provision {pid} is also in {provisions[pid].path}. Give one of them another id."
                )
            provisions[pid] = provision
        for stage, patterns in pack.describes.items():
            describes[stage] = tuple(dict.fromkeys((*describes.get(stage, ()), *patterns)))
    # A pack that uses the others has all their concepts already.
    lexicon = next((pack.lexicon for pack in packs if pack.concepts.keys() == concepts.keys()), None)
    return RulePack(
        info=first.info,
        edition=first.edition,
        source=first.source,
        lexicon=lexicon or Lexicon(concepts),
        provisions=dict(sorted(provisions.items(), key=lambda pair: provision_order(pair[0]))),
        path=first.path,
        concepts=concepts,
        describes=describes,
        second_reader=next((pack.second_reader for pack in packs if pack.second_reader), ""),
        joined=tuple(pack.info for pack in packs[1:]),
    )
