"""The folder of a run: what may be written there, and files that are whole or not there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from reportgen.findings import Findings, Place
from reportgen.outputs import digest
from reportgen.outputs.write import report_failure

OFFICE = "内部"
_TEMPORARY = ".reportgen-{}.tmp"
_EMPTY = digest(b"")


class Shelf:
    """Writes files into a folder; what someone has edited there is kept and told.

    ``known`` are the digests under which earlier runs wrote their files; ``intend`` is told of
    those that are about to be put in place, so that a later run knows them for its own.
    """

    def __init__(
        self,
        folder: Path,
        known: Mapping[str, Collection[str]],
        intend: Callable[[Mapping[str, str]], None],
        *,
        replace: bool,
        discard_edits: bool,
    ) -> None:
        self.folder = folder
        self.office = folder / OFFICE
        self._known, self._intend = known, intend
        self._replace = replace
        self._discard = discard_edits

    def holds(self, files: Mapping[str, str]) -> bool:
        """Whether these files stand in the folder as they were written."""
        return all(self._digest(name) == known for name, known in files.items())

    def _digest(self, name: str) -> str | None:
        return _digest(self.folder / name)

    def left(self, current: Collection[str]) -> list[str]:
        """Documents of earlier runs that still lie in the folder and are not among these."""
        names = (name for name in self._known if not name.startswith(f"{OFFICE}/"))
        return [n for n in names if n not in current and (self.folder / n).exists()]

    def put(
        self,
        files: Mapping[str, bytes],
        findings: Findings,
        own: Mapping[str, str] = MappingProxyType({}),
    ) -> dict[str, str] | None:
        """Write some files; their digests, or ``None`` where one of them can't be written.

        ``own`` are the digests of those that this run itself has put there before.
        """
        digests = {name: digest(content) for name, content in files.items()}
        try:
            for name in files:
                if not self._may_write(name, {digests[name], own.get(name)}, findings):
                    return None
            self._intend(digests)
            for name, content in files.items():
                with self._fresh(name) as temporary:
                    temporary.write_bytes(content)
        except OSError as error:
            report_failure(error, self.folder / name, findings)
            return None
        return digests

    def paper(self, name: str, write: Callable[[Path], None], findings: Findings) -> str | None:
        """Have a paper for the office written; its digest, or ``None`` where it can't be.

        A paper is made anew by each run; one with someone's remarks is kept.
        """
        path, inside = self.office / name, f"{OFFICE}/{name}"
        try:
            if not (self._discard or _digest(path) in {None, *self._known.get(inside, ())}):
                hint = "请另存；确实不要的，加 --discard-edits。"
                findings.error("F104", Place(name), "底稿写出后改动过，没有覆盖。", hint)
                return None
            with self._fresh(inside) as temporary:
                write(temporary)
                made = _digest(temporary)
                self._intend({inside: made or ""})
        except OSError as error:
            report_failure(error, path, findings)
            return None
        return made

    def record(self, name: str, write: Callable[[Path], None]) -> None:
        """Have a record of the run itself written: nobody's remarks stand in it."""
        with self._fresh(f"{OFFICE}/{name}") as temporary:
            write(temporary)

    @contextmanager
    def _fresh(self, name: str) -> Iterator[Path]:
        """A temporary file that takes its place when it is whole: readers see all or nothing."""
        path = self.folder / name
        temporary = path.with_name(_TEMPORARY.format(os.getpid()))
        try:
            yield temporary
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def _may_write(self, name: str, own: Collection[str | None], findings: Findings) -> bool:
        """Whether a name is free, or what stands there is ours and unchanged.

        An empty file is what a power failure leaves of one of ours: nobody's edits are in it.
        """
        path = self.folder / name
        if not path.exists() or self._discard:
            return True
        found = self._digest(name)
        known = {_EMPTY, *self._known.get(name, ())} if name in self._known else ()
        if found is not None and (found in own or (self._replace and found in known)):
            return True
        if not self._replace:
            hint = "请换一个输出文件夹，或加 --resume、--overwrite。"
            findings.error("F101", Place(name), "输出文件已存在，没有覆盖。", hint)
        elif name in self._known:
            hint = "请另存改动；确实不要的，加 --discard-edits。"
            findings.error("F104", Place(name), "写出后改动过，没有覆盖。", hint)
        else:
            message = "这个文件没有写出的记录，可能是手工做的或改过名，没有覆盖。"
            hint = "请移走或改名；确实不要的，加 --discard-edits。"
            findings.error("F105", Place(name), message, hint)
        return False

    def ready(self) -> None:
        """Make the folders; take away the temporary files that a killed run left."""
        self.office.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder, self.office):
            for path in folder.glob(_TEMPORARY.format("*")):
                path.unlink(missing_ok=True)


def _digest(path: Path) -> str | None:
    """The sha256 of a file; ``None`` where it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
