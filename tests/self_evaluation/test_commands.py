"""The commands about templates, for bundles whose documents are single projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli.app import run
from tests.self_evaluation.conftest import BOOKS, ROOT

NAMES = sorted(BOOKS)


@pytest.mark.parametrize("layout", ["report.docx", "summary.docx"])
@pytest.mark.parametrize("name", NAMES)
def test_lint_finds_nothing(name: str, layout: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = ROOT / "templates" / "self-evaluation" / name / layout
    assert run(["templates", "lint", str(file), "-t", f"self-evaluation/{name}"]) == 0
    assert "没有发现问题" in "".join(capsys.readouterr())


def test_fields_are_those_of_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates", "fields", "self-evaluation/shanxi"]) == 0
    out = capsys.readouterr().out
    assert "执行率满分" in out
    assert "百分比：" in out
    assert "分组" in out
    assert "表01" not in out


def test_a_form_is_not_scaffolded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "t.docx"
    assert run(["templates", "scaffold", "self-evaluation/shanxi", "-o", str(target)]) == 2
    assert "自评表的模板" in "".join(capsys.readouterr())
    assert not target.exists()
