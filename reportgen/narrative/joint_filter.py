"""The filter 分别: several changes in one sentence, as long as they go the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportgen.language import Number, Unknown
from reportgen.language.environment import explain
from reportgen.language.marks import quoted
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
    places: int | None = None,
) -> str:
    """分别: 甲、乙分别减少2元、3元，丙增加1元; ``called`` names all where they go one way."""
    if isinstance(items, Unknown):
        return explain(scope.context, items)
    changes = [
        (named(item), comparison(scope, item, base, unit, form, places))
        for item in scope.items(items)
    ]
    for _, change in changes:
        if isinstance(change, Comparison):
            note_change(change)
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
    adverb, pattern = _spoken(changes, words)
    columns = _columns(pattern, changes)
    alike = _are_alike(columns)
    if not alike and words.unit_last:
        columns = {slot: _bare(row, changes[0].style.unit) for slot, row in columns.items()}
    texts = {slot: _side_by_side(slot, row, words, alike) for slot, row in columns.items()}
    text = adverb + phrases.fill(pattern, {**changes[0].slots, **texts})
    figures = tuple(figure for change in changes for figure in (change.this, change.base))
    numbers = tuple(number for row in columns.values() for number in row)
    return names + scope.cite(text, figures, f"分别（{changes[0].name}）", *numbers)


def _spoken(changes: list[Comparison], words: JointWords) -> tuple[str, str]:
    """The adverb and the pattern for changes that are said in one breath."""
    pattern = changes[0].pattern
    if len(changes) == 1:
        return "", pattern
    alike = _are_alike(_columns(pattern, changes))
    own = words.alike_sentence if alike else words.sentence
    if own and pattern == changes[0].words.sentence:
        return "", own
    if alike:
        return (words.level if changes[0].compared.case in _LEVEL else words.alike), pattern
    return words.apart, pattern


def _are_alike(columns: Mapping[str, list[Number]]) -> bool:
    """Whether all changes print the same numbers."""
    return all(len({number.text for number in row}) == 1 for row in columns.values())


def _columns(pattern: str, changes: list[Comparison]) -> dict[str, list[Number]]:
    """The numbers that a pattern asks for, by slot in its order, one of each change."""
    found = [change.numbers() for change in changes]
    return {
        slot: [each[slot] for each in found] for slot in phrases.slots(pattern) if slot in found[0]
    }


def _side_by_side(slot: str, numbers: list[Number], words: JointWords, alike: bool) -> str:
    """The numbers of a slot as they are printed; those that are alike once."""
    mark = words.rates if slot == "率" else words.amounts
    return numbers[0].text if alike else mark.join(number.text for number in numbers)


def _bare(numbers: list[Number], unit: str) -> list[Number]:
    """Amounts that have their unit after the last alone; a rate keeps its %."""
    bare = [number._replace(text=number.text.removesuffix(unit)) for number in numbers[:-1]]
    return [*bare, numbers[-1]]
