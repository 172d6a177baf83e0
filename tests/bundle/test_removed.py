"""A table taken out: rules and figures that name it fall silent, and lint says so once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.findings import Findings
from reportgen.model import NO_TABLE, Absent
from reportgen.pipeline.job import Gate, Job, Prepared
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.removed import note_removed

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jincheng-2022"
NAME = "final-accounts/shanxi-2022"


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("去表") / "模板"
    shutil.copytree(ROOT / "templates", folder)
    (folder / NAME / "tables.yaml").write_text("表09: null\n表10: null\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bundle(templates: Path) -> Bundle:
    found = load_bundle(NAME, search_path(templates), Findings())
    assert found
    return found


@pytest.fixture(scope="module")
def prepared(templates: Path) -> Prepared:
    return prepare(Job(EXAMPLE, templates), Gate.DATA)


def test_the_table_is_neither_read_nor_printed(prepared: Prepared, bundle: Bundle) -> None:
    assert list(bundle.removed) == ["表09", "表10"]
    names = [table.profile.name for table in prepared.context["表格"]]
    assert names == [f"表{number:02}" for number in range(1, 9)]


def test_what_is_asked_of_it_is_absent(prepared: Prepared) -> None:
    for name in ("机关运行经费", "车辆合计", "国有资本经营预算财政拨款支出"):
        value = prepared.context[name]
        assert isinstance(value, Absent)
        assert value.reason == NO_TABLE


def test_its_rules_fall_silent(prepared: Prepared) -> None:
    usual = {str(f) for f in prepare(Job(EXAMPLE), Gate.DATA).judged}
    new = [f for f in prepared.judged if str(f) not in usual]
    assert [f.code for f in new if f.code not in ("C106", "N102")] == []
    assert not any(NO_TABLE in str(f) for f in prepared.judged)


def test_lint_says_it_once_at_its_line(bundle: Bundle) -> None:
    findings = Findings()
    note_removed(bundle, findings)
    assert [(f.code, str(f.place)) for f in findings] == [
        ("T110", f"{NAME}/tables.yaml:1:1"),
        ("T110", f"{NAME}/tables.yaml:2:1"),
    ]
    first, second = (finding.message for finding in findings)
    assert first.startswith(
        "去掉了“表09”：勾稽 D315、D317、D503 不再核对（或只核对一部分），"
        "国有资本经营预算财政拨款支出"
    )
    assert second.startswith("去掉了“表10”：勾稽 D701、D702、D704、D705 不再核对")
    assert "，机关运行经费、" in second


def test_a_bundle_that_removes_nothing_is_told_nothing() -> None:
    found = load_bundle(NAME, search_path(), Findings())
    assert found
    findings = Findings()
    note_removed(found, findings)
    assert len(findings) == 0
