"""Filters of lists and texts: which rows, in what words, with what punctuation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportgen.language import Safe, Unknown
from reportgen.language.environment import explain
from reportgen.language.operators import text_of
from reportgen.model import (
    NOT_APPLICABLE,
    Absent,
    Blank,
    Figure,
    Project,
    Row,
    Table,
    ended,
    printed_rows,
)
from reportgen.narrative.markdown import quoted_markdown
from reportgen.narrative.numerals import chinese
from reportgen.narrative.scope import Scope, with_scope

ZEROS = ("列出", "不列")


def nonzero(rows: Iterable[Any], column: str = "") -> list[Any]:
    """非零: the rows in which a column holds a figure other than 0."""
    if isinstance(rows, Unknown):
        return []
    cells = ((row, row[column] if column else row.first) for row in rows)
    return [row for row, figure in cells if isinstance(figure, Figure) and figure.value]


@with_scope
def shown_items(scope: Scope, items: Iterable[Any], column: str = "", zeros: str = "") -> list[Any]:
    """列示: figures or rows to be listed; those that are 0 only where the wording lists zeros."""
    if zeros:
        scope.check_name("零项", zeros, ZEROS)
    told = [(item, _is_zero(item, column)) for item in scope.items(items)]
    drops = (zeros or scope.wording.zeros) == "不列"
    return [item for item, is_zero in told if not (drops and is_zero)]


def _is_zero(item: Any, column: str) -> bool:
    """Whether there is nothing to say: 0, or not applicable; what is missing is to be told."""
    value = (item[column] if column else item.first) if isinstance(item, Row) else item
    if isinstance(value, Absent):
        return value.reason == NOT_APPLICABLE
    return isinstance(value, Figure) and value.value.is_zero()


def within(rows: Iterable[Any], *codes: str) -> list[Any]:
    """属于: the rows whose code begins with one of ``codes``."""
    return [row for row in rows if isinstance(row, Row) and row.key.startswith(codes)]


def picked(records: Iterable[Any], column: str, text: str) -> Any:
    """取: the first record that has this text in a column; a blank to fill where none has."""
    found = (record for record in records if _field(record, column) == text)
    return next(found, None) or Blank(
        f"{column}为“{text}”的数据", "N102", "请在补充数据.xlsx里补一行，没有的填0。"
    )


def chosen(records: Iterable[Any], column: str, text: str) -> list[Any]:
    """筛选: the records that have this text in a column."""
    return [record for record in records if _field(record, column) == text]


def _field(record: Any, column: str) -> Any:
    """What stands in a column of a record or of a project, 名称 and 编码 of a row."""
    if isinstance(record, Row):
        return record.lookup(column)
    if isinstance(record, Project):
        return record.lookup(column) if column in record.names() else None
    return record.get(column)


def one_line(text: Any) -> Any:
    """单行: a text without line breaks, for table cells."""
    return " ".join(str(text).split()) if isinstance(text, str) else text


def public(projects: Iterable[Any]) -> list[Project]:
    """公开项目: the projects whose self-evaluation is to be published."""
    return [p for p in projects if isinstance(p, Project) and p.fields.get("公开自评表") == "是"]


@with_scope
def enumerated(scope: Scope, records: Iterable[Any], column: str) -> str:
    """逐条: 一是…；二是…, or the text alone where there is only one."""
    found = [record.get(column) for record in records]
    written = [text for text in (ended(str(one)) for one in found if one) if text]
    if not written:
        nowhere = Blank(column, "N106", "请在补充数据里补填。")
        blank = next((one for one in found if isinstance(one, Blank)), nowhere)
        return explain(scope.context, blank)
    if len(written) == 1:
        return written[0]
    return "；".join(f"{chinese(n)}是{text}" for n, text in enumerate(written, start=1))


@with_scope
def listed(scope: Scope, rows: Iterable[Any], separator: str | None = None, end: str = "") -> str:
    """名单: names joined by 、, and an end (等) after the last."""
    names = [named(item) for item in scope.items(rows)]
    mark = scope.wording.list_separator if separator is None else separator
    return mark.join(names) + (end if names else "")


def named(item: Any) -> str:
    """What an item is called; a figure in a list stands for its name."""
    if isinstance(item, Row):
        return item.label
    return item.name if isinstance(item, Figure | Absent) else text_of(item)


@with_scope
def sentence(scope: Scope, text: Any) -> str:
    """去句号: a user's text without end punctuation, so that a sentence can go on."""
    if isinstance(text, Blank | Unknown):
        return explain(scope.context, text)
    return ended("".join(_lines(scope, text)))


@with_scope
def lines(scope: Scope, text: Any) -> str:
    """段落: the lines of a text; in Markdown each is a paragraph of its own."""
    return "\n".join(_lines(scope, text))


@with_scope
def paragraphs(scope: Scope, text: Any) -> Safe:
    """段落, in Markdown: the lines of a text as paragraphs."""
    return Safe("\n\n".join(quoted_markdown(line) for line in _lines(scope, text)))


def _lines(scope: Scope, text: Any) -> list[str]:
    if isinstance(text, Blank | Unknown):
        return [explain(scope.context, text)]
    found = text.lookup("行") if hasattr(text, "lookup") else text_of(text).split("\n")
    return [str(line) for line in found]


def chinese_number(value: int) -> str:
    """中文数: 一, 二, 十一 …"""
    return chinese(int(value))


def printed_lines(table: Any) -> list[Any]:
    """印行: the lines of a table as they are printed."""
    return list(printed_rows(table)) if isinstance(table, Table) else []
