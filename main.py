"""Starts Orangery: a worker process, the command line, or the window. Dispatch only.

Imports stay inside the branches, so that a worker starts without the window's libraries and the window
without the engine's.
"""

from __future__ import annotations

import sys
from pathlib import Path

NO_WINDOW = 3
"""Exit code when this system lacks what a window needs."""


def main(argv: list[str] | None = None) -> int:
    """Run what the arguments ask for and return the process's exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) == 2 and arguments[0] == "--worker":
        from backend.worker.main import run as work

        return work(arguments[1])
    try:
        return _person(arguments)
    except KeyboardInterrupt:
        return 130


def _person(arguments: list[str]) -> int:
    from backend import streams
    from backend.cli.arguments import is_command_line, split
    from backend.errors import AppError

    streams.complete()
    try:
        chosen, rest = split(arguments)
    except AppError as error:
        print(error, file=sys.stderr)
        return 2
    if is_command_line(rest):
        from backend.cli.main import main as command_line

        return command_line(arguments)

    import os

    from backend import desktop

    problem = desktop.problem(os.environ)
    if problem is None:
        try:
            from ui.app import run as window

            return window(chosen.paths, offline=chosen.offline, argv=rest)
        except ImportError as error:
            problem = desktop.explain_import_error(error)
            if problem is None:
                raise
        except AppError as error:
            print(error, file=sys.stderr)
            return 1
    print(problem, file=sys.stderr)
    return NO_WINDOW


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    sys.exit(main())
