"""汇总表: one table of all projects of a run, in Excel, Word and Markdown."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

from reportgen.bundle import Bundle
from reportgen.bundle.schema import SummaryEntry
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate, check_markdown
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.template import check_sources
from reportgen.checks.word import check_word_template
from reportgen.findings import Findings, Place
from reportgen.language import Page
from reportgen.language.marks import strip
from reportgen.model import Figure, Kind, half_up
from reportgen.narrative.phrases import fill
from reportgen.outputs import safe_name
from reportgen.outputs.summary_book import Group, summary_book
from reportgen.outputs.summary_rows import Cell
from reportgen.pipeline.layouts import template_environment
from reportgen.render.markdown import press_markdown
from reportgen.render.word.press import open_template

LAYOUTS = {"md": "summary.md", "docx": "summary.docx"}
MOST_PRINTED = 2000
"""Rows of the Word and the Markdown table: nobody reads more, and programs get slow."""
_SCORE, _GRADE, _NUMBER, _NAME = "自评得分", "自评等级", "序号", "项目名称"
_UNNAMED = "其他"
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A project of the summary: its columns of 项目 as texts, its score and its grade.

    ``score`` is ``None`` where a project has none; it is printed with two decimals.
    """

    name: str
    fields: Mapping[str, str]
    score: Decimal | None = None
    grade: str = ""

    def cell(self, column: str, number: int) -> Cell:
        """What stands in a column; the ``number`` counts the rows of a group from 1."""
        if column == _NUMBER:
            return number
        if column == _SCORE:
            return "" if self.score is None else half_up(self.score, _DECIMALS)
        known = {_NAME: self.name, _GRADE: self.grade}
        return known[column] if column in known else self.fields.get(column, "")


class Rows(Protocol):
    """The rows, each made when it is asked for; many are gone through several times."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, number: int, /) -> SummaryRow:
        """The row of a number, from 0 on."""


def summary_name(bundle: Bundle, names: Mapping[str, Any], rows: Rows) -> str:
    """The name of its files, without ending; '' where the bundle has no summary."""
    entry = bundle.settings.summary
    return _Summary(entry, names, rows).name if entry else ""


def summary_files(
    bundle: Bundle,
    names: Mapping[str, Any],
    rows: Rows,
    formats: Collection[str],
    findings: Findings,
) -> dict[str, bytes]:
    """The files by name: always .xlsx, and what ``formats`` says besides (docx, md).

    ``names`` are 年度 and 单位. One that fails at the document gate stays out, with findings;
    without 汇总表 in bundle.yaml, or without a row, there is none.
    """
    entry = bundle.settings.summary
    if entry is None or not len(rows):
        return {}
    made = _Summary(entry, names, rows)
    files = {f"{made.name}.xlsx": made.book()}
    wanted = [ending for ending in LAYOUTS if ending in formats and bundle.file(LAYOUTS[ending])]
    if wanted and made.count > MOST_PRINTED:
        message = f"汇总表有{made.count:,}行，只写出 .xlsx，没有写出 .{'、.'.join(wanted)}。"
        hint = f"超过{MOST_PRINTED:,}行的，请用 .xlsx；要 .docx 的，请把项目分成几批。"
        findings.note("F110", Place(f"{made.name}.xlsx"), message, hint)
        wanted = []
    for ending in wanted:
        page = Page(Place(f"{made.name}.{ending}"))
        press = _docx if ending == "docx" else _md
        content = press(bundle, made, page)
        findings.extend(page.findings)
        if content is not None and not page.findings.has_errors:
            files[f"{made.name}.{ending}"] = content
    return files


def check_summary_templates(bundle: Bundle, findings: Findings) -> None:
    """The template gate for summary.docx and summary.md, where the bundle has them."""
    entry = bundle.settings.summary
    if entry is None:
        return
    names = _Summary(entry, {"年度": 2000, "单位": ""}, ()).names()
    environment = template_environment(bundle)
    for ending, layout in LAYOUTS.items():
        path = bundle.file(layout)
        if path is not None and ending == "docx":
            check_word_template(path, environment, names, findings)
        elif path is not None:
            check_sources(environment, [bundle.template_name(layout)], names, findings)


def _docx(bundle: Bundle, made: _Summary, page: Page) -> bytes | None:
    path = bundle.file(LAYOUTS["docx"])
    template = open_template(path, page.findings) if path else None
    if template is None:
        return None
    file = page.place.file
    pressed = template.press(made.names(), {}, bundle.wording, page)
    if pressed is None:
        return None
    expected = Expected(page.citations, made.allowed(bundle))
    page.findings.extend(WordGate().check(file, pressed.content, pressed.marked, expected))
    return pressed.content


def _md(bundle: Bundle, made: _Summary, page: Page) -> bytes | None:
    file, layout = page.place.file, bundle.template_name(LAYOUTS["md"])
    environment = template_environment(bundle)
    marked = press_markdown(environment, layout, made.names(), {}, bundle.wording, page)
    if marked is None:
        return None
    content = strip(marked).encode("utf-8")
    expected = Expected(page.citations, made.allowed(bundle))
    page.findings.extend(check_markdown(file, content, marked, expected))
    return content


class _Summary:
    """What a summary says, in groups."""

    def __init__(self, entry: SummaryEntry, names: Mapping[str, Any], rows: Rows) -> None:
        self._entry = entry
        # they are gone through three times: as many as are printed stay in memory
        self._rows = (
            [*map(rows.__getitem__, range(len(rows)))] if len(rows) <= MOST_PRINTED else rows
        )
        own = rows[0].fields if len(rows) else {}
        # what a project says of the whole run, such as 预算级次, is the same in each
        self._slots = {slot: own.get(slot, "") for slot in SummaryEntry.slots()}
        self._slots |= {name: str(value) for name, value in names.items()}
        self._year = int(names["年度"])
        self._column = next(iter(entry.groups), "")
        self._titles = dict(entry.groups.get(self._column, {}))

    @property
    def name(self) -> str:
        """The files' name without ending."""
        return safe_name(self._filled(self._entry.file))

    @property
    def count(self) -> int:
        """How many projects are listed."""
        return len(self._rows)

    @cached_property
    def _groups(self) -> dict[str, array[int]]:
        """The rows of each group: the listed groups first, then as they come."""
        groups = {value: array("L") for value in self._titles}
        for number in range(len(self._rows)):
            value = self._group_of(self._rows[number])
            groups.setdefault(value, array("L")).append(number)
        return groups

    def _group_of(self, row: SummaryRow) -> str:
        return row.fields.get(self._column, "").strip() if self._column else ""

    def book(self) -> bytes:
        """The workbook."""
        groups = [
            Group(self._title(value), len(rows) or 1, self._cells(value))
            for value, rows in self._groups.items()
        ]
        entry = self._entry
        title, under = self._filled(entry.title), self._filled(entry.under)
        return summary_book(title, under, entry.columns, groups, self._notes())

    def names(self) -> dict[str, Any]:
        """What the layouts know."""
        return {
            "年度": self._year,
            "单位": self._slots.get("单位", ""),
            "标题": self._filled(self._entry.title),
            "题下": self._filled(self._entry.under),
            "栏": list(self._entry.columns),
            "分组": [self._group(value) for value in self._groups],
            "注": self._notes(),
        }

    def allowed(self, bundle: Bundle) -> Allowed:
        """The numerals that need no source."""
        return Allowed(self._year, bundle.settings.numerals)

    def _group(self, value: str) -> dict[str, Any]:
        columns = self._entry.columns
        rows = islice(self._cells(value), MOST_PRINTED)
        lines = [dict(zip(columns, map(_printable, cells), strict=True)) for cells in rows]
        return {"题": self._title(value), "行": lines}

    def _cells(self, value: str) -> Iterator[Sequence[Cell]]:
        """The rows of a group; an empty one has a row that says so."""
        columns = self._entry.columns
        if not self._groups[value]:
            yield [1 if column == _NUMBER else self._entry.empty for column in columns]
        for number, place in enumerate(self._groups[value], start=1):
            row = self._rows[place]
            yield [row.cell(column, number) for column in columns]

    def _title(self, value: str) -> str:
        """What stands over a group; one that the bundle doesn't list is named by its value."""
        if not self._column:
            return ""
        pattern = self._titles.get(value) or self._entry.others
        return fill(pattern, {**self._slots, "组": value or _UNNAMED})

    def _notes(self) -> list[str]:
        return [self._filled(note) for note in self._entry.notes]

    def _filled(self, pattern: str) -> str:
        return fill(pattern, self._slots)


def _printable(cell: Cell) -> Any:
    """A score as a figure: it is cited; no cell is known, the trace of its form has them."""
    return Figure(_SCORE, cell, Kind.SCORE) if isinstance(cell, Decimal) else cell
