"""Work through processes: in order, again where a process died, and stopped cleanly."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

from reportgen.batch.pool import Pool
from reportgen.batch.workplaces import here


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def lost(number: int) -> int:
    return -number


def dies_once(paths: Sequence[Path]) -> list[str]:
    """Kills its process the first time it sees a path."""
    for path in paths:
        if not path.exists():
            path.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return [path.name for path in paths]


def dies_of_seven(numbers: Sequence[int]) -> list[int]:
    if 7 in numbers:
        os.kill(os.getpid(), signal.SIGKILL)
    return squares(numbers)


def chunks(count: int, size: int) -> list[list[int]]:
    return [list(range(start, min(start + size, count))) for start in range(0, count, size)]


def test_results_come_in_the_order_of_the_chunks() -> None:
    for jobs in (1, 2):
        with Pool[int, int](here(jobs), squares, lost) as pool:
            made = [number for part in pool.results(chunks(50, 3)) for number in part]
        assert made == squares(range(50))


def test_few_chunks_are_asked_for_ahead() -> None:
    asked: list[int] = []

    def given() -> Iterator[list[int]]:
        for number in range(40):
            asked.append(number)
            yield [number]

    with Pool[int, int](here(2), squares, lost) as pool:
        results = pool.results(given())
        next(results)
        assert len(asked) < 10
        assert len(list(results)) == 39


def test_a_process_that_dies_loses_nothing(tmp_path: Path) -> None:
    paths = [[tmp_path / f"{n}{m}" for m in range(2)] for n in range(3)]
    for part in paths[1:]:
        for path in part:
            path.touch()
    paths[0][1].touch()
    with Pool[Path, str](here(2), dies_once, str) as pool:
        made = list(pool.results(paths))
    assert made == [[path.name for path in part] for part in paths]


def test_what_kills_its_process_each_time_is_lost_alone() -> None:
    with Pool[int, int](here(2), dies_of_seven, lost) as pool:
        made = [number for part in pool.results(chunks(12, 4)) for number in part]
    assert made == [-7 if number == 7 else number * number for number in range(12)]
