"""All projects of the workbooks at once, as a disclosure needs them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.findings import Findings
from reportgen.model import Project
from reportgen.sources.projects.build import build
from reportgen.sources.projects.opening import open_projects


def read_projects(paths: Sequence[Path], findings: Findings) -> tuple[Project, ...]:
    """Read the workbooks; a row that belongs to no project is a finding with its place."""
    book = open_projects(paths, findings)
    if book is None:
        return ()
    marks = dict(book.groups())
    first = {one.name: one.index for one in reversed(book.listed)}
    for index, faults in book.faults.items():
        if index != first[book.listed[index].name]:
            findings.extend(faults)
    raws = (book.project(index, marks.get(index, ())) for index in sorted(first.values()))
    return tuple(build(raw, findings) for raw in raws)
