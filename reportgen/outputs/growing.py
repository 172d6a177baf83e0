"""A zip that is written from its beginning to its end, some members of it piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from reportgen.outputs.cells import opened
from reportgen.packing import DEFLATED, END, Member, checksum, deflate_part, ending, joined


@dataclass
class Part:
    """What is known so far of a member that is being written; ``rows`` are those of its blocks."""

    name: str
    start: int
    crc: int = 0
    size: int = 0
    rows: int = 0

    def member(self, length: int = 0) -> Member:
        """The member as it is now; ``length`` is that of its packed bytes."""
        return Member(self.name.encode(), DEFLATED, self.crc, self.size, length)


class Growing:
    """The zip; the header of a member is mended when its length is known. OSError as it comes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[bytes] = []
        self._offset = 0

    def add(self, name: str, content: bytes) -> None:
        """A member that is there as a whole."""
        packed = deflate_part()(content) + END
        member = Member(name.encode(), DEFLATED, checksum()(content), len(content), len(packed))
        self._entries.append(member.central(self._offset))
        self._put(member.local() + packed)

    def begin(self, name: str) -> Part:
        """A member that grows; until ``end``, nothing else is written."""
        part = Part(name, self._offset)
        self._put(part.member().local())
        return part

    def pack(self, part: Part, content: bytes) -> None:
        """Some more of a member."""
        self._grow(part, len(content), checksum()(content), deflate_part()(content))

    def take(self, part: Part, block: bytes) -> None:
        """A block of rows, which is packed already."""
        rows, size, crc, packed = opened(block)
        self._grow(part, size, crc, packed)
        part.rows += rows

    def _grow(self, part: Part, size: int, crc: int, packed: bytes) -> None:
        part.crc = joined(part.crc, crc, size) if part.size else crc
        part.size += size
        self._put(packed)

    def end(self, part: Part) -> None:
        """Say in the header how long the member has become."""
        self._put(END)
        member = part.member(self._offset - part.start - len(part.member().local()))
        self._file.seek(part.start)
        self._file.write(member.local())
        self._file.seek(self._offset)
        self._entries.append(member.central(part.start))

    def close(self) -> None:
        """Write the directory: the file is whole then."""
        listing = b"".join(self._entries)
        self._put(listing + ending(len(self._entries), len(listing), self._offset))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._offset += len(data)
