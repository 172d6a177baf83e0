"""A document with six charts beside the same document without them: said, printed, read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportgen.checks.document.gate import WordGate
from reportgen.findings import Findings, Place
from reportgen.language import Page, Safe
from reportgen.language.operators import open_to_templates
from reportgen.narrative import render_sections
from reportgen.narrative.charts import CHART_FUNCTION
from reportgen.pipeline.job import Job
from reportgen.pipeline.layouts import template_environment
from reportgen.pipeline.prepare import prepare
from reportgen.pipeline.publish import expected, word

pytestmark = pytest.mark.speed
EXAMPLE = Path(__file__).parents[2] / "examples" / "zibo-2021"


@open_to_templates
def _no_chart(*_: Any, **__: Any) -> Safe:
    return Safe("")


def test_six_charts(compare: Callable[..., float]) -> None:
    prepared = prepare(Job(EXAMPLE))
    bundle = prepared.bundle
    assert bundle is not None
    environment, name = template_environment(bundle), bundle.template_name("narrative.md")

    def made(context: Mapping[str, Any]) -> int:
        page = Page(Place(name), Findings())
        named = bundle.settings.sections
        sections = render_sections(environment, name, named, context, bundle.wording, page)
        one = replace(
            prepared, context=context, page=page, sections=sections, findings=page.findings
        )
        pressed = word(one)
        assert pressed is not None
        found = WordGate().check("甲.docx", pressed.content, pressed.marked, expected(one))
        assert not found.has_errors
        return len(page.charts)

    without = {**prepared.context, CHART_FUNCTION: _no_chart}
    assert (made(prepared.context), made(without)) == (6, 0)
    ratio = compare(
        "narrative, Word and gate, six charts",
        lambda: made(prepared.context),
        "the same without charts",
        lambda: made(without),
        15,
    )
    assert ratio <= 2
