"""Chunks of work through an executor: in order, a few ahead, and again where a process died."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Generic, Self, TypeVar

from reportgen.batch.workplaces import Workplace

Task = TypeVar("Task")
Made = TypeVar("Made")
_Chunk = Sequence[Task]
_AHEAD = 3
"""Chunks a process may have waiting: it is kept busy, and memory holds few."""


class Pool(Generic[Task, Made]):
    """Does ``work`` on chunks of tasks in an executor of a workplace.

    A process that dies takes its chunks with it: they are done again in new processes, one
    chunk at a time, then one task at a time. What kills its process alone has ``lost`` as result.
    """

    def __init__(
        self,
        place: Workplace,
        work: Callable[[_Chunk[Task]], Sequence[Made]],
        lost: Callable[[Task], Made],
    ) -> None:
        self._start, self._broken = place.start, place.broken
        self._work, self._lost = work, lost
        self._ahead = _AHEAD * place.workers if place.workers > 1 else 1

    def __enter__(self) -> Self:
        self._executor = self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Wait for the end; where it is left by an error, don't begin anything more."""
        self._executor.shutdown(wait=True, cancel_futures=kind is not None)

    def results(self, chunks: Iterable[_Chunk[Task]]) -> Iterator[Sequence[Made]]:
        """The results, chunk by chunk in the order given."""
        waiting: deque[tuple[_Chunk[Task], Future[Sequence[Made]]]] = deque()
        for chunk in chunks:
            if len(waiting) >= self._ahead:
                yield self._first(waiting)
            waiting.append((chunk, self._submit(chunk)))
        while waiting:
            yield self._first(waiting)

    def _submit(self, chunk: _Chunk[Task]) -> Future[Sequence[Made]]:
        """Hand a chunk over; to an executor that has just died, it is handed when that is seen."""
        try:
            return self._executor.submit(self._work, chunk)
        except self._broken as error:
            future: Future[Sequence[Made]] = Future()
            future.set_exception(error)
            return future

    def _first(self, waiting: deque[tuple[_Chunk[Task], Future[Sequence[Made]]]]) -> Sequence[Made]:
        """The result of the first chunk that was handed over."""
        chunk, future = waiting.popleft()
        try:
            return future.result()
        except self._broken:
            self._restart()
            made = self._carefully(chunk)
            again = [waiting.popleft()[0] for _ in range(len(waiting))]
            waiting.extend((other, self._submit(other)) for other in again)
            return made

    def _carefully(self, chunk: _Chunk[Task]) -> Sequence[Made]:
        """A chunk alone; if it kills its process again, task by task."""
        try:
            return self._executor.submit(self._work, chunk).result()
        except self._broken:
            self._restart()
        if len(chunk) == 1:
            return [self._lost(chunk[0])]
        return [made for task in chunk for made in self._carefully([task])]

    def _restart(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()
