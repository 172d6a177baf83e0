"""Which styles of a Word file are headings, and which are entries of the contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lxml import etree

from reportgen.sources.word import PARSER, W

_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)
_ENTRY = re.compile(r"(?:toc|目录) ?[1-9]", re.IGNORECASE)
_BODY = 9  # the outline level that means none
_DEEPEST = 20  # styles based on styles


@dataclass(frozen=True)
class Outline:
    """Heading levels (1 to 9) by style id, and the ids of the styles of contents' entries."""

    levels: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    entries: frozenset[str] = frozenset()

    @classmethod
    def read(cls, styles_xml: bytes) -> Outline:
        """Read styles.xml; a level can come from the style that a style is based on."""
        styles = {s.get(f"{W}styleId", ""): s for s in _root(styles_xml).iter(f"{W}style")}
        levels = {key: _level(key, styles) for key in styles}
        entries = frozenset(key for key, s in styles.items() if _ENTRY.fullmatch(_name(s)))
        return cls({key: level for key, level in levels.items() if level}, entries)


def _root(xml: bytes) -> Any:
    return etree.fromstring(xml, PARSER)


def _name(style: Any) -> str:
    found = style.find(f"{W}name")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _level(key: str, styles: Mapping[str, Any]) -> int:
    """The level of a style; its own name counts before the style it is based on."""
    for style in _chain(key, styles):
        stated = own_level(style.find(f"{W}pPr"))
        if stated is not None:
            return stated
        named = _HEADING.fullmatch(_name(style))
        if named:
            return int(named.group(1))
    return 0


def _chain(key: str, styles: Mapping[str, Any]) -> Iterator[Any]:
    for _ in range(_DEEPEST):
        style = styles.get(key)
        if style is None:
            return
        yield style
        based = style.find(f"{W}basedOn")
        key = "" if based is None else based.get(f"{W}val", "")


def own_level(properties: Any) -> int | None:
    """The heading level that a paragraph or style states itself; ``None`` where it doesn't."""
    stated = None if properties is None else properties.find(f"{W}outlineLvl")
    if stated is None:
        return None
    value = stated.get(f"{W}val", "")
    return int(value) + 1 if value.isdecimal() and int(value) < _BODY else 0
