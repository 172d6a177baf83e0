"""The words over the tables are the bundle's: both layouts take them from bundle.yaml."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pytest

from reportgen.bundle import load_bundle
from reportgen.cli.app import run
from reportgen.findings import Findings
from reportgen.pipeline.job import Job
from reportgen.pipeline.prepare import prepare
from reportgen.preview import markdown_preview
from reportgen.render.scaffold import draw

ROOT = Path(__file__).parents[2]
WORDS = """\
表部分: 二、{年度}年度公开表（{本部门}）
表头: ["编制单位：{单位}", "单位：{表单位}"]
"""


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "templates", tmp_path / "模板"))
    with (folder / "final-accounts" / "shanxi-2022" / "bundle.yaml").open("a") as file:
        file.write(WORDS)
    return folder


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def test_the_scaffold_takes_them_as_tags(templates: Path) -> None:
    bundle = load_bundle("final-accounts/shanxi-2022", [templates], Findings())
    assert bundle is not None
    settings = bundle.settings
    drawn = texts(
        draw(bundle.profiles, settings.sections, settings.tables_heading, settings.table_caption)
    )
    assert drawn.count("二、{{ 年度 }}年度公开表（{{ 本部门 }}）") == 1
    assert drawn.count("编制单位：{{ 单位 }}\t单位：{{ 表单位 }}") == len(bundle.profiles)
    assert not any("部门名称" in text for text in drawn)


def test_no_heading_is_drawn_where_the_bundle_has_none() -> None:
    assert draw([], ["说明"], "", [])


def test_markdown_takes_them_filled_in(templates: Path) -> None:
    prepared = prepare(Job(ROOT / "examples" / "jincheng-2022", templates))
    text = markdown_preview(prepared) or ""
    assert "# 二、2022年度公开表（本单位）" in text
    assert "编制单位：晋城市人力资源和社会保障局　单位：元" in text
    assert "部门名称" not in text


def test_an_old_layout_that_says_otherwise_is_told(
    templates: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = templates / "final-accounts" / "shanxi-2022" / "report.docx"
    name = "final-accounts/shanxi-2022"
    assert run(["templates", "lint", str(path), "-t", name, "--templates", str(templates)]) == 1
    assert "W105 版面里没有名称“表部分”" in capsys.readouterr().out


@pytest.mark.parametrize("line", ["表部分: 第{部}部分", "表头: ['{单味}']"])
def test_a_slot_that_nothing_fills_is_told(templates: Path, line: str) -> None:
    path = templates / "final-accounts" / "shanxi-2022" / "bundle.yaml"
    text = path.read_text(encoding="utf-8").replace(WORDS, "")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    findings = Findings()
    assert load_bundle("final-accounts/shanxi-2022", [templates], findings) is None
    [finding] = findings
    assert (finding.code, finding.place.row) == ("C104", text.count("\n") + 1)
