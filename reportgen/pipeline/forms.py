"""One project becomes a form: scored, checked, rendered, and held at the document gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportgen.bundle import Bundle
from reportgen.checks.document.expected import Expected
from reportgen.checks.document.gate import WordGate, check_markdown
from reportgen.checks.document.numerals import Allowed
from reportgen.checks.missing import gather_missing
from reportgen.checks.projects import ProjectCheck
from reportgen.checks.template import check_sources
from reportgen.checks.word import check_word_template
from reportgen.findings import Findings, Place, Waiver
from reportgen.language import Citation, Page
from reportgen.language.marks import strip
from reportgen.model import Project
from reportgen.pipeline.layouts import LAYOUTS, template_environment
from reportgen.pipeline.names import form_names
from reportgen.render.markdown import press_markdown
from reportgen.render.word.press import WordTemplate, open_template
from reportgen.rules.scoring import ScoredProject, score_project


@dataclass(frozen=True)
class Form:
    """The files of one project by name, and the figures that stand in them."""

    files: Mapping[str, bytes]
    citations: Sequence[Citation]


@dataclass(frozen=True)
class Wanted:
    """A form to be made: its file's name without ending, and where is told what is found."""

    project: ScoredProject
    stem: str
    findings: Findings


_Made = tuple[bytes | None, Page]
"""A file, ``None`` where it could not be rendered, and its page."""


class FormPress:
    """The forms of one bundle, year and unit; everything is compiled once.

    ``unit`` may be empty: a form then names the units of its project only.
    """

    def __init__(self, bundle: Bundle, year: int, unit: str) -> None:
        self._bundle = bundle
        self._gate = WordGate()
        self._allowed = Allowed(year, bundle.settings.numerals)
        self._check = ProjectCheck.of(bundle, year)
        self._names = form_names(bundle, year, unit)

    @cached_property
    def _word(self) -> WordTemplate | None:
        """The Word template; the template gate has told what is wrong with it."""
        path = self._bundle.file(LAYOUTS["docx"])
        return open_template(path, Findings()) if path else None

    def score(
        self, projects: Sequence[Project], findings: Sequence[Findings]
    ) -> list[ScoredProject]:
        """Projects with their scores; those that have a form are checked against all rules."""
        pairs = list(zip(projects, findings, strict=True))
        scored = [score_project(one, self._bundle.scoring, found) for one, found in pairs]
        for project, found in zip(scored, findings, strict=True):
            if project.indicators:
                self._check.check([project], found)
        return scored

    def press(
        self, wanted: Sequence[Wanted], formats: Iterable[str], waivers: Sequence[Waiver]
    ) -> list[Form]:
        """The files of some projects; one that fails at the gate stays out.

        Errors in their findings that no waiver covers make no file stay out by themselves.
        """
        files: list[dict[str, bytes]] = [{} for _ in wanted]
        citations: list[Sequence[Citation]] = [() for _ in wanted]
        for ending in formats:
            made = self._docx(wanted) if ending == "docx" else self._md(wanted)
            for number, (one, (content, page)) in enumerate(zip(wanted, made, strict=True)):
                gather_missing(page.findings)
                one.findings.extend(page.findings)
                if content is not None and not page.findings.waived(waivers).has_errors:
                    files[number][f"{one.stem}.{ending}"] = content
                citations[number] = citations[number] or page.citations
        return [Form(*both) for both in zip(files, citations, strict=True)]

    def _docx(self, wanted: Sequence[Wanted]) -> list[_Made]:
        pages = [Page(Place(f"{one.stem}.docx")) for one in wanted]
        word = self._word
        if word is None:
            return [(None, page) for page in pages]
        wording = self._bundle.wording
        pressed = [
            word.press(self._names_of(one), {}, wording, page)
            for one, page in zip(wanted, pages, strict=True)
        ]
        for one, page, made in zip(wanted, pages, pressed, strict=True):
            if made is not None:
                expected = Expected(page.citations, self._allowed)
                page.findings.extend(self._gate.read_back(f"{one.stem}.docx", made, expected))
        contents = [made.content if made else None for made in pressed]
        return list(zip(contents, pages, strict=True))

    def _md(self, wanted: Sequence[Wanted]) -> list[_Made]:
        return [self._md_of(one) for one in wanted]

    def _md_of(self, one: Wanted) -> _Made:
        bundle, page = self._bundle, Page(Place(f"{one.stem}.md"))
        layout = bundle.template_name(LAYOUTS["md"])
        environment = template_environment(bundle)
        marked = press_markdown(environment, layout, self._names_of(one), {}, bundle.wording, page)
        if marked is None:
            return None, page
        content = strip(marked).encode("utf-8")
        expected = Expected(page.citations, self._allowed)
        page.findings.extend(check_markdown(f"{one.stem}.md", content, marked, expected))
        return content, page

    def _names_of(self, one: Wanted) -> dict[str, Any]:
        return {**self._names, "项目": one.project}


def check_form_templates(bundle: Bundle, formats: Iterable[str], findings: Findings) -> None:
    """The template gate: every layout that is asked for is there and asks only for what exists."""
    names = {**form_names(bundle, 2000, ""), "项目": ""}
    environment = template_environment(bundle)
    for ending in formats:
        path = bundle.file(LAYOUTS[ending])
        if path is None:
            message = f"模板没有 {LAYOUTS[ending]}。"
            findings.error("D101", Place(bundle.name), message, "请补上这个版面。")
        elif ending == "docx":
            check_word_template(path, environment, names, findings)
        else:
            check_sources(environment, [bundle.template_name(LAYOUTS["md"])], names, findings)
