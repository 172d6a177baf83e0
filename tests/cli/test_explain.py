"""reportgen explain: every code, in any letters, of the program and of bundles."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import CODES, Findings

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[2]
NAME = "final-accounts/shanxi-2022"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of the bundles with a rule that is explained in full."""
    folder = Path(shutil.copytree(ROOT / "templates", tmp_path / "模板"))
    rules = folder / NAME / "rules.yaml"
    rule = (
        "  D799:\n    标题: 试验\n    级别: 警告\n    每行: 表05.项\n    当: 表05\n"
        "    式: 行['小计'] >= 0\n    说明: 因为重要。\n    例: 某处的提示。\n    处理: 请核对。\n"
    )
    rules.write_text(rules.read_text(encoding="utf-8") + rule, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", CODES)
def test_a_code_of_the_program(command: Command, name: str) -> None:
    code, out, err = command("explain", name.lower())
    assert (code, err) == (0, "")
    known = CODES[name]
    assert out.startswith(f"{name}  {known.title}\n")
    for part in (known.why, known.example, known.repair):
        assert f"\n    {part}\n" in out


def test_a_rule_in_full(command: Command, templates: Path) -> None:
    code, out, err = command("explain", "d799", "--templates", templates)
    assert (code, err) == (0, "")
    lines = [line.strip() for line in out.splitlines() if line]
    assert lines[:-1] == [
        "D799  试验",
        "为什么重要",
        "因为重要。",
        "例",
        "某处的提示。",
        "处理",
        "请核对。",
        "式子",
        "每行：表05.项",
        "当：表05",
        "行['小计'] >= 0",
        "级别",
        "警告",
        "出处",
    ]
    assert lines[-1].startswith(f"模板 {NAME}（{NAME}/rules.yaml:")


def test_every_rule_of_every_bundle_is_explained(command: Command) -> None:
    bundle = load_bundle(NAME, search_path(), Findings())
    assert bundle is not None
    rule = bundle.reconciliations[0]
    code, out, _ = command("explain", rule.code, "-t", NAME)
    assert code == 0
    assert out.startswith(f"{rule.code}  {rule.title}\n")
    assert "\n处理\n    " in out
    assert rule.condition in out
    listed = command("explain")[1]
    for rule in bundle.reconciliations:
        assert f"\n  {rule.code}  {rule.title}\n" in listed


def test_without_a_code_all_are_listed_by_family(command: Command) -> None:
    code, out, err = command("explain")
    assert (code, err) == (0, "")
    for name, known in CODES.items():
        assert f"  {name}  {known.title}\n" in out
    assert out.startswith("设置（report.yaml")
    assert "\n\n勾稽（final-accounts/" in out
    lines = [line for line in out.splitlines() if line.startswith("  ")]
    assert len(lines) == len(set(lines))


def test_an_opening_lists_its_family(command: Command) -> None:
    code, out, _ = command("explain", "c1")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == [
        name for name in CODES if name.startswith("C1")
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["D3O2"], "都没有代码“D3O2”。是否应为“D302”？"),
        (["Q"], "用 reportgen explain 列出全部代码。"),
        (["D302", "--templates", "没有"], "找不到模板文件夹“没有”。"),
        (["D302", "-t", "final-accounts/shanxi-2202"], "是否应为“final-accounts/shanxi-2022”"),
        (["C10l", "-t", NAME], f"模板“{NAME}”和程序都没有代码“C10l”。是否应为“C101”？"),
    ],
)
def test_an_unknown_code_is_a_wrong_usage(command: Command, words: list[str], said: str) -> None:
    code, out, err = command("explain", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_a_faulty_bundle_is_passed_over_unless_it_was_asked_for(
    command: Command, templates: Path
) -> None:
    other = templates / "final-accounts" / "another"
    other.mkdir()
    (other / "bundle.yaml").write_text("名称: [", encoding="utf-8")
    assert command("explain", "D799", "--templates", templates)[0] == 0
    code, out, err = command(
        "explain", "D799", "-t", "final-accounts/another", "--templates", templates
    )
    assert (code, out) == (1, "")
    assert "final-accounts/another/bundle.yaml" in err
    assert "C105" in err
