"""The run over projects: a form for each, and a table of all."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from reportgen.batch.columns import Columns
from reportgen.batch.journal import Journal
from reportgen.batch.kind import FORMS
from reportgen.batch.outcome import Outcome, Status, failed
from reportgen.batch.plan import Plan
from reportgen.batch.run import Craft, Job, Run
from reportgen.batch.work import Task, work
from reportgen.batch.workplaces import Workplace
from reportgen.findings import Findings, Place
from reportgen.pipeline.summary import SummaryRow, summary_files
from reportgen.sources.projects import RawProject

CHUNK = 16
"""Projects a task: the way to another process costs little then, and little is lost with one."""


class FormBatch:
    """The projects of one source, with one template."""

    kind = FORMS

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.findings = plan.findings

    @property
    def head(self) -> Mapping[str, Any]:
        """Template, year and unit."""
        setup = self._plan.setup
        template = {"名称": setup.template, "sha256": setup.template_digest}
        return {"模板": template, "年度": setup.year, "单位": setup.unit}

    @property
    def sources(self) -> Sequence[Path]:
        """The workbook, the lists, or the forms of a folder."""
        return self._plan.sources

    @property
    def public_sources(self) -> Sequence[Path]:
        """Without the forms of projects that are secret, or may be."""
        return [path for path in self._plan.sources if path.name not in self._plan.hidden]

    @property
    def total(self) -> int:
        """How many projects anyone may see."""
        return len(self._plan.listed)

    def settle(self, journal: Journal) -> None:
        """A project is known by its place in the list."""
        known = {project.index for project in self._plan.listed}
        journal.forget(journal.entries.keys() - known)

    @property
    def secret(self) -> Mapping[int, str]:
        """The others."""
        return {project.index: project.name for project in self._plan.secret}

    def files(self) -> Iterator[str]:
        """The forms, as far as they are not refused."""
        for stem in self._plan.stems.values():
            yield from (f"{stem}.{ending}" for ending in self._plan.setup.formats)
        if self._plan.summary_name:
            formats = ("xlsx", *self._plan.setup.formats)
            yield from (f"{self._plan.summary_name}.{ending}" for ending in formats)

    def make(self, run: Run[Task], workplace: Workplace) -> None:
        """Make the form of every project that may have one; the others are told of."""
        run.finish(self._refusals())
        craft = Craft(partial(work, self._plan.setup), self.lost)
        run.carry_out(self._jobs(), craft, workplace)
        run.finish(self._unread(run.met))

    def _unread(self, met: Collection[int]) -> Iterator[Outcome]:
        """Projects that were never come to, for their list can't be read to its end."""
        for project in self._plan.listed:
            if project.index not in met and project.index not in self._plan.refused:
                findings = Findings()
                message = f"“指标”表没有读完，没有做项目“{project.name}”。"
                hint = "请改正“指标”表里读不出来的地方，再加 --resume。"
                findings.error("F137", project.row.place("项目名称"), message, hint)
                yield failed(project.index, project.name, findings)

    def _refusals(self) -> Iterator[Outcome]:
        refused = self._plan.refused
        for project in self._plan.listed:
            if project.index in refused:
                yield failed(project.index, project.shown, refused[project.index])

    def _jobs(self) -> Iterator[list[Job[Task]]]:
        plan, setup = self._plan, self._plan.setup.digest
        for raws in chain(plan.book.chunks(CHUNK), plan.book.rest(CHUNK)):
            last = {raw.index: raw for raw in raws}  # one that comes again comes whole
            wanted = [raw for raw in last.values() if raw.index not in plan.refused]
            if wanted:
                yield [_job(setup, self._task(raw)) for raw in wanted]

    @staticmethod
    def lost(task: Task) -> Outcome:
        """A project whose process dies each time."""
        findings = Findings()
        message = f"处理项目“{task.raw.name}”的进程两次意外退出，没有写出。"
        hint = "请核对内存和这个项目的数据，再加 --retry-failed 重做。"
        findings.error("F131", task.raw.row.place("项目名称"), message, hint)
        return failed(task.raw.index, task.raw.name, findings)

    def _task(self, raw: RawProject) -> Task:
        return Task(raw, self._plan.stems[raw.index], self._plan.wanted[raw.index])

    def summary(self, journal: Journal, formats: Sequence[str]) -> Mapping[str, bytes]:
        """汇总表: every project that did not fail; how many did is told."""
        rows = SummaryRows(self._plan, journal)
        if rows.failed:
            message = f"汇总表没有列出{rows.failed}个没有通过检查的项目。"
            place = Place(f"{self._plan.summary_name}.xlsx")
            self.findings.warning("F133", place, message, "请改正这些项目，再加 --resume。")
        plan = self._plan
        return summary_files(plan.bundle, plan.names, rows, formats, self.findings)


class SummaryRows:
    """The rows of 汇总表, read from the journal each time they are asked for."""

    def __init__(self, plan: Plan, journal: Journal) -> None:
        self._listed, self._journal = plan.book.listed, journal
        known = [project.index for project in plan.listed]
        self._indexes = [index for index in known if self._is_scored(index)]
        self.failed = len(known) - len(self._indexes)

    def _is_scored(self, index: int) -> bool:
        """Whether a project passed its checks; its file may yet have found its place taken."""
        is_done = self._journal.entries[index].status is not Status.FAILED
        return is_done or bool(self._journal.record(index)["得分"])

    def __len__(self) -> int:
        return len(self._indexes)

    def __getitem__(self, number: int, /) -> SummaryRow:
        index = self._indexes[number]
        record = self._journal.record(index)
        score = Decimal(record["得分"]) if record["得分"] else None
        return SummaryRow(record["项目"], Columns(self._listed[index].row), score, record["等级"])


def _job(setup: str, task: Task) -> Job[Task]:
    raw = task.raw
    known = f"{setup} {raw.index} {task.stem} {raw.digest}".encode("utf-8", "surrogatepass")
    return Job(raw.index, raw.name, hashlib.sha256(known).hexdigest(), task)
