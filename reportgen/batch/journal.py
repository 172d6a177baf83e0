"""记录.jsonl: a line for every project that a run has finished, written as it goes.

A run that is killed leaves whole lines but for the last; the next one goes on from them. Before
a file is put in place its digest is noted, so that the next run knows it for its own. The papers
for the office (manifest, trace, results, summary) are made of these lines at the end.

Behind the record of a project stand, after a tab, its rows of the trace: what the record says is
read several times, and those rows, which are most of the line, are then passed over.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from reportgen.batch.outcome import Outcome, Status

NAME = "记录.jsonl"
_KEYS = {"序", "项目", "状态", "输入", "文件", "明细"}
_INTENDED = {"文件"}
_TAB = b"\t"
"""What ends a record: JSON itself writes a tab as \\t."""
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the line of a project stands, and what tells whether it still holds."""

    status: Status
    input: str
    offset: int


class Journal:
    """The lines of a run, in a file; in memory there is but where each of them begins."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[int, Entry] = {}
        self._known: dict[str, set[str]] = {}
        self._end = 0
        if path.is_file():
            self._load()

    def _load(self) -> None:
        """Read what an earlier run left; a last line that is cut off is forgotten."""
        with self._path.open("rb") as file:
            for line in file:
                record = _parsed(line)
                if record is None:
                    break
                for name, digest in record["文件"].items():
                    self._known.setdefault(name, set()).add(digest)
                if "序" in record and _TAB in line:  # without: of a version before this one
                    self._note(record, self._end)
                self._end += len(line)

    def _note(self, record: Record, offset: int) -> None:
        self._entries[record["序"]] = Entry(Status(record["状态"]), record["输入"], offset)

    @property
    def entries(self) -> Mapping[int, Entry]:
        """What is known of each project, by its place in the list."""
        return self._entries

    @property
    def known(self) -> Mapping[str, Collection[str]]:
        """The digests under which earlier runs wrote each file, or meant to."""
        return self._known

    def open(self) -> Self:
        """Begin to write, behind the last whole line."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("a+b")
        self._file.truncate(self._end)
        return self

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def intend(self, files: Mapping[str, str]) -> None:
        """Note the digests of files that are about to be put in place."""
        self._write([_line({"文件": dict(files)})])

    def add(self, outcomes: Iterable[tuple[Outcome, str, Mapping[str, str]]]) -> None:
        """Write a line for each outcome, with its input's digest and its files' digests."""
        self._append(
            (_record(outcome, digest, files), base64.b64encode(outcome.trace))
            for outcome, digest, files in outcomes
        )

    def _append(self, projects: Iterable[tuple[Record, bytes]]) -> None:
        """Write the lines of projects: what is known of each, and its trace."""
        lines, end = [], self._end
        for record, trace in projects:
            lines.append(_line(record, _TAB, trace))
            self._note(record, end)
            end += len(lines[-1])
        self._write(lines)

    def _write(self, lines: Sequence[bytes]) -> None:
        written = b"".join(lines)
        self._end += len(written)
        self._file.write(written)
        self._file.flush()

    def record(self, index: int) -> Record:
        """The line of a project, while the journal is open."""
        self._file.seek(self._entries[index].offset)
        return _known(self._file.readline())

    def records(self) -> Iterator[Record]:
        """The lines that hold, in the order of the projects."""
        return map(_known, self._lines())

    def traces(self) -> Iterator[bytes]:
        """The rows of the trace that each of them holds, packed; of some there is nothing."""
        found = (base64.b64decode(_trace(line)) for line in self._lines())
        return (trace for trace in found if trace)

    def _lines(self) -> Iterator[bytes]:
        if not self._entries:
            return
        with self._path.open("rb") as file:
            for _, entry in sorted(self._entries.items()):
                file.seek(entry.offset)
                yield file.readline()

    def forget(self, indexes: Iterable[int]) -> None:
        """Drop what is known of projects that are no longer there."""
        for index in indexes:
            self._entries.pop(index, None)

    def renumber(self, places: Mapping[str, int]) -> None:
        """Give each project the place it has now, by its name; the others are dropped."""
        known = [(_known(line), _trace(line)) for line in self._lines()]
        self._entries.clear()
        self._append(
            ({**record, "序": places[record["项目"]]}, trace)
            for record, trace in known
            if record["项目"] in places
        )

    def compact(self, left: Iterable[str] = ()) -> None:
        """Write the file anew with the lines that hold, in the order of the projects.

        ``left`` are files of earlier runs that still lie there: they stay known for ours.
        """
        if not self._path.is_file():
            return
        fresh = self._path.with_name(f".{self._path.name}.tmp")
        entries, end = {}, 0
        with fresh.open("wb") as new:
            for line, (index, entry) in zip(
                self._lines(), sorted(self._entries.items()), strict=True
            ):
                new.write(line)
                entries[index] = Entry(entry.status, entry.input, end)
                end += len(line)
            for name in left:
                end += new.write(
                    b"".join(_line({"文件": {name: d}}) for d in sorted(self._known[name]))
                )
            new.flush()
            os.fsync(new.fileno())
        fresh.replace(self._path)
        self._entries, self._end = entries, end


def _line(record: Record, *more: bytes) -> bytes:
    text = json.dumps(record, ensure_ascii=False)
    return b"".join((text.encode("utf-8", "backslashreplace"), *more, b"\n"))


def _known(line: bytes) -> Record:
    """What a line says of its project."""
    found: Record = json.loads(line.partition(_TAB)[0])
    return found


def _trace(line: bytes) -> bytes:
    """The other part of it."""
    return line.partition(_TAB)[2].removesuffix(b"\n")


def _parsed(line: bytes) -> Record | None:
    """A whole line; ``None`` where it was cut off or isn't ours."""
    if not line.endswith(b"\n") or b"\0" in line:  # a power failure leaves zeros
        return None
    try:
        record = _known(line)
    except ValueError:
        return None
    if len(_trace(line)) % 4:  # not whole groups of base64
        return None
    keys = record.keys() if isinstance(record, dict) else ()
    return record if keys == _INTENDED or set(keys) >= _KEYS else None


def _record(outcome: Outcome, digest: str, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "序": outcome.index,
        "项目": outcome.name,
        "状态": str(outcome.status),
        "输入": digest,
        "文件": dict(files),
        "得分": outcome.score,
        "等级": outcome.grade,
        "数字": outcome.figures,
        "明细": [dict(finding) for finding in outcome.findings],
    }
