"""The score of one indicator: its method's answer held against what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from reportgen.findings import Findings, Place
from reportgen.model import Figure, Kind, SheetRow, half_up
from reportgen.rules.scoring.marks import Answer, Bounds, Case, Mark, Unscored, plain
from reportgen.rules.scoring.methods import Method, by_form, find
from reportgen.rules.scoring.settings import ScoringSettings
from reportgen.rules.scoring.targets import Quantity, Words, parse
from reportgen.unguarded import unguarded

_TARGETS = ("调整后指标值", "年初指标值")
_ACTUAL = "实际完成值"
_METHOD, _WEIGHT = "评分方法", "分值"
_EXACT = Decimal(0)


@unguarded(frozen=True, slots=True)
class Score:
    """A printed score, the method behind it, and in Chinese how it came about.

    ``answer`` is what the method itself says; the figure is what was typed, where it was.
    """

    figure: Figure
    method: Method
    how: str
    answer: Answer

    @property
    def excess(self) -> str:
        """What was done so far above its target that a reason is asked for, or ''."""
        return "" if isinstance(self.answer, Unscored) else self.answer.excess


def score_indicator(
    fields: Mapping[str, Any], row: SheetRow, settings: ScoringSettings, findings: Findings
) -> Score | None:
    """Score a row of 指标; ``None`` where there is neither a typed nor a computed score.

    A typed score is kept; where its method says otherwise, that is a warning (S103).
    """
    weight, typed = fields.get(_WEIGHT), fields.get("得分")
    if not isinstance(weight, Figure):
        return None  # told where the sheet is read
    label = str(fields.get("三级指标") or f"第{row.number}行")
    target = _target_of(fields)
    chosen = _chosen(fields, target, weight.value, settings)
    if isinstance(chosen, Unscored):
        findings.error("S101", row.place(_METHOD), f"指标“{label}”{chosen.message}。", chosen.hint)
        return None
    method, case = chosen
    _report_reading(label, fields, target, case, row, findings)
    answer = method.score(case)
    if isinstance(typed, Figure):
        _compare(label, typed, method, answer, settings, row, findings)
        return Score(typed, method, f"填报得分；{_said(answer)}", answer)
    if isinstance(answer, Mark):
        used = (target, _ACTUAL, _WEIGHT)
        places = [row.place(name) for name in used if fields.get(name) is not None]
        return Score(_computed(label, answer, settings, places), method, answer.how, answer)
    if isinstance(answer, Bounds):
        message, hint = f"指标“{label}”要填得分：{answer.how}。", "请在“得分”一栏填写。"
        findings.error("S102", row.place("得分"), message, hint)
    else:
        place = row.place(_column(answer, fields))
        findings.error("S102", place, f"指标“{label}”{answer.message}，算不出得分。", answer.hint)
    return None


def _chosen(
    fields: Mapping[str, Any], column: str, weight: Decimal, settings: ScoringSettings
) -> tuple[Method, Case] | Unscored:
    """The method of an indicator, and what it is given; its target stands in ``column``."""
    target = parse(str(fields.get(column) or ""))
    case = Case(weight, target, parse(str(fields.get(_ACTUAL) or "")), settings)
    written = fields.get(_METHOD)
    if not written:
        return by_form(case), case
    found = find(str(written))
    if isinstance(found, Unscored):
        return found
    return found[0], Case(weight, case.target, case.actual, settings, found[1])


def _report_reading(
    label: str,
    fields: Mapping[str, Any],
    target: str,
    case: Case,
    row: SheetRow,
    findings: Findings,
) -> None:
    """What was read otherwise than it is written: 约5个 as 5, 12,34个 as words."""
    for column, value in ((target, case.target), (_ACTUAL, case.actual)):
        if isinstance(value, Quantity) and value.rough:
            message = f"指标“{label}”的{column}“{fields[column]}”不是准确的数，按{value.text}评分。"
            findings.warning("S111", row.place(column), message, "请写明准确的数。")
    if isinstance(case.target, Words) and case.target.has_number and not fields.get(_METHOD):
        message = f"指标“{label}”的{target}“{case.target.text}”没有读成数，按文字（定性）评分。"
        hint = "是数的，请写成“≥5个”“3-5天”这样；或在“评分方法”里写明。"
        findings.note("S112", row.place(target), message, hint)


def _target_of(fields: Mapping[str, Any]) -> str:
    """The column of the target that holds: the adjusted one, where there is one."""
    return _TARGETS[0] if fields.get(_TARGETS[0]) else _TARGETS[1]


def _column(answer: Unscored, fields: Mapping[str, Any]) -> str:
    """Where the cause stands: a sheet may have but one column of targets."""
    if answer.column in _TARGETS:
        return next((name for name in _TARGETS if name in fields), answer.column)
    return answer.column


def _computed(
    label: str, answer: Mark, settings: ScoringSettings, places: Sequence[Place]
) -> Figure:
    points = half_up(answer.points, settings.decimals)
    name = f"{label}得分"
    return Figure(name, points, Kind.SCORE, _EXACT, tuple(places), answer.how, name)


def _said(answer: Answer) -> str:
    return f"未能核对：{answer.message}" if isinstance(answer, Unscored) else answer.how


def _compare(
    label: str,
    typed: Figure,
    method: Method,
    answer: Answer,
    settings: ScoringSettings,
    row: SheetRow,
    findings: Findings,
) -> None:
    """Hold a typed score against its method; what can't be scored is a note."""
    given = f"指标“{label}”填的得分是{plain(typed.value)}"
    hint = "请核对得分；评分方法不同的，请在“评分方法”一栏写明。"
    if isinstance(answer, Unscored):
        findings.note(
            "S104",
            row.place(answer.column),
            f"指标“{label}”{answer.message}，没有核对得分。",
            answer.hint,
        )
    elif isinstance(answer, Bounds):
        if not answer.hold(typed.value):
            findings.warning("S103", row.place("得分"), f"{given}，应为：{answer.how}。", hint)
    elif half_up(answer.points, settings.decimals) != typed.value:
        own = plain(half_up(answer.points, settings.decimals))
        message = f"{given}，按“{method.name}”应为{own}（{answer.how}）。"
        findings.warning("S103", row.place("得分"), message, hint)
