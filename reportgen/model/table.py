"""Tables: a profile filled with figures, addressed by what stands in the margins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from reportgen.findings import Place
from reportgen.model.absent import DROPPED, NOT_GIVEN, Absent, Blank
from reportgen.model.figure import BUDGET, RELATIONS, Figure, Value
from reportgen.model.names import plain, unnumbered
from reportgen.model.profile import Block, Column, Layout, Profile

TOTAL = "合计"
_TEXTS = {"标题": "title", "编号": "number", "注": "note"}
LEVELS = {"类": 3, "款": 5, "项": 7}
Cells = Mapping[str, Value]


@dataclass(frozen=True)
class Row:
    """One row: its code or line number, its label and its figures by column key."""

    profile: Profile
    block: Block
    key: str
    label: str
    cells: Cells
    number: int = 0
    printed: bool = True
    place: Place | None = None
    texts: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> Column:
        """Return the value column of this row's block that ``name`` addresses."""
        return self.profile.find(name, self.block.values)

    def __getitem__(self, name: str) -> Value | str:
        try:
            return self.cells[self.column(name).key]
        except KeyError:
            if self.profile.was_dropped(name):
                return Absent(f"{self.label}{name.rpartition('/')[2]}", DROPPED)
            return self._margin(name)

    def _margin(self, name: str) -> str:
        """The text in a key column: code, label or line number."""
        leaf = self.profile.find(name, self.block.columns).leaf
        if leaf == "行次":
            return str(self.number) if self.number else ""
        if leaf.endswith("编码"):
            return "" if self.key == TOTAL else self.key
        return self.label

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``: margins, texts, or the first figure's."""
        if name in ("名称", "编码"):
            return self.name if name == "名称" else self.key
        if name == "用途":
            hint = f"请在补充数据.xlsx的“用途”表补填：表“{self.profile.shown}”，行“{self.key}”。"
            return self.texts.get(name) or Blank(f"{self.label}的用途", "N106", hint)
        if name in RELATIONS or name.endswith("原因"):
            figure = self.first
            return figure.lookup(name)
        raise KeyError(name)

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return ("名称", "编码", "用途", "上年原因", "预算原因", *RELATIONS, BUDGET)

    @property
    def name(self) -> str:
        """What the row is called: its label, without the number that a fixed table gives it."""
        fixed = self.profile.layout is Layout.FIXED
        return unnumbered(self.label) if fixed else self.label

    @property
    def first(self) -> Value:
        """The figure that the row stands for: that of 主栏, or the total in the first column."""
        return self.cells[self.profile.main_column(self.block).key]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that are present, left to right."""
        return tuple(cell for cell in self.cells.values() if isinstance(cell, Figure))


class RowList(Sequence[Row]):
    """Rows in order; in brackets stands a line number (行次), or a name where ``find`` knows it.

    What is found is the row, or its figure where the row has but one.
    """

    def __init__(self, rows: Sequence[Row], find: Callable[[str], Row] | None = None) -> None:
        self._rows = tuple(rows)
        self._find = find

    def __getitem__(self, number: object) -> object:  # type: ignore[override]
        found = (row for row in self._rows if number in (row.number, row.key) and number)
        row = next(found, None)
        if row is None and self._find is not None and isinstance(number, str):
            row = self._find(number)
        if row is None:
            raise KeyError(str(number))
        return row.first if len(row.block.values) == 1 else row

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class Table:
    """A filled profile. ``blanks`` are the cells (row key, column key) that were empty.

    ``owner`` and ``year`` are what its head says of them, '' and 0 where it says nothing.
    A ``partial`` table holds the cells that 本年数 gives; what others are is not known.
    """

    profile: Profile
    rows: tuple[Row, ...]
    place: Place
    blanks: frozenset[tuple[str, str]] = frozenset()
    unit_name: str = ""
    owner: str = ""
    year: int = 0
    partial: bool = False

    @cached_property
    def _by_key(self) -> Mapping[str, Row]:
        """Rows by code or line number, by name or label with or without number, by alias.

        Of two rows of one label that of a block is addressed as 收入/总计.
        """
        labelled = [row for row in reversed(self.rows) if row.label]
        names = {fixed.key: fixed.name for block in self.profile.blocks for fixed in block.rows}
        aliases = self.profile.row_aliases
        index: dict[str, Row] = {}
        for spell in (
            lambda row: aliases.get(row.label, ()),
            lambda row: (unnumbered(row.label),),
            lambda row: (row.label,),
            lambda row: filter(None, (names.get(row.key, ""),)),
        ):
            for row in labelled:
                for name in spell(row):
                    index[plain(name)] = index[plain(f"{row.block.name}/{name}")] = row
        index.update({row.key: row for row in self.rows if row.key})
        return index

    def row(self, key: str) -> Row:
        """Return the row with this code, line number or label; KeyError if there is none."""
        found = self._by_key.get(key) or self._by_key.get(plain(key))
        if found is None:
            raise KeyError(key)
        return found

    def has_row(self, key: str) -> bool:
        """Whether there is a row with this code, line number or label."""
        return key in self._by_key or plain(key) in self._by_key

    def __getitem__(self, address: object) -> Value | str | Row:
        if isinstance(address, tuple) and len(address) == 2:
            if self.partial and not self.has_row(str(address[0])):
                return Absent(f"{self.profile.title}的{address[0]}", NOT_GIVEN)
            return self.row(str(address[0]))[str(address[1])]
        name = str(address)
        if self.profile.layout is Layout.SINGLE:
            return self.rows[0][name]
        column, _, row = name.partition("/")
        if self.profile.layout is Layout.FIXED and row and not self.has_row(name):
            return self.row(row)[column]  # as in a table of one row: 决算数/公务接待费
        return self.row(name)

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        if name == "行":
            return RowList(self.rows, self.row)
        if name in LEVELS:
            return RowList([row for row in self.rows if self._is_on(row, name)])
        if name in _TEXTS:
            return getattr(self.profile, _TEXTS[name])
        if name == "说明":
            return self.profile.empty if self.is_empty else ""
        if name == "空":
            return self.is_empty
        raise KeyError(name)

    def _is_on(self, row: Row, level: str) -> bool:
        """Whether a row is a 类, 款 or 项; a fixed table has 类 alone: 一、… of its 支出."""
        if self.profile.layout is Layout.FIXED:
            return level == "类" and row.block.name == "支出" and row.name != row.label
        return len(row.key) == LEVELS[level]

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return ("行", *LEVELS, "标题", "编号", "注", "说明", "空")

    @cached_property
    def is_empty(self) -> bool:
        """Whether no cell holds a figure other than 0."""
        return not any(figure for row in self.rows for figure in row.figures)

    def with_rows(self, rows: Sequence[Row]) -> Table:
        """Return the table with other rows."""
        return replace(self, rows=tuple(rows))


@dataclass(frozen=True, slots=True, eq=False)
class AbsentTable(Absent):
    """A table that is not there: it has its title and number, and no figures."""

    profile: Profile = field(kw_only=True)

    def lookup(self, name: str) -> object:
        """Its title, number or note; whatever else is asked is absent."""
        if name in _TEXTS:
            return getattr(self.profile, _TEXTS[name])
        return Absent.lookup(self, name)
