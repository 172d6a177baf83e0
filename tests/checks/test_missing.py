"""Many missing figures of one place are told together; a few one by one."""

from __future__ import annotations

import pytest

from reportgen.checks.missing import gather_missing
from reportgen.findings import Finding, Findings, Place, Severity

NARRATIVE = Place.inside("narrative.md", "说明")
HINT = "请在补充数据或决算表中补填。"


def missing(names: list[str]) -> Findings:
    """A narrative that lacks these figures, between two other findings."""
    findings = Findings()
    findings.error("W106", Place("文字.md"), "没有填完。")
    for name in names:
        findings.error("N102", NARRATIVE, f"缺少“{name}”（未提供）。", HINT)
        note = f"缺少{name}（未提供），没有核对：D4{len(findings):02}“某某”。"
        findings.note("D200", Place("rules.yaml"), note)
    findings.warning("D101", Place("原因.xlsx"), "找不到这个文件。")
    return findings


def test_a_few_stay_as_they_are() -> None:
    findings = missing([f"数{number}" for number in range(9)])
    before = [*findings]
    gather_missing(findings)
    assert [*findings] == before


def test_many_become_one_for_each_relation_at_the_place_of_the_first() -> None:
    names = [f"数{number}" for number in range(10)]
    names += ["收入总计的上年数", "支出总计的上年数", "人员经费的年初预算数"]
    findings = missing(names)
    gather_missing(findings)
    told = [(f.code, f.message) for f in findings]
    assert told[0][0] == "W106"
    assert told[1:4] == [
        ("N102", f"还缺10个正文要用的数：{'、'.join(names[:10])}。"),
        ("N102", "还缺2个上年数：收入总计、支出总计。"),
        ("N102", "缺少“人员经费的年初预算数”（未提供）。"),
    ]
    [note] = [f for f in findings if f.code == "D200"]
    assert note.message.startswith("数还没有填齐，13项勾稽没有核对：D4")
    assert told[-1][0] == "D101"


@pytest.mark.parametrize("place", [Place("report.md"), Place.inside("narrative.md", "概况")])
def test_places_are_told_apart(place: Place) -> None:
    findings = missing([f"数{number}" for number in range(10)])
    other = Finding("N102", Severity.ERROR, place, "缺少“在职人数”（未提供）。", HINT)
    findings.extend([other])
    gather_missing(findings)
    assert other in [*findings]
    assert sum(f.code == "N102" for f in findings) == 2
