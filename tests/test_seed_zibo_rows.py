"""The published document of 淄博高新区人社中心 2021, row by row, against what we print.

The rows stand in ``data/zibo_2021_rows.md``: figures, headings and fixed phrases as they were
published, running text replaced by ``…``. Every place where ours is another is listed in
DIFFERENCES with its reason; one that is no difference any more fails.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import openpyxl
import pytest

from reportgen.findings import Severity
from tests.seeds import DATA, PROSE, ROOT, Difference, Seed, faults, plain, rate, rounded

EXAMPLE = ROOT / "examples" / "zibo-2021"


# What the workbooks say, read without reportgen -------------------------------------------


@cache
def sheet(book: str, name: str) -> tuple[tuple[object, ...], ...]:
    rows = openpyxl.load_workbook(EXAMPLE / book)[name].iter_rows(values_only=True)
    return tuple(rows)


def column(book: str, name: str, head: str) -> list[object]:
    first, *rows = sheet(book, name)
    number = first.index(head)
    return [row[number] for row in rows]


def amount(value: object) -> Decimal:
    return Decimal(str(value))


def funds(project: str) -> tuple[Decimal, Decimal]:
    """A project's amounts of the year: budget and execution, in 万元."""
    row = next(row for row in sheet("项目.xlsx", "资金") if row[0] == project)
    return amount(row[3]), amount(row[4])


def published_forms() -> int:
    return column("项目.xlsx", "项目", "公开自评表").count("是")


def evaluated() -> Decimal:
    """The score of the evaluated project: the sum of its first-level indicators."""
    return sum((amount(value) for value in column("补充数据.xlsx", "评价指标", "得分")), Decimal(0))


def scored(project: str) -> Decimal:
    """The marks of a project's indicators, and 10 by the rate of execution."""
    rows = [row for row in sheet("项目.xlsx", "指标") if row[0] == project]
    budget, done = funds(project)
    return sum((amount(row[7]) for row in rows), Decimal(0)) + rounded(10 * done / budget)


# Where ours differs, and why --------------------------------------------------------------

TWO_PLACES = "各处的率都写两位小数，原稿前后不一"
PENSIONS, NETWORK = "（高新区）居民养老保险财政补助", "（高新区）人社专网费"
NETWORK_WHY = (
    "自评表的年初预算数8.22万元、执行率82.91%、得分8.29分，都是按6.815 ÷ 8.22算出的；"
    "原稿的全年预算数写成执行数，执行数又少写一位"
)
PENSIONS_WHY = "自评表的执行率85.80%，应得8.58分，加上指标的90分"
DIFFERENCES = (
    Difference("", "中心本级决算", "本级决算。", "单位名称前面已经写出；句末缺句号"),
    Difference("", "与2021年预算基本持平", "与年初预算基本持平", "比的是年初预算，与上下文一致"),
    Difference("图2", "构成情况", "构成情况（单位：万元）", "数据表以万元列示，注明单位"),
    Difference("图3", "构成情况", "构成情况（单位：万元）", "数据表以万元列示，注明单位"),
    Difference("图6", "决算结构", "决算结构（单位：万元）", "数据表以万元列示，注明单位"),
    Difference("", "100%", "100.00%", TWO_PLACES),
    Difference("决策指标", "95%", "95.00%", TWO_PLACES),
    Difference("效益指标", "92.5%", "92.50%", TWO_PLACES),
    Difference(
        "今年在部门决算中反映了",
        "流动人员及退休人员人事档案管理服务等5个",
        "（高新区）人社专网费等2个",
        "附件只印了人社专网费、居民养老保险财政补助两个项目的自评表；写综述的才是5个",
        lambda: f"等{published_forms()}个",
    ),
    Difference("部门整体支出绩效自评结果", "。。", "。", "填写的原因自带句号，句子又加了一个"),
    Difference(
        "人社系统维修维护费",
        "综合得分为100.00分",
        "综合得分为96.50分",
        "附件的评价报告为96.5分，四个一级指标9.5、20、30、37相加也是96.5",
        lambda: f"{rounded(evaluated())}分",
    ),
    Difference("", "（项）：…", "（项）：…。", "句末缺句号", under="第四部分"),
    Difference("部门:", "部门:", "部门：淄博高新技术产业开发区人社中心", "原稿没有填写"),
    Difference("2\\.自评等级", "60分以下为“差”；", "60分以下为“差”。", "最后一条用句号"),
    Difference(
        "经综合评价",
        "首批次新材料保险补偿项目",
        "人社系统维修维护费（高新区）项目",
        "套用别的报告时没有改项目名称",
    ),
    Difference("产出指标总分", "100%。", "100%。…。", "原稿没有写分析，其他三个指标都写了"),
)
REVIEWS = (  # of single projects, in their own paragraphs
    Difference("", "完成预算的100%", "完成预算的100.00%", TWO_PLACES),
    Difference(
        "人社专网费",
        "全年预算数为6.82",
        "全年预算数为8.22",
        NETWORK_WHY,
        lambda: f"{funds(NETWORK)[0]}",
    ),
    Difference(
        "人社专网费", "执行数为6.82", "执行数为6.815", NETWORK_WHY, lambda: f"{funds(NETWORK)[1]}"
    ),
    Difference(
        "居民养老保险财政补助", "98.6分", "98.58分", PENSIONS_WHY, lambda: f"{scored(PENSIONS)}"
    ),
)
FORM = "区级预算项目支出绩效自评表"
FORMS = [f"{name}项目支出绩效自评表" for name in (NETWORK, PENSIONS)]
PARTS = ("第一部分", "第三部分", "第四部分", "第五部分")
SEED = Seed("zibo_2021_rows.md", "zibo-2021", DIFFERENCES, PARTS)


# The comparison ---------------------------------------------------------------------------


def test_headings_are_those_published() -> None:
    """The two forms are told apart by their projects' names."""
    names = iter(FORMS)
    expected = [next(names) if rows.heading == FORM else rows.heading for rows in SEED.published]
    assert [rows.heading for rows in SEED.printed] == expected


@pytest.mark.parametrize("number", range(SEED.fixed))
def test_row(number: int) -> None:
    assert SEED.row_faults(number) == []


def test_no_row_is_left_over() -> None:
    assert SEED.fixed == len(SEED.pairs) == 105
    assert sum(len(rows.rows) for rows in SEED.published) == SEED.fixed + 16


@pytest.mark.parametrize("difference", DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_listed_difference_is_one(difference: Difference) -> None:
    SEED.check(difference)


def stated(project: str) -> str:
    """A project's name as the reviews write it: without the district."""
    return re.sub(r"^（[^）]*区）", "", project)


def reviews() -> list[str]:
    """The published paragraphs on single projects, without their numbers."""
    rows = (row for rows in SEED.published for row in rows.rows)
    return [
        row.partition(".")[2] for row in rows if re.match(rf"{PROSE}\d\.", row) and "综述" in row
    ]


@pytest.mark.parametrize("number", range(5))
def test_review_says_what_was_published(number: int) -> None:
    """Ours stand in the order of 项目.xlsx, the published in an order of their own."""
    row = reviews()[number]
    name = row.partition("项目绩效自评综述")[0]
    printed = [row for rows in SEED.printed for row in rows.rows]
    (ours,) = [row for row in printed if re.match(rf"\d\\\.（高新区）{name}项目绩效", row)]
    for found in (each for each in REVIEWS if row.startswith(each.row)):
        if plain(found.published) in row:
            assert found.computed is None or found.computed() in found.ours
            row = row.replace(plain(found.published), plain(found.ours))
    assert faults(row, ours.partition("）")[2]) == []


def projects() -> list[list[str]]:
    """The published summary: number, name, score, grade, and the marks of a form."""
    lines = (DATA / "zibo_2021_projects.md").read_text(encoding="utf-8").splitlines()
    return cells([line for line in lines if line.startswith("|")][2:])


def cells(lines: list[str]) -> list[list[str]]:
    return [[part.strip() for part in line.strip("|").split("|")] for line in lines]


def tables(heading: str) -> list[list[list[str]]]:
    """The tables under a heading of the Markdown, without their heads."""
    part = re.split(r"\n#+ ", SEED.markdown.partition(f"# {heading}\n")[2])[0]
    blocks = [block.split("\n") for block in part.strip().split("\n\n") if block[0] == "|"]
    return [cells(block[2:]) for block in blocks]


def test_every_project_is_listed_with_its_score_and_grade() -> None:
    (listed,) = tables("区本级支出项目绩效自评")
    assert len(listed) == len(projects()) == 38
    for (number, name, score, grade, *_), row in zip(projects(), listed, strict=True):
        right = "98.58" if plain(name) == PENSIONS else f"{rounded(Decimal(score))}"
        wanted = [number, plain(name), right, grade]
        assert [row[0], plain(row[1]), row[3], row[4]] == wanted


def test_no_project_is_passed_on_to_other_districts() -> None:
    assert tables("区对下转移支付项目绩效自评") == [[["无"] * 5]]


@pytest.mark.parametrize(("number", "name"), [(7, NETWORK), (29, PENSIONS)])
def test_form_has_the_published_marks(number: int, name: str) -> None:
    marks = projects()[number - 1][8].split()
    head, money, _, indicators, total = tables(f"{name}项目支出绩效自评表")
    budget, done = funds(name)
    assert head[0][0] == name
    assert [Decimal(text) for text in money[0][1:4]] == [budget, budget, rounded(done)]
    assert money[0][5] == rate(done, budget) == projects()[number - 1][7]
    assert [row[6] for row in indicators] == marks == [row[5] for row in indicators]
    typed = column("项目.xlsx", "项目", "自评得分")[number - 1]
    assert total == [[f"{typed}分"]]


CHARTS = {  # what each plots: the caption's end, the rows of its data
    "收入支出决算变动情况": [["收入总计", "0.00", "2,136.61"], ["支出总计", "0.00", "2,136.61"]],
    "本年收入构成情况": [["财政拨款收入", "2,114.07"]],
    "本年支出构成情况": [["基本支出", "838.69"], ["项目支出", "1,297.48"]],
    "财政拨款收、支决算总计变动情况": [
        ["财政拨款收入总计", "0.00", "2,136.61"],
        ["财政拨款支出总计", "0.00", "2,136.61"],
    ],
    "一般公共预算财政拨款支出决算变动情况": [["一般公共预算财政拨款支出", "0.00", "2,136.17"]],
    "一般公共预算财政拨款支出决算结构": [
        ["社会保障和就业支出", "2,098.40"],
        ["农林水支出", "37.77"],
    ],
}


@pytest.mark.parametrize(("number", "title"), list(enumerate(CHARTS, 1)))
def test_chart_plots_the_figures_of_its_section(number: int, title: str) -> None:
    after = SEED.markdown.partition(f"图{number}：{title}（单位：万元）\n\n")[2]
    assert cells(after.partition("\n\n")[0].splitlines()[2:]) == CHARTS[title]


WAIVED = {
    "D404": "相差1,000.74万元",  # the stated budget total, and the budgets of the items
    "D407": "相差21,983.52万元",  # evaluated is what the budget planned, not what was spent
    "D601": "各行分值之和80",  # a form that leaves out ten marks of 产出指标
    "D605": "相差10",  # … and counts them
}


def test_kept_as_published_is_a_waived_finding() -> None:
    waived = [found for found in SEED.prepared.judged if "已豁免" in str(found)]
    assert {found.code for found in waived} == WAIVED.keys()
    for found in waived:
        assert found.severity is Severity.NOTE
        assert WAIVED[found.code] in found.message
        assert "公开稿如此" in str(found)


def test_stated_budget_is_the_sum_of_its_items_in_no_way() -> None:
    total, *items = (amount(value) for value in column("补充数据.xlsx", "年初预算", "年初预算数"))
    assert total == Decimal("2136.17")
    assert sum(items) == Decimal("1135.43")
