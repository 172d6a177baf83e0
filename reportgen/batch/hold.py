"""A folder belongs to one run at a time: two would cut off each other's journal."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import UsageError

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows can't lock a folder
    flock: Callable[[int, int], None] | None = None  # type: ignore[no-redef]

PATIENCE = 3
"""Seconds: processes of a run that was killed may take a moment to end."""
_PAUSE = 1 / 20


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep a folder for this run; the system lets go of it when the run ends, however it ends.

    Raises UsageError where another run has it. Where the system knows no such locks (Windows,
    some network drives) nothing is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if flock is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                message = f"“{folder}”里有一次批量正在做。"
                raise UsageError(f"{message}请等它做完，或换一个输出文件夹。") from None
            time.sleep(_PAUSE)
        except OSError:
            return
        else:
            return
