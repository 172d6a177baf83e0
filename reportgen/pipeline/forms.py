"""One project becomes a form: scored, checked, rendered, and held at the document gate."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

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

    def score(self, project: Project, findings: Findings) -> ScoredProject:
        """The project with its scores; one that has a form is checked against all rules."""
        scored = score_project(project, self._bundle.scoring, findings)
        if project.indicators:
            self._check.check([scored], findings)
        return scored

    def press(
        self,
        project: ScoredProject,
        stem: str,
        formats: Iterable[str],
        waivers: Sequence[Waiver],
        findings: Findings,
    ) -> Form:
        """The files of a project; one that fails at the gate stays out.

        Errors in ``findings`` that no waiver covers make no file stay out by themselves.
        """
        files: dict[str, bytes] = {}
        citations: Sequence[Citation] = ()
        for ending in formats:
            page = Page(Place(f"{stem}.{ending}"))
            render = self._docx if ending == "docx" else self._md
            content = render(project, stem, page)
            gather_missing(page.findings)
            findings.extend(page.findings)
            if content is not None and not page.findings.waived(waivers).has_errors:
                files[f"{stem}.{ending}"] = content
            citations = citations or page.citations
        return Form(files, citations)

    def _docx(self, project: ScoredProject, stem: str, page: Page) -> bytes | None:
        if self._word is None:
            return None
        names = {**self._names, "项目": project}
        pressed = self._word.press(names, {}, self._bundle.wording, page)
        if pressed is None:
            return None
        expected = Expected(page.citations, self._allowed)
        if not self._gate.passes(pressed.content, pressed.pieces, expected):
            found = self._gate.check(f"{stem}.docx", pressed.content, pressed.marked, expected)
            page.findings.extend(found)
        return pressed.content

    def _md(self, project: ScoredProject, stem: str, page: Page) -> bytes | None:
        bundle = self._bundle
        layout = bundle.template_name(LAYOUTS["md"])
        names = {**self._names, "项目": project}
        environment = template_environment(bundle)
        marked = press_markdown(environment, layout, names, {}, bundle.wording, page)
        if marked is None:
            return None
        content = strip(marked).encode("utf-8")
        expected = Expected(page.citations, self._allowed)
        page.findings.extend(check_markdown(f"{stem}.md", content, marked, expected))
        return content


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
