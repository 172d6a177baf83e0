"""Every text that users wrote, each with its cell or line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.checks.hygiene.projects import project_passages
from reportgen.model import Passage, Project, ended
from reportgen.sources.settings import Settings
from reportgen.sources.supplement import Supplement
from reportgen.sources.texts import Text


def passages(
    settings: Settings,
    supplement: Supplement,
    texts: Mapping[str, Text],
    projects: Sequence[Project],
) -> tuple[Passage, ...]:
    """The texts of report.yaml, 文字.md, 补充数据.xlsx, 原因.xlsx and 项目.xlsx, in this order.

    Those of projects that are not published at all are left out.
    """
    found = [*settings.passages]
    for text in texts.values():
        found += text.passages()
    found += supplement.passages
    for address, name, words, record in supplement.texts:
        column = "用途" if name == "用途" else "原因"
        found.append(Passage(ended(words), record.place(column), f"{address}的{name}"))
    for project in projects:
        if project.fields.get("涉密") != "是":
            found += project_passages(project)
    return tuple(found)
