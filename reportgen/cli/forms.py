"""A finding as text: on one line for editors and pipes, on several for a reader."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.findings import Finding, Severity
from reportgen.outputs import one_line

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_INDENT = "    "


def concise(finding: Finding, *, painted: bool = False) -> str:
    """One line, the place first, so that an editor can go there.

    >>> from reportgen.findings import Place
    >>> place = Place.line("report.yaml", 7, 3)
    >>> concise(Finding("C101", Severity.ERROR, place, "未知的设置项。", "请删除。"))
    'report.yaml:7:3: C101 [错误] 未知的设置项。请删除。'
    """
    severity = _severity(finding.severity, painted=painted)
    place, told = one_line(str(finding.place)), one_line(finding.told + finding.hint)
    return f"{place}: {finding.code} [{severity}] {told}"


def full(finding: Finding, lines: Sequence[str] = (), *, painted: bool = False) -> str:
    """Several lines: the message, the line it speaks of, the repair or the waiver.

    >>> from reportgen.findings import Place
    >>> finding = Finding("D108", Severity.ERROR, Place.cell("甲.xlsx", "乙", "C9"), "丙。", "丁。")
    >>> print(full(finding))
    错误 甲.xlsx[乙]!C9: D108 丙。
        处理：丁。
    """
    severity = _severity(finding.severity, painted=painted)
    place = one_line(str(finding.place))
    shown = [f"{severity} {place}: {finding.code} {one_line(finding.message)}"]
    shown += [_INDENT + line for line in lines]
    if finding.waiver:
        shown.append(f"{_INDENT}已豁免：{one_line(finding.waiver)}")
    if finding.hint:
        shown.append(f"{_INDENT}处理：{one_line(finding.hint)}")
    return "\n".join(shown)


def _severity(severity: Severity, *, painted: bool) -> str:
    return f"\033[{_COLOURS[severity]}m{severity}\033[0m" if painted else str(severity)
