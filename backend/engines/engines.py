"""All engines as one: the models that can be chatted with, and answers of whichever engine has them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from backend.adapters.mixes import mix_id, mix_number
from backend.adapters.types import Mix
from backend.engines.adapting import Adaptable, Uses, all_uses, no_adapters
from backend.engines.base import ChatEngine, Completing, Generating
from backend.engines.card import Accountable, EngineIdentity, card
from backend.engines.connections import Connections
from backend.engines.ids import RemoteKind, remote_id
from backend.engines.types import (
    ChatModel,
    GenerationEvent,
    LoadedModel,
    LoadOptions,
    RunCard,
    Sampling,
    Turn,
)
from backend.errors import AppError
from backend.i18n import tr
from backend.library.types import LibraryModel


class Shelf(Protocol):
    """What is needed of the library; see `backend.library.library`."""

    def models(self) -> tuple[LibraryModel, ...]: ...

    def find(self, spec: str) -> LibraryModel: ...


class MixShelf(Protocol):
    """What is needed of the mixes; see `backend.adapters.mixes`."""

    def all(self, base_id: str | None = None) -> tuple[Mix, ...]: ...

    def get(self, id: int) -> Mix: ...


class Engines:
    """A `ChatEngine` over all engines. Thread-safe."""

    def __init__(
        self,
        local: ChatEngine,
        library: Shelf,
        connections: Connections | None = None,
        others: Mapping[RemoteKind, ChatEngine] | None = None,
        mixes: MixShelf | None = None,
    ) -> None:
        """`others` are the engines for the models of `connections`."""
        self._local = local
        self._library = library
        self._connections = connections
        self._others = dict(others or {})
        self._mixes = mixes

    # -- which models there are -----------------------------------------------------------------------------

    def models(self) -> tuple[ChatModel, ...]:
        """The models that can be chosen: those of the library, as it lists them, each followed by its mixes,
        then mixes whose base is gone, then the models of the connections, as they were last told. A model of
        Ollama's store that lies on this disk is there twice: either engine can run it."""
        here = [chat_model(row) for row in self._library.models() if row.kind == "model"]
        return (
            *self._with_mixes(here),
            *(self._connections.known_models() if self._connections else ()),
        )

    def _with_mixes(self, models: Sequence[ChatModel]) -> Iterator[ChatModel]:
        mixes = self._mixes.all() if self._mixes else ()
        for model in models:
            yield model
            yield from (mixed(model, mix) for mix in mixes if mix.base_id == model.id)
        known = {model.id for model in models}
        for mix in mixes:
            if mix.base_id not in known:
                problem = _base_gone(mix)
                yield ChatModel(
                    id=mix_id(mix.id),
                    name=mix.name,
                    quant="",
                    engine="local",
                    address="",
                    adapters=mix.rack.uses(),
                    base_id=mix.base_id,
                    problem=f"{problem.title} {problem.hint}",
                )

    def refresh(self) -> None:
        """Look anew at what the connections have, in the background; `ConnectionsChanged` tells of news. For
        when the person opens the list of models."""
        if self._connections is not None:
            self._connections.refresh()

    def find(self, model_id: str) -> ChatModel:
        """The model that was chosen; a mix by its id or as ``base+name``. Does not ask the network.

        Raises:
            AppError: It is not there, or the name could mean several; ``connection.gone``, ``mix.gone``,
                ``mix.base_gone``.
        """
        number = mix_number(model_id)
        if number is not None and self._mixes is not None:
            return self._mix(self._mixes.get(number))
        name = remote_id(model_id)
        if name is not None and self._connections is not None:
            return self._connections.model(name)
        try:
            return chat_model(self._library.find(model_id))
        except AppError:
            mix = self._named_mix(model_id)
            if mix is None:
                raise
            return mix

    def adapters_of(self, model_id: str) -> Uses:
        """What a model has applied to it by itself: those of a mix; none where it is not there."""
        try:
            return self.find(model_id).adapters
        except AppError:
            return ()

    def _mix(self, mix: Mix) -> ChatModel:
        try:
            return mixed(chat_model(self._library.find(mix.base_id)), mix)
        except AppError as error:
            raise _base_gone(mix) from error

    def _named_mix(self, spec: str) -> ChatModel | None:
        """The mix that ``base+name`` means; a plus may also be part of either name."""
        for place in (place for place, letter in enumerate(spec) if letter == "+"):
            base, wanted = spec[:place].strip(), " ".join(spec[place + 1 :].split()).casefold()
            names = [
                mix for mix in (self._mixes.all() if self._mixes else ()) if mix.name.casefold() == wanted
            ]
            if not base or not names:
                continue
            try:
                model = chat_model(self._library.find(base))
            except AppError:
                continue
            mix = next((mix for mix in names if mix.base_id == model.id), None)
            if mix is not None:
                return mixed(model, mix)
        return None

    # -- answers --------------------------------------------------------------------------------------------

    def load(
        self,
        address: str,
        options: LoadOptions,
        *,
        cancel: threading.Event | None = None,
        beside: bool = False,
    ) -> LoadedModel:
        if all_uses(options):
            self._adaptable(address)
        return self._of(address).load(address, options, cancel=cancel, beside=beside)

    def unload(self, key: str) -> None:
        self._of(key).unload(key)

    def loaded(self) -> tuple[LoadedModel, ...]:
        engines = (self._local, *self._others.values())
        return tuple(loaded for engine in engines for loaded in engine.loaded())

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
        adapters: Uses = (),
    ) -> Generating:
        """See `Adaptable.generate`."""
        if adapters:
            engine = self._adaptable(key)
            return engine.generate(key, turns, sampling, on_event, n=n, tools=tools, adapters=adapters)
        return self._of(key).generate(key, turns, sampling, on_event, n=n, tools=tools)

    def complete(
        self,
        key: str,
        prompt: str,
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
    ) -> Generating:
        """See `Completing`. Raises `AppError`: ``engine.no_completion`` where the engine can only chat."""
        engine = self._of(key)
        if not isinstance(engine, Completing):
            found = remote_id(key)
            raise AppError(
                "engine.no_completion",
                tr("{model} runs elsewhere and can only chat.", model=found.model if found else key),
                tr("Use it in a chat, or choose a model on this machine."),
            )
        return engine.complete(key, prompt, sampling, on_event, n=n)

    def count_tokens(self, key: str, turns: Sequence[Turn]) -> int:
        return self._of(key).count_tokens(key, turns)

    # -- adapters -------------------------------------------------------------------------------------------

    def set_adapters(self, key: str, uses: Uses) -> LoadedModel:
        return self._adaptable(key).set_adapters(key, uses)

    def effect(self, key: str, uses: Uses) -> float:
        return self._adaptable(key).effect(key, uses)

    def divergence(
        self, key: str, turns: Sequence[Turn], answer: str, mixes: Sequence[Uses]
    ) -> tuple[float, ...]:
        return self._adaptable(key).divergence(key, turns, answer, mixes)

    def _adaptable(self, name: str) -> Adaptable:
        """The engine for an address or a key. Raises `AppError`: ``engine.adapters``."""
        engine = self._of(name)
        if not isinstance(engine, Adaptable):
            found = remote_id(name)
            raise no_adapters(found.model if found else name)
        return engine

    def _of(self, name: str) -> ChatEngine:
        """The engine for an address or a key."""
        found = remote_id(name)
        return self._local if found is None else self._others.get(found.kind, self._local)

    # -- what they depended on and took ---------------------------------------------------------------------

    def card(
        self, model: ChatModel, loaded: LoadedModel, sampling: Sampling, seed: int, system_prompt: str
    ) -> RunCard:
        """Everything that an answer of `loaded` depended on; starts no process and asks no network.

        Args:
            seed: The one that was really used; see `Finished.seed`.
        """
        identity, sha256 = self._identity(model)
        return card(model, loaded, sampling, seed, system_prompt, engine=identity, sha256=sha256)

    def peak_memory(self, key: str) -> int:
        """Most bytes that the process of a model had resident while it last answered; 0 where that is not
        known, as of models elsewhere."""
        engine = self._of(key)
        return engine.peak_memory(key) if isinstance(engine, Accountable) else 0

    def _identity(self, model: ChatModel) -> tuple[EngineIdentity, str]:
        """Which engine runs a model, and the digest of the model where that is known; it is not computed."""
        name = remote_id(model.address)
        if name is not None and self._connections is not None:
            return self._connections.identity(name)
        engine = self._of(model.address)
        identity = engine.identity() if isinstance(engine, Accountable) else EngineIdentity()
        try:
            return identity, self._library.find(model.base_id or model.id).sha256 or ""
        except AppError:
            return identity, ""


def chat_model(row: LibraryModel) -> ChatModel:
    """A model of the library as one that this machine's own engine can run."""
    return ChatModel(
        id=row.id,
        name=row.name,
        quant=row.quant,
        engine="local",
        address=str(row.path),
        owner=row.owner,
        repo_id=row.repo_id,
        context_length=row.context_length,
        vision=row.projector is not None,
        size=row.size,
        problem=row.problem,
    )


def mixed(base: ChatModel, mix: Mix) -> ChatModel:
    """A mix as a model: its base with adapters, which says so where one of them is not on this disk."""
    uses = mix.rack.uses()
    missing = next((use.path for use in uses if not Path(use.path).is_file()), None)
    problem = base.problem
    if missing is not None and not problem:
        problem = tr("The adapter {name} of this mix is not there any more.", name=Path(missing).name)
    return replace(
        base,
        id=mix_id(mix.id),
        name=f"{base.name} + {mix.name}",
        adapters=uses,
        base_id=base.id,
        mix=mix.name,
        problem=problem,
    )


def _base_gone(mix: Mix) -> AppError:
    return AppError(
        "mix.base_gone",
        tr("The model of the mix “{name}” is not there any more: {base}.", name=mix.name, base=mix.base_id),
        tr("Choose another model, or download this one again."),
    )
