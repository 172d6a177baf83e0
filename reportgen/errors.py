"""Exceptions that stop a run; faults in what the user gave are findings instead."""

from __future__ import annotations


class ReportgenError(Exception):
    """Root of every exception that reportgen raises on purpose."""


class UsageError(ReportgenError):
    """The command or the configuration can't be acted on (exit code 2)."""


class BareFigureError(ReportgenError):
    """A template tried to print a figure without a format filter."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”是数字，须经格式过滤器输出，例如 {{{{ {name}|金额 }}}}。")
        self.name = name


class FigureError(ReportgenError):
    """An operation that has no meaning for figures, such as adding a text."""


class ColumnError(FigureError):
    """A row stands where a figure is asked for, and nobody can tell which of its columns."""

    def __init__(self, message: str, setting: str, named: str) -> None:
        super().__init__(message)
        self.setting = f"{setting}。"
        self.hint = f"{setting}，{named}"


class ExpressionError(ReportgenError):
    """An expression of a bundle can't be parsed or evaluated."""


class LimitError(ReportgenError):
    """A template or an expression asks for more time, text or rounds than it may have."""
