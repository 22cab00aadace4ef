"""``report``: what came out of an unattended run, a benchmark or all votes, as a file or on stdout."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from backend.cli import output
from backend.cli.session import opened
from backend.compare.votes_file import board_csv
from backend.errors import AppError
from backend.i18n import tr

if TYPE_CHECKING:
    from backend.app import Backend

Writer = Callable[["Backend", int, Path], None]


def _unattended(backend: Backend, run_id: int, path: Path) -> None:
    backend.compare.report(run_id, path)


def _bench(backend: Backend, run_id: int, path: Path) -> None:
    backend.bench.export((run_id,), path)


WRITERS: Mapping[str, Writer] = {"": _unattended, "b": _bench}
"""What writes the report of a run, by the letter before its number."""


def report(
    context: typer.Context,
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="Number of an unattended run; with a b before it, of a benchmark. Or: leaderboard.",
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write .html or .md there; of a benchmark .md, .csv or .json; of the leaderboard .csv.",
            show_default="Markdown, or the leaderboard's CSV, on stdout",
        ),
    ] = None,
) -> None:
    """Write the report of an unattended run or a benchmark, or the leaderboard of all votes."""
    if run == "leaderboard":
        with opened(context) as backend:
            if to is None:
                output.line(board_csv(backend.compare.leaderboard()).rstrip())
            else:
                backend.compare.export_leaderboard(to)
                output.say(tr("Written: {path}", path=to))
        return
    letter = run[:1] if run[:1].isalpha() else ""
    number = run.removeprefix(letter)
    if letter not in WRITERS or not number.isdecimal() or len(number) > 15:
        raise typer.BadParameter("it is the number of a run.", param_hint="RUN")
    with opened(context) as backend:
        try:
            if to is not None:
                WRITERS[letter](backend, int(number), to)
                output.say(tr("Written: {path}", path=to))
                return
            with tempfile.TemporaryDirectory(prefix="orangery-") as folder:
                path = Path(folder, "report.md")
                WRITERS[letter](backend, int(number), path)
                output.line(path.read_text(encoding="utf-8"))
        except LookupError:
            raise AppError(
                "report.not_found",
                tr("There is no run {run}.", run=run),
                tr("The numbers stand beside the runs in the window."),
            ) from None
