"""The Markdown document: report.md, the layout, with the narrative's sections in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import TemplateNotFound, TemplateSyntaxError

from reportgen.findings import Place
from reportgen.language import PAGE, Page, ReportEnvironment, Safe
from reportgen.language.limits import limited
from reportgen.language.location import FAILURES, report_failure, template_line
from reportgen.language.marks import strip, without_forms
from reportgen.language.messages import chinese
from reportgen.narrative import WORDING, Section, Wording
from reportgen.narrative.charts import CAPTIONS

ALL_SECTIONS = "各章"
_GAPS = re.compile(r"\n{3,}")


@limited()
def press_markdown(
    environment: ReportEnvironment,
    layout: str,
    context: Mapping[str, Any],
    sections: Mapping[str, Section],
    wording: Wording,
    page: Page,
) -> str | None:
    """Render the layout, marks and all; ``None`` with findings where a tag fails."""
    page.place = Place(layout)
    texts = {name: Safe(section.markdown) for name, section in sections.items()}
    names = {
        **context,
        **texts,
        ALL_SECTIONS: [{"名称": name, "文": text} for name, text in texts.items()],
        CAPTIONS: {chart.name: Safe(chart.markdown) for chart in page.charts},
        PAGE: page,
        WORDING: wording,
    }
    try:
        text = environment.get_template(layout).render(names)
    except TemplateSyntaxError as error:
        place = Place.line(error.name or layout, error.lineno)
        page.findings.error(
            "T102", place, f"模板语法错误：{chinese(str(error.message))}。", "请检查标签是否成对。"
        )
        return None
    except TemplateNotFound as error:
        page.findings.error("D101", Place(layout), f"找不到模板“{error.name}”。")
        return None
    except FAILURES as error:
        report_failure(error, template_line(error, page.place), page.findings)
        return None
    return _GAPS.sub("\n\n", without_forms(text)).strip() + "\n"


def render_markdown(
    environment: ReportEnvironment,
    layout: str,
    context: Mapping[str, Any],
    sections: Mapping[str, Section],
    wording: Wording,
    page: Page,
) -> str | None:
    """Render the layout as it is read; ``None`` with findings where a tag fails."""
    text = press_markdown(environment, layout, context, sections, wording, page)
    return None if text is None else strip(text)
