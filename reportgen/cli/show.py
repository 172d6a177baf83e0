"""Findings on a terminal: in colour where it can show it, readable in GBK."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from reportgen.findings import Finding, Findings, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def ready_console() -> None:
    """Characters that the console can't show are replaced: a GBK console never fails."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Callable[..., None] | None = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def show_findings(findings: Findings, *, colour: bool) -> None:
    """Print findings to stderr, errors first, then one line that counts them."""
    for finding in findings.sorted():
        typer.echo(_line(finding), err=True, color=_colour(colour))
    typer.echo(summary(findings), err=True)


def _line(finding: Finding) -> str:
    return typer.style(str(finding.severity), fg=_COLOURS[finding.severity]) + f" {finding}"


def _colour(wanted: bool) -> bool | None:
    """``None`` lets typer look at the terminal; False when colours are not wanted."""
    return None if wanted and not os.environ.get("NO_COLOR") else False


def summary(findings: Findings) -> str:
    """One line that counts findings by severity.

    >>> summary(Findings())
    '检查完毕：没有发现问题。'
    """
    counts = [(severity, findings.count(severity)) for severity in Severity]
    parts = [f"{severity}{count}项" for severity, count in counts if count]
    return f"检查完毕：{'，'.join(parts)}。" if parts else "检查完毕：没有发现问题。"
