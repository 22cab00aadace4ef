"""Starts and stops the local server, which runs in one thread with an event loop of its own."""

from __future__ import annotations

import importlib.util
import logging
import os
import socket
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.engines.embedding import Embedder
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import LoadOptions
from backend.errors import AppError
from backend.events import EventBus, ServerChanged
from backend.i18n import tr
from backend.server.journal import Journal
from backend.server.token import ServerToken
from backend.server.types import RequestLine, ServerSettings, ServerState, ServerStatus
from backend.settings import SettingsStore

if TYPE_CHECKING:
    from backend.server.running import ServerThread

log = logging.getLogger(__name__)

_HOST = "127.0.0.1"
_NEEDED = ("starlette", "uvicorn", "pydantic")


class LocalServer:
    """The server of one profile: off until it is started. Blocking and thread-safe."""

    def __init__(
        self,
        engines: Engines,
        room: ModelRoom,
        embedder: Embedder,
        settings: SettingsStore,
        bus: EventBus,
        options: Callable[[], LoadOptions],
    ) -> None:
        self._engines = engines
        self._room = room
        self._embedder = embedder
        self._store = settings
        self._bus = bus
        self._options = options
        self._token = ServerToken()
        self._journal = Journal(bus, lambda: self.settings().log_content)
        self._lock = threading.RLock()
        self._thread: ServerThread | None = None
        self._status = ServerStatus()

    def start(
        self, *, port: int | None = None, token: str | None = None, origins: tuple[str, ...] = ()
    ) -> ServerStatus:
        """Serve until `stop`; does nothing if it runs.

        Args:
            port: Instead of the one that is set; 0 takes a free one.
            token: For this run, instead of the kept one; empty for none.
            origins: Web pages that may ask during this run, beside those that are set.

        Raises:
            AppError: ``server.port_taken`` (`ServerStatus.free_port` has another), ``server.port``,
                ``server.not_installed``, ``server.failed``, ``server.origin``.
        """
        _check_origins(origins)
        with self._lock:
            if self._status.state is ServerState.RUNNING:
                return self._status
            self._tell(ServerStatus(ServerState.STARTING))
            wanted = self.settings().port if port is None else port
            try:
                self._begin(wanted, token, origins)
            except AppError as error:
                free = _free_port() if error.code == "server.port_taken" else None
                self._tell(
                    ServerStatus(
                        ServerState.FAILED,
                        free_port=free,
                        error_title=error.title,
                        error_hint=error.hint,
                    )
                )
                raise
            return self._status

    def stop(self) -> None:
        """End all answers and free the port; does nothing if it does not run."""
        with self._lock:
            thread, self._thread = self._thread, None
            if thread is not None:
                thread.stop()
            if self._status.state is not ServerState.OFF:
                self._tell(ServerStatus(token=self._shown_token()))

    def status(self) -> ServerStatus:
        return self._status

    def new_token(self) -> str:
        """Make another token; clients with the old one are refused from now on."""
        token = self._token.renew()
        with self._lock:
            if self._thread is not None and self._thread.token:
                self._thread.token = token
            self._shown_anew()
        return token

    def settings(self) -> ServerSettings:
        kept = self._store.get()
        return ServerSettings(
            kept.server_port,
            kept.server_token,
            kept.server_origins,
            kept.server_idle_s,
            kept.server_parallel,
            kept.server_log,
        )

    def configure(self, settings: ServerSettings) -> None:
        """Keep other settings. The port counts from the next start, the rest at once.

        Raises:
            AppError: ``server.origin``, ``settings.not_saved``.
            ValueError: A value is outside its range.
        """
        _check_origins(settings.origins)
        self._store.update(
            server_port=settings.port,
            server_token=settings.token_required,
            server_origins=settings.origins,
            server_idle_s=settings.idle_s,
            server_parallel=settings.parallel,
            server_log=settings.log_content,
        )
        with self._lock:
            if self._thread is not None:
                self._thread.token = self._token.get() if settings.token_required else ""
                self._thread.settle()
            self._shown_anew()

    def log(self) -> tuple[RequestLine, ...]:
        """The last requests, the newest at the end."""
        return self._journal.lines()

    def clear_log(self) -> None:
        self._journal.clear()

    def _begin(self, port: int, token: str | None, origins: tuple[str, ...]) -> None:
        if any(importlib.util.find_spec(name) is None for name in _NEEDED):
            raise AppError(
                "server.not_installed",
                tr("The local server needs packages that are not installed."),
                tr("In the folder of Orangery: python3 -m pip install -e '.[serve]'"),
            )
        # Half a second of imports that nobody pays who does not serve.
        from backend.server.running import ServerThread

        if token:
            self._token.use(token)
        needed = self.settings().token_required if token is None else bool(token)
        listening = _listening(port)

        def settings() -> ServerSettings:
            kept = self.settings()
            return replace(kept, origins=kept.origins + origins) if origins else kept

        thread = ServerThread(
            self._engines,
            self._room,
            self._embedder,
            self._journal,
            self._options,
            settings,
            listening,
            self._ended,
            token=self._token.get() if needed else "",
        )
        try:
            thread.start()
        except BaseException:
            listening.close()
            raise
        self._thread = thread
        url = f"http://{_HOST}:{thread.port}/v1"
        self._tell(ServerStatus(ServerState.RUNNING, url, thread.token))

    def _ended(self, thread: ServerThread) -> None:
        """The thread has ended, and nobody asked it to."""
        if self._thread is not thread:  # it was asked: who did that holds the lock
            return
        with self._lock:
            self._thread = None
            self._tell(
                ServerStatus(
                    ServerState.FAILED,
                    token=self._shown_token(),
                    error_title=tr("The local server has ended."),
                    error_hint=tr("Start it again; the log file says why it ended."),
                )
            )

    def _shown_token(self) -> str:
        return self._token.known if self.settings().token_required else ""

    def _shown_anew(self) -> None:
        shown = self._thread.token if self._thread is not None else self._shown_token()
        now = self._status
        self._tell(ServerStatus(now.state, now.url, shown, now.free_port, now.error_title, now.error_hint))

    def _tell(self, status: ServerStatus) -> None:
        self._status = status
        self._bus.publish(ServerChanged(status))


def _check_origins(origins: tuple[str, ...]) -> None:
    """Raises `AppError`: ``server.origin``."""
    for origin in origins:
        scheme, mark, host = origin.partition("://")
        if scheme not in ("http", "https") or not mark or not host or set(host) & set("/ *@?#"):
            raise AppError(
                "server.origin",
                tr("{origin} is not the address of a web page's server.", origin=origin),
                tr("Write it as https://host or http://host:port, without a path."),
            )


def _listening(port: int) -> socket.socket:
    """Raises `AppError`: ``server.port_taken``, ``server.port``."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "nt":  # there, reuse would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_HOST, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if isinstance(error, PermissionError):
            raise AppError(
                "server.port",
                tr("The system does not let programs use port {port}.", port=port),
                tr("Choose one above 1024."),
                str(error),
            ) from error
        raise AppError(
            "server.port_taken",
            tr("Port {port} is used by another program.", port=port),
            tr("Use port {free}, or end that program.", free=_free_port()),
            str(error),
        ) from error
    return listening


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
