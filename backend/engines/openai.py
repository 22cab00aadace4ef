"""The engine for models behind an OpenAI-compatible address: llama-server, vLLM, LM Studio, Hugging Face's
router."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from backend.engines import openai_body, sse
from backend.engines.answering import RemoteGeneration, Usage, Writer
from backend.engines.ids import RemoteId
from backend.engines.lent import UNKNOWN_CONTEXT, Directory, Lent
from backend.engines.remote import Caller, broken, cancelling, cannot_count, refused
from backend.engines.served import Dialect, ServedModel
from backend.engines.tools import no_tools
from backend.engines.types import (
    FinishReason,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    Sampling,
    Turn,
    goes_on,
)
from backend.errors import AppError
from backend.events import EventBus
from backend.i18n import tr
from backend.net import errors
from backend.net.network import Network


class OpenAIEngine:
    """A `ChatEngine` over ``/v1/chat/completions``. Thread-safe.

    Nothing is loaded or unloaded there: `load` looks whether the model is there. Options that belong to the
    server (context, cache, layers) are its own business.
    """

    def __init__(self, network: Network, directory: Directory, bus: EventBus) -> None:
        self._network = network
        self._directory = directory
        self._lent = Lent("openai", bus)

    def load(
        self,
        address: str,
        options: LoadOptions,
        *,
        cancel: threading.Event | None = None,
        beside: bool = False,
    ) -> LoadedModel:
        """Look whether the server has the model.

        Raises:
            AppError: ``remote.no_model``, ``connection.gone``, ``remote.…``, ``net.…``.
            Cancelled: `cancel` was set.
        """

        def prepare(name: RemoteId, key: str) -> LoadedModel:
            with cancelling(cancel) as leash:
                model = self._lent.served(self._directory, name, leash)
            return _loaded(key, str(name), model, options)

        return self._lent.load(address, options, beside, prepare)

    def unload(self, key: str) -> None:
        """Running answers end as cancelled; the server keeps the model."""
        self._lent.drop(key)

    def loaded(self) -> tuple[LoadedModel, ...]:
        return self._lent.all()

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
    ) -> RemoteGeneration:
        """Answer a conversation `n` times, with a request for each.

        Raises:
            AppError: ``engine.not_loaded``, ``engine.grammar``, ``engine.schema``, ``engine.image``,
                ``engine.tools``; ``engine.no_tools`` in the end of an answer.
        """
        if n < 1:
            raise ValueError("n must be at least 1")
        self._lent.get(key)
        name = self._lent.name_of(key)
        caller = self._caller(name)
        dialect = self._dialect(name)
        body = openai_body.request(name.model, turns, sampling, 0, dialect, tools)

        def work(writer: Writer) -> None:
            _stream(caller, {**body, "seed": writer.seed}, sampling, writer)

        continued = goes_on(turns)
        return self._lent.note(key, RemoteGeneration(n, sampling, on_event, work, goes_on=continued))

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        """Tokens of the prompt, where the server is llama-server or vLLM on this machine.

        What is written must not leave this machine before it is sent, so servers elsewhere are not asked.

        Raises:
            AppError: ``engine.cannot_count``, ``engine.not_loaded``, ``remote.…``, ``net.…``.
        """
        self._lent.get(key)
        name = self._lent.name_of(key)
        caller, dialect = self._caller(name), self._dialect(name)
        connection = caller.login.connection
        if not connection.is_here or any(turn.images for turn in turns):
            raise cannot_count(connection.name)
        messages = openai_body.messages(turns)
        if dialect == "vllm":
            told = caller.ask(f"{connection.root}/tokenize", {"model": name.model, "messages": messages})
            count = told.get("count") if isinstance(told, dict) else None
        elif dialect == "llama-server":
            told = caller.ask(f"{connection.root}/apply-template", {"messages": messages})
            prompt = told.get("prompt") if isinstance(told, dict) else None
            body = {"content": prompt, "add_special": True, "parse_special": True}
            told = caller.ask(f"{connection.root}/tokenize", body)
            tokens = told.get("tokens") if isinstance(told, dict) else None
            count = len(tokens) if isinstance(tokens, list) else None
        else:
            raise cannot_count(connection.name)
        if not isinstance(count, int):
            raise cannot_count(connection.name)
        return count

    def _caller(self, name: RemoteId) -> Caller:
        connection = self._directory.get(name.connection)
        return Caller(self._network, self._directory.login(connection))

    def _dialect(self, name: RemoteId) -> Dialect:
        return self._directory.known(self._directory.get(name.connection)).dialect


def _loaded(key: str, address: str, model: ServedModel, options: LoadOptions) -> LoadedModel:
    context = model.context_length or options.n_ctx or UNKNOWN_CONTEXT
    return LoadedModel(
        key=key,
        path=address,
        name=model.name,
        architecture="",
        parameters=model.parameters,
        n_ctx=min(context, options.n_ctx or context),
        n_ctx_train=context,
        n_vocab=0,
        options=options,
    )


def _stream(caller: Caller, body: Mapping[str, Any], sampling: Sampling, writer: Writer) -> None:
    """Read one answer into its writer, up to its end."""
    finish, usage = "", Usage()
    calls: list[openai_body.CallPiece] = []
    url = f"{caller.login.connection.url}/chat/completions"
    try:
        with caller.stream(url, body, writer.leash) as pieces:
            for data in sse.events(pieces, caller.host):
                if data.strip() == "[DONE]":
                    finish = finish or "stop"
                    break
                try:
                    chunk = openai_body.chunk(data)
                except ValueError as error:
                    detail = caller.login.clean(f"{error}; {data[:200]!a}")
                    raise errors.unreadable(caller.host, detail) from error
                if chunk is None:
                    continue
                if chunk.error:
                    raise refused(caller.login, 500, chunk.error)
                usage = chunk.usage or usage
                finish = chunk.finish or finish
                calls += chunk.calls
                writer.add(chunk.text, chunk.reasoning, chunk.choices, max(1, len(chunk.choices)))
                if writer.stopped:
                    finish = "stop"
                    break
    except AppError as error:
        if openai_body.is_context_error(error.detail) and error.code in ("remote.refused", "remote.trouble"):
            writer.end(FinishReason.CONTEXT)
            return
        if "tools" in body and (other := no_tools(error)) is not None:
            raise other from error
        raise
    if not finish:
        raise broken(caller.host, "the stream ended before the answer did")
    writer.call(openai_body.joined(calls))
    tokens = usage.completion_tokens or writer.tokens
    note = tr("The server ended this answer by its own rules.") if finish == "content_filter" else ""
    writer.end(openai_body.finish_reason(finish, sampling, tokens), usage, note)
