"""The library that deflates: isal where it is installed, else zlib.

Measured on a form's and a disclosure's document.xml (tests/benchmarks): isal at level 1 is
several times faster than zlib at level 6, for files a few per cent to half as large again.
The two are never mixed in one process, for zlib runs slower after isal has run.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

_RAW = -15
Deflate = Callable[[bytes], bytes]
END = b"\x03\x00"
"""What closes a stream of parts: an empty last piece."""


def zlib_deflate(data: bytes, level: int = 6) -> bytes:
    """Deflate with the standard library."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    return compressor.compress(data) + compressor.flush()


def zlib_part(data: bytes) -> bytes:
    """Deflate a part of a stream with the standard library."""
    compressor = zlib.compressobj(1, zlib.DEFLATED, _RAW)
    return compressor.compress(data) + compressor.flush(zlib.Z_FULL_FLUSH)


@cache
def deflate() -> Deflate:
    """The function to deflate with."""
    isal = fast_zlib()
    if isal is None:
        return zlib_deflate

    def fast(data: bytes) -> bytes:
        compressor = isal.compressobj(1, isal.DEFLATED, _RAW)
        packed: bytes = compressor.compress(data) + compressor.flush()
        return packed

    return fast


@cache
def deflate_part() -> Deflate:
    """The function to deflate a part with; parts one after another, then END, are one stream."""
    isal = fast_zlib()
    if isal is None:
        return zlib_part

    def fast(data: bytes) -> bytes:
        compressor = isal.compressobj(1, isal.DEFLATED, _RAW)
        packed: bytes = compressor.compress(data) + compressor.flush(isal.Z_FULL_FLUSH)
        return packed

    return fast


@cache
def fast_zlib() -> Any:
    """The fast library, ``None`` where it is not installed."""
    try:
        return importlib.import_module("isal.isal_zlib")
    except ImportError:
        return None
