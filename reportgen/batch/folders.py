"""The run over report folders: one a department, each rendered into a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportgen.batch.journal import Journal
from reportgen.batch.kind import REPORTS
from reportgen.batch.outcome import Outcome, failed
from reportgen.batch.reports import FolderTask, digest_of, lost, render_folders
from reportgen.batch.run import Craft, Job, Run
from reportgen.batch.seen import report_folders, seen
from reportgen.batch.setup import Order
from reportgen.batch.shelf import OFFICE
from reportgen.batch.workplaces import Workplace
from reportgen.errors import UsageError
from reportgen.findings import Findings, Place
from reportgen.outputs.names import unique_names


class FolderBatch:
    """The report folders of one folder; each names its own template.

    Raises UsageError for options that report folders have no use for.
    """

    kind = REPORTS

    def __init__(self, order: Order, findings: Findings) -> None:
        self.findings = findings
        self._order = order
        self._folders = report_folders(order.source)
        _accept(order, self._folders)
        self._report_others()
        named = unique_names([folder.name for folder in self._folders], taken=[OFFICE])
        self._names = named.names
        self._refused = {
            position: [self._folders[other].name for other in group if other != position]
            for group in named.clashes
            for position in group
        }

    @property
    def head(self) -> Mapping[str, Any]:
        """Every report says by itself what it is."""
        return {}

    @property
    def sources(self) -> Sequence[Path]:
        """The settings of each report; its own manifest has all inputs."""
        return []

    @property
    def public_sources(self) -> Sequence[Path]:
        """The same."""
        return self.sources

    @property
    def total(self) -> int:
        """How many report folders there are."""
        return len(self._folders)

    def settle(self, journal: Journal) -> None:
        """A report is known by the name of its folder, wherever that stands among the others."""
        journal.renumber({folder.name: n for n, folder in enumerate(self._folders)})

    @property
    def secret(self) -> Mapping[int, str]:
        """Reports are for the public."""
        return {}

    def files(self) -> Iterator[str]:
        """The folders that will be written to."""
        return (name for n, name in enumerate(self._names) if n not in self._refused)

    def make(self, run: Run[FolderTask], workplace: Workplace) -> None:
        """Render every report, one a task; those that would overwrite each other are told."""
        run.finish(self._namesakes())
        run.carry_out(self._jobs(), Craft(render_folders, lost), workplace)

    def _namesakes(self) -> Iterator[Outcome]:
        for index, others in self._refused.items():
            findings = Findings()
            whose = f"{'、'.join(others)}的" if others else "这次检查结果的文件夹"
            message = f"输出文件夹“{self._names[index]}”与{whose}相同，没有写出。"
            hint = "请改报告文件夹的名称，使各报告的输出文件夹不同。"
            name = self._folders[index].name
            findings.error("F130", Place(name), message, hint)
            yield failed(index, name, findings)

    def _jobs(self) -> Iterator[list[Job[FolderTask]]]:
        for index, folder in enumerate(self._folders):
            if index not in self._refused:
                task = FolderTask(index, folder, self._order.out / self._names[index], self._order)
                yield [Job(index, folder.name, digest_of(task), task)]

    def summary(self, journal: Journal, formats: Sequence[str]) -> Mapping[str, bytes]:  # noqa: ARG002
        """Nothing is summed up over departments."""
        return {}

    def _report_others(self) -> None:
        """Folders beside the reports that are none: one that was forgotten is seen."""
        out = self._order.out.resolve()
        for folder in seen(self._order.source):
            if folder not in self._folders and folder.resolve() != out:
                message = "这个文件夹里没有 report.yaml，不是报告文件夹，没有做。"
                hint = "是一份报告的，请补上 report.yaml；不是的，不必处理。"
                self.findings.note("F135", Place(folder.name), message, hint)


def _accept(order: Order, folders: Sequence[Path]) -> None:
    """UsageError where an order has options for forms only, or would write into its inputs."""
    where = f"“{order.source}”里是报告文件夹，"
    if order.scheduler:
        message = "每份报告要读写本机的许多文件，不能交给集群。"
        raise UsageError(f"{where}{message}请去掉 --scheduler，用 --jobs 同时做几份。")
    if order.template:
        raise UsageError(f"{where}各用自己 report.yaml 里的模板。请去掉 -t。")
    if order.year or order.unit:
        raise UsageError(f"{where}年度和单位照各自的 report.yaml。请去掉 --year、--unit。")
    out, source = order.out.resolve(), order.source.resolve()
    inside = any(out.is_relative_to(folder.resolve()) for folder in folders)
    if out == source or inside:
        raise UsageError(
            f"“{order.out}”是放输入的文件夹，写出的文件会与它们混在一起。请换一个输出文件夹。"
        )
