"""Where in a template a run-time error happened."""

from __future__ import annotations

import traceback

from reportgen.findings import Place


def template_line(error: BaseException, template_name: str) -> Place:
    """Return the innermost template line of an error's traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in reversed(frames):
        if frame.filename.endswith((".md", ".docx")) and frame.lineno:
            return Place.line(frame.filename, frame.lineno)
    return Place(template_name)
