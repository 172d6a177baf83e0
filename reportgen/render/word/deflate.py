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

_RAW = -15
Deflate = Callable[[bytes], bytes]


def zlib_deflate(data: bytes, level: int = 6) -> bytes:
    """Deflate with the standard library."""
    compressor = zlib.compressobj(level, zlib.DEFLATED, _RAW)
    return compressor.compress(data) + compressor.flush()


@cache
def deflate() -> Deflate:
    """The function to deflate with."""
    try:
        isal = importlib.import_module("isal.isal_zlib")
    except ImportError:
        return zlib_deflate

    def fast(data: bytes) -> bytes:
        compressor = isal.compressobj(1, isal.DEFLATED, _RAW)
        packed: bytes = compressor.compress(data) + compressor.flush()
        return packed

    return fast
