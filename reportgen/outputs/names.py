"""File names from data: one safe segment on Windows, macOS and Linux, no two alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff'
    r"\ud800-\udfff\ufffe\uffff]"
)
"""What some system forbids, breaks a line, can't be seen, or turns the name around."""
_RESERVED = re.compile(
    r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_LOCK = "~$"
"""The beginning of the files by which Office knows that another one is open."""
_LONGEST = 180  # bytes of UTF-8: leaves room for an ending and a temporary name within 255
_UNNAMED = "未命名"


def safe_name(text: str) -> str:
    """Return a file name (without ending) that every system accepts.

    >>> safe_name("晋城市/人社局：2022"), safe_name("../../逃逸"), safe_name("CON")
    ('晋城市_人社局：2022', '_.._逃逸', '_CON')
    >>> safe_name(" 尾. "), safe_name(""), len(safe_name("长" * 200).encode()) <= 180
    ('尾', '未命名', True)
    """
    name = _shortened(_FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)))
    if name.startswith(_LOCK) or _RESERVED.fullmatch(name):
        name = _shortened(f"_{name}")
    return name or _UNNAMED


def _shortened(name: str) -> str:
    """As much of a name as a disk holds, without blanks and dots around it."""
    cut = _EDGES.sub("", name).encode("utf-8")[:_LONGEST]
    return _EDGES.sub("", cut.decode("utf-8", "ignore"))


@dataclass(frozen=True, slots=True)
class Names:
    """Safe names in the order in which they were wanted.

    ``clashes`` are groups of positions whose files would overwrite each other, or one that
    is there already (a group of a single position).
    """

    names: tuple[str, ...]
    clashes: tuple[tuple[int, ...], ...]

    @property
    def refused(self) -> frozenset[int]:
        """The positions of all names that clash."""
        return frozenset(position for group in self.clashes for position in group)


def unique_names(wanted: Sequence[str], taken: Iterable[str] = ()) -> Names:
    """The safe names, and which of them no disk keeps apart; nothing is renamed by itself.

    Names that differ by letter case, or by full and half width, are one: disks of Windows and
    macOS, or readers, take them for the same. ``taken`` are names that other files have.

    >>> unique_names(["甲/乙", "甲_乙", "ＡＢ", "ab", "丙"])
    Names(names=('甲_乙', '甲_乙', 'ＡＢ', 'ab', '丙'), clashes=((0, 1), (2, 3)))
    >>> unique_names(["汇总表"], taken=["汇总表"]).clashes
    ((0,),)
    """
    names = tuple(map(safe_name, wanted))
    known = {_key(name) for name in taken}
    groups: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        groups.setdefault(_key(name), []).append(position)
    clashes = (tuple(group) for key, group in groups.items() if len(group) > 1 or key in known)
    return Names(names, tuple(clashes))


def _key(name: str) -> str:
    """What two names must differ in."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)
