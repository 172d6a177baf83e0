"""Whether all rules surely hold for a project: only the others need to be looked into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import TemplateSyntaxError

from reportgen.errors import FigureError
from reportgen.language import ReportEnvironment, Unknown
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
    values = [pick(row, column) for row in rows]
    if not all(isinstance(value, Figure) for value in values):
        raise FigureError("有一项不是数字。")
    return Figure("", sum((value.value for value in values), Decimal(0)))


class QuickCheck:
    """Rules about one project and its indicators, compiled into one template.

    It says nothing wrong: what is equal within rounding only, missing, or can't be compared
    does not hold surely. ``reconcile`` then says what there is to say.
    """

    def __init__(self, rules: Sequence[Reconciliation], environment: ReportEnvironment) -> None:
        own = "".join(_asked(rule) for rule in rules if rule.rows.strip() != EACH)
        items = "".join(_asked(rule) for rule in rules if rule.rows.strip() == EACH)
        source = f"{own}{{% for 行 in {EACH} %}}{items}{{% endfor %}}"
        try:
            self._template: Any = environment.from_string(source)
        except TemplateSyntaxError:
            self._template = None  # told where the rules are compiled one by one

    def holds(self, context: Mapping[str, Any]) -> bool:
        """Whether every rule surely holds; ``context`` has 行 and 指标."""
        if self._template is None:
            return False
        known = {**self._template.globals, **context, "求和": add_plainly}
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
