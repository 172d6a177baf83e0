"""Bundles that travel to machines which don't have them: a zip, unpacked into its own folder."""

from __future__ import annotations

import atexit
import io
import shutil
import stat
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath

from reportgen.bundle import Bundle
from reportgen.errors import UsageError

_EPOCH = (1980, 1, 1, 0, 0, 0)
_LARGEST = 256 * 2**20
"""Bytes of all files of a bundle and its parents: real ones have less than a thousandth."""


def packed(bundle: Bundle) -> bytes:
    """A bundle and its parents as a zip, each under its name; the same bytes each time.

    Raises UsageError where they are too much to travel with every task.
    """
    content, size = io.BytesIO(), 0
    with zipfile.ZipFile(content, "w") as archive:
        for folder in bundle.folders:
            for path in sorted(file for file in folder.rglob("*") if file.is_file()):
                name = path.relative_to(folder.parents[1]).as_posix()
                size += path.stat().st_size
                if size > _LARGEST:
                    message = f"模板“{bundle.name}”的文件太大，不能交给集群。"
                    raise UsageError(
                        f"{message}请从模板文件夹移走用不到的文件，或不用 --scheduler。"
                    )
                entry = zipfile.ZipInfo(name, _EPOCH)
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return content.getvalue()


@lru_cache(maxsize=4)
def unpacked(shipped: bytes) -> Path:
    """The folder with the bundles of a zip; it goes when the process ends.

    Raises UsageError for a zip that ``packed`` has not made: one with files outside its folder,
    links, or too much.
    """
    folder = Path(tempfile.mkdtemp(prefix="reportgen-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with zipfile.ZipFile(io.BytesIO(shipped)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > _LARGEST or not all(map(_stays, entries)):
            raise UsageError("随任务送来的模板包不对，没有使用。请核对是谁在使用这个集群。")
        archive.extractall(folder)
    return folder


def _stays(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file that lies within the folder it is unpacked into."""
    path = PurePosixPath(entry.filename)
    is_outside = path.is_absolute() or ".." in path.parts or "\\" in entry.filename
    is_drive = ":" in entry.filename
    return not (is_outside or is_drive or entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16))
