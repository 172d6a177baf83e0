"""Users' texts: the documents of tests/cases/texts, places, switches, hostile texts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.bundle import load_bundle, search_path
from reportgen.checks.hygiene.agreement import project_amounts
from reportgen.checks.hygiene.report import check_narrative, check_texts
from reportgen.checks.hygiene.secret import report_secret_names
from reportgen.findings import CODES, Findings, Place, Severity
from reportgen.model import Figure, Fund, Passage, Project, ended
from reportgen.rules.text_rules import TextRules

CASES = Path(__file__).parents[1] / "cases" / "texts"
YEAR = 2022
LONGEST = 32_767


@dataclass
class Row:
    line: int
    text: str
    expected: list[str]


def read_rows() -> Iterator[Row]:
    for path in sorted(CASES.glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if line.startswith("|") and cells[1] not in {"应报", "---"}:
                codes = [] if cells[1] == "—" else cells[1].split("、")
                yield Row(number, cells[0].replace("<br>", "\n"), codes)


ROWS = list(read_rows())


@pytest.fixture(scope="module")
def rules() -> TextRules:
    bundle = load_bundle("final-accounts/shanxi-2022", search_path(), Findings())
    assert bundle is not None
    return bundle.text_rules


def figure(name: str, value: str, **relations: str) -> Figure:
    place = Place.cell("决算表.xlsx", "公开01表", "C37")
    related = {key: Figure(name, Decimal(text)) for key, text in relations.items()}
    return Figure(name, Decimal(value), places=(place,)).related(**related)


NAMES = {
    "收入总计": [figure("收入总计", "62373182.64", 上年="118906456.59")],
    "三公经费": [figure("“三公”经费", "20288.2", 上年="27856.79", 全年预算="71000")],
    "项目支出": [figure("项目支出", "53573013.7")],
    "社会保障和就业支出": [figure("社会保障和就业支出", "61443664.55")],
}


def told(texts: Sequence[str], rules: TextRules, owner: str = "") -> Findings:
    places = (Place.line("文字.md", number) for number in range(1, len(texts) + 1))
    passages = [
        Passage(text, place, "职责", owner) for text, place in zip(texts, places, strict=True)
    ]
    findings = Findings()
    check_texts(passages, rules, YEAR, NAMES, {}, findings)
    return findings


@pytest.mark.parametrize("row", [pytest.param(r, id=f"{r.line} {r.text[:20]}") for r in ROWS])
def test_text(row: Row, rules: TextRules) -> None:
    found = [f"{finding.severity} {finding.code}" for finding in told([row.text], rules)]
    assert sorted(found) == sorted(row.expected)


def test_every_rule_has_a_case_that_has_it_and_one_that_nearly_has_it() -> None:
    codes = {code.split()[1] for row in ROWS for code in row.expected}
    texts = {code for code in CODES if code[0] == "H"} - {"H114"}  # that of names has a test apart
    assert codes == texts | {"W106", "W107"}
    assert sum(not row.expected for row in ROWS) > 30


def test_nothing_is_told_of_no_texts(rules: TextRules) -> None:
    assert not list(told([], rules))
    assert not list(told(["", "", ""], rules))


def test_each_fault_is_told_at_its_own_line(rules: TextRules) -> None:
    findings = told(["正常。", "减少。。增加", "", "共２０人"], rules)
    assert [str(finding.place) for finding in findings] == ["文字.md:2", "文字.md:4"]


def test_a_fault_is_told_once_with_its_count(rules: TextRules) -> None:
    [finding] = told(["甲。。乙。。丙，，丁"], rules)
    assert finding.message.endswith("，共3处。")


def test_the_words_around_a_fault_are_those_of_its_own_text(rules: TextRules) -> None:
    [finding] = told(["前面的一段文字", "甲。。乙", "后面的一段文字"], rules)
    assert finding.message.startswith("“甲。。乙”")


def test_numbers_of_persons_are_masked(rules: TextRules) -> None:
    findings = told(["身份证11010519491231002X，手机13800138000"], rules)
    messages = "".join(finding.message for finding in findings)
    assert "19491231" not in messages
    assert "0013" not in messages


def test_a_number_is_masked_in_the_excerpts_of_its_neighbours_too(rules: TextRules) -> None:
    findings = told(["联系电话13800138000，，增加（减少）XX万元。"], rules)
    assert {finding.code for finding in findings} >= {"H109", "H101", "W106"}
    assert not any("0013" in f.message or "38000" in f.message for f in findings)


def test_an_amount_is_told_with_the_value_and_the_cell(rules: TextRules) -> None:
    [finding] = told(["全年收入总计62,373,182.63元"], rules)
    assert "“全年收入总计62,373,182.63元”与数据不符" in finding.message
    assert "收入总计62,373,182.64（决算表.xlsx[公开01表]!C37）" in finding.message


def test_a_project_is_held_against_its_own_amounts(rules: TextRules) -> None:
    amounts = {"全年预算数": figure("全年预算数", "972000"), "全年执行数": figure("", "0")}
    project = Project("培训", {}, (Fund("年度资金总额", amounts),))
    own = {"培训": project_amounts(project, rules)}
    texts = ["项目支出5万元，全年预算调整为97.2万元", "全年预算97.3万元，全年执行0万元"]
    passages = [Passage(text, Place.line("甲", n), "", "培训") for n, text in enumerate(texts, 1)]
    findings = Findings()
    check_texts(passages, rules, YEAR, NAMES, own, findings)
    assert [(f.code, f.place.row) for f in findings] == [("H107", 2)]


def test_a_project_keeps_the_year_of_its_name(rules: TextRules) -> None:
    text = "2019年高标准农田项目已经完工"
    passages = [Passage(text, Place("甲"), "", "2019年高标准农田项目")]
    findings = Findings()
    check_texts(passages, rules, YEAR, {}, {"2019年高标准农田项目": {}}, findings)
    assert not list(findings)


def test_a_rule_can_be_switched_off_or_weighed_otherwise(rules: TextRules) -> None:
    off = replace(rules, levels={"H101": None, "H102": Severity.ERROR})
    [finding] = told(["甲。。乙,丙"], off)
    assert (finding.code, finding.severity) == ("H102", Severity.ERROR)


def test_an_allowed_phrase_is_passed_over(rules: TextRules) -> None:
    allowed = replace(rules, allowed=("0356-2223344",))
    assert not list(told(["咨询电话0356-2223344"], allowed))
    assert len(list(told(["咨询电话0356-2223345"], allowed))) == 1


def test_without_rules_only_what_needs_no_words_is_checked() -> None:
    found = {finding.code for finding in told(["XX。。分析", "略"], TextRules())}
    assert found == {"H101"}


HOSTILE = [
    "（" * LONGEST,
    "）" * LONGEST,
    "（）" * (LONGEST // 2),
    "[(" * (LONGEST // 2),
    "。" * LONGEST,
    "。 " * (LONGEST // 2),
    "，甲" * (LONGEST // 2),
    " " * LONGEST,
    "甲" + " " * LONGEST + "乙",
    "1" * LONGEST,
    "1," * (LONGEST // 2),
    "1,111" * (LONGEST // 5),
    "1.1" * (LONGEST // 3),
    "1 " * (LONGEST // 2),
    "2019年" * (LONGEST // 5),
    "2019-" * (LONGEST // 5),
    "a" * LONGEST,
    "a@" * (LONGEST // 2),
    "a.a" * (LONGEST // 3) + "@",
    "京A" * (LONGEST // 2),
    "X" * LONGEST,
    "…" * LONGEST,
    "_" * LONGEST,
    "《" * LONGEST,
    "收入总计1元" * (LONGEST // 6),
    "决算支出收入" * (LONGEST // 6) + "1元",
    "0356" * (LONGEST // 4),
    "1万元2元" * (LONGEST // 5),
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:8] for text in HOSTILE])
def test_hostile_texts_take_linear_time(text: str, rules: TextRules) -> None:
    told([text[:64]], rules)
    start = time.perf_counter()
    findings = told([text], rules)
    assert time.perf_counter() - start < 2
    assert len(findings) < 300
    assert all(len(finding.message) < 300 for finding in findings)


def narrated(lines: Sequence[str], known: Sequence[str], rules: TextRules) -> list[str]:
    findings = Findings()
    passages = [Passage(line, Place.inside("narrative.md", "说明")) for line in lines]
    faulty = [Passage(text, Place("甲")) for text in known]
    check_narrative(passages, rules, YEAR, faulty, (), findings)
    return [finding.code for finding in findings]


def test_the_narrative_is_not_told_what_an_input_was_told(rules: TextRules) -> None:
    reason = "项目减少。。人员增加,工资增长"
    assert narrated([f"主要原因是{reason}。"], [reason], rules) == []
    assert narrated([f"主要原因是{reason}。"], [], rules) == ["H101", "H102"]


def test_punctuation_that_arises_at_a_joint_is_told_of_the_narrative(rules: TextRules) -> None:
    assert narrated(["主要原因是项目减少。；其中"], [], rules) == ["H101"]
    reason = "项目,减少。"
    assert narrated([f"主要原因是{reason}；其中"], [reason], rules) == ["H101"]


def test_a_year_left_over_in_a_template_is_told(rules: TextRules) -> None:
    assert narrated(["2020年度收入总计1元"], [], rules) == ["H106"]


def test_end_punctuation_is_cut_in_one_place() -> None:
    assert ended("减少。；！ \n") == "减少"
    assert ended("。" * LONGEST) == ""
    assert ended("3.5") == "3.5"


def test_a_secret_project_is_named_nowhere() -> None:
    findings = Findings()
    report_secret_names(["人才 教育培训"], "说明", "《人才教育培训项目自评报告》", "正文", findings)
    report_secret_names(["别的项目"], "说明", "《人才教育培训项目自评报告》", "正文", findings)
    assert [(f.code, f.place.spot) for f in findings] == [("H114", "说明")]
