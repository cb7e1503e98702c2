"""What an assessment costs beside reading the file and importing the libraries. Prints ratios of one run.

    python benchmarks/cold_and_warm.py [POLICY]

Each cold figure is the least of several runs of a new interpreter; each warm figure the least of several repetitions
in one. Without POLICY a 12-page policy is made from the good sample in fixtures/.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "good" / "policy.docx"
COLD_RUNS = 5
WARM_RUNS = 7
LIBRARIES = "import spacy, lxml.etree, yaml, typer, rich.console"
EXTRACT = "import sys; from codecheck.cli.app import run; sys.exit(run(['extract', {path!r}]))"
ASSESS = "import sys; from codecheck.cli.app import run; sys.exit(run(['assess', {path!r}, '--format', 'csv']))"
WORDS_ON_A_PAGE = 330


def main() -> None:
    """Measure and print."""
    if len(sys.argv) > 1:
        report(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(twelve_pages(Path(folder)))


def report(policy: Path) -> None:
    """Print the times of one policy and their ratios."""
    empty = cold("pass")
    libraries = cold(LIBRARIES) - empty
    extraction = cold(EXTRACT.format(path=str(policy))) - empty
    whole = cold(ASSESS.format(path=str(policy))) - empty
    words, warm_read, warm_assess = warm(policy)
    print(f"policy: {policy.name}, {words} words, about {words / WORDS_ON_A_PAGE:.0f} pages")
    print(f"cold: libraries {libraries:.2f} s, extract {extraction:.2f} s, assess {whole:.2f} s")
    print(f"warm, a further document: read {warm_read * 1000:.0f} ms, assess {warm_assess * 1000:.0f} ms")
    print(f"whole cold run / (libraries + warm extraction): {whole / (libraries + warm_read):.2f} (aim: at most 1.5)")
    print(f"further document / 150 ms: {(warm_read + warm_assess) / 0.150:.2f} (aim: at most 1)")


def cold(code: str) -> float:
    """Return the least time in seconds that a new interpreter takes to run ``code``."""
    times = []
    for _ in range(COLD_RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def warm(policy: Path) -> tuple[int, float, float]:
    """Return the words of ``policy`` and the least times in seconds to read and to assess it once all is loaded."""
    from codecheck.assess.assess import assess
    from codecheck.documents.document import read_document
    from codecheck.rules.load import find_pack, load_pack

    pack = load_pack(find_pack())
    data = policy.read_bytes()
    reads, assessments, words = [], [], 0
    for _ in range(WARM_RUNS):
        start = time.perf_counter()
        document = read_document(data, policy.name)
        between = time.perf_counter()
        assess([document], pack)
        assessments.append(time.perf_counter() - between)
        reads.append(between - start)
        words = document.words
    return words, min(reads), min(assessments)


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
