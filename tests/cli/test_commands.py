"""check, render, preview and lint with the options of the output, on a whole folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"


def test_check_shows_findings_on_stdout_and_counts_them_on_stderr(
    command: Command, folder: Path
) -> None:
    code, out, err = command("check", folder)
    assert code == 1
    assert out == (
        "错误 report.yaml:4:1: C101 未知的设置项“层及”。\n"
        "    4 | 层及: 单位\n"
        "      | ^^^^\n"
        "    处理：是否应为“层级”？\n"
    )
    assert err == "检查完毕：错误1项。\n详细说明：reportgen explain C101。\n"


def test_waivers_show_in_every_form(command: Command, tmp_path: Path) -> None:
    reason = "公开稿如此，授予中小企业合同金额填为0，授予小微企业合同金额填为67,980元"
    code, out, err = command("check", EXAMPLE)
    assert (code, f"    已豁免：{reason}\n" in out) == (0, True)
    assert "，其中豁免11项。" in err
    out = command("check", EXAMPLE, "--output-format", "concise")[1]
    assert f"（已豁免：{reason}）\n" in out
    out = command("check", EXAMPLE, "--output-format", "json")[1]
    waived = {record["code"]: record["waived"] for record in json.loads(out) if record["waived"]}
    assert waived["D703"] == reason
    path = tmp_path / "检查结果.xlsx"
    assert command("check", EXAMPLE, "--output-file", path)[0] == 0
    sheet = openpyxl.load_workbook(path)["豁免"]
    assert {row[0].value: row[4].value for row in sheet.iter_rows(min_row=2)}["D703"] == 1


@pytest.mark.parametrize("words", [["--select", "C102"], ["--ignore", "C1"]])
def test_what_is_not_shown_does_not_fail_a_check(
    command: Command, folder: Path, words: list[str]
) -> None:
    code, out, err = command("check", folder, *words)
    assert (code, out) == (0, "")
    assert "另有1项按选项没有显示，其中错误1项。" in err


def test_an_unknown_code_is_a_wrong_usage(command: Command) -> None:
    code, out, err = command("check", EXAMPLE, "--select", "D3O2")
    assert (code, out) == (2, "")
    assert "是否应为“D302”？" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--year", "22"], "--year：不能小于1949。"),
        (["--jobs", "两个"], "--jobs：要写整数。"),
        (["-f", "pdf"], "--format：“pdf”不在可选范围内："),
    ],
)
def test_wrong_values_of_options_are_told_in_chinese(
    command: Command, options: list[str], said: str
) -> None:
    code, _, err = command("batch", "项目.xlsx", *options)
    assert code == 2
    assert said in err


@pytest.mark.parametrize("name", ["决算表.xlsx", "report.yaml"])
def test_no_result_is_written_over_an_input(command: Command, name: str) -> None:
    before = (EXAMPLE / name).read_bytes()
    code, _, err = command("check", EXAMPLE, "--output-file", EXAMPLE / name, "--overwrite")
    assert code == 2
    assert f"“{name}”是输入文件" in err
    assert (EXAMPLE / name).read_bytes() == before


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_render_has_no_option_that_hides_an_error(
    command: Command, tmp_path: Path, option: str
) -> None:
    code, _, err = command("render", EXAMPLE, "-o", tmp_path, option, "D1")
    assert code == 2
    assert option in err


def test_render_with_json_leaves_stdout_to_the_array(command: Command, tmp_path: Path) -> None:
    words = ["render", EXAMPLE, "-o", tmp_path / "out", "-f", "md", "--output-format", "json"]
    code, out, err = command(*words)
    assert code == 0
    assert {record["severity"] for record in json.loads(out)} == {"note"}
    assert "已写入" in err


def test_strict_stops_the_writing_at_a_warning(
    command: Command, folder: Path, tmp_path: Path
) -> None:
    text = (folder / "report.yaml").read_text(encoding="utf-8").replace("层及:", "层级:")
    waivers = text.replace("豁免:", "豁免:\n  - {代码: D999, 理由: 不知道}")
    (folder / "report.yaml").write_text(waivers, encoding="utf-8")
    out = tmp_path / "out"
    assert command("check", folder)[0] == 0
    assert command("check", folder, "--strict")[0] == 1
    code, _, err = command("render", folder, "-o", out, "-f", "md", "--strict")
    assert (code, out.exists()) == (1, False)
    assert "没有写入任何文件。" in err


def test_preview_keeps_stdout_for_the_text(command: Command, folder: Path) -> None:
    code, out, err = command("preview", folder)
    assert (code, out) == (1, "")
    assert "      | ^^^^" in err


def test_lint_in_json(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "坏.docx"
    path.write_text("不是", encoding="utf-8")
    code, out, _ = command("templates", "lint", path, "--output-format", "json")
    assert (code, [record["code"] for record in json.loads(out)]) == (1, ["D102"])
    code, out, _ = command("templates", "lint", path, "--ignore", "D1")
    assert (code, out) == (0, "")
    code, _, err = command(
        "templates", "lint", path, "--output-file", path, "--overwrite", "--output-format", "json"
    )
    assert code == 2
    assert "是输入文件" in err


def _piped(*words: object, **variables: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "reportgen", *map(str, words)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "0", **variables},
        timeout=60,
        cwd=ROOT,
    )
    return done.returncode, done.stdout, done.stderr


def test_json_is_utf_8_in_a_pipe_of_a_gbk_console(folder: Path) -> None:
    code, out, err = _piped("check", folder, "--output-format", "json", PYTHONIOENCODING="gbk")
    assert code == 1
    assert json.loads(out.decode("utf-8"))[0]["message"] == "未知的设置项“层及”。"
    assert "检查完毕：错误1项。" in err.decode("gbk")


def test_a_pipe_is_not_coloured(folder: Path) -> None:
    _, out, err = _piped("check", folder, PYTHONIOENCODING="gbk", TERM="xterm-256color")
    assert b"\x1b" not in out + err
    assert "    4 | 层及: 单位" in out.decode("gbk").splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("variable", "coloured"), [("", True), ("1", False)])
def test_a_terminal_is_coloured_unless_no_color(
    folder: Path, variable: str, coloured: bool
) -> None:
    import pty

    main, end = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "reportgen", "check", str(folder)],
        stdin=end,
        stdout=end,
        stderr=subprocess.DEVNULL,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": variable},
        timeout=60,
        cwd=ROOT,
    )
    os.close(end)
    shown = os.read(main, 10_000).decode()
    os.close(main)
    assert ("\x1b[31m错误\x1b[0m report.yaml" in shown) == coloured
    assert ("\x1b" in shown) == coloured


def test_commands_of_templates_show_the_line(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "模板" / "final-accounts" / "甲"
    folder.mkdir(parents=True)
    (folder / "bundle.yaml").write_text("名称: 甲\n名称: 乙\n", encoding="utf-8")
    for words in ([], ["fields", "final-accounts/甲"]):
        code, _, err = command("templates", *words, "--templates", tmp_path / "模板")
        assert code == 1
        assert "C102 “名称”写了两次。\n    2 | 名称: 乙\n      | ^^^^\n" in err, err
