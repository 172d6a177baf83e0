"""The platform's forms of names and counts (机构运行信息表, 财决附03表), read as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.findings import Findings
from reportgen.model import UNITS, Kind, Value, plain
from reportgen.model.names import unnumbered
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.lines import texts_of, unit_name

_VALUES = frozenset({"统计数", "决算统计数", "决算数", "金额"})
_LINE = "行次"  # the column that the platform's forms have, and our own sheets have not
_COUNTED = re.compile(r"（(?:个|批|批次|次|人|人次|辆|台|套|台、套|台/套|台（套）|元|万元)）$")


@dataclass(frozen=True)
class Line:
    """A line of a form: its name without number and unit, the cell of its name, its value."""

    name: str
    label: Cell
    cell: Cell


def is_form(sheet: Sheet) -> bool:
    """Whether a sheet is in the platform's layout: heads 项目, 行次 and 统计数."""
    return _head_row(sheet) > 0


def form_lines(sheet: Sheet) -> Iterator[Line]:
    """The lines of every side of the form, from the left."""
    head = _head_row(sheet)
    starts = [cell.column for cell in sheet.row(head) if plain(cell.text) == "项目"]
    ends = [*(start - 1 for start in starts[1:]), sheet.columns]
    for start, end in zip(starts, ends, strict=True):
        heads = {plain(sheet.at(head, n).text): n for n in range(end, start, -1)}
        column = next((heads[name] for name in _VALUES if name in heads), 0)
        for row in range(head + 1, sheet.rows + 1) if column else ():
            label = sheet.at(row, start)
            if label.text:
                yield Line(_bare(label.text), label, sheet.at(row, column))


def form_unit(sheet: Sheet) -> Unit:
    """The unit that the form states for money; 元 where it states none."""
    above = (cell for row in range(1, _head_row(sheet)) for cell in sheet.row(row))
    names = (unit_name(cell.text) for cell in above)
    return Unit(next((name for name in names if name in UNITS), "元"))


def spellings(names: Mapping[str, str], aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every spelling of the names that are asked for, in comparable form."""
    return {plain(text): name for name in names for text in (name, *aliases.get(name, ()))}


def form_value(sheet: Sheet, line: Line, name: str, kind: str, findings: Findings) -> Value:
    """The figure of a line; a form's empty cell is 0, as in the published tables."""
    unit = form_unit(sheet) if kind in UNITS else Unit(kind, Kind.COUNT)
    return read_figure(sheet, line.cell, name, unit, findings)


def _head_row(sheet: Sheet) -> int:
    for row in dict.fromkeys(cell.row for cell in sheet.filled()):
        texts = texts_of(sheet, row)
        if "项目" in texts and _LINE in texts and _VALUES & set(texts):
            return row
    return 0


def _bare(label: str) -> str:
    """A name without its number, 其中 and unit.

    >>> _bare("1．因公出国（境）团组数（个）"), _bare("其中：外事接待批次(个)")
    ('因公出国（境）团组数', '外事接待批次')
    >>> _bare("（2）国（境）外接待费"), _bare("8、国（境）外公务接待人次（人）")
    ('国（境）外接待费', '国（境）外公务接待人次')
    """
    return _COUNTED.sub("", unnumbered(plain(label)).lstrip("、"))
