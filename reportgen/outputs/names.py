"""File names from data: one safe segment on Windows, macOS and Linux."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_LONGEST = 180  # bytes of UTF-8: leaves room for an ending and a temporary name within 255


def safe_name(text: str) -> str:
    """Return a file name (without ending) that every system accepts.

    >>> safe_name("晋城市/人社局：2022"), safe_name("../../逃逸"), safe_name("CON")
    ('晋城市_人社局：2022', '_.._逃逸', '_CON')
    >>> safe_name(" 尾. "), safe_name(""), len(safe_name("长" * 200).encode()) <= 180
    ('尾', '未命名', True)
    """
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text))
    name = _EDGES.sub("", name)
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    shortened = name.encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")
    return _EDGES.sub("", shortened) or "未命名"
