"""Streamed workbooks: texts that stay texts, sheets that go on, the same bytes, any reader."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tracemalloc
import zipfile
import zlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.outputs import stream
from reportgen.outputs.cells import block, exact, number, row, styles, text
from reportgen.outputs.sheets import Exact, kept
from reportgen.outputs.stream import Streamed, write_streamed
from reportgen.packing import END, checksum, checksums, deflate_part, joined
from reportgen.packing.checksums import Checksum
from reportgen.packing.deflate import zlib_part

COLUMNS = (("序号", 6), ("文字", 30), ("数", 12))
ODD = [
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "+1",
    "-1",
    "'甲",
    "&<>\"'&amp;]]>",
    " 前后有空格 ",
    "一\n二\t三\r\n四",
    "👨‍👩‍👧😀𠮷",
    "元\x00\x0b\x1f\ue000\ufffe",
    "甲\ud800乙\udfff",
    "_x000D_ _x0041_ _xZZZZ_",
    "https://a.b/c",
    "007",
    "1e5",
    "长" * 32_767,
    "\u3000全角空格\u00a0",
    "\u202e倒\u2028行",
]


def made(*sheets: Streamed, title: str = "某批 数据来源底稿") -> bytes:
    file = io.BytesIO()
    write_streamed(file, title, sheets)
    return file.getvalue()


def rows(*texts: str) -> bytes:
    return block([row([number(n), text(one), text("")]) for n, one in enumerate(texts, start=1)])


def opened(content: bytes, **options: Any) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), **options)


def test_odd_texts_stay_texts() -> None:
    sheet = opened(made(Streamed("数字", COLUMNS, [rows(*ODD)])))["数字"]
    for n, one in enumerate(ODD, start=2):
        cell = sheet.cell(n, 2)
        assert cell.data_type == "s"
        assert (cell.number_format, cell.quotePrefix) == ("@", True)
        assert unescaped(str(cell.value)) == kept(one)


def unescaped(value: str) -> str:
    """What Excel shows of a cell: openpyxl gives its escapes as they are."""
    return value.replace("_x005F_", "_")


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_reads_the_same(tmp_path: Path) -> None:
    odd = [one for one in ODD if "\u2028" not in one]
    path = tmp_path / "底稿.xlsx"
    path.write_bytes(made(Streamed("数字", COLUMNS, [rows(*odd)])))
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run(
        [*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120
    )
    with (tmp_path / "底稿.csv").open(encoding="utf-8", newline="") as file:
        _, *read = csv.reader(file)
    assert [line[0] for line in read] == [str(n) for n in range(1, len(odd) + 1)]
    assert [line[1] for line in read] == [kept(one) for one in odd]


@pytest.mark.parametrize(
    ("value", "cell", "number_format"),
    [
        (Exact(Decimal("62373182.64"), "元", 2), 62373182.64, '#,##0.00"元"'),
        (Exact(Decimal("0.855"), "%", 2), 0.855, "0.00%"),
        (Exact(Decimal("-9.10")), -9.1, "0.0"),
        (Exact(Decimal(0), "元", 2), 0, '#,##0.00"元"'),
        (Exact(Decimal("1E+3")), 1000, "0"),
        (Exact(Decimal("12345678901234567.12"), "元", 2), "12345678901234567.12元", "@"),
        (Exact(Decimal(1) / Decimal(3)), "0.33333333333333333333…", "@"),
    ],
)
def test_numbers_are_numbers_where_every_digit_is_kept(
    value: Exact, cell: object, number_format: str
) -> None:
    lines = block([row([number(1), text("甲"), exact(value)])])
    found = opened(made(Streamed("数字", COLUMNS, [lines])))["数字"]["C2"]
    assert (found.value, found.number_format) == (cell, number_format)


def test_looks_have_the_numbers_that_cells_use() -> None:
    lines = [row([exact(Exact(Decimal(1).scaleb(-n), "元"))]) for n in range(16)]
    sheet = opened(made(Streamed("数字", COLUMNS, [block(lines)])))["数字"]
    for n in range(16):
        assert sheet.cell(n + 2, 1).number_format == Exact.pattern("元", n)
    assert sheet["A1"].font.bold
    assert len(styles()) == 52


def test_rows_that_a_sheet_does_not_hold_go_on_in_a_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stream, "_MOST_ROWS", 5)
    blocks = [rows("甲", "乙"), rows("丙", "丁", "戊"), rows(*"一二三四五六七"), rows("末")]
    other = Streamed("检查", COLUMNS, [rows("别")])
    book = opened(made(Streamed("数字", COLUMNS, iter(blocks)), other))
    assert book.sheetnames == ["数字", "数字2", "数字3", "检查"]
    texts = [[line[1] for line in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book]
    assert texts == [list("甲乙丙丁戊"), list("一二三四五六七"), ["末"], ["别"]]
    for sheet in book:
        assert [cell.value for cell in sheet[1]] == ["序号", "文字", "数"]
        assert sheet.auto_filter.ref == f"A1:C{sheet.max_row}"
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    selected = [bool(sheet.sheet_view.tabSelected) for sheet in book]
    assert selected == [True, False, False, False]


def test_a_sheet_without_rows_has_its_head() -> None:
    sheet = opened(made(Streamed("数字", COLUMNS, []), Streamed("检查", COLUMNS, [])))["检查"]
    assert [[cell.value for cell in line] for line in sheet] == [["序号", "文字", "数"]]


def test_readers_that_go_row_by_row_see_every_row() -> None:
    content = made(Streamed("数字", COLUMNS, [rows("甲", "乙")] * 3))
    book = opened(content, read_only=True)
    assert len(list(book["数字"].iter_rows(values_only=True))) == 7
    book.close()


def test_the_zip_is_sound_and_the_same_twice() -> None:
    content = made(Streamed("数字", COLUMNS, [rows(*ODD)] * 5))
    assert content == made(Streamed("数字", COLUMNS, [rows(*ODD)] * 5))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}
        assert "某批" in archive.read("docProps/core.xml").decode()


def test_a_long_workbook_needs_no_memory(tmp_path: Path) -> None:
    one = rows(*(f"第{n}行" for n in range(1000)))
    peaks = []
    for count in (10, 200):
        tracemalloc.start()
        with (tmp_path / "底稿.xlsx").open("wb") as file:
            write_streamed(file, "底稿", [Streamed("数字", COLUMNS, (one for _ in range(count)))])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.1


@pytest.mark.parametrize("pack", [deflate_part(), zlib_part])
def test_parts_one_after_another_are_one_stream(pack: Any) -> None:
    pieces = [b"", b"<row/>" * 1000, "甲乙".encode(), b"", bytes(range(256)) * 300]
    packed = b"".join(map(pack, pieces)) + END
    assert zlib.decompress(packed, -15) == b"".join(pieces)
    crc = 0
    for piece in pieces:
        crc = joined(crc, zlib.crc32(piece), len(piece))
    assert crc == zlib.crc32(b"".join(pieces))


@pytest.mark.parametrize("crc", [checksum(), zlib.crc32])
@pytest.mark.parametrize("length", [0, 1, 255, 256, 65_535, 65_536, 16_777_216, 20_000_000])
def test_checksums_of_any_length(
    length: int, crc: Checksum, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checksums, "checksum", lambda: crc)
    first, second = b"\x00abc", bytes(length)
    whole = zlib.crc32(first + second)
    assert crc(first + second) == whole
    assert joined(crc(first), crc(second), length) == whole
