"""The rows of tables: what their cells say of the header of their row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from codecheck.model import Clause

_DENIED = re.compile(r"\W*(?:no|not|none|never|nil|n/?a)\b", re.IGNORECASE)


class TableRows:
    """The cells of each row of each table of a document that have the header of their row."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._cells: dict[tuple[int, int], list[Clause]] = {}
        for clause in clauses:
            if clause.cell is not None and clause.cell.row_header:
                self._cells.setdefault((clause.cell.table, clause.cell.row), []).append(clause)

    def deny(self, header: Clause, stage: int | None, stages_of: Callable[[str], frozenset[int]]) -> bool:
        """Tell whether the other cells of the row that a clause heads begin with a denial ("Not given", "No").

        With a ``stage`` only those in its column are asked, where the columns are of stages; ``stages_of`` reads the
        header of a column.
        """
        if header.cell is None or header.cell.column or header.cell.is_header:
            return False
        beside = self._cells.get((header.cell.table, header.cell.row), [])
        of_stage = [one for one in beside if one.cell is not None and stage in stages_of(one.cell.column_header)]
        asked = of_stage or beside
        return bool(asked) and all(_DENIED.match(one.text) for one in asked)
