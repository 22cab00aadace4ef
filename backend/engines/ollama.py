"""The engine for models of an Ollama daemon, here or on another computer, through the `ollama` client."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from backend.engines.answering import RemoteGeneration, Usage, Writer
from backend.engines.ids import RemoteId
from backend.engines.images import read_image
from backend.engines.lent import Directory, Lent
from backend.engines.openai_body import finish_reason, no_grammar, schema_of
from backend.engines.remote import CONNECT_S, broken, cancelling, cannot_count
from backend.engines.tool_calls import new_id
from backend.engines.tools import arguments_of, no_tools, tool_list
from backend.engines.types import (
    Alternative,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    Sampling,
    TokenChoice,
    ToolCall,
    Turn,
    goes_on,
)
from backend.errors import AppError
from backend.events import EventBus
from backend.net.leash import Leash
from backend.net.network import Network

if TYPE_CHECKING:
    from ollama import ChatResponse, Client, Message
    from ollama._types import Logprob

_KEEP = "10m"
"""How long the daemon keeps a model that nobody asks: long enough for a chat, and no memory is lost for good
if Orangery is killed."""
_MOST_CONTEXT = 8192  # as of this machine's own engine where the options do not say; see `LoadOptions`
_NS = 1e9


class OllamaEngine:
    """A `ChatEngine` over Ollama daemons. Thread-safe.

    The daemon decides about cache types and parallel answers; context, layers, threads and batch are asked
    for. It has one context of a model, so that other options load it anew.
    """

    def __init__(self, network: Network, directory: Directory, bus: EventBus) -> None:
        self._network = network
        self._directory = directory
        self._lent = Lent("ollama", bus)

    def load(
        self,
        address: str,
        options: LoadOptions,
        *,
        cancel: threading.Event | None = None,
        beside: bool = False,
    ) -> LoadedModel:
        """Let the daemon load the model, and keep it for ten minutes after the last answer.

        Raises:
            AppError: ``remote.no_model``, ``connection.gone``, ``remote.…``, ``net.…``.
            Cancelled: `cancel` was set.
        """

        def prepare(name: RemoteId, key: str) -> LoadedModel:
            began = time.monotonic()
            with cancelling(cancel) as leash:
                row = self._lent.served(self._directory, name, leash)
                trained = row.context_length or options.n_ctx or _MOST_CONTEXT
                n_ctx = min(options.n_ctx or _MOST_CONTEXT, trained)
                with self._client(name, leash) as client:
                    client.generate(name.model, "", keep_alive=_KEEP, options=_load_options(options, n_ctx))
            return LoadedModel(
                key=key,
                path=str(name),
                name=name.model,
                architecture="",
                parameters=row.parameters,
                n_ctx=n_ctx,
                n_ctx_train=trained,
                n_vocab=0,
                options=options,
                load_s=time.monotonic() - began,
            )

        return self._lent.load(address, options, beside, prepare)

    def unload(self, key: str) -> None:
        """Let the daemon give the memory back; running answers end as cancelled."""
        loaded = self._lent.drop(key)
        if loaded is None:
            return
        # A daemon that is gone has given it back.
        with contextlib.suppress(AppError), Leash(CONNECT_S) as leash:
            name = self._lent.name_of(key)
            with self._client(name, leash) as client:
                client.generate(name.model, "", keep_alive=0)

    def loaded(self) -> tuple[LoadedModel, ...]:
        """The models that were loaded from here. Whether the daemon still holds one is not asked: it loads it
        anew by itself for the next answer."""
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
        loaded = self._lent.get(key)
        name = self._lent.name_of(key)
        self._directory.get(name.connection)
        request: dict[str, Any] = {
            "messages": _messages(turns),
            "format": _format(sampling),
            "keep_alive": _KEEP,
        }
        if listed := tool_list(tools):
            request["tools"] = listed
        if sampling.logprobs:
            request |= {"logprobs": True, "top_logprobs": min(sampling.logprobs, 20)}
        options = _load_options(loaded.options, loaded.n_ctx) | _sampling(sampling)

        def work(writer: Writer) -> None:
            try:
                with self._client(name, writer.leash) as client:
                    parts = client.chat(
                        name.model, stream=True, options={**options, "seed": writer.seed}, **request
                    )
                    self._read(name, parts, sampling, writer)
            except AppError as error:
                if listed and (other := no_tools(error)) is not None:
                    raise other from error
                raise

        continued = goes_on(turns)
        return self._lent.note(key, RemoteGeneration(n, sampling, on_event, work, goes_on=continued))

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        """The daemon has no way to count.

        Raises:
            AppError: ``engine.cannot_count``, ``engine.not_loaded``.
        """
        raise cannot_count(self._directory.get(self._lent.name_of(self._lent.get(key).key).connection).name)

    def _read(
        self, name: RemoteId, parts: Iterator[ChatResponse], sampling: Sampling, writer: Writer
    ) -> None:
        for part in parts:
            choices = tuple(map(_choice, part.logprobs or ()))
            message = part.message
            writer.add(message.content or "", message.thinking or "", choices, max(1, len(choices)))
            writer.call(tuple(map(_call, message.tool_calls or ())))
            if part.done:
                usage = Usage(
                    prompt_tokens=part.prompt_eval_count or 0,
                    completion_tokens=part.eval_count or 0,
                    prompt_tps=_rate(part.prompt_eval_count, part.prompt_eval_duration),
                    generation_tps=_rate(part.eval_count, part.eval_duration),
                )
                tokens = usage.completion_tokens or writer.tokens
                writer.end(finish_reason(part.done_reason or "stop", sampling, tokens), usage)
                return
            if writer.stopped:
                writer.end(finish_reason("stop", sampling, writer.tokens))
                return
        host = self._directory.get(name.connection).host
        raise broken(host, "the stream ended before the answer did")

    @contextlib.contextmanager
    def _client(self, name: RemoteId, leash: Leash) -> Iterator[Client]:
        from backend.engines.ollama_client import opened  # the client's libraries take a while to import

        login = self._directory.login(self._directory.get(name.connection))
        with opened(self._network, login, name.model, leash) as client:
            yield client


def _load_options(options: LoadOptions, n_ctx: int) -> dict[str, Any]:
    wanted = {
        "num_ctx": n_ctx,
        "num_gpu": options.gpu_layers,
        "num_thread": options.threads,
        "num_batch": options.n_batch,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _sampling(sampling: Sampling) -> dict[str, Any]:
    options: dict[str, Any] = {
        "temperature": sampling.temperature,
        "top_k": sampling.top_k,
        "top_p": sampling.top_p,
        "min_p": sampling.min_p,
        "repeat_penalty": sampling.repeat_penalty,
        "presence_penalty": sampling.presence_penalty,
    }
    if sampling.max_tokens is not None:
        options["num_predict"] = sampling.max_tokens
    if stops := [stop for stop in sampling.stop if stop]:
        options["stop"] = stops
    return options


def _format(sampling: Sampling) -> Any:
    match sampling.format:
        case "json":
            return "json"
        case "schema":
            return schema_of(sampling)
        case "grammar" | "call" | "calls":
            raise no_grammar()
        case _:
            return None


def _messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    names = {call.id: call.name for turn in turns for call in turn.tool_calls}
    return [_message(turn, names) for turn in turns]


def _message(turn: Turn, names: Mapping[str, str]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": turn.role, "content": turn.content}
    if turn.tool_calls:
        message["tool_calls"] = [
            {"function": {"name": call.name, "arguments": arguments_of(call)}} for call in turn.tool_calls
        ]
    if turn.role == "tool":
        message["tool_name"] = names.get(turn.tool_call_id, "")
    if turn.images:
        message["images"] = [read_image(path)[0] for path in turn.images]
    return message


def _call(told: Message.ToolCall) -> ToolCall:
    arguments = json.dumps(dict(told.function.arguments), ensure_ascii=False)
    return ToolCall(new_id(), told.function.name, arguments)


def _choice(told: Logprob) -> TokenChoice:
    others = tuple(Alternative(each.token, each.logprob) for each in told.top_logprobs or ())
    return TokenChoice(told.token, told.logprob, others)


def _rate(count: int | None, nanoseconds: int | None) -> float:
    return count / (nanoseconds / _NS) if count and nanoseconds else 0.0
