"""The trace of a run and its 检查结果.xlsx: every number of every form, every finding."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl

from reportgen.findings import Place
from reportgen.language import Citation, Number
from reportgen.model import Figure, Kind
from reportgen.outputs.run_findings import FINDINGS, finding_blocks, write_run_results
from reportgen.outputs.run_trace import trace_block, write_run_trace
from reportgen.outputs.trace import Source

SCALE = Decimal(10_000)


def read(name: str, value: str, address: str, kind: Kind = Kind.AMOUNT) -> Figure:
    place = Place.cell("项目.xlsx", "资金", address)
    scale = SCALE if kind is Kind.AMOUNT else Decimal(1)
    return Figure(name, Decimal(value), kind, places=(place,), formula=str(place), scale=scale)


def cited(text: str, figure: Figure, rounding: str = "未舍入") -> Citation:
    number = Number(text, figure.value, figure, rounding)
    return Citation(1, text, (figure,), "金额", (number,))


def opened(*blocks: bytes, **changes: object) -> openpyxl.Workbook:
    file = io.BytesIO()
    write_run_trace(file, "某批", blocks, [Source("项目.xlsx", "ab", 3), Source("版本", "1")], [])
    return openpyxl.load_workbook(file)


def values(book: openpyxl.Workbook, sheet: str) -> list[list[object]]:
    return [list(line) for line in book[sheet].iter_rows(min_row=2, values_only=True)]


def test_a_row_for_every_number() -> None:
    spent, budget = read("全年执行数", "975000", "G2"), read("全年预算数", "1000000", "F2")
    rate = spent / budget
    assert isinstance(rate, Figure)
    mark = read("分值", "9", "H7", Kind.SCORE)
    same = Citation(4, "与预算持平", (spent, budget), "持平")
    count = Figure("个数", Decimal(3), Kind.COUNT)
    citations = [cited("97.5", spent), cited("97.50%", rate, "四舍五入到0.01%"), cited("9", mark)]
    book = opened(trace_block(7, "甲&乙", "7-甲_乙.docx", [*citations, same, cited("3", count)]))
    head = [7, "甲&乙", "7-甲_乙.docx"]
    cells = "项目.xlsx[资金]!G2 * 10000"
    whole = "项目.xlsx[资金]!F2 * 10000"
    assert values(book, "数字") == [
        [*head, "全年执行数", "97.5", 975000, "全年执行数", cells, "资金!G2", "未舍入"],
        [
            *[*head, "全年执行数/全年预算数", "97.50%", 0.975, "全年执行数 / 全年预算数"],
            *[f"{cells} / ({whole})", "资金!G2、F2", "四舍五入到0.01%"],
        ],
        [*head, "分值", "9", 9, "分值", "项目.xlsx[资金]!H7", "资金!H7", "未舍入"],
        [
            *[*head, "全年执行数、全年预算数", "与预算持平", None, "全年执行数、全年预算数"],
            *[f"{cells}\n{whole}", "资金!G2、F2", "没有数字，按这些数判断"],
        ],
        [*head, "个数", "3", 3, "个数", "没有单元格：由模板清点", None, "未舍入"],
    ]
    assert values(book, "输入文件") == [["项目.xlsx", 3, "ab"], ["版本", None, "1"]]
    formats = [book["数字"].cell(n, 6).number_format for n in (2, 3, 4)]
    assert formats == ['#,##0.00"元"', "0.00%", "0"]


def test_blocks_stand_in_their_order() -> None:
    blocks = [trace_block(n, f"项目{n}", "", [cited("1", read("甲", "1", "A1"))]) for n in (1, 2)]
    assert [line[1] for line in values(opened(*blocks), "数字")] == ["项目1", "项目2"]
    assert values(opened(trace_block(1, "空", "", [])), "数字") == []


def test_odd_names_stay_texts() -> None:
    odd = "=cmd|' /C'!A0&<>_x000D_\ud800\x0b😀" + "长" * 33_000
    figure = read(odd, "1", "A1")
    [line] = values(opened(trace_block(1, odd, odd, [cited(odd, figure, odd)])), "数字")
    assert all(str(line[n]).startswith("=cmd|' /C'!A0&<>_x005F_x000D_😀长") for n in (1, 2, 3, 4))


def test_long_rows_are_high_enough_to_be_read() -> None:
    short, long = read("分值", "1", "A1"), read("很长的名称" * 20, "1", "A1")
    book = opened(trace_block(1, "甲", "", [cited("1", short), cited("1", long)]))
    heights = [book["数字"].row_dimensions[n].height for n in (2, 3)]
    assert heights[0] == 15
    assert heights[1] >= 10 * 15


def test_findings_of_a_run_by_project() -> None:
    record = {"项目": "甲", "代码": "D601", "级别": "错误", "位置": "项目.xlsx[指标]!H2"}
    told = {**record, "说明": "=1+1\n分值合计95。", "处理": "请核对。", "豁免理由": ""}
    file = io.BytesIO()
    blocks = finding_blocks(dict(told, 代码=f"D{n}") for n in range(1200))
    write_run_results(file, "某批 检查结果", blocks)
    book = openpyxl.load_workbook(file)
    assert [cell.value for cell in book["检查结果"][1]] == [name for name, _ in FINDINGS]
    found = values(book, "检查结果")
    assert len(found) == 1200
    assert found[1199] == [
        *["甲", "D1199", "错误", "项目.xlsx[指标]!H2", "=1+1 分值合计95。", "请核对。", None]
    ]
    assert book["检查结果"]["E2"].data_type == "s"


def test_what_a_record_lacks_is_blank() -> None:
    file = io.BytesIO()
    write_run_results(file, "某批", finding_blocks([{"说明": "没有项目"}]))
    assert values(openpyxl.load_workbook(file), "检查结果")[0][4] == "没有项目"


def test_cells_of_one_sheet_are_told_in_short() -> None:
    def spot(address: str, sheet: str = "指标", file: str = "项目.xlsx") -> Place:
        return Place.cell(file, sheet, address)

    many = [
        (spot("C2"), spot("D2")),
        (spot("C2"), spot("D2", "资金"), spot("E2", "资金")),
        (spot("C2"), spot("C2", file="别的.xlsx")),
        (spot("C2", "指标&<"), spot("D2", "指标&<")),
        (spot("?"), spot("")),
        tuple(spot(f"C{n}") for n in range(2, 32)),
    ]
    figures = [Figure("得分", Decimal(9), Kind.SCORE, places=places) for places in many]
    book = opened(trace_block(1, "甲", "", [cited("9", figure) for figure in figures]))
    rows = values(book, "数字")
    assert [line[7] for line in rows[:5]] == [
        "项目.xlsx[指标]!C2、D2",
        "项目.xlsx[指标]!C2、项目.xlsx[资金]!D2、E2",
        "项目.xlsx[指标]!C2、别的.xlsx[指标]!C2",
        "项目.xlsx[指标&<]!C2、D2",
        "项目.xlsx[指标]!?、项目.xlsx[指标]",
    ]
    assert [line[8] for line in rows[:5]] == [
        "指标!C2、D2",
        "指标!C2、资金!D2、E2",
        "指标!C2、指标!C2",
        "指标&<!C2、D2",
        "指标!?、项目.xlsx[指标]",
    ]
    assert str(rows[5][8]).endswith("、C20、C21…共30格")
    assert [book["数字"].row_dimensions[n].height for n in (2, 7)] == [15, 75]


def test_a_file_named_like_an_address() -> None:
    figure = Figure(
        "得分", Decimal(9), Kind.SCORE, places=(Place.cell("XFD1048576.xlsx", "表", "A1"),)
    )
    [line] = values(opened(trace_block(1, "甲", "", [cited("9", figure)])), "数字")
    assert line[7:9] == ["XFD1048576.xlsx[表]!A1", "表!A1"]
