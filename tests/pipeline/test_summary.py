"""汇总表: as published in Zibo, in three formats; nothing is lost, whatever a project is called."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import Figure
from reportgen.pipeline import summary
from reportgen.pipeline.summary import (
    SummaryRow,
    check_summary_templates,
    summary_files,
    summary_name,
)
from reportgen.rules.scoring import score_project
from reportgen.sources.projects import read_projects
from tests.seeds import DATA, ROOT, plain

TITLE = "2021年度项目支出绩效自评情况汇总表"
UNIT = "高新区人力资源和社会保障中心"
DIFFERENCES = {
    ("（高新区）职员公用经费", "99.7"): "99.70",
    ("（高新区）居民养老保险财政补助", "98.60"): "98.58",
}
"""Published and ours: a last zero that was left out, and marks whose sum is 98.58."""
ODD = [
    "=cmd|' /C calc'!A0",
    "&<>\"'|*_#[x](y)",
    "👩‍👧😀𠮷",
    "一\n二\t三",
    "{{ 1 }}{% x %}",
    "退休企业人员40元补贴",
    "2021年12.5%补贴",
    "长" * 400,
]


def bundle(name: str = "shandong") -> Bundle:
    findings = Findings()
    found = load_bundle(f"self-evaluation/{name}", search_path(None), findings)
    assert found
    assert not len(findings)
    return found


def made(
    rows: Sequence[SummaryRow], *formats: str, findings: Findings | None = None
) -> dict[str, bytes]:
    found = Findings() if findings is None else findings
    files = summary_files(bundle(), {"年度": 2021, "单位": "某局"}, rows, formats, found)
    assert findings is not None or [str(one) for one in found] == []
    return files


def row(
    name: str, level: str = "本级支出", score: str | None = "90", grade: str = "优"
) -> SummaryRow:
    fields = {"级次": level, "资金使用单位": "某中心", "预算级次": "区"}
    return SummaryRow(name, fields, Decimal(score) if score else None, grade)


def table(content: bytes) -> list[list[str]]:
    """The cells of every row of the workbook as they are shown."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [
        [
            f"{cell.value:.2f}" if cell.number_format == "0.00" else str(cell.value)
            for cell in cells
            if cell.value is not None
        ]
        for cells in sheet.iter_rows()
    ]


def lines_of(markdown: bytes) -> Iterator[list[str]]:
    """The rows of the pipe tables."""
    for line in markdown.decode().splitlines():
        if line.startswith("| ") and "序号" not in line:
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.fixture(scope="module")
def zibo() -> dict[str, bytes]:
    settings = bundle().scoring
    rows = []
    for project in read_projects([ROOT / "examples/zibo-2021/项目.xlsx"], Findings()):
        scored = score_project(project, settings, Findings())
        score, grade = scored.lookup("自评得分"), scored.lookup("自评等级")
        assert isinstance(score, Figure)
        fields = {name: text for name, text in project.fields.items() if isinstance(text, str)}
        rows.append(SummaryRow(project.name, {**fields, "预算级次": "区"}, score.value, str(grade)))
    findings = Findings()
    names = {"年度": 2021, "单位": ""}
    files = summary_files(bundle(), names, rows, ("docx", "md"), findings)
    assert [str(one) for one in findings] == []
    return files


@pytest.fixture(scope="module")
def published() -> list[list[str]]:
    lines = (DATA / "zibo_2021_summary.txt").read_text(encoding="utf-8").splitlines()
    return [[plain(cell) for cell in line.split("\t")] for line in lines]


def ours(published: Sequence[str]) -> list[str]:
    name = published[1] if len(published) > 1 else ""
    return [DIFFERENCES.get((name, cell), cell) for cell in published]


def test_the_workbook_is_the_published_table(
    zibo: dict[str, bytes], published: list[list[str]]
) -> None:
    found = [[plain(cell) for cell in cells] for cells in table(zibo[f"{TITLE}.xlsx"])]
    assert len(published) == 47
    assert found[0] == published[0]
    assert found[1] == ["部门："]
    assert found[2:] == [ours(line) for line in published[2:]]


def test_every_row_stands_in_the_markdown(
    zibo: dict[str, bytes], published: list[list[str]]
) -> None:
    found = [[plain(cell) for cell in cells] for cells in lines_of(zibo[f"{TITLE}.md"])]
    listed = [ours(line) for line in published[3:] if len(line) == 5]
    assert found == listed
    assert len(listed) == 39


def test_every_row_stands_in_the_word_file(
    zibo: dict[str, bytes], published: list[list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "汇总表.docx"
    path.write_bytes(zibo[f"{TITLE}.docx"])
    text = plain("".join(str(line) for line in word_lines(path)))
    for line in published:
        for cell in ours(line)[1:]:
            assert cell in text


def word_lines(path: Path) -> Iterator[str]:
    import docx

    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        yield paragraph.text
    for drawn in document.tables:
        for cells in drawn.rows:
            yield from (cell.text for cell in cells.cells)


def test_other_values_have_groups_of_their_own_and_nothing_is_lost() -> None:
    rows = [row("甲", "一级"), row("乙", ""), row("丙"), row("丁", "一级"), row("戊", " 本级支出 ")]
    found = table(made(rows)[f"{TITLE}.xlsx"])[3:-3]
    assert [cells if len(cells) == 1 else cells[:2] for cells in found] == [
        ["区对下转移支付项目绩效自评"],
        ["1", "无"],
        ["区本级支出项目绩效自评"],
        ["1", "丙"],
        ["2", "戊"],
        ["一级项目绩效自评"],
        ["1", "甲"],
        ["2", "丁"],
        ["其他项目绩效自评"],
        ["1", "乙"],
    ]


def test_odd_names_are_read_back_from_every_format(tmp_path: Path) -> None:
    findings = Findings()
    files = made([row(name) for name in ODD], "docx", "md", findings=findings)
    assert {one.code for one in findings} == {"P101"}  # a tag in a name is printed as it stands
    assert set(files) == {f"{TITLE}.xlsx", f"{TITLE}.docx", f"{TITLE}.md"}
    sheet = openpyxl.load_workbook(io.BytesIO(files[f"{TITLE}.xlsx"])).active
    assert sheet is not None
    cells = [sheet.cell(number, 2) for number in range(7, 7 + len(ODD))]
    assert [cell.value for cell in cells] == ODD
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}
    path = tmp_path / "汇总表.docx"
    path.write_bytes(files[f"{TITLE}.docx"])
    text = "\n".join(word_lines(path))
    assert all(name in text for name in ODD)


@pytest.mark.parametrize("name", ["甲\x0b乙", "甲\ud800乙"], ids=ascii)
def test_signs_that_no_document_holds_are_dropped(name: str) -> None:
    findings = Findings()
    files = made([row(name)], "docx", "md", findings=findings)
    assert table(files[f"{TITLE}.xlsx"])[6][1] == "甲乙"
    assert {one.code for one in findings} <= {"D114"}
    assert len(files) == 3


def test_a_score_is_printed_with_two_decimals_and_none_is_blank() -> None:
    rows = [row("甲", score="66.325"), row("乙", score=None, grade=""), row("丙", score="100")]
    files = made(rows, "md")
    assert [cells[3] for cells in lines_of(files[f"{TITLE}.md"])] == ["无", "66.33", "", "100.00"]
    assert [cells[3:] for cells in table(files[f"{TITLE}.xlsx"])[6:9]] == [
        ["66.33", "优"],
        [],
        ["100.00", "优"],
    ]


def test_long_tables_are_workbooks_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "MOST_PRINTED", 3)
    findings = Findings()
    files = made([row(f"项目{n}") for n in range(4)], "docx", "md", findings=findings)
    assert list(files) == [f"{TITLE}.xlsx"]
    assert [one.code for one in findings] == ["F110"]
    assert str(findings.sorted()[0]).startswith(f"{TITLE}.xlsx: F110 汇总表有4行，只写出 .xlsx")


def test_many_rows_are_read_again_and_give_the_same_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = [row(f"项目{n}", ("本级支出", "一级", "二级")[n % 3], f"{90 + n}") for n in range(7)]
    kept = made(rows)
    monkeypatch.setattr(summary, "MOST_PRINTED", 3)
    assert made(rows) == kept


def test_two_thousand_rows_are_printed() -> None:
    files = made([row(f"项目{n}") for n in range(2000)], "md")
    assert len(list(lines_of(files[f"{TITLE}.md"]))) == 2001


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [row("甲"), row("乙")]
    assert made(rows, "docx", "md") == made(rows, "docx", "md")


def test_without_projects_there_is_no_table() -> None:
    assert made([], "docx", "md") == {}
    assert summary_name(bundle(), {"年度": 2021, "单位": ""}, []) == TITLE


@pytest.mark.parametrize("name", ["shandong", "shanxi"])
def test_the_layouts_pass_the_template_gate_and_print_every_column(name: str) -> None:
    findings = Findings()
    found = bundle(name)
    check_summary_templates(found, findings)
    assert [str(one) for one in findings] == []
    entry = found.settings.summary
    assert entry
    one = SummaryRow("甲乙", dict.fromkeys(entry.columns, "某值"), Decimal("91.5"), "优")
    files = summary_files(found, {"年度": 2022, "单位": "某局"}, [one], ("md",), findings)
    [printed] = [cells for cells in lines_of(files[f"2022{TITLE[4:]}.md"]) if "甲乙" in cells]
    assert printed == ["1", "甲乙", "某值", "91.50", "优"]


class Counted(list[SummaryRow]):
    """Rows that know how often they were asked for."""

    asked = 0

    def __getitem__(self, number: Any, /) -> Any:
        self.asked += 1
        return super().__getitem__(number)


def test_groups_of_one_project_each_cost_no_more_than_one_group() -> None:
    """Each row is read from the disk: a workbook may name thousands of groups."""
    rows = Counted(SummaryRow(f"项目{n}", {"级次": f"级{n}"}) for n in range(60))
    findings = Findings()
    summary_files(bundle(), {"年度": 2021, "单位": "某局"}, rows, ("docx", "md"), findings)
    assert rows.asked < 5 * len(rows)
