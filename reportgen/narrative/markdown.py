"""Texts made safe for Markdown: what a value says never becomes markup."""

from __future__ import annotations

import re

from reportgen.language.marks import quoted
from reportgen.language.printable import check_printable

_SPECIAL = re.compile(r"([\\`*_\[\]<|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(>|[-+#](?=[\s#]|$)|\d+[.)](?=\s|$)|[-=]+\s*$)", re.MULTILINE)


def escape_markdown(text: str) -> str:
    r"""Escape a value so that it reads the same after Markdown is parsed; one line stays one.

    >>> escape_markdown("A&B <b>*重*|</b>")
    'A&B \\<b>\\*重\\*\\|\\</b>'
    >>> escape_markdown("&amp; 1. 甲"), escape_markdown("- 乙"), escape_markdown("1. 丙")
    ('\\&amp; 1. 甲', '\\- 乙', '1\\. 丙')
    >>> escape_markdown(">90%"), escape_markdown("# 一"), escape_markdown("甲\n---\n乙")
    ('\\>90%', '\\# 一', '甲\\\n\\---\\\n乙')
    """
    check_printable(text)
    lines = [line.strip() for line in text.strip("\n").split("\n")]
    escaped = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", "\n".join(lines)))
    return _OPENING.sub(_escape_opening, escaped).replace("\n", "\\\n")


def quoted_markdown(text: str) -> str:
    """Escape a value and mark what it says as an input's."""
    return quoted(escape_markdown(text))


def _escape_opening(match: re.Match[str]) -> str:
    sign = match.group()
    return f"{sign[:-1]}\\{sign[-1]}" if sign[0].isdigit() else f"\\{sign}"
