"""Every method at its boundaries, and the targets as people write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import half_up
from reportgen.rules.scoring.marks import Answer, Bounds, Case, Mark, Unscored
from reportgen.rules.scoring.methods import METHODS, by_form, find
from reportgen.rules.scoring.settings import ScoringSettings
from reportgen.rules.scoring.targets import Quantity, Words, parse

SETTINGS = ScoringSettings()


def settle(
    target: str, actual: str, weight: str = "10", method: str = "", **settings: Any
) -> Answer:
    """What an indicator is given; ``settings`` by their Chinese names."""
    own = ScoringSettings.model_validate(settings)
    case = Case(Decimal(weight), parse(target), parse(actual), own)
    if not method:
        return by_form(case).score(case)
    found = find(method)
    assert not isinstance(found, Unscored), found
    return found[0].score(Case(case.weight, case.target, case.actual, own, found[1]))


def points(answer: Answer) -> str:
    assert isinstance(answer, Mark), answer
    return f"{half_up(answer.points, 2).normalize():f}"


@pytest.mark.parametrize(
    ("target", "actual", "weight", "expected"),
    [
        ("≥56个", "≥66个", "20", "20"),
        ("≥95%", "≥60%", "10", "6.32"),  # 晋城 2022, a sign copied into the actual value
        ("≥2个", "≥0个", "10", "0"),
        ("≥1000人/次", "0人次", "10", "0"),
        ("=1000元/人.次", "=0元/人.次", "10", "0"),
        ("=17人", "=15人", "20", "17.65"),
        ("＞90％", "95%", "10", "10"),
        (">90%", "90%", "10", "10"),
        ("=5天", "7天", "10", "10"),
        ("70个", "70个", "10", "10"),
        ("≤100%", "83%", "5", "5"),
        ("≤3211万元", "2754.96万元", "5", "5"),
        ("≤100元", "150元", "10", "5"),
        ("≤100元", "200元", "10", "0"),
        ("≤100元", "199.99元", "10", "0"),
        ("≤100元", "199.9元", "10", "0.01"),
        ("≤0起", "0起", "10", "10"),
        ("≤0起", "1起", "10", "0"),
        ("≥0%", "0%", "10", "10"),
        ("≥10%", "-2%", "10", "0"),
        ("=0", "0", "10", "10"),
        ("=0起", "1起", "10", "0"),
        ("0起", "1起", "10", "0"),
        (">0人", "0人", "10", "0"),
        ("<5天", "5天", "10", "10"),
        ("≥3次/年", "2次/年", "12", "8"),
        ("400元/人·月", "400元/人·月", "10", "10"),
        ("≥3", "1.265", "15", "6.33"),  # a tie of 6.325
        ("≤35.425万元", "354250元", "10", "10"),
        ("≤35.425万元", "354250.01元", "10", "10"),
        ("≥5次", "4", "10", "8"),
        ("3-5天", "4天", "10", "10"),
        ("90%-95%", "95%", "10", "10"),
        ("90-95%", "91%-93%", "10", "10"),
        ("3天内", "6天", "10", "0"),
        ("约5个", "4个", "10", "8"),
        ("100人", "80余人", "10", "8"),
        ("5台（套）", "5台", "10", "10"),
        ("≥5个。", "4个；", "10", "8"),
        ("百分之90", "45%", "10", "5"),
    ],
)
def test_by_the_form_of_the_target(target: str, actual: str, weight: str, expected: str) -> None:
    assert points(settle(target, actual, weight)) == expected


def test_the_reverse_rule_is_a_setting() -> None:
    assert points(settle("≤100元", "150元", 反向="目标除以实际")) == "6.67"
    assert points(settle("≤100元", "400元", 反向="目标除以实际")) == "2.5"
    assert points(settle("≤0元", "1元", 反向="目标除以实际")) == "0"


@pytest.mark.parametrize(
    ("target", "actual", "asks"),
    [
        ("≥100人", "129人", False),
        ("≥100人", "130人", True),
        ("≥0人", "5人", False),
        ("=100人", "101人", True),
        ("=100人", "100人", False),
        ("≤100元", "10元", False),
    ],
)
def test_a_reason_for_much_more(target: str, actual: str, asks: bool) -> None:
    answer = settle(target, actual)
    assert isinstance(answer, Mark)
    assert bool(answer.excess) is asks
    assert points(answer) == "10"


@pytest.mark.parametrize(
    ("actual", "method", "expected"),
    [
        ("95%", "R01", "9.5"),
        ("120%", "业绩值乘权重", "10"),
        ("较好", "选项得分（好=100%，较好=80%）", "8"),
        ("8项", "要素得分（9）", "8.89"),
        ("12项", "R03(9)", "10"),
        ("3", "差额比例（4）", "7.5"),
        ("合规", "R04", "10"),
        ("5", "R04", "10"),
        ("不合规", "R04", "0"),
        ("是", "R06", "10"),
        ("否", "达标得满分", "0"),
        ("1次", "每次扣比例（1%）", "9.9"),
        ("101次", "R07(1%)", "0"),
        ("较好", "R08", "8"),
        ("0.8", "R08", "8"),
        ("100%", "五级分类", "10"),
        ("98%", "R09(10%)", "8"),
        ("100%", "R09(10%)", "10"),
        ("①③", "分项得分（4，4，2）", "6"),
        ("是、否、否", "R10(4,4,2)", "4"),
        ("3项", "每项扣分（0.5）", "8.5"),
        ("30项", "R11(0.5)", "0"),
        ("2项", "缺项扣分（0.5，0.1）", "0.3"),
        ("9项", "R12(0.5,0.1)", "0"),
        ("95%", "区间正向（90%，95%）", "10"),
        ("90%", "R13(90%,95%)", "0"),
        ("92.5%", "R13(90%,95%)", "5"),
        ("0%", "区间反向（0%，10%）", "10"),
        ("10%", "R14(0%,10%)", "0"),
        ("2.5%", "R14(0%,10%)", "7.5"),
        ("95%", "进度完成率", "5"),
        ("100%", "R15a", "10"),
        ("97.5%", "进度差额", "5"),
        ("94%", "R15b(-5%,0%)", "0"),
        ("0%", "不超过得满分（0%）", "10"),
        ("0.01%", "R16(0%)", "0"),
        ("85%", "区间得满分（85%，100%）", "0"),
        ("100%", "R17(85%,100%)", "10"),
        ("一般", "三档得分（3，1.5，0.5）", "1.5"),
        ("A=60%，B=30%，C=10%；A=100%", "问卷得分", "9.38"),
        ("95%", "正向", "9.5"),
        ("110%", "反向", "9"),
        ("82.91%", "R20", "8.29"),
        ("120%", "预算执行率", "10"),
    ],
)
def test_by_its_name(actual: str, method: str, expected: str) -> None:
    assert points(settle("100%", actual, method=method)) == expected


@pytest.mark.parametrize("code", METHODS)
def test_every_method_is_found_by_code_and_name(code: str) -> None:
    method = METHODS[code]
    written = method.written.replace("，…", "")
    for name in (written, written.replace(method.name, code)):
        found = find(name)
        assert not isinstance(found, Unscored)
        assert found[0] is method
    assert method.formula


def test_every_rule_of_the_evaluation_reports_is_a_method() -> None:
    rules = {f"R{number:02}" for number in range(1, 25)}
    assert {method.code[:3] for method in METHODS.values()} >= rules


def test_a_range_is_a_standard_too() -> None:
    assert points(settle("3-5天", "4天", method="达标得满分")) == "10"
    assert points(settle("3-5天", "6天", method="达标得满分")) == "0"


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("区间正象（1，2）", "没有“区间正象（1，2）”这种评分方法", "是否应为“区间正向”？"),
        ("区间正向（90%）", "“区间正向”要写明下限，上限", "请写“区间正向（下限，上限）”。"),
        ("合规得满分（3）", "“合规得满分”不带括号", "请写“合规得满分”。"),
        ("（", "没有“（”这种评分方法", ""),
    ],
)
def test_methods_that_are_none(written: str, message: str, hint: str) -> None:
    found = find(written)
    assert isinstance(found, Unscored)
    assert found.message == message
    assert hint in found.hint


@pytest.mark.parametrize(
    ("target", "actual", "hint"),
    [
        ("≥98%", "0.985", "“0.985”是98.5%的，请写成98.5%。"),
        ("≥98%", "1", "“1”是100%的，请写成100%。"),
        ("≥98%", "98.50", "“98.50”是98.5%的，请写成98.5%。"),
        ("95%-100%", "0.96", "“0.96”是96%的，请写成96%。"),
        ("≥98%", "98个", "请把两处的单位改成一样。"),
        ("≥98个", "98人", "请把两处的单位改成一样。"),
    ],
)
def test_a_bare_number_beside_a_percentage(target: str, actual: str, hint: str) -> None:
    """A cell that has lost its format is told with the percentage that it may be."""
    answer = settle(target, actual)
    assert isinstance(answer, Unscored)
    assert answer.hint == hint


@pytest.mark.parametrize(
    ("target", "actual", "method", "message"),
    [
        ("≥5次", "7期", "", "指标值“5次”与实际完成值“7期”单位不同"),
        ("≥95%", "0.96", "", "指标值“95%”与实际完成值“0.96”单位不同"),
        ("≥5次", "达成预期指标", "", "实际完成值“达成预期指标”不是数字"),
        ("≥5次", "", "", "没有填实际完成值"),
        ("提高", "还可以", "", "从实际完成值“还可以”看不出是否达成"),
        ("3-5天", "6天", "", "实际完成值“6天”不在指标值“3-5天”的范围内"),
        ("3-5天", "4次", "", "指标值“3-5天”与实际完成值“4次”单位不同"),
        ("3-5天", "按时", "", "实际完成值“按时”不是数字"),
        ("≥3天", "4天", "范围", "指标值不是一个范围"),
        ("≥3天", "4天", "等级划分", "不能用“等级划分”评分，它划分的是总分"),
        ("", "5个", "", "没有指标值"),
        ("提高", "5个", "正向", "指标值不是数字"),
        ("≥1", "1", "区间正向（2，1）", "下限2不小于上限1"),
        ("≥1", "1", "区间正向（甲，乙）", "评分方法的“甲”不是数字"),
        ("≥1", "1次", "区间正向（1人，2人）", "实际完成值“1次”与评分方法的“2人”单位不同"),
        ("≥1", "特级", "五级分类", "“特级”不是五级之一"),
        ("≥1", "特级", "三档得分（3，2，1）", "“特级”不是三档之一"),
        ("≥1", "一般", "三档得分（30，20，1）", "“一般”的20分高于分值10"),
        ("≥1", "是、是", "分项得分（6，6）", "各项的分数共12，高于分值10"),
        ("≥1", "都好", "分项得分（5，5）", "从实际完成值“都好”看不出符合哪几项"),
        ("≥1", "好评", "问卷得分", "问卷结果“好评”看不懂"),
        ("≥1", "A=90%，B=30%", "问卷得分", "问卷结果“A=90%，B=30%”看不懂"),
        ("≥1", "大概", "达标得满分", "从实际完成值“大概”看不出是否达到标准"),
        ("≥1", "较好", "选项得分", "没有写明“较好”得多少分"),
    ],
)
def test_what_can_not_be_scored(target: str, actual: str, method: str, message: str) -> None:
    answer = settle(target, actual, method=method)
    assert isinstance(answer, Unscored), answer
    assert answer.message == message
    assert answer.hint


def test_words_have_bounds_unless_a_bundle_opts_in() -> None:
    reached = settle("持续提高", "达成预期指标", "30")
    assert isinstance(reached, Bounds)
    given = {one: reached.hold(Decimal(one)) for one in ("23.99", "24", "30", "30.01")}
    assert given == {"23.99": False, "24": True, "30": True, "30.01": False}
    partly = settle("持续提高", "部分达成", "30")
    assert isinstance(partly, Bounds)
    assert [partly.hold(Decimal(one)) for one in ("17.99", "18", "23.99", "24")] == [
        False,
        True,
        True,
        False,
    ]
    missed = settle("持续提高", "未达成", "30")
    assert isinstance(missed, Bounds)
    assert [missed.hold(Decimal(one)) for one in ("0", "17.99", "18")] == [True, True, False]
    opted: dict[str, Any] = {"定性": {"达成得满分": True}}
    assert points(settle("持续提高", "达成预期指标", "30", **opted)) == "30"
    assert points(settle("及时", "及时", "10", **opted)) == "10"
    assert isinstance(settle("及时", "部分达成", "10", **opted), Bounds)


def test_nothing_filled_in_is_half_only_where_a_bundle_opts_in() -> None:
    assert isinstance(settle("未填报", "达成预期指标"), Unscored)
    assert points(settle("未填报", "达成预期指标", 未填报="折半")) == "5"


@pytest.mark.parametrize("text", ["12,34个", "百分之", "≥", "约个", "1.2.3", "5个6", "٣个", "1e5"])
def test_words_that_look_like_numbers(text: str) -> None:
    assert not isinstance(parse(text), Quantity)


def test_how_it_came_about() -> None:
    answer = settle("≥95%", "≥60%")
    assert isinstance(answer, Mark)
    assert answer.how == "60%÷95%×10"
    full = settle("≤3211万元", "2754.96万元")
    assert isinstance(full, Mark)
    assert full.how == "实际2754.96万元，不高于目标3211万元，得满分10分"
    capped = settle("100%", "120%", method="R01")
    assert isinstance(capped, Mark)
    assert capped.how == "120%×10，最高10分"
    below = settle("1", "85%", method="R13(90%,95%)")
    assert isinstance(below, Mark)
    assert below.how == "（85%－90%）÷（95%－90%）×10，最低0分"
    taken = settle("1", "30项", method="R11(0.5)")
    assert isinstance(taken, Mark)
    assert taken.how == "10－30项×0.5分，扣完为止"


def test_execution_of_an_indicator() -> None:
    assert points(settle("100万元", "829100元", method="R20")) == "8.29"
    assert points(settle("0元", "5元", method="R20")) == "0"


def test_what_is_far_beyond_its_target_may_be_left_to_people() -> None:
    far = settle("≥100人", "130人", 超额="填报")
    assert isinstance(far, Bounds)
    assert far.hold(Decimal(10))
    assert far.hold(Decimal(0))
    assert far.excess == "实际130人，目标100人"
    assert far.how == "实际130人，目标100人，达到目标的130%，按目标是否偏低填0分至10分"
    assert points(settle("≥100人", "129人", 超额="填报")) == "10"
    assert points(settle("=100人", "101人", 超额="填报")) == "10"
    assert isinstance(settle("=100人", "130人", 超额="填报"), Bounds)


@pytest.mark.parametrize(
    "text",
    ["2022年", "2021-2022年", "1-12月", "第1-4季度", "2022-12", "5-3天", "8:00-18:00", "9" * 30],
)
def test_dates_are_no_quantities(text: str) -> None:
    found = parse(text)
    assert isinstance(found, Words)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "has_number"),
    [("12,34个", True), ("1.2.3", True), ("2022年底", False), ("及时", False), ("第1名", False)],
)
def test_words_that_should_perhaps_be_numbers(text: str, *, has_number: bool) -> None:
    found = parse(text)
    assert isinstance(found, Words)
    assert found.has_number is has_number


WILD = [
    *"≥≤>=<约近-~至到,.;。、()（）%％万亿元个天年月内余多以上下左右含百分之0123456789 \n",
    "\ud800",
    "🙂",
]


@given(
    st.lists(st.sampled_from(WILD), max_size=12).map("".join),
    st.lists(st.sampled_from(WILD), max_size=12).map("".join),
    st.sampled_from([method.code for method in METHODS.values()]),
)
def test_nothing_that_is_written_breaks_a_method(target: str, actual: str, code: str) -> None:
    parameters = {"R02": ("好=100%",), "R12": ("1", "2"), "R18": ("3", "2", "1")}
    given_ones = parameters.get(code, ("1%", "2%")[: len(METHODS[code].wanted.split())])
    case = Case(Decimal(10), parse(target), parse(actual), SETTINGS, given_ones)
    answer = METHODS[code].score(case)
    if isinstance(answer, Mark):
        assert 0 <= half_up(answer.points, 2) <= 10


def test_a_very_long_text_is_read_quickly() -> None:
    for text in ("1" + "-" * 32_000, "9" * 32_000, "约" * 32_000, "1个" * 16_000):
        assert isinstance(parse(text), Words)
