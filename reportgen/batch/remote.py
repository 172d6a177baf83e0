"""Work that is done elsewhere: what a worker of a cluster runs, and how its answer is awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from threading import Lock
from typing import Any, TypeVar

from reportgen.errors import UsageError
from reportgen.version import VERSION

Made = TypeVar("Made")
_TRIES = 3
"""How often a task that raised an error is given to a worker again."""
_PATIENCE = 20
"""Seconds between two looks at a cluster that does not answer."""
_ONE_AT_A_TIME = Lock()


def version_here() -> str:
    """The version of reportgen in the process that is asked."""
    return VERSION


def alone(work: Callable[..., Made], *arguments: Any) -> Made:
    """Do work in a worker, whose threads share one press: one after another."""
    with _ONE_AT_A_TIME:
        return work(*arguments)


class Remote(Executor):
    """Hands work to the workers of a cluster; ``client`` is theirs and stays open."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address

    def submit(self, fn: Callable[..., Made], /, *args: Any, **kwargs: Any) -> Future[Made]:
        """Return at once; the answer is awaited where it is asked for."""
        try:
            asked = self._client.submit(alone, fn, *args, pure=False, retries=_TRIES, **kwargs)
        except (RuntimeError, OSError) as error:
            raise _lost(self._address) from error
        return _Answer(self._client, self._address, asked)


class _Answer(Future[Made]):
    """The answer to one task."""

    def __init__(self, client: Any, address: str, asked: Any) -> None:
        super().__init__()
        self._client, self._address, self._asked = client, address, asked

    def result(self, timeout: float | None = None) -> Made:  # noqa: ARG002 - as long as it takes
        """Wait for it; UsageError where the cluster is gone, or has no worker any more."""
        unmanned = 0
        while True:
            try:
                made: Made = self._asked.result(timeout=_PATIENCE)
            except TimeoutError:
                if self._asked.done():
                    raise
                unmanned = 0 if self._is_manned() else unmanned + 1
                if unmanned > 1:
                    message = f"集群“{self._address}”已经没有工作进程，没有做完。"
                    raise UsageError(f"{message}{_AGAIN}") from None
            except (CancelledError, asyncio.CancelledError) as error:
                raise _lost(self._address) from error
            except ImportError as error:
                message = f"工作进程上的 reportgen 用不了（{error}）。"
                hint = f"请在那台机器上装 reportgen {VERSION}，再加 --resume 接着做。"
                raise UsageError(message + hint) from error
            else:
                return made

    def _is_manned(self) -> bool:
        """Whether the cluster has workers; UsageError where it is gone."""
        try:
            if self._client.status == "running":
                return bool(self._client.nthreads())
        except (RuntimeError, OSError) as error:
            raise _lost(self._address) from error
        raise _lost(self._address)


_AGAIN = "已写出的文件都是完整的；集群恢复后，加 --resume 接着做。"


def _lost(address: str) -> UsageError:
    """The scheduler has ended, or the network to it."""
    return UsageError(f"与集群“{address}”的连接断了，没有做完。{_AGAIN}")
