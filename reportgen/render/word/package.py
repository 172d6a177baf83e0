"""A .docx as a zip: its parts in order, written back with fixed dates."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TEXT_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
PROPERTIES = "docProps/core.xml"


@dataclass(frozen=True)
class Package:
    """The parts of a Word file by name, in the file's order."""

    parts: Mapping[str, bytes]

    @classmethod
    def open(cls, data: bytes) -> Package:
        """Read a Word file; zipfile.BadZipFile where it is none."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({info.filename: archive.read(info) for info in archive.infolist()})

    def text_parts(self) -> dict[str, str]:
        """The parts that may hold tags: body, headers, footers, notes, properties."""
        return {
            name: data.decode("utf-8")
            for name, data in self.parts.items()
            if _TEXT_PART.fullmatch(name) or name == PROPERTIES
        }

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """Return the file with other content for some parts; same input, same bytes."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.parts.items():
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                archive.writestr(info, changed.get(name, data))
        return buffer.getvalue()
