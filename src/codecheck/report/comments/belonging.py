"""Where in a policy something that it does not say would belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from codecheck.model import Assessment, Document, Finding
from codecheck.rules.pack import Provision, RulePack

# Words that only come near are where the matter belongs, unless another heading has so many times more to do with it.
_MUCH_MORE = 4.0


def where_it_belongs(finding: Finding, near: Sequence[int], assessment: Assessment, pack: RulePack) -> int:
    """Return the clause, by index, at which to say what is missing.

    ``near`` are the clauses that come near what is missing; one of them is taken unless all of them stand under
    headings that have little to do with it. Else it is the heading over what the policy says of neighbouring
    provisions of the Code, those about the other stage left out. It is the title of the document where the policy says
    nothing of any, and for practice and governance (tier B), of which it need not speak.
    """
    policy = assessment.documents[0]
    if not near and all(pack.provisions[pid].tier == "B" for pid in finding.provisions if pid in pack.provisions):
        return 0
    weights = _weights(finding, assessment, pack)
    best = max(sorted(weights), key=lambda heading: weights[heading], default=0)
    if near:
        nearest = max(sorted(near), key=lambda clause: weights.get(heading_over(clause, policy), 0.0))
        if weights.get(heading_over(nearest, policy), 0.0) * _MUCH_MORE >= weights.get(best, 0.0):
            return nearest
    return best


def heading_over(clause: int, policy: Document) -> int:
    """Return the nearest heading at or above a clause, by index; the first clause where there is none."""
    return next((at for at in range(clause, -1, -1) if policy.clauses[at].kind == "heading"), 0)


def _weights(finding: Finding, assessment: Assessment, pack: RulePack) -> Mapping[int, float]:
    """Return how much each heading has to do with a finding: the more, the nearer in the Code what is said under it."""
    policy = assessment.documents[0]
    order = {pid: at for at, pid in enumerate(pack.provisions)}
    own = [pack.provisions[pid] for pid in finding.provisions if pid in order]
    missing = {item.element for item in finding.missing}
    stages = {stage for one in own for stage in _stages(one, missing) or _stages(one)}
    weights: dict[int, float] = defaultdict(float)
    for pid, result in assessment.provisions.items():
        other = pack.provisions[pid]
        # What shows practice (tier B) may stand anywhere.
        if not own or other.tier == "B" or pid in finding.provisions:
            continue
        if not (stages & _stages(other) or None in stages | _stages(other)):
            continue
        under = {
            heading_over(evidence.clause, policy)
            for evidence in result.supports
            if evidence.document == policy.id and evidence.clause is not None
        }
        distance = min(abs(order[pid] - order[one.id]) for one in own)
        for heading in under:
            weights[heading] += 1 / (len(under) * distance)
    return weights


def _stages(provision: Provision, elements: Collection[str] | None = None) -> set[int | None]:
    """Return the stages that elements (all, if None) of a provision are about; None stands for no stage of its own."""
    chosen = [element for element in provision.elements if elements is None or element.id in elements]
    return {element.stage or provision.compare.stage for element in chosen}
