"""A figure beside its base: the words that apply, what they are filled with, the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from reportgen.language import Number
from reportgen.model import NEW_UNIT, Absent, Figure, Row, half_up
from reportgen.narrative import exact, phrases
from reportgen.narrative.change_words import ChangeForms, ChangeWords
from reportgen.narrative.numerals import percent
from reportgen.narrative.scope import Scope
from reportgen.narrative.wording import AmountStyle


@dataclass(frozen=True)
class Comparison:
    """A figure and its base, as this document words them; ``name`` is what the base is called."""

    scope: Scope
    this: Figure
    base: Figure
    name: str
    words: ChangeWords
    style: AmountStyle

    @cached_property
    def compared(self) -> phrases.Compared:
        """The change as printed."""
        return phrases.compare(self.this, self.base, self.scope.wording, self.style)

    @property
    def pattern(self) -> str:
        """What is said of this change, with slots."""
        return phrases.change_pattern(self.compared.case, self.words)

    def numbers(self, *, trim: bool | None = None) -> Mapping[str, Number]:
        """The numbers of the change by their slots; ``trim`` drops the zeros of the rate."""
        wording = self.scope.wording
        drop = wording.percent.trim_change if trim is None else trim
        return exact.change(self.this, self.base, self.compared, wording, self.style, trim=drop)

    @cached_property
    def slots(self) -> dict[str, str]:
        """The words of the change by their slots."""
        words = phrases.change_words(self.compared, self.words)
        return {**self.scope.slots, **words, "对比": self.name}


def comparison(
    scope: Scope,
    value: Any,
    base: Any,
    unit: str = "",
    form: str = "",
    places: int | None = None,
) -> Comparison | str:
    """Compare a figure with its base, or say what stands on the page instead.

    Percentages have ``places`` decimals, else those that the words ask for.
    """
    figure = scope.figure(value)
    if isinstance(figure, str):
        return figure
    before, name, words = _base(scope, figure, base, form)
    if isinstance(before, Absent) and before.reason == NEW_UNIT:
        return phrases.fill(words.new_unit, {**scope.slots, "对比": name})
    before = scope.figure(before)
    if isinstance(before, str):
        return before
    if before.kind is not figure.kind:
        message = f"“{figure.name}”和“{before.name}”不是一类数，不能相比。"
        return scope.refuse(message, figure.name)
    scope = scope.rounded(words.decimals if places is None else places)
    return Comparison(scope, figure, before, name, words, scope.style(figure, unit))


def known_comparison(
    scope: Scope, value: Any, base: Any, unit: str = "", form: str = ""
) -> Comparison | None:
    """The same, or nothing where a figure is missing; that is said where it is printed."""
    figure = value.first if isinstance(value, Row) else value
    if not isinstance(figure, Figure):
        return None
    before, name, words = _base(scope, figure, base, form)
    if not isinstance(before, Figure) or before.kind is not figure.kind:
        return None
    scope = scope.rounded(words.decimals)
    return Comparison(scope, figure, before, name, words, scope.style(figure, unit))


def _base(scope: Scope, figure: Figure, base: Any, form: str) -> tuple[Any, str, ChangeForms]:
    """The base of a figure, its name, and the words for changes against it.

    A new unit had 0 last year where the words speak of that.
    """
    words = scope.wording.change
    words = words.form(scope.form(words.others, base, form))
    before, name = scope.base(figure, base)
    new_unit = isinstance(before, Absent) and before.reason == NEW_UNIT
    if new_unit and words.counts_new_units:
        shown = f"{figure.name}.上年（新设单位，按0）"
        before = Figure(shown, Decimal(0), figure.kind)
        words = words.model_copy(update={"base_zero": words.new_unit})
    return before.first if isinstance(before, Row) else before, name, words


def note_change(found: Comparison) -> None:
    """Record what a reader of a change ought to know: no rate, or another on exact figures."""
    scope, figure, compared = found.scope, found.this, found.compared
    places = scope.wording.percent.decimals
    if compared.case is phrases.Change.BASE_NEGATIVE:
        scope.note("N104", f"“{figure.name}”的对比数为负，不计算百分比。")
    elif compared.case is phrases.Change.CHANGED and (
        half_up(compared.rate * 100, places) != half_up(compared.exact_rate * 100, places)
    ):
        shown, true = percent(compared.rate, places), percent(compared.exact_rate, places)
        message = f"“{figure.name}”增减的百分比按印出数为{shown}，按精确数为{true}。"
        scope.note("N103", message)
