"""codecheck rules mutate: does each edit of a compliant policy bring exactly its row?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codecheck.cli.console import OK, ROWS, Voice, write_outputs
from codecheck.cli.progress import steps
from codecheck.rules.load import DEFAULT_PACK, find_pack, load_pack


def mutate(
    policies: Annotated[
        list[Path], typer.Argument(metavar="POLICY.md...", help="Compliant policies with POLICY.mutations.yaml beside.")
    ],
    rules: Annotated[str, typer.Option(help="Rule pack: an id or a folder.", metavar="PACK|PATH")] = DEFAULT_PACK,
    provision: Annotated[str | None, typer.Option(help="Only the edits of this provision.", metavar="ID")] = None,
) -> int:
    """Edit compliant policies one statement at a time: each edit must bring exactly its row, a neutral one none.

    Exit status: 0 all as they should be, 1 some are not, 2 the files cannot be used.
    """
    # Imported late: no other command needs it.
    from codecheck.quality.mutations import load_mutations, rates, run_mutations

    pack = load_pack(find_pack(rules))
    mutations = [one for policy in policies for one in load_mutations(policy) if provision in (None, one.provision)]
    shown = steps(mutations, lambda one: f"{one.policy.stem}: {one.key}", Voice())
    failed = [result for result in run_mutations(shown, pack) if not result.right]
    lines = [f"{r.mutation.policy.stem}: {r.mutation.key}: {r.told}\n    {r.mutation.told}" for r in failed]
    lines += [f"{name:8}{rate:.1%}" for name, rate in rates(mutations, {r.mutation.key for r in failed}).items()]
    write_outputs([("".join(f"{line}\n" for line in lines), None)])
    return ROWS if failed else OK
