"""The sieve of the rules against the rules themselves, on projects damaged in every way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.checks.projects import ProjectCheck
from reportgen.findings import Findings, Place, Severity
from reportgen.narrative import narrative_environment
from reportgen.rules.lacking import Reconciliation
from reportgen.rules.quick import QuickCheck, QuickEnvironment
from reportgen.rules.scoring import ScoredProject, score_project
from reportgen.sources.projects import RawProject, build, open_projects

EXAMPLES = Path(__file__).parents[2] / "examples"
DAMAGED = 1_500
NUMBERS = (
    None,
    Decimal(0),
    Decimal(-1),
    Decimal("9.005"),
    Decimal(100),
    Decimal(12345),
    "二十",
    "—",
)
WORDS = (None, "优", "差", "", "无", "5个", "≥5个", "达成预期指标", "年度资金总额")


def raws() -> list[RawProject]:
    found: list[RawProject] = []
    for name in ("jincheng-2022", "zibo-2021"):
        book = open_projects([EXAMPLES / name / "项目.xlsx"], Findings())
        assert book is not None
        found += [raw for chunk in book.chunks(16) for raw in chunk]
    return found


def damaged(raw: RawProject, random: Random) -> RawProject:
    """One of its cells says something else."""
    rows = [raw.row, *raw.funds, *raw.indicators]
    number = random.randrange(len(rows))
    values = list(rows[number].values)
    at = random.randrange(len(values))
    values[at] = random.choice(NUMBERS if isinstance(values[at], Decimal) else WORDS)
    rows[number] = replace(rows[number], values=tuple(values))
    first = 1 + len(raw.funds)
    return replace(raw, row=rows[0], funds=tuple(rows[1:first]), indicators=tuple(rows[first:]))


def projects(bundle: Bundle) -> Iterator[ScoredProject]:
    """Some as they were published; of most, one to three cells say something else."""
    random, sound = Random(6), raws()
    for number in range(DAMAGED):
        raw = random.choice(sound)
        for _ in range(number % 4):
            raw = damaged(raw, random)
        yield score_project(build(raw, Findings()), bundle.scoring, Findings())


@pytest.mark.parametrize("name", ["shanxi", "shandong"])
def test_where_the_sieve_has_no_doubt_the_rules_have_nothing_to_tell(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = load_bundle(f"self-evaluation/{name}", search_path(), Findings())
    assert bundle is not None
    check = ProjectCheck.of(bundle, 2022)
    holds = check._quick.holds
    sure = [project for project in projects(bundle) if holds(project, project.rows)]
    monkeypatch.setattr(QuickCheck, "holds", lambda *_: False)
    for project in sure:
        findings = Findings()
        check._check_rules([project], findings)
        assert not list(findings), project.name
    assert DAMAGED // 4 < len(sure) < DAMAGED


def holds(condition: str, project: ScoredProject, when: str = "", rows: str = "项目") -> bool:
    place = Place("rules.yaml")
    rule = Reconciliation("D699", "甲", Severity.ERROR, condition, place, rows, when)
    environment = narrative_environment(environment_class=QuickEnvironment)
    return QuickCheck([rule], environment, {}).holds(project, project.rows)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("行.全年执行数 <= 行.全年预算数", True),
        ("行.全年执行数 > 行.全年预算数", False),
        ("行.自评得分 == 行.合计得分", True),
        ("行.自评得分 == 行.没有这一栏", False),
        ("行.没有这一栏 == 行.没有这一栏", False),
        ("求和(行.指标, '分值') == 行.指标满分", True),
        ("求和(行.指标, '三级指标') == 行.指标满分", False),
        ("求和(行, '分值') == 行.指标满分", False),
        ("求和(项目, '自评得分') == 行.自评得分", False),
        ("个数(项目) == 1 and 行 in 项目", False),
        ("行.名称 == 5", False),
        ("行.名称 < 5", False),
        ("行(5)", False),
        ("行['名称'] == 行.名称", True),
        ("行['全年执行数'] <= 行.全年预算数", True),
        ("项目[0]['全年执行数'] > 行['全年预算数']", False),
        ("行['没有这一栏'] == 行.名称", False),
        ("行['合计得分'] is not 缺", True),
        ("(((", False),
    ],
)
def test_what_is_unusual_is_left_to_the_rules(condition: str, expected: Any) -> None:
    bundle = load_bundle("self-evaluation/shanxi", search_path(), Findings())
    assert bundle is not None
    raw = raws()[0]
    project = score_project(build(raw, Findings()), bundle.scoring, Findings())
    assert holds(condition, project) is expected


@pytest.mark.parametrize("asked", ["行.合计得分", "行['合计得分']", "项目[0]['合计得分']"])
def test_a_rule_applies_in_either_spelling(asked: str) -> None:
    bundle = load_bundle("self-evaluation/shanxi", search_path(), Findings())
    assert bundle is not None
    project = score_project(build(raws()[0], Findings()), bundle.scoring, Findings())
    assert not holds(f"{asked} > 1000", project, f"{asked} is not 缺")
    assert not holds(f"{asked} is 缺 or {asked} > 1000", project)
    assert holds(f"{asked} > 1000", project, f"{asked} is 缺 and {asked} is not 缺")
