"""The layouts: does each hold every section and every table of the bundle?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import TemplateError, nodes

from reportgen.checks.template import Parsed, templates_of
from reportgen.findings import Findings, Place, Severity
from reportgen.language import ReportEnvironment
from reportgen.model import Passage, Profile, plain
from reportgen.rules.text_rules import TextRules

ALL_TABLES = "表格"
ALL_SECTIONS = "各章"
TABLES_HEADING = "表部分"
_TABLE_FILTERS = ("表格", "印行")
SECTION_TEXT = "文"
_TEXTS = ("标题", "编号", "注", "说明")
_TAG = re.compile(r"\{\{-?\s*([^{}|]{1,80}?)\s*-?\}\}")


@dataclass
class Printed:
    """What a layout prints: names, tables, texts of tables, its plain lines, its own words."""

    names: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    texts: set[tuple[str, str]] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    own: list[Passage] = field(default_factory=list)

    def add(self, template: Parsed) -> None:
        """Take in what a template prints; loops over tables stand for each of them."""
        loops = _Loops(template)
        for output in template.of(nodes.Output):
            self.names |= {name.name for name in output.find_all(nodes.Name)}
            for getter in output.find_all(nodes.Getattr):
                if isinstance(getter.node, nodes.Name) and getter.attr in (*_TEXTS, SECTION_TEXT):
                    self.texts |= {(name, getter.attr) for name in loops(getter.node.name)}
        for filtering in template.of(nodes.Filter):
            if filtering.name in _TABLE_FILTERS and isinstance(filtering.node, nodes.Name):
                self.tables |= set(loops(filtering.node.name))

    def add_lines(self, lines: Iterable[str]) -> None:
        """Take in lines of text; tags in them stand for slots."""
        for line in lines:
            if "部分" in line or "{" in line:
                self.lines.add(plain(_TAG.sub(r"{\1}", line).lstrip("# ")))

    def has_table(self, profile: Profile) -> bool:
        """Whether a table is printed, by its name or in a loop over all."""
        return not self.tables.isdisjoint({ALL_TABLES, profile.name})

    def has_text(self, profile: Profile, name: str) -> bool:
        """Whether a text of a table is printed."""
        return not self.texts.isdisjoint({(ALL_TABLES, name), (profile.name, name)})


class _Loops:
    """What the variables of loops stand for."""

    def __init__(self, template: Parsed) -> None:
        self._iterated: dict[str, set[str]] = {}
        for loop in template.of(nodes.For):
            if isinstance(loop.target, nodes.Name):
                names = {name.name for name in loop.iter.find_all(nodes.Name)}
                if isinstance(loop.iter, nodes.Name):
                    names.add(loop.iter.name)
                self._iterated.setdefault(loop.target.name, set()).update(names)

    def __call__(self, name: str) -> Iterator[str]:
        yield name
        yield from self._iterated.get(name, ())


def markdown_layout(environment: ReportEnvironment, name: str) -> Printed | None:
    """What report.md and the templates it extends or includes print; ``None`` for a bad one."""
    printed = Printed()
    for file, source, template in templates_of(environment, [name]):
        if isinstance(template, TemplateError):
            return None  # reported by the template gate
        printed.add(template)
        printed.add_lines(source.splitlines())
        printed.own += [
            Passage(line, Place.line(file, number))
            for data in template.of(nodes.TemplateData)
            for number, line in enumerate(data.data.split("\n"), start=data.lineno)
            if line
        ]
    return printed


def check_layout(
    file: str,
    printed: Printed,
    wanted: Mapping[str, Sequence[str]],
    profiles: Sequence[Profile],
    heading: str,
    rules: TextRules,
    findings: Findings,
    *,
    titles_only: bool = False,
) -> None:
    """Report what a layout lacks: W105 for each; of tables maybe ``titles_only``.

    ``wanted`` are names by what they are called (章节, 名称); ``heading`` is the pattern over
    the tables, which may also stand in the layout in so many words.
    """
    severity = rules.levels.get("W105", Severity.ERROR)
    if severity is None:
        return
    tables = _untitled(printed, profiles) if titles_only else _tables(printed, profiles)
    for message in (*_lacking(printed, wanted, heading), *tables):
        hint = "请补上；不需要的，在 bundle.yaml、tables.yaml 或 outline.yaml 里写 null 或删去。"
        findings.add("W105", severity, Place(file), message, hint)


def _lacking(
    printed: Printed,
    wanted: Mapping[str, Sequence[str]],
    heading: str,
) -> Iterator[str]:
    for kind, names in wanted.items():
        if kind == "章节" and (ALL_SECTIONS, SECTION_TEXT) in printed.texts:
            continue
        for name in names:
            said = name == TABLES_HEADING and plain(heading) in printed.lines
            if name not in printed.names and not said:
                yield f"版面里没有{kind}“{name}”。"


def _untitled(printed: Printed, profiles: Sequence[Profile]) -> Iterator[str]:
    for profile in profiles:
        if not printed.has_text(profile, "标题"):
            yield f"版面里没有“{profile.title}”的标题。"


def _tables(printed: Printed, profiles: Sequence[Profile]) -> Iterator[str]:
    for profile in profiles:
        if not printed.has_table(profile):
            yield f"版面里没有{profile.number}（{profile.title}）。"
            continue
        texts = [name for name in _TEXTS if not printed.has_text(profile, name)]
        lacking = [name for name in texts if name in ("标题", "编号") or _has(profile, name)]
        if lacking:
            yield f"版面里{profile.number}没有{'、'.join(lacking)}。"


def _has(profile: Profile, name: str) -> bool:
    return bool(profile.note if name == "注" else profile.empty)
