"""The members of a zip as bytes: local header, data, entry of the directory."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass
from typing import Self

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _UTF8 = 20, 0x800
_TIME, _DATE = 0, 0x21  # 1980-01-01: the same input gives the same bytes
DEFLATED = 8


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the zip: ``length`` is that of its packed bytes, ``size`` of its content."""

    name: bytes
    method: int
    crc: int
    size: int
    length: int

    @classmethod
    def of(cls, info: zipfile.ZipInfo) -> Self:
        """A member of a zip that is being read."""
        name = info.filename.encode("utf-8")
        return cls(name, info.compress_type, info.CRC, info.file_size, info.compress_size)

    def local(self) -> bytes:
        """The local header, which stands before the packed bytes."""
        fields = (_VERSION, _UTF8, self.method, _TIME, _DATE, self.crc, self.length, self.size)
        return _LOCAL.pack(b"PK\3\4", *fields, len(self.name), 0) + self.name

    def central(self, offset: int) -> bytes:
        """The entry of the directory; the local header stands at ``offset``."""
        sizes = (self.crc, self.length, self.size)
        head = (_VERSION, _VERSION, _UTF8, self.method, _TIME, _DATE)
        tail = (len(self.name), 0, 0, 0, 0, 0, offset)
        return _CENTRAL.pack(b"PK\1\2", *head, *sizes, *tail) + self.name


def raw_member(data: bytes, info: zipfile.ZipInfo) -> tuple[Member, bytes]:
    """A member of the zip ``data``, and its packed bytes as they stand there."""
    fields = _LOCAL.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL.size + fields[-2] + fields[-1]
    return Member.of(info), data[start : start + info.compress_size]


def local_length(data: bytes, offset: int) -> int:
    """How long the packed bytes are by a local header; 0 where the zip ends before it."""
    return 0 if offset + _LOCAL.size > len(data) else int(_LOCAL.unpack_from(data, offset)[7])


def ending(count: int, length: int, offset: int) -> bytes:
    """What closes a zip: how many members, how long the directory is and where it begins."""
    return _END.pack(b"PK\5\6", 0, 0, count, count, length, offset, 0)
