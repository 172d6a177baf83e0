"""Methods for what is said in words: levels, yes or no, and targets that nobody filled in."""

from __future__ import annotations

from decimal import Decimal

from reportgen.rules.scoring.marks import (
    Answer,
    Bounds,
    Case,
    Mark,
    Unscored,
    plain,
    rate,
    words_of,
)
from reportgen.rules.scoring.targets import Quantity, Range, Target, is_comparable, parse

_FIVE = {"好": 100, "较好": 80, "一般": 60, "较差": 40, "差": 20}
_THREE = ("积极作用", "一般", "不明显")
_MET = frozenset({"是", "符合", "合规", "达到", "达标", "达成", "已完成", "完成"})
_NOT_MET = frozenset({"否", "不符合", "不合规", "未达到", "未达标", "未达成", "未完成"})


def in_words(case: Case) -> Answer:
    """定性 (R24): by the level that is stated; points are given by people unless opted out."""
    words, said = case.settings.words, words_of(case.actual)
    high, low = (case.weight * floor for floor in words.floors)
    if said in words.partly:
        return Bounds(low, high, f"部分达成，{plain(low)}分以上、不到{plain(high)}分")
    if said in words.missed:
        return Bounds(Decimal(0), low, f"未达成，不到{plain(low)}分")
    if said in words.reached or said == words_of(case.target):
        if words.full:
            return case.full(f"实际“{said}”，达成目标")
        how = f"达成目标，{plain(high)}分至{plain(case.weight)}分"
        return Bounds(high, case.weight, how, closed=True)
    hint = f"请填{'、'.join(lot[0] for lot in (words.reached, words.partly, words.missed))}。"
    return Unscored(f"从实际完成值“{said}”看不出是否达成", hint)


def not_given(case: Case) -> Answer:
    """未填报 (R23): no target was set at the start of the year."""
    if case.settings.not_given == "折半":
        return case.share(Decimal(1), Decimal(2), f"未填报指标值，{plain(case.weight)}÷2")
    return Unscored("没有指标值", "请补填指标值，或填写得分。", "调整后指标值")


def of_the_whole(_case: Case) -> Answer:
    """等级 (R21): a rule of the whole project, no method of one indicator."""
    hint = "请去掉这个方法；等级由程序按总分划分。"
    return Unscored("不能用“等级划分”评分，它划分的是总分", hint, "评分方法")


def by_choice(case: Case) -> Answer:
    """Each level has its share of the weight (R02); the target's own level has it whole."""
    said = words_of(case.actual)
    for parameter in case.parameters:
        level, _, share = parameter.partition("=")
        found = parse(share)
        if level == said and isinstance(found, Quantity):
            return case.share(rate(found), Decimal(1), f"{level}得分值的{found.text}")
    if said and said == words_of(case.target):
        return case.full(f"实际“{said}”，与目标相同")
    hint = "请在“评分方法”里写明各级的比例，如“选项得分（好=100%，较好=80%）”。"
    return Unscored(f"没有写明“{said}”得多少分", hint, "评分方法")


def all_or_nothing(case: Case) -> Answer:
    """合规 (or 5) has full marks, anything else none (R04)."""
    said = words_of(case.actual)
    is_met = said in _MET or (isinstance(case.actual, Quantity) and case.actual.value == 5)
    return case.full(f"实际“{said}”") if is_met else case.none(f"实际“{said}”，有不符合的情形")


def met(case: Case) -> Answer:
    """达到标准得满分，未达到得0分 (R06)."""
    said = words_of(case.actual)
    if said in _MET or (said and said == words_of(case.target)):
        return case.full(f"实际“{said}”，达到标准")
    if said in _NOT_MET:
        return case.none(f"实际“{said}”，未达到标准")
    target, actual = case.target, case.actual
    unit = target.high if isinstance(target, Range) else target
    if (
        target is None
        or not isinstance(unit, Quantity)
        or not isinstance(actual, Quantity)
        or not is_comparable(unit, actual)
    ):
        return Unscored(f"从实际完成值“{said}”看不出是否达到标准", "请填“是”或“否”。")
    if _holds(target, actual):
        return case.full(f"实际{actual.text}，达到标准{target.text}")
    return case.none(f"实际{actual.text}，未达到标准{target.text}")


def _holds(target: Target, actual: Quantity) -> bool:
    """Whether an actual value is what the sign of its target asks for, or within its range."""
    if isinstance(target, Range):
        return target.low.value <= actual.value <= target.high.value
    if not isinstance(target, Quantity):
        return False
    below, same = actual.value < target.value, actual.value == target.value
    if target.sign in ("≤", "<"):
        return below or (same and target.sign == "≤")
    return not below and (target.sign != ">" or not same)


def five_levels(case: Case) -> Answer:
    """好、较好、一般、较差、差: 100, 80, 60, 40, 20 % (R08); the share may be written instead."""
    said = words_of(case.actual)
    if said in _FIVE:
        return case.share(Decimal(_FIVE[said]), Decimal(100), f"{said}得分值的{_FIVE[said]}%")
    if isinstance(case.actual, Quantity) and rate(case.actual) * 100 in _FIVE.values():
        how = f"得分值的{plain(rate(case.actual) * 100)}%"
        return case.share(rate(case.actual), Decimal(1), how)
    return Unscored(f"“{said}”不是五级之一", f"请填{'、'.join(_FIVE)}。")


def three_levels(case: Case) -> Answer:
    """积极作用、一般、不明显: the points that the parameters name (R18)."""
    said = words_of(case.actual)
    if said not in _THREE:
        return Unscored(f"“{said}”不是三档之一", f"请填{'、'.join(_THREE)}。")
    points = parse(case.parameters[_THREE.index(said)])
    if not isinstance(points, Quantity):
        return Unscored("三档的分值不是数字", "请在括号里写三个数字。", "评分方法")
    if points.value > case.weight:
        message = f"“{said}”的{points.text}分高于分值{plain(case.weight)}"
        return Unscored(message, "请核对评分方法和分值。", "评分方法")
    return Mark(points.value, f"{said}得{points.text}分")
