"""A copy of a finished document with Word comments on the texts of its citations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from reportgen.language.marks import CLOSE, Span, read, strip
from reportgen.render.word.comments import Comments
from reportgen.render.word.package import Package
from reportgen.sources.word import PARSER, W

_DOCUMENT = "word/document.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOX = f"{W}txbxContent"  # Word takes no comments in text boxes


def annotate(content: bytes, marked: Mapping[str, bytes], notes: Mapping[int, str]) -> bytes:
    """Return the document with the notes, by citation, as comments on the citations' texts.

    ``content`` is the finished file, ``marked`` its changed parts with the marks still in.
    Headers, footers and notes can hold no comments.
    """
    package = Package(content)
    if _DOCUMENT not in marked:
        return content
    root = etree.fromstring(marked[_DOCUMENT], PARSER)
    comments = Comments(package.parts)
    for paragraph in root.iter(f"{W}p"):
        _annotate(paragraph, notes, comments)
    body = _HEAD + strip(etree.tostring(root, encoding="unicode"))
    return package.with_parts({_DOCUMENT: body.encode("utf-8"), **comments.parts()})


def _annotate(paragraph: Any, notes: Mapping[int, str], comments: Comments) -> None:
    texts = _texts(paragraph)
    joined = "".join(text.text or "" for text in texts)
    if CLOSE not in joined or next(paragraph.iterancestors(_BOX), None) is not None:
        return
    for text in texts:
        text.text = read(text.text or "")[0]
        text.set(_SPACE, "preserve")
    spans = sorted(_wanted(read(joined)[1], notes), key=lambda span: (span.start, -span.end))
    numbered = [(comments.add(notes[span.number]), span) for span in spans]
    for number, span in reversed(numbered):  # what stands before keeps its place
        _anchor(paragraph, span, str(number))


def _wanted(spans: Sequence[Span], notes: Mapping[int, str]) -> Iterator[Span]:
    return (span for span in spans if span.number in notes and span.start < span.end)


def _texts(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, without those of paragraphs in boxes inside it."""
    return [
        text
        for text in paragraph.iter(f"{W}t")
        if next(text.iterancestors(f"{W}p"), None) is paragraph
    ]


def _anchor(paragraph: Any, span: Span, number: str) -> None:
    """Put the range of a comment round a span, and the reference after it."""
    last, cut = _at(paragraph, span.end, ends=True)
    _split(last, cut)
    run = last.getparent()
    ended = etree.Element(f"{W}commentRangeEnd", {f"{W}id": number})
    reference = etree.Element(f"{W}r")
    etree.SubElement(reference, f"{W}commentReference", {f"{W}id": number})
    run.addnext(ended)
    ended.addnext(reference)
    first, cut = _at(paragraph, span.start, ends=False)
    begun = etree.Element(f"{W}commentRangeStart", {f"{W}id": number})
    _started(first, cut).addprevious(begun)


def _at(paragraph: Any, position: int, *, ends: bool) -> tuple[Any, int]:
    """The text that holds the character after a position, or the one before where it ends."""
    begin = 0
    for text in _texts(paragraph):
        end = begin + len(text.text or "")
        if begin < position <= end if ends else begin <= position < end:
            return text, position - begin
        begin = end
    raise AssertionError(position)  # spans are read from these very texts


def _started(text: Any, cut: int) -> Any:
    """The run that begins at a place in a text; its run is split where it began before."""
    before = text.itersiblings(preceding=True)
    if cut == 0 and all(sibling.tag == f"{W}rPr" for sibling in before):
        return text.getparent()
    return _split(text, cut)


def _split(text: Any, cut: int) -> Any:
    """End a run at a place in a text of it; return the run with the rest, if there is any."""
    run = text.getparent()
    rest = (text.text or "")[cut:]
    after = list(text.itersiblings())
    if not rest and not after:
        return None
    new = etree.Element(f"{W}r", dict(run.attrib))
    properties = run.find(f"{W}rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    if rest:
        etree.SubElement(new, f"{W}t", {_SPACE: "preserve"}).text = rest
        text.text = (text.text or "")[:cut]
    new.extend(after)
    run.addnext(new)
    return new
