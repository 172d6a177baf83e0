"""Tables and lists that were once read wrongly without a word, each with what is now said."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from reportgen.findings import Findings
from reportgen.model import Absent, Figure, Kind, Profile
from reportgen.sources.cells import Cell, Content, Sheet
from reportgen.sources.entry import Entry
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.lines import unit_name
from reportgen.sources.lists import read_list
from reportgen.sources.projects import read_projects
from reportgen.sources.reasons import read_reasons
from reportgen.sources.supplement import Supplement, read_supplement
from reportgen.sources.tables import read_tables
from reportgen.sources.texts import read_texts
from reportgen.sources.workbook import read_workbook
from tests.sources.test_layouts_read import EXAMPLE, profiles, values

Book = openpyxl.Workbook
Change = Callable[[Book], object]
FILE = "决算表.xlsx"


@pytest.fixture(scope="module")
def known() -> tuple[Profile, ...]:
    return profiles()


@pytest.fixture(scope="module")
def usual(known: tuple[Profile, ...]) -> dict[tuple[str, str, str], Decimal]:
    return values(read_tables([EXAMPLE], known, Findings()))


class Read:
    def __init__(self, known: tuple[Profile, ...], folder: Path, change: Change) -> None:
        book = openpyxl.load_workbook(EXAMPLE)
        change(book)
        book.save(folder / FILE)
        self.findings = Findings()
        self.tables = read_tables([folder / FILE], known, self.findings)
        self.told = [f"{f.place} {f.code}" for f in self.findings]
        self.values = values(self.tables)


def put(sheet: str, **contents: str | int | None) -> Change:
    def change(book: Book) -> None:
        for address, content in contents.items():
            book[sheet][address].value = content

    return change


def unmerged(sheet: str, *areas: str) -> Change:
    def change(book: Book) -> None:
        for area in areas or [str(area) for area in book[sheet].merged_cells.ranges]:
            book[sheet].unmerge_cells(area)

    return change


def both(*changes: Change) -> Change:
    return lambda book: [change(book) for change in changes]


@pytest.mark.parametrize(
    ("sheet", "heads", "spot", "lost"),
    [
        ("公开05表", {"C4": "上年支出"}, "C4", ("表05", "合计", "本年支出/小计")),
        ("公开05表", {"A4": "科目", "C4": "上年支出"}, "C4", ("表05", "合计", "本年支出/项目支出")),
        ("公开07表", {"A4": "上年决算数"}, "A4", ("表07", "1", "预算数/合计")),
        ("公开07表", {"A4": "上年预算数", "G4": "上年决算数"}, "A4", ("表07", "1", "决算数/合计")),
        ("公开01表", {"A4": "上年收入", "D4": "上年支出"}, "A4", ("表01", "1", "收入/决算数")),
        ("公开06表", {"E4": "上年公用经费"}, "E4", ("表06", "302", "公用经费/金额")),
    ],
)
def test_another_year_s_heads(
    known: tuple[Profile, ...],
    usual: dict[tuple[str, str, str], Decimal],
    tmp_path: Path,
    sheet: str,
    heads: dict[str, str],
    spot: str,
    lost: tuple[str, str, str],
) -> None:
    read = Read(known, tmp_path, put(sheet, **heads))
    assert f"{FILE}[{sheet}]!{spot} D104" in read.told
    assert any(heads[spot] in finding.message for finding in read.findings)
    assert lost in usual
    assert lost not in read.values


def _without_row(sheet: str, row: int) -> Change:
    def change(book: Book) -> None:
        for area in list(book[sheet].merged_cells.ranges):
            book[sheet].unmerge_cells(str(area))
        book[sheet].delete_rows(row)

    return change


@pytest.mark.parametrize("sheet", ["公开01表", "公开04表", "公开05表", "公开06表", "公开09表"])
def test_a_sheet_without_the_upper_row_of_heads(
    known: tuple[Profile, ...],
    usual: dict[tuple[str, str, str], Decimal],
    tmp_path: Path,
    sheet: str,
) -> None:
    read = Read(known, tmp_path, _without_row(sheet, 4))
    assert (read.told, read.values) == ([], usual)


@pytest.mark.parametrize(
    ("change", "table"),
    [
        (put("公开03表", A5="编号"), "表03"),
        (put("公开03表", B5="名目"), "表03"),
        (put("公开03表", A5=None), "表03"),
        (put("公开01表", A5="名目", D5="名目"), "表01"),
        (put("公开06表", A5="编号"), "表06"),
        (put("公开10表", A5="名目"), "表10"),
    ],
)
def test_a_key_column_that_is_not_there(
    known: tuple[Profile, ...], tmp_path: Path, change: Change, table: str
) -> None:
    read = Read(known, tmp_path, change)
    assert {line.rsplit(maxsplit=1)[-1] for line in read.told} == {"D104"}
    assert table not in read.tables


def test_line_numbers_that_are_not_there(known: tuple[Profile, ...], tmp_path: Path) -> None:
    read = Read(known, tmp_path, put("公开01表", B5="行号", E5="行号"))
    assert {line.rsplit(maxsplit=1)[-1] for line in read.told} == {"D104"}
    assert ("表01", "31", "收入/决算数") in read.values


def _second_row(book: Book) -> None:
    sheet = book["公开07表"]
    sheet.unmerge_cells("A9:L9")
    sheet.insert_rows(9)
    sheet["G9"] = 500


@pytest.mark.parametrize(
    ("change", "spot"),
    [
        (put("公开01表", A15="八、其他收入", C15=500), f"{FILE}[公开01表]!A15"),
        (put("公开01表", A15="八、其他收入", B15=9, C15=0), f"{FILE}[公开01表]!A15"),
        (put("公开04表", A10="总计", C10=3), f"{FILE}[公开04表]!A10"),
        (_second_row, f"{FILE}[公开07表]!G9"),
    ],
)
def test_a_second_row(
    known: tuple[Profile, ...],
    usual: dict[tuple[str, str, str], Decimal],
    tmp_path: Path,
    change: Change,
    spot: str,
) -> None:
    read = Read(known, tmp_path, change)
    assert (read.told, read.values) == ([f"{spot} D107"], usual)


def _contents(book: Book) -> None:
    sheet = book.create_sheet("目录", 0)
    for number, title in enumerate(["收入决算表", "支出决算表", "公开05表"], start=1):
        sheet.append([number, title])


def _continued(book: Book) -> None:
    sheet = book["公开03表"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    sheet.insert_rows(15, 3)
    sheet["A15"], sheet["A16"], sheet["H17"] = "支出决算表（续）", "公开03表", "金额单位：元"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(put("公开03表", A3="编制单位：某局"), id="编制单位"),
        pytest.param(put("公开03表", A3="单位：晋城市人力资源和社会保障局"), id="单位"),
        pytest.param(put("公开03表", A3="编制单位：某局 金额单位：元", H3=None), id="one cell"),
        pytest.param(put("公开03表", H3="金额单位：人民币元"), id="人民币元"),
        pytest.param(put("公开03表", H3="单位：元（保留两位小数）"), id="two decimals"),
        pytest.param(put("公开03表", H3="（单位：元）"), id="brackets"),
        pytest.param(put("公开05表", A4="科目"), id="another head over the margin"),
        pytest.param(put("公开08表", A8="本表无数据"), id="no data"),
        pytest.param(
            both(unmerged("公开08表"), put("公开08表", A8="本表无数据。", H8="公开08表")),
            id="no data and label",
        ),
        pytest.param(_contents, id="contents"),
        pytest.param(put("公开05表", E2="公开０５表", A1=None), id="full-width label"),
        pytest.param(put("公开06表", A7="３０１０１"), id="full-width code"),
        pytest.param(put("公开01表", B7="１"), id="full-width number"),
        pytest.param(_continued, id="continued"),
    ],
)
def test_what_is_understood(
    known: tuple[Profile, ...],
    usual: dict[tuple[str, str, str], Decimal],
    tmp_path: Path,
    change: Change,
) -> None:
    read = Read(known, tmp_path, change)
    assert (read.told, read.values) == ([], usual)


def test_a_row_that_speaks_of_a_unit_is_data(known: tuple[Profile, ...], tmp_path: Path) -> None:
    read = Read(known, tmp_path, put("公开01表", A15="九、单位：其他", C15=100))
    assert read.told == [f"{FILE}[公开01表]!A15 D105"]


def test_a_unit_below_the_heads_is_none(known: tuple[Profile, ...], tmp_path: Path) -> None:
    read = Read(known, tmp_path, put("公开03表", H3=None, A29="金额单位：万元"))
    assert f"{FILE}[公开03表] D111" in read.told


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("金额单位：人民币元", "元"),
        ("货币单位:万元", "万元"),
        ("单位：万元（保留两位小数）", "万元"),
        ("编制单位：某局", ""),
        ("预算单位：元宝局", ""),
        ("金额单位：美元", "美元"),
        ("单位：万", "万"),
        ("单位：某局", ""),
        ("单 位：元、辆", "元"),
    ],
)
def test_the_line_of_the_unit(text: str, name: str) -> None:
    assert unit_name(text) == name


def test_cells_of_rows_that_are_not_there(known: tuple[Profile, ...], tmp_path: Path) -> None:
    change = both(
        unmerged("公开05表", "A7:B7"),
        put("公开05表", A7=None, B7=None, C7=None, D7=None, E7=None),
        put("公开06表", A10=None, B10=None, C10=None, D10=None),
        put("公开07表", A8=None, C8=None, E8=None, F8=None, G8=None, I8=None, K8=None, L8=None),
    )
    read = Read(known, tmp_path, change)
    assert read.told == []
    for table, row, column in (
        ("表05", "合计", "小计"),
        ("表06", "30106", "人员经费/金额"),
        ("表07", "1", "决算数/合计"),
    ):
        figure = read.tables[table].row(row)[column]
        assert isinstance(figure, Figure)
        assert figure.value == 0
        assert str(figure.places[0]) == f"{FILE}[公开{table[1:]}表]"


# Cells ------------------------------------------------------------------------------------


def figure(content: Content, unit: Unit, shown: str = "") -> tuple[object, list[str]]:
    findings = Findings()
    one = Cell(12, 3, content, format=shown)
    sheet = Sheet("a.xlsx", "表", {(12, 3): one}, (), 12, 3)
    return read_figure(sheet, one, "数", unit, findings), [f.code for f in findings]


AMOUNT, COUNT, RATIO = Unit(), Unit("辆", Kind.COUNT), Unit("%", Kind.RATIO)


@pytest.mark.parametrize(
    "content", ["9" * 40, "9" * 100 + ".99", "9" * 40 + "%", "(" + "9" * 40 + ")", Decimal("1e300")]
)
@pytest.mark.parametrize("unit", [AMOUNT, COUNT, RATIO, Unit("万元")])
def test_a_number_that_is_too_long(content: Content, unit: Unit) -> None:
    value, codes = figure(content, unit)
    assert isinstance(value, Absent)
    assert codes == ["D108"]


@pytest.mark.parametrize(
    ("content", "shown", "unit", "code"),
    [
        ("85%", "", AMOUNT, "D108"),
        ("85％", "", COUNT, "D108"),
        (Decimal("0.85"), "0%", AMOUNT, "D108"),
        (Decimal("0.85"), "0.00%", COUNT, "D108"),
        ("85%", "", RATIO, ""),
        (Decimal("0.85"), "0.00%", RATIO, ""),
        (Decimal("0.85"), '0.00"%"', AMOUNT, ""),
    ],
)
def test_percentages(content: Content, shown: str, unit: Unit, code: str) -> None:
    value, codes = figure(content, unit, shown)
    assert codes == ([code] if code else [])
    assert isinstance(value, Absent if code else Figure)
    if isinstance(value, Figure):
        assert value.value == Decimal("0.85")


def test_cells_as_texts(tmp_path: Path) -> None:
    rows = [
        (0.85, "0.00%", "85%"),
        (0.85, "0%", "85%"),
        (0.8567, "0%", "85.67%"),
        (0.1 + 0.2, "0%", "30%"),
        (1, "0%", "100%"),
        (True, "General", "是"),
        (False, "General", "否"),
        (1e16, "General", "10000000000000000"),
        (1e-7, "General", "0.0000001"),
        (0.5, "0.0", "0.5"),
    ]
    book = Book()
    sheet = book.active
    assert sheet is not None
    sheet.append(["完成情况"])
    for number, (value, shown, _) in enumerate(rows, start=2):
        sheet.cell(number, 1, value).number_format = shown
    book.save(tmp_path / "a.xlsx")
    findings = Findings()
    (read,) = read_workbook(tmp_path / "a.xlsx", findings)
    records = read_list(read, ("完成情况",), findings)
    assert [record.text("完成情况") for record in records] == [text for _, _, text in rows]


# Lists and texts --------------------------------------------------------------------------


def save(path: Path, **sheets: list[list[object]]) -> Path:
    book = Book()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("sheet", "rows", "spot"),
    [
        ("上年数", [["表", "行", "上年数"], ["", "收入总计", 5], ["", "收入总计", 7]], "C3"),
        ("上年数", [["表", "行", "上年数"], ["表05", "208", 5], ["表０５", "２０８", None]], "C3"),
        ("年初预算", [["科目编码", "年初预算数"], ["208", 5], ["208", 5]], "B3"),
        ("用途", [["表", "行", "用途"], ["表05", "208", "甲"], ["表05", "208", "乙"]], "C3"),
        ("用途 ", [["表", "行", "用途"], ["表05", "208", "甲"], ["表05", "208", "乙"]], "C3"),
        ("机构运行", [["项目", "统计数"], ["车", 5], ["车", 7]], "B3"),
        ("机构运行", [["项目", "统计数", "金额"], ["车", 5, None], ["车", None, 7]], "C3"),
    ],
)
def test_the_same_twice(tmp_path: Path, sheet: str, rows: list[list[object]], spot: str) -> None:
    path = save(tmp_path / "补充数据.xlsx", **{sheet: rows})
    findings = Findings()
    supplement = read_supplement([path], {"机构运行": Entry("名值", {"车": "辆"})}, findings)
    assert [f"{f.place} {f.code}" for f in findings] == [f"补充数据.xlsx[{sheet}]!{spot} D107"]
    kept = len(supplement.relations) + len(supplement.texts)
    assert kept == (0 if sheet == "机构运行" else 1)
    car = supplement.values["机构运行"]["车"]
    assert isinstance(car, Figure if sheet == "机构运行" else Absent)


def test_a_line_that_was_left_blank_does_not_stand_for_a_later_one(tmp_path: Path) -> None:
    rows: list[list[object]] = [["行", "上年数"], ["收入总计", None], ["收入总计", 7]]
    findings = Findings()
    read = read_supplement([save(tmp_path / "补充数据.xlsx", 上年数=rows)], {}, findings)
    assert [str(finding) for finding in findings] == []
    assert [figure.value for _, _, figure in read.relations] == [7]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param([["行", "上年数", "上年数"], ["收入总计", 5, 7]], ["!C1 D104"], id="filled"),
        pytest.param([["行", "上年数", "上年数"], ["收入总计", 5]], [], id="nothing below"),
        pytest.param([["行", "上年数", "上年 数"], ["收入总计", 5, "a"]], ["!C1 D104"], id="blank"),
    ],
)
def test_a_head_that_stands_twice(
    tmp_path: Path, rows: list[list[object]], told: list[str]
) -> None:
    """What is written below the second one would be lost without a word."""
    findings = Findings()
    read = read_supplement([save(tmp_path / "补充数据.xlsx", 上年数=rows)], {}, findings)
    assert [f"{f.place} {f.code}" for f in findings] == [f"补充数据.xlsx[上年数]{t}" for t in told]
    assert all("补充数据.xlsx[上年数]!B1 已经有了" in finding.message for finding in findings)
    assert [figure.value for _, _, figure in read.relations] == [5]


def test_a_name_with_two_values(tmp_path: Path) -> None:
    rows: list[list[object]] = [["项目", "统计数", "金额"], ["车", 5, 7]]
    findings = Findings()
    path = save(tmp_path / "补充数据.xlsx", 机构运行=rows)
    read = read_supplement([path], {"机构运行": Entry("名值", {"车": "辆"})}, findings)
    assert [str(finding) for finding in findings] == [
        "补充数据.xlsx[机构运行]!C2: D107 “车”的“统计数”已经填了，“金额”没有读。请只填一栏。"
    ]
    car = read.values["机构运行"]["车"]
    assert isinstance(car, Figure)
    assert car.value == 5


def test_two_reasons_for_one_figure(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["项目", "基准", "原因"],
        ["收入总计", "上年", "甲"],
        ["收入总计", "年初预算", "乙"],
        ["收入总计", "上年", None],
        ["收入总计", "上年", "丙"],
    ]
    path = save(tmp_path / "原因.xlsx", 原因=rows)
    supplement, findings = Supplement(), Findings()
    read_reasons(path, supplement, findings)
    assert [f"{f.place} {f.code}" for f in findings] == ["原因.xlsx[原因]!C5 D107"]
    assert [text for _, _, text, _ in supplement.texts] == ["甲", "乙"]


def test_each_row_has_its_own_column_of_values(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["项目", "统计数", "金额", "数额"],
        ["车", 5, None, None],
        ["合同", None, 7, None],
        ["设备", None, None, 9],
    ]
    path = save(tmp_path / "补充数据.xlsx", 机构运行=rows)
    entry = Entry("名值", {"车": "辆", "合同": "元", "设备": "台"})
    findings = Findings()
    found = read_supplement([path], {"机构运行": entry}, findings).values["机构运行"]
    assert not findings.has_errors
    read = [value.value for value in found.values() if isinstance(value, Figure)]
    assert read == [5, 7, 9]


def test_a_known_column_that_projects_lack_is_empty(tmp_path: Path) -> None:
    path = save(
        tmp_path / "项目.xlsx",
        项目=[["项目名称", "级次"], ["甲", "一级"]],
        资金=[["项目名称", "资金来源"]],
        指标=[["项目名称", "三级指标"], ["甲", "人数"]],
    )
    (project,) = read_projects([path], Findings())
    assert project.fields["年度目标"] is None
    assert project.indicators[0]["评分方法"] is None
    assert list(project.fields)[:2] == ["项目名称", "级次"]


def test_headings_are_cleaned(tmp_path: Path) -> None:
    path = tmp_path / "文字.md"
    path.write_text("# 职\ue000责\n\n## 一\x0b、甲\n文\x1f字\n", encoding="utf-8")
    findings = Findings()
    texts = read_texts(path, findings)
    assert [(t.name, [p.name for p in t.parts]) for t in texts.values()] == [("职责", ["一、甲"])]
    assert [f"{f.place} {f.code}" for f in findings] == [
        "文字.md:1 D114",
        "文字.md:3 D114",
        "文字.md:4 D114",
    ]
