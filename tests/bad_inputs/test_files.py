"""Files that are missing or are not what their name says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from reportgen.pipeline.job import Gate

Found = Callable[..., Mapping[str, str]]
Command = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("file", "head"),
    [
        pytest.param("report.yaml", "错误 report.yaml D101", id="settings"),
        pytest.param("决算表.xlsx", "错误 决算表.xlsx D101", id="tables"),
        pytest.param("补充数据.xlsx", "错误 补充数据.xlsx D101", id="supplement"),
        pytest.param("项目.xlsx", "错误 项目.xlsx D101", id="projects"),
        pytest.param("文字.md", "错误 文字.md D101", id="texts"),
        pytest.param("原因.xlsx", "警告 原因.xlsx D101", id="reasons"),
    ],
)
def test_a_missing_file_is_one_finding(folder: Path, found: Found, file: str, head: str) -> None:
    (folder / file).unlink()
    told = found()
    assert list(told) == [head]
    assert "找不到这个文件" in told[head]


@pytest.mark.parametrize(
    ("file", "also"),
    [
        pytest.param("补充数据.xlsx", "还缺14个上年数：收入总计、支出总计、", id="supplement"),
        pytest.param("文字.md", "还没有填写文字“职责”", id="texts"),
        pytest.param("原因.xlsx", "还没有填写收入总计与上年数相比变动的原因", id="reasons"),
    ],
)
def test_the_narrative_says_what_it_lacks(folder: Path, found: Found, file: str, also: str) -> None:
    (folder / file).unlink()
    told = found(Gate.NARRATIVE)
    assert next(iter(told)).endswith(f"{file} D101")
    assert also in "".join(told.values())
    assert not any("T101" in head or "D115" in head for head in told)


@pytest.mark.parametrize("words", [["check"], ["preview"], ["render", "-o", "out"]])
def test_a_missing_folder_is_a_wrong_usage(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = command(words[0], tmp_path / "没有", *words[1:])
    assert (code, out) == (2, "")
    assert "找不到文件夹" in err
    assert list(tmp_path.iterdir()) == []


def _no_workbook() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("甲.txt", "不是工作簿")
    return data.getvalue()


def _damaged(data: bytes) -> bytes:
    middle = len(data) // 3
    return data[:middle] + bytes(60) + data[middle + 60 :]


@pytest.mark.parametrize("file", ["决算表.xlsx", "补充数据.xlsx", "项目.xlsx", "原因.xlsx"])
@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: "表号,金额\n01,3".encode(), id="text"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[: len(data) // 2], id="truncated"),
        pytest.param(_damaged, id="damaged"),
        pytest.param(lambda data: _no_workbook(), id="another zip"),
        pytest.param(lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), id="xls"),
    ],
)
def test_not_a_workbook(
    folder: Path, found: Found, file: str, spoil: Callable[[bytes], bytes]
) -> None:
    path = folder / file
    path.write_bytes(spoil(path.read_bytes()))
    ((head, text),) = found().items()
    assert head in {f"错误 {file} D102", f"错误 {file} xl/worksheets/sheet3.xml D121"}
    assert "重新保存" in text or "另存为 .xlsx" in text


@pytest.mark.parametrize(
    ("file", "head"),
    [
        pytest.param("report.yaml", "错误 report.yaml C105", id="settings"),
        pytest.param("决算表.xlsx", "错误 决算表.xlsx D101", id="tables"),
        pytest.param("文字.md", "错误 文字.md D119", id="texts"),
    ],
)
def test_a_folder_of_that_name(folder: Path, found: Found, file: str, head: str) -> None:
    (folder / file).unlink()
    (folder / file).mkdir()
    assert list(found()) == [head]


@pytest.mark.parametrize(
    ("content", "head", "said"),
    [
        pytest.param("# 职责\n\n内容".encode("gbk"), "错误 文字.md D119", "UTF-8", id="not utf-8"),
        pytest.param("内容\n".encode(), "错误 文字.md:1 D119", "先写一行“# 名称”", id="no heading"),
        pytest.param(
            "# 职责\n甲\n# 职责\n乙\n".encode(), "错误 文字.md:3 D119", "出现两次", id="twice"
        ),
        pytest.param(
            "# 职责\n甲\n\n乙\x0b丙\x0c丁\n".encode(),
            "警告 文字.md:4 D114",
            "U+000B、U+000C",
            id="control characters",
        ),
    ],
)
def test_texts(folder: Path, found: Found, content: bytes, head: str, said: str) -> None:
    (folder / "文字.md").write_bytes(content)
    told = found()
    assert list(told) == [head]
    assert said in told[head]


def test_a_file_name_that_no_system_has(
    folder: Path, found: Found, replace: Callable[..., None]
) -> None:
    replace(folder / "report.yaml", "文字: 文字.md", '文字: "a\\0b"')
    assert [head.split()[-1] for head in found()] == ["D119"]


def test_a_faulty_folder_writes_nothing(folder: Path, tmp_path: Path, command: Command) -> None:
    (folder / "决算表.xlsx").write_text("不是工作簿", encoding="utf-8")
    code, out, err = command("render", folder, "-o", tmp_path / "out", "--no-color")
    assert (code, out) == (1, "")
    assert "错误 决算表.xlsx: D102" in err
    assert "没有写入任何文件。" in err
    assert not (tmp_path / "out").exists()


def test_one_missing_workbook_is_one_finding(folder: Path, found: Found) -> None:
    """What would have come from it is not told again, sentence by sentence."""
    (folder / "决算表.xlsx").unlink()
    assert list(found(Gate.NARRATIVE)) == ["错误 决算表.xlsx D101"]
