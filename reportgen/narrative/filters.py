"""The filters that template authors use; the tables at the end are the whole list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import wraps
from types import MappingProxyType
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.language import ReportEnvironment, Safe, Unknown
from reportgen.language.environment import explain
from reportgen.language.operators import text_of
from reportgen.model import (
    NEW_UNIT,
    NOT_APPLICABLE,
    Absent,
    Blank,
    Figure,
    Kind,
    Project,
    Row,
    Table,
    half_up,
    printed_rows,
)
from reportgen.narrative import phrases
from reportgen.narrative.markdown import escape_markdown
from reportgen.narrative.numerals import chinese, numeral, percent
from reportgen.narrative.scope import WORDING, Scope

_KEYWORDS = {"单位": "unit", "小数": "decimals", "相等": "equal", "引语": "lead", "尾": "end"}
_ENDINGS = re.compile(r"[\s。；;，,、.．！!]+$")


def _filter(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter the scope of its rendering, and Chinese names for its options."""

    @pass_context
    @wraps(function)
    def wrapped(context: Context, value: Any, *arguments: Any, **options: Any) -> Any:
        english = {_KEYWORDS.get(name, name): option for name, option in options.items()}
        return function(Scope.of(context), value, *arguments, **english)

    return wrapped


@_filter
def amount(scope: Scope, value: Any, unit: str = "") -> str:
    """金额: an amount with its unit."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    if figure.kind is not Kind.AMOUNT:
        message = f"“{figure.name}”不是金额，不能用“金额”。"
        scope.page.findings.error("T103", scope.page.place, message, "请用“计数”或“得分”。")
    return scope.cite(phrases.amount(figure, scope.style(figure, unit)), (figure,), "金额")


@_filter
def number(scope: Scope, value: Any, unit: str = "") -> str:
    """数: an amount without the word for its unit, as tables with a unit in the head have it."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    text = phrases.amount(figure, scope.style(figure, unit), unit=False)
    return scope.cite(text, (figure,), "数")


@_filter
def count(scope: Scope, value: Any) -> str:
    """计数: a whole number; decimals only where the count really has some."""
    if isinstance(value, int) and not isinstance(value, bool):
        return scope.cite(str(value), (), "计数")
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    return scope.cite(numeral(figure.value, 2, grouping=False, trim=True), (figure,), "计数")


@_filter
def score(scope: Scope, value: Any) -> str:
    """得分: up to two decimals, trailing zeros dropped."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    return scope.cite(numeral(figure.value, 2, grouping=False, trim=True), (figure,), "得分")


@_filter
def cell(scope: Scope, value: Any) -> str:
    """表数: a figure as it stands in a printed table; texts pass through."""
    if isinstance(value, str):
        return value
    style = scope.wording.table
    if isinstance(value, Absent):
        return style.not_applicable if value.reason == NOT_APPLICABLE else ""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    if figure.value.is_zero():
        return style.zero
    is_amount = figure.kind is Kind.AMOUNT
    amounts = scope.style(figure, scope.wording.table_unit)
    shown = phrases.printed(figure, amounts) if is_amount else figure.value
    places = style.decimals if is_amount else 2
    trim = style.trim if is_amount else True
    text = numeral(shown, places, grouping=style.grouping, trim=trim)
    return scope.cite(text, (figure,), "表数")


@_filter
def change(
    scope: Scope, value: Any, base: Any = "上年", unit: str = "", equal: str | None = None
) -> str:
    """增减: the change against last year (or a budget) in words, amount and rate."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    before, name = scope.base(figure, base)
    if isinstance(before, Absent) and before.reason == NEW_UNIT:
        return scope.wording.change.new_unit
    before = scope.figure(before)
    if isinstance(before, str):
        return before
    style = scope.style(figure, unit)
    compared = phrases.compare(figure, before, scope.wording, style)
    _note_change(scope, figure, compared)
    if equal is not None and compared.case in (phrases.Change.EQUAL, phrases.Change.BOTH_ZERO):
        return equal
    text = phrases.change(compared, name, scope.wording, style)
    return scope.cite(text, (figure, before), f"增减（{name}）")


def _note_change(scope: Scope, figure: Figure, compared: phrases.Compared) -> None:
    places = scope.wording.percent.decimals
    if compared.case is phrases.Change.BASE_NEGATIVE:
        scope.note("N104", f"“{figure.name}”的对比数为负，不计算百分比。")
    elif half_up(compared.rate * 100, places) != half_up(compared.exact_rate * 100, places):
        shown, exact = percent(compared.rate, places), percent(compared.exact_rate, places)
        message = f"“{figure.name}”增减的百分比按印出数为{shown}，按精确数为{exact}。"
        scope.note("N103", message)


def _share(scope: Scope, value: Any, whole: Any, unit: str) -> tuple[str, Figure, Figure] | str:
    """The printed percentage of a part in a whole, with both; or what stands instead."""
    part = scope.figure(value)
    if isinstance(part, str):
        return part
    total = scope.figure(whole)
    if isinstance(total, str):
        return total
    style = scope.style(part, unit)
    text = percent(
        phrases.ratio(part, total, scope.wording, style), scope.wording.percent.decimals
    )
    _note_share(scope, text, part, total)
    return text, part, total


def _note_share(scope: Scope, text: str, part: Figure, total: Figure) -> None:
    if not total:
        return
    places, ratio = scope.wording.percent.decimals, phrases.exact_ratio(part, total)
    nothing, whole = percent(Decimal(0), places), percent(Decimal(1), places)
    if (text == nothing and part) or (text == whole and part.value != total.value):
        scope.note("N105", f"“{part.name}”与“{total.name}”之比印出为{text}，实际不是。")
    if text != percent(ratio, places):
        exact = percent(ratio, places)
        message = f"“{part.name}”与“{total.name}”之比按印出数为{text}，按精确数为{exact}。"
        scope.note("N103", message)


def _trimmed(text: str, trim: bool) -> str:
    number = text.removesuffix("%")
    return (number.rstrip("0").rstrip(".") if trim and "." in number else number) + "%"


@_filter
def proportion(scope: Scope, value: Any, whole: Any, unit: str = "") -> str:
    """比重: a share as a bare percentage."""
    found = _share(scope, value, whole, unit)
    if isinstance(found, str):
        return found
    text = _trimmed(found[0], scope.wording.percent.trim_share)
    return scope.cite(text, found[1:], "比重")


@_filter
def share(scope: Scope, value: Any, whole: Any, unit: str = "") -> str:
    """占: a share with the wording's verb, 占比13.99%."""
    found = _share(scope, value, whole, unit)
    if isinstance(found, str):
        return found
    rate = _trimmed(found[0], scope.wording.percent.trim_share)
    return scope.cite(phrases.fill(scope.wording.share, {"率": rate}), found[1:], "占比")


@_filter
def completion(scope: Scope, value: Any, budget: Any = "年初预算", unit: str = "") -> str:
    """完成: 完成年初预算的119.09%; worded differently where the budget is 0."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    planned, name = scope.base(figure, budget)
    found = _share(scope, figure, planned, unit)
    if isinstance(found, str):
        return found
    words = scope.wording.completion
    pattern = words.sentence
    if found[2].value.is_zero():
        pattern = words.both_zero if found[1].value.is_zero() else words.budget_zero
    rate = _trimmed(found[0], scope.wording.percent.trim_completion)
    text = phrases.fill(pattern, {"预算": name, "率": rate})
    return scope.cite(text, found[1:], f"完成（{name}）") if text else ""


@_filter
def completion_rate(scope: Scope, value: Any, budget: Any = "全年预算", unit: str = "") -> str:
    """完成率: a completion as a bare percentage."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    found = _share(scope, figure, scope.base(figure, budget)[0], unit)
    if isinstance(found, str):
        return found
    return scope.cite(
        _trimmed(found[0], scope.wording.percent.trim_completion), found[1:], "完成率"
    )


@_filter
def reason(
    scope: Scope,
    value: Any,
    base: str = "上年",
    lead: str | None = None,
    end: str = "",
    unit: str = "",
) -> str:
    """原因: lead-in, reason and end; nothing where nothing changed and no reason is written."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return ""
    text = figure.lookup(f"{base}原因")
    if isinstance(text, Blank):
        if not _moved(scope, figure, base, unit):
            return ""
        text = explain(scope.context, text)
    return f"{scope.wording.reason_lead if lead is None else lead}{text}{end}"


def _moved(scope: Scope, figure: Figure, base: str, unit: str) -> bool:
    """Whether a figure differs from its base as printed."""
    before = scope.base(figure, base)[0]
    style = scope.style(figure, unit)
    return isinstance(before, Figure) and (
        phrases.printed(figure, style) != phrases.printed(before, style)
    )


@_filter
def has_changed(scope: Scope, value: Any, base: str = "上年", unit: str = "") -> bool:
    """有变化: whether a figure differs from its base as printed."""
    figure = value.first if isinstance(value, Row) else value
    return isinstance(figure, Figure) and _moved(scope, figure, base, unit)


def is_zero(value: Any) -> bool:
    """零: whether a figure, or a row's first figure, is 0."""
    figure = value.first if isinstance(value, Row) else value
    return isinstance(figure, Figure) and figure.value.is_zero()


def is_absent(value: Any) -> bool:
    """缺: whether a figure or a text is missing."""
    return isinstance(value, Absent | Blank | Unknown) or value in ("", None)


def nonzero(rows: Iterable[Any], column: str = "") -> list[Any]:
    """非零: the rows in which a column holds a figure other than 0."""
    if isinstance(rows, Unknown):
        return []
    cells = ((row, row[column] if column else row.first) for row in rows)
    return [row for row, figure in cells if isinstance(figure, Figure) and figure.value]


def within(rows: Iterable[Any], *codes: str) -> list[Any]:
    """属于: the rows whose code begins with one of ``codes``."""
    return [row for row in rows if isinstance(row, Row) and row.key.startswith(codes)]


def picked(records: Iterable[Any], column: str, text: str) -> Any:
    """取: the first record that has this text in a column; a blank to fill where none has."""
    found = (record for record in records if record.get(column) == text)
    return next(found, None) or Blank(f"{column}为“{text}”的数据", "N102")


def one_line(text: Any) -> Any:
    """单行: a text without line breaks, for table cells."""
    return " ".join(str(text).split()) if isinstance(text, str) else text


def public(projects: Iterable[Any]) -> list[Project]:
    """公开项目: the projects whose self-evaluation is to be published."""
    return [p for p in projects if isinstance(p, Project) and p.fields.get("公开自评表") == "是"]


@_filter
def enumerated(scope: Scope, records: Iterable[Any], column: str) -> str:
    """逐条: 一是…；二是…, or the text alone where there is only one."""
    texts = [_ENDINGS.sub("", str(record.get(column) or "")) for record in records]
    written = [text for text in texts if text]
    if not written:
        return explain(scope.context, Blank(column, "N106"))
    if len(written) == 1:
        return written[0]
    return "；".join(f"{chinese(n)}是{text}" for n, text in enumerate(written, start=1))


@_filter
def listed(scope: Scope, rows: Iterable[Any], separator: str | None = None) -> str:
    """名单: names joined by 、."""
    names = [item.label if isinstance(item, Row) else text_of(item) for item in rows]
    return (scope.wording.list_separator if separator is None else separator).join(names)


@_filter
def sentence(scope: Scope, text: Any) -> str:
    """去句号: a user's text without end punctuation, so that a sentence can go on."""
    if isinstance(text, Blank | Unknown):
        return explain(scope.context, text)
    return _ENDINGS.sub("", text_of(text))


@_filter
def paragraphs(scope: Scope, text: Any) -> Safe:
    """段落: the lines of a text as paragraphs of Markdown."""
    if isinstance(text, Blank | Unknown):
        return Safe(escape_markdown(explain(scope.context, text)))
    lines = text.lookup("行") if hasattr(text, "lookup") else text_of(text).split("\n")
    return Safe("\n\n".join(escape_markdown(str(line)) for line in lines))


def chinese_number(value: int) -> str:
    """中文数: 一, 二, 十一 …"""
    return chinese(int(value))


def printed_lines(table: Any) -> list[Any]:
    """印行: the lines of a table as they are printed."""
    return list(printed_rows(table)) if isinstance(table, Table) else []


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "金额": amount,
        "数": number,
        "计数": count,
        "得分": score,
        "表数": cell,
        "增减": change,
        "占": share,
        "比重": proportion,
        "完成": completion,
        "完成率": completion_rate,
        "原因": reason,
        "非零": nonzero,
        "属于": within,
        "取": picked,
        "单行": one_line,
        "公开项目": public,
        "逐条": enumerated,
        "名单": listed,
        "去句号": sentence,
        "段落": paragraphs,
        "中文数": chinese_number,
        "印行": printed_lines,
    }
)
TESTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"零": is_zero, "缺": is_absent, "有变化": has_changed}
)
__all__ = ["FILTERS", "TESTS", "WORDING", "narrative_environment"]


def narrative_environment(
    escape: Callable[[str], str] = escape_markdown,
    filters: Mapping[str, Callable[..., Any]] = MappingProxyType({}),
    **options: Any,
) -> ReportEnvironment:
    """An environment with all filters, and a target's own; ``options`` go to Jinja."""
    environment = ReportEnvironment(escape, **options)
    environment.filters.update({**FILTERS, **filters})
    environment.tests.update(TESTS)
    return environment
