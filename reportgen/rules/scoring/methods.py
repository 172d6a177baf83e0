"""The methods by name: what 评分方法 may say, and what applies where it says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reportgen.findings import nearest
from reportgen.rules.scoring import counted, intervals, levels, ratios
from reportgen.rules.scoring.marks import Answer, Case, Unscored
from reportgen.rules.scoring.targets import Quantity, Range, Words

_WRITTEN = re.compile(r"(?P<name>[^()]+)(?:\((?P<parameters>[^()]*)\))?")
_WIDE = str.maketrans("（），；＝", "(),;=")


@dataclass(frozen=True, slots=True)
class Method:
    """One rule of scoring: its code, its name in 评分方法, its formula in Chinese.

    ``wanted`` names what stands in brackets after the name, ``defaults`` what holds where
    nothing does. ``optional`` ones may be left out, and ``more`` allows further ones.
    """

    code: str
    name: str
    formula: str
    score: Callable[[Case], Answer]
    wanted: str = ""
    defaults: tuple[str, ...] = ()
    optional: bool = False
    more: bool = False

    def takes(self, number: int) -> bool:
        """Whether the method takes so many parameters."""
        least = len(self.wanted.split())
        if number == 0:
            return not least or self.optional or bool(self.defaults)
        return number == least or (self.more and number > least)

    @property
    def written(self) -> str:
        """How the method is written with its parameters: 区间正向（下限，上限）."""
        inner = "，".join(self.wanted.split()) + ("，…" if self.more else "")
        return f"{self.name}（{inner}）" if self.wanted else self.name


_RATE, _GAP = ("90%", "100%"), ("-5%", "0%")
_ALL = (
    Method("R01", "业绩值乘权重", "分值×业绩值", ratios.rate_times_weight),
    Method("R02", "选项得分", "分值×所选一级的比例", levels.by_choice, "好=100%", (), True, True),
    Method("R03", "要素得分", "分值×具备的要素数÷N", counted.elements, "N", optional=True),
    Method("R04", "合规得满分", "合规（业绩值为5）得满分，否则得0分", levels.all_or_nothing),
    Method("R05", "差额比例", "（1－（N－业绩值）÷N）×分值", counted.elements, "N", optional=True),
    Method("R06", "达标得满分", "达到标准得满分，未达到得0分", levels.met),
    Method("R07", "每次扣比例", "分值×（1－次数×a%），扣完为止", counted.each_takes_share, "a%"),
    Method("R08", "五级分类", "好至差得100%、80%、60%、40%、20%", levels.five_levels),
    Method("R09", "每低一个百分点扣分", "每低于目标1%扣分值的p%", ratios.per_percent, "p%"),
    Method("R10", "分项得分", "符合的各项分数之和", counted.each_has_points, "a", more=True),
    Method("R11", "每项扣分", "分值－项数×a，扣完为止", counted.each_takes_points, "a"),
    Method("R12", "缺项扣分", "S－缺少的项数×a，扣完为止", counted.each_lack_takes, "S a"),
    Method(
        "R13", "区间正向", "分值×（业绩值－下限）÷（上限－下限）", intervals.rising, "下限 上限"
    ),
    Method(
        "R14", "区间反向", "分值×（上限－业绩值）÷（上限－下限）", intervals.falling, "下限 上限"
    ),
    Method("R15a", "进度完成率", "按业绩值÷标准", intervals.progress_rate, "下限 上限", _RATE),
    Method("R15b", "进度差额", "按业绩值－标准", intervals.progress_gap, "下限 上限", _GAP),
    Method(
        "R16", "不超过得满分", "不高于c得满分，否则得0分", intervals.not_above, "c", optional=True
    ),
    Method("R17", "区间得满分", "高于下限、不高于上限得满分", intervals.between, "下限 上限"),
    Method("R18", "三档得分", "积极作用、一般、不明显得a、b、c分", levels.three_levels, "a b c"),
    Method("R19", "问卷得分", "分值×各题（A＋75%×B＋50%×C）的平均", counted.survey),
    Method("R20", "预算执行率", "分值×执行数÷预算数，最高满分", ratios.executed),
    Method("R21", "等级划分", "总分按等级的下限划分，不用于单项指标", levels.of_the_whole),
    Method("R22", "正向", "不低于目标得满分，否则业绩值÷目标×分值", ratios.at_least),
    Method("反向", "反向", "不高于目标得满分，超出的按模板的设置扣分", ratios.at_most),
    Method(
        "等于",
        "等于",
        "等于目标得满分，低于的按比例，高于的说明原因；目标是0的，高于0得0分",
        ratios.equal,
    ),
    Method("范围", "范围", "在指标值的范围内得满分，范围以外的由人填报", intervals.within),
    Method("R23", "未填报", "没有指标值的，按模板的设置不评或折半", levels.not_given),
    Method("R24", "定性", "按达成、部分达成、未达成给分", levels.in_words),
)
METHODS: Mapping[str, Method] = MappingProxyType({method.code: method for method in _ALL})
_NAMES = {name.upper(): method for method in _ALL for name in (method.code, method.name)}
_BY_SIGN = {"≥": "R22", ">": "R22", "≤": "反向", "<": "反向", "=": "等于", "": "等于"}


def find(written: str) -> tuple[Method, tuple[str, ...]] | Unscored:
    """The method that 评分方法 names, with its parameters.

    >>> method, parameters = find("区间正向（90%，95%）")
    >>> method.code, parameters
    ('R13', ('90%', '95%'))
    >>> find("r16")[0].name
    '不超过得满分'
    >>> find("区间正向").message, find("区间正象").hint
    ('“区间正向”要写明下限，上限', '是否应为“区间正向”？')
    """
    plain = "".join(written.translate(_WIDE).split())
    found = _WRITTEN.fullmatch(plain)
    method = _NAMES.get(found["name"].upper()) if found else None
    if found is None or method is None:
        name = found["name"] if found else plain
        hint = nearest(name, _NAMES) or f"可用的方法：{'、'.join(one.name for one in _ALL)}。"
        return Unscored(f"没有“{written}”这种评分方法", hint, "评分方法")
    given = tuple(part for part in re.split("[,;、]", found["parameters"] or "") if part)
    if not method.takes(len(given)):
        wanted = f"要写明{'，'.join(method.wanted.split())}" if method.wanted else "不带括号"
        message = f"“{method.name}”{wanted}"
        return Unscored(message, f"请写“{method.written}”。", "评分方法")
    return method, given or method.defaults


def by_form(case: Case) -> Method:
    """The method that fits a target where 评分方法 is blank."""
    if isinstance(case.target, Quantity):
        return METHODS[_BY_SIGN[case.target.sign]]
    if isinstance(case.target, Range):
        return METHODS["范围"]
    return METHODS["R24" if isinstance(case.target, Words) else "R23"]
