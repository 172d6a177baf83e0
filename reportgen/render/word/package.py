"""A .docx as a zip: untouched parts are kept as compressed bytes and never packed again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.packing import DEFLATED, Deflate, Member, checksum, deflate, ending, raw_member
from reportgen.render.word.properties import CORE, without_makers

_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


@dataclass(frozen=True, slots=True)
class _Part:
    """One file of the zip, packed."""

    member: Member
    packed: bytes

    def local(self) -> bytes:
        """The local header and the data."""
        return self.member.local() + self.packed

    def central(self, offset: int) -> bytes:
        """The entry of the directory."""
        return self.member.central(offset)


class Package:
    """The parts of a Word file; those that change are packed, the rest is copied."""

    def __init__(self, data: bytes) -> None:
        """Read a Word file; zipfile.BadZipFile where it is none."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {info.filename: archive.read(info) for info in archive.infolist()}
            self._members = {
                info.filename: _Part(*raw_member(data, info)) for info in archive.infolist()
            }
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
        return b"".join([*chunks, listing, ending(count, len(listing), offset)])

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


def _packed(name: str, data: bytes, pack: Deflate) -> _Part:
    packed = pack(data)
    crc = checksum()(data)
    return _Part(Member(name.encode("utf-8"), DEFLATED, crc, len(data), len(packed)), packed)
