"""Rendering one report folder of a run, in whichever process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.batch.outcome import Outcome, failed, status_of, told
from reportgen.batch.seen import SETTINGS
from reportgen.batch.setup import Order
from reportgen.bundle import load_bundle, search_path
from reportgen.errors import ReportgenError
from reportgen.findings import Findings, Place
from reportgen.outputs import digest
from reportgen.outputs.write import clear
from reportgen.pipeline.job import Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.sources.settings import read_settings
from reportgen.version import VERSION


@dataclass(frozen=True, slots=True)
class FolderTask:
    """A report folder, and how it is rendered into ``out``."""

    index: int
    folder: Path
    out: Path
    order: Order


def digest_of(task: FolderTask) -> str:
    """A sha256 over every file of a report folder, and over what else makes its documents."""
    order = task.order
    known = (VERSION, task.folder.name, order.formats, order.allow_errors, _template_digest(task))
    sha = hashlib.sha256(repr(known).encode("utf-8", "backslashreplace"))
    try:
        for name, path in _inputs(task.folder):
            sha.update(f"{name}\0".encode("utf-8", "backslashreplace"))
            sha.update(path.read_bytes())
    except OSError as error:  # the rendering tells of it
        sha.update(str(error).encode("utf-8", "backslashreplace"))
    return sha.hexdigest()


def _inputs(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files in a folder, but for hidden ones, and what its settings name elsewhere."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "~$")) for part in name.parts):
            yield name.as_posix(), path
    settings, _ = read_settings(folder, Findings())
    for named in settings.files.names() if settings else ():
        if ".." in Path(named).parts or Path(named).is_absolute():
            yield named, folder / named


def _template_digest(task: FolderTask) -> str:
    """The digest of the template that a report names; '' where there is none to be had."""
    settings, _ = read_settings(task.folder, Findings())
    if settings is None:
        return ""
    try:
        bundle = load_bundle(settings.template, search_path(task.order.templates), Findings())
    except ReportgenError:
        return ""
    return bundle.digest() if bundle else ""


def render_folders(tasks: Sequence[FolderTask]) -> list[Outcome]:
    """Render report folders; their files are put in place here, in whichever process."""
    return [_rendered(task) for task in tasks]


def _rendered(task: FolderTask) -> Outcome:
    """One report; what keeps it from being made is told, the others don't suffer."""
    name = task.folder.name
    try:
        prepared = prepare(Job(task.folder, task.order.templates), layouts=("report.md",))
        written = _written(task, prepared)
    except (ReportgenError, OSError) as error:
        findings = Findings()
        message = f"这份报告做不了：{error}"
        hint = "请改正后加 --retry-failed 重做。"
        findings.error("F134", Place(f"{name}/{SETTINGS}"), message, hint)
        return failed(task.index, name, findings)
    judged = prepared.judged
    if not written:
        return failed(task.index, name, judged)
    return Outcome(
        task.index,
        name,
        status_of(judged, allow_errors=task.order.allow_errors),
        findings=[told(finding) for finding in judged.sorted()],
        figures=len(prepared.page.citations) if prepared.page else 0,
        written={
            path.relative_to(task.order.out).as_posix(): digest(path.read_bytes())
            for path in written
            if path.parent == task.out
        },
    )


def _written(task: FolderTask, prepared: Prepared) -> list[Path]:
    """The files of a report, put in place; none where errors keep it from being written."""
    from reportgen.pipeline.publish import PAGES_LEFT, compose, publish

    order = task.order
    if prepared.page is None or (prepared.judged.has_errors and not order.allow_errors):
        return []
    made = compose(prepared, order.formats, allow_errors=order.allow_errors)
    if PAGES_LEFT in made.remarks:
        prepared.findings.note("F136", Place(f"{made.name}.docx"), PAGES_LEFT)
    clear(task.out)
    return publish(
        prepared,
        made,
        task.out,
        overwrite=order.overwrite or order.resumes,
        discard_edits=order.discard_edits,
    )


def lost(task: FolderTask) -> Outcome:
    """A report whose process dies each time."""
    findings = Findings()
    message = "处理这份报告的进程两次意外退出，没有写出。"
    hint = "请核对内存和输入文件，再加 --retry-failed 重做。"
    findings.error("F131", Place(task.folder.name), message, hint)
    return failed(task.index, task.folder.name, findings)
