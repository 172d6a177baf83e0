"""How much a template may do: a stranger's template must not run for ever or fill the memory.

Everything repeated costs steps, every text made or printed costs characters, and both are
looked at together with the clock. What can't be bounded afterwards (``9**9**9``, ``'a'*10**9``)
is measured before it is done. Outside ``@limited()`` only these single bounds hold.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable
from contextlib import ContextDecorator
from itertools import islice
from time import monotonic
from typing import Any, Never

from reportgen.errors import LimitError

STEPS = 1_000_000
"""Loop rounds, macro calls and list items; a list of 10,000 projects needs some 200,000."""
CHARACTERS = 64_000_000
"""Text made and printed, markup included: some 5,000 pages of a document.xml."""
SECONDS = 10
"""For one document; the longest known takes less than one second."""
RANGE = 100_000
"""Items of one range(), as Jinja's own sandbox has it."""
BITS = 4096
"""Length of a whole number: 1,200 digits, fewer than Python refuses to print."""
CALL = 10
"""Steps of one call: it takes as long as that many rounds of a loop."""
FORMULA = 10_000
"""Length of a figure's formula; it grows with every sum and doubles in ``甲 + 甲``."""
SHORT = 64
"""Texts up to this length are paid for by the tag that prints them, not one by one."""

_STEPS_TEXT = f"循环或列表超过 {STEPS:,} 项"
_CHARACTERS_TEXT = f"文字超过 {CHARACTERS:,} 个字符"


class _Left:
    """What the document being rendered may still spend."""

    __slots__ = ("characters", "deadline", "steps")

    def __init__(self, steps: int, characters: int, deadline: Any) -> None:
        self.steps, self.characters, self.deadline = steps, characters, deadline


class _Thread(threading.local):
    """Every thread renders a document of its own."""

    def __init__(self) -> None:
        self.left = _Left(sys.maxsize, sys.maxsize, sys.maxsize)


_THREAD = _Thread()


class limited(ContextDecorator):  # noqa: N801 - reads as a statement: @limited()
    """One document's allowance; an outer one goes on after it."""

    def _recreate_cm(self) -> limited:
        return limited()

    def __enter__(self) -> None:
        self._outer = _THREAD.left
        _THREAD.left = _Left(STEPS, CHARACTERS, monotonic() + SECONDS)

    def __exit__(self, *_error: object) -> None:
        _THREAD.left = self._outer


def tick(characters: int = 0, steps: int = 1) -> None:
    """Pay for a round of a loop, a call or a block with the text that stands in it."""
    left = _THREAD.left
    left.steps -= steps
    left.characters -= characters
    if left.steps < 0 or left.characters < 0 or monotonic() > left.deadline:
        _stop(left)


def spend(characters: int) -> None:
    """Pay for a text; the clock is left to ``tick``."""
    left = _THREAD.left
    left.characters -= characters
    if left.characters < 0:
        _stop(left)


def _stop(left: _Left) -> Never:
    if left.steps < 0:
        raise LimitError(_STEPS_TEXT)
    if left.characters < 0:
        raise LimitError(_CHARACTERS_TEXT)
    raise LimitError(f"运行超过 {SECONDS} 秒")


def made(value: Any) -> Any:
    """Pay for a text or list that an operator or a filter has made, and hand it on."""
    kind = type(value)
    if kind is str:
        if len(value) > SHORT:
            spend(len(value))
    elif kind in (list, tuple, dict):
        _weigh(value)
    return value


def _weigh(value: Any) -> None:
    """Pay for all that a list holds; what stands in it twice is printed twice."""
    allowed = min(_THREAD.left.steps, STEPS)
    steps = characters = 0
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            characters += len(item)
        elif isinstance(item, list | tuple | dict):
            steps += len(item)
            if steps > allowed:
                raise LimitError(_STEPS_TEXT)
            stack.extend(item)
            stack.extend(item.values() if isinstance(item, dict) else ())
    tick(characters, steps)


def bounded_range(*bounds: int) -> range:
    """The range of a template, no longer than Jinja's own sandbox lets it be."""
    found = range(*bounds)
    try:
        length = len(found)
    except OverflowError:
        length = sys.maxsize
    if length > RANGE:
        raise LimitError(f"range 超过 {RANGE:,} 项")
    return found


def bounded_list(value: Iterable[Any]) -> list[Any]:
    """A list of what ``value`` yields; LimitError before it gets too long."""
    found = list(islice(value, STEPS + 1))
    if len(found) > STEPS:
        raise LimitError(_STEPS_TEXT)
    return found


def check_product(left: Any, right: Any) -> None:
    """LimitError where a text, list or number times a number would be too big."""
    if isinstance(left, int):
        left, right = right, left
    if not isinstance(right, int):
        return
    if isinstance(left, int):
        _check_bits(left.bit_length() + right.bit_length())
    elif isinstance(left, str):
        if len(left) * right > min(CHARACTERS, _THREAD.left.characters):
            raise LimitError(_CHARACTERS_TEXT)
    elif isinstance(left, list | tuple) and len(left) * right > min(STEPS, _THREAD.left.steps):
        raise LimitError(_STEPS_TEXT)


def check_formula(name: str) -> None:
    """LimitError where a figure was added to itself again and again."""
    if len(name) > FORMULA:
        raise LimitError(f"一个数字的式子超过 {FORMULA:,} 个字符")


def check_power(base: Any, exponent: Any) -> None:
    """LimitError where a power has too many digits."""
    if isinstance(base, int) and isinstance(exponent, int) and exponent > 0:
        _check_bits(base.bit_length() * exponent)


def _check_bits(bits: int) -> None:
    if bits > BITS:
        raise LimitError(f"整数超过 {BITS} 位（二进制）")
