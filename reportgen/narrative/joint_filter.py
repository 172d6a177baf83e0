"""The filter 分别: several changes in one sentence, as long as they go the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from reportgen.language import Number, Unknown
from reportgen.language.environment import explain
from reportgen.language.marks import quoted
from reportgen.model import Figure
from reportgen.narrative import phrases
from reportgen.narrative.change_words import JointWords
from reportgen.narrative.comparison import Comparison, comparison, note_change
from reportgen.narrative.list_filters import named
from reportgen.narrative.phrases import Change
from reportgen.narrative.scope import Scope, with_scope

_LEVEL = (Change.EQUAL, Change.EQUAL_AS_PRINTED, Change.BOTH_ZERO)
_Changes = list[tuple[str, Comparison | str]]


@with_scope
def together(
    scope: Scope,
    items: Iterable[Any],
    base: Any = "上年",
    unit: str = "",
    form: str = "",
    called: str = "",
) -> str:
    """分别: 甲、乙分别减少2元、3元，丙增加1元; ``called`` names all where they go one way."""
    if isinstance(items, Unknown):
        return explain(scope.context, items)
    changes = [
        (named(item), comparison(scope, item, base, unit, form)) for item in scope.items(items)
    ]
    for _, change in changes:
        if isinstance(change, Comparison):
            note_change(scope, change.this, change.compared)
    if not changes:
        return ""
    groups = list(_groups(changes))
    names = called if len(groups) == 1 else ""
    words = next((c.words for _, c in changes if isinstance(c, Comparison)), scope.wording.change)
    return words.joint.groups.join(_worded(scope, group, names) for group in groups)


def _groups(changes: _Changes) -> Iterator[_Changes]:
    """The changes that are said in one breath, in the order of the first of each."""
    found: dict[tuple[object, ...], _Changes] = {}
    for name, change in changes:
        key: tuple[object, ...] = (change,)
        if isinstance(change, Comparison):
            key = (change.pattern, change.compared.sign)
        found.setdefault(key, []).append((name, change))
    yield from found.values()


def _worded(scope: Scope, group: _Changes, called: str) -> str:
    """One group: its names, and what is said of all of them."""
    names = called or scope.wording.list_separator.join(quoted(name) for name, _ in group)
    changes = [change for _, change in group if isinstance(change, Comparison)]
    words = (changes[0].words if changes else scope.wording.change).joint
    if not changes:  # a text stands for each of them
        return f"{names}{words.level if len(group) > 1 else ''}{group[0][1]}"
    numbers = [change.numbers() for change in changes]
    alike = all(_texts(other) == _texts(numbers[0]) for other in numbers)
    if alike or changes[0].compared.case in _LEVEL:
        adverb = words.level if changes[0].compared.case in _LEVEL else words.alike
        columns = {slot: [number] for slot, number in numbers[0].items()}
        pattern = changes[0].pattern
    else:
        adverb, pattern = words.apart, changes[0].pattern
        columns = {slot: [each[slot] for each in numbers] for slot in numbers[0]}
        if words.sentence and pattern == changes[0].words.sentence:
            adverb, pattern = "", words.sentence
    adverb = adverb if len(group) > 1 else ""
    figures = tuple(figure for change in changes for figure in (change.this, change.base))
    return names + _cited(scope, adverb + pattern, columns, changes[0], figures)


def _texts(numbers: Any) -> list[str]:
    """What a change would print: two that print alike are said once."""
    return [numbers[slot].text for slot in ("额", "率")]


def _cited(
    scope: Scope,
    pattern: str,
    columns: dict[str, list[Number]],
    first: Comparison,
    figures: tuple[Figure, ...],
) -> str:
    """The pattern with each slot's numbers side by side, and all of them cited."""
    words = first.words.joint
    printed = {slot: _listed(slot, row, words, first.style.unit) for slot, row in columns.items()}
    marks = {"率": words.rates}
    texts = {
        slot: marks.get(slot, words.amounts).join(number.text for number in row)
        for slot, row in printed.items()
    }
    text = phrases.fill(pattern, {**first.slots, **texts})
    asked = [slot for slot in phrases.slots(pattern) if slot in printed]
    cited = tuple(number for slot in asked for number in printed[slot])
    return scope.cite(text, figures, f"分别（{first.name}）", *cited)


def _listed(slot: str, numbers: list[Number], words: JointWords, unit: str) -> list[Number]:
    """The numbers of a slot; amounts may have their unit after the last alone."""
    if slot == "率" or not words.unit_last:
        return numbers
    bare = [replace(number, text=number.text.removesuffix(unit)) for number in numbers[:-1]]
    return [*bare, numbers[-1]]
