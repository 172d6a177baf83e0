"""Before anything is written: the bundle, the projects, and a file name for each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportgen.batch.columns import Columns
from reportgen.batch.setup import Order, Setup
from reportgen.batch.shelf import OFFICE
from reportgen.batch.shipping import packed
from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.errors import UsageError
from reportgen.findings import Findings, Place, Severity, Waiver
from reportgen.narrative.phrases import fill
from reportgen.outputs.names import unique_names
from reportgen.pipeline.forms import check_form_templates
from reportgen.pipeline.summary import SummaryRow, check_summary_templates, summary_name
from reportgen.sources.projects import Listed, ProjectBook, input_files, open_projects

_NAME = "项目名称"
_HEADS = ("D103", "D104")
_YEAR = re.compile("(?:19|20)[0-9]{2}")


@dataclass
class Plan:
    """What a run is going to do; ``findings`` are those of no single project.

    ``stems`` are the names of the files by the projects' index, ``wanted`` what they were made
    of; ``refused`` are the projects that get none, with the reasons. ``hidden`` are the names of
    files that would tell those of secret projects.
    """

    setup: Setup
    sources: Sequence[Path]
    bundle: Bundle
    book: ProjectBook
    findings: Findings
    stems: Mapping[int, str] = field(default_factory=dict)
    wanted: Mapping[int, str] = field(default_factory=dict)
    refused: dict[int, Findings] = field(default_factory=dict)
    hidden: Collection[str] = ()

    @property
    def summary_name(self) -> str:
        """The name of the table of all projects, without ending; '' where there is none."""
        return summary_name(self.bundle, self.names, [SummaryRow("", {})])

    @property
    def names(self) -> Mapping[str, Any]:
        """What the whole run is about."""
        return {"年度": self.setup.year, "单位": self.setup.unit}

    @property
    def listed(self) -> Sequence[Listed]:
        """The projects that anyone may see, in their order."""
        return [project for project in self.book.listed if not project.secret]

    @property
    def secret(self) -> Sequence[Listed]:
        """The others; they stand in the manifest alone."""
        return [project for project in self.book.listed if project.secret]


def plan(order: Order, findings: Findings) -> Plan | None:
    """Read what has to be known beforehand; ``None`` with findings where nothing can be done.

    Raises UsageError where the command can't be acted on.
    """
    bundle = _bundle(order, findings)
    if bundle is None:
        return None
    check_form_templates(bundle, order.formats, findings)
    check_summary_templates(bundle, findings)
    if findings.has_errors:
        return None
    (year, unit), waivers = _beside(order, findings)
    if findings.has_errors:
        return None
    book = open_projects([order.source], findings)
    if book is None or not book.listed:
        if not findings.has_errors:
            place, message = Place(order.source.name), "“项目”表里还没有填项目。"
            findings.error("D133", place, message, "请先填项目，再运行。")
        return None
    if any(f.code in _HEADS and f.severity is Severity.ERROR for f in findings):
        return None  # a column or list that is lacking would make every form wrong
    setup = Setup(
        template=order.template,
        folders=() if order.scheduler else search_path(order.templates),
        template_digest=bundle.digest(),
        year=order.year or year or _year_of(book.listed),
        unit=order.unit or unit,
        formats=order.formats,
        waivers=tuple(waivers),
        allow_errors=order.allow_errors,
        shipped=packed(bundle) if order.scheduler else b"",
    )
    made = Plan(setup, input_files(order.source), bundle, book, findings, refused=dict(book.faults))
    _report_unit(made)
    if order.source.is_dir():
        known = (one for one in book.listed if one.secret or one.doubtful)
        made.hidden = frozenset(one.row.head.file for one in known)
    made.wanted = _wanted(made)
    made.stems = _stems(made)
    return made


def _report_unit(plan: Plan) -> None:
    """The summary names the unit: where nobody has said which, a blank is printed."""
    entry = plan.bundle.settings.summary
    texts = (entry.file, entry.title, entry.under, *entry.notes) if entry else ()
    if not plan.setup.unit and any("{单位}" in text for text in texts):
        message = "不知道是哪个单位，汇总表上的单位空着。"
        hint = "请加 --unit，例如 --unit 某市某局；旁边有 report.yaml 的，照它。"
        plan.findings.note("F119", Place(f"{plan.summary_name}.xlsx"), message, hint)


def _bundle(order: Order, findings: Findings) -> Bundle | None:
    """The bundle, one for forms; UsageError where it is another."""
    bundle = load_bundle(order.template, search_path(order.templates), findings)
    if bundle is not None and bundle.settings.abstract:
        raise UsageError(f"模板“{bundle.name}”仅供继承，请写下级模板。")
    if bundle is not None and bundle.settings.subject != "项目":
        hint = "请用 self-evaluation 里的模板，或用 reportgen render 生成报告。"
        raise UsageError(f"模板“{bundle.name}”不是项目自评表的模板。{hint}")
    return bundle


def _beside(order: Order, findings: Findings) -> tuple[tuple[int | None, str], list[Waiver]]:
    """Year, unit and waivers of the report folder in which the projects lie, if it is one.

    Settings that can't be used are told: they may hold waivers that nobody sees missing.
    """
    folder = order.source if order.source.is_dir() else order.source.parent
    if not (folder / "report.yaml").is_file():
        return (None, ""), []
    from reportgen.sources.settings import read_settings  # its schemas take time to build

    faults = Findings()
    settings, waivers = read_settings(folder, faults)
    if settings is not None:
        return (settings.year, settings.unit), waivers
    findings.extend(faults)
    return (None, ""), waivers


def _year_of(listed: Sequence[Listed]) -> int:
    """The year that the projects themselves name; UsageError where none does."""
    for project in listed:
        found = _YEAR.search(project.fields.get("年度", ""))
        if found:
            return int(found.group())
    raise UsageError("不知道是哪一年度的自评，请加 --year，例如 --year 2022。")


def _wanted(plan: Plan) -> dict[int, str]:
    """The pattern of file names, filled in for each project."""
    pattern = plan.bundle.settings.output
    return {
        project.index: fill(pattern, _slots(plan, number, project, pattern))
        for number, project in enumerate(plan.book.listed, start=1)
        if not project.secret and project.index not in plan.refused
    }


def _stems(plan: Plan) -> dict[int, str]:
    """A file name for each project; those that would overwrite each other are refused."""
    indexes, texts = list(plan.wanted), list(plan.wanted.values())
    named = unique_names(texts, taken=[OFFICE, plan.summary_name])
    for group in named.clashes:
        for position in group:
            others = [indexes[other] for other in group if other != position]
            _refuse_namesake(plan, indexes[position], named.names[position], others)
    names = zip(indexes, named.names, strict=True)
    return {index: name for index, name in names if index not in plan.refused}


def _refuse_namesake(plan: Plan, index: int, name: str, others: Sequence[int]) -> None:
    """A project whose file another would overwrite, or that of the whole run, has none."""
    listed = plan.book.listed
    places = "、".join(str(listed[other].row.place(_NAME)) for other in others)
    whose = f"{places}的" if places else "汇总表或内部文件夹"
    findings = plan.refused.setdefault(index, Findings())
    message = f"输出文件名“{name}”与{whose}相同，没有写出。"
    hint = "请改项目名称或序号，使各项目的文件名不同。"
    findings.error("F130", listed[index].row.place(_NAME), message, hint)


def _slots(plan: Plan, number: int, project: Listed, pattern: str) -> dict[str, str]:
    """What a pattern of file names may name: columns of 项目, as far as it does, year and unit."""
    columns = Columns(project.row)
    own = {name: " ".join(columns[name].split()) for name in columns if name in pattern}
    slots = {"年度": str(plan.setup.year), "单位": plan.setup.unit, **own}
    slots["序号"] = slots.get("序号") or str(number)
    return slots
