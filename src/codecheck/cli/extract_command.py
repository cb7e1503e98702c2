"""codecheck extract: the clauses as codecheck reads them."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from codecheck.cli.console import check_outputs, refuse_overwriting, say, to_file, write_outputs
from codecheck.cli.sources import read_source
from codecheck.model import Clause, Document


class Shape(StrEnum):
    """The shapes of an extract."""

    TREE = "tree"
    JSON = "json"


def extract(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Any document; - is standard input.")],
    format: Annotated[Shape, typer.Option("--format", "-f", help="An indented tree, or JSON.")] = Shape.TREE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = None,
) -> int:
    """Show the clauses of a document as codecheck reads them, to see why a rule did or did not fire."""
    place = to_file(output)
    refuse_overwriting([place], [document])
    check_outputs([place])
    read = read_source(document, document_id="document", kind="other")
    for warning in read.warnings:
        say(f"note: {warning}")
    text = _as_json(read) if format is Shape.JSON else _as_tree(read)
    write_outputs([(text, place)])
    return 0


def _as_json(document: Document) -> str:
    clauses = [asdict(clause) for clause in document.clauses]
    data = {"path": document.path, "title": document.title, "sha256": document.sha256, "clauses": clauses}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _as_tree(document: Document) -> str:
    return "".join(f"{_line(clause)}\n" for clause in document.clauses)


def _line(clause: Clause) -> str:
    place = " ".join(
        part
        for part in (f"[{clause.section}]" if clause.section else "", f"p{clause.page}" if clause.page else "")
        if part
    )
    marker = f"{clause.number} " if clause.number else ""
    if clause.cell is not None:
        headers = " / ".join(h for h in (clause.cell.row_header, clause.cell.column_header) if h)
        marker = f"table {clause.cell.table} r{clause.cell.row} c{clause.cell.column} ({headers}) "
    indent = "  " * (len(clause.headings) + (clause.level if clause.kind == "item" else 0))
    sign = "# " if clause.kind == "heading" else ""
    return f"{indent}{sign}{marker}{clause.text}" + (f"   {place}" if place else "")
