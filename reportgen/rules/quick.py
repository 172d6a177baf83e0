"""Whether all rules surely hold for a project: only the others need to be looked into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.runtime import Context

from reportgen.errors import FigureError
from reportgen.language import ReportEnvironment, Unknown
from reportgen.language.equality import compared
from reportgen.language.location import FAILURES
from reportgen.language.operators import open_to_templates
from reportgen.model import Absent, Figure, Row, Value
from reportgen.rules.functions import add_up, pick
from reportgen.rules.lacking import Reconciliation

EACH = "指标"
"""The list that is gone through for rules of its items; the others are asked of 行 itself."""


@open_to_templates
def add_plainly(rows: Iterable[Any], column: str = "", *relation: str) -> Value | Unknown:
    """求和 without names and cells: only whether it is equal matters.

    FigureError where anything is missing.
    """
    if relation or isinstance(rows, Row | Absent | Unknown):
        return add_up(rows, column, *relation)
    added = Decimal(0)
    for row in rows:
        value = pick(row, column)
        if not isinstance(value, Figure):
            raise FigureError("有一项不是数字。")
        added += value.value
    return Figure("", added)


class _Asked:
    """A project that rules ask for the same names again and again: each is looked up once.

    Rules write 行.名 or 行['名'].
    """

    __slots__ = ("found", "project")

    def __init__(self, project: object) -> None:
        self.project, self.found = project, dict[str, Any]()


def _compared(context: Context, signs: Sequence[str], sides: Sequence[Any]) -> bool:
    """Two figures are equal by value, two unknown names are a slip; all else as everywhere."""
    if signs == ("eq",) and type(sides[0]) is type(sides[1]) is Figure:
        equal: bool = sides[0].value == sides[1].value
        return equal
    if any(isinstance(side, Unknown) for side in sides):
        raise FigureError("没有这一栏。")
    return compared(context, signs, sides)


def _unpaid(characters: int = 0, steps: int = 1) -> None:
    """The conditions of rules have no loops: what they take need not be counted."""


class QuickEnvironment(ReportEnvironment):
    """Answers what rules mostly ask at once, and all else as every environment does."""

    tick = staticmethod(_unpaid)
    compared = staticmethod(_compared)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]``."""
        if type(obj) is not _Asked:
            return super().getitem(obj, argument)
        return super().getitem(obj.project, argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if type(obj) is not _Asked:
            return super().getattr(obj, attribute)
        if attribute not in obj.found:
            obj.found[attribute] = super().getattr(obj.project, attribute)
        return obj.found[attribute]

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:
        """Call a function."""
        if function is add_plainly:
            return add_plainly(*arguments, **options)
        return super().call(context, function, *arguments, **options)


class QuickCheck:
    """Rules about one project and its indicators, compiled into one template.

    It says nothing wrong: what is equal within rounding only, missing, or can't be compared
    does not hold surely. ``reconcile`` then says what there is to say. ``names`` are what rules
    may use beside the project.
    """

    def __init__(
        self,
        rules: Sequence[Reconciliation],
        environment: ReportEnvironment,
        names: Mapping[str, Any],
    ) -> None:
        absent: Any = environment.tests["缺"]
        environment.tests["缺"] = lambda value: type(value) is not Figure and absent(value)
        own = "".join(_asked(rule) for rule in rules if rule.rows.strip() != EACH)
        items = "".join(_asked(rule) for rule in rules if rule.rows.strip() == EACH)
        source = f"{own}{{% for 行 in {EACH} %}}{items}{{% endfor %}}"
        try:
            self._template: Any = environment.from_string(source)
        except TemplateSyntaxError:
            self._template = None  # told where the rules are compiled one by one
        self._names = {**environment.globals, **names, "求和": add_plainly}

    def holds(self, project: object, indicators: Sequence[Any]) -> bool:
        """Whether every rule surely holds for a project and its indicators."""
        if self._template is None:
            return False
        row = _Asked(project)
        known = {**self._names, "项目": (row,), EACH: indicators, "行": row}
        namespace = self._template.new_context(known, shared=True)
        try:
            return not any(self._template.root_render_func(namespace))
        except FAILURES:
            return False


def _asked(rule: Reconciliation) -> str:
    """A tag that prints something unless the rule holds or does not apply."""
    if not rule.when:
        return f"{{% if not ({rule.condition}) %}}!{{% endif %}}"
    asked = f"{{% set 当 = ({rule.when}) %}}"
    return f"{asked}{{% if 当 is 缺 or (当 and not ({rule.condition})) %}}!{{% endif %}}"
