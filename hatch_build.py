"""Build hook: the rule packs are read once, when codecheck is built or installed, and not in the user's first run."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KeepPacks(BuildHookInterface):  # type: ignore[type-arg]
    """Keeps the packs as read in src/codecheck/kept_packs, for the wheel and for an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files before the wheel is put together."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from codecheck.rules.install import keep_installed

        sys.path.remove(str(source))
        packs = sorted(path.parent for path in (Path(self.root) / "rules").glob("*/pack.yaml"))
        with suppress(OSError):  # a source tree that cannot be written: then the first run reads the packs
            keep_installed(packs, source / "codecheck" / "kept_packs")
