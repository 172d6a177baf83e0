"""A waiver turns a finding into a note that keeps its message and carries the reason."""

from __future__ import annotations

import pytest

from reportgen.findings import Findings, Place, Severity, Waiver

CELL = Place.cell("甲.xlsx", "乙", "C9")


def _waived(code: str, severity: Severity) -> Findings:
    findings = Findings()
    findings.add(code, severity, CELL, "两表不一致。", "请核对。")
    return findings.waived([Waiver(code, "公开稿如此", Place("report.yaml"))])


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        pytest.param("D302", Severity.ERROR, id="rule"),
        pytest.param("D211", Severity.ERROR, id="waivable code of the program"),
        pytest.param("D124", Severity.WARNING, id="warning of the program"),
    ],
)
def test_a_waived_finding_is_a_note_with_the_reason(code: str, severity: Severity) -> None:
    findings = _waived(code, severity)
    (finding,) = findings
    assert (finding.severity, finding.message, finding.waiver) == (
        Severity.NOTE,
        "两表不一致。",
        "公开稿如此",
    )
    assert str(finding) == f"甲.xlsx[乙]!C9: {code} 两表不一致。（已豁免：公开稿如此）"
    assert findings.accepted == [finding]
    assert not findings.has_errors


@pytest.mark.parametrize("code", ["D108", "N101", "C101"])
def test_an_error_of_the_program_is_no_matter_of_opinion(code: str) -> None:
    findings = _waived(code, Severity.ERROR)
    (finding,) = findings
    assert (finding.severity, finding.hint, finding.waiver) == (Severity.ERROR, "请核对。", "")
    assert findings.accepted == []
