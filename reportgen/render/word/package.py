"""A .docx as a zip: untouched parts are kept as compressed bytes and never packed again."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.render.word.deflate import Deflate, deflate
from reportgen.render.word.properties import CORE, without_makers

_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UTF8, _DEFLATED = 20, 0x800, 8
_TIME, _DATE = 0, 0x21  # 1980-01-01: the same input gives the same bytes


@dataclass(frozen=True, slots=True)
class _Member:
    """One file of the zip, packed."""

    name: bytes
    method: int
    crc: int
    size: int
    packed: bytes

    def local(self) -> bytes:
        """The local header and the data."""
        fields = (_VERSION, _UTF8, self.method, _TIME, _DATE, self.crc, len(self.packed), self.size)
        return _LOCAL.pack(b"PK\3\4", *fields, len(self.name), 0) + self.name + self.packed

    def central(self, offset: int) -> bytes:
        """The entry of the directory."""
        sizes = (self.crc, len(self.packed), self.size)
        head = (_VERSION, _VERSION, _UTF8, self.method, _TIME, _DATE)
        tail = (len(self.name), 0, 0, 0, 0, 0, offset)
        return _CENTRAL.pack(b"PK\1\2", *head, *sizes, *tail) + self.name


class Package:
    """The parts of a Word file; those that change are packed, the rest is copied."""

    def __init__(self, data: bytes) -> None:
        """Read a Word file; zipfile.BadZipFile where it is none."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
            self._members = {info.filename: _raw(data, info) for info in archive.infolist()}
        for name, part in without_makers(self.parts).items():
            self.parts[name] = part
            self._members[name] = _packed(name, part, deflate())
        self._fixed: tuple[frozenset[str], bytes, bytes] = (frozenset(), b"", b"")

    def text_parts(self) -> dict[str, str]:
        """The parts that may hold tags: body, headers, footers, notes, properties."""
        return {
            name: data.decode("utf-8")
            for name, data in self.parts.items()
            if _TEXT_PART.fullmatch(name) or name == CORE
        }

    def with_parts(self, changed: Mapping[str, bytes], pack: Deflate | None = None) -> bytes:
        """Return the file with other content for some parts, or with new ones at its end.

        Same input, same bytes.
        """
        body, directory = self._unchanged(frozenset(changed))
        pack = pack or deflate()
        chunks, entries, offset = [body], [directory], len(body)
        for name, data in changed.items():
            member = _packed(name, data, pack)
            chunk = member.local()
            chunks.append(chunk)
            entries.append(member.central(offset))
            offset += len(chunk)
        listing = b"".join(entries)
        count = len(self._members.keys() | changed.keys())
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
        return b"".join([*chunks, listing, end])

    def _unchanged(self, changed: frozenset[str]) -> tuple[bytes, bytes]:
        """The members that stay, as bytes, with their directory; made once a set of names."""
        if self._fixed[0] != changed or not self._fixed[1]:
            body, directory = bytearray(), bytearray()
            for name, member in self._members.items():
                if name not in changed:
                    directory += member.central(len(body))
                    body += member.local()
            self._fixed = (changed, bytes(body), bytes(directory))
        return self._fixed[1], self._fixed[2]


def _packed(name: str, data: bytes, pack: Deflate) -> _Member:
    return _Member(name.encode("utf-8"), _DEFLATED, zlib.crc32(data), len(data), pack(data))


def _raw(data: bytes, info: zipfile.ZipInfo) -> _Member:
    """A member's compressed bytes as they stand in the file."""
    fields = _LOCAL.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL.size + fields[-2] + fields[-1]
    packed = data[start : start + info.compress_size]
    name = info.filename.encode("utf-8")
    return _Member(name, info.compress_type, info.CRC, info.file_size, packed)
