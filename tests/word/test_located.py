"""Every fault of a Word template is named by its spot, all in one run."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from reportgen.checks.word import check_word_template
from reportgen.findings import Findings, Place
from reportgen.language import Page
from reportgen.narrative import Wording, narrative_environment
from reportgen.render.word.press import WordTemplate


def check(tmp_path: Path, *paragraphs: str, cell: str = "") -> list[tuple[str, str]]:
    """The code and spot of every finding, in order."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cell:
        document.add_table(2, 2).cell(1, 1).text = cell
    path = tmp_path / "t.docx"
    document.save(str(path))
    findings = Findings()
    check_word_template(path, narrative_environment(), {"单位": "", "表": []}, findings)
    return [(finding.code, finding.place.spot) for finding in findings]


def test_several_faults_in_one_run(tmp_path: Path) -> None:
    found = check(
        tmp_path,
        "{{ 单位| }}",
        "{{ 单 位 }}",
        "{{ 单味 }}",
        "好：{{ 单位 }}",
        "{{ 单位|金饿 }}",
        cell="{{ (单位 }}",
    )
    assert sorted(found) == [
        ("T101", "第3段"),
        ("T102", "第1段"),
        ("T102", "第2段"),
        ("T102", "表1 行2 单元格2"),
        ("T104", "第5段"),
    ]


def test_a_faulty_block_keeps_its_end(tmp_path: Path) -> None:
    found = check(tmp_path, "{%p if 单位 == %}", "{{ 单味 }}", "{%p endif %}")
    assert found == [("T102", "第1段"), ("T101", "第2段")]


@pytest.mark.parametrize(
    ("paragraphs", "spots"),
    [
        pytest.param(["{%p for 行 in 表 %}", "文"], ["第1段"], id="unclosed"),
        pytest.param(["文", "{%p endif %}"], ["第2段"], id="unopened"),
        pytest.param(
            ["{%p for 行 in 表 %}", "{%p if 单位 %}", "{%p endfor %}", "{%p endif %}"],
            ["第3段", "第1段"],
            id="crossing",
        ),
        pytest.param(
            ["{%p if 单位 %}", "{%p for 行 in 表 %}", "文"], ["第2段", "第1段"], id="both unclosed"
        ),
    ],
)
def test_unbalanced_blocks(tmp_path: Path, paragraphs: list[str], spots: list[str]) -> None:
    assert check(tmp_path, *paragraphs) == [("T102", spot) for spot in spots]


def test_the_words_around_a_fault(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("金额{{ 单位| }}元")
    document.save(str(tmp_path / "t.docx"))
    findings = Findings()
    check_word_template(tmp_path / "t.docx", narrative_environment(), {"单位": ""}, findings)
    [finding] = findings
    assert "{{ 单位| }}" in finding.message


def test_a_failure_at_run_time_names_its_cell(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for 行 in 表 %}"
    table.cell(1, 1).text = "共{{ 行.数 / 0 }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.save(str(tmp_path / "t.docx"))
    page = Page(Place("t.docx"))
    word = WordTemplate(tmp_path / "t.docx")
    assert word.render({"表": [{"数": 1}]}, {}, Wording(), page) is None
    [finding] = page.findings
    assert finding.code == "T105"
    assert str(finding.place).startswith("t.docx 表1 行2 单元格2 “共{{ 行.数 / 0 }}")
