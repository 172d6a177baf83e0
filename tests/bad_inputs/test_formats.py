"""Files of other kinds than .xlsx: each fault is a finding with its place."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from reportgen.pipeline.job import Gate

Found = Callable[..., Mapping[str, str]]
XLS = Path(__file__).parents[1] / "data" / "xls" / "决算表.xls"
FIRST = struct.pack("<d", 62281177.64)  # 公开01表!C7
PAGE = "<html><head><meta charset=gbk></head><table><tr><td>收入支出决算总表</td></tr></table>"


@pytest.fixture
def other(folder: Path, replace: Callable[..., None]) -> Callable[[str, bytes], None]:
    """other(name, content): the tables are in a file of this name."""

    def put(name: str, content: bytes) -> None:
        (folder / "决算表.xlsx").unlink()
        (folder / name).write_bytes(content)
        replace(folder / "report.yaml", "决算表: 决算表.xlsx", f"决算表: {name}")

    return put


def test_a_workbook_of_excel_97_is_as_good(other: Callable[..., None], found: Found) -> None:
    """What is told is told of the same cells; waivers and reasons find their figures."""
    other("决算表.xls", XLS.read_bytes())
    assert found() == {}


def _locked(data: bytes) -> bytes:
    """The record of the code page becomes one of a password."""
    assert data.count(b"\x42\0\x02\0\xb0\x04") == 1
    return data.replace(b"\x42\0\x02\0\xb0\x04", b"\x2f\0\x02\0\xb0\x04")


def _packed(data: bytes) -> bytes:
    """The stream of records has the name that encrypted new workbooks have."""
    name, packed = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    at = data.index(name)
    entry = packed.ljust(64, b"\0") + struct.pack("<H", len(packed) + 2)
    return data[:at] + entry + data[at + 66 :]


def _far(data: bytes) -> bytes:
    """The cell of a number is moved to the last row."""
    at = data.index(FIRST)
    return data[: at - 6] + struct.pack("<2H", 65535, 255) + data[at - 2 :]


def _stating(first: int, last: int) -> Callable[[bytes], bytes]:
    """A sheet says that it has four billion rows, or none: calamine would end the program."""
    own = struct.pack("<2H2I2H", 0x0200, 14, 0, 38, 0, 6)
    stated = struct.pack("<2H2I2H", 0x0200, 14, first, last, 0, 6)
    return lambda data: data.replace(own, stated)


def _counting(data: bytes) -> bytes:
    """More merged areas than are there: calamine gives up with what is no Exception."""
    own = struct.pack("<3H", 0x00E5, 34, 4)
    assert own in data
    return data.replace(own, struct.pack("<3H", 0x00E5, 34, 0x80))


@pytest.mark.parametrize(
    ("spoil", "head", "said"),
    [
        pytest.param(lambda data: b"", "D102", "不是有效的 .xls 工作簿", id="empty"),
        pytest.param(lambda data: data[:512], "D102", "不是有效的 .xls 工作簿", id="header"),
        pytest.param(lambda data: data[:9999], "D102", "不是有效的 .xls 工作簿", id="truncated"),
        pytest.param(
            lambda data: data[:520] + bytes(9000) + data[9520:],
            "D102",
            "不是有效的 .xls 工作簿",
            id="damaged",
        ),
        pytest.param(_stating(0, (1 << 32) - 1), "D102", "不是有效的 .xls 工作簿", id="endless"),
        pytest.param(_stating(90, 38), "D102", "不是有效的 .xls 工作簿", id="backwards"),
        pytest.param(_counting, "D102", "不是有效的 .xls 工作簿", id="areas"),
        pytest.param(lambda data: PAGE.encode("gbk"), "D102", "内容其实是网页", id="page"),
        pytest.param(
            lambda data: PAGE.encode("utf-16"), "D102", "内容其实是网页", id="page in utf-16"
        ),
        pytest.param(
            lambda data: b"PK\3\4" + data, "D102", "内容其实是.xlsx 工作簿", id="a new workbook"
        ),
        pytest.param(_locked, "D102", "有打开密码", id="password"),
        pytest.param(_packed, "D102", "有打开密码", id="a password of a new workbook"),
    ],
)
def test_not_a_workbook_of_excel_97(
    other: Callable[..., None],
    found: Found,
    spoil: Callable[[bytes], bytes],
    head: str,
    said: str,
) -> None:
    other("决算表.xls", spoil(XLS.read_bytes()))
    told = found()
    assert list(told) == [f"错误 决算表.xls {head}"]
    assert said in told[f"错误 决算表.xls {head}"]


def test_a_stray_cell_of_excel_97(other: Callable[..., None], found: Found) -> None:
    other("决算表.xls", _far(XLS.read_bytes()))
    told = found()
    assert list(told) == ["错误 决算表.xls[公开01表]!IV65536 D121"]
    assert "65,536 行 256 列" in "".join(told.values())


@pytest.mark.parametrize(
    ("content", "head", "said"),
    [
        pytest.param(b"PK\3\4", "错误 表.csv D102", "其实是.xlsx 工作簿", id="xlsx"),
        pytest.param(XLS.read_bytes()[:600], "错误 表.csv D102", "其实是.xls 工作簿", id="xls"),
        pytest.param(PAGE.encode(), "错误 表.csv D102", "其实是网页", id="page"),
        pytest.param(b"\xff\xff\x80,1\n", "错误 表.csv D102", "UTF-8、GB18030", id="encoding"),
        pytest.param(
            "公开01表\n收入支出决算总表\n社会保障".encode()[:-1] + b"\n1,2\n",
            "错误 表.csv:3 D102",
            "这个文件是 UTF-8 编码，这一行里有损坏的字符",
            id="a broken sign",
        ),
        pytest.param(
            b"\xef\xbb\xbf" + "收入".encode("gbk"),
            "错误 表.csv:1 D102",
            "损坏的字符",
            id="a wrong mark",
        ),
        pytest.param(b"a\0b,1\n", "错误 表.csv D102", "不是文本", id="zeros"),
        pytest.param(
            '公开01表\n"没有结束,1\n2\n'.encode(), "错误 表.csv:2 D102", "引号不成对", id="quotes"
        ),
        pytest.param(
            ("甲" * 200_000).encode(), "错误 表.csv:1 D102", "一格太长", id="a long field"
        ),
        pytest.param(
            b"1" + b"," * 9000 + b"\n" * 300, "错误 表.csv:223 D121", "2,000,000 格", id="cells"
        ),
    ],
)
def test_text_files(
    other: Callable[..., None], found: Found, content: bytes, head: str, said: str
) -> None:
    other("表.csv", content)
    told = found()
    assert list(told) == [head]
    assert said in told[head]


HEAD = "表,行,列,上年数,单位\n"


@pytest.mark.parametrize(
    ("content", "head", "said"),
    [
        pytest.param(
            f"{HEAD},收入总计,,62,287,177.64,元\n",
            "错误 上年数.csv!F2 D127",
            "多出“177.64”",
            id="thousands",
        ),
        pytest.param(
            f"{HEAD},收入总计,,62,287.64,\n",
            "错误 上年数.csv!E2 D127",
            "“62”和“287.64”可能是一个数",
            id="thousands before a blank",
        ),
        pytest.param(
            f"{HEAD},收入总计,,1,元\n,支出总计,,2,元\n;三公经费;;3;元\n",
            "错误 上年数.csv!A4 D127",
            "这一行用分号分隔，别的行用逗号",
            id="semicolons among commas",
        ),
        pytest.param(
            HEAD.replace(",", "\t") + "\t收入总计\t\t1\t元\n,支出总计,,2,元\n",
            "错误 上年数.csv!A3 D127",
            "这一行用逗号分隔，别的行用制表符",
            id="a comma among tabs",
        ),
    ],
)
def test_rows_that_are_cut_up_wrongly(
    folder: Path, replace: Callable[..., None], found: Found, content: str, head: str, said: str
) -> None:
    (folder / "上年数.csv").write_text(content, encoding="utf-8")
    replace(folder / "report.yaml", "补充数据.xlsx", "[补充数据.xlsx, 上年数.csv]")
    told = found()
    assert said in told[head]
    assert sum("D127" in one for one in told) == 1


@pytest.mark.parametrize("name", ["决算表.xls", "决算表.csv"])
def test_files_that_are_too_large(
    other: Callable[..., None], found: Found, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("reportgen.sources.guard.MOST_PACKED", 20 << 10)
    other(name, bytes(21 << 10))
    (told,) = (head for head in found() if name in head)
    assert told == f"错误 {name} D121"


@pytest.mark.parametrize("name", ["决算表.xls", "决算表.csv"])
def test_files_that_are_not_there(
    folder: Path, replace: Callable[..., None], found: Found, name: str
) -> None:
    replace(folder / "report.yaml", "决算表: 决算表.xlsx", f"决算表: [决算表.xlsx, {name}]")
    assert list(found()) == [f"错误 {name} D101"]


def test_a_text_file_without_anything(other: Callable[..., None], found: Found) -> None:
    other("别的.csv", b"")
    told = found()
    assert list(told) == ["错误 别的.csv D103"]
    assert "公开01表" in told["错误 别的.csv D103"]


@pytest.mark.parametrize(
    ("value", "head", "said"),
    [
        pytest.param("[]", "错误 report.yaml:8:3 C104", "“决算表”", id="no file"),
        pytest.param("3", "错误 report.yaml:8:3 C104", "“决算表”", id="a number"),
        pytest.param("[a.csv, 甲/a.csv]", "错误 report.yaml:7:1 C104", "文件名相同", id="names"),
    ],
)
def test_settings(
    folder: Path, replace: Callable[..., None], found: Found, value: str, head: str, said: str
) -> None:
    replace(folder / "report.yaml", "决算表: 决算表.xlsx", f"决算表: {value}")
    told = found()
    assert head in told
    assert said in told[head]


def test_a_folder_of_tables(folder: Path, found: Found, replace: Callable[..., None]) -> None:
    (folder / "表").mkdir()
    shutil.move(folder / "决算表.xlsx", folder / "表")
    replace(folder / "report.yaml", "决算表: 决算表.xlsx", "决算表: 表")
    told = found()
    assert list(told) == ["错误 表 D101"]
    assert "这是文件夹" in told["错误 表 D101"]


def test_the_supplement_from_the_budget_and_the_platform(
    folder: Path, book: Callable[..., None], replace: Callable[..., None], found: Found
) -> None:
    """The example's own 年初预算 and 机构运行, as their makers publish and export them."""
    made = openpyxl.load_workbook(folder / "补充数据.xlsx")
    budget = [row[:3] for row in made["年初预算"].iter_rows(min_row=2, values_only=True)]
    counts = [row[:2] for row in made["机构运行"].iter_rows(min_row=2, values_only=True)]
    _save(
        folder / "部门预算.xlsx",
        "6",
        [
            ("表六：2022年一般公共预算支出表",),
            ("单位：元",),
            ("科目编码", "科目名称", "合计"),
            *((code, name, amount) for code, name, amount in budget),
        ],
    )
    _save(
        folder / "财决.xlsx",
        "F03 机构运行信息表(财决附03表)",
        [
            ("机构运行信息表",),
            ("编制单位：某局", "", "金额单位：元"),
            ("项目", "行次", "统计数"),
            *((f"{line}．{name}", line, count) for line, (name, count) in enumerate(counts, 1)),
        ],
    )
    book("补充数据.xlsx", lambda b: (b.remove(b["年初预算"]), b.remove(b["机构运行"])))
    replace(folder / "report.yaml", "补充数据.xlsx", "[补充数据.xlsx, 部门预算.xlsx, 财决.xlsx]")
    assert found(Gate.NARRATIVE) == {}


def _save(path: Path, name: str, rows: Sequence[Sequence[object]]) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    made.save(path)
