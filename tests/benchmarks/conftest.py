"""Ratios of one run, printed at its end: what we take beside the floor it stands on."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import pytest

_ROWS: list[tuple[str, float, str, float]] = []
_PEAKS: list[tuple[str, int, str, int]] = []
Compare = Callable[..., float]
Peaks = Callable[[str, int, str, int], None]


def _seconds(work: Callable[[], object], *, settled: bool) -> float:
    """The time of one work; ``settled``, it does not pay for what the other left behind."""
    if settled:
        gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.fixture
def compare() -> Compare:
    """Time two works in turn, A B A B …, and note the ratio of their medians."""

    def measure(
        name: str,
        ours: Callable[[], object],
        floor_name: str,
        floor: Callable[[], object],
        rounds: int = 7,
        *,
        settled: bool = False,
    ) -> float:
        ours()
        floor()
        pairs = [
            (_seconds(ours, settled=settled), _seconds(floor, settled=settled))
            for _ in range(rounds)
        ]
        mine = statistics.median(pair[0] for pair in pairs)
        theirs = statistics.median(pair[1] for pair in pairs)
        _ROWS.append((name, mine * 1000, floor_name, theirs * 1000))
        return mine / theirs

    return measure


@pytest.fixture
def peaks() -> Peaks:
    """Note the peak memory of two works, in KB."""

    def note(name: str, ours: int, floor_name: str, floor: int) -> None:
        _PEAKS.append((name, ours, floor_name, floor))

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table that README shows."""
    for name, peak, floor, other in _PEAKS:
        told = f"{name}: {peak >> 10} MB; {floor}: {other >> 10} MB; {peak / other:.2f}"
        terminalreporter.write_line(told)
    if not _ROWS:
        return
    terminalreporter.write_line("")
    terminalreporter.write_line("| work | ms | floor | ms | ratio |")
    terminalreporter.write_line("|---|---:|---|---:|---:|")
    for name, mine, floor, theirs in _ROWS:
        ratio = f"1/{theirs / mine:.0f}" if mine * 2 < theirs else f"{mine / theirs:.2f}"
        line = f"| {name} | {mine:.2f} | {floor} | {theirs:.1f} | {ratio} |"
        terminalreporter.write_line(line)
