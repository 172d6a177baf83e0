"""填报单位: what is but called an amount in 补充数据 is filled in in the bundle's unit."""

from __future__ import annotations

from pathlib import Path

from reportgen.bundle import Bundle, load_bundle
from reportgen.findings import Findings

PARENT = "名称: 上级\n补充数据:\n  采购: {版式: 名值, 项: {货物: 金额, 保证金: 元, 家数: 个}}\n"


def load(folder: Path, child: str) -> tuple[Bundle | None, Findings]:
    for name, text in (("上级", PARENT), ("下级", f"名称: 下级\n上级: 类/上级\n{child}")):
        (folder / "类" / name).mkdir(parents=True)
        (folder / "类" / name / "bundle.yaml").write_text(text, encoding="utf-8")
    findings = Findings()
    return load_bundle("类/下级", [folder], findings), findings


def test_a_child_says_in_what_unit_its_parent_s_amounts_are(tmp_path: Path) -> None:
    bundle, findings = load(tmp_path, "填报单位: 万元\n补充数据:\n  采购: {项: {服务: 金额}}\n")
    assert bundle
    assert len(findings) == 0
    units = {"货物": "万元", "保证金": "元", "家数": "个", "服务": "万元"}
    assert bundle.supplement["采购"].columns == units


def test_amounts_are_in_yuan_unless_it_is_said(tmp_path: Path) -> None:
    bundle, _ = load(tmp_path, "")
    assert bundle
    assert bundle.supplement["采购"].columns["货物"] == "元"


def test_no_other_unit(tmp_path: Path) -> None:
    bundle, findings = load(tmp_path, "填报单位: 美元\n")
    assert bundle is None
    [found] = findings
    assert (found.code, str(found.place)) == ("C104", "类/下级/bundle.yaml:3:1")
