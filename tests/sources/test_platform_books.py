"""Books of the platform in its own layout (财决): read as published tables of the same title."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import Figure, Profile, Row, Table
from reportgen.sources.tables import read_tables

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022" / "决算表.xlsx"
BUDGETS = ("年初预算数", "全年预算数")
TOP = (("编制单位：晋城市人力资源和社会保障局", "", "2022年度", "", "金额单位：元"),)


@pytest.fixture(scope="module")
def known() -> Mapping[str, Profile]:
    bundle = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert bundle is not None
    return {profile.name: profile for profile in bundle.profiles}


@pytest.fixture(scope="module")
def usual(known: Mapping[str, Profile]) -> Mapping[str, Table]:
    return read_tables([EXAMPLE], known.values(), Findings())


def shown(row: Row) -> list[object]:
    """The row's figures, 0 as platforms write it for what cannot be: —."""
    cells = [cell for cell in row.cells.values() if isinstance(cell, Figure)]
    return [cell.value or "—" for cell in cells]


def side(table: Table, name: str, wide: int) -> list[list[object]]:
    """A block with its own line numbers, and budgets that nobody may take for final accounts."""
    rows = [row for row in table.rows if row.block.name == name]
    return [
        [row.label, number, *[Decimal(1)] * 2 * wide, *shown(row)]
        for number, row in enumerate(rows, start=101)
    ]


def write(sheet: Worksheet, heads: list[list[object]], *sides: list[list[object]]) -> None:
    """Title, number of the form, owner and unit; heads in rows 4 to 6; data from row 7."""
    sheet.append([sheet.title.split()[-1].split("(")[0]])
    sheet.append(["", "", "", "", sheet.title.split("(")[-1].removesuffix(")")])
    sheet.append(list(TOP[0]))
    for head in heads:
        sheet.append(head)
    for number in range(max(map(len, sides))):
        line: list[object] = []
        for one in sides:
            line += one[number] if number < len(one) else [None] * len(one[0])
        sheet.append(line)


def by_nature() -> list[list[object]]:
    """The third side, which the published table lacks: its amounts stay there."""
    names = ("一、基本支出", "人员经费", "公用经费", "二、项目支出", "本年支出合计")
    return [[name, number, 7, 8, 9] for number, name in enumerate(names, start=201)]


def platform_book(path: Path, usual: Mapping[str, Table], *, titled: bool = True) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Z01 收入支出决算总表(财决01表)"
    item = ["行次", *BUDGETS, "决算数"]
    write(
        first,
        [
            ["收入", *[None] * 4, "支出", *[None] * 9],
            ["项目", *item, "项目(按功能分类)", *item, "项目(按支出性质和经济分类)", *item],
            ["栏次", None, 1, 2, 3, "栏次", None, 4, 5, 6, "栏次", None, 7, 8, 9],
        ],
        side(usual["表01"], "收入", 1),
        side(usual["表01"], "支出", 1),
        by_nature(),
    )
    first.merge_cells("A4:E4")
    first.merge_cells("F4:O4")
    second = book.create_sheet("Z01_1 财政拨款收入支出决算总表(财决01-1表)")
    funds = ["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
    over = [cell for head in (*BUDGETS, "决算数") for cell in (head, None, None, None)]
    write(
        second,
        [
            ["收入", *[None] * 4, "支出", *[None] * 13],
            ["项目", *item, "项目(按功能分类)", "行次", *over],
            [*[None] * 7, *funds * 3],
        ],
        side(usual["表04"], "收入", 1),
        side(usual["表04"], "支出", 4),
    )
    for area in ("A4:E4", "F4:S4", "H5:K5", "L5:O5", "P5:S5"):
        second.merge_cells(area)
    if not titled:
        first["A1"] = second["A1"] = None
    book.create_sheet("Z12 资产负债简表(财决12表)").append(["资产负债简表"])
    book.save(path)
    return path


def values(table: Table) -> dict[tuple[str, str], Decimal]:
    return {
        (row.key, key): cell.value
        for row in table.rows
        for key, cell in row.cells.items()
        if isinstance(cell, Figure) and cell.value
    }


@pytest.mark.parametrize("titled", [True, False])
def test_the_platforms_books_give_the_same_figures(
    tmp_path: Path, known: Mapping[str, Profile], usual: Mapping[str, Table], titled: bool
) -> None:
    path = platform_book(tmp_path / "财决.xlsx", usual, titled=titled)
    findings = Findings()
    wanted = [known["表01"], known["表04"]]
    tables = read_tables([path], wanted, findings)
    assert [str(finding) for finding in findings] == []
    for name in ("表01", "表04"):
        assert values(tables[name]) == values(usual[name])
        assert len(values(tables[name])) > 10
    assert tables["表01"].owner == "晋城市人力资源和社会保障局"
    figure = tables["表01"].row("1").first
    assert isinstance(figure, Figure)
    assert str(figure.places[0]) == "财决.xlsx[Z01 收入支出决算总表(财决01表)]!E7"


def test_the_platforms_book_beside_the_published_tables(
    tmp_path: Path, known: Mapping[str, Profile], usual: Mapping[str, Table]
) -> None:
    """A table that both hold is told with both places; of the two the first is read."""
    path = platform_book(tmp_path / "财决.xlsx", usual)
    findings = Findings()
    read_tables([EXAMPLE, path], known.values(), findings)
    assert [f"{f.place} {f.code}" for f in findings] == [
        "财决.xlsx[Z01 收入支出决算总表(财决01表)]!A1 D118",
        "财决.xlsx[Z01_1 财政拨款收入支出决算总表(财决01-1表)]!A1 D118",
    ]
    assert all("在 决算表.xlsx[公开0" in finding.message for finding in findings)
