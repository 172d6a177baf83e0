"""The published document of 运城市人社局 2021, row by row, against what we print.

The rows stand in ``data/yuncheng_2021_rows.md``: figures, headings and fixed phrases as they
were published, running text replaced by ``…``. Every place where ours is another is listed
in DIFFERENCES with its reason; one that is no difference any more fails.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import openpyxl
import pytest

from tests.seeds import ROOT, Difference, Seed, plain, rate

EXAMPLE = ROOT / "examples" / "yuncheng-2021"
ALL, OWN = "（三）财政拨款支出决算具体情况", "（三）一般公共预算财政拨款支出决算具体情况"
ALL_PARTS = "（二）财政拨款支出决算结构情况"
OWN_PARTS = "（二）一般公共预算财政拨款支出决算结构情况"


# What the workbook says, read without reportgen -------------------------------------------


@cache
def sheet(name: str) -> tuple[tuple[object, ...], ...]:
    rows = openpyxl.load_workbook(EXAMPLE / "补充数据.xlsx")[name].iter_rows(values_only=True)
    return tuple(rows)


def given(row: str, column: str | None = None, table: str | None = None) -> Decimal:
    """The amount of a line of 本年数, in 万元."""
    lines = (line for line in sheet("本年数") if line[:3] == (table, row, column))
    return Decimal(str(next(lines)[3]))


def last(row: str, table: str | None = None) -> Decimal:
    lines = (line for line in sheet("上年数") if line[:2] == (table, row))
    return Decimal(str(next(lines)[3]))


def spent() -> Decimal:
    return given("财政拨款支出")


def own() -> Decimal:
    return given("合计", "小计", "表05")


def budget() -> Decimal:
    return Decimal(str(sheet("年初预算")[1][2]))


def trimmed(share: str) -> str:
    return share.rstrip("%").rstrip("0").rstrip(".") + "%"


def share(code: str, whole: Decimal) -> str:
    return trimmed(rate(given(code, "小计", "表05"), whole))


def urban() -> str:
    """城乡社区支出 is in no table of the general budget."""
    return trimmed(rate(given("城乡社区支出", "支出/合计", "表04"), spent()))


# Where ours differs, and why --------------------------------------------------------------

COMMA, STOP = "半角标点", "标点"
GROWTH = "增减的率一律说增长、下降，与增减的额分开；原稿前后不一"
TOTALS = (
    "收支总计含年初、年末结转结余，两边必须相等；原稿的两个数不等，都是本年合计，"
    "与下文的收入合计、支出合计相同"
)
FISCAL = "同上：2953.58是第五节的财政拨款收入合计，3153.58是第六节的财政拨款支出合计"
CLASS = "与其他各类写法一致"
WANTED = "有增减就要写原因，原稿漏写；补写的只是支出本身的增减"
CUT = "原稿截去了尾数，没有四舍五入"
DIFFERENCES = (
    Difference("2021年度收入总计", "收入总计5886.27", "收入合计5886.27", TOTALS),
    Difference("2021年度收入总计", "支出总计5409.64", "支出合计5409.64", TOTALS),
    Difference("2021年度收入总计", "收入总计增加", "收入合计增加", TOTALS),
    Difference("2021年度收入总计", "支出总计增加", "支出合计增加", TOTALS),
    Difference("2021年度收入总计", "增加4.47%", "增长4.47%", GROWTH),
    Difference("2021年度收入总计", "增加9.25%", "增长9.25%", GROWTH),
    Difference("2021年度支出合计", "占比0%，经营", "占比0%；经营", STOP),
    Difference("2021年度支出合计", "占比0%,对附属", "占比0%；对附属", COMMA),
    Difference("2021年度财政拨款收入总计", "收入总计2953.58", "收入合计2953.58", FISCAL),
    Difference("2021年度财政拨款收入总计", "支出总计3153.58", "支出合计3153.58", FISCAL),
    Difference("2021年度财政拨款收入总计", "收入总计减少", "收入合计减少", FISCAL),
    Difference("2021年度财政拨款收入总计", "支出总计减少", "支出合计减少", FISCAL),
    Difference(
        "2021年度财政拨款支出合计",
        "占本年支出合计的58.30%",
        "占本年支出合计的58.3%",
        "占比的末尾的零不写：下文都是2.6%、1.5%",
        lambda: trimmed(rate(spent(), given("本年支出合计"))),
    ),
    # 各类占财政拨款支出的比重
    Difference("", "占2.31%", "占2.32%", f"73.02 ÷ 3153.58 = 2.3155%，{CUT}", urban),
    Difference(
        "",
        "占2.7%",
        "占2.71%",
        f"85.31 ÷ 3153.58 = 2.7052%，{CUT}",
        lambda: share("221", spent()),
    ),
    Difference(
        "",
        "占6.61%",
        "占6.62%",
        f"208.72 ÷ 3153.58 = 6.6185%，{CUT}",
        lambda: share("229", spent()),
    ),
    # 各类占一般公共预算财政拨款支出的比重
    Difference(
        "",
        "占2.8%",
        "占2.77%",
        "85.31 ÷ 3080.55 = 2.7693%，其他各类都写两位小数",
        lambda: share("221", own()),
    ),
    Difference(
        "",
        "占6.68%",
        "占6.78%",
        "208.72 ÷ 3080.55 = 6.7754%；原稿各类相加只有99.92%",
        lambda: share("229", own()),
    ),
    Difference(
        "2021年度财政拨款支出年初预算",
        "完成年初预算的196.16%",
        "完成年初预算的196.17%",
        f"3153.58 ÷ 1607.61 = 196.1657%，{CUT}",
        lambda: rate(spent(), budget()),
    ),
    Difference(
        "2021年度一般公共预算财政拨款支出年初预算",
        "完成年初预算的196.62%",
        "完成年初预算的191.62%",
        "3080.55 ÷ 1607.61，原稿一位数字有误",
        lambda: rate(own(), budget()),
    ),
    # 各类的说明
    Difference("一般公共服务支出决算", "一般公共服务支出决算", "一般公共服务（类）支出", CLASS),
    Difference("一般公共服务支出决算", "减少31.13%", "下降31.13%", GROWTH),
    Difference("一般公共服务支出决算", ",较", "，较", COMMA),
    Difference("一般公共服务支出决算", "…;", "…；", COMMA),
    Difference("教育（类）支出", "%,用于", "%，用于", COMMA),
    Difference("教育（类）支出", ",较", "，较", COMMA),
    Difference("教育（类）支出", "3.22%。", "3.22%，主要原因是…；", WANTED),
    Difference("社会保障和就业（类）支出", "用于用于", "用于", "重复"),
    Difference("卫生健康（类）支出", "；用于", "，用于", STOP),
    Difference("城乡社区（类）支出", "；用于…。", "，用于…；", STOP),
    Difference("农林水（类）支出", "较2020年减少", "较2020年决算减少", CLASS),
    Difference(
        "农林水（类）支出", "减少17.5%；", "下降17.5%，主要原因是…；", f"{GROWTH}；{WANTED}"
    ),
    Difference("住房保障（类）支出", "；，用于", "，用于", STOP),
    Difference("住房保障（类）支出", "较2020年减少", "较2020年决算减少", CLASS),
    Difference("其他（类）支出", "%。用于", "%，用于", STOP),
    Difference("其他（类）支出", "较2020年减少", "较2020年决算减少", CLASS),
    Difference("其他（类）支出", "减少12.62%", "下降12.62%", GROWTH),
    Difference("其他（类）支出", "。。", "。", STOP, under=OWN),
    # 基本支出、“三公”经费和其他重要事项
    Difference(
        "2021年度一般公共预算财政拨款基本支出",
        "工资福利支出和对个人和家庭补助支出",
        "工资福利支出、对个人和家庭的补助",
        "两个科目的名称（301、303）",
    ),
    Difference("2021年度一般公共预算财政拨款基本支出", "主要商品", "主要是商品", "漏字"),
    Difference("2021年因公出国（境）费预算", "车运行费", "车运行维护费", "科目名称，与表名一致"),
    Difference("2021年机关运行经费支出", "万元比2020年", "万元，比2020年", STOP),
    Difference("2021年机关运行经费支出", "降低4.76%", "下降4.76%", GROWTH),
    Difference("2021年度政府采购支出总额", "100%.", "100%。", COMMA),
    Difference("截至2021年12月31日", "，，", "，", STOP),
    Difference("根据预算绩效管理要求", "要求,我部门", "要求，本部门", f"{COMMA}；上下文都称本部门"),
    Difference("根据预算绩效管理要求", "自评,涉及", "自评，涉及", COMMA),
    Difference("三支一扶”", "三支一扶”工作", "“三支一扶”工作", "漏了左引号"),
    Difference("仲裁院实体化建设", "综述:", "综述：", COMMA),
    Difference("金保工程", "综述：据年初", "综述：根据年初", "漏字"),
)
HEADINGS = {
    heading: heading.rstrip("。")
    for heading in (
        "（一）“三公”经费财政拨款支出决算总体情况说明。",
        "（二）“三公”经费财政拨款支出决算具体情况说明。",
        "（1）预算绩效管理工作开展情况。",
        "（2）部门决算中项目绩效自评结果。",
    )
}
SEED = Seed(
    "yuncheng_2021_rows.md",
    "yuncheng-2021",
    DIFFERENCES,
    parts=("第一部分", "第二部分", "第三部分"),
)


# The comparison ---------------------------------------------------------------------------


def test_headings_are_those_published() -> None:
    expected = [HEADINGS.get(rows.heading, rows.heading) for rows in SEED.published]
    assert [rows.heading for rows in SEED.printed] == [plain(heading) for heading in expected]
    assert HEADINGS.keys() <= {rows.heading for rows in SEED.published}


@pytest.mark.parametrize("number", range(SEED.fixed))
def test_row(number: int) -> None:
    assert SEED.row_faults(number) == []


def test_no_row_is_left_over() -> None:
    assert SEED.fixed == len(SEED.pairs) == 42
    assert sum(len(rows.rows) for rows in SEED.published) == SEED.fixed + 1


@pytest.mark.parametrize("difference", DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_listed_difference_is_one(difference: Difference) -> None:
    SEED.check(difference)


# What the figures say of each other -------------------------------------------------------


def test_last_years_are_what_the_published_changes_follow_from() -> None:
    """Every printed change and rate comes out of the last year that we hold."""
    changes = (
        ("本年收入合计", None, "252.1", "4.47%"),
        ("本年支出合计", None, "457.8", "9.25%"),
        ("财政拨款收入", None, "-2550.59", "46.34%"),
        ("财政拨款支出", None, "-1666.1", "34.57%"),
        ("机关运行经费", None, "-7.04", "4.76%"),
        ("201", "表05", "-36.99", "31.13%"),
        ("205", "表05", "-27.37", "3.22%"),
        ("208", "表05", "-1591.38", "46.55%"),
        ("210", "表05", "-1.33", "2.80%"),
        ("213", "表05", "-2.1", "17.50%"),
        ("221", "表05", "-9.8", "10.30%"),
        ("229", "表05", "-30.15", "12.62%"),
    )
    for row, table, change, percent in changes:
        now = given(row, "小计" if table else None, table)
        assert now - last(row, table) == Decimal(change)
        assert rate(abs(Decimal(change)), last(row, table)) == percent


def test_classes_of_last_year_lack_forty() -> None:
    """What 2020 spent on a class that 2021 has not was not published: D405 says so."""
    classes = [Decimal(str(line[3])) for line in sheet("上年数") if line[0] == "表05"]
    assert last("一般公共预算财政拨款支出") - sum(classes) == 40
    [found] = [finding for finding in SEED.prepared.judged if finding.code == "D405"]
    assert "已豁免" in str(found)


def test_tail_differences_are_the_published_ones() -> None:
    """Amounts rounded each for itself: parts and totals differ by 0.01, and that is no error."""
    lines = sheet("本年数")
    parts = [Decimal(str(line[3])) for line in lines if line[0] == "表05" and line[1] != "合计"]
    assert sum(parts) - own() == Decimal("0.01")
    assert sum(parts) + given("城乡社区支出", "支出/合计", "表04") == spent()
    funds = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
    received = sum(given(f"{fund}财政拨款收入") for fund in funds)
    assert given("财政拨款收入") - received == Decimal("0.01")


def test_three_public_costs_add_up_but_for_the_tail() -> None:
    items = [given(None, f"决算数/{name}", "表07") for name in ITEMS]  # type: ignore[arg-type]
    planned = [given(None, f"预算数/{name}", "表07") for name in ITEMS]  # type: ignore[arg-type]
    assert sum(planned) == Decimal("14.1")
    assert sum(items) == Decimal("3.04")
    assert given(None, "决算数/合计", "表07") == Decimal("3.03")  # type: ignore[arg-type]
    before = ("因公出国费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
    assert sum(map(last, before)) - last("三公经费") == Decimal("0.01")


ITEMS = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")


def test_projects_add_up_to_what_is_said_of_them() -> None:
    rows = openpyxl.load_workbook(EXAMPLE / "项目.xlsx")["资金"].iter_rows(
        min_row=2, values_only=True
    )
    planned = [Decimal(str(row[2])) for row in rows]
    assert (len(planned), sum(planned)) == (6, 321)
