"""The options that hold for every command and for the window; they may stand before or after the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.errors import AppError
from backend.i18n import tr
from backend.paths import Paths

EVERYWHERE = "--home DIR and --offline work with every command."
"""Below the help of each command."""

MODEL_HELP = "A path, starter, hf:owner/name[/file.gguf] or a library name."
"""What names a model that is on this disk."""

MAX_TEMPERATURE = 5.0
"""As in the window; every token is about as likely as any other long before."""


@dataclass(frozen=True, slots=True)
class Globals:
    """Attributes:
    home: Folder for config, data and cache instead of the system's; None for the usual places.
    offline: No connection but loopback.
    """

    home: Path | None = None
    offline: bool = False

    @property
    def paths(self) -> Paths:
        return Paths.under(self.home) if self.home is not None else Paths.default()


def split(arguments: Sequence[str]) -> tuple[Globals, list[str]]:
    """Take the global options out of `arguments`, up to a ``--``; returns them and the rest in order.

    Raises:
        AppError: ``cli.usage``: --home has no value.
    """
    home: Path | None = None
    offline = False
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        if argument == "--offline":
            offline = True
        elif argument == "--home":
            home = _folder(waiting.pop(0) if waiting else "")
        elif argument.startswith("--home="):
            home = _folder(argument.removeprefix("--home="))
        else:
            rest.append(argument)
    return Globals(home, offline), rest


def _folder(text: str) -> Path:
    if not text:  # as of a variable that is not set; the working folder is not meant
        raise AppError("cli.usage", tr("The option --home needs a folder."))
    return Path(text)


def is_command_line(rest: Sequence[str]) -> bool:
    """Whether what is left asks for the command line rather than the window.

    Any word does, so that a mistyped command is an error and not a window, and so does any ``--option``: a
    mistyped --offline must not open a window that goes online. What begins with one dash is for Qt.
    """
    return bool(rest) and (not rest[0].startswith("-") or rest[0].startswith("--") or rest[0] == "-h")
