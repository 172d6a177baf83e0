"""What a filter finds in the context: the wording, the page, and a figure's base."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.findings import nearest
from reportgen.language import PAGE, Number, Page, Unknown
from reportgen.language.environment import explain, kind_of
from reportgen.language.location import current_line
from reportgen.model import BUDGET, RELATIONS, UNREAD, Absent, Blank, Figure, Kind, Row
from reportgen.narrative.phrases import SCALES, fill
from reportgen.narrative.wording import REPORT_SLOTS, AmountStyle, Wording

WORDING = "_wording"
_KEYWORDS = {
    "单位": "unit",
    "相等": "equal",
    "引语": "lead",
    "尾": "end",
    "式": "form",
    "去零": "trim",
    "写单位": "shows_unit",
    "零项": "zeros",
}
_SHOWN = 40
_COUNTS = AmountStyle.model_validate({"小数": 2, "千分位": False, "去零": True})
COUNT_STYLE = _COUNTS.model_copy(update={"unit": ""})


@dataclass(frozen=True)
class Scope:
    """The wording in force and the page being written."""

    context: Context
    wording: Wording
    page: Page

    @classmethod
    def of(cls, context: Context) -> Scope:
        """Take the wording and the page from a rendering's context."""
        return cls(context, context[WORDING], context[PAGE])

    def figure(self, value: Any) -> Figure | str:
        """Return the figure that ``value`` is, or what stands on the page instead."""
        if isinstance(value, Row):
            value = value.first
        if isinstance(value, Figure):
            return value
        if isinstance(value, Absent):
            hint = "请在补充数据或决算表中补填。"
            message = f"缺少“{value.name}”（{value.reason}）。"
            if value.reason != UNREAD:  # that the table is not there is an error already
                self.page.findings.error("N102", self.page.place, message, hint)
            return f"【待填写：{value.name}】"
        if value is None:  # an empty cell of a list
            value = Blank("这里要用的数", "N106", "请在工作簿里补填。")
        if isinstance(value, Unknown | Blank):
            return explain(self.context, value)
        shown = value[:_SHOWN] if isinstance(value, str) else kind_of(value)
        message = f"“{shown}”不是数据，不能用数字的过滤器。"
        self.page.findings.error("T103", self.page.place, message, "请核对名称。")
        return f"【没有格式：{shown}】"

    def base(self, figure: Figure, base: Any) -> tuple[Any, str]:
        """Return the figure to compare with and its name in sentences."""
        if isinstance(base, str):
            base = self.context.get(BUDGET, base) if base == BUDGET else base
            if base not in RELATIONS:
                message = f"“{base}”不是对比数，可用：{'、'.join(RELATIONS)}。"
                self.page.findings.error("T105", self.page.place, message)
                return Absent(f"{figure.name}的{base}"), base
            name = fill(self.wording.last_year, self.slots) if base == "上年" else base
            return figure.lookup(base), name
        name = base.name if isinstance(base, Figure) else str(getattr(base, "name", ""))
        return base, name

    @property
    def slots(self) -> dict[str, str]:
        """What every pattern may name: the year, the year before, and the unit."""
        found = {name: self.context.get(name) for name in REPORT_SLOTS}
        return {name: str(value) for name, value in found.items() if isinstance(value, int | str)}

    def form(self, others: Mapping[str, Any], base: Any, name: str) -> str:
        """The form (另式) that applies: the one asked for, else the one called like the base."""
        if not name:
            return base if isinstance(base, str) else ""
        self.check_name("另式", name, others)
        return name

    def check_name(self, what: str, name: str, known: Collection[str]) -> None:
        """Record a name that wording or filters don't have, with the nearest."""
        if name not in known:
            hint = nearest(name, known) or f"可用：{'、'.join(known) or '无'}。"
            message = f"{what}没有“{name}”。"
            place = current_line(self.page.place)
            self.page.findings.error("T105", place, message, hint)

    def style(self, figure: Figure, unit: str = "") -> AmountStyle:
        """The style of amounts in ``unit``; counts and scores have no unit and no zeros."""
        if figure.kind is not Kind.AMOUNT:
            return COUNT_STYLE
        if unit and unit not in SCALES:
            message = f"未知的单位“{unit}”，可用：{'、'.join(SCALES)}。"
            self.page.findings.error("T105", self.page.place, message)
            unit = ""
        return self.wording.amounts(unit)

    def note(self, code: str, message: str) -> None:
        """Record a note at the place of this page."""
        self.page.findings.note(code, self.page.place, message)

    def cite(self, text: str, figures: tuple[Figure, ...], made: str, *numbers: Number) -> str:
        """Record a printed figure with the numbers in its text."""
        return self.page.cite(text, figures, made, numbers)


def with_scope(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter the scope of its rendering, and Chinese names for its options."""

    @pass_context
    @wraps(function)
    def wrapped(context: Context, value: Any, *arguments: Any, **options: Any) -> Any:
        english = {_KEYWORDS.get(name, name): option for name, option in options.items()}
        return function(Scope.of(context), value, *arguments, **english)

    return wrapped
