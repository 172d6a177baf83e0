"""What a bundle says of a sheet of 补充数据.xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """A sheet of the supplement as the bundle describes it (名值 or 列表).

    ``forms`` are the titles of the platform's forms that hold its names as well, ``aliases``
    what the names are called there.
    """

    layout: str
    columns: Mapping[str, str]
    forms: tuple[str, ...] = ()
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
