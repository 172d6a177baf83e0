"""The same work on a dask.distributed cluster: `pip install 'reportgen[cluster]'`."""

from __future__ import annotations

import asyncio
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from typing import Any

from reportgen.batch.remote import Remote, version_here
from reportgen.batch.workplaces import Workplace
from reportgen.errors import UsageError
from reportgen.version import VERSION

_SECONDS = 10
"""How long a scheduler may take to answer."""
_ADDRESS = re.compile(r"(?:tcp|tls)://(?:[^\s:/@\[\]]+|\[[0-9A-Fa-f:.%]+\]):(?P<port>[0-9]{1,5})")
_EXAMPLE = "请核对地址，例如 --scheduler tcp://10.0.0.5:8786。"
_FAULTS = (OSError, ValueError, TypeError, RuntimeError)


@contextmanager
def cluster(address: str) -> Iterator[Workplace]:
    """The workers of a scheduler, by its address (tcp://host:8786), while they are needed.

    A worker that dies loses nothing: the scheduler gives its tasks to others. Raises UsageError
    where dask.distributed is not installed, no scheduler answers, or the others won't do.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found["port"]) > 65535:
        raise UsageError(f"“{address}”不是集群调度器的地址。{_EXAMPLE}")
    with _hushed():
        killed = _killed_worker()
        workers = _workers(address)
        client = _client(address)
        try:
            _check_versions(_versions(client))
            yield Workplace(lambda: Remote(client, address), workers, (BrokenExecutor, killed))
        finally:
            client.close()


@contextmanager
def _hushed() -> Iterator[None]:
    """What dask says of itself in logs and warnings is not for this terminal."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)


def _killed_worker() -> type[BaseException]:
    """What is raised for a task under which worker after worker died."""
    try:
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        message = "用集群（--scheduler）要先装 dask：pip install 'reportgen[cluster]'。"
        raise UsageError(message) from error
    return KilledWorker


def _workers(address: str) -> int:
    """How many tasks the cluster does at a time; UsageError where it does none."""
    try:
        kind, threads = asyncio.run(_asked(address))
    except _FAULTS as error:
        message = f"连不上集群“{address}”：没有调度器应答。{_EXAMPLE}"
        raise UsageError(f"{message}调度器没有启动的，先运行 dask scheduler。") from error
    if kind != "Scheduler":
        raise UsageError(
            f"“{address}”不是调度器，是工作进程。请写 dask scheduler 启动时显示的地址。"
        )
    if not threads:
        raise UsageError(f"集群“{address}”现在没有工作进程。请先运行 dask worker {address}。")
    return sum(threads.values())


async def _asked(address: str) -> tuple[str, Mapping[str, int]]:
    """What answers there, and the threads of each worker.

    A client that found nobody would go on trying in its threads, so it is made only then.
    """
    from distributed.core import rpc
    from distributed.security import Security

    arguments = Security().get_connection_args("client")
    async with rpc(address, timeout=_SECONDS, connection_args=arguments) as asked:
        kind = (await asyncio.wait_for(asked.identity(), _SECONDS))["type"]
        if kind != "Scheduler":
            return kind, {}
        return kind, await asyncio.wait_for(asked.ncores(), _SECONDS)


def _client(address: str) -> Any:
    from distributed import Client

    try:
        return Client(address, timeout=_SECONDS, set_as_default=False)
    except (*_FAULTS, ImportError) as error:
        hint = "请核对各台机器上的 dask 是同一版本。"
        raise UsageError(f"连不上集群“{address}”。{hint}") from error


def _versions(client: Any) -> dict[str, Any]:
    """The version of reportgen by process, or the error where there is none.

    The scheduler has to read the tasks as well, so it is asked too.
    """
    try:
        own = client.run_on_scheduler(version_here)
    except Exception as error:  # noqa: BLE001 - whatever keeps the scheduler from answering
        own = error
    answers = client.run(version_here, on_error="return")
    workers = {f"工作进程 {worker}": answer for worker, answer in sorted(answers.items())}
    return {"调度器": own, **workers}


def _check_versions(answers: Mapping[str, Any]) -> None:
    """UsageError where a process has another reportgen, or none: its forms might differ."""
    for process, answer in answers.items():
        if not isinstance(answer, str):
            message = f"{process} 上的 reportgen 用不了。"
            raise UsageError(f"{message}请在那台机器上装 reportgen {VERSION}，再重启这个进程。")
        if answer != VERSION:
            message = f"{process} 上是 reportgen {answer}，这里是 {VERSION}，"
            raise UsageError(f"{message}做出的文件可能不一样。请装同一版本，再重启这个进程。")
