"""执行率: what was spent of the whole year's budget, and the points for it (R20)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from reportgen.findings import Findings, Place, Severity
from reportgen.model import Absent, Figure, Kind, Origin, Project, Value, half_up
from reportgen.model.rounding import CONTEXT
from reportgen.rules.scoring.marks import plain
from reportgen.rules.scoring.settings import ScoringSettings
from reportgen.rules.sides import in_unit

BUDGET, SPENT = "全年预算数", "全年执行数"
RATE, POINTS = "执行率", "执行率得分"
_ORIGINAL = ("年初预算数", "预算编制数")
"""What the whole year's budget was adjusted from; the first that is filled in."""
_CHECK = "请核对预算数和执行数。"


@dataclass(frozen=True, slots=True)
class Execution:
    """The rate (1 = 100 %) and its points; ``counted`` is whether the total counts them.

    They count unless a bundle gives them no weight, or leaves 0 ÷ 0 out.
    """

    rate: Value
    points: Value
    counted: bool = True


def execution(project: Project, settings: ScoringSettings, findings: Findings) -> Execution:
    """The rate of the whole year's funds (年度资金总额), and its points.

    What keeps it from being computed, and what makes it look better than it is, are findings.
    """
    _report_negative(project, findings)
    if settings.weights.execution:
        return _whole(project, settings, findings)
    return replace(_whole(project, settings, Findings()), counted=False)


def _whole(project: Project, settings: ScoringSettings, findings: Findings) -> Execution:
    """The execution of the whole year's funds."""
    fund = project.year_fund
    amounts = fund.amounts if fund else {}
    budget, spent = amounts.get(BUDGET), amounts.get(SPENT)
    if not (isinstance(budget, Figure) and isinstance(spent, Figure)):
        _report_missing(project, (budget, spent), findings)
        return _absent("没有填写")
    if budget.value < 0 or spent.value < 0:
        return _absent("金额是负数")
    _report_cut(project, budget, spent, findings)
    if budget.value.is_zero():
        return _of_nothing(project, budget, spent, settings, findings)
    return _of_budget(budget, spent, settings)


def _absent(reason: str, *, counted: bool = True) -> Execution:
    return Execution(Absent(RATE, reason), Absent(POINTS, reason), counted)


def _of_budget(budget: Figure, spent: Figure, settings: ScoringSettings) -> Execution:
    weight = settings.weights.execution
    places = (*spent.places, *budget.places)
    rate = Figure(
        name=RATE,
        value=CONTEXT.divide(spent.value, budget.value),
        kind=Kind.RATIO,
        slack=CONTEXT.divide(spent.slack, budget.value),
        places=places,
        formula=f"{SPENT}÷{BUDGET}",
        key=RATE,
        origin=Origin(spent, "/", budget),
    )
    if spent.value >= budget.value:
        how = f"{SPENT}不低于{BUDGET}，得满分{plain(weight)}分"
        return Execution(rate, _given(weight, places, how))
    points = half_up(CONTEXT.divide(spent.value * weight, budget.value), settings.decimals)
    how = f"{SPENT}÷{BUDGET}×{plain(weight)}，保留{settings.decimals}位小数"
    factor = Figure(str(weight), weight, Kind.COUNT)
    return Execution(rate, _given(points, places, how, Origin(rate, "*", factor)))


def _given(
    points: Decimal, places: tuple[Place, ...], how: str, origin: Origin | None = None
) -> Figure:
    return Figure(POINTS, points, Kind.SCORE, places=places, formula=how, key=POINTS, origin=origin)


def _of_nothing(
    project: Project, budget: Figure, spent: Figure, settings: ScoringSettings, findings: Findings
) -> Execution:
    """No budget at all: 0 ÷ 0 as the settings say, and 0 points where money was spent."""
    places, where = (*spent.places, *budget.places), budget.places[0]
    own = f"项目“{project.name}”"
    if spent.value > 0:
        message = f"{own}的{BUDGET}是0，{SPENT}是{_told(spent)}，算不出执行率，按0分计。"
        hint = f"请核对{BUDGET}；调整过预算的，填调整后的数。"
        findings.warning("S108", where, message, hint)
        return Execution(Absent(RATE, "除数为0"), _given(Decimal(0), places, f"{BUDGET}是0，得0分"))
    message = f"{own}的{BUDGET}和{SPENT}都是0，"
    if settings.nothing == "不计":
        told = (
            f"执行率不计分，总分只是各项指标得分之和，满分{plain(settings.weights.indicators)}分。"
        )
        findings.note("S110", where, message + told, _CHECK)
        return _absent("除数为0", counted=False)
    full = settings.nothing == "满分"
    weight = settings.weights.execution if full else Decimal(0)
    findings.note("S110", where, f"{message}执行率得{plain(weight)}分。", _CHECK)
    how = f"{SPENT}和{BUDGET}都是0，按{'100%' if full else '0'}计"
    rate = Figure(RATE, Decimal(int(full)), Kind.RATIO, places=places, formula=how, key=RATE)
    return Execution(rate, _given(weight, places, f"{how}，得{plain(weight)}分"))


def _report_missing(
    project: Project, amounts: tuple[Value | None, ...], findings: Findings
) -> None:
    """Tell that there is no rate, unless what is in the cells could not be read: that is told."""
    if not project.indicators or any(isinstance(amount, Absent) for amount in amounts):
        return
    typed = project.fields.get("自评得分") is not None
    message = f"项目“{project.name}”没有年度资金总额的{BUDGET}或{SPENT}，算不出执行率得分。"
    place = project.row.place("项目名称") if project.row else Place("项目.xlsx")
    hint = "请在“资金”表填写“年度资金总额”一行。"
    findings.add("S107", Severity.NOTE if typed else Severity.ERROR, place, message, hint)


def _report_negative(project: Project, findings: Findings) -> None:
    """No amount of a project's funds is below 0."""
    for fund in project.funds:
        for name, amount in fund.amounts.items():
            if isinstance(amount, Figure) and amount.value < 0:
                message = (
                    f"项目“{project.name}”“{fund.source}”的{name}是{_told(amount)}，不能是负数。"
                )
                findings.error("S109", amount.places[0], message, "请核对并改正。")


def _report_cut(project: Project, budget: Figure, spent: Figure, findings: Findings) -> None:
    """A budget cut down to what was spent makes any execution look complete."""
    fund = project.year_fund
    found = (fund.amounts.get(name) for name in _ORIGINAL) if fund else ()
    original = next((amount for amount in found if isinstance(amount, Figure)), None)
    if original is None or budget.value != spent.value or budget.value >= original.value:
        return
    message = (
        f"项目“{project.name}”的{original.name}是{_told(original)}，{BUDGET}减到{_told(budget)}，"
        f"与{SPENT}相同，执行率看不出原来的预算执行得怎样。"
    )
    hint = "请核对是否按规定调整过预算，并说明调整的原因。"
    findings.warning("S106", budget.places[0], message, hint)


def _told(amount: Figure) -> str:
    """An amount as its cell states it."""
    return in_unit(amount.value, amount)
