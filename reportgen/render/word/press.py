"""Compile a Word template once, render it many times."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateError, TemplateSyntaxError

from reportgen.errors import ReportgenError
from reportgen.findings import Findings, Place
from reportgen.language import PAGE, Page, Safe
from reportgen.language.environment import compile_source
from reportgen.language.marks import strip
from reportgen.narrative import WORDING, Section, Wording, narrative_environment
from reportgen.render.word import contents
from reportgen.render.word.blocks import blocks
from reportgen.render.word.package import PROPERTIES, Package
from reportgen.render.word.styles import Styles
from reportgen.render.word.xml import escape_property, escape_text

_ENVIRONMENT = narrative_environment(escape_text)
_PROPERTY_ENVIRONMENT = narrative_environment(escape_property)
_TAG = re.compile(r"\{[{%]")
_MARKUP = re.compile(r"<[^>]+>")
_LOCATION = 40


class WordTemplate:
    """A Word template, patched by docxtpl's rules and compiled by our environment.

    Raises zipfile.BadZipFile where the file is no Word file, TemplateSyntaxError where a
    part can't be compiled.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.package = Package.open(path.read_bytes())
        self.styles = Styles.read(
            self.package.parts["word/styles.xml"], self.package.parts["word/document.xml"]
        )

    @cached_property
    def compiled(self) -> Mapping[str, Template]:
        """The Jinja template of every part that has a tag."""
        return {
            name: self._compile(name, source)
            for name, source in self.package.text_parts().items()
            if _TAG.search(source)
        }

    def _compile(self, name: str, source: str) -> Template:
        environment = _PROPERTY_ENVIRONMENT if name == PROPERTIES else _ENVIRONMENT
        patched: str = DocxTemplate.patch_xml(None, source)
        if name != PROPERTIES:  # one paragraph a line: an error's line leads to its text
            patched = re.sub(r"<w:p([ >])", r"\n<w:p\1", patched)
        template: Template = compile_source(environment, patched, f"{self.name}/{name}")
        return template

    def render(
        self,
        context: Mapping[str, Any],
        sections: Mapping[str, Section],
        wording: Wording,
        page: Page,
    ) -> bytes | None:
        """Render a document; ``None`` with findings where a tag fails."""
        page.place = Place(self.name)
        names = {
            **context,
            **{name: Safe(blocks(s.markdown, self.styles)) for name, s in sections.items()},
            "目录": Safe(contents.PLACE),
            PAGE: page,
            WORDING: wording,
        }
        parts: dict[str, bytes] = {}
        try:
            for name, template in self.compiled.items():
                text = contents.fill(template.render(names), self.styles)
                parts[name] = strip(text).encode("utf-8")
        except (TemplateError, ReportgenError, TypeError, ValueError, KeyError) as error:
            self._report(error, page.findings)
            return None
        return self.package.with_parts(parts)

    def _report(self, error: Exception, findings: Findings) -> None:
        around = self._around(error)
        place = Place.inside(self.name, f"“{around}”附近") if around else Place(self.name)
        findings.error("T105", place, f"模板运行出错：{error}")

    def _around(self, error: Exception) -> str:
        """The text of the paragraph in which a tag failed."""
        trace, line, part = error.__traceback__, 0, ""
        while trace is not None:
            filename = trace.tb_frame.f_code.co_filename
            if filename.startswith(f"{self.name}/"):
                line, part = trace.tb_lineno, filename.removeprefix(f"{self.name}/")
            trace = trace.tb_next
        source = self.package.text_parts().get(part, "")
        if not source or not line:
            return ""
        patched = re.sub(r"<w:p([ >])", r"\n<w:p\1", DocxTemplate.patch_xml(None, source))
        lines = patched.split("\n")
        return _MARKUP.sub("", lines[min(line, len(lines)) - 1])[:_LOCATION].strip()


def open_template(path: Path, findings: Findings) -> WordTemplate | None:
    """Open and compile a template; ``None`` with a finding where that can't be done."""
    try:
        template = WordTemplate(path)
        assert template.compiled is not None
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        findings.error(
            "D102", Place(path.name), "这个文件不是有效的 .docx 文件。", "请用 Word 另存。"
        )
    except TemplateSyntaxError as error:
        message = f"模板语法错误：{error.message}。"
        findings.error("T102", Place(path.name), message, "请检查标签是否成对。")
    else:
        return template
    return None
