"""Everything that is asked of projects, one by one: what is told, and that speed hides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from reportgen.bundle import Bundle, load_bundle, search_path
from reportgen.checks.projects import ProjectCheck
from reportgen.findings import Findings
from reportgen.rules.quick import QuickCheck
from reportgen.rules.scoring import ScoredProject, score_project
from reportgen.sources.projects import read_projects

EXAMPLE = Path(__file__).parents[2] / "examples" / "jincheng-2022" / "项目.xlsx"
SCORES = {"S103", "S105", "S106", "S110"}  # of the example as it was published
Changes = Mapping[str, Any]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    found = load_bundle("self-evaluation/shanxi", search_path(), Findings())
    assert found is not None
    return found


@pytest.fixture
def scored(
    tmp_path: Path, bundle: Bundle
) -> Callable[[Changes], tuple[list[ScoredProject], Findings]]:
    """The projects of the example with changed cells (项目!J2), and what scoring told."""

    def change(cells: Changes) -> tuple[list[ScoredProject], Findings]:
        book = openpyxl.load_workbook(EXAMPLE)
        for address, value in cells.items():
            sheet, _, cell = address.partition("!")
            book[sheet][cell] = value
        path = tmp_path / "项目.xlsx"
        book.save(path)
        findings = Findings()
        projects = read_projects([path], findings)
        return [score_project(one, bundle.scoring, findings) for one in projects], findings

    return change


FAULTS: tuple[tuple[str, Changes, str], ...] = (
    ("D601", {"指标!H2": 25, "指标!I2": 25}, "项目.xlsx[指标]!H2"),
    ("D602", {"指标!I2": 99}, "项目.xlsx[指标]!I2"),
    ("D602", {"指标!I2": -1}, "项目.xlsx[指标]!I2"),
    ("D603", {"资金!G3": 1}, "项目.xlsx[资金]!G3"),
    ("D604", {"资金!H2": 99999}, "项目.xlsx[资金]!H2"),
    ("D605", {"项目!J2": 99}, "项目.xlsx[项目]!J2"),
    ("D606", {"项目!K2": "差"}, "项目.xlsx[项目]!K2"),
    ("D607", {"资金!D2": 0}, "项目.xlsx[资金]!D3"),
    ("D608", {"资金!E3": 1}, "项目.xlsx[资金]!E3"),
    ("D610", {"项目!J2": 105}, "项目.xlsx[项目]!J2"),
    ("S101", {"指标!K2": "正象"}, "项目.xlsx[指标]!K2"),
    ("S102", {"指标!I2": None, "指标!G2": "很多"}, "项目.xlsx[指标]!G2"),
    ("S103", {"指标!I2": 19}, "项目.xlsx[指标]!I2"),
    ("S109", {"资金!H2": -5}, "项目.xlsx[资金]!H2"),
    ("D108", {"指标!H2": "二十"}, "项目.xlsx[指标]!H2"),
    ("N106", {"项目!H2": None}, "项目.xlsx[项目]!H2"),
    ("W107", {"项目!H2": "无"}, "项目.xlsx[项目]!H2"),
    ("W109", {"指标!J22": None}, "项目.xlsx[指标]!J22"),
    ("H101", {"项目!H2": "全部完成。。"}, "项目.xlsx[项目]!H2"),
)


@pytest.mark.parametrize(("code", "cells", "place"), FAULTS)
def test_a_fault_is_told_at_its_cell(
    code: str, cells: Changes, place: str, scored: Any, bundle: Bundle
) -> None:
    projects, findings = scored(cells)
    check = ProjectCheck.of(bundle, 2022)
    for project in projects:
        check.check([project], findings)
    told = {(finding.code, str(finding.place)) for finding in findings}
    assert (code, place) in told


def test_a_grade_says_which_is_which_and_a_missing_score_is_told_once(
    scored: Any, bundle: Bundle
) -> None:
    projects, findings = scored({"项目!K2": "差", "指标!I3": None, "指标!G3": "很多"})
    ProjectCheck.of(bundle, 2022).check(projects[:1], findings)
    (grade,) = [finding.message for finding in findings if finding.code == "D606"]
    assert grade.endswith("：自评等级“差”，得分等级“优”。")
    assert "S102" in {finding.code for finding in findings}
    assert "D200" not in {finding.code for finding in findings}


def test_an_example_as_it_was_published_has_nothing_else_to_be_told(
    scored: Any, bundle: Bundle
) -> None:
    projects, findings = scored({})
    with_forms = [project for project in projects if project.indicators]
    ProjectCheck.of(bundle, 2022).check(with_forms, findings)
    assert {f.code for f in findings if f.code[0] in "DSN"} == SCORES


@pytest.mark.parametrize(("code", "cells"), [(code, cells) for code, cells, _ in FAULTS])
def test_what_surely_holds_is_what_the_rules_say(
    code: str, cells: Changes, scored: Any, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    del code
    projects, _ = scored(cells)
    check = ProjectCheck.of(bundle, 2022)
    quick, slow = Findings(), Findings()
    for project in projects:
        check.check([project], quick)
    with monkeypatch.context() as patched:
        patched.setattr(QuickCheck, "holds", lambda *_: False)
        fresh = ProjectCheck.of(bundle, 2022)
        for project in projects:
            fresh.check([project], slow)
    assert [str(finding) for finding in quick] == [str(finding) for finding in slow]


def test_blank_scores_are_computed_and_no_lack(scored: Any, bundle: Bundle) -> None:
    projects, findings = scored({"指标!I2": None, "项目!J2": None, "项目!K2": None})
    before = len(findings)
    ProjectCheck.of(bundle, 2022).check([projects[0]], findings)
    assert not [f for f in list(findings)[before:] if f.code[0] in "DSN"]
    assert projects[0].lookup("自评等级") == "优"


def test_a_text_that_was_clean_once_is_not_read_again_but_a_faulty_one_is(
    scored: Any, bundle: Bundle
) -> None:
    projects, _ = scored({"指标!D2": "同上"})
    check = ProjectCheck.of(bundle, 2022)
    for _ in range(2):
        findings = Findings()
        check.check([projects[0]], findings)
        assert [f.place.address for f in findings if f.code == "W107"] == ["D2"]
