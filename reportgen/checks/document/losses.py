"""What would be lost if a document on the disk were replaced: the edits made since."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.checks.document.outside import read_lines
from reportgen.checks.document.sequence import opcodes
from reportgen.findings import Findings, Place
from reportgen.language.lines import Line

_MOST_LISTED = 20
_EXCERPT = 40
_AROUND = 6
_HINT = "请把改动写回数据、文字或模板；确实不要的，加 --discard-edits。"
_PROPERTIES = "docProps/"


def report_losses(path: Path, original: Path, findings: Findings) -> bool:
    """Whether replacing ``path``, written as ``original``, would lose something; each is listed."""
    if _is_same(path, original):
        message = "文件重新保存过，内容没有改动，已替换。"
        findings.note("F106", Place(path.name), message)
        return False
    unread = Findings()
    now = read_lines(path, unread)
    was = read_lines(original, unread) if original.is_file() else None
    if now is None or was is None:
        reason = "没有当时的底稿" if now is not None else "文件读不出来"
        message = f"文件写出后改动过，{reason}，列不出改了什么，没有覆盖。"
        findings.error("F104", Place(path.name), message, _HINT)
        return True
    edits = list(_edits(was, now))
    if not edits:
        message = "文件写出后改动过：文字相同，字体、图片、页面等可能改过，没有覆盖。"
        findings.error("F104", Place(path.name), message, _HINT)
    for spot, message in edits[:_MOST_LISTED]:
        place = Place.inside(path.name, spot)
        findings.error("F104", place, f"写出后改动过，没有覆盖：{message}。", _HINT)
    if len(edits) > _MOST_LISTED:
        message = f"另有{len(edits) - _MOST_LISTED}处改动没有列出。"
        findings.error("F104", Place(path.name), message, _HINT)
    return True


def _is_same(path: Path, original: Path) -> bool:
    """Whether two files differ in nothing that a reader sees: packing, properties, line ends."""
    try:
        if path.suffix.lower() == ".docx":
            return _parts(path) == _parts(original)
        return _text(path) == _text(original)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _parts(path: Path) -> dict[str, tuple[int, int]]:
    """The parts of a Word file but its properties, by size and checksum; nothing is unpacked."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {
            info.filename: (info.file_size, info.CRC)
            for info in archive.infolist()
            if not info.filename.startswith(_PROPERTIES) and not info.is_dir()
        }


def _text(path: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8-sig").splitlines()).rstrip()


def _edits(was: Sequence[Line], now: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Every stretch of lines that differs: its spot, and what it was and is."""
    was, now = ([line for line in lines if line.text.strip()] for lines in (was, now))
    old, new = [line.text for line in was], [line.text for line in now]
    for sign, a, b, c, d in opcodes(old, new):
        if sign == "equal":
            continue
        nearest = now[min(c, len(now) - 1)].spot if now else ""
        if sign == "delete":
            yield nearest, f"删去了“{_cut(old[a:b])}”"
        elif sign == "insert":
            yield nearest, f"加写了“{_cut(new[c:d])}”"
        else:
            before, after = _apart("／".join(old[a:b]), "／".join(new[c:d]))
            yield nearest, f"“{before}”改成了“{after}”"


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two texts from where they begin to differ, with a few words before and behind.

    >>> _apart("一二三四五六七八九十甲", "一二三四五六七八九十乙丙")
    ('……五六七八九十甲', '……五六七八九十乙丙')
    """
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    first = max(start - _AROUND, 0)
    shown = (text[first : len(text) - end + min(end, _AROUND)].strip() for text in (old, new))
    before, after = (("……" if first else "") + _cut([text]) for text in shown)
    return before, after


def _shared(one: str, other: str) -> int:
    """How many signs two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(texts: Sequence[str]) -> str:
    """Lines as one short text.

    >>> _cut(["甲", "乙"])
    '甲／乙'
    """
    text = "／".join(text.strip() for text in texts)
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "……"
