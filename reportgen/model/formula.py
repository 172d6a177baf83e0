"""The formula behind a figure: in the vocabulary's names, and in cells.

Both are bounded: a sum of hundreds of cells is written as ranges, what is still too long
ends in ``…``, and a figure added to itself again and again costs no more than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.findings import Place
from reportgen.model.addresses import ranges
from reportgen.model.figure import Figure

LONGEST = 2000
"""Characters of one formula; a reader follows no longer one."""
_TERMS, _DEPTH, _LISTED, _FEW = 20_000, 50, 40, 3
_MORE = "…"
_REST = Figure(_MORE, Decimal(0))
_ATOM, _PRODUCT, _SUM = 3, 2, 1


@dataclass
class _Writer:
    """One way to write a formula; ``budget`` is how many terms it may still look at."""

    is_leaf: Callable[[Figure], bool]
    leaf: Callable[[Figure], tuple[str, int]]
    added: Callable[[Sequence[Figure]], Iterable[str]]
    budget: int = _TERMS

    def write(self, figure: Figure, depth: int = 0) -> tuple[str, int]:
        """The formula, and how tightly its outermost operation binds."""
        origin = figure.origin
        if origin is None or self.is_leaf(figure):
            return self.leaf(figure)
        if depth > _DEPTH or self.budget <= 0:
            return _MORE, _ATOM
        if origin.sign in "+-":
            return self._sum(figure, depth)
        self.budget -= 1
        left = self._within(origin.left, _PRODUCT, depth)
        right = self._within(origin.right, _ATOM, depth)
        return f"{left} {origin.sign} {right}", _PRODUCT

    def _within(self, figure: Figure, least: int, depth: int) -> str:
        """The formula in brackets where it binds less than ``least``."""
        text, binding = self.write(figure, depth + 1)
        return text if binding >= least else f"({text})"

    def _sum(self, figure: Figure, depth: int) -> tuple[str, int]:
        pieces: list[str] = []
        run: list[Figure] = []
        for sign, term in self._terms(figure):
            if sign == "+" and (term.origin is None or self.is_leaf(term)):
                run.append(term)
                continue
            for text in self.added(run):
                pieces += ("+", text)
            run.clear()
            pieces += (sign, self._within(term, _PRODUCT, depth))
        for text in self.added(run):
            pieces += ("+", text)
        return " ".join(pieces[1:]), _SUM if len(pieces) > 2 else _ATOM

    def _terms(self, figure: Figure) -> Iterator[tuple[str, Figure]]:
        """What is added and subtracted, from left to right."""
        waiting = [("+", figure)]
        while waiting:
            sign, item = waiting.pop()
            origin = item.origin
            if self.budget <= 0:
                yield "+", _REST
                return
            self.budget -= 1
            if origin is None or origin.sign not in "+-" or sign == "-" or self.is_leaf(item):
                yield sign, item
            else:
                waiting += [(origin.sign, origin.right), ("+", origin.left)]


def names(figure: Figure) -> str:
    """The formula in names; each derived figure in it is defined on a line of its own.

    >>> from decimal import Decimal as D
    >>> old = Figure("收入总计的上年数", D(8))
    >>> new = Figure("收入总计", D(6), key="收入总计", formula="表01.行[31]").related(上年=old)
    >>> print(names((old - new) / old))
    (收入总计.上年 - 收入总计) / 收入总计.上年
    收入总计＝表01.行[31]
    >>> print(names(new))
    收入总计＝表01.行[31]
    """
    if figure.origin is None or _is_named(figure):
        return _cut(f"{figure.key}＝{figure.formula}" if _is_derived(figure) else _label(figure))
    leaves = list(_leaves(figure))
    related = _related(leaves)

    def label(leaf: Figure) -> str:
        return related.get(id(leaf)) or _label(leaf)

    writer = _Writer(
        _is_named,
        lambda leaf: (label(leaf), _ATOM),
        lambda terms: _shortened([label(term) for term in terms]),
    )
    written, _ = writer.write(figure)
    defined = {
        leaf.key: f"{leaf.key}＝{leaf.formula}"
        for leaf in leaves
        if _is_derived(leaf) and id(leaf) not in related
    }
    if list(defined) == [written]:
        return _cut(defined[written])
    return _cut("\n".join([written, *defined.values()]))


def cells(figure: Figure) -> str:
    """The formula in cells; '' where no cell stands behind the figure.

    A cell that is stated in another unit is multiplied: it can be computed again as it stands.

    >>> from decimal import Decimal as D
    >>> from reportgen.findings import Place
    >>> place = [Place.cell("表.xlsx", "1", f"C{n}") for n in range(4)]
    >>> a, b, c = (Figure("", D(n), places=(place[n],)) for n in (1, 2, 3))
    >>> cells(a), cells(c - (a + b))
    ('表.xlsx[1]!C1', '表.xlsx[1]!C3 - (表.xlsx[1]!C1 + 表.xlsx[1]!C2)')
    >>> cells((b - a) / b)
    '(表.xlsx[1]!C2 - 表.xlsx[1]!C1) / 表.xlsx[1]!C2'
    >>> cells((a + b + c) * 2), cells(-a), cells(Figure("个数", D(16)))
    ('求和(表.xlsx[1]!C1:C3) * 2', '0 - 表.xlsx[1]!C1', '')
    """
    if not figure.places:
        return ""
    if figure.origin is None:
        return _cut(_cell(figure)[0])
    writer = _Writer(lambda item: item.origin is None, _cell, _added_cells)
    return _cut(writer.write(figure)[0])


def labels(figures: Sequence[Figure]) -> str:
    """The names of figures that are only looked at: 收入总计、收入总计.上年."""
    related = _related(figures)
    named = (related.get(id(figure)) or _label(figure) for figure in figures)
    return _cut("、".join(dict.fromkeys(named)))


def _leaves(figure: Figure) -> Iterator[Figure]:
    """The named figures a formula is written with, each once; no more than the budget."""
    waiting, seen = [figure], {id(figure)}
    while waiting and len(seen) <= _TERMS:
        item = waiting.pop()
        if item.origin is None or _is_named(item):
            yield item
            continue
        for part in (item.origin.right, item.origin.left):
            if id(part) not in seen:
                seen.add(id(part))
                waiting.append(part)


def _related(leaves: Sequence[Figure]) -> Mapping[int, str]:
    """收入总计.上年: the figures that another one of the formula is compared with."""
    return {
        id(other): f"{_label(leaf)}.{relation}"
        for leaf in leaves
        for relation, other in leaf.relations.items()
    }


def _is_named(figure: Figure) -> bool:
    """Whether a computed figure has a name of its own: one of rules.yaml, or …之和."""
    return figure.name != figure.formula


def _is_derived(figure: Figure) -> bool:
    if not figure.key or not figure.formula:
        return False
    return not figure.places or figure.formula != str(figure.places[0])


def _label(figure: Figure) -> str:
    """收入总计 for a name of rules.yaml, 社会保障和就业支出（表05/208） for what was read."""
    if _is_derived(figure):
        return figure.key
    if figure.key and figure.key != figure.name:
        return f"{figure.name}（{figure.key}）"
    name = figure.name
    written = not name or (name[-1].isdigit() and name == str(figure.value))
    return _literal(figure) if written else name  # a number in an expression has no name


def _literal(figure: Figure) -> str:
    text = _MORE if figure is _REST else f"{figure.value.normalize():f}"
    return f"({text})" if text.startswith("-") else text


def _cell(figure: Figure) -> tuple[str, int]:
    places = figure.places
    if len(places) != 1:
        return _scaled(_listed(places) or _literal(figure), figure)
    if not places[0].address and not figure.value:
        return f"0（{places[0]}里没有）", _ATOM
    return _scaled(str(places[0]), figure)


def _listed(places: Sequence[Place]) -> str:
    """Cells one after another; file and sheet stand before the first of each sheet.

    >>> _listed([Place.cell("表.xlsx", "1", a) for a in ("C1", "D1")] + [Place("文字.md")])
    '表.xlsx[1]!C1、D1、文字.md'
    """
    told: list[str] = []
    file, sheet = "", ""
    for place in places:
        known = place.sheet == sheet and place.file == file and place.address
        told.append(known or str(place))
        file, sheet = place.file, place.sheet
    return "、".join(told)


def _scaled(text: str, figure: Figure) -> tuple[str, int]:
    """The text times the unit in which the cell states its number."""
    if figure.scale == 1:
        return text, _ATOM
    return f"{text} * {figure.scale.normalize():f}", _PRODUCT


def _added_cells(terms: Sequence[Figure]) -> Sequence[str]:
    """Cells of one sheet that are added up; more than two as 求和 with ranges."""
    told: list[str] = []
    run: list[Figure] = []
    for term in terms:
        if run and not _on_one_sheet(run[-1], term):
            told += _added_run(run)
            run = []
        run.append(term)
    return told + _added_run(run)


def _added_run(run: Sequence[Figure]) -> list[str]:
    """Terms of one sheet, or a single one."""
    place = run[0].places[0] if len(run) >= _FEW and len(run[0].places) == 1 else None
    if place is None or not place.address:
        return [_cell(term)[0] for term in run]
    listed = ranges([term.places[0].address for term in run])
    shown = ", ".join(_limited(listed, len(run), "格"))
    whole = Place(place.file, sheet=place.sheet, address=shown)
    return [_scaled(f"求和({whole})", run[0])[0]]


def _on_one_sheet(left: Figure, right: Figure) -> bool:
    """Whether two terms are cells that can be added up in one 求和."""
    if len(left.places) != 1 or len(right.places) != 1:
        return False
    one, two = left.places[0], right.places[0]
    return one.sheet == two.sheet and one.file == two.file and left.scale == right.scale


def _shortened(labels: Sequence[str]) -> Sequence[str]:
    return _limited(labels, len(labels), "项")


def _limited(items: Sequence[str], count: int, word: str) -> Sequence[str]:
    """The first items, and how many there are where that is too many to list."""
    if len(items) <= _LISTED:
        return items
    return [*items[:_LISTED], f"{_MORE}共{count}{word}"]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + _MORE
