"""The console as it is: in GBK, in a pipe, in a window of any width."""

from __future__ import annotations

import sys
from collections.abc import Callable


def ready_console() -> None:
    """Characters that the console can't show are replaced: a GBK console never fails."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
