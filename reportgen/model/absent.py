"""What is known to be missing: a figure that is absent, a text that is not yet written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.errors import BareFigureError
from reportgen.findings import Findings, Place

if TYPE_CHECKING:
    from reportgen.model.reason import Reason

NEW_UNIT = "新设单位，无上年数"
NOT_APPLICABLE = "不适用"
UNREAD = "没有读到这张表"
NO_COLUMN = "表中没有这一栏"
NOT_GIVEN = "“本年数”里没有写"
NO_TABLE = "模板没有这张表"
DROPPED = "模板去掉了这一栏"


@dataclass(frozen=True, slots=True, eq=False)
class Absent:
    """A figure known to be missing, with the reason; it is never 0."""

    name: str
    reason: str = "未提供"

    def lookup(self, name: str) -> object:
        """What a template reaches through ``.name``: whatever belongs to nothing is absent."""
        if name == "名称":
            return self.name
        if name == "用途" or name.endswith("原因"):
            code = "N106" if name == "用途" else "N101"
            return Blank(f"{self.name}的{name}", "" if self.reason == UNREAD else code)
        return Absent(f"{self.name}的{name}", self.reason)

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def _absent(self, _other: object) -> Absent:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = _absent
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _absent

    def __neg__(self) -> Absent:
        return self

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        raise BareFigureError(self.name)

    def __format__(self, spec: str) -> str:
        raise BareFigureError(self.name)


@dataclass(frozen=True, slots=True)
class Blank:
    """A text that the user has yet to write; a page shows 【待填写：…】.

    ``code`` is the finding it makes, or '' where its cause is a finding already; ``asked``
    is the reason it stands for, where it stands for one. ``place`` is the cell that waits
    for it, where that is known.
    """

    prompt: str
    code: str = "N101"
    hint: str = "请补填。"
    asked: Reason | None = None
    place: Place | None = None

    def report(self, findings: Findings, place: Place) -> None:
        """Record what is missing at its cell, or at ``place``, the page that asks for it."""
        if self.code:
            message = f"还没有填写{self.prompt}。"
            findings.error(self.code, self.place or place, message, self.hint)

    def lookup(self, _name: str) -> Blank:
        """Whatever belongs to an unwritten text is unwritten too."""
        return self

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"【待填写：{self.prompt}】"
