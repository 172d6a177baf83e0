"""The sheets of 补充数据.xlsx that a bundle describes: names with values, and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.findings import Findings, nearest
from reportgen.model import UNITS, Absent, Blank, Kind, Passage, Value
from reportgen.sources.cells import Sheet
from reportgen.sources.entry import Entry
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.forms import form_lines, form_value, spellings
from reportgen.sources.lists import Record, Seen, is_repeated, read_list

_KINDS = {"元": Kind.AMOUNT, "万元": Kind.AMOUNT, "分": Kind.SCORE, "%": Kind.RATIO}


def pairs(
    sheet: Sheet | None, forms: Iterable[Sheet], entry: Entry, findings: Findings
) -> dict[str, Value | str | Blank]:
    """Read names and values, one a row; names the bundle asks for and finds not are absent."""
    found: dict[str, Value | str | Blank] = {
        name: _unwritten(name, sheet) if kind == "文字" else Absent(name)
        for name, kind in entry.columns.items()
    }
    heads = ("项目", "统计数", "金额", "数额")
    seen: Seen = {}
    columns = (*heads, "单位")
    for record in read_list(sheet, columns, findings, required=("项目",)) if sheet else ():
        name = record.text("项目")
        if name not in entry.columns:
            hint = nearest(name, entry.columns) or f"可用的项目：{'、'.join(entry.columns)}。"
            findings.error("D115", record.place("项目"), f"未知的项目“{name}”。", hint)
            continue
        column, *others = [head for head in heads[1:] if not record.cell(head).is_blank] or [""]
        for other in others:
            message = f"“{name}”的“{column}”已经填了，“{other}”没有读。"
            findings.error("D107", record.place(other), message, "请只填一栏。")
        if column and not is_repeated(seen, name, record.place(column), column, findings):
            kind = _stated(record, entry.columns[name], findings)
            found[name] = _value(record, column, kind, name, findings)
    for form in forms:
        _add_form(form, entry, seen, found, findings)
    return found


def _unwritten(name: str, sheet: Sheet | None) -> Blank:
    """A text that stands in no cell yet."""
    where = f"的“{sheet.title}”表" if sheet else ""
    place = sheet.spot if sheet else None
    return Blank(name, "N106", f"请在补充数据{where}里补填。", place=place)


def _add_form(
    form: Sheet,
    entry: Entry,
    seen: Seen,
    found: dict[str, Value | str | Blank],
    findings: Findings,
) -> None:
    """What the platform's form holds; of its other lines nothing is asked."""
    asked = spellings(entry.columns, entry.aliases)
    for line in form_lines(form):
        name = asked.get(line.name)
        if name and not is_repeated(seen, name, form.place(line.cell), name, findings):
            found[name] = form_value(form, line, name, entry.columns[name], findings)


def _stated(record: Record, kind: str, findings: Findings) -> str:
    """The unit of a value: an amount may state its own, anything else has the bundle's."""
    stated = record.text("单位") or kind
    if stated == kind or (kind in UNITS and stated in UNITS):
        return stated
    hint = f"请写“{kind}”。" if kind not in UNITS else "请写“元”或“万元”。"
    findings.error("D111", record.place("单位"), f"单位“{stated}”不对。", hint)
    return kind


def records(
    sheet: Sheet | None, entry: Entry, findings: Findings
) -> list[dict[str, Value | str | Blank]]:
    """Read a list; what a row leaves blank is absent, a text a blank to fill in at its cell."""
    if sheet is None:
        return []
    return [
        {
            name: _unfilled(record, name, kind)
            if record.cell(name).is_blank
            else _value(record, name, kind, name, findings)
            for name, kind in entry.columns.items()
        }
        for record in read_list(sheet, tuple(entry.columns), findings)
    ]


def _unfilled(record: Record, name: str, kind: str) -> Absent | Blank:
    """What a blank cell of a list stands for; a sentence that needs it says so."""
    if kind != "文字":
        return Absent(name)
    sheet = record.sheet
    place = record.place(name) if name in record.cells else sheet.spot
    hint = f"请在补充数据的“{sheet.title}”表里补填。"
    return Blank(f"{sheet.title}的{name}", "N106", hint, place=place)


def passages(sheet: Sheet, entry: Entry) -> Iterator[Passage]:
    """The texts of a list, each with its cell; what is wrong with the list is told already."""
    texts = [name for name, kind in entry.columns.items() if kind == "文字"]
    if entry.layout == "列表" and texts:
        for record in read_list(sheet, tuple(entry.columns), Findings()):
            for name in texts:
                if record.text(name):
                    yield Passage(record.text(name), record.place(name), f"{sheet.title}的{name}")


def _value(record: Record, column: str, kind: str, name: str, findings: Findings) -> Value | str:
    if kind == "文字":
        return record.text(column)
    unit = Unit(kind, _KINDS.get(kind, Kind.COUNT))
    return read_figure(record.sheet, record.cell(column), name, unit, findings)
