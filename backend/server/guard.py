"""What every request passes first: who may ask, from where, what, and how long it may take to say it."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.server.errors import Refused
from backend.server.journal import Entry, Journal

MOST_BODY = 1_000_000
BODY_S = 20.0
MOST_DRAINED, DRAIN_S = 16 * MOST_BODY, 2.0
"""Of a body that is too long: bytes that are thrown away, and seconds that this may take."""
MOST_REQUESTS = 128
"""Requests that are answered at one time; more are told to come back."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Attributes:
    token: What clients must send; empty where none is needed.
    origins: Web pages that may ask.
    """

    port: int
    token: str
    origins: tuple[str, ...]


def entry_of(scope: Scope) -> Entry:
    """The line of the log for a request."""
    entry = scope["orangery.entry"]
    assert isinstance(entry, Entry)
    return entry


class Guard:
    """Refuses what may not be asked, reads the body of the rest, and writes the log.

    A web page whose name was made to point to this machine still sends its own name as the host; one that
    sends forms cannot send JSON; and no page reads an answer unless its origin is allowed.
    """

    def __init__(self, app: ASGIApp, rules: Callable[[], Rules], journal: Journal) -> None:
        self._app = app
        self._rules = rules
        self._journal = journal
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        client = scope["client"] or ("", 0)
        entry = self._journal.begin(scope["method"], scope["path"], f"{client[0]}:{client[1]}")
        scope["orangery.entry"] = entry
        headers = Headers(scope=scope)
        rules = self._rules()
        origin = headers.get("origin")
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if origin in rules.origins:
                    added = MutableHeaders(scope=message)
                    added["access-control-allow-origin"] = str(origin)
                    added["vary"] = "Origin"
                MutableHeaders(scope=message)["x-content-type-options"] = "nosniff"
            await send(message)

        self._running += 1
        try:
            try:
                answer = _admit(scope, headers, rules)
                if answer is None and self._running > MOST_REQUESTS:
                    raise Refused(429, "Too many requests at one time.", None, "too_many_requests")
                body = b"" if answer else await _body(receive, headers)
            except Refused as refused:
                answer = refuse(refused, entry)
                if refused.status in (408, 413):
                    answer.headers["connection"] = "close"
            if answer is None:
                await self._app(scope, _again(body, receive), watched)
            else:
                await answer(scope, receive, watched)
        except asyncio.CancelledError:
            entry.tell(error="The server was stopped.")
            raise
        finally:
            self._running -= 1
            entry.end(status or 499)


def refuse(refused: Refused, entry: Entry) -> JSONResponse:
    entry.tell(error=refused.message)
    return JSONResponse(refused.body(), refused.status)


def _admit(scope: Scope, headers: Headers, rules: Rules) -> Response | None:
    """The answer to a question of a browser whether it may ask; None for what may go on.

    Raises:
        Refused: 401, 403, 405 or 415.
    """
    hosts = [host.lower() for host in headers.getlist("host")]
    if hosts not in ([f"127.0.0.1:{rules.port}"], [f"localhost:{rules.port}"]):
        raise Refused(403, "This server answers to 127.0.0.1 and localhost only.", None, "host")
    origin = headers.get("origin")
    if origin is not None and origin not in rules.origins:
        raise Refused(403, "This web page may not use the server.", None, "origin")
    if scope["method"] == "OPTIONS" and origin is not None:
        return Response(
            status_code=204,
            headers={
                "access-control-allow-methods": "GET, POST",
                # Clients of OpenAI's interface tell about themselves in headers of their own.
                "access-control-allow-headers": headers.get("access-control-request-headers")
                or "authorization, content-type",
                "access-control-max-age": "600",
            },
        )
    if rules.token:
        given = headers.get("authorization", "")
        wanted = f"Bearer {rules.token}"
        if not secrets.compare_digest(given.encode("utf-8", "replace"), wanted.encode()):
            raise Refused(401, "The token is missing or wrong.", None, "invalid_api_key")
    if scope["method"] == "POST":
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise Refused(415, "Send JSON, as application/json.", None, "content_type")
    return None


async def _body(receive: Receive, headers: Headers) -> bytes:
    """Raises `Refused`: 408 or 413."""
    too_large = Refused(413, f"The body is longer than {MOST_BODY} bytes.", None, "too_large")
    told = headers.get("content-length", "0")
    if told.isdigit() and int(told) > MOST_BODY:
        if "expect" not in headers:  # else it waits to be asked for the body
            await _drain(receive)
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Refused(400, "The connection was closed.")
                body += message.get("body", b"")
                if len(body) > MOST_BODY:
                    if message.get("more_body"):
                        await _drain(receive)
                    raise too_large
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError as error:
        raise Refused(408, "The body took too long.", None, "timeout") from error


async def _drain(receive: Receive) -> None:
    """Let a client send what it has begun, or closing the connection would take the answer from it."""
    left = MOST_DRAINED
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(DRAIN_S):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body"):
                    return


def _again(body: bytes, receive: Receive) -> Receive:
    """What was read, once; then what else the client does."""
    read = False

    async def replay() -> Message:
        nonlocal read
        if read:
            return await receive()
        read = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
