"""All inputs of a report, read and related: tables, supplement, reasons, projects, texts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportgen.bundle import Bundle
from reportgen.findings import Findings, Place
from reportgen.model import Profile, Project, Reason, Table, ended, plain, table_names
from reportgen.pipeline.names import report_profiles
from reportgen.rules.given import given_figures, given_tables
from reportgen.rules.relate import Relations, relate
from reportgen.rules.sums import complete
from reportgen.sources.lists import Record
from reportgen.sources.projects import read_projects
from reportgen.sources.reasons import ReasonSheet, read_reasons
from reportgen.sources.settings import Settings
from reportgen.sources.supplement import Address, Supplement, read_supplement
from reportgen.sources.tables import read_tables
from reportgen.sources.texts import Text, read_texts
from reportgen.sources.this_year import read_this_year

_LEAD = re.compile(
    r"^(?:主要原因(?:是因为|是|为)?[:：]?|原因(?:(?:是因为|是|为)[:：]?|[:：])|主要是因为)"
)


@dataclass
class Inputs:
    """What the report folder holds."""

    profiles: tuple[Profile, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    relations: Relations = field(default_factory=Relations)
    supplement: Supplement = field(default_factory=Supplement)
    reasons: ReasonSheet | None = None
    projects: tuple[Project, ...] = ()
    texts: Mapping[str, Text] = field(default_factory=dict)


def read_inputs(folder: Path, settings: Settings, bundle: Bundle, findings: Findings) -> Inputs:
    """Read every file that report.yaml names; blank totals are computed on the way."""
    files = settings.files
    inputs = Inputs(report_profiles(settings, bundle))
    inputs.tables = _this_year(folder, settings, bundle, inputs.profiles, findings)
    paths = [folder / name for name in files.supplement or ()]
    inputs.supplement = read_supplement(
        paths,
        bundle.supplement,
        findings,
        budgets=bundle.settings.published_budgets,
        year=settings.year,
    )
    names = table_names(inputs.profiles)
    stated = [
        replace(line, address=_named_by(names, line.address))
        for line in read_this_year(inputs.supplement.this_year, findings)
    ]
    given = given_tables(stated, inputs.profiles, inputs.tables, findings)
    inputs.tables = {**inputs.tables, **given}
    if files.reasons:
        inputs.reasons = _reasons(folder / files.reasons, inputs.supplement, findings)
    if files.projects:
        inputs.projects = read_projects([folder / name for name in files.projects], findings)
    if files.texts:
        inputs.texts = read_texts(folder / files.texts, findings)
    last: Mapping[str, Table] = {}
    if files.last_year:
        before = report_profiles(settings, bundle, before=1)
        last = _tables([folder / name for name in files.last_year], before, findings)
        _check_last_years(last, settings.year - 1, findings)
    inputs.relations = _relations(inputs.supplement, last, names, settings, bundle)
    inputs.relations.given = given_figures(stated, findings)
    missing = frozenset(p.name for p in inputs.profiles) - inputs.tables.keys()
    if bundle.settings.printed == "全部":
        inputs.relations.unread = missing
    else:
        inputs.relations.not_given = missing
    inputs.tables = relate(inputs.tables, inputs.relations, findings)
    return inputs


def _reasons(path: Path, supplement: Supplement, findings: Findings) -> ReasonSheet | None:
    """The file of reasons may not exist yet; sentences then ask for each reason."""
    if path.is_file():
        return read_reasons(path, supplement, findings)
    message = "找不到这个文件，按还没有写原因处理。"
    hint = "请运行 reportgen check --reasons 写出这个文件，再填写原因。"
    findings.warning("D101", Place(path.name), message, hint)
    return None


def _this_year(
    folder: Path,
    settings: Settings,
    bundle: Bundle,
    profiles: Sequence[Profile],
    findings: Findings,
) -> dict[str, Table]:
    """The published tables; a bundle that prints but their titles can do without them."""
    files = settings.files
    if bundle.settings.printed == "全部":
        names = files.tables or ("决算表.xlsx",)
        return _tables([folder / name for name in names], profiles, findings)
    paths = [folder / name for name in files.tables or ()]
    is_named = "tables" in files.model_fields_set
    if not (paths and (is_named or all(path.is_file() for path in paths))):
        return {}
    own = Findings()
    tables = _tables(paths, profiles, own)
    findings.extend(finding for finding in own if finding.code != "D103")
    return tables


def _tables(
    paths: Sequence[Path], profiles: Sequence[Profile], findings: Findings
) -> dict[str, Table]:
    tables = read_tables(paths, profiles, findings)
    return {name: complete(table, findings) for name, table in tables.items()}


def _check_last_years(last: Mapping[str, Table], year: int, findings: Findings) -> None:
    """Tables of another year in the place of last year's: with this year's nothing has changed."""
    for table in last.values():
        if table.year and table.year != year:
            message = f"作为上年决算表，表头写{table.year}年度，应为{year}年度。"
            findings.error("D123", table.place, message, "请核对是不是上一年的表。")


def _relations(
    supplement: Supplement,
    last: Mapping[str, Table],
    names: Mapping[str, str],
    settings: Settings,
    bundle: Bundle,
) -> Relations:
    return Relations(
        figures=[
            (_named_by(names, address).table, address.row, address.column, relation, figure)
            for address, relation, figure in supplement.relations
        ],
        texts=[
            (
                _named_by(names, address).table,
                address.row,
                address.column,
                name,
                _text(name, text, record),
                _named(record),
            )
            for address, name, text, record in supplement.texts
        ],
        last_tables=last,
        budget_table=bundle.settings.budget_table,
        new_unit=settings.last_year == "新设单位",
    )


def _named_by(names: Mapping[str, str], address: Address) -> Address:
    """An address that calls its table as the bundle does: 公开06表, 表06 or its title will do."""
    table = names.get(plain(address.table), address.table)
    return replace(address, table=table) if address.table else address


def _text(name: str, text: str, record: Record) -> str:
    """A text as sentences take it; a reason keeps its cell."""
    ended = _ended(text)
    return Reason(ended, record.place("原因")) if name != "用途" else ended


def _named(record: Record) -> Place:
    """Where a line says what it speaks of: 行 in 用途, 项目 in 原因.xlsx."""
    return record.place("行" if "行" in record.cells else "项目")


def _ended(text: str) -> str:
    """A reason or use without lead-in and end punctuation: the sentence brings its own.

    >>> _ended("主要原因是：人员减少。"), _ended("原因：减员"), _ended("原因较多，见附件。")
    ('人员减少', '减员', '原因较多，见附件')
    """
    return ended(_LEAD.sub("", text))
