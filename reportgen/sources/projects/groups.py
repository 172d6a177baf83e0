"""The rows of a list by project: as they come while they stand together, else sorted on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportgen.findings import Findings
from reportgen.sources.projects.lists import ProjectList
from reportgen.sources.projects.names import Strays, named
from reportgen.sources.projects.raw import RawRow, Shelf

Indexes = Mapping[str, int]
"""The index of each listed project by its name."""


def joined(
    rows: ProjectList, indexes: Indexes, shelf: Shelf, findings: Findings
) -> dict[int, list[int]]:
    """Put the rows of listed projects aside; by the index of a project, their numbers."""
    import pandas as pd

    strays, names, numbers = Strays(), list[str](), list[int]()
    for name, row in named(rows.rows(), strays):
        if name in indexes:
            names.append(name)
            numbers.append(shelf.put(row))
        else:
            strays.add(row, name)
    strays.report(indexes, findings)
    found = pd.DataFrame({"名称": pd.Series(names, dtype=object), "行": numbers})
    known = pd.DataFrame(
        {"名称": pd.Series(indexes.keys(), dtype=object), "项目": indexes.values()}
    )
    both = found.merge(known, on="名称", how="left").groupby("项目", sort=False)["行"]
    return {index: group.tolist() for index, group in both}  # type: ignore[misc]


def grouped(
    rows: ProjectList, indexes: Indexes, findings: Findings
) -> Iterator[tuple[int, Sequence[RawRow]]]:
    """The rows of each project in the order of the sheet; one project is in memory at a time.

    Once a project comes a second time the rows are scattered: all are then put aside, and
    every project of which some were not given yet is given (again) at the end, whole.
    """
    strays, given, done = Strays(), set[int](), 0
    current, group = -1, list[RawRow]()
    for name, row in named(rows.rows(), strays):
        index = indexes.get(name, -1)
        if index < 0:
            strays.add(row, name)
        elif index in given:
            yield from _scattered(rows, indexes, done, findings)
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
    strays.report(indexes, findings)


def _scattered(
    rows: ProjectList, indexes: Indexes, done: int, findings: Findings
) -> Iterator[tuple[int, Sequence[RawRow]]]:
    """The projects with a row beyond the first ``done`` of listed ones."""
    shelf = Shelf(rows.head)
    for index, numbers in joined(rows, indexes, shelf, findings).items():
        if numbers[-1] >= done:
            yield index, [shelf.get(number) for number in numbers]
