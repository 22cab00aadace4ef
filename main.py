"""Starts Orangery: a worker process, the command line, or the window. Dispatch only.

Imports stay inside the branches, so that a worker starts without the window's libraries and the window
without the engine's.
"""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run what the arguments ask for and return the process's exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) == 2 and arguments[0] == "--worker":
        from backend.worker.main import run

        return run(arguments[1])
    from backend.cli.main import main as command_line

    return command_line(arguments)


if __name__ == "__main__":
    sys.exit(main())
