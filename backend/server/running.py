"""The thread of the running server: uvicorn over the endpoints and their guard."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import uvicorn

from backend.engines.embedding import Embedder
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import LoadOptions
from backend.errors import AppError
from backend.i18n import tr
from backend.server.connections import Connections, protocol
from backend.server.endpoints import Endpoints
from backend.server.guard import Guard, Rules
from backend.server.journal import Journal
from backend.server.models import Models
from backend.server.types import ServerSettings

log = logging.getLogger(__name__)

_START_S = 20.0
_STOP_S = 10.0
_THREADS = 16
_MOST_HEADERS = 16 * 1024


class ServerThread:
    """One run of the server.

    Attributes:
        token: What clients must send from now on; empty for none.
    """

    def __init__(
        self,
        engines: Engines,
        room: ModelRoom,
        embedder: Embedder,
        journal: Journal,
        options: Callable[[], LoadOptions],
        settings: Callable[[], ServerSettings],
        listening: socket.socket,
        on_end: Callable[[ServerThread], None],
        *,
        token: str,
    ) -> None:
        """`on_end` is called in the server's thread as the last thing it does."""
        self.token = token
        self.port = int(listening.getsockname()[1])
        self._settings = settings
        self._listening = listening
        self._on_end = on_end
        self._pool = ThreadPoolExecutor(_THREADS, "server-work")
        self._models = Models(engines, room, options, settings, self._pool)
        self._connections = Connections()
        endpoints = Endpoints(engines, self._models, embedder, self._connections)
        self._app = Guard(endpoints.app(), self._rules, journal)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)
        self._server: _Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Raises `AppError`: ``server.failed``."""
        self._thread.start()
        if not self._ready.wait(_START_S) or self._server is None or not self._server.started:
            self.stop()
            raise AppError("server.failed", tr("The local server did not start."), tr("Try again."))

    def stop(self) -> None:
        """End all answers, give the models back, and wait for the end."""
        if self._server is not None:
            self._server.should_exit = True
            self._call(self._connections.end)  # nobody has to be waited for then
        self._thread.join(_STOP_S)
        if self._thread.is_alive():
            log.error("the local server does not end")

    def settle(self) -> None:
        """Take other settings; returns at once."""
        self._call(self._models.settle)

    def _call(self, work: Callable[[], None]) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the server has ended
                self._loop.call_soon_threadsafe(work)

    def _rules(self) -> Rules:
        return Rules(self.port, self.token, self._settings().origins)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception:
            log.exception("the local server failed")
        finally:
            self._pool.shutdown(wait=False)
            self._listening.close()
            self._ready.set()
            self._on_end(self)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        config = uvicorn.Config(
            self._app,
            http=protocol(self._connections),
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=_MOST_HEADERS,
            timeout_graceful_shutdown=1,
        )
        self._server = _Server(config, self._ready)
        try:
            await self._server.serve(sockets=[self._listening])
        finally:
            await self._models.close()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: threading.Event) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready.set()
