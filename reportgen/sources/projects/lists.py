"""The lists of a workbook of projects, found by name and read row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from reportgen.findings import Findings, Place, nearest
from reportgen.model import plain
from reportgen.model.addresses import column_letters
from reportgen.model.project import FUND_COLUMNS, INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.sources.contents import Spot
from reportgen.sources.projects.raw import Head, RawRow
from reportgen.sources.streamed import Row, RowSheet, Value, text_of

COLUMNS: Mapping[str, Sequence[str]] = {
    "项目": PROJECT_COLUMNS,
    "资金": FUND_COLUMNS,
    "指标": INDICATOR_COLUMNS,
}
NAME = "项目名称"
_OVER_ROWS = (NAME, "一级指标", "二级指标")  # what people merge over the rows that it is said of
_TOP = 10  # rows among which the heads stand


@dataclass(frozen=True, slots=True)
class Section:
    """A list: a whole sheet, or the rows of one below a line that names it."""

    sheet: RowSheet
    title: str
    first: int = 1
    last: int | None = None

    def rows(self) -> Iterator[Row]:
        """Its rows, from the top."""
        for row in self.sheet.rows():
            if self.last is not None and row[0] > self.last:
                return
            if row[0] >= self.first:
                yield row

    @property
    def begin(self) -> Place:
        """Where the list begins."""
        return self.sheet.spot if self.first == 1 else self.sheet.place(self.first, 1)


@dataclass(frozen=True, slots=True)
class ProjectList:
    """A list with its head: which of the sheet's columns is which of ours."""

    section: Section
    head: Head
    columns: tuple[int, ...]
    head_row: int

    def rows(self) -> Iterator[RawRow]:
        """The rows below the head in which anything stands."""
        below = (row for row in self.section.rows() if row[0] > self.head_row)
        blank = (None,) * len(self.columns)
        for number, values in self._filled(below):
            found = tuple(map(values.get, self.columns))
            if found != blank:
                yield RawRow(self.head, number, found)

    def _filled(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows, where a name that is merged over several stands in each of them."""
        pairs = zip(self.head.columns, self.columns, strict=True)
        columns = {column for name, column in pairs if name in _OVER_ROWS}
        ends = {
            (top, left): bottom
            for top, left, bottom, _ in self.section.sheet.merged
            if left in columns and bottom > top
        }
        return _carried(rows, ends) if ends else rows


def _carried(rows: Iterator[Row], ends: Mapping[Spot, int]) -> Iterator[Row]:
    above: dict[int, tuple[int, Value]] = {}  # by column: the last row, the value
    columns = {column for _, column in ends}
    for number, values in rows:
        for column in columns:
            if (number, column) in ends and column in values:
                above[column] = ends[number, column], values[column]
            elif column in above and number <= above[column][0]:
                values.setdefault(column, above[column][1])
        yield number, values


def sections(sheets: Iterable[RowSheet], findings: Findings) -> dict[str, Section]:
    """The lists by name; of one that is there twice only the first is read."""
    found: dict[str, Section] = {}
    for sheet in sheets:
        for section in _sections(sheet):
            name = next((name for name in COLUMNS if plain(name) == plain(section.title)), "")
            first = found.setdefault(name, section) if name else section
            if first is not section:
                message = f"“{section.title}”在 {first.begin} 已经有一张，这一张没有读。"
                findings.error("D118", section.begin, message, "请合并为一张，或删去一张。")
    return found


def _sections(sheet: RowSheet) -> Sequence[Section]:
    """The whole sheet under its own name; else what stands below lines that name a list."""
    known = {plain(name) for name in COLUMNS}
    if plain(sheet.name) in known and not sheet.is_flat:
        return (Section(sheet, sheet.name),)
    starts = list(_starts(sheet, known))
    if not starts:
        return (Section(sheet, sheet.name),)
    ends = [*(number - 1 for number, _ in starts[1:]), None]
    return [
        Section(sheet, title, number + 1, end)
        for (number, title), end in zip(starts, ends, strict=True)
    ]


def _starts(sheet: RowSheet, known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that hold the name of a list alone, above a line of several cells."""
    names, before = set(known), (0, "")
    for number, values in sheet.rows():
        texts = [text for text in map(text_of, values.values()) if text]
        if before[0] and len(texts) > 1:
            yield before
        if texts:
            alone = len(texts) == 1 and plain(texts[0]) in names
            before = (number, texts[0]) if alone else (0, "")


def project_list(section: Section, name: str, findings: Findings) -> ProjectList | None:
    """The list with its head; unknown, missing or repeated columns are findings.

    ``None`` where there is no head, or none for the names by which rows are joined.
    """
    columns, sheet = COLUMNS[name], section.sheet
    top = list(islice(section.rows(), _TOP))
    heads = next((row for row in _near(top) if _is_head(row, columns)), None)
    if heads is None:
        message = f"工作表“{section.title}”没有表头。"
        findings.error("D104", sheet.spot, message, f"第一行应为：{'、'.join(columns)}。")
        return None
    positions = _positions(sheet, heads, columns, findings, keep_unknown=name == "项目")
    if NAME not in positions:
        findings.error("D104", sheet.spot, f"缺少“{NAME}”这一栏。", "请补上。")
        return None
    letters = tuple(column_letters(column) for column in positions.values())
    head = Head(sheet.file, sheet.part, tuple(positions), letters)
    return ProjectList(section, head, tuple(positions.values()), heads[0])


def _near(top: Sequence[Row]) -> Iterator[Row]:
    return (row for row in top if row[0] < top[0][0] + _TOP)


def _is_head(row: Row, columns: Sequence[str]) -> bool:
    """Whether mostly these columns stand in the row."""
    known = {plain(name) for name in columns}
    texts = [plain(text) for text in map(text_of, row[1].values()) if text]
    return bool(texts) and 2 * sum(text in known for text in texts) >= len(texts)


def _positions(
    sheet: RowSheet, heads: Row, columns: Sequence[str], findings: Findings, *, keep_unknown: bool
) -> dict[str, int]:
    known = {plain(name): name for name in columns}
    positions: dict[str, int] = {}
    unknown: list[tuple[str, Place]] = []
    for column, value in sorted(heads[1].items()):
        text, place = text_of(value), sheet.place(heads[0], column)
        name = known.get(plain(text), text if keep_unknown else "")
        if text and not name:
            unknown.append((text, place))
        elif name in positions:
            first = sheet.place(heads[0], positions[name])
            message = f"“{name}”这一栏在 {first} 已经有了，这一栏没有读。"
            findings.error("D104", place, message, "请删去一栏，或改正表头。")
        elif name:
            positions[name] = column
    _report_unknown(unknown, [name for name in columns if name not in positions], findings)
    return positions


def _report_unknown(
    unknown: Sequence[tuple[str, Place]], lacking: Sequence[str], findings: Findings
) -> None:
    """Columns by other names: where one of ours is lacking, it may be that one."""
    for text, place in unknown:
        if not lacking:
            hint = "是自己加的，不必处理；要用在版面上的，请加在“项目”表。"
            findings.warning("D104", place, f"未知的栏“{text}”，没有读。", hint)
            continue
        hint = nearest(text, lacking)
        if not hint:
            hint = f"可用的栏还有：{'、'.join(lacking)}；是自己加的，请移到“项目”表。"
        findings.error("D104", place, f"未知的栏“{text}”。", hint)
