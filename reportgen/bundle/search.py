"""Where bundles are looked for: --templates, then ./templates, then the packaged ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def search_path(chosen: Path | None = None) -> tuple[Path, ...]:
    """The folders that hold bundles, first to last.

    The packaged bundles stand in ``reportgen/_bundles`` of an installed wheel, and beside
    the package in a checkout.
    """
    folders = [chosen] if chosen else []
    folders += [Path("templates"), _PACKAGE / "_bundles", _PACKAGE.parent / "templates"]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


def find(name: str, folders: Sequence[Path]) -> Path | None:
    """The folder of the bundle ``name`` (family/variant), or ``None``."""
    if ".." in Path(name).parts or Path(name).is_absolute():
        return None
    found = (folder / name for folder in folders)
    return next((path for path in found if (path / "bundle.yaml").is_file()), None)


def available(folders: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Every bundle's name and folder; the first of a name wins."""
    seen: set[str] = set()
    for folder in folders:
        for file in sorted(folder.glob("*/*/bundle.yaml")):
            name = file.parent.relative_to(folder).as_posix()
            if name not in seen:
                seen.add(name)
                yield name, file.parent
