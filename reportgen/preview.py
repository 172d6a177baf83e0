"""The document as Markdown, with blanks marked where something is still to be filled in."""

from __future__ import annotations

from reportgen.pipeline.job import Prepared
from reportgen.pipeline.layouts import template_environment
from reportgen.render.markdown import render_markdown


def markdown_preview(prepared: Prepared) -> str | None:
    """Render a prepared report's Markdown; ``None`` where it could not be prepared."""
    if prepared.bundle is None or prepared.page is None:
        return None
    environment = template_environment(prepared.bundle)
    return render_markdown(
        environment,
        prepared.bundle.template_name("report.md"),
        prepared.context,
        prepared.sections,
        prepared.bundle.wording,
        prepared.page,
    )
