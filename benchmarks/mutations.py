"""Every mutation of the compliant policies: what is caught, provision by provision, and what is not.

python benchmarks/mutations.py             # exit status 1 where this differs from fixtures/compliant/known.yaml
python benchmarks/mutations.py --update    # takes off the list what is right now
python benchmarks/mutations.py --accept REASON   # and puts on it what is not, with that reason
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from codecheck.quality.known import Known, drift, load_known, write_known
from codecheck.quality.mutations import Mutation, MutationResult, load_mutations, rates, run_mutations
from codecheck.rules.load import find_pack, load_pack

COMPLIANT = Path(__file__).resolve().parents[1] / "fixtures" / "compliant"
HEADING = """Mutations that do not bring exactly their row yet. tests/quality/test_mutations.py fails where one is not
on this list, and where one on it is right now: python benchmarks/mutations.py --update takes those off."""


def main() -> int:
    """Run all mutations and print what came of them."""
    parser = argparse.ArgumentParser(description="Every mutation of the compliant policies.")
    parser.add_argument("--update", action="store_true", help="take off the list of known failures what is right now")
    parser.add_argument("--accept", metavar="REASON", help="put new failures on the list, with this reason")
    given = parser.parse_args()
    mutations = [one for policy in sorted(COMPLIANT.glob("*.md")) for one in load_mutations(policy)]
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        parts = pool.map(_run, [mutations[at::workers] for at in range(workers)])
        results = [result for part in parts for result in part]
    known = load_known(COMPLIANT / "known.yaml")
    print_results(mutations, results)
    differs = update(known, mutations, results, remove=given.update or bool(given.accept), accept=given.accept or "")
    if given.update or given.accept:
        write_known(COMPLIANT / "known.yaml", known, HEADING)
    return 1 if differs else 0


def _run(mutations: list[Mutation]) -> list[MutationResult]:
    return run_mutations(mutations, load_pack(find_pack()))


def print_results(mutations: list[Mutation], results: list[MutationResult]) -> None:
    """Print the rates, all together and by provision, and each failure."""
    failed = [result for result in results if not result.right]
    for result in sorted(failed, key=lambda r: (r.mutation.policy.stem, r.mutation.key)):
        print(f"{result.mutation.policy.stem}: {result.mutation.key}: {result.told}\n    {result.mutation.told}")
    total = Counter(one.provision for one in mutations if one.kind != "neutral")
    wrong = Counter(result.mutation.provision for result in failed if result.mutation.kind != "neutral")
    for provision in sorted(total, key=lambda one: [int(part) for part in one.split(".")]):
        print(f"{provision:>6}  {total[provision] - wrong[provision]} of {total[provision]} caught")
    keys = {result.mutation.key for result in failed}
    print(f"{sum(result.masked for result in results)} show nothing: the policy has their row without the edit")
    for name, rate in rates(mutations, keys).items():
        print(f"{name:>6}  {rate:.3f}")


def update(
    known: Known, mutations: list[Mutation], results: list[MutationResult], *, remove: bool, accept: str
) -> bool:
    """Bring the list of known failures up to date as far as allowed; return whether it still differs."""
    differs = False
    for policy in sorted({one.policy for one in mutations}):
        entries = known.setdefault(policy.stem, {})
        failed = {r.mutation.key: r for r in results if r.mutation.policy == policy and not r.right}
        change = drift(failed, {*entries, *(one.key for one in mutations if one.policy == policy)}, entries)
        for key in change.gone if remove else ():
            del entries[key]
        for key in change.new if accept else ():
            entries[key] = {"is": failed[key].mutation.told, "reason": f"{failed[key].told}: {accept}"}
        left = drift(failed, entries, entries)
        if left:
            differs = True
            print(f"{policy.stem}:\n{left}")
    return differs


if __name__ == "__main__":
    sys.exit(main())
