"""Vectors of texts, made by a worker process that stays for a while."""

from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from backend.engines.ids import remote_id
from backend.engines.types import EngineFlags
from backend.errors import AppError
from backend.i18n import tr
from backend.workers.client import WorkerClient
from backend.workers.codec import FrameTooLarge, ProtocolError
from backend.workers.messages_embed import Embed, TextsEmbedded
from backend.workers.supervisor import Supervisor

_MOST_TEXTS = 128
_MOST_CHARACTERS = 1_000_000
"""Texts and characters in one request to the process, so that no line of the protocol becomes too long."""


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Vectors of texts.

    Attributes:
        vectors: A row for each text, of length 1.
        tokens: How many tokens each text has.
    """

    vectors: npt.NDArray[np.float32]
    tokens: tuple[int, ...]


@dataclass(slots=True, eq=False)
class _Place:
    """A model in a process of its own, or about to be; its lock is held by whoever uses it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    client: WorkerClient | None = None
    timer: threading.Timer | None = None


class Embedder:
    """Makes vectors of texts on this machine. Thread-safe.

    A model is opened by its first texts, apart from where it may answer chats, and closed when nobody has
    asked for `idle_s` seconds.
    """

    def __init__(
        self, supervisor: Supervisor, flags: Callable[[], EngineFlags], *, idle_s: float = 300.0
    ) -> None:
        self._supervisor = supervisor
        self._flags = flags
        self._idle_s = idle_s
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}
        self._closed = False

    def embed(self, address: str, texts: Sequence[str]) -> Embedded:
        """A vector for each text, with the model at `address`, the path of its file. Models that say nothing
        about pooling, such as those for chats, give the mean over the tokens.

        Raises:
            AppError: ``embed.too_long`` and ``embed.empty`` tell which text, counted from 1;
                ``embed.elsewhere`` for a model that is not on this machine; ``embed.no_vectors`` for one that
                makes none; ``engine.…``.
        """
        if remote_id(address) is not None:
            raise AppError(
                "embed.elsewhere",
                tr("Vectors of texts can only be made with a model on this machine."),
                tr("Choose a model of the library."),
            )
        path = os.path.abspath(address)  # noqa: PTH100  # links stay: parts of a split model are found by name
        with self._lock:
            place = self._places.setdefault(path, _Place())
        with place.lock:
            if place.timer is not None:
                place.timer.cancel()
            try:
                return self._embed(path, place, texts)
            finally:
                self._rest(path, place)

    def loaded(self) -> tuple[str, ...]:
        """The paths of the models that are in memory."""
        with self._lock:
            return tuple(
                path
                for path, place in self._places.items()
                if place.client is not None and place.client.process.alive
            )

    def close(self) -> None:
        """Stop all processes; texts that are being worked on fail."""
        with self._lock:
            self._closed = True
            places = tuple(self._places.values())
        for place in places:
            if place.timer is not None:
                place.timer.cancel()
            if place.client is not None:
                place.client.process.stop(ask_s=0.2)

    def _embed(self, path: str, place: _Place, texts: Sequence[str]) -> Embedded:
        parts: list[npt.NDArray[np.float32]] = []
        tokens: list[int] = []
        for first, part in _parts(texts):
            reply = self._ask(path, place, part, first)
            flat = np.frombuffer(base64.b64decode(reply.vectors), dtype="<f4")
            if len(flat) != len(part) * reply.width or len(reply.tokens) != len(part):
                raise ProtocolError(f"{len(flat)} numbers for {len(part)} texts")
            parts.append(flat.reshape(len(part), reply.width))
            tokens += reply.tokens
        vectors = np.concatenate(parts) if parts else np.empty((0, 0), dtype=np.float32)
        return Embedded(vectors.astype(np.float32, copy=False), tuple(tokens))

    def _ask(self, path: str, place: _Place, texts: tuple[str, ...], first: int) -> TextsEmbedded:
        flags = self._flags()
        client = place.client
        if client is None or not client.process.alive:
            with self._lock:
                if self._closed:
                    raise AppError("engine.stopped", tr("The engine was stopped."))
            client = place.client = self._supervisor.start("embed", f"embed {path}", Path(path).stem)
        try:
            reply = client.call(lambda number: Embed(number, path, flags, texts, first))
        except FrameTooLarge as error:  # of a single text
            raise AppError(
                "embed.too_long",
                tr("Text {which} is far too long for any model.", which=first),
                tr("Cut it into shorter texts."),
                str(error),
            ) from error
        except AppError as error:
            if error.code in ("embed.too_long", "embed.empty"):
                client.loading = False
            raise
        if not isinstance(reply, TextsEmbedded):
            raise ProtocolError(f"{type(reply).__name__} in answer to Embed")
        client.loading = False
        return reply

    def _rest(self, path: str, place: _Place) -> None:
        """Close the model later, unless somebody asks again; at once where it did not even open."""
        client = place.client
        if client is not None and client.loading:
            client.process.stop(ask_s=0.2)
            place.client = client = None
        with self._lock:
            if client is None or self._closed:
                return
            place.timer = threading.Timer(self._idle_s, self._leave, (path, place))
            place.timer.daemon = True
            place.timer.name = "embed-idle"
            place.timer.start()

    def _leave(self, path: str, place: _Place) -> None:
        timer = threading.current_thread()
        with place.lock:
            if place.timer is not timer or place.client is None:  # somebody asked meanwhile
                return
            place.client.process.stop()
            place.client = None


def _parts(texts: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The texts in portions, each with the number of its first text, counted from 1."""
    part: list[str] = []
    size = 0
    for number, text in enumerate(texts, 1):
        if part and (len(part) == _MOST_TEXTS or size + len(text) > _MOST_CHARACTERS):
            yield number - len(part), tuple(part)
            part, size = [], 0
        part.append(text)
        size += len(text)
    if part:
        yield len(texts) - len(part) + 1, tuple(part)
