"""Texts made safe for Markdown: what a value says never becomes markup."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Escape a value so that it reads the same after Markdown is parsed; one line stays one.

    >>> escape_markdown("A&B <b>*重*|</b>")
    'A&B \\\\<b\\\\>\\\\*重\\\\*\\\\|\\\\</b\\\\>'
    >>> escape_markdown("&amp; 1. 甲"), escape_markdown("- 乙"), escape_markdown("1. 丙")
    ('\\\\&amp; 1. 甲', '\\\\- 乙', '1\\\\. 丙')
    """
    escaped = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", text))
    escaped = _LIST.sub(_escape_list, escaped)
    return re.sub(r"\s*\n\s*", "\\\n", escaped.strip("\n"))


def _escape_list(match: re.Match[str]) -> str:
    blanks, sign = match.groups()
    return f"{blanks}\\{sign}" if len(sign) == 1 else f"{blanks}{sign[:-1]}\\{sign[-1]}"
