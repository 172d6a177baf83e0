"""Columns that a sheet lacks: where each was looked for, and which of its heads is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.findings import Findings, Place, mistaken
from reportgen.model import Column, Profile, plain
from reportgen.sources.cells import Cell, Sheet
from reportgen.sources.heads_named import named, spellings
from reportgen.sources.lines import is_index, texts_of

_Path = tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """The heads of a sheet by column; ``free`` are those that no column of the profile took."""

    profile: Profile
    sheet: Sheet
    rows: range
    paths: Mapping[int, _Path]
    free: Mapping[int, _Path]

    def report(self, missing: Iterable[Column], findings: Findings) -> None:
        """One finding a column; columns under one other or missing upper head share theirs."""
        told: set[object] = set()
        for column in missing:
            key, place, message, hint = self._described(column)
            if key not in told:
                told.add(key)
                wanted = "/".join(column.path)
                findings.error("D104", place, f"缺少“{wanted}”这一栏{message}。", hint)

    def _described(self, column: Column) -> tuple[object, Place, str, str]:
        """What a finding is told once for, its place, what is wrong, and the repair."""
        other = self._other_upper(column)
        if other is not None:
            message = f"：“{column.leaf}”上面的表头为“{other[1]}”"
            hint = f"请核对是不是本年的表；如果是，请把表头改为“{'/'.join(column.path[:-1])}”。"
            return other[0], other[0], message, hint
        bare = self._without_upper(column)
        if bare is not None:
            cell, depth = bare
            message = f"：“{cell.text}”上面没有表头“{column.path[depth]}”"
            hint = "请按公开格式在上一行补上这个表头，并与它下面的各栏对齐合并。"
            return column.path[: depth + 1], self.sheet.place(cell), message, hint
        slip = self._slip(column)
        if slip is not None:
            hint = f"表头“{slip.text}”是否应为“{column.leaf}”？"
            return column.path, self.sheet.place(slip), "", hint
        return column.path, self.sheet.spot, "", self._searched()

    def _slip(self, column: Column) -> Cell | None:
        """The head that may be a slip for this one; the same word under other heads is none."""
        heads = [path[-1] for path in self.free.values() if path]
        found = mistaken(plain(column.leaf), heads)
        number = next((n for n, path in self.free.items() if path and path[-1] == found), 0)
        return next(iter(self._cells(found, number, number)), None) if found else None

    def _searched(self) -> str:
        lines = [row for row in self.rows if not is_index(texts_of(self.sheet, row))]
        first, last = lines[0], lines[-1]
        where = f"第{first}行" if first == last else f"第{first}至{last}行"
        return f"请按公开格式在表头（{where}）补上这一栏。"

    def _other_upper(self, column: Column) -> tuple[Place, str] | None:
        """The first head over a column of this leaf that the profile doesn't know."""
        for number in named(column, self.profile, self.paths):
            for head in self.paths[number][:-1]:
                if head in self.profile.heads:
                    continue
                cells = self._cells(head, self.sheet.columns, 1)
                return (
                    (self.sheet.place(cells[0]), cells[0].text)
                    if cells
                    else (self.sheet.spot, head)
                )
        return None

    def _without_upper(self, column: Column) -> tuple[Cell, int] | None:
        """A free column of this leaf, and which of the heads over it is not there.

        Of several it is the one over which most of the heads stand.
        """
        upper = [spellings(head, self.profile) for head in column.path[:-1]]
        found = [
            (sum(bool(names & set(self.free[number])) for names in upper), -number)
            for number in named(column, self.profile, self.free)
        ]
        for _, number in sorted(found, reverse=True):
            path = self.free[-number]
            lacking = (n for n, names in enumerate(upper) if not names & set(path))
            depth = next(lacking, None)
            cells = self._cells(path[-1], -number, -number)
            if depth is not None and cells:
                return cells[-1], depth
        return None

    def _cells(self, head: str, last: int, first: int) -> list[Cell]:
        """The cells with this head in some of the columns."""
        return [
            cell
            for row in self.rows
            for cell in self.sheet.row(row)
            if first <= cell.column <= last and plain(cell.text) == head
        ]
