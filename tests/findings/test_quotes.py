"""Names with quotes in what is told: the quotes round them are others."""

from __future__ import annotations

from reportgen.checks.missing import gather_missing
from reportgen.findings import Findings, Place

PLACE = Place("narrative.md")


def test_a_name_with_quotes_stands_in_single_ones() -> None:
    findings = Findings()
    name = "“三公”经费的年初预算数"
    findings.error("N102", PLACE, f"缺少“{name}”（未提供）。", f"请填“{name}”一格。")
    [told] = findings
    assert told.message == "缺少‘“三公”经费的年初预算数’（未提供）。"
    assert told.hint == "请填‘“三公”经费的年初预算数’一格。"


def test_missing_figures_are_gathered_whatever_quotes_their_names_hold() -> None:
    findings = Findings()
    for number in range(10):
        findings.error("N102", PLACE, f"缺少““三公”经费{number}的上年数”（未提供）。")
    gather_missing(findings)
    [told] = findings
    assert told.message.startswith("还缺10个上年数：“三公”经费0、“三公”经费1、")


def test_quotes_without_end_stay() -> None:
    findings = Findings()
    findings.error("H103", PLACE, "““" * 10_000)
    assert next(iter(findings)).message == "““" * 10_000
