"""Checksums of zip files, and that of two texts that stand one after the other."""

from __future__ import annotations

import zlib
from functools import cache
from typing import Protocol

from reportgen.packing.deflate import fast_zlib


class Checksum(Protocol):
    """The CRC-32 of a text, or of all before it and this one."""

    def __call__(self, data: bytes, before: int = 0, /) -> int:
        """``before`` is the checksum of what stands before ``data``."""


@cache
def checksum() -> Checksum:
    """The function to make them with; isal's is some twenty times faster."""
    found = fast_zlib()
    if found is None:
        return zlib.crc32
    fast: Checksum = found.crc32
    return fast


def joined(first: int, second: int, length: int) -> int:
    """The CRC-32 of a text followed by one of ``length`` bytes, from those of each.

    A CRC is linear: zeros do to the first what any text of that length does.

    >>> import zlib
    >>> joined(zlib.crc32(b"12"), zlib.crc32(b"345"), 3) == zlib.crc32(b"12345")
    True
    """
    crc, zeros = checksum(), bytes(length)
    return crc(zeros, first) ^ crc(zeros) ^ second
