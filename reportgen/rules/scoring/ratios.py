"""Methods that hold a number against its target."""

from __future__ import annotations

from decimal import Decimal

from reportgen.model.rounding import CONTEXT
from reportgen.rules.scoring.marks import (
    Answer,
    Bounds,
    Case,
    Unscored,
    no_number,
    plain,
    rate,
)
from reportgen.rules.scoring.operands import number, pair
from reportgen.rules.scoring.targets import Quantity


def at_least(case: Case) -> Answer:
    """≥: full marks at the target, below it in proportion (R22)."""
    found = pair(case)
    if isinstance(found, Unscored):
        return found
    target, actual = found
    if actual.value > target.value or (actual.value == target.value and target.sign != ">"):
        why = f"实际{actual.text}，不低于目标{target.text}"
        far = _is_far(case, target, actual)
        return _beyond(case, target, actual, why) if far else case.full(why)
    return _in_proportion(case, target, actual)


def _is_far(case: Case, target: Quantity, actual: Quantity) -> bool:
    """Whether a target was passed by so much that it was probably set too low."""
    return target.value > 0 and actual.value >= target.value * case.settings.excess


def _beyond(case: Case, target: Quantity, actual: Quantity, why: str) -> Answer:
    """Full marks and a question, or people's own marks, where a target was passed by much."""
    said = _pair_text(target, actual)
    if case.settings.beyond == "满分" or not _is_far(case, target, actual):
        return case.full(why, said)
    most = plain(case.weight)
    how = f"{said}，达到目标的{case.settings.reason_from}，按目标是否偏低填0分至{most}分"
    return Bounds(Decimal(0), case.weight, how, closed=True, excess=said)


def _pair_text(target: Quantity, actual: Quantity) -> str:
    return f"实际{actual.text}，目标{target.text}"


def _in_proportion(case: Case, target: Quantity, actual: Quantity) -> Answer:
    if actual.value <= 0 or target.value <= 0:
        return case.none(_pair_text(target, actual))
    how = f"{actual.text}÷{target.text}×{plain(case.weight)}"
    return case.share(actual.value, target.value, how)


def equal(case: Case) -> Answer:
    """=: full marks at the target, below it in proportion; more than that needs a reason.

    Where nothing at all was to happen there is no more than that: 0 points.
    """
    found = pair(case)
    if isinstance(found, Unscored):
        return found
    target, actual = found
    if actual.value == target.value:
        return case.full(f"实际{actual.text}，等于目标")
    if actual.value > target.value:
        above = f"实际{actual.text}，高于目标{target.text}"
        none_wanted = target.value.is_zero()  # 事故=0起
        return case.none(above) if none_wanted else _beyond(case, target, actual, above)
    return _in_proportion(case, target, actual)


def at_most(case: Case) -> Answer:
    """≤: full marks up to the target; above it as the settings say (反向)."""
    found = pair(case)
    if isinstance(found, Unscored):
        return found
    target, actual = found
    weight, shown = plain(case.weight), f"实际{actual.text}，高于目标{target.text}"
    if actual.value < target.value or (actual.value == target.value and target.sign != "<"):
        return case.full(f"实际{actual.text}，不高于目标{target.text}")
    if target.value <= 0:
        return case.none(shown if actual.value > target.value else f"实际{actual.text}")
    if case.settings.reverse == "目标除以实际":
        how = f"{target.text}÷{actual.text}×{weight}"
        return case.share(target.value, actual.value, how)
    if actual.value >= 2 * target.value:
        return case.none(f"{shown}一倍以上")
    how = f"（1－（{actual.text}－{target.text}）÷{target.text}）×{weight}"
    return case.share(2 * target.value - actual.value, target.value, how)


def executed(case: Case) -> Answer:
    """执行率 of an indicator: what was spent of its target, the budget; or the rate (R20)."""
    if not isinstance(case.target, Quantity) and isinstance(case.actual, Quantity):
        return rate_times_weight(case)
    found = pair(case)
    if isinstance(found, Unscored):
        return found
    budget, spent = found
    if budget.value <= 0:
        return case.none(f"预算{budget.text}")
    how = f"{spent.text}÷{budget.text}×{plain(case.weight)}"
    return case.share(spent.value, budget.value, how)


def rate_times_weight(case: Case) -> Answer:
    """业绩值×权重, the value being a rate (R01)."""
    if not isinstance(case.actual, Quantity):
        return no_number(case.actual)
    how = f"{case.actual.text}×{plain(case.weight)}"
    return case.share(rate(case.actual), Decimal(1), how)


def per_percent(case: Case) -> Answer:
    """Each 1 % below the target takes p % of the weight (R09)."""
    found, lost = pair(case), number(case, 0)
    if isinstance(found, Unscored):
        return found
    if isinstance(lost, Unscored):
        return lost
    target, actual = found
    if actual.value >= target.value or target.value <= 0:
        return at_least(case)
    below = (target.value - actual.value) * 100
    shown = plain(CONTEXT.divide(below, target.value), 2)
    how = f"低于目标{shown}%，每低1%扣分值的{lost.text}"
    return case.share(target.value - below * rate(lost), target.value, how)
