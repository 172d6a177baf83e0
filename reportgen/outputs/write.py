"""Whole files or none: written beside the target, then put in its place."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reportgen.findings import Findings, Place

_PREFIX = ".reportgen-"
_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "同名的不是文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOENT: "文件夹不存在",
}


def write_all(
    files: Mapping[Path, bytes],
    findings: Findings,
    *,
    overwrite: bool,
    records: Collection[Path] = (),
) -> bool:
    """Write all files, or leave everything as it was and say why.

    An existing file is kept unless ``overwrite`` or it is one of the ``records``, which are
    brought up to date. All contents are on the disk before the first file is put in place;
    where a later one can't be, the earlier ones are put back.
    """
    kept = [path for path in files if path.exists() and path not in records]
    if kept and not overwrite:
        for path in kept:
            hint = "请换一个输出文件夹，或加 --overwrite。"
            findings.error("F101", Place(path.name), "输出文件已存在，没有覆盖。", hint)
        return False
    written: dict[Path, Path] = {}
    current = Path("输出")
    try:
        for current, content in files.items():
            current.parent.mkdir(parents=True, exist_ok=True)
            written[current] = _write_beside(current, content)
        _put_in_place(written)
    except OSError as error:
        report_failure(error, current, findings)
        return False
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
    return True


def clear(folder: Path) -> None:
    """Take away the temporary files that a killed run left in a folder and below it."""
    for ending in (".tmp", ".old"):
        for path in folder.rglob(f"{_PREFIX}*{ending}"):
            path.unlink(missing_ok=True)


def report_failure(error: OSError, path: Path, findings: Findings) -> None:
    """Say that a file could not be written, and why, at the file that the system names."""
    named = Path(str(error.filename2 or error.filename or path)).name
    place = Place(path.name if named.startswith(_PREFIX) else named)
    message = f"文件写不进去：{_CAUSES.get(error.errno or 0, error.strerror or error)}。"
    hint = "请核对磁盘空间、文件夹权限，并关闭正在打开的文件。"
    findings.error("F103", place, message, hint)


def _put_in_place(written: Mapping[Path, Path]) -> None:
    """Rename every temporary file to its target; on a failure the old files come back."""
    backups: dict[Path, Path | None] = {}
    try:
        for path, temporary in written.items():
            backups[path] = _backup(path)
            temporary.replace(path)
    except BaseException:
        for path, backup in backups.items():
            if backup is not None:
                backup.replace(path)
            elif path.is_file():
                path.unlink()
        raise
    finally:
        for backup in backups.values():
            if backup is not None:
                backup.unlink(missing_ok=True)


def _backup(path: Path) -> Path | None:
    """A second name for an existing file, or a copy where the disk has no second names."""
    if not path.is_file():
        return None
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".old", dir=path.parent)
    os.close(handle)
    backup = Path(name)
    backup.unlink()
    try:
        os.link(path, backup)
    except OSError:
        shutil.copy2(path, backup)
    return backup


def _write_beside(path: Path, content: bytes) -> Path:
    """Write to a temporary file in the target's folder, down to the disk."""
    with _beside(path) as (file, temporary):
        file.write(content)
    return temporary


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to be written piece by piece, which is put in place when all of it is there.

    Whatever goes wrong, nothing half is left and what stood there stays. OSError where it can't
    be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path) as (file, temporary):
        yield file
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _beside(path: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A temporary file in the target's folder, on the disk at the end; none after a failure."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file, temporary
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
