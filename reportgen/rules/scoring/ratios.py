"""Methods that hold a number against its target."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model.rounding import CONTEXT
from reportgen.rules.scoring.marks import Answer, Case, Unscored, no_number, plain, rate
from reportgen.rules.scoring.targets import PERCENT, Quantity, is_comparable, parse


def _pair(case: Case) -> tuple[Quantity, Quantity] | Unscored:
    """Target and actual value as numbers of one unit."""
    target, actual = case.target, case.actual
    if not isinstance(target, Quantity):
        hint = "请填写带数字的指标值，或在“评分方法”里另选方法。"
        return Unscored("指标值不是数字", hint, "调整后指标值")
    if not isinstance(actual, Quantity):
        return no_number(actual)
    if not is_comparable(target, actual):
        message = f"指标值“{target.text}”与实际完成值“{actual.text}”单位不同"
        return Unscored(message, "请把两处的单位改成一样。")
    return target, actual


def at_least(case: Case) -> Answer:
    """≥: full marks at the target, below it in proportion (R22)."""
    pair = _pair(case)
    if isinstance(pair, Unscored):
        return pair
    target, actual = pair
    if actual.value >= target.value:
        far = target.value > 0 and actual.value >= target.value * case.settings.excess
        why = f"实际{actual.text}，不低于目标{target.text}"
        return case.full(why, _pair_text(target, actual) if far else "")
    return _in_proportion(case, target, actual)


def _pair_text(target: Quantity, actual: Quantity) -> str:
    return f"实际{actual.text}，目标{target.text}"


def _in_proportion(case: Case, target: Quantity, actual: Quantity) -> Answer:
    if actual.value <= 0 or target.value <= 0:
        return case.none(_pair_text(target, actual))
    how = f"{actual.text}÷{target.text}×{plain(case.weight)}"
    return case.share(actual.value, target.value, how)


def equal(case: Case) -> Answer:
    """=: full marks at the target, below it in proportion; more than that needs a reason."""
    pair = _pair(case)
    if isinstance(pair, Unscored):
        return pair
    target, actual = pair
    if actual.value == target.value:
        return case.full(f"实际{actual.text}，等于目标")
    if actual.value > target.value:
        why = f"实际{actual.text}，高于目标{target.text}"
        return case.full(why, _pair_text(target, actual))
    return _in_proportion(case, target, actual)


def at_most(case: Case) -> Answer:
    """≤: full marks up to the target; above it as the settings say (反向)."""
    pair = _pair(case)
    if isinstance(pair, Unscored):
        return pair
    target, actual = pair
    weight, shown = plain(case.weight), f"实际{actual.text}，高于目标{target.text}"
    if actual.value <= target.value:
        return case.full(f"实际{actual.text}，不高于目标{target.text}")
    if target.value <= 0:
        return case.none(shown)
    if case.settings.reverse == "目标除以实际":
        how = f"{target.text}÷{actual.text}×{weight}"
        return case.share(target.value, actual.value, how)
    if actual.value >= 2 * target.value:
        return case.none(f"{shown}一倍以上")
    how = f"（1－（{actual.text}－{target.text}）÷{target.text}）×{weight}"
    return case.share(2 * target.value - actual.value, target.value, how)


def rate_times_weight(case: Case) -> Answer:
    """业绩值×权重, the value being a rate (R01)."""
    if not isinstance(case.actual, Quantity):
        return no_number(case.actual)
    how = f"{case.actual.text}×{plain(case.weight)}"
    return case.share(rate(case.actual), Decimal(1), how)


def per_percent(case: Case) -> Answer:
    """Each 1 % below the target takes p % of the weight (R09)."""
    pair, lost = _pair(case), _number(case, 0)
    if isinstance(pair, Unscored):
        return pair
    if isinstance(lost, Unscored):
        return lost
    target, actual = pair
    if actual.value >= target.value or target.value <= 0:
        return at_least(case)
    below = (target.value - actual.value) * 100
    shown = plain(CONTEXT.divide(below, target.value), 2)
    how = f"低于目标{shown}%，每低1%扣分值的{lost.text}"
    return case.share(target.value - below * rate(lost), target.value, how)


def rising(case: Case) -> Answer:
    """Nothing at the lower bound, all at the upper, in proportion between (R13)."""
    bounds = _bounds(case)
    if isinstance(bounds, Unscored):
        return bounds
    low, high, actual = bounds
    how = f"（{actual.text}－{low.text}）÷（{high.text}－{low.text}）×{plain(case.weight)}"
    return case.share(actual.value - low.value, high.value - low.value, how)


def falling(case: Case) -> Answer:
    """All at the lower bound, nothing at the upper, in proportion between (R14)."""
    bounds = _bounds(case)
    if isinstance(bounds, Unscored):
        return bounds
    low, high, actual = bounds
    how = f"（{high.text}－{actual.text}）÷（{high.text}－{low.text}）×{plain(case.weight)}"
    return case.share(high.value - actual.value, high.value - low.value, how)


def progress_rate(case: Case) -> Answer:
    """实际÷标准 between two bounds (R15a)."""
    pair = _pair(case)
    if isinstance(pair, Unscored):
        return pair
    if pair[0].value <= 0:
        return Unscored("标准不大于0，算不出完成率", "请填写大于0的标准。", "调整后指标值")
    done = CONTEXT.divide(pair[1].value, pair[0].value) * 100
    return rising(_with_actual(case, done))


def progress_gap(case: Case) -> Answer:
    """实际－标准 between two bounds (R15b)."""
    pair = _pair(case)
    if isinstance(pair, Unscored):
        return pair
    return rising(_with_actual(case, pair[1].value - pair[0].value))


def _with_actual(case: Case, value: Decimal) -> Case:
    actual = Quantity("", value, PERCENT, f"{plain(value, 2)}%")
    return Case(case.weight, case.target, actual, case.settings, case.parameters)


def not_above(case: Case) -> Answer:
    """All up to the bound, nothing above (R16); the bound is the parameter or the target."""
    if not case.parameters:
        pair = _pair(case)
        if isinstance(pair, Unscored):
            return pair
        bound, actual = pair
    else:
        found = _number(case, 0)
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
    bounds = _bounds(case)
    if isinstance(bounds, Unscored):
        return bounds
    low, high, actual = bounds
    if low.value < actual.value <= high.value:
        return case.full(f"实际{actual.text}，在{low.text}（不含）至{high.text}之间")
    return case.none(f"实际{actual.text}，不在{low.text}（不含）至{high.text}之间")


def _bounds(case: Case) -> tuple[Quantity, Quantity, Quantity] | Unscored:
    """Lower and upper bound of the parameters, and the actual value, of one unit."""
    low, high = _number(case, 0), _number(case, 1)
    if isinstance(low, Unscored):
        return low
    if isinstance(high, Unscored):
        return high
    if low.value >= high.value:
        return Unscored(f"下限{low.text}不小于上限{high.text}", "请先写小的。", "评分方法")
    if not isinstance(case.actual, Quantity):
        return no_number(case.actual)
    if not is_comparable(high, case.actual):
        message = f"实际完成值“{case.actual.text}”与评分方法的“{high.text}”单位不同"
        return Unscored(message, "请把两处的单位改成一样。")
    return low, high, case.actual


def _number(case: Case, index: int) -> Quantity | Unscored:
    found = parse(case.parameters[index])
    if isinstance(found, Quantity):
        return found
    message = f"评分方法的“{case.parameters[index]}”不是数字"
    return Unscored(message, "请在括号里写数字。", "评分方法")
