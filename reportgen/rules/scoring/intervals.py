"""Methods with bounds: shares between two of them, full marks within or up to one."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model.rounding import CONTEXT
from reportgen.rules.scoring.marks import Answer, Case, Unscored, no_number, plain, words_of
from reportgen.rules.scoring.operands import bounds, number, other_unit, pair
from reportgen.rules.scoring.targets import Quantity, Range, is_comparable
from reportgen.rules.scoring.written import PERCENT


def rising(case: Case) -> Answer:
    """Nothing at the lower bound, all at the upper, in proportion between (R13)."""
    found = bounds(case)
    if isinstance(found, Unscored):
        return found
    low, high, actual = found
    how = f"（{actual.text}－{low.text}）÷（{high.text}－{low.text}）×{plain(case.weight)}"
    return case.share(actual.value - low.value, high.value - low.value, how)


def falling(case: Case) -> Answer:
    """All at the lower bound, nothing at the upper, in proportion between (R14)."""
    found = bounds(case)
    if isinstance(found, Unscored):
        return found
    low, high, actual = found
    how = f"（{high.text}－{actual.text}）÷（{high.text}－{low.text}）×{plain(case.weight)}"
    return case.share(high.value - actual.value, high.value - low.value, how)


def progress_rate(case: Case) -> Answer:
    """实际÷标准 between two bounds (R15a)."""
    found = pair(case)
    if isinstance(found, Unscored):
        return found
    if found[0].value <= 0:
        return Unscored("标准不大于0，算不出完成率", "请填写大于0的标准。", "调整后指标值")
    done = CONTEXT.divide(found[1].value, found[0].value) * 100
    return rising(_with_actual(case, done))


def progress_gap(case: Case) -> Answer:
    """实际－标准 between two bounds (R15b)."""
    found = pair(case)
    if isinstance(found, Unscored):
        return found
    return rising(_with_actual(case, found[1].value - found[0].value))


def _with_actual(case: Case, value: Decimal) -> Case:
    actual = Quantity("", value, PERCENT, f"{plain(value, 2)}%")
    return Case(case.weight, case.target, actual, case.settings, case.parameters)


def not_above(case: Case) -> Answer:
    """All up to the bound, nothing above (R16); the bound is the parameter or the target."""
    if not case.parameters:
        two = pair(case)
        if isinstance(two, Unscored):
            return two
        bound, actual = two
    else:
        found = number(case, 0)
        if isinstance(found, Unscored):
            return found
        if not isinstance(case.actual, Quantity):
            return no_number(case.actual)
        bound, actual = found, case.actual
    if actual.value <= bound.value:
        return case.full(f"实际{actual.text}，不高于{bound.text}")
    return case.none(f"实际{actual.text}，高于{bound.text}")


def between(case: Case) -> Answer:
    """All above the lower bound and up to the upper, else nothing (R17)."""
    found = bounds(case)
    if isinstance(found, Unscored):
        return found
    low, high, actual = found
    if low.value < actual.value <= high.value:
        return case.full(f"实际{actual.text}，在{low.text}（不含）至{high.text}之间")
    return case.none(f"实际{actual.text}，不在{low.text}（不含）至{high.text}之间")


def within(case: Case) -> Answer:
    """A range: full marks between its ends; what is outside is left to people (范围)."""
    target, actual = case.target, case.actual
    if not isinstance(target, Range):
        return Unscored("指标值不是一个范围", "请写成“3-5天”这样的范围。", "调整后指标值")
    ends = (actual.low, actual.high) if isinstance(actual, Range) else (actual, actual)
    for end in ends:
        if not isinstance(end, Quantity):
            return no_number(end)
        if not is_comparable(target.high, end):
            return other_unit(target.text, words_of(actual), target.high, end)
        if not target.low.value <= end.value <= target.high.value:
            message = f"实际完成值“{words_of(actual)}”不在指标值“{target.text}”的范围内"
            return Unscored(message, "请填写得分，或在“评分方法”里写明怎样评分。")
    return case.full(f"实际{words_of(actual)}，在{target.text}的范围内")
