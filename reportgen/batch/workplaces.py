"""Where the work is done: in this process, in several, or on a cluster."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

Made = TypeVar("Made")
_MOST_ON_WINDOWS = 61
"""Processes that can be waited for there; ProcessPoolExecutor refuses more."""


@dataclass(frozen=True)
class Workplace:
    """How to start an executor, how many tasks it does at a time, and how it says it broke."""

    start: Callable[[], Executor]
    workers: int
    broken: tuple[type[BaseException], ...] = (BrokenExecutor,)


class Inline(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Made], /, *args: Any, **kwargs: Any) -> Future[Made]:
        """Return a future that is done."""
        future: Future[Made] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(error)
        return future


def here(jobs: int) -> Workplace:
    """The process itself, or ``jobs`` others: as many as the system allows."""
    if sys.platform == "win32":
        jobs = min(jobs, _MOST_ON_WINDOWS)
    return Workplace(Inline, 1) if jobs == 1 else Workplace(lambda: _processes(jobs), jobs)


def _processes(jobs: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # a run in one process needs no others

    return ProcessPoolExecutor(jobs, initializer=_obey)


def _obey() -> None:
    """What a process does that works for another: it leaves Ctrl-C to that one, and ends with it.

    The one that the user sees tells the others to stop; where it was killed it can't any more.
    """
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait until the process that gives the work has ended, then end at once."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
