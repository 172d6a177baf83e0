"""Tables as Markdown: merged heads become one line, joined by a stroke."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.language import Safe
from reportgen.model import Block, Column, PrintedRow, Profile, Table, printed_rows
from reportgen.narrative import FILTERS, escape_markdown
from reportgen.narrative.markdown import quoted_markdown
from reportgen.narrative.scope import Scope


@pass_context
def pipe_table(context: Context, table: Table) -> Safe:
    """表格: a published table as a pipe table, figures right-aligned."""
    if not isinstance(table, Table):
        return Safe(escape_markdown(str(Scope.of(context).figure(table))))
    profile = table.profile
    heads = heads_in_line(profile)
    marks = ["---:" if column.is_value else "---" for column in profile.columns]
    lines = [_line(heads), _line(marks)]
    lines += [_line(_cells(context, row, profile)) for row in printed_rows(table)]
    return Safe("\n".join(lines))


def heads_in_line(profile: Profile) -> list[str]:
    """The heads of a table, one for each column, from left to right."""
    return [_head(column, block) for block in profile.blocks for column in block.columns]


def _head(column: Column, block: Block) -> str:
    """The heads over a column, without 项目 and what stands over the whole block."""
    path = [head for head in column.path if not (head == "项目" and len(column.path) > 1)]
    if len(path) > 1 and path[0] == block.name:
        path = path[1:]
    return escape_markdown("·".join(path))


def _cells(context: Context, row: PrintedRow, profile: Profile) -> Iterable[str]:
    write: Any = FILTERS["表数"]
    for column in profile.columns:
        text = write(context, row[column.key])
        yield quoted_markdown(" ".join(text.split()))


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
