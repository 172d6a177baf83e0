"""The command line: parse, call, print."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from reportgen.cli.app import run

    sys.exit(run(sys.argv[1:]))
