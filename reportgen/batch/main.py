"""`reportgen batch` without its command line: an order in, a tally out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

from reportgen.batch.journal import NAME, Journal
from reportgen.batch.papers import Papers
from reportgen.batch.plan import Plan, plan
from reportgen.batch.progress import Watch
from reportgen.batch.run import Run
from reportgen.batch.setup import Order
from reportgen.batch.shelf import OFFICE, Shelf
from reportgen.batch.tally import Tally
from reportgen.batch.workplaces import Workplace
from reportgen.findings import Findings, Place

Progress = Callable[[int], AbstractContextManager[Watch]]
_NAMED = 5


def run_batch(order: Order, workplace: Workplace, progress: Progress) -> Tally:
    """Carry out an order; a run that is stopped leaves whole files, and a later one goes on.

    Raises UsageError where the order can't be acted on.
    """
    if order.dry_run:
        with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
            trial = replace(order, out=Path(folder), resume=False, dry_run=False)
            return run_batch(trial, workplace, progress)
    tally = Tally(Findings())
    planned = plan(order, tally.findings)
    if planned is None:
        return tally
    with closing(planned.book):
        if _may_begin(order, planned):
            _carry_out(order, planned, workplace, progress, tally)
    return tally


def _carry_out(
    order: Order, planned: Plan, workplace: Workplace, progress: Progress, tally: Tally
) -> None:
    """Make the files, then the papers."""
    journal = Journal(order.out / OFFICE / NAME)
    known = dict(_known(journal))
    replaces = order.overwrite or order.resumes
    shelf = Shelf(order.out, known, replace=replaces, discard_edits=order.discard_edits)
    shelf.clear()
    with journal, progress(len(planned.listed)) as watch:
        Run(order, planned, journal, shelf).carry_out(workplace, watch)
        Papers(planned, journal, shelf, tally).write()
    journal.compact()
    tally.is_complete = True


def _may_begin(order: Order, planned: Plan) -> bool:
    """Whether the folder is free, or the order says what becomes of the files in it."""
    if order.overwrite or order.resumes:
        return True
    taken = list(islice(_taken(order, planned), _NAMED))
    for name in taken:
        hint = "请换一个输出文件夹；接着上次做的，加 --resume；全部重做的，加 --overwrite。"
        planned.findings.error("F101", Place(name), "输出文件已存在，没有覆盖。", hint)
    return not taken


def _taken(order: Order, planned: Plan) -> Iterator[str]:
    """The files that would be written and are there already."""
    names = (f"{stem}.{ending}" for stem in planned.stems.values() for ending in order.formats)
    for name in (f"{OFFICE}/{NAME}", *names):
        if (order.out / name).exists():
            yield name


def _known(journal: Journal) -> Iterator[tuple[str, str]]:
    """The files that earlier runs wrote, with their digests."""
    for record in journal.records():
        yield from record["文件"].items()
