"""Which report folders lie in a folder."""

from __future__ import annotations

from pathlib import Path

from reportgen.errors import UsageError

SETTINGS = "report.yaml"


def report_folders(folder: Path) -> list[Path]:
    """The report folders that lie in a folder, in the order of their names.

    Raises UsageError where the folder can't be read.
    """
    return [path for path in seen(folder) if _is_report(path)]


def seen(folder: Path) -> list[Path]:
    """The folders that lie in a folder and are not hidden."""
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
        return sorted(path for path in found if path.is_dir())
    except OSError as error:
        cause = error.strerror or error
        raise UsageError(f"“{folder}”打不开：{cause}。请核对文件夹的权限和网络。") from error


def _is_report(folder: Path) -> bool:
    """Whether settings lie in it; of a folder that can't be read the rendering tells."""
    try:
        return (folder / SETTINGS).is_file()
    except OSError:
        return True
