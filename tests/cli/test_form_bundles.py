"""The commands for template authors, asked of bundles whose documents are single projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.cli.app import run

TEMPLATES = Path(__file__).parents[2] / "templates" / "self-evaluation"
LAYOUTS = sorted(TEMPLATES.glob("*/*.docx"))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_layouts_ask_only_for_what_there_is(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = f"self-evaluation/{path.parent.name}"
    assert run(["templates", "lint", str(path), "-t", name]) == 0, capsys.readouterr().out


def test_fields_are_those_of_a_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates", "fields", "self-evaluation/shanxi"]) == 0
    said = capsys.readouterr().out
    assert "执行率满分" in said
    assert "分组" in said
    assert "补充数据" not in said


def test_a_form_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.docx"
    assert run(["templates", "scaffold", "self-evaluation/shanxi", "-o", str(out)]) == 2
    assert "自评表的模板" in capsys.readouterr().err
    assert not out.exists()
