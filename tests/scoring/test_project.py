"""A whole project: 执行率 and its points, the total, the grade, and what is told on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportgen.findings import Findings, Place
from reportgen.model import Absent, Blank, Figure, Fund, Kind, Project, SheetRow
from reportgen.model.formula import cells, names
from reportgen.rules.scoring import ScoredProject, ScoringSettings, score_project

HEADS = {"项目名称": "A", "自评得分": "J", "自评等级": "K"}
LETTERS = {"调整后指标值": "F", "实际完成值": "G", "分值": "H", "得分": "I"}
COLUMNS = dict(zip(("预算编制数", "年初预算数", "全年预算数", "全年执行数"), "EFGH", strict=True))


def figure(
    value: object, address: str = "A1", kind: Kind = Kind.SCORE, sheet: str = "指标"
) -> Figure:
    place = Place.cell("项目.xlsx", sheet, address)
    return Figure("数", Decimal(str(value)), kind, places=(place,), formula=str(place))


def fund(row: int = 2, source: str = "年度资金总额", **amounts: object) -> Fund:
    return Fund(
        source,
        {
            name: Figure(
                name,
                Decimal(str(value)) * 10_000,
                places=(Place.cell("项目.xlsx", "资金", f"{COLUMNS[name]}{row}"),),
                scale=Decimal(10_000),
            )
            for name, value in amounts.items()
        },
    )


def indicator(target: str, actual: str, weight: int, row: int = 2, **more: Any) -> dict[str, Any]:
    return {
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "三级指标": f"指标{row}",
        "调整后指标值": target,
        "实际完成值": actual,
        "分值": figure(weight, f"H{row}"),
        "得分": None,
        **more,
    }


def project(*indicators: dict[str, Any], funds: Any = None, **fields: Any) -> Project:
    given = funds if funds is not None else (fund(全年预算数="8.22", 全年执行数="6.815"),)
    rows = tuple(SheetRow("项目.xlsx", "指标", n, LETTERS) for n in range(2, 2 + len(indicators)))
    own = {"项目名称": "甲", "自评得分": None, "自评等级": None, **fields}
    return Project("甲", own, given, indicators, SheetRow("项目.xlsx", "项目", 3, HEADS), rows)


def scored(*indicators: dict[str, Any], **more: Any) -> tuple[ScoredProject, Findings]:
    settings = ScoringSettings.model_validate(more.pop("settings", {}))
    findings = Findings()
    return score_project(project(*indicators, **more), settings, findings), findings


def value(found: object) -> str:
    assert isinstance(found, Figure), found
    return f"{found.value.normalize():f}"


FULL = indicator("=70个", "70个", 90)


def test_the_total_is_the_sum_of_printed_scores_and_the_grade_follows_it() -> None:
    found, findings = scored(FULL)
    assert not list(findings)
    assert value(found.execution) == "8.29"  # as seed 003 prints it
    assert value(found.lookup("自评得分")) == "98.29"
    assert found.lookup("自评等级") == "优"
    assert found.rate is found.lookup("执行率")
    assert isinstance(found, Project)


def test_what_is_typed_is_kept_and_the_grade_is_that_of_the_typed_total() -> None:
    found, _ = scored(FULL, 自评得分=figure("85"))
    assert value(found.lookup("自评得分")) == "85"
    assert value(found.total) == value(found.lookup("合计得分")) == "98.29"
    assert found.grade == found.lookup("自评等级") == found.lookup("得分等级") == "良"
    typed, _ = scored(FULL, 自评等级="中")
    assert (typed.lookup("自评等级"), typed.grade) == ("中", "优")


def test_the_sum_is_that_of_the_printed_scores() -> None:
    """Two scores of 40.995 are printed as 41 each; the total is what a reader adds up."""
    half = figure("40.995", "I2")
    found, _ = scored(indicator("=1", "1", 45, 得分=half), indicator("=1", "1", 45, 3, 得分=half))
    assert value(found.total) == "90.29"
    assert found.grade == "优"
    typed, _ = scored(FULL, 自评得分=figure("89.995"))
    assert typed.grade == "优"  # it is printed as 90


def test_how_it_came_about() -> None:
    found, _ = scored(indicator("≥95%", "≥60%", 80), indicator("=1", "1", 10, 3))
    assert isinstance(found.total, Figure)
    assert names(found.total) == "合计得分＝指标2得分＋指标3得分＋执行率得分"
    assert isinstance(found.execution, Figure)
    assert names(found.execution) == "执行率得分＝全年执行数÷全年预算数×10，保留2位小数"
    assert cells(found.execution).startswith("项目.xlsx[资金]!H2 * 10000 / (项目.xlsx[资金]!G2")
    score = found.scores[0]
    assert score is not None
    assert names(score.figure) == "指标2得分＝60%÷95%×80"
    assert cells(score.figure) == "项目.xlsx[指标]!F2、G2、H2"


def test_a_score_that_is_missing_leaves_no_total() -> None:
    found, findings = scored(FULL, indicator("提高", "达成", 10, 3))
    assert [finding.code for finding in findings] == ["S102"]
    assert isinstance(found.total, Absent)
    assert isinstance(found.lookup("自评得分"), Blank)
    assert isinstance(found.lookup("自评等级"), Blank)
    assert found.grade == ""


def test_a_project_without_indicators_has_what_is_typed() -> None:
    found, findings = scored(自评得分=figure("91.82"), funds=())
    assert not list(findings)
    assert isinstance(found.total, Absent)
    assert isinstance(found.rate, Absent)
    assert found.lookup("自评等级") == "优"
    assert found.lookup("指标") == ()


def test_the_rows_have_scores_and_the_weights_of_their_classes() -> None:
    typed = figure(5, "I4")
    found, _ = scored(
        indicator("=1", "1", 10),
        indicator("=2", "1", 20, 3, 二级指标="质量指标"),
        indicator("=1", "1", 5, 4, 一级指标="效益指标", 得分=typed),
    )
    rows: Any = found.lookup("指标")
    assert [value(row["得分"]) for row in rows] == ["10", "10", "5"]
    assert rows[2]["得分"] is typed
    assert [value(row["一级分值"]) for row in rows] == ["30", "30", "5"]
    assert [value(row["二级分值"]) for row in rows] == ["10", "20", "5"]


def test_names() -> None:
    found, _ = scored(FULL)
    assert value(found.lookup("执行率满分")) == "10"
    assert value(found.lookup("指标满分")) == "90"
    assert value(found.lookup("资金结转结余")) == "14050"
    assert {"执行率得分", "合计得分", "自评等级", "全年预算数"} <= set(found.names())
    for name in found.names():
        found.lookup(name)


@pytest.mark.parametrize(
    ("budget", "spent", "points", "rate"),
    [("100", "100", "10", "1"), ("100", "120", "10", "1.2"), ("3", "1", "3.33", None)],
)
def test_execution(budget: str, spent: str, points: str, rate: str | None) -> None:
    found, _ = scored(FULL, funds=(fund(全年预算数=budget, 全年执行数=spent),))
    assert value(found.execution) == points
    assert rate is None or value(found.rate) == rate


@pytest.mark.parametrize(
    ("setting", "points", "rate", "total"),
    [("零分", "0", "0", "90"), ("满分", "10", "1", "100"), ("不计", None, None, "90")],
)
def test_nothing_of_nothing(setting: str, points: str | None, rate: str | None, total: str) -> None:
    funds = (fund(全年预算数=0, 全年执行数=0),)
    found, findings = scored(FULL, funds=funds, settings={"零除零": setting})
    (told,) = findings
    assert (told.code, str(told.place)) == ("S110", "项目.xlsx[资金]!G2")
    assert value(found.total) == total
    for wanted, given in ((points, found.execution), (rate, found.rate)):
        assert isinstance(given, Absent) if wanted is None else value(given) == wanted


def test_without_a_weight_the_execution_is_not_asked_for() -> None:
    settings = {"权重": {"执行率": 0, "指标": 100}}
    for funds in ((), (fund(全年预算数=0, 全年执行数=0),), (fund(全年预算数=5, 全年执行数=1),)):
        found, findings = scored(indicator("=1", "1", 100), funds=funds, settings=settings)
        assert not list(findings)
        assert value(found.total) == "100"


def test_settings_are_all_used() -> None:
    settings = {
        "权重": {"执行率": 20, "指标": 80},
        "小数": 1,
        "等级": {"优秀": 95, "合格": 0},
    }
    found, _ = scored(indicator("=3", "1", 80), settings=settings)
    assert value(found.execution) == "16.6"
    assert value(found.total) == "43.3"
    assert found.grade == "合格"
    assert value(found.lookup("执行率满分")) == "20"


@pytest.mark.parametrize(
    ("funds", "code", "place", "message"),
    [
        ((), "S107", "[项目]!A3", "算不出执行率得分。"),
        ((fund(全年预算数=5),), "S107", "[项目]!A3", "算不出执行率得分。"),
        (
            (fund(全年预算数=0, 全年执行数=5),),
            "S108",
            "[资金]!G2",
            "5.00万元，算不出执行率，按0分计。",
        ),
        (
            (fund(全年预算数=-5, 全年执行数=5),),
            "S109",
            "[资金]!G2",
            "的全年预算数是-5.00万元，不能是负数。",
        ),
        (
            (fund(年初预算数=9, 全年预算数=5, 全年执行数=5),),
            "S106",
            "[资金]!G2",
            "看不出原来的预算执行得怎样。",
        ),
        (
            (fund(预算编制数=9, 全年预算数=5, 全年执行数=5),),
            "S106",
            "[资金]!G2",
            "与全年执行数相同",
        ),
    ],
)
def test_what_is_told(funds: Any, code: str, place: str, message: str) -> None:
    found, findings = scored(FULL, funds=funds)
    (told,) = findings
    assert (told.code, str(told.place)) == (code, f"项目.xlsx{place}")
    assert message in told.message
    assert told.hint
    assert isinstance(found.total, Absent) is (code in {"S107", "S109"})


def test_a_typed_total_needs_no_execution() -> None:
    _, findings = scored(FULL, funds=(), 自评得分=figure("90"))
    assert [(told.code, told.severity.value) for told in findings] == [("S107", "提示")]
