"""Reasons as users wrote them: a text that knows its row and what it speaks of."""

from __future__ import annotations

from typing import Any, Self

from reportgen.findings import Place


class Reason(str):
    """The reason of a change; ``place`` is its cell in 原因.xlsx.

    A figure that is asked for it fills in itself and the base it is compared with.
    """

    __slots__ = ("base", "figure", "place")
    place: Place | None
    figure: Any
    base: str

    def __new__(
        cls, text: str, place: Place | None = None, figure: Any = None, base: str = ""
    ) -> Self:
        """Make a reason of a text."""
        reason = super().__new__(cls, text)
        reason.place, reason.figure, reason.base = place, figure, base
        return reason
