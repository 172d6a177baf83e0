"""Whole files or none: written beside the target, then put in its place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reportgen.findings import Findings, Place


def write_all(files: Mapping[Path, bytes], findings: Findings, *, overwrite: bool) -> bool:
    """Write all files, or leave everything as it was and say why.

    An existing file is kept unless ``overwrite``. All contents are on the disk before the
    first file is put in place, so a full disk or a stopped run leaves the old files whole.
    """
    existing = [path for path in files if path.exists()]
    if existing and not overwrite:
        for path in existing:
            hint = "请换一个输出文件夹，或加 --overwrite。"
            findings.error("F101", Place(path.name), "输出文件已存在，没有覆盖。", hint)
        return False
    written: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            written[path] = _write_beside(path, content)
        for path, temporary in written.items():
            temporary.replace(path)
    except OSError as error:
        message = f"文件写不进去：{error.strerror or error}。"
        hint = "请核对磁盘空间、文件夹权限，并关闭正在打开的文件。"
        findings.error("F103", Place(Path(str(error.filename or "")).name or "输出"), message, hint)
        return False
    finally:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
    return True


def _write_beside(path: Path, content: bytes) -> Path:
    """Write to a temporary file in the target's folder, down to the disk."""
    handle, name = tempfile.mkstemp(prefix=".reportgen-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
