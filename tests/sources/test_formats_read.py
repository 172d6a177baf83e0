"""The same cells from .xlsx, .xls and .csv: values, formats, error values and addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import Figure, Profile
from reportgen.sources.cells import Sheet
from reportgen.sources.figures import Unit, read_figure
from reportgen.sources.lists import named_lists
from reportgen.sources.separated import delimiter_of
from reportgen.sources.supplement import read_supplement
from reportgen.sources.tables import read_tables
from reportgen.sources.workbook import read_workbook

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022" / "决算表.xlsx"
XLS = ROOT / "tests" / "data" / "xls"
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "utf-16")


def profiles() -> tuple[Profile, ...]:
    bundle = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert bundle is not None
    return bundle.profiles


def values(paths: Sequence[Path]) -> dict[tuple[str, str, str], tuple[Decimal, str]]:
    findings = Findings()
    tables = read_tables(paths, profiles(), findings)
    assert [str(finding) for finding in findings] == []
    return {
        (name, row.key, key): (cell.value, cell.places[0].address)
        for name, table in tables.items()
        for row in table.rows
        for key, cell in row.cells.items()
        if isinstance(cell, Figure) and cell.places[0].address
    }


def sheet(path: Path) -> Sheet:
    (found,) = read_workbook(path, Findings())
    return found


def test_a_workbook_of_excel_97_gives_the_same_figures_at_the_same_cells() -> None:
    assert values([XLS / "决算表.xls"]) == values([EXAMPLE])


def test_cells_of_excel_97() -> None:
    findings = Findings()
    seen, empty = read_workbook(XLS / "各种格.xls", findings)
    assert (seen.name, empty.name, empty.rows) == ("公开03表", "空", 0)
    assert seen.merged == ((1, 1, 1, 3),)
    texts = {(cell.row, cell.column): cell.text for cell in seen.filled()}
    assert texts == {
        (1, 1): "标题",
        (2, 1): "85%",
        (2, 2): "62298177.64",
        (2, 3): "#DIV/0!",
        (3, 1): "2022-01-02",
        (3, 2): "是",
        (3, 3): "124596355.28",
        (4, 1): "ab",
        (4, 2): "208",
        (4, 3): "中\n文",
    }
    assert seen.at(2, 2).content == Decimal("62298177.64")
    assert seen.at(2, 3).fault == "D109"
    assert str(seen.place(seen.at(2, 3))) == "各种格.xls[公开03表]!C2"
    assert [finding.code for finding in findings] == ["D114"]


def text_of(path: Path, name: str, delimiter: str = ",") -> str:
    """A sheet of the example as Excel saves it: every row with all its columns."""
    rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["" if value is None else value for value in row] for row in rows])
    return out.getvalue()


def test_a_code_that_a_formula_gives_is_a_whole_number() -> None:
    findings = Findings()
    supplement = read_supplement([XLS / "算出的编码.xls"], {}, findings)
    found = [(address.row, figure.value) for address, _, figure in supplement.relations]
    assert [str(finding) for finding in findings] == []
    assert found == [("2080101", Decimal("2.5")), ("208", Decimal(5))]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_table_in_a_text_file(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "支出.csv"
    path.write_bytes(text_of(EXAMPLE, "公开03表", delimiter).encode(encoding))
    (profile,) = (profile for profile in profiles() if profile.name == "表03")
    findings = Findings()
    row = read_tables([path], [profile], findings)["表03"].row("2080101")
    assert [str(finding) for finding in findings] == []
    figure = row["本年支出合计"]
    assert isinstance(figure, Figure)
    assert (figure.value, str(figure.places[0])) == (Decimal("7518127.01"), "支出.csv!C10")


def test_all_tables_as_text_files_one_each_or_all_in_one(tmp_path: Path) -> None:
    names = openpyxl.load_workbook(EXAMPLE).sheetnames
    texts = [text_of(EXAMPLE, name) for name in names]
    paths = [tmp_path / f"{number}.csv" for number in range(len(names))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    expected = values([EXAMPLE])
    assert values(paths) == expected
    one = tmp_path / "全部.csv"
    one.write_text("\r\n\r\n".join(texts), encoding="gb18030")
    found = values([one])
    assert {key: value for key, (value, _) in found.items()} == {
        key: value for key, (value, _) in expected.items()
    }


def test_what_exports_write_to_keep_a_code_a_text(tmp_path: Path) -> None:
    path = tmp_path / "甲.csv"
    path.write_text('编码,数\n="0208",#DIV/0!\n"a ""b"" c",\n甲,=A1+B1\n', encoding="utf-8")
    read = sheet(path)
    assert read.at(2, 1).text == "0208"
    assert (read.at(2, 2).fault, str(read.place(read.at(2, 2)))) == ("D109", "甲.csv!B2")
    assert read.at(3, 1).text == 'a "b" c'
    assert read.at(4, 2).fault == "D110"
    assert str(read.spot) == "甲.csv"


def test_rows_of_a_text_file_that_are_shorter_than_the_heads(tmp_path: Path) -> None:
    """Titles, notes and rows without their last cells; numbers as people type them."""
    path = tmp_path / "上年数.csv"
    text = '上年数\n表,行,列,上年数,单位\n,收入总计,,"１，２３４．５０",,,\n,支出总计,,"1,234.5"\n'
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    read = read_supplement([path], {}, findings)
    assert [str(finding) for finding in findings] == []
    assert [(str(figure.places[0]), figure.value) for _, _, figure in read.relations] == [
        ("上年数.csv!D3", Decimal("1234.50")),
        ("上年数.csv!D4", Decimal("1234.5")),
    ]


def test_the_supplement_as_text_files(tmp_path: Path) -> None:
    """A file for a sheet, or several lists in one file, each under its name."""
    before = "表,行,列,上年数,单位\n,收入总计,,62.5,万元\n"
    budget = "科目编码,科目名称,年初预算数,全年预算数,单位\n208,社会保障,1,2,\n"
    (tmp_path / "上年数.csv").write_text(before, encoding="gb18030")
    (tmp_path / "年初预算.csv").write_text(budget, encoding="utf-8-sig")
    (tmp_path / "补充.csv").write_text(f"上年数\n{before}\n年初预算\n{budget}", encoding="utf-8")
    findings = Findings()
    apart = read_supplement([tmp_path / "上年数.csv", tmp_path / "年初预算.csv"], {}, findings)
    together = read_supplement([tmp_path / "补充.csv"], {}, findings)
    assert [str(finding) for finding in findings] == []
    told = [(str(address), name, figure.value) for address, name, figure in apart.relations]
    assert told == [
        ("收入总计", "上年", Decimal(625000)),
        ("208/社会保障", "年初预算", Decimal(1)),
        ("208/社会保障", "全年预算", Decimal(2)),
    ]
    assert told == [(str(a), name, figure.value) for a, name, figure in together.relations]
    assert str(apart.relations[0][2].places[0]) == "上年数.csv!D2"
    assert str(together.relations[1][2].places[0]) == "补充.csv!C7"


@pytest.mark.parametrize("text", ["编码,数\n208,1\n", "编码\n", "啊,1\n"])
def test_text_in_gb18030_is_not_taken_for_broken_utf_8(tmp_path: Path, text: str) -> None:
    path = tmp_path / "甲.csv"
    path.write_bytes(text.encode("gb18030"))
    assert sheet(path).at(1, 1).text == text[: text.find(",") if "," in text[:3] else 2]


def test_a_list_that_is_there_twice(tmp_path: Path) -> None:
    (tmp_path / "上年数.csv").write_text("行,上年数\n收入总计,1\n", encoding="utf-8")
    (tmp_path / "补充.csv").write_text("上年数\n行,上年数\n收入总计,2\n", encoding="utf-8")
    findings = Findings()
    paths = [tmp_path / "上年数.csv", tmp_path / "补充.csv"]
    read = [one for path in paths for one in read_workbook(path, findings)]
    kept = named_lists(read, ("上年数",), findings)
    assert [one.file for one in kept] == ["上年数.csv"]
    (finding,) = findings
    assert (finding.code, str(finding.place)) == ("D118", "补充.csv!A2")
    assert "在 上年数.csv 已经有一张" in finding.message


def test_several_lists_on_one_sheet_of_a_workbook(tmp_path: Path) -> None:
    """Their cells keep the sheet's name; a name without heads below is no list."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "数据"
    for row in (
        ["用途"],
        [],
        ["上年数"],
        [],
        ["表", "行", "列", "上年数"],
        ["", "收入总计", "", 7],
        ["年初预算"],
        ["科目编码", "科目名称", "年初预算数"],
        ["208", "社会保障", 5],
    ):
        sheet.append(row)
    book.save(tmp_path / "补充数据.xlsx")
    findings = Findings()
    read = read_supplement([tmp_path / "补充数据.xlsx"], {}, findings)
    assert [str(finding) for finding in findings] == []
    assert [(name, str(figure.places[0])) for _, name, figure in read.relations] == [
        ("上年", "补充数据.xlsx[数据]!D6"),
        ("年初预算", "补充数据.xlsx[数据]!C9"),
    ]


TEXTS = st.text(
    st.characters(codec="gb18030", exclude_categories=("C", "Z"), exclude_characters='\t,;"=#'),
    min_size=1,
    max_size=6,
).map(lambda text: f"甲{text}")
NUMBERS = st.decimals(-(10**12), 10**12, places=2).map(lambda number: f"{number:,}")
GRIDS = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(TEXTS | NUMBERS | st.just(""), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRIDS, st.sampled_from(ENCODINGS), st.sampled_from("\t,;"))
def test_every_cell_of_a_text_file_keeps_its_address_and_its_value(
    tmp_path: Path, grid: list[list[str]], encoding: str, delimiter: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(grid)
    assert delimiter_of(out.getvalue()) == delimiter
    path = tmp_path / "甲.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    findings = Findings()
    (read,) = read_workbook(path, findings)
    texts = {
        f"{get_column_letter(column)}{row}": text
        for row, line in enumerate(grid, start=1)
        for column, text in enumerate(line, start=1)
        if text
    }
    assert {read.place(cell).address: cell.text for cell in read.filled()} == texts
    for cell in read.filled():
        if not cell.text.startswith("甲"):
            figure = read_figure(read, cell, "数", Unit(), findings)
            assert isinstance(figure, Figure)
            assert figure.value == Decimal(cell.text.replace(",", ""))
