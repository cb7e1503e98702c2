"""The one family of errors that a user can cause. Each message is one line: what is wrong, and what to do."""

from __future__ import annotations


class CodecheckError(Exception):
    """Base of every error that ends a run with exit status 2 and one line on standard error."""


class InputError(CodecheckError):
    """A document that cannot be read or that should not be assessed."""


class RulePackError(CodecheckError):
    """A rule pack that does not hold together. The message names file, line and remedy."""
