"""The texts of a project: its own and those of its indicators, each with its cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from reportgen.model import Passage, Project, SheetRow

_CHOICES = frozenset(["序号", "自评等级", "公开自评表", "涉密", "评分方法"])
_JOINED = _CHOICES | {"项目名称"}
"""The name of its project is looked at once, where the project is listed."""


def project_passages(project: Project, known: Collection[str] = ()) -> list[Passage]:
    """Every text of a project that people wrote in their own words, but for ``known`` ones."""
    found = _of_row(project, project.fields, project.row, _CHOICES, known) if project.row else []
    for fields, row in zip(project.indicators, project.indicator_rows, strict=True):
        found += _of_row(project, fields, row, _JOINED, known)
    return found


def _of_row(
    project: Project,
    fields: Mapping[str, Any],
    row: SheetRow,
    left: Collection[str],
    known: Collection[str],
) -> list[Passage]:
    return [
        Passage(value, row.place(name), name, project.name)
        for name, value in fields.items()
        if isinstance(value, str) and value not in known and name not in left
    ]
