"""Runs on a dask.distributed cluster of two worker processes: as on one machine, or told why."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from reportgen.batch import cluster, forms, remote
from reportgen.batch.pool import Pool
from reportgen.batch.setup import Setup
from reportgen.batch.shipping import packed, unpacked
from reportgen.batch.work import work
from reportgen.bundle import load_bundle, search_path
from reportgen.cli.app import run
from reportgen.errors import UsageError
from reportgen.findings import Findings
from tests.batch_data import batch_of, sample, write_book

COUNT = 40
SHANXI = "self-evaluation/shanxi"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A scheduler and two processes, in a folder with another version of the template."""
    folder = tmp_path_factory.mktemp("workers")
    before = Path.cwd()
    other = folder / "templates" / SHANXI
    shutil.copytree(ROOT / "templates" / SHANXI, other)
    (other / "report.docx").write_bytes(b"of another year")
    os.chdir(folder)
    try:
        options: dict[str, Any] = {"dashboard_address": ":0", "silence_logs": 60}
        with LocalCluster(n_workers=2, threads_per_worker=2, processes=True, **options) as made:
            os.chdir(before)
            yield made
    finally:
        os.chdir(before)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    samples = [sample(number + 1) for number in range(COUNT)]
    samples[7].indicators[0]["分值"] = "三十"
    return write_book(tmp_path_factory.mktemp("book") / "项目.xlsx", samples)


def order(book: Path, out: Path, *options: str, template: str = SHANXI) -> int:
    return run(batch_of(book, out, "--unit", "某局", *options, template=template))


def documents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def projects(out: Path) -> Any:
    """What the manifest says of each project: digests, findings, figures."""
    return json.loads((out / "内部" / "manifest.json").read_text(encoding="utf-8"))["项目"]


@pytest.fixture(scope="module")
def alone(book: Path) -> dict[str, bytes]:
    assert order(book, book.parent / "alone", "--jobs", "1") == 1
    return documents(book.parent / "alone")


def visitors(workers: LocalCluster) -> set[str]:
    """The clients that have not been closed."""
    scheduler: Any = workers.scheduler
    return set(scheduler.clients) - {"fire-and-forget"}


class Handed:
    """Counts the chunks that are handed to a cluster; before one of them something happens."""

    def __init__(self, number: int, happens: Callable[[], None]) -> None:
        self.number, self.happens, self.count = number, happens, 0
        self.submit = remote.Remote.submit

    def patched(self, patch: pytest.MonkeyPatch) -> None:
        def submit(place: remote.Remote, *arguments: Any) -> Any:
            self.count += 1
            if self.count == self.number:
                self.happens()
            return self.submit(place, *arguments)

        patch.setattr(forms, "CHUNK", 2)
        patch.setattr(remote.Remote, "submit", submit)


def processes(workers: LocalCluster) -> list[int]:
    return [nanny.pid for nanny in workers.workers.values() if nanny.pid]


def test_the_same_documents_as_one_process_makes(
    workers: LocalCluster,
    book: Path,
    alone: dict[str, bytes],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert order(book, tmp_path, "--scheduler", workers.scheduler_address) == 1
    assert documents(tmp_path) == alone
    assert projects(tmp_path) == projects(book.parent / "alone")
    said = capfd.readouterr()
    assert f"成功{COUNT - 1}，失败1" in said.out
    assert "distributed" not in said.err
    assert len(said.err.splitlines()) == 3  # the table lacks a project, which is wrong in a cell
    assert not visitors(workers)


def test_ctrl_c_leaves_the_cluster(
    workers: LocalCluster,
    book: Path,
    alone: dict[str, bytes],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        Handed(15, interrupt).patched(patch)
        assert order(book, tmp_path, "--scheduler", workers.scheduler_address) == 130
    assert "接着做，请加 --resume" in capsys.readouterr().err
    assert not visitors(workers)
    done = documents(tmp_path)
    assert 0 < len(done) < COUNT - 1
    assert done.items() < alone.items()
    assert order(book, tmp_path, "--scheduler", workers.scheduler_address, "--resume") == 1
    assert "个上次已做好" in capsys.readouterr().out
    assert documents(tmp_path) == alone


def test_a_worker_that_is_killed_loses_nothing(
    workers: LocalCluster,
    book: Path,
    alone: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    victim = processes(workers)[0]
    handed = Handed(15, lambda: os.kill(victim, signal.SIGKILL))
    handed.patched(monkeypatch)
    assert order(book, tmp_path, "--scheduler", workers.scheduler_address) == 1
    assert handed.count >= COUNT / 2
    assert victim not in processes(workers)
    assert documents(tmp_path) == alone


def test_what_kills_worker_after_worker_is_lost_alone(
    workers: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def squares(numbers: Sequence[int]) -> list[int]:
        if 3 in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return [number * number for number in numbers]

    scheduler: Any = workers.scheduler
    monkeypatch.setattr(scheduler, "allowed_failures", 0)
    with (
        cluster.cluster(workers.scheduler_address) as place,
        Pool[int, int](place, squares, int.__neg__) as pool,
    ):
        assert list(pool.results([[1, 2], [3], [4, 5]])) == [[1, 4], [-3], [16, 25]]


def test_a_scheduler_that_ends(
    book: Path,
    alone: dict[str, bytes],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote, "_PATIENCE", 0.2)
    options: dict[str, Any] = {"dashboard_address": ":0", "silence_logs": 60, "protocol": "tcp"}
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=False, **options) as passing:
        Handed(15, passing.close).patched(monkeypatch)
        assert order(book, tmp_path, "--scheduler", passing.scheduler_address) == 2
    said = capfd.readouterr().err
    assert said.startswith(f"错误 与集群“{passing.scheduler_address}”的连接断了，没有做完。")
    assert said.count("\n") == 1
    assert documents(tmp_path).items() < alone.items()
    order(book, tmp_path, "--resume", "--jobs", "1")
    assert documents(tmp_path) == alone


def test_a_bundle_travels_to_workers_that_do_not_have_it(
    workers: LocalCluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates" / SHANXI, templates / "self-evaluation" / "neu")
    book = write_book(tmp_path / "项目.xlsx", [sample(1), sample(2)])
    options = ["--templates", str(templates), "--scheduler", workers.scheduler_address]
    assert order(book, tmp_path / "out", *options, template="self-evaluation/neu") == 0
    assert "成功2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "address",
    [
        "nonsense",
        "tcp://",
        "tcp://甲:乙",
        "http://127.0.0.1:8786",
        "tcp://127.0.0.1:99999",
        "inproc://",
    ],
)
def test_an_address_that_is_none(
    book: Path, tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert order(book, tmp_path / "out", "--scheduler", address) == 2
    assert "不是集群调度器的地址。请核对地址" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nobody_answers(
    book: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        for address in (
            f"tcp://127.0.0.1:{port}",
            "tcp://127.0.0.1:1",
            "tcp://nobody.invalid:8786",
        ):
            assert order(book, tmp_path / "out", "--scheduler", address) == 2
            said = capfd.readouterr().err
            assert said.startswith(f"错误 连不上集群“{address}”：没有调度器应答。请核对地址")
            assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_workers(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options: dict[str, Any] = {"dashboard_address": ":0", "silence_logs": 60}
    with LocalCluster(n_workers=0, processes=False, protocol="tcp", **options) as empty:
        assert order(book, tmp_path / "out", "--scheduler", empty.scheduler_address) == 2
    assert "没有工作进程。请先运行 dask worker" in capsys.readouterr().err


def test_the_address_of_a_worker(
    workers: LocalCluster, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheduler: Any = workers.scheduler
    address = next(iter(scheduler.workers))
    assert order(book, tmp_path / "out", "--scheduler", address) == 2
    assert "不是调度器，是工作进程" in capsys.readouterr().err


def test_dask_is_not_installed(
    book: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed.scheduler", None)
    assert order(book, tmp_path / "out", "--scheduler", "tcp://127.0.0.1:8786") == 2
    assert "pip install 'reportgen[cluster]'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_workers_with_another_reportgen(
    workers: LocalCluster,
    book: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "VERSION", "99.0")
    assert order(book, tmp_path / "out", "--scheduler", workers.scheduler_address) == 2
    assert "这里是 99.0，做出的文件可能不一样。请装同一版本" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_worker_without_reportgen() -> None:
    with pytest.raises(
        UsageError, match=r"tcp://10.0.0.6:1 上的 reportgen 用不了。请在那台机器上装"
    ):
        cluster._check_versions({"工作进程 tcp://10.0.0.6:1": ModuleNotFoundError("reportgen")})


def test_a_worker_of_another_version_that_comes_later() -> None:
    setup = Setup(SHANXI, (), "", 2022, "", ("docx",), version="99.0")
    with pytest.raises(UsageError, match=r"发来任务的是 99.0。请装同一版本"):
        work(setup, [])


def test_a_bundle_of_another_version_is_not_used() -> None:
    bundle = load_bundle(SHANXI, search_path(), Findings())
    assert bundle is not None
    setup = Setup(SHANXI, (), "0" * 64, 2022, "", ("docx",), shipped=packed(bundle))
    with pytest.raises(UsageError, match="各台机器上的不一样"):
        work(setup, [])


def test_a_bundle_is_unpacked_within_its_folder(tmp_path: Path) -> None:
    for name in ("../x", "/tmp/x", "a/../../x", "a\\..\\x", "C:x", "a/"):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr(name, "x")
        with pytest.raises(UsageError, match="没有使用"):
            unpacked(content.getvalue())


def test_a_shipped_bundle_is_the_bundle() -> None:
    bundle = load_bundle(SHANXI, search_path(), Findings())
    assert bundle is not None
    shipped = packed(bundle)
    assert shipped == packed(bundle)
    there = load_bundle(SHANXI, (unpacked(shipped),), Findings())
    assert there is not None
    assert there.digest() == bundle.digest()


class Silent:
    """A task that is never done, and a client whose workers are gone."""

    status = "running"

    def submit(self, *_arguments: Any, **_options: Any) -> Silent:
        return self

    def result(self, timeout: float) -> None:  # noqa: ARG002 - it is never done
        raise TimeoutError

    def done(self) -> bool:
        return False

    def nthreads(self) -> dict[str, int]:
        return {}


def test_a_cluster_whose_workers_are_gone_is_not_waited_for() -> None:
    answer = remote.Remote(Silent(), "tcp://10.0.0.5:8786").submit(print)
    with pytest.raises(UsageError, match=r"已经没有工作进程，没有做完。.*加 --resume 接着做"):
        answer.result()


def test_a_client_that_is_no_longer_connected() -> None:
    client = Silent()
    client.status = "connecting"
    answer = remote.Remote(client, "tcp://10.0.0.5:8786").submit(print)
    with pytest.raises(UsageError, match="连接断了，没有做完"):
        answer.result()
