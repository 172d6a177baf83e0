"""Word XML with tags made ready for Jinja, by docxtpl's rules, in linear time.

docxtpl's tag language is the contract: ``{%tr %}``, ``{%tc %}``, ``{%p %}``, ``{%r %}``,
``{{p }}``, ``{{r }}``, ``{% colspan %}``, ``{% cellbg %}``, ``{% vm %}``, ``{% hm %}``,
``{%- -%}``. Its own expressions look ahead from every position of the document; here each
tag is found first and the element around it second. ``{% merge value %}`` is our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import TemplateSyntaxError

from reportgen.render.word import merge

_SPLIT = re.compile(r"({)(?:<[^>]*+>)++(?=[{%#])|([%}#])(?:<[^>]*+>)++(?=})")
_TAG = re.compile(r"{%(?:(?!%}).)*|{#(?:(?!#}).)*|{{(?:(?!}}).)*", re.DOTALL)
_INSIDE = re.compile(r"</w:t>.*?<w:t(?:>| [^>]*>)", re.DOTALL)
_CONTENT = re.compile(r"{[{%].*?(?=[}%]}|$)", re.MULTILINE)
_RUN_TAG = re.compile(r"({{r\s.*?}}|{%r\s.*?%})", re.DOTALL)
_OPENING, _JOINING = re.compile(r"{{|{%"), "-%}"
_UNCLOSED = 20  # tags in tags: more is no slip of an author, and would take quadratic time
_CELL = re.compile(r"<w:tc[ >]")
_EMPTY_RUN = re.compile(r"<w:r[ >](?:(?!<w:r[ >]).)*<w:t></w:t>.*?</w:r>", re.DOTALL)
_PROPERTIES = re.compile(r"(<w:tcPr[^>]*>)")
_SPAN = re.compile(r"<w:gridSpan[^/]*/>")
_SHADE = re.compile(r"<w:shd[^/]*/>")
_SPAN_VALUE = re.compile(r'(w:gridSpan w:val=")(\d+)(")')
_MERGED_TEXT = re.compile(
    r"(</w:tcPr[ >].*?<w:t(?:.*?)>)(.*?)(?:{%\s*[vh]m\s*%})(.*?)(</w:t>)", re.DOTALL
)
_KEEP_BEFORE = '</w:t></w:r><w:r><w:t xml:space="preserve">'
_KEEP_AFTER = '</w:t></w:r><w:r><w:t xml:space="preserve">'
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def patch(xml: str) -> str:
    """Return ``xml`` as Jinja source that renders to well-formed Word XML."""
    if _has_split_braces(xml):
        xml = _SPLIT.sub(lambda match: match.group(1) or match.group(2), xml)
    xml = _TAG.sub(lambda match: _INSIDE.sub("", match.group()), xml)
    if _unclosed(xml) > _UNCLOSED:
        raise TemplateSyntaxError("许多 {{ 或 {% 没有 }} 或 %}", 1)
    xml = _rewrite_cells(xml, re.compile(r"{%\s*colspan\s([^%]*)%}"), _with_span)
    xml = _rewrite_cells(xml, re.compile(r"{%\s*cellbg\s([^%]*)%}"), _with_shade)
    xml = _rewrite_cells(xml, merge.TAG, merge.CellRewriter())
    xml = _keep_spaces(xml)
    xml = _RUN_TAG.sub(_KEEP_BEFORE + r"\1" + _KEEP_AFTER, xml)
    xml = _join_lines(xml)
    for name in ("tr", "tc", "p", "r"):
        pattern = re.compile(rf"({{%|{{{{){name} ([^}}%]*(?:%}}|}}}}))")
        xml = _unwrap(xml, name, pattern)
    for name in ("tr", "tc", "p"):
        xml = _unwrap(xml, name, re.compile(rf"({{#){name} ([^}}#]*(?:#}}))"))
    xml = _rewrite_merged(xml, "vm", _vertical)
    xml = _rewrite_merged(xml, "hm", _horizontal)
    return _CONTENT.sub(_clean, xml)


def _has_split_braces(xml: str) -> bool:
    """Whether a brace stands apart from its partner, as when Word splits a tag over runs."""
    opening = 2 * xml.count("{{") + xml.count("{%") + xml.count("{#")
    closing = 2 * xml.count("}}") + xml.count("%}") + xml.count("#}")
    return xml.count("{") != opening or xml.count("}") != closing


def _unclosed(xml: str) -> int:
    """How many tags begin inside another tag, or end without having begun."""
    nested = joining = 0
    for match in _TAG.finditer(xml):
        tag = match.group()
        opened = len(_OPENING.findall(tag))
        nested += _unclosed(tag[2:]) if tag.startswith("{#") else opened - 1
        joining += opened
    return nested + max(xml.count(_JOINING) - joining, 0)


def _clean(match: re.Match[str]) -> str:
    """Inside a tag: entities and typographic quotes as the author meant them."""
    text = match.group().replace("&#8216;", "'").replace("&lt;", "<").replace("&gt;", ">")
    text = text.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
    return text.translate(_QUOTES)


def _element(xml: str, name: str, position: int, floor: int) -> int:
    """Where the innermost ``w:name`` element around a position begins, or -1."""
    return max(xml.rfind(f"<w:{name} ", floor, position), xml.rfind(f"<w:{name}>", floor, position))


def _unwrap(xml: str, name: str, pattern: re.Pattern[str]) -> str:
    """Put a tag in the place of the element that holds it; of several the last one wins."""
    end_tag = f"</w:{name}>"
    start_tag = re.compile(f"<w:{name}[ >]")
    parts: list[str] = []
    position = floor = 0
    match = pattern.search(xml)
    while match:
        begin = _element(xml, name, match.start(), max(position, floor))
        if begin < 0:
            floor = match.start()
            match = pattern.search(xml, match.end())
            continue
        following = start_tag.search(xml, match.start())
        limit = following.start() if following else len(xml)
        last = match
        for other in pattern.finditer(xml, match.end(), limit):
            last = other
        end = xml.find(end_tag, last.end())
        if end < 0:
            break
        parts += [xml[position:begin], f"{last.group(1)} {last.group(2)}"]
        position = end + len(end_tag)
        match = pattern.search(xml, position)
    return "".join(parts) + xml[position:]


def _rewrite_cells(xml: str, pattern: re.Pattern[str], rewrite: Callable[[str, str], str]) -> str:
    """Rewrite every table cell that holds a tag of ``pattern``; the tag itself goes."""
    parts: list[str] = []
    position = floor = 0
    for match in pattern.finditer(xml):
        begin = _element(xml, "tc", match.start(), max(position, floor))
        end = xml.find("</w:tc>", match.end())
        if begin < 0 or end < 0:
            floor = match.start()
            continue
        end += len("</w:tc>")
        cell = xml[begin : match.start()] + xml[match.end() : end]
        parts += [xml[position:begin], rewrite(cell, match.group(1).lstrip())]
        position = end
    return "".join(parts) + xml[position:]


def _with_span(cell: str, value: str) -> str:
    cell = _SPAN.sub("", _EMPTY_RUN.sub("", cell), count=1)
    span = f'<w:gridSpan w:val="{{{{{value}}}}}"/>'
    return _PROPERTIES.sub(lambda match: match.group() + span, cell)


def _with_shade(cell: str, value: str) -> str:
    cell = _SHADE.sub("", _EMPTY_RUN.sub("", cell), count=1)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{{{{{value}}}}}"/>'
    return _PROPERTIES.sub(lambda match: match.group() + shade, cell)


def _keep_spaces(xml: str) -> str:
    """A text that a tag may fill keeps its blanks."""
    first, *rest = xml.split("<w:t>")
    return first + "".join(_kept(piece) for piece in rest)


def _kept(piece: str) -> str:
    tagged = "{{" in piece or "{%" in piece
    return ('<w:t xml:space="preserve">' if tagged else "<w:t>") + piece


def _join_lines(xml: str) -> str:
    """``{%-`` joins a tag to the paragraph before it, ``-%}`` to the one after it."""
    if "{%-" in xml:
        parts: list[str] = []
        position = 0
        for match in re.finditer(r"{%-", xml):
            end = xml.rfind("</w:t>", position, match.start())
            if end >= 0:
                parts += [xml[position:end], "{%"]
                position = match.end()
        xml = "".join(parts) + xml[position:]
    if "-%}" in xml:
        xml = re.sub(r"-%}(?:(?!<w:t[ >]|{%|{{).)*?<w:t[^>]*?>", "%}", xml, flags=re.DOTALL)
    return xml


def _rewrite_merged(xml: str, word: str, rewrite: Callable[[str], str]) -> str:
    """Rewrite every table cell with ``{% vm %}`` or ``{% hm %}``."""
    pattern = re.compile(rf"{{%\s*{word}\s*%}}")
    parts: list[str] = []
    position = 0
    for match in pattern.finditer(xml):
        if match.start() < position:
            continue
        begin = _element(xml, "tc", match.start(), position)
        end = xml.find("</w:tc>", match.end())
        if begin >= 0 and end >= 0:
            end += len("</w:tc>")
            parts += [xml[position:begin], rewrite(xml[begin:end])]
            position = end
    return "".join(parts) + xml[position:]


def _vertical(cell: str) -> str:
    return _MERGED_TEXT.sub(
        r'<w:vMerge w:val="{% if loop.first %}restart{% else %}continue{% endif %}"/>'
        r"\1{% if loop.first %}\2\3{% endif %}\4",
        cell,
    )


def _horizontal(cell: str) -> str:
    if "w:gridSpan" in cell:
        cell = _SPAN_VALUE.sub(r"\1{{ \2 * loop.length }}\3", cell)
        cell = re.sub(r"{%\s*hm\s*%}", "", cell)
    else:
        cell = _MERGED_TEXT.sub(r'<w:gridSpan w:val="{{ loop.length }}"/>\1\2\3\4', cell)
    return "{% if loop.first %}" + cell + "{% endif %}"
