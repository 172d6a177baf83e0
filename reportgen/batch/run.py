"""A run: what the plan lists is made and written at once; the journal knows what is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import chain

from reportgen.batch.journal import Journal
from reportgen.batch.outcome import Outcome, Status, failed, told
from reportgen.batch.plan import Plan
from reportgen.batch.pool import Pool
from reportgen.batch.progress import Watch
from reportgen.batch.setup import Order
from reportgen.batch.shelf import Shelf
from reportgen.batch.work import Task, work
from reportgen.batch.workplaces import Workplace
from reportgen.findings import Findings, Place
from reportgen.sources.projects import RawProject

CHUNK = 16
"""Projects a task: the way to another process costs little then, and little is lost with one."""


class Run:
    """One run into one folder; ``journal`` and ``shelf`` know what earlier runs left there."""

    def __init__(self, order: Order, plan: Plan, journal: Journal, shelf: Shelf) -> None:
        self._order, self._plan = order, plan
        self._journal, self._shelf = journal, shelf
        self._digests: dict[int, str] = {}

    def carry_out(self, workplace: Workplace, watch: Watch) -> None:
        """Make what is missing or has changed; then every project has a line in the journal."""
        listed = {project.index: project.name for project in self._plan.listed}
        self._journal.forget(self._journal.entries.keys() - listed.keys())
        self._finish(self._refusals(), watch)
        do = partial(work, self._plan.setup)
        with Pool[Task, Outcome](workplace, do, _lost) as pool:
            for outcomes in pool.results(self._chunks(watch)):
                self._finish(outcomes, watch)

    def _refusals(self) -> list[Outcome]:
        names = {project.index: project.name for project in self._plan.listed}
        refused = sorted(self._plan.refused.items())
        return [failed(index, names[index], found) for index, found in refused if index in names]

    def _chunks(self, watch: Watch) -> Iterator[list[Task]]:
        """The projects to be made, some at a time; those that are done are passed over."""
        book = self._plan.book
        for raws in chain(book.chunks(CHUNK), book.rest(CHUNK)):
            tasks = []
            for raw in raws:
                if raw.index in self._plan.refused:
                    continue
                digest = self._digests[raw.index] = self._digest(raw)
                kept = self._kept(raw, digest)
                if kept is None:
                    tasks.append(Task(raw, self._plan.stems[raw.index]))
                else:
                    watch(kept)
            if tasks:
                yield tasks

    def _digest(self, raw: RawProject) -> str:
        """What tells whether a project has to be made anew."""
        known = f"{self._plan.setup.digest} {raw.index} {self._plan.stems[raw.index]} {raw.digest}"
        return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()

    def _kept(self, raw: RawProject, digest: str) -> Outcome | None:
        """What an earlier run made of a project, where that still holds."""
        entry = self._journal.entries.get(raw.index)
        if not self._order.resumes or entry is None or entry.input != digest:
            return None
        if self._order.retry_failed and entry.status is Status.FAILED:
            return None
        record = self._journal.record(raw.index)
        if not self._shelf.holds(record["文件"]):
            return None
        return Outcome(raw.index, raw.name, entry.status)

    def _finish(self, outcomes: Iterable[Outcome], watch: Watch) -> None:
        """Write the files of some projects, then their lines."""
        done: list[tuple[Outcome, str, Mapping[str, str]]] = []
        for outcome in outcomes:
            written, files = self._written(outcome)
            done.append((written, self._digests.pop(outcome.index, ""), files))
            watch(written)
        self._journal.add(done)

    def _written(self, outcome: Outcome) -> tuple[Outcome, Mapping[str, str]]:
        """The outcome with its files on the disk; a failure where they can't be put there."""
        findings = Findings()
        files = self._shelf.put(outcome.files, findings) if outcome.files else {}
        if files is not None:
            return outcome, files
        faults = [told(finding) for finding in findings.sorted()]
        status, records = Status.FAILED, [*faults, *outcome.findings]
        return replace(outcome, status=status, findings=records, files={}, trace=b""), {}


def _lost(task: Task) -> Outcome:
    """A project whose process dies each time."""
    findings = Findings()
    message = f"处理项目“{task.raw.name}”的进程两次意外退出，没有写出。"
    hint = "请核对内存和这个项目的数据，再加 --retry-failed 重做。"
    findings.error("F131", Place(f"{task.stem}"), message, hint)
    return failed(task.raw.index, task.raw.name, findings)
