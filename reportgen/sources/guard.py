"""Files from outside are looked into before a library opens them: a bomb is refused.

A .xlsx or .docx is a zip of XML. Nothing is unpacked to disk, and nothing that the file says
about itself is believed: every part is inflated here in small chunks, and counted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from reportgen.findings import Finding, Findings, Place, Severity
from reportgen.sources.guard_xml import Prolog, RefusedError, Survey

# The example's 决算表.xlsx: 18 parts, 28 KB packed, 122 KB unpacked, no part better than 1:8; what
# a platform exports is some ten times that. The Word template of shanxi-2022: 18 parts, 41 KB,
# 915 KB, 1:32. So these are ample:
MOST_PACKED = 64 << 20  # bytes of the file as it lies on the disk
MOST_PARTS = 2_000
MOST_PART = 64 << 20  # bytes of one part, unpacked
MOST_UNPACKED = 256 << 20  # bytes of all parts together
MOST_RATIO = 200  # of a part above SMALL; blanks or zeros reach 1,000
SMALL = 1 << 20
CHUNK = 1 << 18

_HEADER = struct.Struct("<4s5H3I2H")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY, _ENCRYPTED = b"PK\1\2", 0x1
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels")
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # byte order marks, blanks, and UTF-16's zeros


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a kind of file is called, how it is mended, and how many tags are ample."""

    noun: str
    old: str
    save: str
    most_tags: int
    most_part: int = MOST_PART
    most_unpacked: int = MOST_UNPACKED


# The two files above have 8,000 tags each. A filled cell is four tags, so a workbook may have a
# million cells; these take 2 s here, and openpyxl more than 6.
_BOOK = _Kind(".xlsx 工作簿", ".xls", "请用 Excel 或 WPS 另存为 .xlsx。", 4_000_000)
_WORD = _Kind(".docx 文件", ".doc", "请用 Word 另存。", 2_000_000)
# A list that is read row by row takes time and no memory. 10,000 projects of 10 indicators are
# a million cells, 42 MB unpacked, where texts are shared; 20,000 of 15 with every column filled
# are four million, and 300 MB where each text stands in its cell. Such a file takes 10 s.
_LISTS = replace(_BOOK, most_tags=20_000_000, most_part=512 << 20, most_unpacked=1 << 30)
_MEND = "请核对文件的来源，用 Excel、WPS 或 Word 重新保存。"


def is_safe(path: Path, findings: Findings, *, streamed: bool = False) -> bool:
    """Whether a .xlsx or .docx may be opened; where it may not, a finding says why.

    A workbook that is ``streamed`` may be much longer, and its cells stand where they like.
    """
    kind = _WORD if path.suffix.lower() == ".docx" else _LISTS if streamed else _BOOK
    invalid = Finding(
        "D102", Severity.ERROR, Place(path.name), f"这个文件不是有效的 {kind.noun}。", kind.save
    )
    try:
        _inspect(path, kind)
    except RefusedError as refused:
        findings.extend([refused.finding])
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, NotImplementedError):
        findings.extend([invalid])
    else:
        return True
    return False


def is_small(path: Path, findings: Findings) -> bool:
    """Whether a file that is no zip may be read into memory; where not, a finding says why."""
    try:
        _check_size(path)
    except RefusedError as refused:
        findings.extend([refused.finding])
        return False
    return True


def _check_size(path: Path) -> None:
    if path.stat().st_size > MOST_PACKED:
        refuse(Place(path.name), f"文件大于 {_size(MOST_PACKED)}。")


def _inspect(path: Path, kind: _Kind) -> None:
    """First what costs nothing to ask; then every byte; then, for a workbook, every cell."""
    _check_size(path)
    data = path.read_bytes()
    _no_ole(path.name, data, kind)
    members = _members(path.name, data, kind)
    unpacked = tags = 0
    for member in members:
        size, count = _measure(path.name, data, member, kind)
        unpacked, tags = unpacked + size, tags + count
        if unpacked > kind.most_unpacked:
            refuse(Place(path.name), f"解压后大于 {_size(kind.most_unpacked)}。")
        if tags > kind.most_tags:
            refuse(Place(path.name), f"内容过多：XML 标签超过 {kind.most_tags:,} 个。")
    if kind is _BOOK:
        _survey(path.name, data, members)


def _no_ole(file: str, data: bytes, kind: _Kind) -> None:
    """The container of Office 97: a file of that age, or a new one under a password."""
    if data.startswith(OLE):
        if _PASSWORD in data:
            locked(file)
        message = f"这个文件是旧的 {kind.old} 格式。"
        raise RefusedError(Finding("D102", Severity.ERROR, Place(file), message, kind.save))


def _members(file: str, data: bytes, kind: _Kind) -> Sequence[zipfile.ZipInfo]:
    """The directory of the zip; its entries are counted before zipfile makes objects of them."""
    count = data.count(_ENTRY)
    if count > MOST_PARTS:
        refuse(Place(file), f"压缩包内有 {count:,} 个部件，超过 {MOST_PARTS:,} 个。")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    name, times = Counter(member.filename for member in members).most_common(1)[0]
    if times > 1:
        refuse(Place.inside(file, name), f"压缩包内同名部件出现 {times} 次。")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        locked(file)
    if sum(member.file_size for member in members) > kind.most_unpacked:
        refuse(Place(file), f"解压后大于 {_size(kind.most_unpacked)}。")
    return members


def _measure(file: str, data: bytes, member: zipfile.ZipInfo, kind: _Kind) -> tuple[int, int]:
    """Inflate a part as far as it is allowed to grow; its true size and its number of tags."""
    place, size, tags = Place.inside(file, member.filename), 0, 0
    prolog: Prolog | None = None
    for chunk in _unpacked(data, member):
        if not size and _is_xml(member.filename, chunk):
            prolog = Prolog(place)
        size += len(chunk)
        if size > kind.most_part:
            refuse(place, f"这个部件解压后大于 {_size(kind.most_part)}。")
        if size > SMALL and size > MOST_RATIO * member.compress_size:
            refuse(place, f"这个部件的压缩比超过 {MOST_RATIO} 倍。")
        if prolog:
            prolog.feed(chunk)
            tags += chunk.count(b"<")
    if size != member.file_size:
        raise zipfile.BadZipFile  # damaged, or hiding something from zipfile, which believes it
    return size, tags


def _survey(file: str, data: bytes, members: Sequence[zipfile.ZipInfo]) -> None:
    """Follow rows, cells and merged areas; the sheets come last, when their names are known."""
    survey = Survey(file)
    for member in sorted(members, key=lambda member: "worksheets/" in member.filename):
        chunks = _unpacked(data, member)
        first = next(chunks, b"")
        if _is_xml(member.filename, first):
            survey.follow(member.filename, first, chunks)
    survey.check_sheets()


def _unpacked(data: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in chunks, however much it is."""
    fields = _HEADER.unpack_from(data, member.header_offset)
    start = member.header_offset + _HEADER.size + fields[-2] + fields[-1]
    packed = memoryview(data)[start : start + member.compress_size]
    if fields[0] != b"PK\3\4" or len(packed) != member.compress_size:
        raise zipfile.BadZipFile
    if member.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile  # Office writes no other
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), CHUNK):
        rest, chunk = bytes(packed[at : at + CHUNK]), b" " * CHUNK
        while rest or len(chunk) == CHUNK:
            chunk = inflate.decompress(rest, CHUNK)
            rest = inflate.unconsumed_tail
            yield chunk
    if not inflate.eof:
        raise zipfile.BadZipFile


def _is_xml(name: str, first: bytes) -> bool:
    """By its name, or by its first sign: a workbook may call its sheets what it likes."""
    return name.lower().endswith(_XML) or first[:64].lstrip(_BEFORE).startswith(b"<")


def locked(file: str) -> NoReturn:
    """Refuse a file under a password."""
    message, hint = "这个文件有打开密码。", "请去掉密码后重新保存。"
    raise RefusedError(Finding("D102", Severity.ERROR, Place(file), message, hint))


def refuse(place: Place, message: str) -> NoReturn:
    """Refuse a file that could fill the memory."""
    raise RefusedError(Finding("D121", Severity.ERROR, place, message, _MEND))


def _size(number: int) -> str:
    """Bytes as people read them.

    >>> _size(64 << 20)
    '64 MB'
    """
    return f"{number >> 20} MB"
