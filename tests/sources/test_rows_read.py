"""Sheets read row by row are what openpyxl reads of them, whatever program wrote them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from reportgen.findings import Findings
from reportgen.sources import xlsx_plain
from reportgen.sources.streamed import DamagedError, Fault, Row, RowSheet, row_sheet
from reportgen.sources.workbook import read_workbook
from reportgen.sources.xlsx_rows import open_xlsx

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted(ROOT.glob("examples/*/*.xlsx"))
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def stripped(rows: Sequence[Row]) -> list[Row]:
    return [
        (number, {at: v.strip() if isinstance(v, str) else v for at, v in cells.items()})
        for number, cells in rows
    ]


def by_parser(sheet: RowSheet) -> RowSheet:
    """The sheet as if it were not plain XML."""
    assert isinstance(sheet.rows, partial)
    *arguments, seen = sheet.rows.args
    return replace(sheet, rows=partial(sheet.rows.func, *arguments, replace(seen, is_plain=False)))


def same_as_openpyxl(path: Path) -> dict[str, list[Row]]:
    findings = Findings()
    theirs = {sheet.name: row_sheet(sheet) for sheet in read_workbook(path, findings)}
    ours = {sheet.name: sheet for sheet in open_xlsx(path, findings)}
    assert list(theirs) == list(ours)
    for name, sheet in ours.items():
        expected = stripped(list(theirs[name].rows()))
        assert stripped(list(sheet.rows())) == expected
        assert stripped(list(by_parser(sheet).rows())) == expected
    return {name: list(sheet.rows()) for name, sheet in ours.items()}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_examples(path: Path) -> None:
    same_as_openpyxl(path)


def test_every_kind_of_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    day = datetime(2022, 3, 1)  # noqa: DTZ001
    row: list[Any] = ["甲&<乙>", 3, 2.5, 0.829, True, False, day, "#N/A", " ", "a\nb", 1e16]
    for column, value in enumerate(row, start=1):
        sheet.cell(3, column, value)
    for column, (value, shown) in enumerate([(0.8291, "0.00%"), (1, "0%"), (12, '0"%"')], start=1):
        sheet.cell(4, column, value).number_format = shown
    sheet["D4"], sheet["F4"], sheet["G4"] = "=A4", "=100%", "=5天"
    sheet["E4"].font = Font(bold=True)
    sheet["AA5"] = "远"
    sheet["A6"], sheet["A7"] = "盖住", "被盖住"
    sheet.merge_cells("A6:B7")
    sheet["B7"].value  # noqa: B018 - a merged cell
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state, hidden["A1"] = "hidden", 1
    path = tmp_path / "a.xlsx"
    book.save(path)
    rows = same_as_openpyxl(path)
    third, fourth, fifth, sixth = rows["Sheet"]
    assert third[1][3] == Decimal("2.5")
    assert third[1][7] == date(2022, 3, 1)
    assert third[1][8] == Fault("D109", "#N/A")
    assert 9 not in third[1]
    targets = {4: Fault("D110", ""), 6: "=100%", 7: "=5天"}  # two that were no formulas
    assert fourth == (4, {1: "82.91%", 2: "100%", 3: Decimal(12), **targets})
    assert fifth == (5, {27: "远"})
    assert sixth == (6, {1: "盖住"})


def test_another_program_writes_other_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("甲")
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["文字", 12, 0.5])
        sheet.write(1, 0, 0.125, percent)
        sheet.write_blank(1, 1, None, percent)
        sheet.write_rich_string(2, 0, "红", book.add_format({"bold": True}), "字", "尾")
        sheet.write_formula(3, 0, '="a"&"b"', value="ab")
        sheet.write_boolean(3, 1, boolean=True)
    rows = same_as_openpyxl(path)["甲"]
    assert rows[1:] == [(2, {1: "12.5%"}), (3, {1: "红字尾"}), (4, {1: "ab", 2: True})]


def sheet_of_xml(path: Path, xml: str, encoding: str = "utf-8") -> Path:
    """A workbook of one sheet with this XML, and the shared texts 甲 and 乙."""
    plain = path.with_suffix(".plain.xlsx")
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("Sheet").write_row(0, 0, ["甲", "乙"])
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            same = not name.endswith("sheet1.xml")
            target.writestr(name, source.read(name) if same else xml.encode(encoding))
    return path


CELLS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>2</v></c></row>'
ODD = {
    "comment": f'<sheetData><!-- <row r="1">\n</row>\n{CELLS} --><row r="4"><c r="A4"><v>7</v></c>'
    "</row></sheetData>",
    "characters": '<sheetData><row r="1"><c r="A1" t="str"><v><![CDATA[<row r="9"></row>]]></v></c>'
    "</row></sheetData>",
    "no addresses": '<sheetData><row><c><v>1</v></c><c t="s"><v>1</v></c></row><row><c><v>3</v></c>'
    "</row></sheetData>",
    "blanks in tags": '<sheetData>\n <row r="1" >\n  <c r="A1" ><v>1</v></c >\n </row >'
    '<row r="2"><c r="A2"><v>5</v></c></row></sheetData>',
    "blanks between": '<sheetData><row r="11">\n<c r="A11" t="s"><v>0</v></c> \n <c r="B11" t="s">'
    '<v>0</v></c>\t</row><row r="12"><c r="AB12"><v>0</v></c><c r="AC12"/>\n</row></sheetData>',
    "other order": '<sheetData><row spans="1:2" r="3"><c t="s" r="A3"><v>1</v></c></row>'
    "</sheetData>",
    "empty rows": '<sheetData><row r="1"/><row r="2" ht="15"/><row r="7"><c r="A7"/>'
    '<c r="C7" s="0" /><c r="D7"><v>5</v></c></row><row r="8"></row></sheetData>',
    "entities": '<sheetData><row r="1"><c r="A1" t="str"><v>a&amp;b&#x41;</v></c></row>'
    "</sheetData>",
    "references": '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&#30002;&#x4E59;&lt;b&gt;'
    "&amp;lt;&quot;&apos;&#10;x</t></is></c></row></sheetData>",
    "line ends": '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a\r\nb\rc</t></is></c></row>'
    "</sheetData>",
    "kind without its value": '<sheetData><row r="1"><c r="A1" t="inlineStr"><v>3</v></c>'
    '<c r="B1" t="s"/><c r="C1"><is><t>甲</t></is></c></row></sheetData>',
    "inline": '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><r><t>红</t></r><r><t>字</t></r>'
    '<rPh sb="0" eb="1"><t>hong</t></rPh></is></c></row></sheetData>',
    "no value": '<sheetData><row r="1"><c r="A1"><v></v></c><c r="B1"><f>A1</f></c>'
    '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><v>NaN</v></c></row></sheetData>',
    "calculated": '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"'
    '&amp;"&lt;"</f><v>a</v></c><c r="C1"><f t="shared" ref="C1:C2" si="0">1</f><v>1</v></c></row>'
    '<row r="2"><c r="C2" s="0"><f t="shared" si="0"/><v>0.5</v></c><c r="D2" t="e"><f>1/0</f>'
    '<v>#DIV/0!</v></c><c r="E2" t="b"><f>1=1</f><v>1</v></c></row></sheetData>',
    "empty with an end": '<sheetData><row r="1"><c r="A1" s="0" t="n"></c><c r="B1"></c>'
    '<c r="C1"><v>1</v></c></row></sheetData>',
    "nothing": "<sheetData/>",
    "dates": '<sheetData><row r="1"><c r="A1" t="d"><v>2022-03-01</v></c>'
    '<c r="B1" t="b"><v>0</v></c>'
    '<c r="C1" t="e"><v>#REF!</v></c></row></sheetData>',
}


@pytest.mark.parametrize("name", ODD)
def test_xml_that_means_the_same(tmp_path: Path, name: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">{ODD[name]}</worksheet>'
    )
    same_as_openpyxl(sheet_of_xml(tmp_path / "a.xlsx", xml))


def test_rows_of_another_namespace_are_none(tmp_path: Path) -> None:
    other = '<extLst><ext xmlns="urn:a"><row r="9"><c r="A9"><v>1</v></c></row></ext></extLst>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{CELLS}</sheetData>{other}</worksheet>'
    (sheet,) = open_xlsx(sheet_of_xml(tmp_path / "a.xlsx", xml), Findings())
    assert [number for number, _ in sheet.rows()] == [1]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings_and_prefixes(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    cells = CELLS.replace("<", "<x:").replace("<x:/", "</x:")
    xml = (
        f'<?xml version="1.0" encoding="{declared}"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
        f'{cells}<x:row r="2"><x:c r="A2" t="str"><x:v>丙</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    path = sheet_of_xml(tmp_path / "a.xlsx", xml, encoding)
    (sheet,) = open_xlsx(path, Findings())
    assert list(sheet.rows()) == [(1, {1: "甲", 2: Decimal(2)}), (2, {1: "丙"})]


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A7"><v>1</v></c>',
        '<c r="A11" s="0"/>',
        '<c r="A2" s="1"/>',
        '<c r="A1" t="s"><v>99</v></c>',
        '<c r="A1" t="b"><v>x</v></c>',
    ],
)
def test_cells_that_make_no_sense_are_told(tmp_path: Path, cell: str) -> None:
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    (sheet,) = open_xlsx(sheet_of_xml(tmp_path / "a.xlsx", xml), Findings())
    with pytest.raises(DamagedError) as raised:
        list(sheet.rows())
    assert str(raised.value).startswith("a.xlsx[Sheet]: D102 第1行起读不出来")


@pytest.mark.parametrize("xml", ["<worksheet", "甲", f'<worksheet xmlns="{MAIN}"><sheetData>'])
def test_broken_xml_is_found_before_anything_is_read(tmp_path: Path, xml: str) -> None:
    findings = Findings()
    assert open_xlsx(sheet_of_xml(tmp_path / "a.xlsx", xml), findings) == ()
    assert [finding.code for finding in findings] == ["D102"]


def test_a_stray_cell_far_out_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["XFD1048576"] = 1, 2
    path = tmp_path / "a.xlsx"
    book.save(path)
    (sheet,) = open_xlsx(path, Findings())
    assert list(sheet.rows()) == [(1, {1: Decimal(1)}), (1_048_576, {16_384: Decimal(2)})]


def test_many_texts_lie_on_disk(tmp_path: Path) -> None:
    texts = [f"{n}" + "文" * (n % 50) for n in range(3000)] + ["长" * 32_767]
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, text in enumerate([*texts, *reversed(texts)]):
            sheet.write_string(number, 0, text)
    (read,) = open_xlsx(path, Findings())
    assert [cells[1] for _, cells in read.rows()] == [*texts, *reversed(texts)]
    values = read.rows.args[3]  # type: ignore[attr-defined]
    assert len(values.texts._firsts) > 3


def test_a_strict_workbook_is_told_as_one(tmp_path: Path) -> None:
    """Excel's "Strict Open XML" has other names for everything: no sheet would be found in it."""
    plain, strict = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet("项目").write(0, 0, "项目名称")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            new.writestr(name, part)
    for read in (open_xlsx, read_workbook):
        findings = Findings()
        assert not read(strict, findings)
        (finding,) = findings
        assert finding.code == "D102"
        assert "Strict Open XML" in finding.message


def test_what_the_guard_refuses_is_not_streamed(tmp_path: Path) -> None:
    xml = f'<!DOCTYPE a [<!ENTITY b "c">]><worksheet xmlns="{MAIN}"><sheetData/></worksheet>'
    findings = Findings()
    assert open_xlsx(sheet_of_xml(tmp_path / "a.xlsx", xml), findings) == ()
    bomb = tmp_path / "b.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">' + " " * (3 << 20)
        )
    assert open_xlsx(bomb, findings) == ()
    assert [(f.code, str(f.place)) for f in findings] == [
        ("D121", "a.xlsx xl/worksheets/sheet1.xml"),
        ("D121", "b.xlsx xl/worksheets/sheet1.xml"),
    ]


def test_a_row_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_plain, "_LONGEST", 1 << 16)
    cells = '<c r="A1" t="inlineStr"><is><t>' + "长" * 100_000 + "</t></is></c>"
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
    (sheet,) = open_xlsx(sheet_of_xml(tmp_path / "a.xlsx", xml), Findings())
    with pytest.raises(DamagedError):
        list(sheet.rows())
