"""The rows of a list by project: as they come while they stand together, else sorted on disk."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

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
    shelf, strays = Shelf(rows.head), Strays()
    owners, numbers = array("l"), array("l")
    for name, row in named(rows.rows(), strays):
        if name in known.indexes:
            owners.append(known.indexes[name])
            numbers.append(shelf.put(row))
        else:
            strays.add(row, name)
    strays.report(known, findings)
    if all(one <= other for one, other in pairwise(owners)):
        return Joined(shelf, owners, numbers)
    return Joined(shelf, *_by_owner(owners, numbers))


def _by_owner(owners: Sequence[int], numbers: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """The same rows, those of a project together, in the order of the sheet."""
    # pandas takes a third of a second to import; only lists in another order need it
    import pandas as pd

    frame = pd.DataFrame({"项目": owners, "行": numbers}).sort_values("项目", kind="stable")
    return frame["项目"].tolist(), frame["行"].tolist()


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
