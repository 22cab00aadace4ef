"""The models that clients can name, and how long each stays in memory for them."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from typing import TypeVar

from backend.engines.engines import Engines
from backend.engines.ids import remote_id
from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, ChatModel, LoadedModel, LoadOptions
from backend.errors import AppError, Cancelled
from backend.i18n import tr
from backend.library.finding import as_path
from backend.library.rows import STARTER_ID
from backend.server.types import ServerSettings

T = TypeVar("T")
Key = tuple[str, tuple[AdapterUse, ...]]
_NO_ROOM = ("engine.context_memory", "engine.memory", "engine.gpu_memory")
_MOST_NAMES = 12
"""Names of models that an error tells."""


@dataclass(eq=False)
class _Held:
    """A model that is kept ready.

    Attributes:
        opening: Ends with the model, or with why it is not there.
        stack: Gives it back to the room.
    """

    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    cancel: threading.Event = field(default_factory=threading.Event)
    opening: asyncio.Task[LoadedModel] | None = None
    timer: asyncio.TimerHandle | None = None
    users: int = 0

    def keep(self) -> None:
        """Take back that it is to be given back after a while."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class Models:
    """Finds and keeps the models that clients name. Used by the server's event loop only; what blocks runs
    on `pool`."""

    def __init__(
        self,
        engines: Engines,
        room: ModelRoom,
        options: Callable[[], LoadOptions],
        settings: Callable[[], ServerSettings],
        pool: Executor,
    ) -> None:
        self._engines = engines
        self._room = room
        self._options = options
        self._settings = settings
        self._pool = pool
        self._held: dict[Key, _Held] = {}

    async def run(self, work: Callable[[], T]) -> T:
        """Do what blocks beside the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def names(self) -> dict[str, ChatModel]:
        """The models and mixes of this machine by the name that clients are told."""
        return await self.run(self._names)

    async def find(self, spec: str) -> ChatModel:
        """The model or mix that a client names.

        Raises:
            AppError: ``server.no_model``, ``library.ambiguous``, ``server.unusable``.
        """
        model = await self.run(lambda: self._find(spec))
        if model.problem:
            raise AppError("server.unusable", model.problem)
        return model

    @contextlib.asynccontextmanager
    async def using(self, model: ChatModel) -> AsyncIterator[LoadedModel]:
        """Have a model ready inside the block; it stays ready for a while after it.

        Raises:
            AppError: It cannot be loaded.
        """
        key = (model.address, model.adapters)
        while True:
            held, opening = self._enter(key)
            known = opening.done()
            try:
                loaded = await asyncio.shield(opening)
                if not known or await self._alive(loaded):
                    yield loaded
                    return
                if self._held.get(key) is held:  # its process is gone: it is loaded anew
                    del self._held[key]
                    self._part(held)
            finally:
                held.users -= 1
                self._rest(key, held)

    def settle(self) -> None:
        """Take other settings: what nobody uses now is kept for as long as they say, from now on."""
        for key, held in self._held.items():
            self._rest(key, held)

    async def close(self) -> None:
        """Give everything back."""
        for held in self._held.values():
            held.keep()
            held.cancel.set()
        for held in self._held.values():
            if held.opening is not None:
                await asyncio.wait([held.opening])
                held.opening.cancelled() or held.opening.exception()
            await self.run(held.stack.close)
        self._held.clear()

    def _names(self) -> dict[str, ChatModel]:
        models = [one for one in self._engines.models() if one.engine == "local" and one.address]
        bases = {one.id: one for one in models}
        labels = [_label(one, bases) for one in models]
        return {
            label if labels.count(label) == 1 else one.id: one
            for label, one in zip(labels, models, strict=True)
        }

    def _find(self, spec: str) -> ChatModel:
        known = self._names()
        if spec in known:
            return known[spec]
        if same := next((one for one in known.values() if one.id == spec), None):
            return same
        gone = AppError(
            "server.no_model",
            tr("There is no model called “{name}” in the library.", name=spec),
            _there_are(tuple(known)),
        )
        # Clients choose among what is in the library; they do not open files.
        try:
            if remote_id(spec) is not None or as_path(spec) is not None:
                raise gone
            found = self._engines.find(spec)
        except AppError as error:
            raise error if error.code == "library.ambiguous" else gone from error
        if found.engine != "local" or all(found.id != one.id for one in known.values()):
            raise gone
        return found

    def _enter(self, key: Key) -> tuple[_Held, asyncio.Task[LoadedModel]]:
        """Count in, before anything is waited for: what has a user is not given back."""
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = _Held()
            held.opening = asyncio.create_task(self._open(held, key))
        held.users += 1
        held.keep()
        assert held.opening
        return held, held.opening

    async def _alive(self, loaded: LoadedModel) -> bool:
        return any(one.key == loaded.key for one in await self.run(self._engines.loaded))

    async def _open(self, held: _Held, key: Key) -> LoadedModel:
        address, adapters = key
        parallel = max(1, self._settings().parallel)
        while True:
            options = replace(self._options(), parallel=parallel, adapters=adapters)
            try:
                return await self.run(
                    lambda options=options: held.stack.enter_context(  # type: ignore[misc]
                        self._room.using(address, options, held.cancel)
                    )
                )
            except AppError as error:
                if error.code not in _NO_ROOM:
                    raise
                if error.code == "engine.context_memory" and parallel > 1:  # then fewer answers at one time
                    parallel //= 2
                elif not await self._release_idle():
                    raise
            except Cancelled:
                raise AppError("server.stopped", tr("The model was given up while it was loaded.")) from None

    async def _release_idle(self) -> bool:
        """Give back the models that nobody uses; whether there were any."""
        idle = [self._held.pop(key) for key, held in tuple(self._held.items()) if held.users == 0]
        for held in idle:
            held.keep()
            await self.run(held.stack.close)  # the room gives their memory to the next one then
        return bool(idle)

    def _rest(self, key: Key, held: _Held) -> None:
        """Decide what becomes of a model whose answer has ended."""
        if held.users or self._held.get(key) is not held:
            return
        held.keep()
        opening = held.opening
        assert opening is not None
        if not opening.done() or opening.cancelled() or opening.exception() is not None:
            held.cancel.set()  # nobody waits for it any more
            del self._held[key]
            opening.add_done_callback(lambda _: self._part(held))
        elif (idle_s := self._settings().idle_s) > 0:
            held.timer = asyncio.get_running_loop().call_later(idle_s, self._expire, key, held)

    def _expire(self, key: Key, held: _Held) -> None:
        if held.users == 0 and self._held.get(key) is held:
            del self._held[key]
            self._part(held, forget=key[0])

    def _part(self, held: _Held, forget: str | None = None) -> None:
        """Give a model back. What the room would keep for the next question goes, too, with `forget` as its
        address and if nobody else has asked for it."""
        if held.opening is not None and held.opening.done() and not held.opening.cancelled():
            held.opening.exception()  # it was told to who waited for it

        def work() -> None:
            held.stack.close()
            if forget is not None:
                self._room.release_idle(forget)

        self._pool.submit(work)


def _there_are(names: tuple[str, ...]) -> str:
    if len(names) <= _MOST_NAMES:
        return tr("There are: {names}.", names=", ".join(names))
    return tr("Some of those that there are: {names}.", names=", ".join(names[:_MOST_NAMES]))


def _label(model: ChatModel, bases: dict[str, ChatModel]) -> str:
    if model.base_id and model.base_id in bases:
        return f"{_label(bases[model.base_id], bases)}+{model.mix}"
    return model.id if model.id == STARTER_ID else model.name  # the name of that is in the person's language
