"""outline.yaml: the schema of what a document must hold, and the outline it becomes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import BaseModel, ConfigDict, Field

from reportgen.bundle.crosscheck import TABLE_SLOTS, check_pattern
from reportgen.bundle.merge import Layered
from reportgen.bundle.words import Words
from reportgen.findings import Findings, Place, nearest
from reportgen.model.project import INDICATOR_COLUMNS, PROJECT_COLUMNS
from reportgen.rules.outline import Forms, Heading, Outline

Path = tuple[int | str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class HeadingEntry(_Strict):
    """A heading of the narrative and what must be said below it."""

    figures: Words = Field([], alias="数")
    phrases: Words = Field([], alias="文")
    table: str = Field("", alias="表")
    empty: str = Field("", alias="空表时")
    when: str = Field("", alias="当")
    each: str = Field("", alias="每")
    listed: str = Field("", alias="列出")
    bare: bool = Field(False, alias="可写无")
    below: dict[str, HeadingEntry] = Field({}, alias="下级")


class FormsEntry(_Strict):
    """What a published project must say."""

    required: Words = Field([], alias="必填")
    substantial: Words = Field([], alias="不可写无")
    indicator: Words = Field([], alias="指标必填")
    deviation: str = Field("", alias="扣分原因")
    further: Words = Field([], alias="另有栏")


class OutlineFile(_Strict):
    """The content of outline.yaml."""

    sections: dict[str, dict[str, HeadingEntry]] = Field({}, alias="章节")
    layouts: dict[str, Words] = Field({}, alias="版面")
    forms: FormsEntry = Field(default_factory=FormsEntry, alias="项目")
    empty_tables: bool = Field(False, alias="空表写说明")


def outline(file: OutlineFile, layered: Layered) -> Outline:
    """The outline with the line of every heading."""
    forms = file.forms
    return Outline(
        sections={
            name: tuple(_headings(entries, ("章节", name), layered))
            for name, entries in file.sections.items()
        },
        layouts={name: tuple(names) for name, names in file.layouts.items()},
        forms=Forms(
            tuple(forms.required),
            tuple(forms.substantial),
            tuple(forms.indicator),
            forms.deviation,
        ),
        empty_tables=file.empty_tables,
    )


def _headings(entries: dict[str, HeadingEntry], path: Path, layered: Layered) -> Iterator[Heading]:
    for text, entry in entries.items():
        own = (*path, text)
        place = layered.place(own) if layered.layers else Place(layered.file)
        yield Heading(
            text=text,
            place=place,
            figures=tuple(entry.figures),
            phrases=tuple(entry.phrases),
            table=entry.table,
            empty=entry.empty,
            when=entry.when,
            each=entry.each,
            listed=entry.listed,
            bare=entry.bare,
            below=tuple(_headings(entry.below, (*own, "下级"), layered)),
        )


class OutlineNames:
    """The names of an outline held against the bundle's own; each fault at its line."""

    def __init__(self, layered: Layered, findings: Findings) -> None:
        self._layered = layered
        self._findings = findings

    def check(
        self,
        file: OutlineFile,
        sections: Collection[str],
        figures: Collection[str],
        tables: Collection[str],
    ) -> None:
        """Every section, vocabulary name, table and column of the outline is known."""
        for name, entries in file.sections.items():
            self._known(name, sections, ("章节", name), "章节")
            self._headings(entries, ("章节", name), figures, tables)
        for layout in file.layouts:
            self._known(layout, ("report.md", "report.docx"), ("版面", layout), "版面")
        forms = file.forms
        columns = (*PROJECT_COLUMNS, *forms.further)
        for key, names in (("必填", forms.required), ("不可写无", forms.substantial)):
            for name in names:
                self._known(name, columns, ("项目", key), "栏")
        for name in forms.indicator:
            self._known(name, INDICATOR_COLUMNS, ("项目", "指标必填"), "栏")
        if forms.deviation:
            self._known(forms.deviation, INDICATOR_COLUMNS, ("项目", "扣分原因"), "栏")

    def _headings(
        self,
        entries: dict[str, HeadingEntry],
        path: Path,
        figures: Collection[str],
        tables: Collection[str],
    ) -> None:
        for text, entry in entries.items():
            own = (*path, text)
            if not entry.each:
                check_pattern(text, TABLE_SLOTS, own, self._layered, self._findings)
            for name in entry.figures:
                self._known(name, figures, (*own, "数"), "名称")
            if entry.table:
                self._known(entry.table, tables, (*own, "表"), "表")
            if bool(entry.table) != bool(entry.empty):
                message = f"“{text}”的“表”和“空表时”要写就都写。"
                self._error(own, message, "请补上另一项。")
            self._headings(entry.below, (*own, "下级"), figures, tables)

    def _known(self, name: str, known: Collection[str], path: Path, kind: str) -> None:
        if name not in known:
            hint = nearest(name, known) or f"可写：{'、'.join(list(known)[:20])}。"
            self._error(path, f"outline.yaml 写了未知的{kind}“{name}”。", hint)

    def _error(self, path: Path, message: str, hint: str) -> None:
        self._findings.error("C104", self._layered.place(path), message, hint)
