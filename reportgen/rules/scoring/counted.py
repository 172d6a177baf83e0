"""Methods that count: elements present, things missing or found, answers of a survey."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from reportgen.model.rounding import CONTEXT
from reportgen.rules.scoring.marks import Answer, Case, Mark, Unscored, no_number, plain, rate
from reportgen.rules.scoring.targets import Quantity, parse

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_ANSWER = re.compile(r"([A-D])[=:：＝]?(\d+(?:\.\d+)?[%％])", re.ASCII)
_WORTH = {"A": 100, "B": 75, "C": 50, "D": 0}
"""What an answer is worth, in %."""
_SURVEY = "请写“A=60%，B=30%，C=10%”，各题用分号隔开。"
_YES, _NO = frozenset({"是", "有", "符合", "1"}), frozenset({"否", "无", "不符合", "0"})


def elements(case: Case) -> Answer:
    """Each of N elements present has 1/N of the weight (R03, R05)."""
    number = parse(case.parameters[0]) if case.parameters else case.target
    if not isinstance(number, Quantity) or number.value <= 0:
        hint = "请写明共有几项要素，如“要素得分（9）”。"
        return Unscored("没有写明要素的个数", hint, "评分方法")
    if not isinstance(case.actual, Quantity):
        return no_number(case.actual)
    how = f"{case.actual.text}÷{number.text}×{plain(case.weight)}"
    return case.share(case.actual.value, number.value, how)


def each_takes_share(case: Case) -> Answer:
    """Each event takes a % of the weight (R07)."""
    return _taken(case, case.parameters[0], case.weight, is_share=True)


def each_takes_points(case: Case) -> Answer:
    """Each thing found takes its points (R11)."""
    return _taken(case, case.parameters[0], case.weight)


def each_lack_takes(case: Case) -> Answer:
    """From points of its own, each lack takes some (R12)."""
    own = parse(case.parameters[0])
    if not isinstance(own, Quantity) or own.value > case.weight:
        message = f"评分方法的“{case.parameters[0]}”不是分值以内的分数"
        return Unscored(message, "请先写满分，再写每缺一项扣几分。", "评分方法")
    return _taken(case, case.parameters[1], own.value)


def _taken(case: Case, parameter: str, own: Decimal, *, is_share: bool = False) -> Answer:
    each = parse(parameter)
    if not isinstance(each, Quantity):
        return Unscored(f"评分方法的“{parameter}”不是数字", "请在括号里写数字。", "评分方法")
    if not isinstance(case.actual, Quantity):
        return no_number(case.actual)
    taken = case.actual.value * (case.weight * rate(each) if is_share else each.value)
    unit = "" if is_share else "分"
    how = f"{plain(own)}－{case.actual.text}×{each.text}{unit}"
    if taken > own:
        return Mark(Decimal(0), f"{how}，扣完为止")
    return Mark(min(own - taken, own), how)


def each_has_points(case: Case) -> Answer:
    """Each condition that is met has points of its own (R10): 是、否、是, or ①③."""
    points = [parse(parameter) for parameter in case.parameters]
    worth = [one.value for one in points if isinstance(one, Quantity)]
    if len(worth) < len(points):
        return Unscored("各项的分数不是数字", "请在括号里依次写各项的分数。", "评分方法")
    if sum(worth) > case.weight:
        message = f"各项的分数共{plain(sum(worth, Decimal(0)))}，高于分值{plain(case.weight)}"
        return Unscored(message, "请核对评分方法和分值。", "评分方法")
    met = _met(case, len(worth))
    if met is None:
        said = case.actual.text if case.actual else ""
        hint = "请依次写“是”或“否”，用顿号隔开，或写符合的各项，如①③。"
        return Unscored(f"从实际完成值“{said}”看不出符合哪几项", hint)
    had = [one for one, is_met in zip(worth, met, strict=True) if is_met]
    return Mark(sum(had, Decimal(0)), "＋".join(map(plain, had)) or "各项都不符合")


def _met(case: Case, number: int) -> list[bool] | None:
    """Which of the conditions the actual value says are met; ``None`` where it does not say."""
    said = "".join(case.actual.text.split()) if case.actual else ""
    if said and set(said) <= set(_CIRCLED[:number]):
        return [sign in said for sign in _CIRCLED[:number]]
    parts = re.split("[、，,；;]", said)
    if len(parts) == number and all(part in _YES | _NO for part in parts):
        return [part in _YES for part in parts]
    return None


def survey(case: Case) -> Answer:
    """Questions with the shares of their answers A–D, worth 100, 75, 50 and 0 % (R19)."""
    said = case.actual.text if case.actual else ""
    scores = []
    for question in filter(None, re.split("[；;\n]", said)):
        found = _ANSWER.findall(question)
        shares = {letter: Decimal(share.rstrip("%％")) for letter, share in found}
        if not shares or sum(shares.values()) > 100 + _slack(shares.values()):
            return Unscored(f"问卷结果“{question}”看不懂", _SURVEY)
        worth = sum((shares[letter] * _WORTH[letter] for letter in shares), Decimal(0))
        scores.append(worth / 100)
    if not scores:
        return Unscored("没有问卷结果", _SURVEY)
    whole, number = sum(scores, Decimal(0)), Decimal(len(scores))
    mean = plain(CONTEXT.divide(whole, number), 2)
    return case.share(whole, number * 100, f"{len(scores)}题平均{mean}%×{plain(case.weight)}")


def _slack(shares: Collection[Decimal]) -> Decimal:
    """By how much rounded shares may pass 100: half of the last stated digit of each."""
    places = max((-int(share.as_tuple().exponent) for share in shares), default=0)
    return Decimal(len(shares)).scaleb(-places) / 2
