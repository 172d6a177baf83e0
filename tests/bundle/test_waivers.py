"""A waiver that no finding needs is told, once the run could find everything."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from reportgen.pipeline.job import Gate, Job
from reportgen.pipeline.prepare import prepare

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "jincheng-2022"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example with one more waiver, of a code that nothing has."""
    own = Path(shutil.copytree(EXAMPLE, tmp_path / "报告"))
    text = (own / "report.yaml").read_text(encoding="utf-8")
    waivers = "豁免:\n  - {代码: D999, 理由: 不知道}\n  - {代码: P101, 理由: 写文件时才知道}"
    (own / "report.yaml").write_text(text.replace("豁免:", waivers), encoding="utf-8")
    return own


def test_a_waiver_without_a_finding_is_a_warning_at_its_line(folder: Path) -> None:
    judged = prepare(Job(folder)).judged
    found = [f for f in judged if f.code == "C106"]
    lines = (folder / "report.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, start=1) if "D999" in text)
    assert [(f.severity.value, f.place.file, f.place.row) for f in found] == [
        ("警告", "report.yaml", line)
    ]
    assert "“D999”" in found[0].message


def test_before_the_last_gate_nothing_is_said(folder: Path) -> None:
    judged = prepare(Job(folder), Gate.TEMPLATE).judged
    assert "C106" not in {f.code for f in judged}


def test_what_could_not_be_read_may_hide_what_is_waived(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "决算表.xlsx")
    book[book.sheetnames[0]].title = "别的"
    book.remove(book[book.sheetnames[-1]])
    book.save(folder / "决算表.xlsx")
    judged = prepare(Job(folder)).judged
    assert judged.has_errors
    assert "C106" not in {f.code for f in judged}
