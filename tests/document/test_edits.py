"""check --document: each edit that changed a figure is listed, and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.checks.document.edited import check_edited
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.numerals import Allowed
from reportgen.findings import Place
from reportgen.language import Page
from reportgen.language.documents import BODY, markdown_lines
from reportgen.language.lines import Line
from reportgen.language.marks import CLOSE, QUOTE
from reportgen.model import Figure
from tests.document.conftest import EXAMPLE, Example, parts_of, zipped

Command = Callable[..., tuple[int, str, str]]
Told = Callable[..., list[str]]
CELL = Place.cell("决算表.xlsx", "公开01表", "C9")


def _printed() -> tuple[list[Line], Expected]:
    """A document of nine paragraphs and a table, with citations and texts of an input."""
    page = Page(Place("narrative.md"))

    def cite(text: str, name: str, *places: Place) -> str:
        return page.cite(text, (Figure(name, Decimal(1), places=places or (CELL,)),), "金额")

    year = f"{QUOTE}2022{CLOSE}"
    marked = f"""# 第一部分 情况说明

## 一、收入情况

{year}年度收入总计{cite("62,373,182.64元", "收入总计")}，与上年相比，收入总计\
{cite("减少56,533,273.95元，下降47.54%", "收入总计")}。主要原因是项目支出减少。

财政拨款收入{cite("62,281,177.64元", "财政拨款收入")}，{cite("占比99.97%", "财政拨款收入")}；

其他收入{cite("17,000.00元", "其他收入")}，{cite("占比0.03%", "其他收入")}。

## 二、资产情况

截至{year}年12月31日，共有车辆{cite("7", "车辆")}辆，培训{QUOTE}170{CLOSE}人次。

1、接待{cite("3", "批次")}批次。

2、设备{cite("5", "设备")}台。

| 项目 | 金额 |
|---|---:|
| 基本支出 | {cite("8,714,163.94", "基本支出")} |
| 项目支出 | {cite("53,573,013.70", "项目支出")} |

## 三、其他

本年度{cite("与上年持平", "经费")}，没有其他事项需要说明。
"""
    return list(markdown_lines(marked)), Expected(page.citations, Allowed(2022, ["单价##万元"]))


PRINTED, EXPECTED = _printed()


def _raw() -> str:
    """The printed document as plain Markdown."""
    blocks, rows = [], [line for line in PRINTED if " 行" in line.spot]
    for line in PRINTED:
        if line not in rows:
            blocks.append(f"{'#' * line.level} {line.text}" if line.level else line.text)
        elif line is rows[0]:
            cells = [f"| {a.text} | {b.text} |" for a, b in zip(rows[::2], rows[1::2], strict=True)]
            blocks.append("\n".join([cells[0], "|---|---|", *cells[1:]]))
    return "\n\n".join(blocks)


@pytest.fixture
def told() -> Told:
    """told(*(old, new)): codes and messages after these replacements in the document."""

    def check(*pairs: tuple[str, str]) -> list[str]:
        text = _raw()
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        found = check_edited("定稿.md", PRINTED, list(markdown_lines(text)), EXPECTED)
        return [f"{f.code} {f.message}" for f in found]

    return check


def test_a_copy_is_clean(told: Told) -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("old", "new", "now", "was"),
    [
        pytest.param("182.64元", "182.46元", "62,373,182.46元", "62,373,182.64元", id="digits"),
        pytest.param("182.64元", "182.64万元", "62,373,182.64万元", "62,373,182.64元", id="unit"),
        pytest.param("减少56", "增加56", "增加56,533,273.95元", "减少56,533,273.95元", id="word"),
        pytest.param("下降47.54%", "下降47.54", "下降47.54", "下降47.54%", id="no percent"),
        pytest.param("占比0.03%", "占比-0.03%", "占比-0.03%", "占比0.03%", id="sign"),
        pytest.param("车辆7辆", "车辆7万辆", "7万", "7", id="magnitude"),
        pytest.param("| 8,714", "| -8,714", "-8,714,163.94", "8,714,163.94", id="cell"),
        pytest.param("培训170", "培训180", "180", "170", id="text of an input"),
        pytest.param("12月31日", "12月30日", "30", "31", id="date of the template"),
        pytest.param("2、设备", "4、设备", "4", "2", id="number of a list"),
    ],
)
def test_a_changed_figure(told: Told, old: str, new: str, now: str, was: str) -> None:
    first, note = told((old, new))
    assert first.startswith("P111 “")
    assert f"文件中为“{now}”，" in first
    assert f"“{was}”。" in first
    assert note == "P114 改动过文字或数字的地方共1处。"


def test_a_changed_figure_names_heading_and_cell(told: Told) -> None:
    first, _ = told(("17,000.00", "17,000.10"))
    assert first == (
        "P111 “一、收入情况”下，文件中为“17,000.10元”，"
        "按数据（其他收入 决算表.xlsx[公开01表]!C9）应为“17,000.00元”。"
    )
    assert "按填报的文字应为“170”" in told(("170", "171"))[0]
    assert "模板原文为“31”" in told(("31日", "30日"))[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("62,373,182.64", "62 373 182.64"),
        ("62,373,182.64", "62，373，182.64"),
        ("62,373,182.64", "62373182.64"),
        ("62,373,182.64", "６２,３７３,１８２．６４"),
        ("17,000.00", "17,000"),
        ("99.97%", "99.970％"),
    ],
)
def test_a_number_written_in_another_way(told: Told, old: str, new: str) -> None:
    assert told((old, new)) == ["P116 有1个数只是写法不同（千分位、全角等），数值相同。"]


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([("主要原因是项目支出减少", "原因是项目变少")], id="wording"),
        pytest.param(
            [("减少56,533,273.95元，下降", "减少了56,533,273.95元，同比下降")], id="phrase"
        ),
        pytest.param([("没有其他事项", "无其他事项")], id="wording of the last"),
        pytest.param([("1、接待", "(1)接待"), ("2、设备", "(2)设备")], id="list in another form"),
        pytest.param([("没有其他", "2021年12月31日前没有其他")], id="a date"),
        pytest.param([("没有其他", "单价50万元，没有其他")], id="an allowed phrase"),
        pytest.param([("没有其他", "收入共62,373,182.64元，没有其他")], id="a figure said again"),
    ],
)
def test_edits_without_figures_are_one_note(told: Told, pairs: list[tuple[str, str]]) -> None:
    found = told(*pairs)
    assert [line[:4] for line in found] == ["P114"]


def test_the_same_edit_in_many_places_is_told_once(told: Told) -> None:
    found = told(("2022年度收入", "2023年度收入"), ("截至2022年", "截至2023年"))
    assert [line[:4] for line in found] == ["P111", "P114"]
    assert "文件中为“2023”，按填报的文字应为“2022”（另有1处相同）。" in found[0]


def test_moved_split_and_joined_paragraphs(told: Told) -> None:
    other = "其他收入17,000.00元，占比0.03%。\n\n"
    assert told((other, ""), ("## 三、其他\n\n", "## 三、其他\n\n" + other)) == [
        "P114 有1处文字改动，没有改动数字。"
    ]
    split = told(("182.64元，与上年", "182.64元。\n\n与上年"))
    assert {line[:4] for line in split} <= {"P114"}
    assert told(("占比99.97%；\n\n", "占比99.97%；")) == []


def test_renumbering_after_a_deletion(told: Told) -> None:
    found = told(("1、接待3批次。\n\n", ""), ("2、设备", "1、设备"))
    assert [line[:4] for line in found] == ["P112", "P114"]
    assert "删去了“接待3批次。”" in found[0]


def test_deleted_figures_and_sections(told: Told) -> None:
    found = told(("，下降47.54%", ""))
    assert [line[:4] for line in found] == ["P111", "P114"]
    assert "应为“减少56,533,273.95元，下降47.54%”" in found[0]
    assert [line[:4] for line in told(("## 二、资产情况\n\n", ""))] == ["P114"]
    found = told(("其他收入17,000.00元，占比0.03%。", ""))
    assert "其中的2个数（17,000.00元、0.03%）没有了，“17,000.00元”出自其他收入" in found[0]


def test_a_deleted_section_is_one_finding(told: Told) -> None:
    texts = [line.text for line in PRINTED]
    at = texts.index("二、资产情况")
    raw = [f"{'#' * line.level} {line.text}".strip() for line in PRINTED[at : at + 4]]
    gone = [(f"{text}\n\n", "") for text in raw]
    found = told(*gone)
    assert [line[:4] for line in found] == ["P112", "P114"]
    assert "从“二、资产情况”起删去了4段（行），其中的" in found[0]


def test_a_deleted_row_is_one_finding(told: Told) -> None:
    found = told(("| 项目支出 | 53,573,013.70 |\n", ""))
    assert [line[:4] for line in found] == ["P112", "P114"]
    assert "53,573,013.70" in found[0]


def test_a_changed_statement_about_a_figure(told: Told) -> None:
    found = told(("与上年持平", "比上年增加5元"))
    assert found[0].startswith("P111")
    assert "“与上年持平”" in found[0]


def test_new_numerals(told: Told) -> None:
    found = told(("没有其他", "另有12批次，没有其他"))
    assert [line[:4] for line in found] == ["P113", "P114"]
    assert "中新写的“12”没有来源。" in found[0]
    found = told(("## 三、其他\n\n", "## 三、其他\n\n全年共接待45人，花费6.5万元。\n\n"))
    assert found[0].startswith("P113 “三、其他”下，“全年共接待45人")
    assert "“45”、“6.5万元”" in found[0]


def test_what_follows_an_edit_is_not_touched(told: Told) -> None:
    found = told(
        ("## 一、收入情况\n\n", "## 一、收入情况\n\n新加的一段。\n\n又一段。\n\n"),
        ("17,000.00", "17,000.01"),
        ("车辆7辆", "车辆8辆"),
    )
    assert [line[:4] for line in found] == ["P111", "P111", "P114"]


def test_another_report(told: Told) -> None:
    other = list(markdown_lines("# 某县某局\n\n完全不同的文字，共12个。\n\n还有一段。"))
    [found] = check_edited("定稿.md", PRINTED, other, EXPECTED)
    assert found.code == "P115"
    assert [f.code for f in check_edited("定稿.md", PRINTED, [], EXPECTED)] == ["P115"]


def test_big_rewritten_documents_take_no_long_time() -> None:
    text = "共有车辆7辆，支出0.00元，占比0.00%。" * 800
    lines = [Line(f"第{n}段", text[n:]) for n in range(5)]
    other = [Line(f"第{n}段", text[n:].replace("7", "8")) for n in range(5)]
    start = time.perf_counter()
    check_edited("定稿.md", lines, other, Expected((), Allowed(2022, ())))
    assert time.perf_counter() - start < 20


# the command


def _write(path: Path, example: Example, *pairs: tuple[str, str]) -> Path:
    """The example's Word file with replacements in its body."""
    parts = parts_of(example.content)
    text = parts[BODY].decode()
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_bytes(zipped({**parts, BODY: text.encode()}))
    return path


INSERTED = '</w:t></w:r><w:ins w:id="1"><w:r><w:t>1</w:t></w:r></w:ins><w:r><w:t>'
DELETED = '</w:t></w:r><w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del><w:r><w:t>'
RUN = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">'


@pytest.mark.parametrize(
    ("pairs", "code", "told"),
    [
        pytest.param([], 0, [], id="as rendered"),
        pytest.param([("总计62,373,182.64", f"总计62,373,{RUN}182.64")], 0, [], id="split runs"),
        pytest.param(
            [("总计62,373,182.64", f"总计62,373,{RUN}182.65")], 1, ["P111"], id="in a run"
        ),
        pytest.param(
            [
                (
                    "总计62,373,182.64",
                    f"总计{INSERTED}62,373,182.64",
                )
            ],
            1,
            ["P111"],
            id="tracked insertion",
        ),
        pytest.param(
            [
                (
                    "总计62,373,182.64",
                    f"总计{DELETED}62,373,182.64",
                )
            ],
            0,
            [],
            id="tracked deletion",
        ),
        pytest.param([("占比99.97%", "占比９９．９７％")], 0, ["P116"], id="full width"),
    ],
)
def test_word_documents(
    example: Example,
    tmp_path: Path,
    command: Command,
    pairs: list[tuple[str, str]],
    code: int,
    told: list[str],
) -> None:
    path = _write(tmp_path / "定稿.docx", example, *pairs)
    done, shown, _ = command("check", EXAMPLE, "--document", path)
    assert done == code, shown
    found = re.findall(r"定稿\.docx[^:]*: (P\d+)", shown)
    assert [name for name in found if name != "P114"] == told


def test_a_markdown_document(example: Example, tmp_path: Path, command: Command) -> None:
    path = tmp_path / "定稿.md"
    path.write_text(re.sub("[\ue000-\ue0ff]", "", example.markdown), encoding="utf-8")
    assert command("check", EXAMPLE, "--document", path)[0] == 0
    text = path.read_text(encoding="utf-8").replace("119.09%", "119.90%")
    path.write_text(text, encoding="utf-8")
    code, told, _ = command("check", EXAMPLE, "--document", path)
    assert code == 1
    assert "P111 “（三）财政拨款支出决算具体情况”下，文件中为“" in told
    assert re.search(r"按数据（.*决算表\.xlsx\[公开05表\]!", told)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("定稿.docx", b"", "D102"),
        ("定稿.docx", b"PK\x03\x04 not a zip", "D102"),
        ("定稿.docx", zipped({"a.xml": b"<a/>"}), "D102"),
        ("定稿.docx", zipped({BODY: b"<a"}), "D102"),
        ("定稿.docx", zipped({BODY: b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "D121"),
        ("定稿.docx", zipped({BODY: b"<a>" + b" " * (2 << 20) + b"</a>"}), "D121"),
        ("定稿.docx", zipped({BODY: b"<a/>"}), "P115"),
        ("定稿.md", b"\xff\xfe\x00", "D119"),
        ("定稿.md", "# 别的报告\n\n共12个。".encode(), "P115"),
        ("定稿.doc", b"\xd0\xcf\x11\xe0", "P115"),
        ("定稿.pdf", b"%PDF", "P115"),
    ],
    ids=[
        *("empty", "no zip", "no Word file", "no XML", "entities", "a bomb", "no text", "no UTF-8"),
        *("another report", "an old Word file", "a PDF"),
    ],
)
def test_documents_that_are_none(
    tmp_path: Path, command: Command, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done, told, _ = command("check", EXAMPLE, "--document", path)
    assert done == 1
    assert f": {code} " in told
    assert name in told


def test_a_document_that_is_not_there(tmp_path: Path, command: Command) -> None:
    code, _, err = command("check", EXAMPLE, "--document", tmp_path / "无.docx")
    assert code == 2
    assert "找不到文件" in err


def test_a_report_that_can_not_be_rendered(
    folder: Path, example: Example, tmp_path: Path, command: Command
) -> None:
    """What is wrong with the data is told; the document can't be judged by it."""
    path = _write(tmp_path / "定稿.docx", example)
    (folder / "report.yaml").write_text("模板: [", encoding="utf-8")
    code, told, _ = command("check", folder, "--document", path)
    assert code == 1
    assert "C105" in told


def test_other_data_say_which_figures_differ(
    folder: Path, example: Example, tmp_path: Path, command: Command
) -> None:
    """A document as it was rendered, after a text of the data has changed."""
    path = _write(tmp_path / "定稿.docx", example)
    text = (folder / "文字.md").read_text(encoding="utf-8")
    (folder / "文字.md").write_text(text + "\n共接待12人。\n", encoding="utf-8")
    code, told, _ = command("check", folder, "--document", path)
    assert code == 1
    assert "P112" in told
    assert "12" in told


@pytest.mark.office
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice")
def test_another_program_saved_it(example: Example, tmp_path: Path, command: Command) -> None:
    """LibreOffice writes every part anew: runs, styles, contents, footers."""
    path = _write(tmp_path / "定稿.docx", example)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    line = ["soffice", profile, "--headless", "--convert-to", "odt", path.name]
    subprocess.run(line, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    path.unlink()
    line[-2:] = ["docx:MS Word 2007 XML", "定稿.odt"]
    subprocess.run(line, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    code, told, _ = command("check", EXAMPLE, "--document", path)
    assert code == 0
    assert "定稿.docx" not in told
