"""A console in GBK, and what each command imports; each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"
IMPORTED = """
import sys
from reportgen.cli.app import run
code = run(sys.argv[1:])
print(sorted({"docx", "docxtpl", "pandas", "openpyxl", "lxml"} & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def _run(*words: object, encoding: str = "gbk", program: str = "") -> tuple[int, bytes, bytes]:
    start = ["-c", program] if program else ["-m", "reportgen"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, *start, *map(str, words)],
        capture_output=True,
        check=False,
        env=environment,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def test_help_in_gbk() -> None:
    code, out, err = _run("--help")
    assert (code, err) == (0, b"")
    assert "退出码" in out.decode("gbk")
    assert "Options" not in out.decode("gbk")


def test_check_in_gbk() -> None:
    code, _, err = _run("check", EXAMPLE)
    assert code == 0
    assert "检查完毕：提示" in err.decode("gbk")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
def test_a_failing_check_on_any_console(
    folder: Path, cell: Callable[..., None], encoding: str
) -> None:
    cell("决算表.xlsx[公开03表]!D10", "㐂😀\u200b")
    code, out, err = _run("check", folder, encoding=encoding)
    assert code == 1
    assert b"Traceback" not in err
    assert b"UnicodeEncodeError" not in err
    assert b"!D10: D108" in out
    if encoding == "gbk":
        assert "应为数字，现为“?" in out.decode("gbk")


def test_preview_in_gbk(folder: Path, replace: Callable[..., None]) -> None:
    replace(folder / "文字.md", "# 职责\n", "# 职责\n\n㐂😀岗位\n")
    code, out, err = _run("preview", folder)
    assert code == 0
    assert b"Traceback" not in err
    assert "??岗位" in out.decode("gbk") or "?岗位" in out.decode("gbk")


@pytest.mark.parametrize(
    ("words", "imported"),
    [
        pytest.param(["--help"], "[]", id="help"),
        pytest.param(["check", EXAMPLE], "['lxml', 'openpyxl', 'pandas']", id="check"),
        pytest.param(["explain", "D108"], "[]", id="explain"),
        pytest.param(["check", "没有"], "['lxml', 'openpyxl']", id="no folder"),
    ],
)
def test_what_a_command_imports(words: list[object], imported: str) -> None:
    _, _, err = _run(*words, encoding="utf-8", program=IMPORTED)
    last = err.decode().splitlines()[-1]
    assert set(last.strip("[]").split(", ")) <= set(imported.strip("[]").split(", "))
    assert "docx" not in last
