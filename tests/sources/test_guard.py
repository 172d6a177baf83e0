"""Files as attack: refused with the reason, in under 2 s and 200 MB; honest files pass."""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import statistics
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from reportgen.checks.word import check_word_template
from reportgen.findings import Findings
from reportgen.narrative import narrative_environment
from reportgen.render.word.press import open_template
from reportgen.sources import guard
from reportgen.sources.guard import is_safe
from reportgen.sources.workbook import read_workbook

ROOT = Path(__file__).parents[2]
TABLES = ROOT / "examples" / "jincheng-2022" / "决算表.xlsx"
TEMPLATE = ROOT / "templates" / "final-accounts" / "shanxi-2022" / "report.docx"
HONEST = [*sorted(ROOT.glob("examples/*/*.xlsx")), *sorted(ROOT.glob("templates/*/*/*.docx"))]
MOST_SECONDS, MOST_MEGABYTES = 2, 200
MEGA = 1 << 20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# What a process of its own says of a file: seconds, megabytes above its imports, findings.
MEASURE = """
import json, re, sys, time
from pathlib import Path
from reportgen.findings import Findings

path, findings = Path(sys.argv[1]), Findings()
if path.suffix == ".docx":
    from reportgen.checks.word import check_word_template
    from reportgen.narrative import narrative_environment
    from reportgen.render.word.press import open_template
    environment = narrative_environment()
else:
    from reportgen.sources.workbook import read_workbook

def peak():  # VmHWM, for ru_maxrss also counts the parent before exec
    status = Path("/proc/self/status")
    found = status.exists() and re.search(r"VmHWM:\\s+(\\d+)", status.read_text())
    return int(found[1]) / 1024 if found else 0.0

before, start = peak(), time.perf_counter()
if path.suffix == ".docx":
    check_word_template(path, environment, {}, findings)
    opened = open_template(path, findings) is not None
else:
    opened = bool(read_workbook(path, findings))
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "megabytes": peak() - before,
    "before": before,
    "opened": opened,
    "findings": [[f.code, str(f.place), f.severity, f.message, f.hint] for f in findings],
}))
"""

_Member = tuple[str, bytes, int]  # name, packed, size as declared


def blanks(megabytes: int, fill: bytes = b" ") -> bytes:
    """So many megabytes of one sign as deflate blocks, without ever holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(fill * MEGA) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes


def packed(*pieces: bytes | tuple[int, bytes]) -> bytes:
    """A deflate stream of bytes as they are, and of (megabytes, sign)."""
    stream = b""
    for piece in pieces:
        if isinstance(piece, bytes):
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            stream += packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
        else:
            stream += blanks(*piece)
    return stream + zlib.compressobj(9, zlib.DEFLATED, -15).flush()


def write_zip(path: Path, members: Iterable[_Member], method: int = 8, flags: int = 0) -> Path:
    """A zip whose headers say what they are told to say."""
    body, directory, count = bytearray(), bytearray(), 0
    for name, content, size in members:
        label = name.encode()
        common = (flags, method, 0, 0x21, 0, len(content), size, len(label), 0)
        entry = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, *common, 0, 0, 0, 0, len(body))
        directory += entry + label
        body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, *common) + label + content
        count += 1
    number = min(count, 0xFFFF)
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), 0)
    path.write_bytes(body + directory + end)
    return path


def rewrite(source: Path, path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of an honest file, some of its parts changed."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(path, "w", 8) as target:
        for name in archive.namelist():
            target.writestr(name, change(name, archive.read(name)))
    return path


def in_sheet(path: Path, pattern: str, new: str, sheet: str = "sheet3.xml") -> Path:
    """决算表.xlsx with one thing changed in a sheet; sheet3 is 公开03表."""

    def change(name: str, data: bytes) -> bytes:
        if not name.endswith(f"worksheets/{sheet}"):
            return data
        text, count = re.subn(pattern, new, data.decode(), count=1)
        assert count == 1
        return text.encode()

    return rewrite(TABLES, path, change)


def measured(path: Path) -> dict[str, Any]:
    """Read the file in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    result: dict[str, Any] = json.loads(run.stdout)
    sys.stdout.write(
        f"{path.name}: {result['seconds']:.2f} s,"
        f" {result['megabytes']:.0f} MB above {result['before']:.0f} MB\n"
    )
    return result


def refused(path: Path, code: str, place: str, reason: str) -> None:
    """Refused by one error, with a repair, within the limits."""
    result = measured(path)
    assert not result["opened"]
    assert [finding[:3] for finding in result["findings"]] == [[code, place, "错误"]]
    message, hint = result["findings"][0][3:]
    assert reason in message
    assert hint.startswith("请")
    assert result["seconds"] < MOST_SECONDS
    assert result["megabytes"] < MOST_MEGABYTES


def told(path: Path, code: str, place: str, reason: str) -> None:
    """As ``refused``, for what is refused before there is anything to measure."""
    findings = Findings()
    assert not is_safe(path, findings)
    assert [(f.code, str(f.place), f.severity.value) for f in findings] == [(code, place, "错误")]
    assert all(reason in f.message and f.hint.startswith("请") for f in findings)


# bombs of deflate ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "part"),
    [("决算表.xlsx", "xl/worksheets/sheet1.xml"), ("report.docx", "word/document.xml")],
)
def test_one_megabyte_that_becomes_a_gigabyte(tmp_path: Path, name: str, part: str) -> None:
    content = packed(b"<a>", (1000, b" "), b"</a>")
    assert len(content) < 1.1 * MEGA
    # a declared gigabyte is refused by the directory alone, a hidden one by inflating
    declared = write_zip(tmp_path / name, [(part, content, 1000 * MEGA + 7)])
    refused(declared, "D121", name, "解压后大于 256 MB")
    lying = write_zip(tmp_path / name, [(part, content, 100)])
    refused(lying, "D121", f"{name} {part}", "解压后大于 64 MB")


@pytest.mark.parametrize("size", [50 * MEGA + 7, 7])
def test_a_part_packed_too_well(tmp_path: Path, size: int) -> None:
    path = write_zip(tmp_path / "a.xlsx", [("a.xml", packed(b"<a>", (50, b" "), b"</a>"), size)])
    refused(path, "D121", "a.xlsx a.xml", "压缩比超过 200 倍")


def test_a_part_too_large_though_badly_packed(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(MEGA)
    content = packed(b"<a>", noise, (70, b" "))
    path = write_zip(tmp_path / "a.xlsx", [("xl/a.xml", content, 71 * MEGA + 3)])
    refused(path, "D121", "a.xlsx xl/a.xml", "大于 64 MB")


def test_many_parts_that_are_too_large_together(tmp_path: Path) -> None:
    content = packed(random.Random(1).randbytes(MEGA // 2), (60, b"\0"))
    members = [(f"word/media/{n}.png", content, 1) for n in range(9)]
    path = write_zip(tmp_path / "a.docx", members)
    result = measured(path)
    assert [f[0] for f in result["findings"]] == ["D102"]  # the first lie is enough
    size = 60 * MEGA + MEGA // 2
    path = write_zip(tmp_path / "a.docx", [(name, content, size) for name, _, _ in members])
    refused(path, "D121", "a.docx", "大于 256 MB")


def test_the_sum_is_taken_of_true_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_WORD", replace(guard._WORD, most_unpacked=MEGA))
    noise = random.Random(1).randbytes(MEGA // 2)
    path = write_zip(tmp_path / "a.docx", [(f"{n}.png", packed(noise), MEGA // 2) for n in "abc"])
    told(path, "D121", "a.docx", "解压后大于")


def test_a_file_too_large_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(65 * MEGA)
    refused(path, "D121", "a.xlsx", "大于 64 MB")


@pytest.mark.parametrize("count", [2_001, 60_000, 200_000])
def test_too_many_parts(tmp_path: Path, count: int) -> None:
    path = write_zip(tmp_path / "a.xlsx", ((f"{n}", b"", 0) for n in range(count)))
    refused(path, "D121", "a.xlsx", f"{count:,} 个部件")


def test_a_name_twice(tmp_path: Path) -> None:
    part = ("xl/workbook.xml", packed(b"<a/>"), 4)
    path = write_zip(tmp_path / "a.xlsx", [part, part])
    told(path, "D121", "a.xlsx xl/workbook.xml", "同名部件出现 2 次")


def test_a_path_that_leaves_the_zip_is_harmless(tmp_path: Path) -> None:
    path = rewrite(TABLES, tmp_path / "a.xlsx", lambda _, data: data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../逃逸.xml", "<a/>")
    assert is_safe(path, Findings())
    assert not list(tmp_path.parent.rglob("逃逸.xml"))


# no zip, or none that can be read ------------------------------------------------------------


def _ole(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + names.ljust(4096, b"\0")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.xlsx", _ole("Root Entry", "Workbook"), "旧的 .xls 格式"),
        ("a.docx", _ole("Root Entry", "WordDocument"), "旧的 .doc 格式"),
        ("a.xlsx", _ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "打开密码"),
        ("a.docx", _ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), "打开密码"),
        ("a.xlsx", b"", "不是有效的 .xlsx 工作簿"),
        ("a.docx", "收入总计".encode(), "不是有效的 .docx 文件"),
        ("a.xlsx", TABLES.read_bytes()[:20_000], "不是有效的 .xlsx 工作簿"),
        ("a.docx", TEMPLATE.read_bytes()[:-30], "不是有效的 .docx 文件"),
    ],
    ids=["xls", "doc", "locked xlsx", "locked docx", "empty", "text", "truncated", "no end"],
)
def test_no_zip(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    told(path, "D102", name, reason)


@pytest.mark.parametrize(
    ("method", "flags", "content", "reason"),
    [
        (8, 1, packed(b"<a/>"), "打开密码"),
        (12, 0, packed(b"<a/>"), "不是有效的"),
        (8, 0, b"\xff\xff\xff", "不是有效的"),
        (8, 0, packed(b"<a/>")[:-2], "不是有效的"),
        (8, 0, packed(b"<a/>  "), "不是有效的"),
        (0, 0, b"<a/>  ", "不是有效的"),
    ],
    ids=["encrypted", "bzip2", "no deflate", "deflate without end", "longer", "stored, longer"],
)
def test_a_part_that_cannot_be_read(
    tmp_path: Path, method: int, flags: int, content: bytes, reason: str
) -> None:
    path = write_zip(tmp_path / "a.xlsx", [("xl/a.xml", content, 4)], method, flags)
    told(path, "D102", "a.xlsx", reason)


# XML that is more than it says ---------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPES = {
    "plain": "<!DOCTYPE a><a/>",
    "after a comment": "<!-- <a/> --><?x y?><!DOCTYPE a SYSTEM 'http://example.invalid/a'><a/>",
    "laughs": f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "哈">{LAUGHS}]><a>&l11;</a>',
    "external": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("kind", DOCTYPES)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sheet.bin", "word/document.xml"])
def test_doctype(tmp_path: Path, part: str, kind: str, encoding: str) -> None:
    path = tmp_path / ("a.docx" if part.startswith("word") else "a.xlsx")
    with zipfile.ZipFile(path, "w", 8) as archive:
        archive.writestr(part, DOCTYPES[kind].encode(encoding))
    told(path, "D121", f"{path.name} {part}", "DOCTYPE")


@pytest.mark.parametrize("kind", ["laughs", "external"])
@pytest.mark.parametrize(
    ("source", "part"), [(TABLES, "xl/worksheets/sheet3.xml"), (TEMPLATE, "word/document.xml")]
)
def test_entities_in_an_honest_file(tmp_path: Path, source: Path, part: str, kind: str) -> None:
    xml = DOCTYPES[kind].encode()
    path = rewrite(source, tmp_path / source.name, lambda name, data: xml if name == part else data)
    refused(path, "D121", f"{source.name} {part}", "DOCTYPE")


@pytest.mark.parametrize("encoding", ["utf-32", "x-none", "gbk"])
def test_an_encoding_that_hides_what_is_there(tmp_path: Path, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a><a/>'
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", text.encode(encoding.replace("x-none", "ascii")))
    told(path, "D102", "a.docx word/document.xml", "不是有效的 XML")


def test_a_tag_without_an_end(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(MEGA // 2).hex().encode()
    text = b"<a><!-- " + noise * 40
    path = write_zip(tmp_path / "a.xlsx", [("xl/styles.xml", packed(text), len(text))])
    refused(path, "D121", "a.xlsx xl/styles.xml", "标签过长")


def test_nested_too_deep(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", 8) as archive:
        archive.writestr("xl/styles.xml", "<a>" * 100_000)
    refused(path, "D121", "a.xlsx xl/styles.xml", "嵌套过深")


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_too_many_tags(tmp_path: Path, name: str) -> None:
    noise = random.Random(1)
    some = "".join(f"<w:p a{noise.randrange(10**6)}='1'/>" for _ in range(30_000)).encode()
    text = b"<w:a>" + some * 100
    members = [(f"{part}.xml", packed(text), len(text)) for part in "ab"]
    path = write_zip(tmp_path / name, members)
    refused(path, "D121", name, "XML 标签超过")


# cells far out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "value"), [("XFD1048576", 1), ("J1048576", None), ("ZZ9999", "x")]
)
def test_a_stray_cell_as_openpyxl_writes_it(
    tmp_path: Path, address: str, value: int | str | None
) -> None:
    book = openpyxl.load_workbook(TABLES)
    cell = book["公开03表"][address]
    cell.value, cell.font = value, Font(bold=True)
    path = tmp_path / TABLES.name
    book.save(path)
    refused(path, "D121", f"决算表.xlsx[公开03表]!{address}", "列，超过 2,000,000 格")


@pytest.mark.parametrize(
    ("row", "address"),
    [
        ('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', "XFD1048576"),
        ("<row r='1048576'><c r='J1048576' s='1'/></row>", "J1048576"),
        ('<row r="1048576"><c/><c/><c><v>1</v></c></row>', "A1048576"),
        ('<row r="1048576.0"><z r="J1048576"><v>1</v></z></row>', "J1048576"),
        (f'<x:row xmlns:x="{MAIN}" r="9"><x:c r="&#88;FD&#49;048576"/></x:row>', "XFD1048576"),
    ],
    ids=["in row 1", "single quotes", "no addresses", "another name", "prefix, references"],
)
def test_a_stray_cell_in_disguise(tmp_path: Path, row: str, address: str) -> None:
    path = in_sheet(tmp_path / TABLES.name, "</sheetData>", row + "</sheetData>")
    refused(path, "D121", f"决算表.xlsx[公开03表]!{address}", "超过 2,000,000 格")


def test_rows_without_cells_are_no_reason(tmp_path: Path) -> None:
    """LibreOffice writes the last row of a sheet when its height is not the usual one."""
    row = '<row r="1048576" ht="12.8" customHeight="1"/></sheetData>'
    path = in_sheet(tmp_path / TABLES.name, "</sheetData>", row)
    findings = Findings()
    assert read_workbook(path, findings) == read_workbook(TABLES, findings)
    assert not list(findings)


@pytest.mark.parametrize(
    "area",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
        "<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 2 + "</mergeCells>",
    ],
    ids=["merged", "link", "two columns"],
)
def test_an_area_that_openpyxl_would_fill(tmp_path: Path, area: str) -> None:
    path = in_sheet(tmp_path / TABLES.name, "</sheetData>", f"</sheetData>{area}")
    ref = re.findall('ref="(.*?)"', area)[0]
    refused(path, "D121", f"决算表.xlsx[公开03表]!{ref}", "区域超过 2,000,000 格")


@pytest.mark.parametrize("wrong", ["é1", "A", "XFE", "XFE1", "1A", "A" * 9 + "1"])
def test_an_address_that_is_none(tmp_path: Path, wrong: str) -> None:
    row = f'<row r="90"><c r="{wrong}"/></row></sheetData>'
    path = in_sheet(tmp_path / TABLES.name, "</sheetData>", row)
    findings = Findings()
    assert read_workbook(path, findings) == ()
    assert [(f.code, str(f.place)) for f in findings] == [("D102", "决算表.xlsx[公开03表]")]


def test_one_sheet_listed_a_thousand_times(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return data
        sheet = re.search(rb"<(?:\w+:)?sheet [^>]*/>", data)
        assert sheet
        copies = [sheet[0].replace(b'name="', b'name="%d' % n) for n in range(1000)]
        return data.replace(sheet[0], b"".join(copies))

    path = rewrite(TABLES, tmp_path / TABLES.name, change)
    refused(path, "D121", TABLES.name, "指向同一个部件")


def test_a_format_within_the_limit_is_not_slow(tmp_path: Path) -> None:
    """16 columns by 120,000 rows: iter_rows would make 1.9 million cells of one."""
    book = openpyxl.load_workbook(TABLES)
    book["公开03表"]["P120000"].font = Font(bold=True)
    path = tmp_path / TABLES.name
    book.save(path)
    result = measured(path)
    assert result["opened"]
    assert result["findings"] == []
    assert result["seconds"] < MOST_SECONDS
    assert result["megabytes"] < MOST_MEGABYTES
    assert read_workbook(path, Findings()) == read_workbook(TABLES, Findings())


# honest files --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.name)
def test_honest_files_pass(path: Path) -> None:
    findings = Findings()
    assert is_safe(path, findings)
    assert not list(findings)


@pytest.mark.parametrize("path", sorted(TABLES.parent.glob("*.xlsx")), ids=lambda path: path.name)
def test_every_filled_cell_is_read_in_its_order(path: Path) -> None:
    book = openpyxl.load_workbook(path, data_only=True)
    sheets = read_workbook(path, Findings())
    for sheet in sheets:
        rows: Sequence[Sequence[Any]] = tuple(book[sheet.name].iter_rows())
        filled = [
            (cell.row, cell.column)
            for row in rows
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        ]
        assert list(sheet.cells) == filled


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(9):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def test_the_guard_costs_less_than_the_reading() -> None:
    ours = _median(lambda: is_safe(TABLES, Findings()))
    theirs = _median(lambda: openpyxl.load_workbook(TABLES, data_only=True))
    sys.stdout.write(f"决算表.xlsx: guard {ours:.1f} ms, openpyxl {theirs:.1f} ms\n")
    assert ours < theirs / 2


def test_a_word_file_of_another_program_passes(tmp_path: Path) -> None:
    """A streamed zip: sizes stand behind the data, not before it."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(TEMPLATE) as archive, zipfile.ZipFile(pipe, "w", 8) as target:
        for name in archive.namelist():
            target.writestr(name, archive.read(name))
    path = tmp_path / "report.docx"
    path.write_bytes(pipe.getvalue())
    findings = Findings()
    assert is_safe(path, findings)
    assert open_template(path, findings) is not None
    assert not list(findings)


def test_both_doors_of_word_ask_the_guard(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    shutil.copy(TEMPLATE, path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/header9.xml", "<!DOCTYPE a><a/>")
    gate, press = Findings(), Findings()
    check_word_template(path, narrative_environment(), {}, gate)
    assert open_template(path, press) is None
    assert [str(f) for f in gate] == [str(f) for f in press]
    assert [f.code for f in gate] == ["D121"]
