"""The endpoints: models, chat completions, completions and embeddings."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import numpy as np
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.engines.embedding import Embedded, Embedder
from backend.engines.engines import Engines
from backend.engines.types import ChatModel, Delta, Finished, FinishReason, GenerationEvent
from backend.errors import AppError
from backend.i18n import tr
from backend.server import requests
from backend.server.answers import Burst, Start, joined
from backend.server.connections import Connections
from backend.server.errors import Refused, parsed, refusal
from backend.server.forms import ChatForm, Form, Gathered, TextForm, usage
from backend.server.guard import entry_of, refuse
from backend.server.models import Models
from backend.server.openapi import document
from backend.server.schema import ChatRequest, ChosenTool, CompletionRequest, EmbeddingRequest
from backend.server.streaming import ClientGone, Stream, seen, unless_gone

_EMBEDDING = 4
"""Requests for vectors that are worked on at one time."""


class Endpoints:
    def __init__(
        self, engines: Engines, models: Models, embedder: Embedder, connections: Connections
    ) -> None:
        self._engines = engines
        self._models = models
        self._embedder = embedder
        self._connections = connections
        self._embedding = asyncio.Semaphore(_EMBEDDING)

    def app(self) -> Starlette:
        routes = [
            Route("/v1/models", self.list_models),
            Route("/v1/models/{name:path}", self.one_model),
            Route("/v1/chat/completions", self.chat, methods=["POST"]),
            Route("/v1/completions", self.complete, methods=["POST"]),
            Route("/v1/embeddings", self.embed, methods=["POST"]),
            Route("/openapi.json", self.describe),
        ]
        handlers: dict[Any, Callable[[Request, Any], Awaitable[Response]]] = {
            Refused: _refused,
            AppError: _failed,
            HTTPException: _http,
            ClientGone: _gone,
            Exception: _bug,
        }
        return Starlette(routes=routes, exception_handlers=handlers)

    async def describe(self, request: Request) -> Response:
        return JSONResponse(document())

    async def list_models(self, request: Request) -> Response:
        names = await self._models.names()
        return JSONResponse(
            {"object": "list", "data": [_model(name, model) for name, model in names.items()]}
        )

    async def one_model(self, request: Request) -> Response:
        name = request.path_params["name"]
        return JSONResponse(_model(name, await self._models.find(name)))

    async def chat(self, request: Request) -> Response:
        asked = parsed(ChatRequest, await request.body())
        turns, sampling, tools = requests.turns(asked), requests.sampling(asked), requests.tools(asked)
        entry_of(request.scope).asked(
            asked.model, "\n".join(f"{turn.role}: {turn.content}" for turn in turns)
        )
        n = asked.n or 1

        def start(key: str, hear: Callable[[GenerationEvent], None]) -> Any:
            return self._engines.generate(key, turns, sampling, hear, n=n, tools=tools)

        form = ChatForm(
            asked.model,
            bool(asked.logprobs),
            asked.top_logprobs or 0,
            one_call=asked.parallel_tool_calls is False,
            named=isinstance(asked.tool_choice, ChosenTool),
        )
        return await self._answer(request, asked, n, form, start)

    async def complete(self, request: Request) -> Response:
        asked = parsed(CompletionRequest, await request.body())
        sampling = requests.sampling(asked)
        entry_of(request.scope).asked(asked.model, asked.prompt)
        n = asked.n or 1

        def start(key: str, hear: Callable[[GenerationEvent], None]) -> Any:
            return self._engines.complete(key, asked.prompt, sampling, hear, n=n)

        return await self._answer(request, asked, n, TextForm(asked.model, asked.logprobs), start)

    async def embed(self, request: Request) -> Response:
        asked = parsed(EmbeddingRequest, await request.body())
        texts = [asked.input] if isinstance(asked.input, str) else asked.input
        entry = entry_of(request.scope)
        entry.asked(asked.model, "\n".join(texts))
        model = await self._models.find(asked.model)
        if model.adapters:
            raise Refused(400, "A mix makes no vectors; name its model.", "model", "embed.mix")
        made = await unless_gone(request, self._vectors(model.address, texts))
        vectors = made.vectors
        if asked.dimensions is not None:
            if asked.dimensions > vectors.shape[1]:
                few = f"dimensions: The vectors of this model have {vectors.shape[1]} numbers."
                raise Refused(400, few, "dimensions", "embed.dimensions")
            vectors = vectors[:, : asked.dimensions]
            vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        total = sum(made.tokens)
        entry.tell(prompt_tokens=total)
        plain = asked.encoding_format != "base64"
        data = [
            {
                "object": "embedding",
                "index": index,
                "embedding": (
                    vector.tolist()
                    if plain
                    else base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")
                ),
            }
            for index, vector in enumerate(vectors)
        ]
        used = {"prompt_tokens": total, "total_tokens": total}
        return JSONResponse({"object": "list", "data": data, "model": asked.model, "usage": used})

    async def _vectors(self, address: str, texts: list[str]) -> Embedded:
        """A model makes those of one request after the other; waiting for that must not take the threads that
        everybody else needs."""
        async with self._embedding:
            return await self._models.run(lambda: self._embedder.embed(address, texts))

    async def _answer(
        self, request: Request, asked: ChatRequest | CompletionRequest, n: int, form: Form, start: Start
    ) -> Response:
        model = await self._models.find(asked.model)
        client = request.scope["client"] or ("", 0)
        running = Running(self._models, model, start, n, lambda: self._connections.cut(tuple(client)))
        if not asked.stream:
            return await unless_gone(request, self._whole(request, form, running))
        counted = bool(asked.stream_options and asked.stream_options.include_usage)
        pieces = _pieces(form, running, n, counted, request)
        try:  # what fails before the first word is answered with a status
            first = await unless_gone(request, anext(pieces))
        except BaseException:
            await pieces.aclose()
            raise
        return Stream(first, pieces, lambda: self._connections.cut(tuple(client)))

    async def _whole(self, request: Request, form: Form, running: Running) -> Response:
        gathered: dict[int, Gathered] = {index: Gathered() for index in range(running.n)}
        async for events in running.events():
            for event in events:
                if isinstance(event, Delta):
                    gathered[event.index].take(event)
                else:
                    gathered[event.index].end = _checked(event)
        ends = [one.end for one in gathered.values() if one.end]
        used = usage(ends)
        _note(request, used, gathered[0].text)
        choices = [form.answer(index, one) for index, one in gathered.items()]
        return JSONResponse({**form.head(stream=False), "choices": choices, "usage": used})


class Running:
    """The answers to one request, which end when nobody listens any more."""

    def __init__(
        self, models: Models, model: ChatModel, start: Start, n: int, too_much: Callable[[], None]
    ) -> None:
        self._models = models
        self._model = model
        self._start = start
        self._too_much = too_much
        self.n = n

    async def events(self) -> AsyncIterator[list[GenerationEvent]]:
        """Load the model, begin, and give what comes. Raises `AppError`."""
        async with AsyncExitStack() as stack:
            loaded = await stack.enter_async_context(self._models.using(self._model))
            burst = Burst(self.n, self._too_much)
            # Begun is begun: also where the client goes while the request is on its way to the engine.
            beginning = asyncio.ensure_future(self._models.run(lambda: self._start(loaded.key, burst.hear)))
            beginning.add_done_callback(seen)
            try:
                await asyncio.shield(beginning)
                async for events in burst:
                    yield joined(events)
            finally:
                beginning.add_done_callback(_cancel)  # at once, if it has begun; of what has ended, nothing


def _cancel(beginning: asyncio.Future[Any]) -> None:
    if not beginning.cancelled() and beginning.exception() is None:
        beginning.result().cancel()


async def _pieces(
    form: Form, running: Running, n: int, counted: bool, request: Request
) -> AsyncGenerator[bytes, None]:
    """The events of a stream, as they are sent. Raises `AppError` before the first one only."""
    gathered = {index: Gathered() for index in range(n)}
    entry = entry_of(request.scope)
    # All events of an answer are alike but for the choices, which are put into the middle.
    before, _, after = _json({**form.head(stream=True), "choices": [_MIDDLE]}).partition(_json(_MIDDLE))
    opened = False
    try:
        async for events in running.events():
            for event in events:
                one = gathered[event.index]
                if not isinstance(event, Delta):
                    one.end = _checked(event)
            out = bytearray()
            if not opened:
                opened = True
                starts = [form.opening(index) for index in range(n)]
                out += b"".join(_event(before + _json(start) + after) for start in starts if start)
            for event in events:
                one = gathered[event.index]
                if isinstance(event, Delta):
                    entry.add(event.text)
                    piece = form.piece(event, len(one.calls))
                    one.take(event, keep=False)
                else:
                    piece = form.closing(event.index, one.reason())
                out += _event(before + _json(piece) + after)
            yield bytes(out)
    except AppError as error:
        if not opened:
            raise
        refused = refusal(error)
        entry.tell(error=refused.message)
        yield _event(_json(refused.body()))
        return
    used = usage([one.end for one in gathered.values() if one.end])
    _note(request, used)
    if counted:
        yield _event(before + after[:-1] + ',"usage":' + _json(used) + "}")
    yield b"data: [DONE]\n\n"


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_MIDDLE = secrets.token_hex(12)


def _event(body: str) -> bytes:
    return f"data: {body}\n\n".encode("utf-8", "replace")


def _checked(end: Finished) -> Finished:
    """Raises `AppError` for an answer that is none."""
    if end.reason is FinishReason.ERROR:
        raise AppError(end.error_code or "engine.bug", end.error_title, end.error_hint)
    if end.reason is FinishReason.CANCELLED:
        raise AppError("server.stopped", tr("The model was stopped while it answered."), tr("Ask again."))
    return end


def _note(request: Request, used: dict[str, Any], answer: str = "") -> None:
    entry = entry_of(request.scope)
    entry.tell(prompt_tokens=used["prompt_tokens"], completion_tokens=used["completion_tokens"])
    entry.add(answer)


def _model(name: str, model: ChatModel) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": model.owner or "orangery"}


async def _refused(request: Request, error: Refused) -> Response:
    return refuse(error, entry_of(request.scope))


async def _failed(request: Request, error: AppError) -> Response:
    chat = request.url.path != "/v1/completions"
    return refuse(refusal(error, chat=chat), entry_of(request.scope))


async def _http(request: Request, error: HTTPException) -> Response:
    answer = refuse(Refused(error.status_code, error.detail), entry_of(request.scope))
    answer.headers.update(error.headers or {})
    return answer


async def _gone(request: Request, error: ClientGone) -> Response:
    entry_of(request.scope).tell(error="The connection was closed.")
    return Response(status_code=499)


async def _bug(request: Request, error: Exception) -> Response:
    return refuse(Refused(500, "The server failed; its log says more."), entry_of(request.scope))
