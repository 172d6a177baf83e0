"""Which cell is most likely wrong: the one whose correction settles most and breaks nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportgen.findings import Place
from reportgen.model import Figure
from reportgen.model.rounding import CONTEXT
from reportgen.rules.likeness import Likeness, likeness
from reportgen.rules.outcome import Outcome
from reportgen.rules.terms import leaves, terms

_MOST_NAMED = 5  # more cells that are as likely as each other help nobody
_MOST_CONNECTED = 60  # failures that hang together: more are no slip, but a wrong unit or year
_FEWEST_DIGITS = 3  # of a number that is not the same as another by chance
_NEAR, _FAR = 3, 1  # how much it says that the right value stands in the same row, or elsewhere
_SURPLUS = 2  # how much it says that a sum is off by just what stands in a cell
_TELLING = 2  # a likeness that may point at a cell where one failure is all there is
_BOUNDS = {"<=": 1, ">=": -1}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell, what stands in it, what would be right, and which outcomes that settles."""

    place: Place
    figure: Figure
    right: Decimal
    likeness: Likeness
    settled: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Equation:
    """An outcome as cells: their sum is ``residual`` off; up to ``slack`` is rounding."""

    number: int
    terms: Mapping[Place, Decimal]
    residual: Decimal
    slack: Decimal
    bound: int = 0  # 0 for ==, 1 for <=, -1 for >=

    def holds(self, change: Decimal = Decimal(0)) -> bool:
        """Whether it holds when the residual is less by ``change``."""
        left = self.residual - change
        return (left * self.bound if self.bound else abs(left)) <= self.slack


def suspects(outcomes: Sequence[Outcome]) -> dict[int, list[Suspect]]:
    """For the outcomes that fail (by their position), the cells most likely wrong.

    One cell at a time is looked for: it must put right what fails with one and the same
    amount, and nothing that holds may break. Of equally good ones those come first whose
    right value looks like a slip; where too many are left, none is named.
    """
    doubted = {place for outcome in outcomes if not outcome.holds for place in _places(outcome)}
    if not doubted:
        return {}
    known: dict[Place, Figure] = {}
    concerned = [n for n, o in enumerate(outcomes) if not doubted.isdisjoint(_places(o))]
    equations = list(_equations(outcomes, concerned, known))
    search = _Search(equations, known)
    found: dict[int, list[Suspect]] = {}
    for component in _components([e for e in equations if not e.holds()]):
        failing = set(component) if len(component) <= _MOST_CONNECTED else set()
        while failing:
            group, settled = search.best(failing)
            found.update({number: group for number in settled if group})
            failing -= settled or failing
    return found


def _components(equations: Sequence[_Equation]) -> Iterator[list[int]]:
    """The numbers of equations that hang together by their cells."""
    of_cell: defaultdict[Place, list[_Equation]] = defaultdict(list)
    for equation in equations:
        for place in equation.terms:
            of_cell[place].append(equation)
    seen: set[int] = set()
    for equation in equations:
        found, stack = [], [equation]
        while stack:
            item = stack.pop()
            if item.number not in seen:
                seen.add(item.number)
                found.append(item.number)
                stack += [other for place in item.terms for other in of_cell.pop(place, ())]
        if found:
            yield sorted(found)


def _places(outcome: Outcome) -> tuple[Place, ...]:
    return outcome.left.places + outcome.right.places


def _equations(
    outcomes: Sequence[Outcome], numbers: Iterable[int], known: dict[Place, Figure]
) -> Iterator[_Equation]:
    """The comparisons that are linear in cells; the cells are collected in ``known``."""
    for number in numbers:
        outcome = outcomes[number]
        if outcome.sign != "==" and outcome.sign not in _BOUNDS:
            continue
        left, right = terms(outcome.left), terms(outcome.right)
        if left is None or right is None:
            continue
        sides = defaultdict(Decimal, left)
        for place, count in right.items():
            sides[place] -= count
        known.update(leaves(outcome.left))
        known.update(leaves(outcome.right))
        yield _Equation(
            number,
            {place: count for place, count in sides.items() if count},
            outcome.left.value - outcome.right.value,
            outcome.left.slack + outcome.right.slack,
            _BOUNDS.get(outcome.sign, 0),
        )


class _Search:
    """Looks for the cell whose correction settles most."""

    def __init__(self, equations: Sequence[_Equation], known: Mapping[Place, Figure]) -> None:
        self._equations = {equation.number: equation for equation in equations}
        self._known = known
        self._of_cell: defaultdict[Place, list[_Equation]] = defaultdict(list)
        for equation in equations:
            for place in equation.terms:
                self._of_cell[place].append(equation)
        self._same: defaultdict[Decimal, list[Figure]] = defaultdict(list)
        for figure in known.values():
            self._same[figure.value].append(figure)

    def best(self, failing: set[int]) -> tuple[list[Suspect], frozenset[int]]:
        """The likeliest of those that settle most of what fails, and what that is.

        Where too many cells are as likely none is named; nothing is settled where no cell
        can be it.
        """
        found = list(self._candidates(failing))
        if not found:
            return [], frozenset()
        most = max(len(suspect.settled) for suspect in found)
        found = [suspect for suspect in found if len(suspect.settled) == most]
        likeliest = max(suspect.likeness.weight for suspect in found)
        found = [suspect for suspect in found if suspect.likeness.weight == likeliest]
        settled = found[0].settled
        if len(settled) == 1 and likeliest < _TELLING:
            return [], settled
        same = [suspect for suspect in found if suspect.settled == settled]
        return (same if len(same) <= _MOST_NAMED else []), settled

    def _candidates(self, failing: set[int]) -> Iterator[Suspect]:
        for place in dict.fromkeys(p for n in sorted(failing) for p in self._equations[n].terms):
            own = self._of_cell[place]
            changes = {
                CONTEXT.divide(equation.residual, equation.terms[place])
                for equation in own
                if equation.number in failing
            }
            for change in sorted(changes):
                settled = self._settled(place, change, failing)
                if settled and not self._is_plain(settled):
                    yield self._suspect(place, change, settled)

    def _is_plain(self, settled: frozenset[int]) -> bool:
        """Whether this is one comparison of two cells, which shows both, or bounds alone."""
        equations = [self._equations[number] for number in settled]
        alone = len(equations) == 1 and len(equations[0].terms) < 3
        return alone or all(equation.bound for equation in equations)

    def _settled(self, place: Place, change: Decimal, failing: set[int]) -> frozenset[int]:
        """What a correction settles; nothing where it breaks something that holds."""
        settled = set()
        for equation in self._of_cell[place]:
            after = equation.holds(change * equation.terms[place])
            if after and equation.number in failing:
                settled.add(equation.number)
            elif not after and equation.holds():
                return frozenset()
        return frozenset(settled)

    def _suspect(self, place: Place, change: Decimal, settled: frozenset[int]) -> Suspect:
        figure = self._known[place]
        right = figure.value - change
        slip = likeness(figure.value, right)
        twin = self._twin(figure, right)
        if twin is not None:
            weight = slip.weight + (_NEAR if _same_row(twin, figure) else _FAR)
            slip = Likeness(weight, f"改后与{_cell(twin, figure)}相同")
        elif not right and self._stand_without(place, settled):
            surplus = min(_SURPLUS, len(figure.value.normalize().as_tuple().digits))
            slip = Likeness(slip.weight + surplus, slip.words)
        return Suspect(place, figure, right, slip, settled)

    def _stand_without(self, place: Place, settled: frozenset[int]) -> bool:
        """Whether what is settled still adds something up without this cell.

        A total whose parts nobody filled in, or a part whose total nobody did, is no number
        too many.
        """
        cells = {cell for number in settled for cell in self._equations[number].terms}
        return any(self._known[cell] for cell in cells - {place})

    def _twin(self, figure: Figure, right: Decimal) -> Figure | None:
        """A cell that holds the right value already, one of the same row if there is one."""
        if len(right.normalize().as_tuple().digits) < _FEWEST_DIGITS:
            return None
        others = [other for other in self._same.get(right, ()) if other.places != figure.places]
        near = (other for other in others if _same_row(other, figure))
        return next(near, next(iter(others), None))


def _cell(figure: Figure, seen_from: Figure) -> str:
    """A cell's address, with its sheet where that is another."""
    place, here = figure.places[0], seen_from.places[0]
    if place.file != here.file:
        return str(place)
    return place.address if place.sheet == here.sheet else f"{place.sheet}!{place.address}"


def _same_row(one: Figure, other: Figure) -> bool:
    return bool(_row(one)) and _row(one) == _row(other)


def _row(figure: Figure) -> str:
    """The code or line number in a figure's key: 表05/2080101/小计 is of row 2080101."""
    return figure.key.partition("/")[2].partition("/")[0]
