"""A printed part as the pieces it was joined of, before anything was joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.language.marks import LEAD, strip_bytes


@dataclass(frozen=True, slots=True)
class Pieces:
    """Fixed texts of a template and printed values, in their order, in UTF-8 and with marks.

    ``fixed`` are the template's own by their identity: the same objects in all its documents,
    and of any other piece one knows that a value printed it.
    """

    chunks: Sequence[bytes]
    fixed: Mapping[int, bytes]

    def joined(self) -> bytes:
        """The part without marks."""
        whole = b"".join(self.chunks)
        if LEAD not in whole:
            return whole
        return b"".join([strip_bytes(c) if LEAD in c else c for c in self.chunks])
