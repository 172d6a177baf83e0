"""The checksum of two texts that stand one after the other, from those of each."""

from __future__ import annotations

from functools import lru_cache

_POLYNOMIAL = 0xEDB88320
"""The CRC-32 of zip files, lowest power in the highest bit."""
_ONE = 1 << 31


def joined(first: int, second: int, length: int) -> int:
    """The CRC-32 of a text followed by one of ``length`` bytes.

    >>> import zlib
    >>> joined(zlib.crc32(b"12"), zlib.crc32(b"345"), 3) == zlib.crc32(b"12345")
    True
    """
    power, step = 0, length
    while step and first:
        digit, step = step & 0xFF, step >> 8
        if digit:
            first = _product(first, _zeros(digit, power))
        power += 1
    return first ^ second


@lru_cache(maxsize=2048)
def _zeros(digit: int, power: int) -> int:
    """What ``digit`` · 256 ** ``power`` bytes of zeros multiply a checksum with."""
    if digit > 1:
        return _product(_zeros(digit - 1, power), _zeros(1, power))
    if power:
        return _product(_zeros(255, power - 1), _zeros(1, power - 1))
    return _ONE >> 8


def _product(left: int, right: int) -> int:
    """The product of two polynomials over bits, modulo that of the CRC."""
    product = 0
    while left:
        if left & _ONE:
            product ^= right
        left = (left << 1) & 0xFFFFFFFF
        right = (right >> 1) ^ _POLYNOMIAL if right & 1 else right >> 1
    return product
