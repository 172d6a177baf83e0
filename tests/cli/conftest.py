"""A result made by hand, and the command line in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.cli.app import run
from reportgen.findings import Findings, Place, Waiver
from reportgen.outputs import Result

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022"


@pytest.fixture
def result(tmp_path: Path) -> Result:
    """An error in a cell, one in a line, a warning, a waived error; errors are not first."""
    (tmp_path / "report.yaml").write_text("模板: 甲\n层及: 单位\n", encoding="utf-8")
    waiver = Waiver("D703", "公开稿如此", Place.line("report.yaml", 14, 5))
    findings = Findings()
    findings.warning("D124", Place.cell("甲.xlsx", "=乙"), "表头写“丙”。", "请核对。")
    findings.error("D703", Place.cell("甲.xlsx", "乙", "B3"), "=1+1大于0。", "请核对。")
    findings.error("D302", Place.cell("甲.xlsx", "乙", "C9"), "两表\n不一致。")
    findings.error(
        "C101", Place.line("report.yaml", 2, 1), "未知的设置项“层及”。", "请改为“层级”。"
    )
    titles = {"D302": "支出合计两表一致", "D703": "合同金额"}
    return Result(findings.waived([waiver]), titles, [waiver], [tmp_path])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example with an unknown setting: one finding, and quickly found."""
    own = Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))
    text = (own / "report.yaml").read_text(encoding="utf-8")
    (own / "report.yaml").write_text(text.replace("层级:", "层及:"), encoding="utf-8")
    return own


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """command(*arguments): exit code, stdout and stderr of a command line."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return call
