"""What the zips of one template have in common, so that only what differs is read again."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from reportgen.packing.members import DEFLATED, Member, ending, local_length

_RAW = -15


@dataclass(frozen=True, slots=True)
class Frame:
    """The members that never change, which stand first, and the names of those behind them."""

    head: bytes
    directory: bytes
    unchanged: int
    changing: tuple[str, ...]

    @classmethod
    def of(cls, content: bytes, archive: zipfile.ZipFile, changing: Collection[str]) -> Self | None:
        """The frame of a zip that was read; ``None`` where what changes doesn't stand last."""
        infos = archive.infolist()
        last = [info for info in infos if info.filename in changing]
        if not last or infos[-len(last) :] != last:
            return None
        start = last[0].header_offset
        names = tuple(info.filename for info in last)
        entries = sum(len(Member.of(info).central(0)) for info in infos[: -len(last)])
        directory = content[archive.start_dir : archive.start_dir + entries]
        return cls(content[:start], directory, len(infos) - len(last), names)

    def read(self, content: bytes) -> dict[str, bytes] | None:
        """The members that change, by name; ``None`` where any byte isn't as it must be."""
        if not content.startswith(self.head):
            return None
        found, entries, position = {}, [self.directory], len(self.head)
        for name in self.changing:
            length = local_length(content, position)
            start = position + len(Member(name.encode("utf-8"), DEFLATED, 0, 0, 0).local())
            inflate = zlib.decompressobj(_RAW)
            try:
                data = inflate.decompress(content[start : start + length])
            except zlib.error:
                return None
            member = Member(name.encode("utf-8"), DEFLATED, zlib.crc32(data), len(data), length)
            if not inflate.eof or inflate.unused_data or content[position:start] != member.local():
                return None
            entries.append(member.central(position))
            found[name] = data
            position = start + length
        listing = b"".join(entries)
        end = ending(self.unchanged + len(found), len(listing), position)
        return found if content[position:] == listing + end else None
