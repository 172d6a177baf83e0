"""What an outline asks of this report: its headings with their slots filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.errors import ExpressionError
from reportgen.findings import Findings, Place
from reportgen.language import ReportEnvironment, Unknown, compile_expression
from reportgen.language.location import FAILURES, report_expression
from reportgen.model import Absent, Blank, Project, Row
from reportgen.narrative.phrases import fill
from reportgen.rules.outline import Heading

_LEVEL = "级次"
_SLOTS = ("单位", "年度", "上年度", "层级", "本部门", "表单位")


@dataclass(frozen=True)
class Asked:
    """A heading that is asked for, with its slots filled, and what is asked below it."""

    heading: Heading
    title: str
    below: tuple[Asked, ...]

    def tree(self) -> Iterator[Asked]:
        """Itself and all below."""
        yield self
        for asked in self.below:
            yield from asked.tree()


class Asking:
    """The expressions of an outline, evaluated with a report's names."""

    def __init__(
        self, context: Mapping[str, Any], environment: ReportEnvironment, findings: Findings
    ) -> None:
        self._context = context
        self._environment = environment
        self._findings = findings
        self._values: dict[str, Any] = {}
        self._slots = {name: str(context.get(name, "")) for name in _SLOTS}

    def headings(self, headings: Sequence[Heading]) -> tuple[Asked, ...]:
        """The headings that are asked for, one for each item where the outline says so."""
        found = []
        for heading in headings:
            if heading.when and not self.value(heading, heading.when):
                continue
            names = self.items(heading, heading.each) if heading.each else [""]
            for name in names:
                title = fill(heading.text, {**self._slots, "名称": name})
                found.append(Asked(heading, title, self.headings(heading.below)))
        return tuple(found)

    def items(self, heading: Heading, source: str) -> list[str]:
        """What the items of a list are called; something else than a list is a finding."""
        value = self.value(heading, source)
        if value is None:
            return []
        try:
            names = [called(item) for item in value]
        except (TypeError, AttributeError, LookupError):
            names = [""]
        if isinstance(value, str | Mapping) or not all(names):
            message = f"“{heading.text}”的“{source}”不是一份有名称的清单。"
            hint = "请写成 表05.类、项目|公开项目 这样的式子。"
            self._findings.error("T106", heading.place, message, hint)
            return []
        return names

    def levels(self, heading: Heading, names: Sequence[str]) -> list[Place]:
        """The cells of 级次 of the listed projects with these names: sentences pick them by it."""
        rows = {
            called(item): item.row
            for item in self.value(heading, heading.listed) or ()
            if isinstance(item, Project) and item.row
        }
        found = (rows[name] for name in names if name in rows)
        return [row.place(_LEVEL) for row in found if _LEVEL in row.letters]

    def value(self, heading: Heading, source: str) -> Any:
        """What an expression of the outline stands for; one that is met again is known."""
        if source not in self._values:
            self._values[source] = self._evaluated(heading, source)
        return self._values[source]

    def _evaluated(self, heading: Heading, source: str) -> Any:
        """The value of an expression; a fault in it is a finding."""
        try:
            expression = compile_expression(self._environment, source)
            value = expression(self._context)
        except ExpressionError as error:
            self._findings.error("T106", heading.place, str(error), "请核对式子。")
            return None
        except FAILURES as error:
            report_expression(error, f"“{heading.text}”的“{source}”", heading.place, self._findings)
            return None
        if isinstance(value, Unknown):
            message = f"“{heading.text}”的式子里没有“{value.name}”。"
            self._findings.error("T101", heading.place, message, "请用 templates fields 查名称。")
        return None if isinstance(value, Unknown | Absent | Blank) else value


def called(item: Any) -> str:
    """What an item of a list is called on the page."""
    if isinstance(item, Row):
        return item.label
    if isinstance(item, str):
        return item
    lookup = getattr(item, "lookup", None)
    name = lookup("名称") if lookup else item.get("名称", "")
    return " ".join(str(name).split())
