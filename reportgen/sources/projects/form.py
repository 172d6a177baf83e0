"""A filled-in form (自评表) becomes the rows of a project: its cells are found by their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.findings import Findings
from reportgen.model.addresses import column_letters
from reportgen.sources.contents import Spot
from reportgen.sources.projects.form_funds import funds_row, read_funds
from reportgen.sources.projects.form_labels import BELOW, BESIDE, KNOWN, spellings
from reportgen.sources.projects.form_marks import Marks, marks_row, points_of, read_marks
from reportgen.sources.projects.grid import NOTES, Grid
from reportgen.sources.projects.raw import Head, RawRow
from reportgen.sources.streamed import Value

_YEAR = re.compile(r"(20\d\d)\s*年")
_LEVEL = re.compile(r"^\s*(\w{1,3}?)级(?:财政)?(?:预算)?项目")
_NAME, _SCORE, _GRADE = "项目名称", "自评得分", "自评等级"
_HINT = "请按公开的自评表式样改正栏目的名称，或把这个文件移出文件夹。"


@dataclass(frozen=True, slots=True)
class Form:
    """The rows of a form; ``unread`` are cells in which something stands that was not taken."""

    row: RawRow
    funds: tuple[RawRow, ...]
    marks: tuple[RawRow, ...]
    unread: tuple[Spot, ...]


def is_form(grid: Grid) -> bool:
    """Whether a sheet is a form: the name of a project, and funds or indicators."""
    named = grid.find(spellings(BESIDE, _NAME))
    if named is None or grid.is_too_large:
        return False
    return bool(marks_row(grid) or funds_row(grid)) and not is_list(grid)


def is_list(grid: Grid) -> bool:
    """Whether a sheet is one of the lists of 项目.xlsx: the name is a head beside the others."""
    named = grid.find(spellings(BESIDE, _NAME))
    return named is not None and named[0] in (marks_row(grid), funds_row(grid))


def read_form(grid: Grid, findings: Findings) -> Form:
    """The rows of a form; parts that can't be found are findings."""
    used = set[Spot]()
    marks, funds, tables = Marks(), list[RawRow](), set[int]()
    if row := funds_row(grid):
        funds, end = read_funds(grid, row, used)
        tables.update(range(row, end))
    else:
        _report_missing(grid, "资金", "全年预算数、全年执行数", findings)
    if row := marks_row(grid):
        marks = read_marks(grid, row, used)
        tables.update(range(row, marks.end))
    else:
        _report_missing(grid, "指标", "三级指标、分值", findings)
    if marks.unclear:
        places = "、".join(grid.sheet.place(*spot).address for spot in marks.unclear)
        message = f"“总分”这一行有几个数（{places}），不知道哪一个是得分。"
        hint = "请只留一个，或写在“得分”这一栏。"
        findings.error("D129", grid.place(marks.unclear[0]), message, hint)
    cells = _cells(grid, marks, tables)
    used.update(spot for spot, _ in cells.values())
    return Form(_row(grid, cells), tuple(funds), tuple(marks.rows), tuple(_unread(grid, used)))


def _report_missing(grid: Grid, what: str, heads: str, findings: Findings) -> None:
    message = f"找不到{what}的表头“{heads}”。"
    findings.error("D129", grid.sheet.spot, message, _HINT)


_Cells = dict[str, tuple[Spot, Value | None]]


def _cells(grid: Grid, marks: Marks, tables: set[int]) -> _Cells:
    """The cells of the project itself by our columns, with their values."""
    found: _Cells = {}
    for spot, label in grid.labels.items():
        if spot[0] in tables:
            continue
        name = BESIDE.get(label) or BELOW.get(label)
        if name and name not in found:
            at = grid.right_of(spot, KNOWN) if label in BESIDE else grid.below(spot, KNOWN)
            found[name] = at, grid.cells.get(at)
    if marks.score:
        found[_SCORE] = marks.score, grid.cells[marks.score]
    if marks.grade:
        found.setdefault(_GRADE, (marks.grade, grid.cells[marks.grade]))
    if _SCORE in found:
        spot, value = found[_SCORE]
        found[_SCORE] = spot, points_of(value)
    return {**_from_title(grid), **found}


def _from_title(grid: Grid) -> _Cells:
    """The year, and the level of government, that stand above the project's name."""
    found: _Cells = {}
    name = grid.find(spellings(BESIDE, _NAME))
    for spot in grid.labels:
        if name is None or spot[0] >= name[0]:
            break
        for column, pattern in (("年度", _YEAR), ("预算级次", _LEVEL)):
            said = pattern.search(grid.text(spot))
            if said:
                found.setdefault(column, (spot, said[1]))
    return found


def _row(grid: Grid, cells: _Cells) -> RawRow:
    columns = {name: spot for name, (spot, _) in cells.items()}
    letters = tuple(column_letters(column) for _, column in columns.values())
    rows = tuple(row for row, _ in columns.values())
    head = Head(grid.sheet.file, grid.sheet.part, tuple(columns), letters, rows)
    return RawRow(head, columns[_NAME][0], tuple(value for _, value in cells.values()))


def _unread(grid: Grid, used: set[Spot]) -> Iterator[Spot]:
    """Filled cells that no part took, between the project's name and the notes."""
    name = grid.find(spellings(BESIDE, _NAME))
    for spot in grid.cells:
        if NOTES.match(grid.text(spot)):
            return
        below = name is not None and spot[0] >= name[0]
        if below and spot not in used and grid.labels.get(spot) not in KNOWN:
            yield spot
