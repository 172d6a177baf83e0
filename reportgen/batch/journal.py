"""记录.jsonl: a line for every project that a run has finished, written as it goes.

A run that is killed leaves whole lines but for the last; the next one goes on from them. Before
a file is put in place its digest is noted, so that the next run knows it for its own. The papers
for the office (manifest, trace, results, summary) are made of these lines at the end.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from reportgen.batch.outcome import Outcome, Status

NAME = "记录.jsonl"
_KEYS = {"序", "项目", "状态", "输入", "文件", "明细", "底稿"}
_INTENDED = {"文件"}
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
                if "序" in record:
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
        self._append([{"文件": dict(files)}])

    def _append(self, records: Iterable[Record]) -> None:
        lines = []
        for record in records:
            lines.append(_line(record))
            if "序" in record:
                self._note(record, self._end)
            self._end += len(lines[-1])
        self._file.write(b"".join(lines))
        self._file.flush()

    def add(self, outcomes: Iterable[tuple[Outcome, str, Mapping[str, str]]]) -> None:
        """Write a line for each outcome, with its input's digest and its files' digests."""
        self._append(_record(outcome, digest, files) for outcome, digest, files in outcomes)

    def record(self, index: int) -> Record:
        """The line of a project, while the journal is open."""
        self._file.seek(self._entries[index].offset)
        found: Record = json.loads(self._file.readline())
        return found

    def records(self) -> Iterator[Record]:
        """The lines that hold, in the order of the projects."""
        if not self._entries:
            return
        with self._path.open("rb") as file:
            for _, entry in sorted(self._entries.items()):
                file.seek(entry.offset)
                yield json.loads(file.readline())

    def forget(self, indexes: Iterable[int]) -> None:
        """Drop what is known of projects that are no longer there."""
        for index in indexes:
            self._entries.pop(index, None)

    def renumber(self, places: Mapping[str, int]) -> None:
        """Give each project the place it has now, by its name; the others are dropped."""
        records = [record for record in self.records() if record["项目"] in places]
        self._entries.clear()
        self._append({**record, "序": places[record["项目"]]} for record in records)

    def compact(self, left: Iterable[str] = ()) -> None:
        """Write the file anew with the lines that hold, in the order of the projects.

        ``left`` are files of earlier runs that still lie there: they stay known for ours.
        """
        if not self._path.is_file():
            return
        fresh = self._path.with_name(f".{self._path.name}.tmp")
        with self._path.open("rb") as old, fresh.open("wb") as new:
            for _, entry in sorted(self._entries.items()):
                old.seek(entry.offset)
                new.write(old.readline())
            for name in left:
                new.writelines(_line({"文件": {name: d}}) for d in sorted(self._known[name]))
            new.flush()
            os.fsync(new.fileno())
        fresh.replace(self._path)
        self._entries.clear()
        self._end = 0
        self._load()


def _line(record: Record) -> bytes:
    text = json.dumps(record, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _parsed(line: bytes) -> Record | None:
    """A whole line; ``None`` where it was cut off or isn't ours."""
    if not line.endswith(b"\n"):
        return None
    try:
        record = json.loads(line)
    except ValueError:
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
        "底稿": base64.b64encode(outcome.trace).decode("ascii"),
    }


def trace_of(record: Record) -> bytes:
    """The rows of the trace that a line holds, packed."""
    return base64.b64decode(record["底稿"])
