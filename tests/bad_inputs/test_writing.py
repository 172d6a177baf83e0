"""File names from data, files that exist already, and writes that fail."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.findings import Findings
from reportgen.outputs import write_all

Command = Callable[..., tuple[int, str, str]]
Replace = Callable[..., None]
GOOD = "晋城市人力资源和社会保障局"


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    ("unit", "stem"),
    [
        pytest.param("晋城/人社:局?", "晋城_人社_局_-2022年度单位决算公开", id="separators"),
        pytest.param("../../x", "_.._x-2022年度单位决算公开", id="upwards"),
        pytest.param("..\\\\..\\\\x", "_.._x-2022年度单位决算公开", id="upwards on Windows"),
        pytest.param("/etc/甲", "_etc_甲-2022年度单位决算公开", id="absolute"),
        pytest.param("局" * 300, "局" * 60, id="300 characters"),
        pytest.param("甲\\u0009乙", "甲 乙-2022年度单位决算公开", id="tab"),
    ],
)
def test_a_name_that_is_no_file_name(
    folder: Path, tmp_path: Path, command: Command, replace: Replace, unit: str, stem: str
) -> None:
    replace(folder / "report.yaml", f"单位: {GOOD}", f'单位: "{unit}"')
    out = tmp_path / "外" / "out"
    before = _files(tmp_path)
    code, stdout, err = command("render", folder, "-o", out, "-f", "md")
    assert code == 0, err
    assert _files(out) == sorted(
        [
            f"{stem}.md",
            f"内部/{stem}.trace.xlsx",
            "内部/manifest.json",
            f"内部/原稿/{stem}.md",
        ]
    )
    assert {p for p in _files(tmp_path) if not p.startswith("外/out/")} == set(before)
    assert ("提示 report.yaml: F102 " in err) == ("甲 乙" not in stem)
    assert f"已写入 {out / stem}.md" in stdout


def test_a_device_name(
    folder: Path, bundle: Path, templates: Path, tmp_path: Path, command: Command, replace: Replace
) -> None:
    replace(folder / "report.yaml", f"单位: {GOOD}", "单位: CON")
    replace(bundle / "bundle.yaml", "名称:", '输出: "{单位}"\n名称:')
    out = tmp_path / "out"
    code, _, err = command("render", folder, "-o", out, "-f", "md", "--templates", templates)
    assert code == 0, err
    papers = ["内部/_CON.trace.xlsx", "内部/manifest.json", "内部/原稿/_CON.md"]
    assert _files(out) == ["_CON.md", *papers]
    assert "“CON”不能用作文件名，已改为“_CON”" in err


def test_an_existing_output_is_kept(folder: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "out"
    old = out / f"{GOOD}-2022年度单位决算公开.md"
    out.mkdir()
    old.write_text("旧文件", encoding="utf-8")
    code, stdout, err = command("render", folder, "-o", out, "-f", "md")
    assert (code, stdout) == (1, "")
    assert f"错误 {old.name}: F101 输出文件已存在，没有覆盖。" in err
    assert "--overwrite" in err
    assert _files(out) == [old.name]
    assert old.read_text(encoding="utf-8") == "旧文件"


def test_an_existing_output_is_replaced_when_asked(
    folder: Path, tmp_path: Path, command: Command
) -> None:
    out = tmp_path / "out"
    assert command("render", folder, "-o", out, "-f", "md")[0] == 0
    written = out / f"{GOOD}-2022年度单位决算公开.md"
    text = written.read_text(encoding="utf-8")
    written.write_text("旧文件", encoding="utf-8")
    options = ("-f", "md", "--overwrite", "--discard-edits")
    assert command("render", folder, "-o", out, *options)[0] == 0
    assert written.read_text(encoding="utf-8") == text
    papers = [f"内部/{written.stem}.trace.xlsx", "内部/manifest.json", f"内部/原稿/{written.name}"]
    assert _files(out) == sorted([written.name, *papers])


def _full_disk(*_arguments: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("function", ["fsync", "fdopen"])
def test_a_full_disk_leaves_the_old_file_whole(
    folder: Path,
    tmp_path: Path,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    function: str,
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    old = out / f"{GOOD}-2022年度单位决算公开.docx"
    old.write_bytes(b"old")
    monkeypatch.setattr(os, function, _full_disk)
    code, stdout, err = command("render", folder, "-o", out, "--overwrite", "--discard-edits")
    assert (code, stdout) == (1, "")
    assert "F103 文件写不进去" in err
    assert "请核对磁盘空间" in err
    assert _files(out) == [old.name]
    assert old.read_bytes() == b"old"


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "denied"), KeyboardInterrupt()])
def test_a_stop_between_two_files_leaves_none_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    first, second = tmp_path / "一.docx", tmp_path / "二.md"
    first.write_bytes(b"old one")
    second.write_bytes(b"old two")
    replaced: list[Path] = []
    put = Path.replace

    def replace_once(self: Path, target: Path) -> Path:
        if replaced:
            raise error
        replaced.append(target)
        return put(self, target)

    monkeypatch.setattr(Path, "replace", replace_once)
    files, findings = {first: b"new one", second: b"new two"}, Findings()
    if isinstance(error, OSError):
        assert not write_all(files, findings, overwrite=True)
        assert [f.code for f in findings] == ["F103"]
    else:
        with pytest.raises(KeyboardInterrupt):
            write_all(files, findings, overwrite=True)
    assert _files(tmp_path) == ["一.docx", "二.md"]
    assert (first.read_bytes(), second.read_bytes()) == (b"new one", b"old two")


def test_an_interrupt_is_no_traceback(
    folder: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    code, stdout, _ = command("render", folder, "-o", tmp_path / "out", "-f", "md")
    assert (code, stdout) == (130, "")
    assert _files(tmp_path / "out") == []


def test_a_file_where_the_folder_should_be(folder: Path, tmp_path: Path, command: Command) -> None:
    (tmp_path / "out").write_text("不是文件夹", encoding="utf-8")
    code, stdout, err = command("render", folder, "-o", tmp_path / "out", "-f", "md")
    assert (code, stdout) == (1, "")
    assert "错误 out: F103 文件写不进去" in err
    assert (tmp_path / "out").read_text(encoding="utf-8") == "不是文件夹"


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        pytest.param(
            "决算表.xlsx[公开03表]!D10", "甲", "决算表.xlsx[公开03表]!D10: D108", id="text"
        ),
        pytest.param("决算表.xlsx[公开03表]!A11", "2080101", "!A11: D107", id="code twice"),
        pytest.param(
            "补充数据.xlsx[机构运行]!A5", "甲", "补充数据.xlsx[机构运行]!A5: D115", id="key"
        ),
        pytest.param("原因.xlsx[原因]!I2", None, "N101", id="no reason"),
    ],
)
def test_an_error_writes_nothing_and_leaves_what_is_there(
    folder: Path,
    tmp_path: Path,
    command: Command,
    cell: Callable[..., None],
    place: str,
    value: object,
    told: str,
) -> None:
    cell(place, value)
    out = tmp_path / "out"
    out.mkdir()
    (out / "旧.docx").write_bytes(b"old")
    code, stdout, err = command("render", folder, "-o", out, "--overwrite")
    assert (code, stdout) == (1, "")
    assert told in err
    assert "没有写入任何文件。" in err
    assert _files(out) == ["旧.docx"]
