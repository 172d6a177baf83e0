"""`reportgen batch` without its command line: an order in, a tally out."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from reportgen.batch.about import Batch
from reportgen.batch.choice import workplace
from reportgen.batch.forms import FormBatch
from reportgen.batch.hold import held
from reportgen.batch.journal import NAME, Journal
from reportgen.batch.kind import Kind
from reportgen.batch.papers import MANIFEST, RESULTS, TRACE, Papers
from reportgen.batch.plan import plan
from reportgen.batch.progress import Watch
from reportgen.batch.run import Run
from reportgen.batch.seen import SETTINGS, report_folders
from reportgen.batch.setup import Order
from reportgen.batch.shelf import OFFICE, Shelf
from reportgen.batch.tally import Tally
from reportgen.batch.workplaces import Workplace
from reportgen.errors import UsageError
from reportgen.findings import Findings, Place
from reportgen.outputs.write import report_failure

Progress = Callable[[int, Kind], AbstractContextManager[Watch]]
_NAMED = 5


def run_batch(order: Order, progress: Progress) -> Tally:
    """Carry out an order; a run that is stopped leaves whole files, and a later one goes on.

    Raises UsageError where the order can't be acted on.
    """
    if order.dry_run:
        with tempfile.TemporaryDirectory(prefix="reportgen-") as folder:
            trial = replace(order, out=Path(folder), resume=False, dry_run=False)
            return run_batch(trial, progress)
    tally = Tally(Findings())
    batch = _batch(order, tally.findings)
    if batch is not None and _may_begin(order, batch):
        tally.kind = batch.kind
        try:
            with workplace(order) as place, held(order.out):
                _carry_out(order, batch, place, progress, tally)
        except OSError as error:
            report_failure(error, order.out, tally.findings)
    return tally


def _batch(order: Order, findings: Findings) -> Batch | None:
    """What there is to do; ``None`` with findings where nothing can be done."""
    if order.source.is_dir() and report_folders(order.source):
        from reportgen.batch.folders import FolderBatch  # all that a report needs comes with it

        return FolderBatch(order, findings)
    if order.source.is_dir() and (order.source / SETTINGS).is_file():
        raise UsageError(f"“{order.source}”是一份报告的文件夹，请用 reportgen render。")
    if not order.template:
        raise UsageError("请写模板，例如 -t self-evaluation/shanxi。")
    planned = plan(order, findings)
    return None if planned is None else FormBatch(planned)


def _carry_out(
    order: Order, batch: Batch, place: Workplace, progress: Progress, tally: Tally
) -> None:
    """Make the files, then the papers."""
    journal = Journal(order.out / OFFICE / NAME)
    replaces = order.overwrite or order.resumes
    shelf = Shelf(
        order.out,
        journal.known,
        journal.intend,
        replace=replaces,
        discard_edits=order.discard_edits,
    )
    shelf.ready()
    tally.has_begun = True
    with journal, progress(batch.total, batch.kind) as watch:
        run: Run[Any] = Run(order, journal, shelf, watch)
        batch.settle(journal)
        batch.make(run, place)
        tally.kept = run.kept
        papers = Papers(batch, journal, shelf, tally, order.formats)
        papers.write()
    journal.compact(papers.left)
    tally.is_complete = True


def _may_begin(order: Order, batch: Batch) -> bool:
    """Whether the folder is free, or the order says what becomes of the files in it."""
    if order.overwrite or order.resumes:
        return True
    papers = (NAME, MANIFEST, RESULTS, TRACE)
    names = (*(f"{OFFICE}/{name}" for name in papers), *batch.files())
    taken = list(islice((name for name in names if (order.out / name).exists()), _NAMED))
    for name in taken:
        hint = "请换一个输出文件夹；接着上次做的，加 --resume；全部重做的，加 --overwrite。"
        batch.findings.error("F101", Place(name), "输出文件已存在，没有覆盖。", hint)
    return not taken
