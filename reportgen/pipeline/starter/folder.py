"""A new folder with all its files, or none: prepared aside, then moved into place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reportgen.errors import UsageError
from reportgen.findings import Findings
from reportgen.outputs import safe_name, write_all
from reportgen.outputs.write import report_failure

_SHOWN = 5


def check_target(folder: Path) -> None:
    """UsageError where a new report folder can't stand there."""
    target = folder.resolve()
    if folder.is_file():
        raise UsageError(f"“{folder}”是文件，请换一个文件夹名称。")
    if folder.is_dir():
        _check_empty(folder)
        return
    safe = safe_name(target.name)
    if safe != target.name:
        raise UsageError(f"“{target.name}”不能用作文件夹名称，可以改为“{safe}”。")
    if target.parent.is_file():
        raise UsageError(f"“{target.parent}”是文件，不能在里面建立文件夹。")
    if not target.parent.is_dir():
        raise UsageError(f"没有上级文件夹“{target.parent}”，请先建立它，或换一个位置。")


def _check_empty(folder: Path) -> None:
    try:
        found = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise UsageError(f"文件夹“{folder}”打不开，请核对权限，或换一个位置。") from error
    if found:
        more = f"等{len(found)}项" if len(found) > _SHOWN else ""
        listed = "、".join(found[:_SHOWN])
        raise UsageError(
            f"文件夹“{folder}”不是空的（里面有{listed}{more}），没有写入。请换一个新的文件夹。"
        )


def put_folder(folder: Path, files: Mapping[str, bytes], findings: Findings) -> bool:
    """Write all files into a new or an empty folder; otherwise leave no trace and say why."""
    check_target(folder)
    target = folder.resolve()
    if target.is_dir():
        contents = {target / name: content for name, content in files.items()}
        return write_all(contents, findings, overwrite=False)
    staging: Path | None = None
    try:
        staging = Path(tempfile.mkdtemp(prefix=".reportgen-", dir=target.parent))
        contents = {staging / name: content for name, content in files.items()}
        if not write_all(contents, findings, overwrite=False):
            return False
        staging.chmod(0o755)
        staging.rename(target)
    except OSError as error:
        report_failure(error, folder, findings)
        return False
    finally:
        if staging is not None and staging.exists():
            shutil.rmtree(staging, ignore_errors=True)
    return True
