"""The texts of a project: its own and those of its indicators, each with its cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reportgen.model import Passage, Project

_CHOICES = ("序号", "自评等级", "公开自评表", "涉密", "评分方法")


def project_passages(project: Project, known: Collection[str] = ()) -> Iterator[Passage]:
    """Every text of a project that people wrote in their own words, but for ``known`` ones."""
    rows = [
        (project.fields, project.row),
        *zip(project.indicators, project.indicator_rows, strict=True),
    ]
    for fields, row in rows:
        for name, value in fields.items():
            if isinstance(value, str) and value not in known and row and name not in _CHOICES:
                yield Passage(value, row.place(name), name, project.name)
