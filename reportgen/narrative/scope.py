"""What a filter finds in the context: the wording, the page, and a figure's base."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from inspect import signature
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from reportgen.findings import nearest
from reportgen.language import PAGE, Number, Page, Unknown
from reportgen.language.environment import explain, kind_of
from reportgen.language.location import current_line
from reportgen.model import BUDGET, RELATIONS, UNREAD, Absent, Blank, Figure, Kind, Row
from reportgen.narrative.options import fault, in_english
from reportgen.narrative.phrases import SCALES, fill
from reportgen.narrative.wording import REPORT_SLOTS, AmountStyle, Wording

WORDING = "_wording"
_SCOPE = "_scope"
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
        """Take the wording and the page from a rendering's context, once for each."""
        found: Scope | None = context.vars.get(_SCOPE)
        if found is None:
            found = context.vars[_SCOPE] = cls(context, context[WORDING], context[PAGE])
        return found

    def rounded(self, places: int | None) -> Scope:
        """The same, with percentages of so many decimals; ``None`` leaves them."""
        return replace(self, wording=self.wording.rounded(places))

    def figure(self, value: Any) -> Figure | str:
        """Return the figure that ``value`` is, or what stands on the page instead."""
        if type(value) is Figure:
            return value
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
        return self.refuse(f"“{shown}”不是数据，不能用数字的过滤器。", shown)

    def items(self, value: Any) -> list[Any]:
        """The items of a list; a text is none, though Python would take its letters."""
        if isinstance(value, Unknown):
            explain(self.context, value)
        if isinstance(value, str):
            raise TypeError(f"“{value[:_SHOWN]}”是文字，不是清单")
        return list(value)

    def refuse(self, message: str, shown: str) -> str:
        """Record what can't be formatted, and return what stands on the page instead."""
        self.fault("T103", message, "请核对名称。")
        return f"【没有格式：{shown}】"

    def base(self, figure: Figure, base: Any) -> tuple[Any, str]:
        """Return the figure to compare with and its name in sentences."""
        if isinstance(base, str):
            base = self.context.get(BUDGET, base) if base == BUDGET else base
            if base not in RELATIONS:
                message = f"“{base}”不是对比数，可用：{'、'.join(RELATIONS)}。"
                self.fault("T105", message)
                return Absent(f"{figure.name}的{base}"), base
            name = fill(self.wording.last_year, self.slots) if base == "上年" else base
            return figure.lookup(base), name
        known = relation(figure, base)
        if known:
            return base, self.base(figure, known)[1]
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

    def sound(self, options: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
        """The options that a filter knows, and that are what they have to be; others are told."""
        found = {}
        for name, option in options.items():
            message, hint = fault(name, option, known)
            if not message:
                found[name] = option
            elif isinstance(option, Unknown):
                explain(self.context, option)
            else:
                self.fault("T105", message, hint)
        return found

    def check_name(self, what: str, name: str, known: Collection[str]) -> None:
        """Record a name that wording or filters don't have, with the nearest."""
        if name not in known:
            hint = nearest(name, known) or f"可用：{'、'.join(known) or '无'}。"
            self.fault("T105", f"{what}没有“{name}”。", hint)

    def style(self, figure: Figure, unit: str = "") -> AmountStyle:
        """The style of amounts in ``unit``; counts have the word that they are asked for in."""
        if figure.kind is not Kind.AMOUNT:
            if unit in SCALES:
                self.fault("T105", f"“{figure.name}”不是金额，不能写成“{unit}”。")
                unit = ""
            return COUNT_STYLE.model_copy(update={"unit": unit}) if unit else COUNT_STYLE
        if unit and unit not in SCALES:
            self.fault("T105", f"未知的单位“{unit}”，可用：{'、'.join(SCALES)}。")
            unit = ""
        return self.wording.amounts(unit)

    def fault(self, code: str, message: str, hint: str = "请照写法改正。") -> None:
        """Record what an author has to mend, at the line of the template."""
        self.page.findings.error(code, current_line(self.page.place), message, hint)

    def note(self, code: str, message: str) -> None:
        """Record a note at the place of this page."""
        self.page.findings.note(code, self.page.place, message)

    def cite(self, text: str, figures: tuple[Figure, ...], made: str, *numbers: Number) -> str:
        """Record a printed figure with the numbers in its text."""
        return self.page.cite(text, figures, made, numbers)


def relation(figure: Figure, base: Any) -> str:
    """Which relation a base is that is written as 类.年初预算; '' for any other figure."""
    for name in RELATIONS if isinstance(base, Figure) else ():
        if figure.relations.get(name) is base or base.name.endswith(f"的{name}数"):
            return name
    return ""


def with_scope(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a filter the scope of its rendering, and Chinese names for its options.

    An option of another type than the filter asks for is told, and left out.
    """
    names = tuple(signature(function).parameters)[2:]

    @pass_context
    @wraps(function)
    def wrapped(context: Context, value: Any, *arguments: Any, **options: Any) -> Any:
        scope = Scope.of(context)
        if not arguments and not options:
            return function(scope, value)
        if len(arguments) > len(names):
            return function(scope, value, *arguments)  # Python says what is too much
        given = dict(zip(names, arguments, strict=False))
        given.update(in_english(options))
        return function(scope, value, **scope.sound(given, names))

    return wrapped
