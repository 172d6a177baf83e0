"""The files of a bundle that lay a document out, and the environment of its Markdown."""

from __future__ import annotations

from functools import lru_cache

from reportgen.bundle import Bundle
from reportgen.language import ReportEnvironment
from reportgen.narrative import MARKDOWN_FILTERS, narrative_environment
from reportgen.render.tables import pipe_table

LAYOUTS = {"md": "report.md", "docx": "report.docx"}


@lru_cache(maxsize=16)
def template_environment(bundle: Bundle) -> ReportEnvironment:
    """The environment of narrative.md and report.md: Markdown, tags on lines of their own.

    It is made once for a bundle, and keeps what it has compiled.
    """
    return narrative_environment(
        loader=bundle.loader(),
        filters={**MARKDOWN_FILTERS, "表格": pipe_table},
        trim_blocks=True,
        lstrip_blocks=True,
    )
