"""How far a run is, on a terminal: done, failed, rate, remaining."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reportgen.batch.kind import Kind
from reportgen.batch.outcome import Outcome, Status

Watch = Callable[[Outcome], None]
"""Who is told of each project that is finished."""
_DRAWN = 4
"""Times a second: a drawing takes longer than a millisecond."""


@contextmanager
def progress(total: int, kind: Kind, *, wanted: bool = True) -> Iterator[Watch]:
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
        TextColumn(f"生成{kind.document}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("失败{task.fields[failed]}"),
        TextColumn("每{task.fields[rate]}" + kind.unit),
        TextColumn("剩余"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, refresh_per_second=_DRAWN) as bar:
        task = bar.add_task("", total=total, failed=0, rate="秒0")
        started, done, failed = time.monotonic(), 0, 0

        def watch(outcome: Outcome) -> None:
            nonlocal done, failed
            done += 1
            failed += outcome.status is Status.FAILED
            rate = _rate(done, time.monotonic() - started)
            bar.update(task, completed=done, failed=failed, rate=rate)

        yield watch


def _rate(done: int, seconds: float) -> str:
    """How many a second, or a minute where that says more.

    >>> _rate(900, 2.0), _rate(3, 30.0)
    ('秒450', '分钟6')
    """
    each = done / (seconds or 1)
    return f"秒{each:.0f}" if each >= 1 else f"分钟{60 * each:.0f}"
