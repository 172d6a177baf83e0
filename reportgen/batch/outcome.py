"""What became of one project of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from reportgen.findings import Finding, Findings, Severity


class Status(StrEnum):
    """How a project of a run ended; the values are what users read."""

    DONE = "成功"
    WARNED = "警告"
    FAILED = "失败"
    NO_FORM = "无指标"
    SECRET = "涉密"  # noqa: S105 - a word users read


@dataclass(frozen=True, slots=True)
class Outcome:
    """One project after its work: its files by ending, what was found, and its trace.

    It travels between processes, so it holds nothing but plain values. ``trace`` are the rows
    of the run's trace, ``findings`` records as manifest and 检查结果.xlsx have them. ``written``
    are the digests of files that the work itself has put in place.
    """

    index: int
    name: str
    status: Status
    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: Sequence[Mapping[str, str]] = ()
    figures: int = 0
    score: str = ""
    grade: str = ""
    trace: bytes = b""
    written: Mapping[str, str] = field(default_factory=dict)


def told(finding: Finding) -> dict[str, str]:
    """A finding as a record."""
    return {
        "代码": finding.code,
        "级别": str(finding.severity),
        "位置": str(finding.place),
        "说明": finding.message,
        "处理": finding.hint,
        "豁免理由": finding.waiver,
    }


def status_of(findings: Findings, *, allow_errors: bool = False) -> Status:
    """What findings make of a project that has its files."""
    if findings.has_errors and not allow_errors:
        return Status.FAILED
    worse = findings.count(Severity.WARNING) or findings.count(Severity.ERROR)
    return Status.WARNED if worse else Status.DONE


def failed(index: int, name: str, findings: Findings) -> Outcome:
    """A project that has no file, and why."""
    records: list[Any] = [told(finding) for finding in findings.sorted()]
    return Outcome(index, name, Status.FAILED, findings=records)
