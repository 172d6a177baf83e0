"""The cell most likely wrong: one that settles what fails and breaks nothing that holds."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from reportgen.findings import Place, Severity
from reportgen.model import Figure, Value, total
from reportgen.rules.outcome import Outcome
from reportgen.rules.suspects import Suspect, suspects
from reportgen.rules.terms import leaves, terms

RULE = Place.line("rules.yaml", 1)


def figure(address: str, value: str, slack: str = "0", key: str = "") -> Figure:
    place = Place.cell("表.xlsx", "表", address)
    return Figure(address, Decimal(value), slack=Decimal(slack), places=(place,), key=key)


def added(*parts: Value) -> Figure:
    found = total(parts, "明细之和")
    assert isinstance(found, Figure)
    return found


def equal(left: Value, right: Value, sign: str = "==") -> Outcome:
    assert isinstance(left, Figure)
    assert isinstance(right, Figure)
    return Outcome("D1", "不等", Severity.ERROR, sign, left, right, RULE)


def named(found: list[Suspect]) -> list[tuple[str, str, str]]:
    return [(s.place.address, str(s.right), s.likeness.words) for s in found]


A, B, C = figure("A1", "100"), figure("A2", "20"), figure("A3", "3")


def test_terms_count_every_cell_with_its_sign() -> None:
    made = A - (B + B) + C * 3
    assert isinstance(made, Figure)
    assert terms(made) == {
        A.places[0]: Decimal(1),
        B.places[0]: Decimal(-2),
        C.places[0]: Decimal(3),
    }
    assert list(leaves(made)) == [A.places[0], B.places[0], C.places[0]]
    gone = A + B - A
    assert isinstance(gone, Figure)
    assert terms(gone) == {B.places[0]: Decimal(1)}


def test_products_of_cells_are_no_sums() -> None:
    for made in (A * B, A / B):
        assert isinstance(made, Figure)
        assert terms(made) is None


def test_the_cell_in_which_two_failing_sums_meet() -> None:
    """A table of 2 x 2 with totals; one cell inside is wrong by 9."""
    a, c, d = figure("B2", "5"), figure("B3", "7"), figure("C3", "8")
    wrong = figure("C2", "15")
    outcomes = [
        equal(figure("D2", "11"), added(a, wrong)),
        equal(figure("D3", "15"), added(c, d)),
        equal(figure("B4", "12"), added(a, c)),
        equal(figure("C4", "14"), added(wrong, d)),
    ]
    found = suspects(outcomes)
    assert sorted(found) == [0, 3]
    assert named(found[0]) == named(found[3]) == [("C2", "6", "")]


def test_a_total_that_is_wrong_everywhere() -> None:
    wrong = figure("D9", "1320")
    outcomes = [
        equal(wrong, added(A, B, C)),
        equal(figure("F1", "123"), wrong),
        equal(figure("F1", "123"), added(A, B, C)),
    ]
    assert named(suspects(outcomes)[0]) == [("D9", "123", "改后与F1相同")]


def test_of_equally_good_cells_a_slip_of_the_pen_is_named() -> None:
    parts = [figure("A1", "1890531"), figure("A2", "972048"), figure("A3", "100000")]
    stated = figure("A9", str(1890513 + 972048 + 100000))
    found = suspects([equal(stated, added(*parts))])
    assert named(found[0]) == [("A1", "1890513", "相邻两位数字颠倒")]


def test_a_sign() -> None:
    parts = [figure("A1", "-250.5"), figure("A2", "31")]
    found = suspects([equal(figure("A9", "281.5"), added(*parts))])
    assert named(found[0]) == [("A1", "250.5", "正负号相反")]


def test_a_point_in_the_wrong_place_is_no_swap() -> None:
    found = suspects(
        [equal(figure("A9", "12.3"), added(figure("A1", "9.00"), figure("A2", "11.4")))]
    )
    assert named(found[0]) == [("A1", "0.90", "小数点错位")]


def test_a_number_in_an_empty_cell_is_named_and_none_that_digits_fit_by_chance() -> None:
    """99 where nothing stood: 150 could be 51, but that is what chance does too."""
    parts = [figure("F19", "99"), figure("F26", "70"), figure("F27", "150")]
    found = suspects([equal(figure("F6", "220"), added(*parts))])
    assert named(found[0]) == [("F19", "0", "多填")]


def test_a_round_number_that_a_factor_of_ten_fits_is_as_likely_as_one_too_many() -> None:
    parts = [figure("F8", "10"), figure("F19", "9"), figure("F27", "215")]
    found = suspects([equal(figure("F6", "225"), added(*parts))])
    assert {place for place, _, _ in named(found[0])} == {"F8", "F19"}


def test_two_digits_that_could_change_places_are_no_evidence() -> None:
    parts = [figure("F20", "88"), figure("F26", "81"), figure("F27", "150")]
    assert suspects([equal(figure("F6", "220"), added(*parts))]) == {}


@pytest.mark.parametrize(("stated", "part"), [("220", "0"), ("0", "220")])
def test_a_total_without_parts_is_no_number_too_many(stated: str, part: str) -> None:
    parts = [figure("F7", part), figure("F8", "0"), figure("F9", "0")]
    found = suspects([equal(figure("F6", stated), added(*parts))])
    assert not any(suspect.likeness.words == "多填" for suspect in found.get(0, []))


def test_a_bound_that_fails_speaks_too() -> None:
    """06: 基本支出 may not be more than 金额; only one of the parts breaks that."""
    whole, wrong = figure("C7", "512.5"), figure("D7", "812.5")
    other_whole, other = figure("C8", "900"), figure("D8", "400")
    outcomes = [
        equal(wrong, whole, "<="),
        equal(other, other_whole, "<="),
        equal(figure("D6", "912.5"), added(wrong, other)),
    ]
    assert named(suspects(outcomes)[2]) == [("D7", "512.5", "改后与C7相同")]


def test_two_cells_alone_are_shown_by_the_finding_itself() -> None:
    assert suspects([equal(A, B)]) == {}


def test_nothing_is_named_where_too_many_cells_could_be_it() -> None:
    parts = [figure(f"A{n}", str(1000 + 111 * n)) for n in range(9)]
    stated = figure("B1", str(sum(part.value for part in parts) + 98765))
    assert suspects([equal(stated, added(*parts))]) == {}


def test_two_wrong_cells_are_found_one_after_the_other() -> None:
    x, y = figure("X1", "21"), figure("X2", "43")
    outcomes = [
        equal(figure("B1", "112"), added(A, x)),
        equal(figure("B2", "32"), added(B, x)),
        equal(figure("B3", "134"), added(A, y)),
        equal(figure("B4", "37"), added(C, y)),
    ]
    found = suspects(outcomes)
    assert named(found[0]) == [("X1", "12", "相邻两位数字颠倒")]
    assert named(found[2]) == [("X2", "34", "相邻两位数字颠倒")]


def test_one_sum_that_anybody_may_have_spoilt_does_not_hide_another() -> None:
    parts = [figure(f"A{n}", str(1000 + 111 * n)) for n in range(9)]
    dark = equal(figure("B1", str(sum(part.value for part in parts) + 98765)), added(*parts))
    x, y = figure("X1", "21"), figure("X2", "30")
    clear = equal(figure("Y1", "42"), added(x, y))
    for outcomes in ([dark, clear], [clear, dark]):
        found = suspects(outcomes)
        assert list(found) == [outcomes.index(clear)]
        assert ("X1", "12", "相邻两位数字颠倒") in named(found[outcomes.index(clear)])


def test_failures_that_have_nothing_to_do_with_each_other_are_looked_at_apart() -> None:
    """In linear time: a thousand sums of three cells each."""
    outcomes = [
        equal(figure(f"A{n}", "42"), added(figure(f"B{n}", "21"), figure(f"C{n}", "30")))
        for n in range(1000)
    ]
    start = time.process_time()
    assert len(suspects(outcomes)) == 1000
    assert time.process_time() - start < 2


def test_a_whole_table_that_fails_is_no_slip() -> None:
    total = figure("B1", "5")
    outcomes = [equal(total, added(figure(f"A{n}", "1"), figure(f"C{n}", "2"))) for n in range(99)]
    assert suspects(outcomes) == {}


def test_rounding_is_no_fault() -> None:
    """In 万元 a correction may leave 尾差, and what is within it does not break."""
    parts = [figure(f"A{n}", "100", slack="50") for n in range(4)]
    outcomes = [equal(figure("B1", "500", slack="50"), added(*parts))]
    assert outcomes[0].holds
    assert suspects(outcomes) == {}


def test_all_holds() -> None:
    assert suspects([equal(A, A), equal(figure("B1", "123"), added(A, B, C))]) == {}
