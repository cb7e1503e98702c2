"""Which findings make the exit status 1."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from codecheck.model import Finding

_SEVERITIES = ("note", "warning", "error")


class FailOn(StrEnum):
    """The severity from which a row makes the exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


def failing(level: FailOn) -> Callable[[Finding], bool]:
    """Return the test for findings at or above a level, whether or not they are accepted."""
    counted = () if level is FailOn.NEVER else _SEVERITIES[_SEVERITIES.index(level.value) :]
    return lambda finding: finding.severity in counted
