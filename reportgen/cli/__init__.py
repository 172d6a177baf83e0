"""The command line: parse, call, print."""

from __future__ import annotations

import gc
import sys

_MANY = 5_000
"""New objects after which cycles are looked for: importing makes many, and none to be found."""


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(_MANY)
    from reportgen.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # or else the process goes through all that it has three times before it ends
    sys.exit(code)
