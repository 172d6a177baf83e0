"""A run: what is listed is made and written at once; the journal knows what is done."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from reportgen.batch.journal import Journal
from reportgen.batch.outcome import Outcome, Status, told
from reportgen.batch.pool import Pool
from reportgen.batch.progress import Watch
from reportgen.batch.setup import Order
from reportgen.batch.shelf import Shelf
from reportgen.batch.workplaces import Workplace
from reportgen.findings import Findings

Task = TypeVar("Task")


@dataclass(frozen=True, slots=True)
class Job(Generic[Task]):
    """One document of a run; ``digest`` tells whether it has to be made anew."""

    index: int
    name: str
    digest: str
    task: Task


@dataclass(frozen=True)
class Craft(Generic[Task]):
    """How the tasks of a run are done, in whichever process, and what is said of a lost one."""

    work: Callable[[Sequence[Task]], Sequence[Outcome]]
    lost: Callable[[Task], Outcome]


class Run(Generic[Task]):
    """One run into one folder; ``journal`` and ``shelf`` know what earlier runs left there.

    ``met`` are the documents that jobs have come for, ``kept`` how many of them were done.
    """

    def __init__(self, order: Order, journal: Journal, shelf: Shelf, watch: Watch) -> None:
        self._order = order
        self._journal, self._shelf = journal, shelf
        self._watch = watch
        self._digests: dict[int, deque[str]] = {}
        self.met: set[int] = set()
        self._again: set[int] = set()
        self.kept = 0

    def carry_out(
        self, chunks: Iterable[Sequence[Job[Task]]], craft: Craft[Task], workplace: Workplace
    ) -> None:
        """Make what is missing or has changed; then every job has a line in the journal."""
        with Pool[Task, Outcome](workplace, craft.work, craft.lost) as pool:
            for outcomes in pool.results(self._wanted(chunks)):
                self.finish(outcomes)

    def _wanted(self, chunks: Iterable[Sequence[Job[Task]]]) -> Iterator[list[Task]]:
        """The tasks to be done, some at a time; those that are done are passed over.

        A document that comes again is made again: the last time counts.
        """
        for jobs in chunks:
            tasks = []
            for job in jobs:
                kept = self._kept(job)
                if kept is None:
                    self._digests.setdefault(job.index, deque()).append(job.digest)
                    tasks.append(job.task)
                else:
                    self.kept += kept.status is not Status.FAILED
                    self._watch(kept)
            if tasks:
                yield tasks

    def _kept(self, job: Job[Task]) -> Outcome | None:
        """What an earlier run made of it, where that still holds."""
        if job.index in self.met:
            self._again.add(job.index)
            return None
        self.met.add(job.index)
        entry = self._journal.entries.get(job.index)
        if not self._order.resumes or entry is None or entry.input != job.digest:
            return None
        if self._order.retry_failed and entry.status is Status.FAILED:
            return None
        record = self._journal.record(job.index)
        if not self._shelf.holds(record["文件"]):
            return None
        return Outcome(job.index, job.name, entry.status)

    def finish(self, outcomes: Iterable[Outcome]) -> None:
        """Write the files of some outcomes, then their lines."""
        done: list[tuple[Outcome, str, Mapping[str, str]]] = []
        for outcome in outcomes:
            digest = self._digest(outcome.index)
            written, files = self._written(outcome)
            is_kept_out = bool(outcome.files) and not files
            # what only found its place taken is made anew when the place may be free
            done.append((written, "" if is_kept_out else digest, files))
            self._watch(written)
        self._journal.add(done)

    def _digest(self, index: int) -> str:
        """The digest of what an outcome was made of; a document may be under way twice."""
        waiting = self._digests.pop(index, deque())
        digest = waiting.popleft() if waiting else ""
        if waiting:
            self._digests[index] = waiting
        return digest

    def _own(self, index: int) -> Mapping[str, str]:
        """The digests of the files of a document that this run has made before, of a part."""
        if index not in self._again or index not in self._journal.entries:
            return {}
        files: Mapping[str, str] = self._journal.record(index)["文件"]
        return files

    def _written(self, outcome: Outcome) -> tuple[Outcome, Mapping[str, str]]:
        """The outcome with its files on the disk; a failure where they can't be put there."""
        if not outcome.files:
            return outcome, outcome.written
        findings = Findings()
        own = self._own(outcome.index)
        files = self._shelf.put(outcome.files, findings, own)
        if files is not None:
            return outcome, files
        faults = [told(finding) for finding in findings.sorted()]
        status, records = Status.FAILED, [*faults, *outcome.findings]
        return replace(outcome, status=status, findings=records, files={}, trace=b""), {}
