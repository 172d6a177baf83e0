"""How far a run is, on a terminal: done, failed, rate, remaining."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reportgen.batch.outcome import Outcome, Status

Watch = Callable[[Outcome], None]
"""Who is told of each project that is finished."""


@contextmanager
def progress(total: int, *, wanted: bool = True) -> Iterator[Watch]:
    """A bar on stderr where that is a terminal; elsewhere nothing is shown."""
    if not (wanted and total and sys.stderr.isatty()):
        yield lambda outcome: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("生成自评表"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("失败{task.fields[failed]}"),
        TextColumn("每秒{task.fields[rate]}个"),
        TextColumn("剩余"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, failed=0, rate=0)
        started, done, failed = time.monotonic(), 0, 0

        def watch(outcome: Outcome) -> None:
            nonlocal done, failed
            done += 1
            failed += outcome.status is Status.FAILED
            rate = int(done / (time.monotonic() - started or 1))
            bar.update(task, completed=done, failed=failed, rate=rate)

        yield watch
