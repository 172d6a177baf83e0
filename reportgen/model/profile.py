"""Table profiles: what a published table looks like, as a bundle describes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from reportgen.errors import ColumnError
from reportgen.model.names import plain

_PLAIN_HEADS = frozenset({"决算数", "金额", "采购金额", "小计", "合计"})
_KEY_HEADS = frozenset({"项目", "行次"})
_KEY_ENDS = ("科目编码", "科目名称")
_NUMBER = re.compile(r"\D*(\d+)\D*")
_EMPTY: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_NO_TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class Layout(StrEnum):
    """How the rows of a table are found."""

    TREE = "科目树"
    FIXED = "定行"
    ECONOMIC = "经济科目"
    SINGLE = "单行"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its stacked heads, and the key that is unique in the table."""

    path: tuple[str, ...]
    key: str

    @property
    def leaf(self) -> str:
        """The lowest head."""
        return self.path[-1]

    @property
    def is_value(self) -> bool:
        """Whether the column holds figures rather than labels or codes."""
        return self.leaf not in _KEY_HEADS and not self.leaf.endswith(_KEY_ENDS)

    def spellings(self, aliases: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        """Its lowest head and what else that is called, for the head or for this column alone."""
        others = (*aliases.get(self.leaf, ()), *self.own_names(aliases))
        return frozenset(plain(name) for name in (self.leaf, *others))

    def own_names(self, aliases: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The aliases of this column alone: those of its key, where that has several heads."""
        return aliases.get(self.key, ()) if len(self.path) > 1 else ()

    def answers_to(self, name: str, aliases: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether ``name`` (heads joined by /) addresses this column."""
        wanted = [plain(part) for part in name.split("/")]
        leaves = self.spellings(aliases)
        if wanted[-1] not in leaves:
            return False
        heads = iter([{plain(n) for n in (h, *aliases.get(h, ()))} for h in self.path[:-1]])
        return all(any(part in head for head in heads) for part in wanted[:-1])


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that is always printed: a line number or code, its label, what it adds up.

    ``unit`` is given where the row counts something else than money (辆, 台). ``literal``
    rows carry only texts (section heads inside a table). ``name`` is what rules call it,
    where its label doesn't say it alone.
    """

    label: str
    key: str
    number: int = 0
    unit: str = ""
    parts: tuple[str, ...] = ()
    literal: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Block:
    """Columns side by side that share one set of rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[FixedRow, ...] = ()

    @cached_property
    def values(self) -> tuple[Column, ...]:
        """The columns that hold figures."""
        return tuple(column for column in self.columns if column.is_value)


@dataclass(frozen=True)
class Profile:
    """One published table: number, title, columns, rows, note.

    ``main`` is the column that a row stands for where none is named; ``dropped`` are those of
    the parents' that the bundle's table has not got. ``indexed`` says whether a line 栏次 is
    printed. ``variants`` are texts that depend on the report: ``{"note": {"部门": …}}``.
    """

    name: str
    number: str
    title: str
    layout: Layout
    blocks: tuple[Block, ...]
    note: str = ""
    empty: str = ""
    landscape: bool = False
    indexed: bool | None = None
    main: str = ""
    dropped: tuple[Column, ...] = ()
    totals_first: bool = False
    totals: tuple[FixedRow, ...] = ()
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _EMPTY)
    column_aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _EMPTY)
    row_aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _EMPTY)
    variants: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NO_TEXTS)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """All columns from left to right."""
        return tuple(column for block in self.blocks for column in block.columns)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Every head text of the table in comparable form, aliases included."""
        names = [head for column in self.columns for head in column.path]
        names += [alias for aliases in self.column_aliases.values() for alias in aliases]
        names = [part for name in names for part in name.split("/")]
        return frozenset(plain(name) for name in names)

    @cached_property
    def _by_key(self) -> Mapping[str, Column]:
        return {column.key: column for column in self.columns}

    @cached_property
    def _own(self) -> Mapping[str, frozenset[str]]:
        """Names that are aliases of single columns, each with the keys of those."""
        found: dict[str, frozenset[str]] = {}
        for column in self.columns:
            for name in column.own_names(self.column_aliases):
                found[plain(name)] = found.get(plain(name), frozenset()) | {column.key}
        return found

    def find(self, name: str, columns: Iterable[Column] | None = None) -> Column:
        """Return the column that ``name`` addresses; KeyError if none or several do."""
        pool = self.columns if columns is None else tuple(columns)
        exact = self._by_key.get(name)
        if exact is not None and (columns is None or exact in pool):
            return exact
        found = [column for column in pool if column.key in self._own.get(plain(name), ())]
        if len(found) != 1:
            found = [column for column in pool if column.answers_to(name, self.column_aliases)]
        if len(found) != 1:
            raise KeyError(name)
        return found[0]

    def was_dropped(self, name: str) -> bool:
        """Whether ``name`` is a column that the bundle has taken out of its parents' table."""
        return any(column.answers_to(name, self.column_aliases) for column in self.dropped)

    def section(self, total: str) -> tuple[Block, ...]:
        """The blocks that a total (人员经费合计) adds up: those of its name, or else all (合计)."""
        name = plain(total).removesuffix("合计")
        return tuple(b for b in self.blocks if plain(b.name) == name) or (
            () if name else self.blocks
        )

    def named(self, label: str, column: Column) -> str:
        """What a figure is called after its row and its column."""
        return label if label and column.leaf in _PLAIN_HEADS else f"{label}{column.leaf}"

    @cached_property
    def shown(self) -> str:
        """What those who fill in call the table: 表06 where 公开06表 is printed on it."""
        digits = _NUMBER.fullmatch(plain(self.number))
        return f"表{digits[1]}" if digits else self.name

    def address(self, key: str, column: Column) -> str:
        """How 原因.xlsx and 上年数 address a cell: 表05/208, 表05/208/基本支出."""
        address = f"{self.shown}/{key}" if key else self.shown
        usual = column == self.usual_column(self.blocks[0])
        return address if usual else f"{address}/{column.key}"

    def usual_column(self, block: Block) -> Column:
        """The column of a block that an address without a column means."""
        main = self.find(self.main) if self.main else None
        return main if main in block.values else block.values[0]

    def main_column(self, block: Block) -> Column:
        """The column that a row stands for; ColumnError where nobody can tell which."""
        if self.is_ambiguous(block):
            likely = self._likely(block)
            named = f"或在这里写出栏名：类['{likely}']、非零('{likely}')。"
            raise ColumnError(self._ambiguity, self._setting(likely), named)
        return self.usual_column(block)

    @property
    def _ambiguity(self) -> str:
        """What is said where a column should have been named."""
        return f"{self.number or self.name}有几栏并列的数，没有写栏名，不知道取哪一栏"

    def _likely(self, block: Block) -> str:
        """The column that is most likely meant, as an example."""
        keys = [c.key for c in block.values if c.leaf in _PLAIN_HEADS or len(c.path) == 1]
        return next((key for key in keys if "支出" in key), block.values[-1].key)

    def _setting(self, likely: str) -> str:
        return f"请在 tables.yaml 的“{self.name}”里写“主栏: {likely}”"

    def is_ambiguous(self, block: Block) -> bool:
        """Whether a block's first column is no total of the others, and 主栏 says nothing."""
        first, upper = block.values[0], bool(block.name)
        tops = {column.path[upper] for column in block.values}
        is_total = len(first.path) == upper + 1 and (
            first.leaf in _PLAIN_HEADS or first.leaf.endswith("合计") or self._adds_up(first)
        )
        chosen = bool(self.main) and self.find(self.main) in block.values
        return len(tops) > 1 and not is_total and not chosen

    def _adds_up(self, column: Column) -> bool:
        return any(self.find(name) is column for name in self.sums)

    def spelled(self, column: Column) -> str:
        """What a column is called: its lowest head, or all where that is not its own."""
        alone = [c for c in self.columns if c.is_value and c.leaf == column.leaf] == [column]
        return column.leaf if alone else column.key

    def unit_of(self, key: str) -> str:
        """What the row with this key counts; '' for money."""
        rows = (row for block in self.blocks for row in block.rows)
        return next((row.unit for row in rows if row.key == key), "")

    def labels(self) -> Iterator[str]:
        """The label of every fixed row."""
        return (row.label for block in self.blocks for row in block.rows)


def table_names(profiles: Iterable[Profile]) -> Mapping[str, str]:
    """The tables by all that they are called: 表06, 公开06表, the title, a bundle's own name.

    The number that is printed on a table counts before a bundle's name for another.
    """
    found: dict[str, str] = {}
    known = tuple(profiles)
    for profile in known:
        for name in (profile.shown, profile.number, profile.title):
            found.setdefault(plain(name), profile.name)
    for profile in known:
        found.setdefault(plain(profile.name), profile.name)
    return found
