"""Every rule that the bundles ship can fail: one change of the example for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.findings import Findings

NAME = "final-accounts/shanxi-2022"
T, S, P = "决算表.xlsx", "补充数据.xlsx", "项目.xlsx"
Change = Mapping[str, object]


def table(number: int, **cells: object) -> Change:
    return {f"{T}[公开{number:02}表]!{address}": value for address, value in cells.items()}


def sheet(name: str, **cells: object) -> Change:
    return {f"{S}[{name}]!{address}": value for address, value in cells.items()}


def project(name: str, **cells: object) -> Change:
    return {f"{P}[{name}]!{address}": value for address, value in cells.items()}


def last_year(*line: object) -> Change:
    """A further line of 上年数."""
    return sheet("上年数", **dict(zip(("A16", "B16", "C16", "D16"), line, strict=True)))


FUND_ROW = {"A8": "212", "B8": "城乡社区支出", "E8": 5, "G8": 5}
BREAKS: Mapping[str, Change] = {
    "D201": table(1, C37=1),
    "D202": table(4, C38=1),
    "D203": table(1, F35=1),
    "D204": table(4, C35=5),
    "D205": table(4, C36=5),
    "D206": table(4, C37=5),
    "D207": table(8, C7=5),
    "D301": table(2, C7=1),
    "D302": table(3, C7=1),
    "D303": table(2, D7=1),
    "D304": table(4, C8=5),
    "D305": table(5, C7=1),
    "D306": table(5, D10=99999999),
    "D307": table(2, F7=5),
    "D308": table(1, F14=1),
    "D309": table(4, G14=1),
    "D310": table(4, F14=99999999),
    "D311": table(4, C34=99999999),
    "D312": table(8, D7=5),
    "D313": table(8, E7=5),
    "D314": table(8, H7=5),
    "D315": table(9, C7=5),
    "D316": table(8, **FUND_ROW),
    "D317": table(9, A8="223", B8="国有资本经营预算支出", C8=5, E8=5),
    "D318": table(7, L8=1),
    "D401": table(6, P34=1),
    "D402": table(7, A8=1),
    "D403": sheet("机构运行", B12=1),
    "D404": sheet("年初预算", C2=1),
    "D405": sheet("上年数", D13=1),
    "D406": sheet("上年数", D7=1),
    "D407": sheet("绩效汇总", C2=99999999),
    "D408": sheet("机构运行", B8=9),
    "D411": last_year("表01", "60", "", 5),
    "D412": last_year("表04", "60", "合计", 5),
    "D413": last_year("表08", "合计", "年末结转和结余", 5),
    "D414": sheet("上年数", D3=1),
    "D421": sheet("机构运行", B6=0),
    "D422": table(7, L8=0),
    "D423": table(7, J8=5),
    "D424": sheet("机构运行", B4=1),
    "D425": sheet("机构运行", B5=0),
    "D426": table(7, H8=5),
    "D427": sheet("机构运行", B2=1),
    "D428": sheet("机构运行", B6=99),
    "D429": table(7, K8=0),
    "D431": {},
    "D432": sheet("整体支出", B2=99999999),
    "D433": sheet("绩效汇总", H2=5),
    "D434": sheet("绩效汇总", D2=5),
    "D501": table(6, C34=1),
    "D502": table(6, D7=99999999),
    "D503": table(7, L8=1),
    "D504": table(6, O34=1),
    "D601": project("指标", H2=1),
    "D602": project("指标", I2=99),
    "D603": project("资金", G3=1),
    "D604": project("资金", H2=99999999),
    "D605": project("项目", J2=1),
    "D606": project("项目", K2="差"),
    "D607": project("资金", D2=0),
    "D608": project("资金", E3=1),
    "D609": project("资金", F2=5, F3=4),
    "D610": project("项目", J2=105),
    "D701": table(10, C12=99999999),
    "D702": sheet("政府采购", B2=99999999),
    "D703": {},
    "D704": table(10, C12=1),
    "D705": sheet("机构运行", B5=99),
}


def rules() -> list[str]:
    bundle = load_bundle(NAME, search_path(), Findings())
    assert bundle is not None
    return [rule.code for rule in bundle.reconciliations]


def test_there_is_a_change_for_every_rule() -> None:
    assert set(BREAKS) == set(rules())


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_a_rule_can_fail(example: Any, code: str) -> None:
    clean = {(finding.code, finding.message) for finding in example.found({})}
    found = [finding for finding in example.found(BREAKS[code]) if finding.code == code]
    assert found, code
    new = [finding for finding in found if (code, finding.message) not in clean]
    assert bool(new) is bool(BREAKS[code])
    assert all(finding.place.address for finding in found) or code == "D431"
