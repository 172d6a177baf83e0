"""Findings on a terminal: in colour where it can show it, readable in GBK."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import typer

from reportgen.cli.excerpt import excerpt
from reportgen.cli.forms import concise, full
from reportgen.cli.options import Form
from reportgen.findings import Findings, Severity
from reportgen.outputs import Result, json_bytes, json_text

_PIPE_COLUMNS = 100
_EXPLAINED = 3


def show_findings(findings: Findings, *, colour: bool, roots: tuple[Path, ...] = ()) -> None:
    """Print findings to stderr, errors first, then one line that counts them.

    ``roots`` are the folders in which the files lie whose lines are shown.
    """
    show_text(Result(findings, roots=roots), Form.FULL, colour=colour, err=True)
    typer.echo(summary(findings), err=True)


def show_text(result: Result, form: Form, *, colour: bool, err: bool) -> None:
    """Print findings for a reader; colours only on a terminal."""
    stream = sys.stderr if err else sys.stdout
    painted = colour and stream.isatty() and not os.environ.get("NO_COLOR")
    for text in texts(result, form, painted=painted, stream=stream):
        typer.echo(text, err=err, color=painted)


def show_json(result: Result) -> None:
    """Print the array to stdout: in UTF-8 to a file or a pipe, as it can to a terminal."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None or sys.stdout.isatty():
        typer.echo(json_text(result), nl=False)
        return
    sys.stdout.flush()
    buffer.write(json_bytes(result))
    buffer.flush()


def texts(
    result: Result, form: Form, *, painted: bool = False, stream: TextIO | None = None
) -> Iterator[str]:
    """Each finding as text; full ones with the line of the file they speak of."""
    room, encoding = _PIPE_COLUMNS, (stream and stream.encoding) or "utf-8"
    if stream is not None and stream.isatty():
        room = shutil.get_terminal_size((_PIPE_COLUMNS, 24)).columns
    for finding in result.findings.sorted():
        if form is Form.CONCISE:
            yield concise(finding, painted=painted)
        else:
            lines = excerpt(finding, result.roots, room=room - 5, encoding=encoding)
            yield full(finding, lines, painted=painted)


def statistics(result: Result) -> list[str]:
    """How often each code was found, with its title, the most frequent first."""
    counted = result.counted()
    width = max((len(str(count)) for _, count in counted), default=0)
    return [f"{count:>{width}}  {code}  {result.title(code)}" for code, count in counted]


def pointer(findings: Findings) -> str:
    """Where to read more of the first codes that ask for something; may be empty."""
    asking = [f.code for f in findings.sorted() if f.severity is not Severity.NOTE]
    codes = list(dict.fromkeys(asking))[:_EXPLAINED]
    commands = "、".join(f"reportgen explain {code}" for code in codes)
    return f"详细说明：{commands}。" if codes else ""


def summary(findings: Findings, hidden: Findings | None = None) -> str:
    """One line that counts findings by severity, and what an option hides.

    >>> summary(Findings())
    '检查完毕：没有发现问题。'
    >>> from reportgen.findings import Place
    >>> found = Findings()
    >>> found.error("D302", Place("甲.xlsx"), "乙。")
    >>> summary(Findings(), found)
    '检查完毕：没有发现问题。另有1项按选项没有显示，其中错误1项。'
    """
    counts = [(severity, findings.count(severity)) for severity in Severity]
    parts = [f"{severity}{count}项" for severity, count in counts if count]
    if findings.accepted:
        parts.append(f"其中豁免{len(findings.accepted)}项")
    text = f"检查完毕：{'，'.join(parts)}。" if parts else "检查完毕：没有发现问题。"
    return text + _hidden(hidden) if hidden else text


def _hidden(findings: Findings) -> str:
    errors = findings.count(Severity.ERROR)
    told = f"，其中错误{errors}项" if errors else ""
    return f"另有{len(findings)}项按选项没有显示{told}。"
