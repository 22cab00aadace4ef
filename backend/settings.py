"""What the person chose, in one JSON file that other versions may share.

Every option is declared once, below, with its type and default. A value of the wrong type or outside its
range is read as the default; keys that this version does not know are kept; a file that is not JSON at all is
set aside as ``settings.json.broken`` and never overwritten unseen.
"""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_type_hints

from backend.engines.types import KvType
from backend.errors import AppError
from backend.files import write_atomically
from backend.i18n import tr
from backend.notices import Notice
from backend.server.types import DEFAULT_PORT
from backend.store.codec import fits

Theme = Literal["system", "light", "dark"]
Language = Literal["system", "en", "pl"]


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """The options. A new one needs a default here and nothing else.

    Attributes:
        offline: No connection but loopback.
        default_n_ctx: Context in tokens for chats and fit checks that do not say; None leaves it to the
            model.
        kv_type: How the engine keeps keys and values of the context.
        reduce_motion: No animation, even if the system does not ask for that.
        downloads_at_once: How many downloads run side by side.
        bandwidth_limit: Bytes per second that all downloads together may take; None for no limit.
        connections_per_file: How many ranges of one file come side by side; with more than 8, a kill could
            cost more than 8 MiB.
        model_folders: Folders that the person added to the library, as absolute paths.
        newer_on_open: Whether opening the library asks the gardens for newer weights, once a day at most.
        ram_limit: Bytes of main memory that models may have at most; None for all of it.
        gpu_limits: Bytes of memory by the name of a GPU, where what was found is wrong or not to be used up.
        send_with_enter: Whether Enter sends and Shift+Enter begins a line, or the other way round.
        connections: Servers that run models, as `backend.engines.connections` writes them; never their keys.
        server_port, server_token, server_origins, server_idle_s, server_parallel, server_log: The local
            server, see `backend.server.types.ServerSettings`; never its token.
    """

    theme: Theme = "system"
    language: Language = "system"
    offline: bool = False
    default_n_ctx: int | None = None
    kv_type: KvType = "f16"
    reduce_motion: bool = False
    downloads_at_once: int = 2
    bandwidth_limit: int | None = None
    connections_per_file: int = 4
    model_folders: tuple[str, ...] = ()
    newer_on_open: bool = False
    send_with_enter: bool = True
    ram_limit: int | None = None
    gpu_limits: Mapping[str, int] = dataclasses.field(default_factory=dict)
    connections: tuple[Mapping[str, str], ...] = ()
    server_port: int = DEFAULT_PORT
    server_token: bool = True
    server_origins: tuple[str, ...] = ()
    server_idle_s: int = 600
    server_parallel: int = 8
    server_log: bool = False


_RANGES: dict[str, tuple[int, int]] = {
    "default_n_ctx": (256, 10_000_000),
    "downloads_at_once": (1, 8),
    "connections_per_file": (1, 8),
    "bandwidth_limit": (10_000, 10_000_000_000),
    "ram_limit": (2**28, 2**44),
    "gpu_limits": (2**28, 2**42),
    "server_port": (1, 65535),
    "server_idle_s": (0, 10_000_000),
    "server_parallel": (1, 64),
}
"""Smallest and largest value; of a table, of each of its values."""


class SettingsStore:
    """The settings file at `path`. Thread-safe.

    Attributes:
        notices: What was wrong with the file when it was read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._listeners: tuple[Callable[[Settings], None], ...] = ()
        self.notices: tuple[Notice, ...] = ()
        self._stamp = self._look()
        self._raw = self._read()
        self._settings = _parse(self._raw)

    def get(self) -> Settings:
        return self._settings

    def current(self) -> Settings:
        """The settings, with what another process has saved meanwhile; looks at the disk. Listeners are not
        told."""
        with self._lock:
            self._catch_up()
            return self._settings

    def subscribe(self, listener: Callable[[Settings], None]) -> None:
        """Call `listener` with the new settings after every change, in the thread that made it."""
        self._listeners = (*self._listeners, listener)

    def update(self, **changes: Any) -> Settings:
        """Change options by name, save the file and return the new settings.

        Raises:
            TypeError: An option does not exist, or a value has the wrong type; a bug of the caller.
            ValueError: A value is outside its range.
            AppError: ``settings.not_saved``; the settings are as before.
        """
        hints = get_type_hints(Settings)
        for name, value in changes.items():
            if name not in hints or not fits(value, hints[name]):
                raise TypeError(f"no option {name!r} of {value!r}")
            if not _in_range(name, value):
                raise ValueError(f"{name} = {value!r} is out of range")
        with self._lock:
            self._catch_up()
            raw = {**self._raw, **changes}
            try:
                _write(self._path, raw)
            except OSError as error:
                raise AppError(
                    "settings.not_saved",
                    tr("The settings could not be saved in {path}.", path=self._path),
                    tr("Check that the disk is writable and has free space."),
                    str(error),
                    retryable=True,
                ) from error
            self._raw, self._stamp = raw, self._look()
            self._settings = settings = dataclasses.replace(self._settings, **changes)
        for listener in self._listeners:
            listener(settings)
        return settings

    def _read(self) -> dict[str, Any]:
        try:
            raw = json.loads(self._path.read_bytes())
            if not isinstance(raw, dict):
                raise ValueError("not an object")
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.notices = (
                Notice(
                    "settings.unreadable",
                    tr("The settings in {path} could not be read; the defaults are used.", path=self._path),
                    str(error),
                ),
            )
            return {}
        except (ValueError, RecursionError):
            self.notices = (self._set_aside(),)
            return {}
        return raw

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def _catch_up(self) -> None:
        """Take over what is in the file now; what cannot be read changes nothing."""
        stamp = self._look()
        if stamp is None or stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            raw = json.loads(self._path.read_bytes())
        except (OSError, ValueError, RecursionError):
            return
        if isinstance(raw, dict):
            self._raw, self._settings = raw, _parse(raw)

    def _set_aside(self) -> Notice:
        aside = self._path.with_name(self._path.name + ".broken")
        try:
            self._path.replace(aside)
        except OSError:
            aside = self._path
        return Notice(
            "settings.broken",
            tr("The settings file was damaged; the defaults are used."),
            tr("It is kept as {path}.", path=aside),
        )


def _parse(raw: dict[str, Any]) -> Settings:
    known: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()
    }
    return Settings(
        **{
            name: known[name]
            for name, hint in get_type_hints(Settings).items()
            if name in known and fits(known[name], hint) and _in_range(name, known[name])
        }
    )


def _in_range(name: str, value: Any) -> bool:
    low, high = _RANGES.get(name, (None, None))
    if isinstance(value, Mapping):
        return low is None or high is None or all(low <= each <= high for each in value.values())
    return value is None or low is None or high is None or low <= value <= high


def _write(path: Path, raw: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(raw, indent=2, ensure_ascii=False, sort_keys=True)
    write_atomically(path, f"{text}\n".encode(), mode=0o600)
