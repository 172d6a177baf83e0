"""Text with emphasis and line breaks as runs of WordprocessingML."""

from __future__ import annotations

from markdown_it.token import Token

from reportgen.render.word.xml import run


def inline(token: Token) -> str:
    """The runs of an inline token: text, emphasis and line breaks."""
    runs, bold, italic = [], 0, 0
    for child in token.children or ():
        if child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif child.type in ("em_open", "em_close"):
            italic += child.nesting
        elif child.type == "hardbreak":
            runs.append("<w:r><w:br/></w:r>")
        elif child.type == "softbreak":
            continue
        elif child.content:
            runs.append(run(child.content, bold=bold > 0, italic=italic > 0))
    return "".join(runs)
