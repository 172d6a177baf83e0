"""The filter 原因: when a change asks for its reason, and how the reason is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportgen.language import Question
from reportgen.language.environment import explain
from reportgen.model import RELATIONS, UNITS, Blank, Figure, Kind, Reason, half_up
from reportgen.narrative import phrases
from reportgen.narrative.comparison import Comparison, known_comparison
from reportgen.narrative.numerals import percent
from reportgen.narrative.scope import Scope, with_scope
from reportgen.narrative.wording import LEAD, LEAD_SLOTS, AmountStyle, ReasonBar, Wording


@with_scope
def reason(
    scope: Scope,
    value: Any,
    base: str = "上年",
    lead: str | None = None,
    end: str = "",
    unit: str = "",
    form: str = "",
) -> str:
    """原因: lead-in, reason and end; nothing where none is asked for and none is written."""
    figure = scope.figure(value)
    if isinstance(figure, str):
        return ""
    found: Any = figure.lookup(f"{base}原因")
    compared = None
    if base in RELATIONS or not found:
        compared = known_comparison(scope, figure, base, unit, form)
    known = compared.base if compared else None
    style = scope.style(figure, unit)
    wording = compared.scope.wording if compared else scope.wording
    text: str = found
    if isinstance(found, Blank):
        if known is None or not _is_asked(figure, known, base, style, wording):
            return ""
        text = explain(scope.context, found)
    printed = f"{_lead(scope, base, lead, compared)}{text}{end}"
    return scope.page.questions.ask(
        Question(
            figure=figure,
            base=base,
            before=known,
            text=str(found) if isinstance(found, Reason) else "",
            place=found.place if isinstance(found, Reason) else None,
            step=_step(figure, style),
            percent=_percent(figure, known, base, style, _printing(scope, base, form, wording)),
        ),
        printed,
    )


def _lead(scope: Scope, base: str, given: str | None, compared: Comparison | None) -> str:
    """The lead-in with its slots filled; 变动 stands for both ways where nothing has changed.

    Without a base to compare with, a lead-in that has slots gives way to the usual one.
    """
    pattern = scope.wording.lead(base) if given is None else given
    asked = phrases.slots(pattern)
    for slot in asked:
        scope.check_name("原因引语", slot, LEAD_SLOTS)
    if not asked or compared is None:
        return LEAD if asked else pattern
    still = {} if compared.compared.amount else {"向": "变动", "势": "变动"}
    return phrases.fill(pattern, {**compared.slots, **still})


def _is_asked(
    figure: Figure, before: Figure, base: str, style: AmountStyle, wording: Wording
) -> bool:
    """Whether a change is printed, and is as big as the wording's bar for this base."""
    compared = phrases.compare(figure, before, wording, style)
    if not compared.amount:
        return False
    bar = wording.reason_bars.get(base) or ReasonBar()  # type: ignore[call-overload]
    passed = []
    if bar.rate is not None:
        places = wording.percent.decimals
        endless = not phrases.printed(before, style)
        passed.append(endless or half_up(compared.rate * 100, places) >= bar.percentage)
    if bar.amount is not None and figure.kind is Kind.AMOUNT:
        passed.append(abs(compared.amount) * UNITS[style.unit] >= bar.money)
    return not passed or (all(passed) if bar.needs_both else any(passed))


def _step(figure: Figure, style: AmountStyle) -> Decimal:
    """What one of the last printed digit is, in the figure's base unit."""
    scale = UNITS[style.unit] if figure.kind is Kind.AMOUNT else Decimal(1)
    return scale.scaleb(-style.decimals)


def _printing(scope: Scope, base: str, form: str, changes: Wording) -> Wording:
    """The wording of the percentage that is printed: of the change, or of a completion."""
    if base == "上年":
        return changes
    return scope.wording.rounded(scope.wording.completion.form(form or base).decimals)


def _percent(
    figure: Figure, before: Figure | None, base: str, style: AmountStyle, wording: Wording
) -> str:
    """The percentage that the sentence prints: of the change, or of a budget's completion."""
    words = wording.percent
    if before is None:
        return ""
    if base == "上年":
        compared = phrases.compare(figure, before, wording, style)
        is_worded = compared.case in (phrases.Change.CHANGED, phrases.Change.TO_ZERO)
        rate = percent(compared.rate, words.decimals, trim=words.trim_change)
        return rate if is_worded else ""
    if not phrases.printed(before, style):
        return ""
    completed = phrases.ratio(figure, before, wording, style)
    return percent(completed, words.decimals, trim=words.trim_completion)
