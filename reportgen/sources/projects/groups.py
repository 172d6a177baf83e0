"""The rows of a list by project: as they come while they stand together, else sorted on disk."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from reportgen.findings import Findings
from reportgen.sources.projects.lists import ProjectList
from reportgen.sources.projects.names import Known, Strays, named
from reportgen.sources.projects.raw import RawRow, Shelf


class Joined:
    """The rows of a list that were put aside, by the index of their project."""

    def __init__(self, shelf: Shelf, owners: Sequence[int], numbers: Sequence[int]) -> None:
        self._shelf = shelf
        self._owners, self._numbers = array("l", owners), array("l", numbers)

    def rows(self, index: int) -> list[RawRow]:
        """The rows of a project, in the order of the sheet."""
        first = bisect_left(self._owners, index)
        last = bisect_right(self._owners, index, lo=first)
        return [self._shelf.get(number) for number in self._numbers[first:last]]

    def since(self, number: int) -> list[int]:
        """The projects that have a row from this one on."""
        pairs = zip(self._owners, self._numbers, strict=True)
        return list(dict.fromkeys(owner for owner, row in pairs if row >= number))


def joined(rows: ProjectList, known: Known, findings: Findings) -> Joined:
    """Put the rows of listed projects aside, joined with these by name."""
    import pandas as pd

    shelf, strays = Shelf(rows.head), Strays()
    names, numbers = list[str](), list[int]()
    for name, row in named(rows.rows(), strays):
        if name in known.indexes:
            names.append(name)
            numbers.append(shelf.put(row))
        else:
            strays.add(row, name)
    strays.report(known, findings)
    found = pd.DataFrame({"名称": pd.Series(names, dtype=object), "行": numbers})
    indexes = known.indexes
    listed = pd.DataFrame(
        {"名称": pd.Series(indexes.keys(), dtype=object), "项目": indexes.values()}
    )
    both = found.merge(listed, on="名称").sort_values(["项目", "行"])
    return Joined(shelf, both["项目"].tolist(), both["行"].tolist())


def grouped(
    rows: ProjectList, known: Known, findings: Findings
) -> Iterator[tuple[int, Sequence[RawRow]]]:
    """The rows of each project in the order of the sheet; one project is in memory at a time.

    Once a project comes a second time the rows are scattered: all are then put aside, and
    every project of which some were not given yet is given (again) at the end, whole.
    """
    strays, given, done = Strays(), set[int](), 0
    current, group = -1, list[RawRow]()
    for name, row in named(rows.rows(), strays):
        index = known.indexes.get(name, -1)
        if index < 0:
            strays.add(row, name)
        elif index in given:
            yield from _scattered(rows, known, done, findings)
            return
        else:
            if index != current and group:
                yield current, group
                given.add(current)
                done, group = done + len(group), []
            current = index
            group.append(row)
    if group:
        yield current, group
    strays.report(known, findings)


def _scattered(
    rows: ProjectList, known: Known, done: int, findings: Findings
) -> Iterator[tuple[int, Sequence[RawRow]]]:
    """The projects with a row beyond the first ``done`` of listed ones."""
    every = joined(rows, known, findings)
    for index in every.since(done):
        yield index, every.rows(index)
