"""One project with its scores: what templates see as one of 项目."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

from reportgen.findings import Findings, Place
from reportgen.model import Absent, Figure, Kind, Origin, Project, Value, half_up
from reportgen.rules.scoring.execution import POINTS, RATE, Execution, execution
from reportgen.rules.scoring.funds import UNSPENT, ScoredFund, unspent
from reportgen.rules.scoring.score import Score, score_indicator
from reportgen.rules.scoring.settings import ScoringSettings

_TOTAL = "合计得分"
_TYPED, _GRADE = "自评得分", "自评等级"
_CLASS, _KIND, _WEIGHT, _POINTS = "一级指标", "二级指标", "分值", "得分"
_DECIMALS = 2
COMPUTED_OF_INDICATORS = _CLASS_WEIGHT, _KIND_WEIGHT = ("一级分值", "二级分值")
"""What an indicator has beside its cells: the weight of its class, and of its kind."""


@dataclass(frozen=True, kw_only=True)
class ScoredProject(Project):
    """A project, and what the rules of scoring give it.

    ``rate`` is 执行率 (1 = 100 %), ``execution`` its points, ``total`` the sum of the printed
    scores, ``grade`` that of the total that is printed ('' where there is none). ``scores``
    stand beside ``indicators``; one that is ``None`` could not be scored, which is a finding.
    """

    rate: Value
    execution: Value
    scores: tuple[Score | None, ...]
    total: Value
    grade: str
    settings: ScoringSettings

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name.

        What is typed is kept (自评得分, 自评等级); what is left blank is computed.
        """
        computed = _COMPUTED.get(name)
        return computed(self) if computed else super().lookup(name)

    @property
    def printed_total(self) -> object:
        """The total that is printed: typed, else the sum; a blank where there is neither."""
        typed = self.fields.get(_TYPED)
        if typed is not None:
            return typed
        return self.total if isinstance(self.total, Figure) else self.blank(_TYPED)

    @property
    def printed_grade(self) -> object:
        """The grade that is printed: typed, else that of the printed total; or a blank."""
        return self.fields.get(_GRADE) or self.grade or self.blank(_GRADE)

    @cached_property
    def unspent(self) -> Value:
        """资金结转结余: what is left of the whole year's budget."""
        return unspent(self.year_fund)

    @cached_property
    def sources(self) -> tuple[ScoredFund, ...]:
        """The lines of which the whole year's funds are made, each with its own 执行率."""
        return tuple(ScoredFund(fund.source, fund.amounts, self.settings) for fund in self.parts)

    @cached_property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """The indicators as they are printed: blank scores filled in, weights of each class."""
        keys = [(fields.get(_CLASS), fields.get(_KIND)) for fields in self.indicators]
        classes: dict[Any, list[Any]] = {}
        for (one, two), fields in zip(keys, self.indicators, strict=True):
            weight = fields.get(_WEIGHT)
            classes.setdefault(one, []).append(weight)
            classes.setdefault((one, two), []).append(weight)
        sums = {key: _weight_of(weights) for key, weights in classes.items()}
        return tuple(
            {
                **fields,
                _POINTS: score.figure if score else fields.get(_POINTS),
                _CLASS_WEIGHT: sums[key[0]],
                _KIND_WEIGHT: sums[key],
            }
            for key, fields, score in zip(keys, self.indicators, self.scores, strict=True)
        )

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return tuple(dict.fromkeys((*super().names(), *_COMPUTED)))


_COMPUTED: Mapping[str, Callable[[ScoredProject], object]] = MappingProxyType(
    {
        "指标": lambda project: project.rows,
        RATE: lambda project: project.rate,
        POINTS: lambda project: project.execution,
        "执行率满分": lambda project: _full("执行率满分", project.settings.weights.execution),
        "指标满分": lambda project: _full("指标满分", project.settings.weights.indicators),
        _TOTAL: lambda project: project.total,
        _TYPED: lambda project: project.printed_total,
        _GRADE: lambda project: project.printed_grade,
        "得分等级": lambda project: project.grade,
        "资金明细": lambda project: project.sources,
        UNSPENT: lambda project: project.unspent,
    }
)
COMPUTED = tuple(name for name in _COMPUTED if name not in ("指标", "资金明细"))
"""The names of a project that are no column of its sheet, or are filled in where it is blank."""


def score_project(project: Project, settings: ScoringSettings, findings: Findings) -> ScoredProject:
    """Score the execution and every indicator of a project, and add up what is printed.

    What can't be scored, and scores that were typed and differ, are findings with their cells.
    """
    done = execution(project, settings, findings)
    scores = tuple(
        score_indicator(fields, row, settings, findings)
        for fields, row in zip(project.indicators, project.indicator_rows, strict=True)
    )
    total = _total(done, scores)
    return ScoredProject(
        name=project.name,
        fields=project.fields,
        funds=project.funds,
        indicators=project.indicators,
        row=project.row,
        indicator_rows=project.indicator_rows,
        rate=done.rate,
        execution=done.points,
        scores=scores,
        total=total,
        grade=_grade(project.fields.get(_TYPED), total, settings),
        settings=settings,
    )


def _grade(typed: Any, total: Value, settings: ScoringSettings) -> str:
    """The grade of the total that is printed: the typed one, where there is one."""
    printed = total if typed is None else typed
    return settings.grade(_printed(printed)) if isinstance(printed, Figure) else ""


def _printed(score: Figure) -> Decimal:
    """A score as it is printed: with two decimals at most."""
    return half_up(score.value, _DECIMALS)


def _total(done: Execution, scores: tuple[Score | None, ...]) -> Value:
    """The sum of the printed scores; absent where one of them is."""
    found = [score.figure for score in scores if score is not None]
    if not scores or len(found) < len(scores):
        return Absent(_TOTAL, "有指标没有得分" if scores else "没有指标")
    if not done.counted:
        return _sum(_TOTAL, found)
    if isinstance(done.points, Figure):
        return _sum(_TOTAL, [*found, done.points])
    return Absent(_TOTAL, f"没有{POINTS}")


def _weight_of(weights: list[Any]) -> Value:
    """The points that a class of indicators has in all, with the cells they stand in."""
    if len(weights) == 1 and isinstance(weights[0], Figure):
        return weights[0]
    value = Decimal(0)
    places: list[Place] = []
    for weight in weights:
        if not isinstance(weight, Figure):
            return Absent("分值之和", "有一项不是数字")
        value += weight.value
        places += weight.places
    how = "各项指标分值之和"
    return Figure(how, value, Kind.SCORE, places=tuple(places), formula=how)


def _sum(name: str, parts: list[Figure]) -> Figure:
    """The sum of scores as they are printed, with the cells of all of them."""
    result, value = parts[0], _printed(parts[0])
    for part in parts[1:]:
        value += _printed(part)
        result = Figure("", value, Kind.SCORE, origin=Origin(result, "+", part))
    return Figure(
        name,
        value,
        Kind.SCORE,
        places=tuple(place for part in parts for place in part.places),
        formula="＋".join(part.name for part in parts),
        key=name,
        origin=result.origin,
    )


def _full(name: str, points: Decimal) -> Figure:
    """The points that a part of the total has at most, as scoring.yaml says."""
    return Figure(name, points, Kind.SCORE)
