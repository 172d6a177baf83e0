"""The work on a chunk of projects, in whichever process: build, score, check, render, gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportgen.batch.outcome import Outcome, Status, failed, status_of, told
from reportgen.batch.setup import Setup
from reportgen.batch.shipping import unpacked
from reportgen.bundle import load_bundle
from reportgen.errors import UsageError
from reportgen.findings import Findings
from reportgen.model import Figure
from reportgen.outputs.run_trace import trace_block
from reportgen.pipeline.forms import Form, FormPress, Wanted
from reportgen.rules.scoring import ScoredProject
from reportgen.sources.projects import RawProject, build
from reportgen.version import VERSION


@dataclass(frozen=True, slots=True)
class Task:
    """A project, and the name of its file without ending; ``wanted`` is what that was made of."""

    raw: RawProject
    stem: str
    wanted: str


@dataclass(frozen=True, slots=True)
class _Case:
    """A task whose project is scored and checked."""

    task: Task
    project: ScoredProject
    findings: Findings

    def may_print(self, setup: Setup) -> bool:
        """Whether the project gets a form."""
        is_sound = setup.allow_errors or not self.findings.waived(setup.waivers).has_errors
        return bool(self.task.raw.indicators) and is_sound


def work(setup: Setup, tasks: Sequence[Task]) -> list[Outcome]:
    """Make the files of some projects; nothing is written here.

    One stage after another for all of them, for a processor is quicker at what it has just done.
    Raises UsageError where this process does not find the bundle, or is of another version.
    """
    press = _press(setup)
    findings = [Findings() for _ in tasks]
    built = [build(task.raw, found) for task, found in zip(tasks, findings, strict=True)]
    projects = press.score(built, findings)
    cases = [_Case(*parts) for parts in zip(tasks, projects, findings, strict=True)]
    wanted = [case for case in cases if case.may_print(setup)]
    orders = [_wanted(case) for case in wanted]
    forms = press.press(orders, setup.formats, setup.waivers)
    printed = {case.task.raw.index: form for case, form in zip(wanted, forms, strict=True)}
    return [_outcome(setup, case, printed.get(case.task.raw.index)) for case in cases]


@lru_cache(maxsize=2)
def _press(setup: Setup) -> FormPress:
    """The compiled template: once a process."""
    if setup.version != VERSION:
        message = f"工作进程上是 reportgen {VERSION}，发来任务的是 {setup.version}。"
        raise UsageError(f"{message}请装同一版本，再重启工作进程。")
    folders = (unpacked(setup.shipped),) if setup.shipped else setup.folders
    bundle = load_bundle(setup.template, folders, Findings())
    if bundle is None:
        raise UsageError(f"模板“{setup.template}”读不出来。")
    if bundle.digest() != setup.template_digest:
        raise UsageError(f"模板“{setup.template}”在运行中改动过，或各台机器上的不一样。")
    return FormPress(bundle, setup.year, setup.unit)


def _wanted(case: _Case) -> Wanted:
    """The form of a project, under a name that any system can hold."""
    task = case.task
    if task.stem != task.wanted:
        message = f"“{task.wanted}”不能用作文件名，已改为“{task.stem}”。"
        case.findings.note("F102", task.raw.row.place("项目名称"), message)
    return Wanted(case.project, task.stem, case.findings)


def _outcome(setup: Setup, case: _Case, form: Form | None) -> Outcome:
    """What became of a project; ``form`` is ``None`` where it gets none."""
    raw = case.task.raw
    judged = case.findings.waived(setup.waivers)
    score, grade = _result(case.project)
    if not raw.indicators:
        status = Status.FAILED if judged.has_errors else Status.NO_FORM
        records = [told(finding) for finding in judged.sorted()]
        return Outcome(raw.index, raw.name, status, findings=records, score=score, grade=grade)
    if form is None or len(form.files) < len(setup.formats):
        return failed(raw.index, raw.name, judged)
    return Outcome(
        raw.index,
        raw.name,
        status_of(judged, allow_errors=setup.allow_errors),
        files=form.files,
        findings=[told(finding) for finding in judged.sorted()] if len(judged) else (),
        figures=len(form.citations),
        score=score,
        grade=grade,
        trace=trace_block(raw.index + 1, raw.name, case.task.stem, form.citations),
    )


def _result(project: ScoredProject) -> tuple[str, str]:
    """Score and grade as texts; '' where there is none."""
    score, grade = project.lookup("自评得分"), project.lookup("自评等级")
    exact = f"{score.value:f}" if isinstance(score, Figure) else ""
    return exact, grade if isinstance(grade, str) else ""
