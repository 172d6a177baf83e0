"""Part three of the published document, row by row, against what we print.

The rows stand in ``data/jincheng_2022_rows.md``: figures, headings and fixed phrases as they
were published, running text replaced by ``…``. Every place where ours is another is listed
in DIFFERENCES with its reason; one that is no difference any more fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise

import openpyxl
import pytest
from markdown_it import MarkdownIt

from reportgen.findings import Severity
from tests.seeds import DATA, NUMBER, PROSE, ROOT, Difference, Seed, plain, rate, rounded

EXAMPLE = ROOT / "examples" / "jincheng-2022"


# What the workbooks say, read without reportgen -------------------------------------------


@cache
def sheet(book: str, name: str) -> tuple[tuple[object, ...], ...]:
    rows = openpyxl.load_workbook(EXAMPLE / book, data_only=True)[name].iter_rows(values_only=True)
    return tuple(rows)


def cell(table: str, label: str, column: int, book: str = "决算表.xlsx") -> Decimal:
    """The number in a column of the first row that holds ``label``."""
    row = next(row for row in sheet(book, table) if label in [str(value) for value in row])
    return Decimal(str(row[column]))


def spent() -> Decimal:
    """社会保障和就业支出 in 公开05表, as printed in 万元."""
    return rounded(cell("公开05表", "208", 2) / 10000)


BUDGET = Decimal("5146.14")
LAST = Decimal("6151.87") + Decimal("1499.01")  # what the published change was taken from
FIRST_LEVEL, ALL = Decimal(44602600), Decimal(45802600)


def salary_items() -> str:
    """The 款 of 301 and 303 with 基本支出 other than 0."""
    return "、".join(items(0))


def office_items() -> str:
    """The 款 of 302, 307 … 399 with 基本支出 other than 0."""
    return "、".join(name for start in (4, 8, 12) for name in items(start))


def items(start: int) -> Iterator[str]:
    for row in sheet("决算表.xlsx", "公开06表"):
        code, name, _, basic = row[start : start + 4]
        if re.fullmatch(r"\d{5}", str(code)) and isinstance(basic, int | float) and basic:
            yield str(name)


# Where ours differs, and why --------------------------------------------------------------


UNIT = "晋城市人力资源和社会保障局"
SUPPLIED = "社会保障和就业支出年初预算"
DIFFERENCES = (
    Difference("", "。。", "。", "填写的原因自带句号，句子又加了一个"),
    Difference("", "。；", "；", "填写的原因自带句号，句子又加了分号"),
    Difference(
        f"{UNIT}2022年财政拨款决算支出",
        "占本年支出合计的100.00%",
        "占本年支出合计的99.99%",
        "62,281,177.64 ÷ 62,287,177.64，差6,000元",
        lambda: rate(cell("公开05表", "合计", 2), cell("公开03表", "合计", 2)),
    ),
    Difference(
        SUPPLIED,
        "支出决算6151.87万元",
        "支出决算6144.37万元",
        "公开05表为61,443,664.55元；原稿的数在各表中都没有",
        lambda: f"{spent()}万元",
    ),
    Difference(
        SUPPLIED,
        "完成年初预算的119.54%",
        "完成年初预算的119.40%",
        "6144.37 ÷ 5146.14",
        lambda: rate(spent(), BUDGET),
    ),
    Difference(
        SUPPLIED,
        "减少1499.01万元",
        "减少1506.51万元",
        "上年数7650.88万元，减去6144.37万元",
        lambda: f"{LAST - spent()}万元",
    ),
    Difference(
        SUPPLIED,
        "下降19.59%",
        "下降19.69%",
        "1506.51 ÷ 7650.88",
        lambda: rate(LAST - spent(), LAST),
    ),
    Difference(
        SUPPLIED,
        "完成年初预算的100%",
        "完成年初预算的100.00%",
        "同一份文件其他完成率都写两位小数",
    ),
    Difference(
        "人员经费7,663,859.60元",
        "主要包括人员经费7,663,859.60元，主要包括",
        "主要包括",
        "原稿重复了一遍",
    ),
    Difference("人员经费7,663,859.60元", "基本工资，津贴补贴", "基本工资、津贴补贴", "应为顿号"),
    Difference(
        "人员经费7,663,859.60元",
        "津贴补贴、机关事业单位",
        "津贴补贴、奖金、机关事业单位",
        "公开06表奖金的基本支出为1,056,434.84元，原稿漏列",
        salary_items,
    ),
    Difference(
        "人员经费7,663,859.60元",
        "；取暖费；退休费",
        "、退休费",
        "取暖费（30208）属于商品和服务支出，是公用经费",
        salary_items,
    ),
    Difference(
        "人员经费7,663,859.60元",
        "奖励金及其他对个人和家庭的补助支出",
        "奖励金、其他对个人和家庭的补助",
        "科目名称（30399）没有“支出”二字",
        salary_items,
    ),
    Difference(
        "公用经费1,050,304.34元",
        "邮电费、差旅费、维修费、",
        "邮电费、取暖费、差旅费、维修（护）费、",
        "公开06表取暖费的基本支出为259,280元；科目名称为维修（护）费",
        office_items,
    ),
    Difference(
        "公用经费1,050,304.34元",
        "其他商品服务支出",
        "其他商品和服务支出",
        "科目名称（30299）",
        office_items,
    ),
    Difference("1、因公出国境费", "因公出国境费", "因公出国（境）费", "公开07表的名称"),
    Difference("2、公务用车购置支出", "主要用于…", "主要用于：…", "与前后两项写法一致"),
    Difference("3、公务用车运行维护费", "共2辆车，", "共2辆，", "与其他计数写法一致"),
    Difference(
        f"{UNIT}截至2022年12月31日",
        f"{UNIT}截至2022年12月31日，本部门共有车辆",
        f"截至2022年12月31日，{UNIT}共有车辆",
        "原稿主语重复，且这份是单位决算，不是部门决算",
    ),
    Difference(
        f"{UNIT}截至2022年12月31日", "用车0辆，其他用车7辆", "用车0辆、其他用车7辆", "应为顿号"
    ),
    Difference("", f"{UNIT}部门（单位）", UNIT, "套用模板时没有删去“部门（单位）”"),
    Difference("", "国有资金经营预算", "国有资本经营预算", "应为国有资本经营预算"),
    Difference(
        "根据预算绩效管理要求",
        "占本部门（单位）项目支出总额的100%",
        "相当于本单位项目支出总额的85.50%",
        "45,802,600 ÷ 53,573,013.70；自评的是年初预算安排的资金，不是支出的一部分",
        lambda: rate(ALL, cell("公开03表", "合计", 4)),
    ),
    Difference(
        f"{UNIT}部门（单位）2022年度一级项目",
        "本部门（单位）采取",
        "本单位采取",
        "套用模板时没有选定“部门”或“单位”",
    ),
    Difference(
        f"{UNIT}部门（单位）2022年度部门预算二级项目",
        "绩效自评个数13个，涉及资金45802600元",
        "绩效自评个数1个，涉及资金1200000元",
        "一级12个44,602,600元；合计13个45,802,600元；二级是两者之差",
        lambda: f"个数{13 - 12}个，涉及资金{ALL - FIRST_LEVEL}元",
    ),
    Difference(
        f"{UNIT}部门（单位）2022年度部门预算二级项目",
        "10个项目自评等级为“优”，2个项目自评等级为“良”，1个项目自评等级为“中”",
        "1个项目自评等级为“优”，0个项目自评等级为“良”，0个项目自评等级为“中”",
        "合计10优、2良、1中，减去一级的9优、2良、1中",
        lambda: f"{10 - 9}个项目自评等级为“优”，{2 - 2}个项目自评等级为“良”，{1 - 1}个项目",
    ),
    Difference(
        f"{UNIT}部门（单位）2022年度部门预算二级项目",
        "对于自评结果为“中”和“差”的项目，本部门（单位）采取的改进管理措施为…。涉密",
        "涉密",
        "二级项目没有“中”和“差”，不说改进措施",
    ),
    Difference("具体公开的每个项目", "如下表述：", "如下：", "文句不通"),
    Difference(f"{UNIT}部门（单位）整体支出", f"，{UNIT}部门（单位）整体", "，整体", "主语重复"),
    Difference(f"{UNIT}部门（单位）整体支出", "部门（单位）全年预算数", "全年预算数", "主语重复"),
    Difference(
        f"{UNIT}部门（单位）整体支出",
        "一是…。；二是无。发现的主要问题及原因：一是无；二是无。下一步改进措施：一是无；二是无。",
        "…。发现的主要问题及原因：无。下一步改进措施：无。",
        "只有一条，没有第二条，不分条",
    ),
    Difference("《创业就业专项项目自评报告》", "详见附件；", "详见附件。", "最后一项用句号"),
)
HEADINGS = {
    "六、一般公共预算财政拨款支出决算情况说明": (
        "六、一般公共预算财政拨款基本支出决算情况说明",
        "这一节说的是基本支出，原标题与第五节重复",
    )
}
FIGURES_IN_PROSE = (  # published, computed; the text itself is written anew
    ("115.91%", "45205", "39000", "115.91%"),
    ("112.37%", "7866", "7000", "112.37%"),
    ("115.31%", "1499", "1300", "115.31%"),
    ("135.48%", "33870", "25000", "135.48%"),
    ("86%", "2133.06", "2480", "86.01%"),
)


SEED = Seed("jincheng_2022_rows.md", "jincheng-2022", DIFFERENCES)


# The comparison ---------------------------------------------------------------------------


def test_headings_are_those_published() -> None:
    expected = [HEADINGS.get(rows.heading, (rows.heading, ""))[0] for rows in SEED.published]
    assert [rows.heading for rows in SEED.printed] == [plain(heading) for heading in expected]
    for heading in HEADINGS:
        assert heading in [rows.heading for rows in SEED.published]


@pytest.mark.parametrize("number", range(SEED.fixed))
def test_row(number: int) -> None:
    assert SEED.row_faults(number) == []


def test_no_row_is_left_over() -> None:
    assert SEED.fixed == len(SEED.pairs) == 54
    assert sum(len(rows.rows) for rows in SEED.published) == SEED.fixed + 7
    assert sum(len(rows.rows) for rows in SEED.printed) == SEED.fixed + 6


@pytest.mark.parametrize("difference", DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_listed_difference_is_one(difference: Difference) -> None:
    SEED.check(difference)


def test_end_marks_were_doubled_twenty_times() -> None:
    text = "".join(row for rows in SEED.published for row in rows.rows)
    assert text.count("。。") + text.count("。；") == 20


def test_published_change_follows_from_the_wrong_figure() -> None:
    """The published 19.59% and 119.54% are right for 6151.87: only that figure is wrong."""
    assert rate(Decimal("1499.01"), LAST) == "19.59%"
    assert rate(Decimal("6151.87"), BUDGET) == "119.54%"
    values = [
        value
        for name in ("公开01表", "公开03表", "公开05表")
        for row in sheet("决算表.xlsx", name)
        for value in row
    ]
    amounts = {rounded(Decimal(str(v)) / 10000) for v in values if isinstance(v, int | float)}
    assert Decimal("6151.87") not in amounts
    assert spent() in amounts


@pytest.mark.parametrize(("stated", "part", "whole", "right"), FIGURES_IN_PROSE)
def test_figures_of_the_running_text(stated: str, part: str, whole: str, right: str) -> None:
    prose = "".join(row for rows in SEED.published for row in rows.rows if row.startswith(PROSE))
    assert part in prose
    assert whole in prose
    assert stated in prose
    assert rate(Decimal(part), Decimal(whole)) == right
    text = "".join(row for rows in SEED.printed for row in rows.rows)
    assert part not in text


def forms() -> list[list[str]]:
    """The published self-evaluation forms: name, four amounts, rate, score, grade, marks."""
    lines = (DATA / "jincheng_2022_forms.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("|")][2:]
    return [[part.strip() for part in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("form", forms(), ids=range(6))
def test_project_row_says_what_its_form_says(form: list[str]) -> None:
    name, _, _, budget, done, executed, score, grade, _ = form
    rows = [row for rows in SEED.printed for row in rows.rows if row.startswith(f"{name}项目：")]
    assert len(rows) == 1
    said = re.findall(rf"“.”|{NUMBER}%?", rows[0].removeprefix(name).partition("绩效目标")[2])
    expected = [score, f"“{grade}”", *(f"{rounded(Decimal(n))}" for n in (budget, done))]
    assert said[:5] == [*expected, f"{executed}%"]


@pytest.mark.parametrize("form", forms(), ids=range(6))
def test_form_has_the_published_marks(form: list[str]) -> None:
    name, asked, planned, budget, done, executed, score, grade, marks = form
    _, (whole, part), _, indicators, total, _ = form_tables(name)
    for row in (whole, part):
        assert row[1:5] == [asked, planned, budget, done]
        assert rounded(Decimal(row[6])) == Decimal(executed)
    assert [row[7] for row in indicators] == marks.split()
    assert total == [[score, grade]]
    assert 0 <= Decimal(score) - sum(map(Decimal, marks.split())) <= 10  # 执行率 counts 10


def form_tables(name: str) -> list[list[list[str]]]:
    """The tables under a form's heading in the Markdown, without their head rows."""
    part = SEED.markdown.partition(f"## {name}项目支出绩效自评表\n")[2].partition("\n## ")[0]
    tables: list[list[list[str]]] = []
    for token, following in pairwise(MarkdownIt("commonmark").enable("table").parse(part)):
        if token.type == "tbody_open":
            tables.append([])
        elif token.type == "tr_open" and following.type == "td_open":
            tables[-1].append([])
        elif token.type == "td_open":
            tables[-1][-1].append(following.content)
    return tables


def test_kept_as_published_is_a_waived_finding() -> None:
    """授予小微企业 67,980 of 中小企业 0 can't be: printed as published, waived with a reason."""
    found = [finding for finding in SEED.prepared.judged if finding.code == "D703"]
    assert [finding.severity for finding in found] == [Severity.NOTE]
    assert "已豁免：公开稿如此" in str(found[0])
