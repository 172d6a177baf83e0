"""Where in a template something happened, and what a failure there is called."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

from jinja2 import Template, TemplateError

from reportgen.errors import BareFigureError, ColumnError, LimitError, ReportgenError
from reportgen.findings import Findings, Place
from reportgen.language.messages import chinese

WORDS = "_words_around"  # what a Word template calls its lines by
FAILURES = (
    TemplateError,
    ReportgenError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RecursionError,
    MemoryError,
)


def template_line(error: BaseException, default: Place) -> Place:
    """The innermost line of a Markdown template in an error's traceback."""
    place, trace = default, error.__traceback__
    while trace is not None:
        place = _line(trace.tb_frame, trace.tb_lineno) or place
        trace = trace.tb_next
    return place


def current_line(default: Place) -> Place:
    """The line of the Markdown template that is being rendered now."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - Jinja tells no line to filters
    while frame is not None:
        place = _line(frame, frame.f_lineno)
        if place:
            return place
        frame = frame.f_back
    return default


def _line(frame: FrameType, number: int) -> Place | None:
    """A frame's line in its template; Jinja rewrites the frames of some tracebacks itself."""
    template = frame.f_globals.get("__jinja_template__")
    if isinstance(template, Template):
        name = template.name or ""
        number = template.get_corresponding_lineno(number)
        words = getattr(template, WORDS, None)
        if words is not None:
            return Place.inside(name.split("/")[0], words(number))
    else:
        name = "/".join(Path(frame.f_code.co_filename).parts[-3:])
    return Place.line(name, number) if name.endswith(".md") else None


def report_failure(error: Exception, place: Place, findings: Findings) -> None:
    """Record what stopped a template; a figure printed bare has a code of its own."""
    if isinstance(error, BareFigureError):
        report_bare(error.name, place, findings)
        return
    if isinstance(error, LimitError | RecursionError | MemoryError):
        report_limit(error, place, findings)
        return
    reason = f"没有“{error.args[0]}”" if isinstance(error, KeyError) else chinese(str(error))
    message = f"模板运行出错：{reason.rstrip('。.')}。"
    hint = error.hint if isinstance(error, ColumnError) else "请核对这里的名称、过滤器和参数。"
    findings.error("T105", place, message, hint)


def report_expression(error: Exception, name: str, place: Place, findings: Findings) -> None:
    """Record what stopped the expression of a rule."""
    if isinstance(error, LimitError | RecursionError | MemoryError):
        report_limit(error, place, findings)
        return
    message = f"{name}不能计算：{chinese(str(error))}。"
    hint = error.hint if isinstance(error, ColumnError) else "请核对式子。"
    findings.error("T106", place, message, hint)


def report_limit(error: BaseException, place: Place, findings: Findings) -> None:
    """Record that a template was stopped before it was done."""
    reason = str(error) if isinstance(error, LimitError) else "宏、包含或数据互相套得太深"
    hint = "请减少循环，或检查它是否停不下来。"
    findings.error("T107", place, f"模板超出限制：{reason}，已停止。", hint)


def report_bare(name: str, place: Place, findings: Findings) -> None:
    """Record that a figure is printed without a format."""
    hint = f"请写成 {{{{ {name}|金额 }}}} 之类。"
    findings.error("T103", place, f"“{name}”没有格式就输出。", hint)
