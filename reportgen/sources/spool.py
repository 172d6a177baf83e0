"""What is too much for the memory: put aside in a file that vanishes with its reader."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from array import array
from typing import Any

_SMALL = 1 << 20  # bytes that are no reason to write to a disk


class Spool:
    """Items put aside on disk; of each only its number is kept, from 0 on."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_SMALL)  # noqa: SIM115 - lives as long as this
        self.close = weakref.finalize(self, self._file.close)
        self._starts = array("Q")
        self._end = 0

    def put(self, item: Any) -> int:
        """Put an item of primitives aside; its number."""
        data = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
        self._starts.append(self._end)
        self._file.seek(self._end)
        self._file.write(data)
        self._end += len(data)
        return len(self._starts) - 1

    def get(self, number: int) -> Any:
        """The item of a number."""
        self._file.seek(self._starts[number])
        return pickle.load(self._file)  # noqa: S301 - written by ourselves, seen by nobody else

    def __len__(self) -> int:
        return len(self._starts)
