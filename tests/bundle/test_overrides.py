"""Slips of inheritance: parents that are not there, and overrides of what no parent has."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.bundle.fitting import fitted
from reportgen.checks.template import check_sources
from reportgen.findings import Finding, Findings
from reportgen.narrative import narrative_environment

PARENT = {
    "bundle.yaml": "名称: 上级\n章节: [说明]\n",
    "tables.yaml": "表01: {编号: 公开01表, 标题: 总表, 版式: 单行, 列: [收入, 支出]}\n",
    "rules.yaml": "派生: {收入: \"表01['收入']\"}\n勾稽: {D901: {标题: 收支不等, 式: 收入 == 0}}\n",
    "wording.yaml": "金额: {单位: 元}\n增减: {另式: {三公: {句: '{向}{额}'}}}\n",
    "narrative.md": "{% block 说明 %}上级{% endblock %}\n",
}


def written(folder: Path, bundles: Mapping[str, Mapping[str, str]]) -> Path:
    for name, files in bundles.items():
        own = folder / "类" / name
        own.mkdir(parents=True)
        for file, text in files.items():
            (own / file).write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, name: str = "类/下级") -> list[tuple[str, str, str, str]]:
    findings = Findings()
    bundle = load_bundle(name, [folder], findings)
    assert (bundle is None) is findings.has_errors
    return [shown(finding) for finding in findings]


def shown(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, str(finding.place), finding.message, finding.hint


def bundle(parent: str) -> dict[str, str]:
    return {"bundle.yaml": f"名称: 例\n上级: {parent}\n"}


def test_a_parent_that_is_not_there(tmp_path: Path) -> None:
    written(tmp_path, {"上级": PARENT, "下级": bundle("类/上及")})
    assert told(tmp_path) == [
        (
            "C108",
            "类/下级/bundle.yaml:2:1",
            "找不到上级模板“类/上及”。",
            "是否应为“类/上级”？",
        )
    ]


def test_a_parent_s_parent_that_is_not_there(tmp_path: Path) -> None:
    written(tmp_path, {"中级": bundle("类/无此"), "下级": bundle("类/中级")})
    code, place, message, _ = told(tmp_path)[0]
    assert (code, place) == ("C108", "类/中级/bundle.yaml:2:1")
    assert message == "找不到上级模板“类/无此”。"


def test_parents_in_a_circle(tmp_path: Path) -> None:
    written(tmp_path, {"甲": bundle("类/乙"), "乙": bundle("类/丙"), "丙": bundle("类/乙")})
    assert told(tmp_path, "类/甲") == [
        (
            "C108",
            "类/丙/bundle.yaml:2:1",
            "模板的上级互相引用：类/甲→类/乙→类/丙→类/乙。",
            "请改正 bundle.yaml 的“上级”。",
        )
    ]


def test_its_own_parent(tmp_path: Path) -> None:
    written(tmp_path, {"甲": bundle("类/甲")})
    assert [found[:2] for found in told(tmp_path, "类/甲")] == [
        ("C108", "类/甲/bundle.yaml:2:1"),
    ]


def test_too_many_parents(tmp_path: Path) -> None:
    chain = {str(n): bundle(f"类/{n + 1}") for n in range(9)}
    written(tmp_path, {**chain, "9": {"bundle.yaml": "名称: 例\n"}})
    (found,) = told(tmp_path, "类/0")
    assert found[:2] == ("C108", "类/7/bundle.yaml:2:1")
    assert "模板的上级超过8层" in found[2]


@pytest.mark.parametrize(
    ("file", "text", "row", "said", "hint"),
    [
        pytest.param("tables.yaml", "表91: null\n", 1, "上级没有“表91”", "表01", id="table"),
        pytest.param("rules.yaml", "勾稽:\n  D911: null\n", 2, "上级没有“D911”", "D901", id="rule"),
        pytest.param(
            "wording.yaml",
            "增减:\n  另式:\n    三工: null\n",
            3,
            "上级没有“三工”",
            "三公",
            id="below",
        ),
    ],
)
def test_what_no_parent_has_is_not_removed(
    tmp_path: Path, file: str, text: str, row: int, said: str, hint: str
) -> None:
    written(tmp_path, {"上级": PARENT, "下级": {**bundle("类/上级"), file: text}})
    (found,) = told(tmp_path)
    assert found[:2] == ("C109", f"类/下级/{file}:{row}:{2 * row - 1}")
    assert said in found[2]
    assert hint in found[3]


@pytest.mark.parametrize(
    ("file", "text", "code", "hint"),
    [
        pytest.param("tables.yaml", "表0l: {注: 无}\n", "C103", "上级没有“表0l”", id="table"),
        pytest.param(
            "rules.yaml", "勾稽: {D90l: {级别: 警告}}\n", "C103", "是否应为“D901”", id="rule"
        ),
    ],
)
def test_what_no_parent_has_is_written_in_full(
    tmp_path: Path, file: str, text: str, code: str, hint: str
) -> None:
    written(tmp_path, {"上级": PARENT, "下级": {**bundle("类/上级"), file: text}})
    found = told(tmp_path)
    assert {one[0] for one in found} == {code}
    assert all(f"类/下级/{file}:1" in one[1] and hint in one[3] for one in found)


def test_a_blank_part_of_the_rules_does_not_remove_them_all(tmp_path: Path) -> None:
    child = {**bundle("类/上级"), "rules.yaml": "派生: {}\n勾稽:\n"}
    written(tmp_path, {"上级": PARENT, "下级": child})
    (found,) = told(tmp_path)
    assert found[:2] == ("C104", "类/下级/rules.yaml:2:1")
    assert found[2] == "“勾稽”下面是空的，会去掉上级的全部勾稽。"


def test_what_a_grandparent_has_may_be_removed(tmp_path: Path) -> None:
    child = {**bundle("类/中级"), "tables.yaml": "表01: null\n", "rules.yaml": "派生: {}\n"}
    written(tmp_path, {"上级": PARENT, "中级": bundle("类/上级"), "下级": child})
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param("{% block 说名 %}甲{% endblock %}", 2, "上级没有“说名”", id="block"),
        pytest.param("\n印不出来\n{% block 说明 %}{% endblock %}", 3, "block 以外", id="words"),
        pytest.param("{{ 单位 }}", 2, "block 以外", id="tag"),
    ],
)
def test_what_a_child_template_writes_in_vain(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    child = '{% extends "类/上级/narrative.md" %}\n' + text
    folder = written(
        tmp_path, {"上级": PARENT, "下级": {**bundle("类/上级"), "narrative.md": child}}
    )
    found = _template_faults(folder)
    assert [(f.code, str(f.place)) for f in found] == [("T109", f"类/下级/narrative.md:{line}")]
    assert said in found[0].message


def test_sections_of_the_bundle_and_blocks_in_blocks_are_printed(tmp_path: Path) -> None:
    child = (
        '{% extends "类/上级/narrative.md" %}\n{# 注 #}\n{% set 甲 = 1 %}\n'
        "{% block 说明 %}{% block 内 %}乙{% endblock %}{% endblock %}\n"
        "{% block 附件 %}丙{% endblock %}"
    )
    files = {**bundle("类/上级"), "narrative.md": child}
    folder = written(tmp_path, {"上级": PARENT, "下级": files})
    assert _template_faults(folder) == []


def _template_faults(folder: Path) -> list[Finding]:
    findings = Findings()
    loaded = load_bundle("类/下级", [folder], findings)
    assert loaded
    environment = narrative_environment(loader=loaded.loader())
    names = {"单位": "", "说明": "", "附件": ""}
    check_sources(environment, [loaded.template_name("narrative.md")], names, findings)
    return list(findings)


@pytest.mark.parametrize("level", ["部门", "单位"])
def test_notes_of_the_common_tables_speak_of_the_level(level: str) -> None:
    found = load_bundle("final-accounts/common", search_path(), Findings())
    assert found
    for profile in found.profiles:
        note = fitted(profile, {"层级": level, "预算口径": "年初预算"}).note
        assert note.startswith(f"本表反映{level}本年度")
