"""{表06} in the texts of rules: the number that the bundle prints on its own table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.cli.app import run
from reportgen.findings import Findings

NAME = "final-accounts/例"
TABLES = "表05: {编号: 公开06表}\n表06: {编号: 公开08表}\n表07: {编号: 公开13表}\n表09: null\n"


def _load(folder: Path, rules: str = "派生: {}\n") -> tuple[Bundle | None, list[str]]:
    own = folder / NAME
    own.mkdir(parents=True)
    settings = "名称: 例\n上级: final-accounts/common\n"
    files = {"bundle.yaml": settings, "tables.yaml": TABLES, "rules.yaml": rules}
    for name, text in files.items():
        (own / name).write_text(text, encoding="utf-8")
    findings = Findings()
    return load_bundle(NAME, search_path(folder), findings), [str(f) for f in findings]


def _texts(bundle: Bundle) -> dict[str, str]:
    return {
        rule.code: f"{rule.title}\n{rule.why}\n{rule.example}\n{rule.hint}"
        for rule in bundle.reconciliations
    }


def test_tables_are_called_by_the_numbers_of_the_bundle(tmp_path: Path) -> None:
    bundle, findings = _load(tmp_path)
    assert bundle, findings
    texts = _texts(bundle)
    assert "决算数小于公开08表基本支出中的本项支出" in texts["D318"]
    assert "公开08表两项之和应当等于公开06表的基本支出" in texts["D401"]
    assert "请核对补充数据.xlsx的“机构运行”表和公开13表。" in texts["D403"]
    assert "公开09表的合计" in texts["D315"]  # taken out: as its parents call it
    assert not any(re.search(r"[{}]", text) for text in texts.values())


def test_no_text_of_the_common_rules_has_a_number_of_its_own() -> None:
    file = Path(__file__).parents[2] / "templates" / "final-accounts" / "common" / "rules.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(r"公开0\d表", line)] == []


def test_a_slot_that_is_no_table_is_a_finding(tmp_path: Path) -> None:
    bundle, findings = _load(tmp_path, '勾稽:\n  D318:\n    处理: "请核对{表66}。"\n')
    assert bundle is None
    told = f"{NAME}/rules.yaml:3:5: C104 “勾稽.D318.处理”里没有“{{表66}}”可填。是否应为“表06”？"
    assert findings == [told]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "“三公”经费决算数小于公开06表基本支出中的本项支出"),
        (("-t", NAME), "“三公”经费决算数小于公开08表基本支出中的本项支出"),
    ],
)
def test_explain_prints_the_numbers_of_the_bundle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], said: str
) -> None:
    _load(tmp_path)
    assert run(["explain", "D318", *options, "--templates", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"D318  {said}\n")
    if not options:
        assert "模板 final-accounts/common（final-accounts/common/rules.yaml:" in out
