"""The run over report folders: one a department, each rendered into a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportgen.batch.journal import Journal
from reportgen.batch.outcome import Outcome, failed, status_of, told
from reportgen.batch.run import Craft, Job, Run
from reportgen.batch.setup import Order
from reportgen.batch.workplaces import Workplace
from reportgen.findings import Findings, Place
from reportgen.outputs import digest, safe_name
from reportgen.pipeline import Job as ReportJob
from reportgen.pipeline import prepare
from reportgen.version import VERSION

SETTINGS = "report.yaml"


@dataclass(frozen=True, slots=True)
class FolderTask:
    """A report folder, and how it is rendered into ``out``."""

    index: int
    folder: Path
    out: Path
    order: Order


def report_folders(folder: Path) -> list[Path]:
    """The report folders that lie in a folder."""
    found = (path for path in folder.iterdir() if (path / SETTINGS).is_file())
    return sorted(path for path in found if not path.name.startswith("."))


class FolderBatch:
    """The report folders of one folder; each names its own template."""

    def __init__(self, order: Order, findings: Findings) -> None:
        self.findings = findings
        self._order = order
        self._folders = report_folders(order.source)

    @property
    def head(self) -> Mapping[str, Any]:
        """Every report says by itself what it is."""
        return {}

    @property
    def sources(self) -> Sequence[Path]:
        """The settings of each report; its own manifest has all inputs."""
        return []

    @property
    def total(self) -> int:
        """How many report folders there are."""
        return len(self._folders)

    def indexes(self) -> Iterable[int]:
        """Their places in the order of their names."""
        return range(len(self._folders))

    @property
    def secret(self) -> Mapping[int, str]:
        """Reports are for the public."""
        return {}

    def files(self) -> Iterator[str]:
        """The folders that will be written to."""
        return (safe_name(folder.name) for folder in self._folders)

    def make(self, run: Run[FolderTask], workplace: Workplace) -> None:
        """Render every report, one a task."""
        run.carry_out(self._jobs(), Craft(render_folders, _lost), workplace)

    def _jobs(self) -> Iterator[list[Job[FolderTask]]]:
        for index, folder in enumerate(self._folders):
            out = self._order.out / safe_name(folder.name)
            task = FolderTask(index, folder, out, self._order)
            yield [Job(index, folder.name, _digest(task), task)]

    def summary(self, journal: Journal, formats: Sequence[str]) -> Mapping[str, bytes]:  # noqa: ARG002
        """Nothing is summed up over departments."""
        return {}


def _digest(task: FolderTask) -> str:
    """A sha256 over every file of a report folder, and over what else makes its documents."""
    sha = hashlib.sha256(f"{VERSION} {task.order.formats} {task.order.allow_errors}".encode())
    for path in sorted(task.folder.rglob("*")):
        if path.is_file() and not path.name.startswith((".", "~$")):
            sha.update(path.relative_to(task.folder).as_posix().encode() + b"\0")
            sha.update(path.read_bytes())
    return sha.hexdigest()


def render_folders(tasks: Sequence[FolderTask]) -> list[Outcome]:
    """Render report folders; their files are put in place here, in whichever process."""
    return [_rendered(task) for task in tasks]


def _rendered(task: FolderTask) -> Outcome:
    from reportgen.pipeline.publish import compose, publish

    order, name = task.order, task.folder.name
    prepared = prepare(ReportJob(task.folder, order.templates), layouts=("report.md",))
    stopped = prepared.page is None or (prepared.judged.has_errors and not order.allow_errors)
    written: list[Path] = []
    if not stopped:
        made = compose(prepared, order.formats, allow_errors=order.allow_errors)
        written = publish(
            prepared,
            made,
            task.out,
            overwrite=order.overwrite or order.resumes,
            discard_edits=order.discard_edits,
        )
    judged = prepared.judged
    if not written:
        return failed(task.index, name, judged)
    return Outcome(
        task.index,
        name,
        status_of(judged, allow_errors=order.allow_errors),
        findings=[told(finding) for finding in judged.sorted()],
        figures=len(prepared.page.citations) if prepared.page else 0,
        written={
            path.relative_to(order.out).as_posix(): digest(path.read_bytes())
            for path in written
            if path.parent == task.out
        },
    )


def _lost(task: FolderTask) -> Outcome:
    """A report whose process dies each time."""
    findings = Findings()
    message = "处理这份报告的进程两次意外退出，没有写出。"
    hint = "请核对内存和输入文件，再加 --retry-failed 重做。"
    findings.error("F131", Place(task.folder.name), message, hint)
    return failed(task.index, task.folder.name, findings)
