"""What an assessment costs beside reading the file and importing the libraries. Prints ratios of one run.

    python benchmarks/cold_and_warm.py [POLICY]

All figures are processor time, which a busy machine changes less than it changes waiting time. Each cold figure is the
least of several runs of a new interpreter; each warm figure the least of several repetitions in one, with no text kept
from the one before. Without POLICY a 12-page policy is made from the good sample in fixtures/. codecheck is compiled to
bytecode and its rule pack is read first, as when it is installed. "For the first time" is with nothing in the user's
cache folder, "after a change of the rules" is without what the installation kept too.
"""

from __future__ import annotations

import compileall
import gc
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import codecheck
import codecheck.cli  # before numpy, for which it sets the number of threads
from codecheck.rules.install import keep_installed
from codecheck.rules.kept import INSTALLED
from codecheck.rules.load import find_pack

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "good" / "policy.docx"
COLD_RUNS = 5
WARM_RUNS = 7
LIBRARIES = "import spacy, lxml.etree, yaml, typer, rich.console"
COMMAND = ("-m", "codecheck")
WORDS_ON_A_PAGE = 330


def main() -> None:
    """Measure and print."""
    compileall.compile_dir(str(Path(codecheck.__file__).parent), quiet=2)
    keep_installed([find_pack()], INSTALLED)
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(sys.argv[1]) if len(sys.argv) > 1 else twelve_pages(Path(folder))
        changed = Path(folder) / "pack"
        shutil.copytree(find_pack(), changed)
        with (changed / "pack.yaml").open("a", encoding="utf-8") as header:
            header.write("# changed\n")
        report(policy, changed)


def report(policy: Path, changed: Path) -> None:
    """Print the times of one policy and their ratios; ``changed`` is a pack that no installation has kept."""
    path = str(policy)
    empty = cold(("-c", "pass"))
    libraries = cold(("-c", LIBRARIES)) - empty
    extraction = cold((*COMMAND, "extract", path)) - empty
    assess = (*COMMAND, "assess", path, "--format", "csv", "--kind", f"{policy.name}=policy")
    whole = cold(assess) - empty
    first = cold(assess, keeping_nothing=True) - empty
    after_change = cold((*assess, "--rules", str(changed)), keeping_nothing=True) - empty
    words, read, assessed = warm(policy)
    print(f"policy: {policy.name}, {words} words, about {words / WORDS_ON_A_PAGE:.0f} pages")
    print(f"cold: libraries {libraries:.2f} s, extract {extraction:.2f} s, assess {whole:.2f} s")
    print(f"cold: assess for the first time {first:.2f} s, after a change of the rules {after_change:.2f} s")
    listed = ", ".join(f"{number} {seconds * 1000:.0f} ms" for number, seconds in assessed.items())
    print(f"warm: read a document {read * 1000:.0f} ms; assess documents: {listed}")
    allowed = libraries + read
    print(f"whole cold run / (libraries + warm extraction): {whole / allowed:.2f} (aim: at most 1.5)")
    print(f"  for the first time {first / allowed:.2f}, after a change of the rules {after_change / allowed:.2f}")
    print(f"further document / 150 ms: {(read + assessed[1]) / 0.150:.2f} (aim: at most 1)")
    print(f"each document assessed beside the policy / 150 ms: {(read + (assessed[4] - assessed[1]) / 3) / 0.150:.2f}")


def cold(arguments: Sequence[str], *, keeping_nothing: bool = False) -> float:
    """Return the least time in seconds that a new interpreter takes; ``keeping_nothing`` gives each an empty cache."""
    times = []
    for _ in range(COLD_RUNS):
        with tempfile.TemporaryDirectory() as cache:
            changed: Mapping[str, str] = {"XDG_CACHE_HOME": cache, "LOCALAPPDATA": cache} if keeping_nothing else {}
            start = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, *arguments], capture_output=True, check=False, env={**os.environ, **changed}
            )
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
    return min(times)


def warm(policy: Path) -> tuple[int, float, dict[int, float]]:
    """Return the words of ``policy`` and the least times in seconds, once all is loaded, to read it and to assess it.

    It is assessed alone and beside one, two and three copies of itself, as a procedure and as web pages; the words of
    all are the same, and are parted into tokens once.
    """
    from codecheck.assess.assess import assess
    from codecheck.documents.document import read_document
    from codecheck.language.tokens import sentences
    from codecheck.model import DocumentKind
    from codecheck.rules.load import load_pack

    pack = load_pack(find_pack())
    gc.disable()  # as the command does
    data = policy.read_bytes()
    kinds: list[DocumentKind] = ["policy", "procedure", "website", "website"]
    documents = [read_document(data, policy.name, document_id=f"{n}", kind=kind) for n, kind in enumerate(kinds)]
    reads: list[float] = []
    assessments: dict[int, list[float]] = {number: [] for number in range(1, len(kinds) + 1)}
    for _ in range(WARM_RUNS):
        start = time.process_time()
        read_document(data, policy.name)
        reads.append(time.process_time() - start)
        for number, times in assessments.items():
            sentences.cache_clear()
            start = time.process_time()
            assess(documents[:number], pack)
            times.append(time.process_time() - start)
    return documents[0].words, min(reads), {number: min(times) for number, times in assessments.items()}


def twelve_pages(folder: Path) -> Path:
    """Make a policy of about twelve pages by repeating the good sample's paragraphs."""
    import docx

    document = docx.Document(str(FIXTURE))
    paragraphs = [(p.text, p.style.name if p.style is not None else None) for p in document.paragraphs]
    words = sum(len(text.split()) for text, _ in paragraphs)
    wanted, at = 12 * WORDS_ON_A_PAGE, 0
    while words < wanted:
        text, style = paragraphs[at % len(paragraphs)]
        document.add_paragraph(text, style=style)
        words += len(text.split())
        at += 1
    path = folder / "twelve-pages.docx"
    document.save(str(path))
    return path


if __name__ == "__main__":
    main()
