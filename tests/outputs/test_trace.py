"""The trace: rows in page order, texts that stay texts, links, the same bytes twice."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.findings import Findings, Place, Severity, Waiver
from reportgen.language import Citation, Number
from reportgen.language.lines import Line
from reportgen.language.marks import mark
from reportgen.model import Figure, Kind
from reportgen.outputs.links import Links
from reportgen.outputs.rows import TraceRow, note, trace_rows
from reportgen.outputs.sheets import Exact
from reportgen.outputs.trace import Source, trace

PLACE = Place.cell("决算表.xlsx", "公开01表", "C37")


def read(name: str, value: str = "5", place: Place = PLACE, kind: Kind = Kind.AMOUNT) -> Figure:
    return Figure(name, Decimal(value), kind, places=(place,), formula=str(place))


def citation(number: int, text: str, *names: str) -> Citation:
    numbers = tuple(Number(text, Decimal(5), read(name), "未舍入") for name in names)
    return Citation(
        number, text, tuple(n.figure for n in numbers) or (read("旧"),), "金额", numbers
    )


def row(text: str = "5元", name: str = "甲", value: str = "5", **changes: Any) -> TraceRow:
    fields = {
        "section": "一",
        "spot": "第1段",
        "sentence": "收入5元。",
        "text": text,
        "value": Decimal(value),
        "figures": (read(name, value),),
        "rounding": "未舍入",
    }
    return TraceRow(**{**fields, **changes})


def workbook(*rows: TraceRow, folder: Path = Path("/单位/out/内部"), **changes: Any) -> bytes:
    given = {
        "judged": Findings(),
        "found": Findings(),
        "waivers": [],
        "sources": [],
        "links": Links(folder, [Path("/单位/报告/决算表.xlsx")]),
    }
    return trace("某单位 数据来源底稿", rows, **{**given, **changes})


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_rows_follow_the_page_not_the_citations() -> None:
    citations = [citation(1, "5元", "甲"), citation(2, "6元", "乙", "丙"), citation(3, "7元", "丁")]
    lines = [
        Line("第1段", "第一部分", level=1),
        Line("第2段", "一、收入", level=2),
        Line.of("第3段", f"支出{mark(2, '6元')}；收入{mark(1, '5元')}，余{mark(2, '6元')}。无。"),
        Line("第4段", "第二部分", level=1),
        Line.of("第5段", f"余{mark(3, '7元')}"),
    ]
    rows = list(trace_rows(lines, citations))
    assert [(r.section, r.spot, r.names) for r in rows] == [
        ("第一部分 › 一、收入", "第3段", "乙"),
        ("第一部分 › 一、收入", "第3段", "丙"),
        ("第一部分 › 一、收入", "第3段", "甲"),
        ("第一部分 › 一、收入", "第3段", "乙"),
        ("第一部分 › 一、收入", "第3段", "丙"),
        ("第二部分", "第5段", "丁"),
    ]
    assert rows[0].sentence == "支出6元；"
    assert rows[2].sentence == "收入5元，余6元。"
    assert rows[5].sentence == "余7元"


def test_a_mark_that_no_citation_has_is_passed_over() -> None:
    lines = [Line.of("第1段", mark(9, "5元")), Line.of("第2段", mark(0, "5元"))]
    assert list(trace_rows(lines, [citation(1, "5元", "甲")])) == []


def test_a_citation_without_a_number_is_a_row_that_says_what_was_compared() -> None:
    old = read("甲的上年数", "4.99")
    made = Citation(1, "与上年基本持平", (read("甲").related(上年=old), old), "增减（上年）")
    [only] = trace_rows([Line.of("第1段", mark(1, "与上年基本持平"))], [made])
    assert (only.value, only.names) == (None, "甲、甲.上年")
    assert opened(workbook(only))["数字"]["F2"].value is None


def test_a_very_long_sentence_is_cut_round_the_number() -> None:
    text = "长" * 2000 + mark(1, "5元") + "长" * 2000
    [only] = trace_rows([Line.of("第1段", text)], [citation(1, "5元", "甲")])
    assert "5元" in only.sentence
    assert len(only.sentence) < 520


def test_cells_of_tables_are_named_by_row_and_column() -> None:
    table = [
        ["项目", "", "本年支出", "其中"],
        ["2080101", "行政运行", mark(1, "5.00"), mark(2, "3.00")],
        ["合计", "", mark(3, "5.00"), ""],
    ]
    lines = [
        Line.of(f"表2 行{r} 单元格{c}", text)
        for r, cells in enumerate(table, start=1)
        for c, text in enumerate(cells, start=1)
    ]
    citations = [citation(n, "5.00", "某数") for n in (1, 2, 3)]
    assert [r.sentence for r in trace_rows(lines, citations)] == [
        "2080101 行政运行｜本年支出",
        "2080101 行政运行｜其中",
        "合计｜本年支出",
    ]


def test_a_sentence_in_a_cell_is_a_sentence() -> None:
    words = "年初设定的绩效目标均已完成，根据评分细则逐项打分，"
    line = Line.of("表1 行1 单元格2", f"{words}得分{mark(1, '5')}分。无扣分。")
    [only] = trace_rows([line], [citation(1, "5", "甲")])
    assert only.sentence == f"{words}得分5分。"


def test_a_cell_with_a_unit_is_named_by_row_and_column() -> None:
    lines = [Line.of("表1 行1 单元格1", "总分"), Line.of("表1 行1 单元格2", mark(1, "5元"))]
    assert [r.sentence for r in trace_rows(lines, [citation(1, "5元", "甲")])] == ["总分"]


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "@SUM(A1)", "+1", "-1", "=1+1", "https://a.b", "\t=1", "元\x0b\ue000"],
)
def test_texts_stay_texts(text: str) -> None:
    found = Findings()
    found.error("D999", Place(text), text, text)
    waivers = [Waiver(text, text, Place(text))]
    sheets = opened(
        workbook(
            row(text=text, name=text, section=text, sentence=text, rounding=text),
            judged=found,
            found=found,
            waivers=waivers,
            sources=[Source(text, text, 3)],
        )
    )
    cells = [cell for sheet in sheets for cells in sheet.iter_rows(min_row=2) for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    for cell in cells:
        if cell.data_type == "s":
            assert cell.number_format == "@"
            assert cell.quotePrefix
    assert sheets["检查"]["D2"].value == text.replace("\x0b", "")


def test_a_sheet_name_and_a_name_with_signs_of_spreadsheets() -> None:
    place = Place.cell("决算表.xlsx", "=1+1'表", "C37")
    sheet = opened(workbook(row(figures=(read("=1+1", place=place),))))["数字"]
    assert sheet["G2"].value == "=1+1"
    assert sheet["G2"].data_type == "s"
    assert sheet["I2"].hyperlink.location == "'=1+1''表'!C37"


def test_more_than_a_cell_can_hold_is_cut() -> None:
    long = "𠮷" * 40_000
    sheets = opened(workbook(row(sentence=long, text=long)))
    value = sheets["数字"]["D2"].value
    assert value.endswith("…")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_a_lone_surrogate_does_not_stop_the_writing() -> None:
    assert opened(workbook(row(sentence="甲\ud800乙")))["数字"]["D2"].value == "甲乙"


def test_links_are_relative_from_where_the_trace_lies() -> None:
    sheet = opened(workbook(row()))["数字"]
    link = sheet["I2"].hyperlink
    assert (link.target, link.location) == ("../../报告/决算表.xlsx", "'公开01表'!C37")
    assert sheet["I2"].value == "公开01表!C37"


def test_links_with_signs_in_the_folder() -> None:
    links = Links(Path("/单位/out/内部"), [Path("/单位/2022 #1 50%25/决算表.xlsx")])
    sheet = opened(workbook(row(), links=links))["数字"]
    assert sheet["I2"].hyperlink.target == "../../2022%20%231%2050%2525/决算表.xlsx"


def test_a_link_to_another_drive_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(*_paths: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr("os.path.relpath", apart)
    links = Links(Path("/单位/out/内部"), [Path("/单位/报告/决算表.xlsx")])
    assert links.to(PLACE) == "external:file:///单位/报告/决算表.xlsx#'公开01表'!C37"
    sheet = opened(workbook(row(), links=links))["数字"]
    assert sheet["I2"].hyperlink.target == "file:///单位/报告/决算表.xlsx"


def test_a_path_too_long_for_a_link_stays_a_text() -> None:
    links = Links(Path("/o"), [Path("/" + "长" * 240 + ("/" + "长" * 240) * 4 + "/决算表.xlsx")])
    sheet = opened(workbook(row(), links=links))["数字"]
    assert sheet["I2"].hyperlink is None
    assert sheet["I2"].value == "公开01表!C37"


def test_two_sources_are_linked_and_the_rest_is_listed() -> None:
    places = [Place.cell("决算表.xlsx", "公开01表", f"C{n}") for n in range(1, 40)]
    many = Figure("和", Decimal(5), places=tuple(places))
    sheet = opened(workbook(row(figures=(many,))))["数字"]
    assert (sheet["I2"].hyperlink is not None, sheet["J2"].hyperlink is not None) == (True, True)
    listed = sheet["K2"].value.split("\n")
    assert listed[:2] == ["公开01表!C3", "公开01表!C4"]
    assert listed[-1] == "…共39格"


@pytest.mark.parametrize(
    ("value", "text", "cell", "number_format"),
    [
        ("62373182.64", "62,373,182.64元", 62373182.64, '#,##0.00"元"'),
        ("6144.366455", "6144.37元", 6144.366455, '#,##0.000000"元"'),
        ("0.855", "85.50%", 0.855, "0.00%"),
        ("7.00", "7.00元", 7, '#,##0.00"元"'),
        ("0", "0.00元", 0, '#,##0.00"元"'),
        ("12345678901234567.12", "x", "12345678901234567.12元", "@"),
    ],
)
def test_a_value_is_a_number_where_a_spreadsheet_keeps_every_digit(
    value: str, text: str, cell: object, number_format: str
) -> None:
    found = opened(workbook(row(text=text, value=value)))["数字"]["F2"]
    assert (found.value, found.number_format) == (cell, number_format)


def test_a_quotient_without_end_is_a_text_that_says_so() -> None:
    third = Decimal(1) / Decimal(3)
    found = opened(workbook(row(text="33.33%", value=str(third))))["数字"]["F2"]
    assert found.value == "33.333333333333333333…%"
    assert Exact(Decimal(200) / Decimal(3)).text == "66.666666666666666666…"


def test_findings_and_waivers_say_what_they_acted_on() -> None:
    found, waivers = Findings(), [Waiver("D501", "如此", Place.line("report.yaml", 9))]
    found.error("D501", PLACE, "不等。", "请核对。")
    found.warning("N102", Place("文字.md"), "缺。")
    waivers.append(Waiver("D999", "以前有", Place.line("report.yaml", 11)))
    judged = found.waived(waivers)
    sheets = opened(workbook(judged=judged, found=found, waivers=waivers))
    checks = [[cell.value for cell in cells] for cells in sheets["检查"].iter_rows(min_row=2)]
    assert checks == [
        [str(Severity.WARNING), "N102", "文字.md", "缺。", None],
        [str(Severity.NOTE), "D501", str(PLACE), "不等。（已豁免：如此）", None],
    ]
    assert sheets["检查"]["C3"].hyperlink.location == "'公开01表'!C37"
    waived = [[cell.value for cell in cells] for cells in sheets["豁免"].iter_rows(min_row=2)]
    assert waived == [
        ["D501", "如此", "report.yaml:9", str(PLACE), "不等。"],
        ["D999", "以前有", "report.yaml:11", "没有用到", None],
    ]


def test_inputs_have_their_digest_and_a_missing_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").write_bytes(b"abc")
    sources = [Source.of(tmp_path / "甲.xlsx"), Source.of(tmp_path / "乙.xlsx")]
    sheet = opened(workbook(sources=sources))["输入文件"]
    assert [cell.value for cell in sheet[2]] == [
        "甲.xlsx",
        3,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ]
    assert [cell.value for cell in sheet[3]] == ["乙.xlsx", None, "没有这个文件"]


def test_every_sheet_is_ready_to_be_printed() -> None:
    book = opened(workbook(row()))
    assert book.sheetnames == ["数字", "检查", "豁免", "输入文件"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
        assert sheet.print_title_rows == "$1:$1"
        footer: Any = sheet.oddFooter
        assert footer.center.text == "第 &P 页，共 &N 页"
    assert book.properties.creator in (None, "")


def test_the_same_input_gives_the_same_bytes() -> None:
    first = workbook(row(), row(name="乙"))
    assert first == workbook(row(), row(name="乙"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}


def test_a_note_says_number_formula_cells_and_rounding() -> None:
    moved = read("乙", "8") - read("甲", place=Place.cell("书.xlsx", "表", "D2"))
    assert isinstance(moved, Figure)
    made = Citation(1, "3元", (), "增减", (Number("3元", Decimal(3), moved, "四舍五入到1元"),))
    assert note(made) == ("3元：乙 - 甲\n决算表.xlsx[公开01表]!C37 - 书.xlsx[表]!D2\n四舍五入到1元")
