"""补充数据.xlsx, or a .csv for each of its sheets: last year, budgets, uses and counts."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.findings import Findings, Place, nearest
from reportgen.model import UNITS, Absent, Figure, Kind, Passage, Value, plain
from reportgen.model.names import fold_digits
from reportgen.sources.cells import Sheet
from reportgen.sources.figures import COUNTED, Unit, read_figure
from reportgen.sources.lists import GUIDE, Record, find_sheet, named_lists, read_list
from reportgen.sources.workbook import read_workbook

RELATION_SHEETS = ("本年数", "上年数", "年初预算", "用途")
_KINDS = {"元": Kind.AMOUNT, "万元": Kind.AMOUNT, "分": Kind.SCORE, "%": Kind.RATIO}


@dataclass(frozen=True, slots=True)
class Address:
    """What a line of 上年数, 用途 or 原因 speaks of: a vocabulary name, or a table's cell."""

    table: str
    row: str
    column: str = ""

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read ``收入总计`` or ``表05/208`` or ``表05/208/小计``.

        >>> Address.parse("表05/208"), Address.parse("收入总计").row
        (Address(table='表05', row='208', column=''), '收入总计')
        """
        table, _, rest = text.partition("/")
        if not rest:
            return cls.of("", text)
        row, _, column = rest.partition("/")
        return cls.of(table, row, column)

    @classmethod
    def of(cls, table: str, row: str, column: str = "") -> Address:
        """Make an address of texts as they stand in cells; full-width digits are folded."""
        return cls(*(fold_digits(part.strip()) for part in (table, row, column)))

    def __str__(self) -> str:
        return "/".join(part for part in (self.table, self.row, self.column) if part)


@dataclass(frozen=True)
class Entry:
    """A sheet of the supplement as the bundle describes it (名值 or 列表)."""

    layout: str
    columns: Mapping[str, str]


@dataclass
class Supplement:
    """What the supplement holds, still unattached to figures."""

    relations: list[tuple[Address, str, Figure]] = field(default_factory=list)
    texts: list[tuple[Address, str, str, Record]] = field(default_factory=list)
    values: dict[str, dict[str, Value | str]] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Value | str]]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    this_year: Sheet | None = None


def read_supplement(
    paths: Sequence[Path], entries: Mapping[str, Entry], findings: Findings
) -> Supplement:
    """Read the sheets the bundle knows; an unknown sheet or key is a finding.

    With no file everything that it would hold is absent.
    """
    supplement = Supplement()
    known = (*RELATION_SHEETS, *entries)
    read = [sheet for path in paths for sheet in read_workbook(path, findings)]
    lists = [sheet for sheet in read if plain(sheet.name) != GUIDE]
    sheets = named_lists(lists, known, findings)
    for sheet in sheets:
        if plain(sheet.name) not in map(plain, known):
            hint = nearest(sheet.name, known) or f"可用的工作表：{'、'.join(known)}。"
            findings.error("D115", sheet.spot, f"未知的工作表“{sheet.name}”。", hint)
    supplement.this_year = find_sheet(sheets, "本年数")
    for name, reader in _RELATION_READERS.items():
        sheet_found = find_sheet(sheets, name)
        if sheet_found:
            reader(sheet_found, supplement, findings)
    for name, entry in entries.items():
        sheet_found = find_sheet(sheets, name)
        if entry.layout == "名值":
            supplement.values[name] = _pairs(sheet_found, entry, findings)
        else:
            supplement.lists[name] = _records(sheet_found, entry, findings)
        if sheet_found:
            supplement.passages += _passages(sheet_found, entry)
    return supplement


Seen = dict[Hashable, Place]


def is_repeated(seen: Seen, key: Hashable, record: Record, column: str, findings: Findings) -> bool:
    """Whether an earlier line said the same; of two lines one would be lost without a word."""
    place = record.place(column)
    if seen.setdefault(key, place) == place:
        return False
    message = f"同一项的“{column}”已在 {seen[key]} 填过，这一行没有读。"
    findings.error("D107", place, message, "请合并为一行，或改正这一行的名称。")
    return True


def _last_year(sheet: Sheet, supplement: Supplement, findings: Findings) -> None:
    columns = ("表", "行", "列", "上年数", "单位")
    seen: Seen = {}
    for record in read_list(sheet, columns, findings, required=("行", "上年数")):
        address = Address.of(record.text("表"), record.text("行"), record.text("列"))
        key = (address.table, address.row.split(" ", maxsplit=1)[0], address.column)
        known = not record.cell("上年数").is_blank  # 0 is written as 0
        if not known and not any(key):
            continue  # a line that has nothing but a unit
        if not is_repeated(seen, key, record, "上年数", findings) and known:
            _relate(record, address, "上年", "上年数", supplement, findings)


def _budget(sheet: Sheet, supplement: Supplement, findings: Findings) -> None:
    columns = ("科目编码", "科目名称", "年初预算数", "全年预算数", "单位")
    seen: Seen = {}
    for record in read_list(sheet, columns, findings, required=("科目编码",)):
        address = Address.of("", record.text("科目编码"), record.text("科目名称"))
        for column in ("年初预算数", "全年预算数"):
            key = (address.row or address.column, column)
            if record.cell(column).is_blank:
                continue
            if not is_repeated(seen, key, record, column, findings):
                _relate(record, address, column.removesuffix("数"), column, supplement, findings)


def _relate(
    record: Record,
    address: Address,
    relation: str,
    column: str,
    supplement: Supplement,
    findings: Findings,
) -> None:
    unit = _unit(record, findings, COUNTED if relation == "上年" else ())
    label = f"{address}的{relation}数"
    figure = read_figure(record.sheet, record.cell(column), label, unit, findings)
    if isinstance(figure, Figure):
        supplement.relations.append((address, relation, figure))


def _unit(record: Record, findings: Findings, counted: Collection[str] = ()) -> Unit:
    """The unit of a line: of amounts, or a word that its bundle's counts are counted in."""
    name = record.text("单位") or "元"
    if name in counted:
        return Unit(name, Kind.COUNT)
    if name not in UNITS:
        message = f"单位“{name}”不能识别。"
        findings.error("D111", record.place("单位"), message, "请写“元”或“万元”。")
        name = "元"
    return Unit(name)


def _uses(sheet: Sheet, supplement: Supplement, findings: Findings) -> None:
    seen: Seen = {}
    for record in read_list(sheet, ("表", "行", "用途"), findings, required=("行", "用途")):
        address = Address.of(record.text("表"), record.text("行"))
        if record.text("用途") and not is_repeated(seen, address, record, "用途", findings):
            supplement.texts.append((address, "用途", record.text("用途"), record))


_RELATION_READERS = {"上年数": _last_year, "年初预算": _budget, "用途": _uses}


def _pairs(sheet: Sheet | None, entry: Entry, findings: Findings) -> dict[str, Value | str]:
    """Read names and values, one a row; names the bundle asks for and finds not are absent."""
    found: dict[str, Value | str] = {name: Absent(name) for name in entry.columns}
    heads = ("项目", "统计数", "金额", "数额")
    seen: Seen = {}
    columns = (*heads, "单位")
    for record in read_list(sheet, columns, findings, required=("项目",)) if sheet else ():
        name = record.text("项目")
        if name not in entry.columns:
            hint = nearest(name, entry.columns) or f"可用的项目：{'、'.join(entry.columns)}。"
            findings.error("D115", record.place("项目"), f"未知的项目“{name}”。", hint)
            continue
        column = next((head for head in heads[1:] if not record.cell(head).is_blank), "")
        if column and not is_repeated(seen, name, record, column, findings):
            kind = _stated(record, entry.columns[name], findings)
            found[name] = _value(record, column, kind, name, findings)
    return found


def _stated(record: Record, kind: str, findings: Findings) -> str:
    """The unit of a value: an amount may state its own, anything else has the bundle's."""
    stated = record.text("单位") or kind
    if stated == kind or (kind in UNITS and stated in UNITS):
        return stated
    hint = f"请写“{kind}”。" if kind not in UNITS else "请写“元”或“万元”。"
    findings.error("D111", record.place("单位"), f"单位“{stated}”不对。", hint)
    return kind


def _records(sheet: Sheet | None, entry: Entry, findings: Findings) -> list[dict[str, Value | str]]:
    if sheet is None:
        return []
    return [
        {
            name: _value(record, name, kind, name, findings)
            if kind == "文字" or not record.cell(name).is_blank
            else Absent(name)
            for name, kind in entry.columns.items()
        }
        for record in read_list(sheet, tuple(entry.columns), findings)
    ]


def _passages(sheet: Sheet, entry: Entry) -> Iterator[Passage]:
    """The texts of a list, each with its cell; what is wrong with the list is told already."""
    texts = [name for name, kind in entry.columns.items() if kind == "文字"]
    if entry.layout == "列表" and texts:
        for record in read_list(sheet, tuple(entry.columns), Findings()):
            for name in texts:
                if record.text(name):
                    yield Passage(record.text(name), record.place(name), f"{sheet.name}的{name}")


def _value(record: Record, column: str, kind: str, name: str, findings: Findings) -> Value | str:
    if kind == "文字":
        return record.text(column)
    unit = Unit(kind, _KINDS.get(kind, Kind.COUNT))
    return read_figure(record.sheet, record.cell(column), name, unit, findings)
