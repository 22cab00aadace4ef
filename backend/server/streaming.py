"""Answers that are sent in pieces, and what ends them: a client that goes, or one that does not read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from backend.server.guard import entry_of

SEND_S = 30.0
"""Seconds that a client may take for one piece of an answer before it is cut off."""

T = TypeVar("T")


class ClientGone(Exception):
    """The client has closed the connection."""


class Stream(Response):
    """Server-sent events. A client that does not read is cut off; when one goes, its answers end."""

    media_type = "text/event-stream"

    def __init__(self, first: bytes, pieces: AsyncGenerator[bytes, None], cut: Callable[[], None]) -> None:
        super().__init__(headers={"cache-control": "no-store"})
        del self.headers["content-length"]
        self._first = first
        self._pieces = pieces
        self._cut = cut
        self._sending: float | None = None  # since when, by the clock of the event loop

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        watching = asyncio.get_running_loop().create_task(self._watch())
        try:
            await unless_gone(request, self._send(send))
        except ClientGone:
            entry_of(scope).tell(error="The connection was closed.")
        finally:
            watching.cancel()
            await self._pieces.aclose()

    async def _watch(self) -> None:
        """Cut the client off when it takes too long for one piece."""
        loop = asyncio.get_running_loop()
        left = SEND_S
        while left > 0:
            await asyncio.sleep(left)
            left = SEND_S if self._sending is None else self._sending + SEND_S - loop.time()
        self._cut()

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await self._piece(send, self._first)
        async for piece in self._pieces:
            await self._piece(send, piece)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _piece(self, send: Send, body: bytes) -> None:
        self._sending = asyncio.get_running_loop().time()
        await send({"type": "http.response.body", "body": body, "more_body": True})
        self._sending = None


async def unless_gone(request: Request, work: Awaitable[T]) -> T:
    """Do `work`, and stop when the client goes. Raises `ClientGone`."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnected(request.receive))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientGone
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.wait((working, leaving))
        seen(working)


def seen(work: asyncio.Future[Any]) -> None:
    """Nobody asks what became of `work` any more."""
    if not work.cancelled():
        work.exception()


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
