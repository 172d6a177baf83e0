"""wording.yaml: settings that are none, of the wrong kind, with slots that nothing fills."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.bundle import load_bundle
from reportgen.findings import Finding, Findings
from reportgen.narrative import Wording

BUNDLE = "名称: 例\n章节: [说明]\n"
NARRATIVE = "{% block 说明 %}例{% endblock %}\n"


def load(folder: Path, wording: str) -> tuple[Wording | None, list[Finding]]:
    own = folder / "类" / "例"
    own.mkdir(parents=True)
    files = {"bundle.yaml": BUNDLE, "narrative.md": NARRATIVE, "wording.yaml": wording}
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    findings = Findings()
    bundle = load_bundle("类/例", [folder], findings)
    return bundle.wording if bundle else None, list(findings)


@pytest.mark.parametrize(
    ("wording", "column", "said"),
    [
        pytest.param("增减: {并列: {分开: 甲}}", 11, "是否应为“分别”？", id="no setting"),
        pytest.param('增减: {并列: {句: "{各}"}}', 11, "没有“{各}”可填", id="slot of 并列"),
        pytest.param("增减: {并列: {末尾写单位: 是}}", 11, "true 或 false", id="no truth"),
        pytest.param("增减: {并列: 分别}", 6, "“并列”的值", id="text for a map"),
        pytest.param("增减: {另式: {三公: {据: 甲}}}", 16, "“据”", id="setting of a form"),
        pytest.param('增减: {另式: {三公: {句: "{金额}"}}}', 16, "“额”", id="slot of a form"),
        pytest.param("增减: {另式: [三公]}", 6, "“名称: 值”", id="list of forms"),
        pytest.param("增减: {金额: 增加}", 6, "应为列表", id="text for two words"),
        pytest.param("增减: {金额: [增加]}", 6, "“金额”写少了", id="one word of two"),
        pytest.param("增减: {大小: [大于, 小于]}", 6, "“大小”写少了", id="two of three"),
        pytest.param("增减: {比例: [增长, 下降, 持平]}", 6, "“比例”写多了", id="three of two"),
        pytest.param("增减: {降为零: 5}", 6, "应为文字", id="number for words"),
        pytest.param('完成: {另式: {三公: {句: "{额}"}}}', 16, "可写：预算", id="slot of 完成"),
        pytest.param("原因引语: {去年: 因为}", 8, "“原因引语”里没有“去年”", id="no base"),
        pytest.param('原因引语: {上年: "{大笑}"}', 8, "“大小”", id="slot of a lead-in"),
        pytest.param("原因引语: 5", 1, "“名称: 值”", id="number for a lead-in"),
        pytest.param("零项: 不写", 1, "（列出、不列）", id="no choice"),
        pytest.param('科目: {全称: "{目}"}', 6, "可写：类、款、项", id="slot of a subject"),
        pytest.param("科目: {同名项: 行政运行}", 6, "应为列表", id="text for a list"),
        pytest.param("金额: {零: 无}", 6, "不合要求", id="0 is a number"),
        pytest.param('上年称: "{去年}年"', 1, "“年度”", id="slot of last year"),
    ],
)
def test_a_setting_that_can_t_be(tmp_path: Path, wording: str, column: int, said: str) -> None:
    found, (finding,) = load(tmp_path, f"{wording}\n")
    assert found is None
    assert str(finding.place) == f"类/例/wording.yaml:1:{column}"
    assert finding.code in ("C101", "C104")
    assert said in finding.message + finding.hint


def test_a_form_that_says_nothing_is_the_usual_words(tmp_path: Path) -> None:
    found, findings = load(tmp_path, "增减: {句: 甲, 另式: {三公: {}}}\n完成: {另式: {三公: {}}}\n")
    assert not findings
    assert found is not None
    assert found.change.form("三公").sentence == "甲"
    assert found.completion.form("三公") == found.completion
