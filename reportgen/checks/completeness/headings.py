"""The narrative as rendered, held against the outline: headings, counts, statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportgen.checks.completeness.asked import Asked, Asking
from reportgen.checks.completeness.reading import TO_FILL, Found, SectionText
from reportgen.checks.hygiene.leftovers import says_nothing
from reportgen.findings import Findings, Severity
from reportgen.language import ReportEnvironment
from reportgen.language.limits import limited
from reportgen.model import LEVELS, Figure, Table, plain
from reportgen.narrative.subject_filters import shortened
from reportgen.rules.outline import Heading, Outline
from reportgen.rules.sides import cells_of
from reportgen.rules.text_rules import TextRules

_REPAIRS = {
    "W101": "请在 narrative.md 补上；不需要的，在 outline.yaml 里写 null。",
    "W102": "请补写；内容来自文字.md 或补充数据的，在那里补填。",
    "W103": "请在这一节写上；不要求的，从 outline.yaml 的“数”里去掉。",
    "W104": "请在这一节写上；不要求的，从 outline.yaml 里去掉。",
}
_SHORT = "正文写的是去掉“支出”的短名的，outline.yaml 写“列出: {}|短名”。"
_LEVELS = "正文按“级次”分列项目的，请核对这几个项目的“级次”（{}），写法要与正文一致。"
_SHOWN = 3


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
        self._rules = rules
        self._findings = findings
        self._asking = Asking(context, environment, findings)

    @limited()
    def check(self, outline: Outline, sections: Sequence[SectionText]) -> None:
        """Report what the outline asks for and the sections lack."""
        for section in sections:
            asked = self._asking.headings(outline.sections.get(section.name, ()))
            self._compare(section, asked, 0, len(section.text))
            self._report_empty(section, asked)

    def _add(
        self, code: str, section: SectionText, title: str, message: str, hint: str = ""
    ) -> None:
        severity = self._rules.levels.get(code, Severity.ERROR)
        if severity is not None:
            self._findings.add(
                code, severity, section.place(title), message, hint or _REPAIRS[code]
            )

    def _compare(self, section: SectionText, asked: Sequence[Asked], start: int, end: int) -> None:
        for one in asked:
            found = section.find(one.title, start, end)
            if found is None:
                self._missing(section, one, start, end)
                continue
            self._statements(section, one, found)
            self._compare(section, one.below, found.body, found.end)

    def _missing(self, section: SectionText, asked: Asked, start: int, end: int) -> None:
        """A heading that is not there; those below it may still stand, without their head."""
        titles = [one.title for one in asked.tree()]
        lost = [title for title in titles if not section.find(title, start, end)]
        more = f"及其下的{len(lost) - 1}个标题" if len(lost) > 1 else ""
        self._add("W101", section, "", f"缺少标题“{asked.title}”{more}。")
        for one in asked.below:
            if section.find(one.title, start, end):
                self._compare(section, (one,), start, end)

    def _statements(self, section: SectionText, asked: Asked, found: Found) -> None:
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
        if not TO_FILL.search(text):  # what is missing there is a finding already
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
        listed = self._asking.items(heading, heading.listed) if heading.listed else ()
        wanted = [*heading.phrases, *listed]
        if wanted:
            folded = plain(text)
            missing = [phrase for phrase in wanted if not _stands(phrase, folded)]
            if missing:
                message = f"“{found.title}”缺少{_joined(missing)}。"
                short = any(plain(shortened(name)) in folded for name in missing if name in listed)
                hint = _REPAIRS["W104"] + _SHORT.format(heading.listed) * short
                levels = self._asking.levels(heading, missing) if listed else []
                if levels:
                    hint = _LEVELS.format(cells_of(levels)) + hint
                self._add("W104", section, found.title, message, hint)

    def _report_empty(self, section: SectionText, asked: Sequence[Asked]) -> None:
        """A heading with nothing below it, or with 无 and the like where that won't do."""
        bare = {plain(one.title) for top in asked for one in top.tree() if one.heading.bare}
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


def _stands(phrase: str, text: str) -> bool:
    """Whether a phrase is there; 社会保障和就业（类）支出 is 社会保障和就业支出."""
    short = plain(shortened(phrase))
    return plain(phrase) in text or any(f"{short}（{level}）" in text for level in LEVELS)


def _joined(names: Sequence[str]) -> str:
    shown = "、".join(f"“{name}”" for name in names[:_SHOWN])
    return f"{shown}等{len(names)}项" if len(names) > _SHOWN else shown
