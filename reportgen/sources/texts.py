"""Texts that users write: cleaned, and split under their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.findings import Findings, Place
from reportgen.model import Passage

PRIVATE_USE = "\ue000-\uf8ff"
UNPRINTABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff"
_FORBIDDEN = re.compile(f"[{UNPRINTABLE}{PRIVATE_USE}]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_HEADING = re.compile(r"(#{1,2})\s+(.*\S)\s*")


def clean(text: str, place: Place, findings: Findings) -> str:
    r"""Remove characters that no document can hold, and say where they stood.

    Line ends become ``\\n``; Excel's ``_x000D_`` escapes are decoded first.
    """
    decoded = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)
    decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    kept = _FORBIDDEN.sub("", decoded)
    if kept != decoded:
        shown = "、".join(sorted({f"U+{ord(c):04X}" for c in _FORBIDDEN.findall(decoded)}))
        findings.warning(
            "D114",
            place,
            f"文字中有不可用的字符（{shown}），已去掉。",
            "请在原文件中删除后重新录入。",
        )
    return kept


def is_clean(text: str) -> bool:
    r"""Whether ``clean`` would leave the text as it is; of most texts this is known at once.

    >>> is_clean("甲"), is_clean("甲\n乙"), is_clean("甲\x0b"), is_clean("_x000D_")
    (True, True, False, False)
    """
    if "_x" in text or "\r" in text:
        return False
    return text.isprintable() or not _FORBIDDEN.search(text)


@dataclass(frozen=True)
class Text:
    """A text under a heading: its lines, and the parts under second-level headings.

    ``places`` are those of its heading and of its lines.
    """

    name: str
    lines: tuple[str, ...] = ()
    parts: tuple[Text, ...] = field(default=())
    places: tuple[Place, ...] = field(default=(), repr=False)

    def passages(self) -> Iterator[Passage]:
        """Its lines and those of its parts, each with its place; parts' headings count too."""
        for line, place in zip(self.lines, self.places[1:], strict=False):
            yield Passage(line, place, self.name)
        for part in self.parts:
            yield Passage(part.name, part.places[0], self.name)
            yield from part.passages()

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``; KeyError for an unknown name."""
        known: Mapping[str, object] = {"名称": self.name, "行": self.lines, "分段": self.parts}
        return known[name]

    def names(self) -> tuple[str, ...]:
        """The names that ``lookup`` knows."""
        return ("名称", "行", "分段")


def read_texts(path: Path, findings: Findings) -> dict[str, Text]:
    """Read 文字.md: ``#`` starts a text, ``##`` a part of it, every other line a paragraph."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        findings.error(
            "D101", Place(path.name), "找不到这个文件。", "请核对 report.yaml 的“文件”。"
        )
        return {}
    except UnicodeDecodeError:
        findings.error("D119", Place(path.name), "文件不是 UTF-8 编码。", "请另存为 UTF-8 编码。")
        return {}
    except (OSError, ValueError):  # a folder, no permission, a name that no system has
        findings.error("D119", Place(path.name), "文件打不开。", "请核对它是不是文本文件。")
        return {}
    return _sections(path.name, content, findings)


_Lines = list[tuple[str, Place]]


def _sections(file: str, content: str, findings: Findings) -> dict[str, Text]:
    found: dict[str, list[_Lines]] = {}
    current: list[_Lines] = []
    for number, raw in enumerate(content.split("\n"), start=1):
        place = Place.line(file, number)
        line = clean(raw, place, findings)
        heading = _HEADING.fullmatch(line)
        if heading is None and line.startswith("#"):
            message = "这一行按正文印出：标题只有“# 名称”和“## 名称”两级，# 后面空一格。"
            findings.warning("D119", place, message, "如果是标题，请改正。")
        if heading and heading.group(1) == "#":
            current = []
            if heading.group(2) in found:
                findings.error(
                    "D119", place, f"标题“{heading.group(2)}”出现两次。", "请合并为一段。"
                )
            found[heading.group(2)] = current
            current.append([("", place)])
        elif not current and line.strip():
            findings.error("D119", place, "这一行之前没有“# 标题”。", "请先写一行“# 名称”。")
        elif heading:
            current.append([(heading.group(2), place)])
        elif line.strip():
            current[-1].append((line.strip(), place))
    return {name: _text(name, parts) for name, parts in found.items()}


def _text(name: str, parts: list[_Lines]) -> Text:
    first, *rest = parts
    return _part(name, first, tuple(_part(part[0][0], part) for part in rest))


def _part(name: str, lines: _Lines, parts: tuple[Text, ...] = ()) -> Text:
    texts = tuple(text for text, _ in lines[1:])
    return Text(name, texts, parts, tuple(place for _, place in lines))
