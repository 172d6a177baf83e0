"""What a schema can't see in tables.yaml: sums and names of rows and columns that nothing has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from reportgen.bundle.added import added_faults
from reportgen.bundle.crosscheck import TABLE_SLOTS, Path, check_pattern, hint_of
from reportgen.bundle.fitting import CHOICES
from reportgen.bundle.merge import Layered
from reportgen.bundle.numbering import with_numbers
from reportgen.bundle.profiles import profile, taken_out
from reportgen.bundle.rows import MOST_LINES, Lines, RowError
from reportgen.bundle.schema import RowEntry, TableEntry, TablesFile
from reportgen.findings import Findings
from reportgen.model import Block, Layout, Profile


def check_tables(tables: TablesFile, layered: Layered, findings: Findings) -> None:
    """Every sum of tables.yaml adds up rows and columns that are there."""
    for name, entry in tables.root.items():
        faults = Findings()
        check = _Table(name, layered, faults)
        check.texts(entry)
        check.lines(entry)
        if not faults.has_errors:
            found = profile(name, entry)
            check.blocks(found, in_blocks=bool(entry.blocks))
            check.columns(found)
            check.main(found, entry)
            check.dropped(entry)
            check.totals(found)
            check.renames(entry)
        findings.extend(faults)


def _row_path(entry: TableEntry, row: RowEntry) -> Path:
    """Where a fixed row is written: in a block, or among those added."""
    if row in entry.added:
        return ("加行", entry.added.index(row))
    for number, block in enumerate(with_numbers(entry.blocks)):
        if row in block.rows:
            return ("栏组", number, "行", block.rows.index(row))
    return ("栏组",)


class _Table:
    """The checks of one table; each fault at its line of tables.yaml."""

    def __init__(self, name: str, layered: Layered, findings: Findings) -> None:
        self._name = name
        self._layered = layered
        self._findings = findings

    def _error(self, path: Path, message: str, hint: str) -> None:
        place = self._layered.place((self._name, *path))
        self._findings.error("C104", place, f"{self._name}的{message}", hint)

    def texts(self, entry: TableEntry) -> None:
        """Slots that are filled in; one text for all reports, or one for each of a pair."""
        texts = {"标题": entry.title, "注": entry.note, "无数据说明": entry.empty}
        for key, found in texts.items():
            for choice, text in found.items():
                path: Path = (self._name, key, choice) if choice else (self._name, key)
                check_pattern(text, TABLE_SLOTS, path, self._layered, self._findings)
            keys = set(found)
            if keys - {""} and keys not in [set(pair) for pair in CHOICES]:
                pairs = "，或".join("、".join(pair) for pair in CHOICES)
                self._error((key,), f"“{key}”写得不全。", f"请写一段文字，或分别写{pairs}。")

    def lines(self, entry: TableEntry) -> None:
        """和 adds up rows of the table, and no total adds up itself."""
        for index, message, hint in added_faults(entry):
            self._error(("加行", index), message, hint)
            return
        for number, block in enumerate(entry.blocks):
            first, end = block.numbers or (1, 1)
            if not first <= end < first + MOST_LINES:
                hint = "请写成 [1, 31] 这样由小到大的两个数。"
                self._error(("栏组", number, "行次"), f"行次 {first} 至 {end} 有误。", hint)
                return
        graph: dict[str, list[str]] = {}
        places: dict[str, Path] = {}
        lines = Lines(entry)
        for row, message, hint in lines.misplaced():
            self._error(_row_path(entry, row), message, hint)
            return
        for number, found in enumerate(lines.blocks):
            for line in found:
                if line.entry is not None and line.row.key:
                    path: Path = (*_row_path(entry, line.entry), "和")
                    graph[line.row.key] = self._parts(lines, line.entry, number, path)
                    places[line.row.key] = path
        self._cycles(graph, places)

    def _parts(self, lines: Lines, entry: RowEntry, block: int, path: Path) -> list[str]:
        try:
            return list(lines.parts(entry.parts, block))
        except RowError as fault:
            self._error(path, *fault.args)
            return []

    def _cycles(self, graph: Mapping[str, list[str]], places: Mapping[str, Path]) -> None:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            chain = error.args[1]
            path = next(places[key] for key in chain if key in places)
            message = f"合计互相引用：{'→'.join(chain)} 行。"
            self._error(path, message, "请去掉循环。")

    def blocks(self, found: Profile, *, in_blocks: bool) -> None:
        """Every block has figures, and the rows a total adds up have its columns."""
        widths = {row.key: len(block.values) for block in found.blocks for row in block.rows}
        for number, block in enumerate(found.blocks):
            path: Path = ("栏组", number, "列") if in_blocks else ("列",)
            if not block.values:
                self._error(path, "列里没有填数字的栏。", "请写出金额等栏。")
            if found.layout is Layout.TREE and any(c.is_value for c in block.columns[:2]):
                self._error(path, "前两栏应为科目编码和科目名称。", "科目树的表请照此写。")
            for row in block.rows:
                short = [key for key in row.parts if widths.get(key, 0) < len(block.values)]
                if short:
                    message = f"“{row.label}”加的“{short[0]}”一行栏数不够。"
                    self._error(path, message, "请核对“和”与两边的栏。")

    def columns(self, found: Profile) -> None:
        """合计列 names figure columns that stand in one block, and no cycle."""
        graph: dict[str, list[str]] = {}
        places: dict[str, Path] = {}
        for name, parts in found.sums.items():
            block = self._block(found, name, "合计列", ("合计列", name))
            if block is None:
                continue
            graph[found.find(name).key], places[found.find(name).key] = [], ("合计列", name)
            for index, part in enumerate(parts):
                path: Path = ("合计列", name, index)
                own = self._block(found, part, "合计列", path)
                if own is block:
                    graph[found.find(name).key].append(found.find(part).key)
                elif own is not None:
                    message = f"合计列“{name}”加的“{part}”不在同一栏组。"
                    self._error(path, message, "请只写同一栏组的栏。")
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            first = next(places[key] for key in error.args[1] if key in places)
            self._error(first, f"合计列互相引用：{'→'.join(error.args[1])}。", "请去掉循环。")

    def dropped(self, entry: TableEntry) -> None:
        """去栏 takes out columns, or heads with all below them, that the table has."""
        full = profile(self._name, entry.model_copy(update={"dropped": []}))
        known = dict.fromkeys(head for c in full.columns for head in (c.key, *c.path))
        for index, name in enumerate(entry.dropped):
            if not taken_out(full, [name]):
                self._error(("去栏", index), f"去栏里的“{name}”没有这一栏。", hint_of(name, known))

    def main(self, found: Profile, entry: TableEntry) -> None:
        """主栏 is a column of figures."""
        if entry.main:
            self._block(found, entry.main, "主栏", ("主栏",))

    def _block(self, found: Profile, name: str, of: str, path: Path) -> Block | None:
        values = [column for column in found.columns if column.is_value]
        leaves = Counter(column.leaf for column in values)
        known = [c.leaf if leaves[c.leaf] == 1 else c.key for c in values]
        try:
            column = found.find(name)
        except KeyError:
            several = sum(c.answers_to(name, found.column_aliases) for c in found.columns) > 1
            message = f"{of}里的“{name}”{'不止一栏' if several else '没有这一栏'}。"
            self._error(path, message, hint_of(name, known))
            return None
        if not column.is_value:
            self._error(path, f"{of}里的“{name}”不是填数字的栏。", hint_of(name, known))
            return None
        return next(block for block in found.blocks if column in block.values)

    def totals(self, found: Profile) -> None:
        """合计行 is called after a block and adds up codes of the table."""
        codes = [row.key for block in found.blocks for row in block.rows]
        names = [*(f"{block.name}合计" for block in found.blocks), "合计"]
        for row in found.totals:
            path: Path = ("合计行", row.label)
            if found.layout is not Layout.ECONOMIC:
                self._error(path, "版式不用合计行。", "只有“经济科目”的表写合计行。")
            elif not found.section(row.label):
                message = f"合计行“{row.label}”没有同名的栏组。"
                self._error(path, message, hint_of(row.label, names))
            for index, part in enumerate(row.parts):
                if found.layout is Layout.ECONOMIC and part not in codes:
                    message = f"合计行“{row.label}”加的“{part}”不是本表的科目。"
                    self._error((*path, index), message, hint_of(part, codes))

    def renames(self, entry: TableEntry) -> None:
        """改栏名 and 改行名 rename heads and rows that the table has without them."""
        unnamed = entry.model_copy(update={"renamed_columns": {}, "renamed_rows": {}})
        given = profile(self._name, unnamed)
        heads = {
            head
            for block in given.blocks
            for column in block.columns
            for head in column.path[bool(block.name) :]
        }
        names = {
            "改栏名": (entry.renamed_columns, heads),
            "改行名": (entry.renamed_rows, {label for label in given.labels() if label}),
        }
        for key, (renamed, known) in names.items():
            for old in sorted(renamed.keys() - known):
                self._error((key, old), f"{key}里没有“{old}”可改。", hint_of(old, sorted(known)))
