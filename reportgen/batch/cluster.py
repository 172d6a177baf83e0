"""The same work on a dask.distributed cluster: `pip install 'reportgen[cluster]'`."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor
from typing import Any

from reportgen.batch.workplaces import Workplace
from reportgen.errors import UsageError

_SECONDS = 15
_TRIES = 3


def cluster(address: str) -> Workplace:
    """The workers of a scheduler, by its address (tcp://host:8786).

    A worker that dies loses nothing: the scheduler gives its tasks to others. Raises UsageError
    where dask.distributed is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        message = "用集群要先装 dask.distributed：pip install 'reportgen[cluster]'。"
        raise UsageError(message) from error
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
        workers = sum(client.nthreads().values())
    except (OSError, ValueError, RuntimeError) as error:
        message = f"连不上集群“{address}”。请核对地址，例如 --scheduler tcp://主机:8786。"
        raise UsageError(message) from error
    if not workers:
        raise UsageError(f"集群“{address}”现在没有工作进程。请先启动 dask worker。")

    def start() -> Executor:
        executor: Any = client.get_executor(pure=False, retries=_TRIES)
        return executor  # type: ignore[no-any-return]

    return Workplace(start, workers, (BrokenExecutor, KilledWorker))
