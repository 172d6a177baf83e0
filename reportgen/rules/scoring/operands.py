"""What methods calculate with: target and actual value, and the numbers of 评分方法."""

from __future__ import annotations

from reportgen.rules.scoring.marks import Case, Unscored, no_number
from reportgen.rules.scoring.targets import Quantity, is_comparable, parse


def pair(case: Case) -> tuple[Quantity, Quantity] | Unscored:
    """Target and actual value as numbers of one unit."""
    target, actual = case.target, case.actual
    if not isinstance(target, Quantity):
        hint = "请填写带数字的指标值，或在“评分方法”里另选方法。"
        return Unscored("指标值不是数字", hint, "调整后指标值")
    if not isinstance(actual, Quantity):
        return no_number(actual)
    if not is_comparable(target, actual):
        return other_unit(target.text, actual.text, target, actual)
    return target, actual


def other_unit(said: str, done: str, target: Quantity, actual: Quantity) -> Unscored:
    """Target and actual value, as they are written, whose units differ.

    A bare number beside a percentage is often a cell that has lost its format.
    """
    hint = "请把两处的单位改成一样。"
    if target.unit == "%" and not actual.unit:
        share = actual.value * 100 if actual.value <= 1 else actual.value
        hint = f"“{actual.text}”是{share.normalize():f}%的，请写成{share.normalize():f}%。"
    return Unscored(f"指标值“{said}”与实际完成值“{done}”单位不同", hint)


def bounds(case: Case) -> tuple[Quantity, Quantity, Quantity] | Unscored:
    """Lower and upper bound of the parameters, and the actual value, of one unit."""
    low, high = number(case, 0), number(case, 1)
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


def number(case: Case, index: int) -> Quantity | Unscored:
    """A number that stands in the brackets of 评分方法."""
    found = parse(case.parameters[index])
    if isinstance(found, Quantity):
        return found
    message = f"评分方法的“{case.parameters[index]}”不是数字"
    return Unscored(message, "请在括号里写数字。", "评分方法")
