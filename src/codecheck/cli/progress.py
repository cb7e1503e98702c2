"""Progress of long work: on standard error, only where a person watches it, and gone when the work is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from codecheck.cli.console import Voice

Item = TypeVar("Item")


def steps(items: Sequence[Item], told: Callable[[Item], str], voice: Voice) -> Iterator[Item]:
    """Yield the items, with a bar that says of each what is being done; no bar when piped or quiet."""
    if not _is_watched(voice) or len(items) < 2:
        yield from items
        return
    # Imported late: most runs are short or piped, and need no bar.
    from rich.console import Console
    from rich.progress import Progress

    # Standard output is the result's, and may be piped while somebody watches standard error.
    with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        task = progress.add_task("", total=len(items))
        for item in items:
            progress.update(task, description=told(item))
            yield item
            progress.advance(task)


@contextmanager
def spinner(told: str, voice: Voice) -> Iterator[None]:
    """Show a sign of life during one long piece of work; none when piped or quiet."""
    if not _is_watched(voice):
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    shown = SpinnerColumn(), TextColumn("{task.description}")
    with Progress(*shown, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        progress.add_task(told, total=None)
        yield


def _is_watched(voice: Voice) -> bool:
    return not voice.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
