"""The command line: one subcommand per capability, outcomes as exit codes.

0 done, 1 failed with one sentence on stderr, 2 wrong usage, 130 cancelled.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from backend.cli import adapters, output
from backend.cli.arguments import EVERYWHERE, split
from backend.cli.asking import in_flags
from backend.cli.bench import bench
from backend.cli.calibrate import calibrate
from backend.cli.chat import chat
from backend.cli.compare import compare
from backend.cli.convert import convert
from backend.cli.doctor import doctor
from backend.cli.fit import fit
from backend.cli.imatrix import imatrix
from backend.cli.ls import ls
from backend.cli.mv import mv
from backend.cli.pull import pull
from backend.cli.quant_lab import quant_lab
from backend.cli.quantize import quantize
from backend.cli.report import report
from backend.cli.rm import rm
from backend.cli.search import search
from backend.cli.serve import serve
from backend.cli.verify import verify
from backend.errors import AppError, Cancelled
from backend.i18n import tr
from backend.version import version

FAILED, USAGE, CANCELLED = 1, 2, 130
WRONG_USAGE = ("cli.usage", "quantize.unknown_type", "server.origin")
"""Codes of errors that were typed."""

app = typer.Typer(
    name="orangery",
    help="Try language models at home. Without a command, the window opens.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
COMMANDS = (
    *(search, fit, pull, ls, rm, verify, mv, chat, compare, report),
    *(quantize, imatrix, quant_lab, convert, calibrate, bench, serve, doctor),
)
for command in COMMANDS:
    app.command(epilog=EVERYWHERE)(command)
app.add_typer(adapters.group)


def _print_version(wanted: bool) -> None:
    if wanted:
        output.line(version())
        raise typer.Exit


@app.callback()
def everywhere(
    home: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder for settings, chats and cache instead of the system's."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="No connection but to this machine.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Try language models at home. Without a command, the window opens.

    --home and --offline may stand before or after the command.
    """


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code of the process."""
    # Failures are told in one sentence; what the services log is for the window's log file.
    logging.getLogger().addHandler(logging.NullHandler())
    output.prepare()
    try:
        chosen, rest = split(arguments)
        app(args=rest, prog_name="orangery", obj=chosen)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except (Cancelled, KeyboardInterrupt):
        output.cancelled()
        return CANCELLED
    except AppError as error:
        output.say(str(in_flags(error)))
        return USAGE if error.code in WRONG_USAGE else FAILED
    except OSError as error:  # a disk that is full or gone, also under a redirected stdout
        output.say(tr("The system refused something: {error}", error=error))
        return FAILED
    return 0
