"""The narrative as rendered, held against the outline: headings, counts, statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.checks.completeness.reading import Found, SectionText, same
from reportgen.checks.hygiene.leftovers import says_nothing
from reportgen.errors import ExpressionError
from reportgen.findings import Findings, Severity
from reportgen.language import ReportEnvironment, Unknown, compile_expression
from reportgen.language.limits import limited
from reportgen.language.location import FAILURES, report_expression
from reportgen.model import Absent, Blank, Figure, Row, Table, plain
from reportgen.narrative.phrases import fill
from reportgen.rules import Heading, Outline, TextRules

_REPAIR = "请在 narrative.md 补上；不需要的，在 outline.yaml 里写 null。"
_SHOWN = 3
_SLOTS = ("单位", "年度", "上年度", "层级", "本部门", "表单位")


@dataclass(frozen=True)
class _Asked:
    """A heading that is asked for, with its slots filled, and what is asked below it."""

    heading: Heading
    title: str
    below: tuple[_Asked, ...]

    def titles(self) -> Iterator[str]:
        """Its title and all below."""
        yield self.title
        for asked in self.below:
            yield from asked.titles()


class HeadingCheck:
    """One run over the sections of a narrative."""

    def __init__(
        self,
        context: Mapping[str, Any],
        environment: ReportEnvironment,
        rules: TextRules,
        findings: Findings,
    ) -> None:
        self._context = context
        self._environment = environment
        self._rules = rules
        self._findings = findings
        self._values: dict[str, Any] = {}
        self._slots = {name: str(context.get(name, "")) for name in _SLOTS}

    @limited()
    def check(self, outline: Outline, sections: Sequence[SectionText]) -> None:
        """Report what the outline asks for and the sections lack."""
        for section in sections:
            asked = self._asked(outline.sections.get(section.name, ()))
            self._compare(section, asked, 0, len(section.text))
            self._report_empty(section, asked)

    def _add(
        self, code: str, section: SectionText, title: str, message: str, hint: str = _REPAIR
    ) -> None:
        severity = self._rules.levels.get(code, Severity.ERROR)
        if severity is not None:
            self._findings.add(code, severity, section.place(title), message, hint)

    def _asked(self, headings: Sequence[Heading]) -> tuple[_Asked, ...]:
        found = []
        for heading in headings:
            if heading.when and not self._value(heading, heading.when):
                continue
            for slots in self._items(heading):
                title = fill(heading.text, {**self._slots, **slots})
                found.append(_Asked(heading, title, self._asked(heading.below)))
        return tuple(found)

    def _items(self, heading: Heading) -> Iterator[Mapping[str, str]]:
        """The slots of each item that the heading is asked for."""
        if not heading.each:
            yield {}
            return
        for item in self._value(heading, heading.each) or ():
            yield {"名称": _name(item)}

    def _value(self, heading: Heading, source: str) -> Any:
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

    def _compare(self, section: SectionText, asked: Sequence[_Asked], start: int, end: int) -> None:
        for one in asked:
            found = _find(section, one.title, start, end)
            if found is None:
                self._missing(section, one, start, end)
                continue
            self._statements(section, one, found)
            self._compare(section, one.below, found.body, found.end)

    def _missing(self, section: SectionText, asked: _Asked, start: int, end: int) -> None:
        """A heading that is not there; those below it may still stand, without their head."""
        lost = [title for title in asked.titles() if not _find(section, title, start, end)]
        more = f"及其下的{len(lost) - 1}个标题" if len(lost) > 1 else ""
        self._add("W101", section, "", f"缺少标题“{asked.title}”{more}。")
        for one in asked.below:
            if _find(section, one.title, start, end):
                self._compare(section, (one,), start, end)

    def _statements(self, section: SectionText, asked: _Asked, found: Found) -> None:
        heading = asked.heading
        text = section.text[found.body : found.end]
        table = self._context.get(heading.table) if heading.table else None
        if isinstance(table, Table) and table.is_empty:
            if plain(heading.empty) not in plain(text):
                message = f"“{found.title}”缺少“{heading.empty}”：{table.profile.number}没有数据。"
                self._add("W104", section, found.title, message)
            return
        if isinstance(table, Table) and plain(heading.empty) in plain(text):
            message = f"“{found.title}”写了“{heading.empty}”，{table.profile.number}却有数据。"
            self._add("W104", section, found.title, message, "请改写这一节。")
            return
        self._figures(section, heading, found)
        self._phrases(section, heading, found, text)

    def _figures(self, section: SectionText, heading: Heading, found: Found) -> None:
        stated = section.stated(found.body, found.end)
        missing = [
            name
            for name in heading.figures
            if name not in stated and isinstance(self._context.get(name), Figure)
        ]
        if missing:
            message = f"“{found.title}”没有写{_joined(missing)}。"
            self._add("W103", section, found.title, message)

    def _phrases(self, section: SectionText, heading: Heading, found: Found, text: str) -> None:
        listed = self._value(heading, heading.listed) if heading.listed else ()
        wanted = [*heading.phrases, *map(_name, listed or ())]
        if wanted:
            folded = plain(text)
            missing = [phrase for phrase in wanted if plain(phrase) not in folded]
            if missing:
                message = f"“{found.title}”缺少{_joined(missing)}。"
                self._add("W104", section, found.title, message)

    def _report_empty(self, section: SectionText, asked: Sequence[_Asked]) -> None:
        """A heading with nothing below it, or with 无 and the like where that won't do."""
        bare = {plain(one.title) for one in _all(asked) if one.heading.bare}
        for found in section.headings:
            if found.own_end != found.end:
                continue
            body = section.text[found.body : found.end].strip()
            if not body:
                self._add("W102", section, found.title, f"“{found.title}”下面没有内容。")
            elif len(body) < 16 and plain(found.title) not in bare:
                words = (*self._rules.none, *self._rules.fillers)
                if says_nothing(body, words):
                    message = f"“{found.title}”下面只写了“{body}”。"
                    hint = "请写出实际内容；可以写“无”的，在 outline.yaml 里写“可写无: true”。"
                    self._add("W107", section, found.title, message, hint)


def _find(section: SectionText, title: str, start: int, end: int) -> Found | None:
    inside = (found for found in section.headings if start <= found.start < end)
    return next((found for found in inside if same(found.title, title)), None)


def _all(asked: Sequence[_Asked]) -> Iterator[_Asked]:
    for one in asked:
        yield one
        yield from _all(one.below)


def _name(item: Any) -> str:
    """What an item of a list is called on the page."""
    if isinstance(item, Row):
        return item.label
    if isinstance(item, str):
        return item
    lookup = getattr(item, "lookup", None)
    name = lookup("名称") if lookup else item.get("名称", "")
    return " ".join(str(name).split())


def _joined(names: Sequence[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:_SHOWN])
    return f"{shown}等{len(names)}项" if len(names) > _SHOWN else shown
