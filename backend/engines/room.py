"""Which models stay in memory, and in which contexts: those that answers need now, and what was used last."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import psutil

from backend.engines.adapting import Adaptable, Uses, no_adapters
from backend.engines.base import ChatEngine
from backend.engines.running import same_context
from backend.engines.types import LoadedModel, LoadOptions
from backend.errors import AppError, Cancelled

_POLL_S = 0.1
_WIDEST = 4
"""Most answers that a context is made for that nobody asked to be so wide."""


def available_ram() -> int:
    """Bytes that programs can have without swapping, as the system sees it."""
    return int(psutil.virtual_memory().available)


@dataclass(slots=True, eq=False)
class _Place:
    """A context of a model.

    Attributes:
        wanted: The options that it was made for.
        options: Those that it has: equal, or with room for more answers at once.
        alone: Whether the one who uses it shares it with nobody.
        loaded: What the engine said last; None while it is being loaded.
        used: When it was last left; a count, not a time.
    """

    address: str
    wanted: LoadOptions
    options: LoadOptions
    alone: bool = False
    loaded: LoadedModel | None = None
    users: int = 0
    used: int = 0

    @property
    def full(self) -> bool:
        return self.users >= (1 if self.alone else self.options.parallel)

    def cost(self, parallel: int) -> int:
        """Bytes of RAM for another context with so many sequences."""
        memory = self.loaded.memory if self.loaded else ()
        ours = [device for device in memory if device.device == "CPU"]
        return sum(device.kv * parallel // self.options.parallel + device.compute for device in ours)


class ModelRoom:
    """Loads models for answers and unloads what no answer needs any more once another model is wanted.

    Chats, comparisons and benchmarks share one room. Without it, every model that was ever tried would stay
    in memory until the app is closed. A model that is in use with other options gets a context beside.
    Answers with equal options share a context as long as it decodes so many at once; the next ones get a
    context for two, then for four, if there is RAM for its cache, which is as large as all its sequences
    (an 8B model at 8k tokens: 1 GiB for each); else they wait in line. Of what nobody uses only the last
    stays, and only until memory is wanted; where the next one wants other adapters only, it gets that
    context with them. Models that others loaded are left alone. Thread-safe.

    Args:
        spare: Bytes of RAM that may still be used.
    """

    def __init__(self, engine: ChatEngine, spare: Callable[[], int] = available_ram) -> None:
        self._engine = engine
        self._spare = spare
        self._changed = threading.Condition()
        self._tuning = threading.Lock()
        self._places: list[_Place] = []
        self._leaving: list[str] = []
        self._cramped: set[str] = set()
        self._clock = 0

    @contextlib.contextmanager
    def using(
        self,
        address: str,
        options: LoadOptions,
        cancel: threading.Event,
        *,
        along: Collection[str] = (),
        alone: bool = False,
    ) -> Iterator[LoadedModel]:
        """Have the model at `address` ready inside the block.

        Args:
            along: Addresses of models that are wanted at the same time: they stay, also if nobody uses them
                yet.
            alone: Nobody else gets the same context meanwhile, so that its adapters can be changed; see
                `retune`.

        Raises:
            AppError: It cannot be loaded.
            Cancelled: `cancel` was set.
        """
        place, loaded = self._take(address, options, cancel, along, alone)
        try:
            if cancel.is_set():
                raise Cancelled
            yield loaded
        finally:
            self._leave(place)

    def retune(self, key: str, uses: Uses) -> LoadedModel:
        """Change the adapters of a context for the one who uses it alone; a running answer goes on with them.

        Raises:
            AppError: As `Adaptable.set_adapters`.
            ValueError: Nobody uses that context alone.
        """
        with self._tuning:  # or what is noted last would not be what was set last
            with self._changed:
                place = next((one for one in self._places if one.loaded and one.loaded.key == key), None)
                if place is None or not place.alone or not place.users:
                    raise ValueError(f"{key} is used by nobody alone")
                place.users += 1  # nobody may take it over before it is noted what it has
            try:
                loaded = self._adaptable(place.address).set_adapters(key, uses)
                with self._changed:
                    place.loaded = loaded
                    place.options = replace(place.options, adapters=uses)
                    place.wanted = replace(place.wanted, adapters=uses)
            finally:
                self._leave(place)
        return loaded

    def in_use(self) -> frozenset[str]:
        """The addresses of models that somebody uses now."""
        with self._changed:
            return frozenset(place.address for place in self._places if place.users)

    def release_idle(self, address: str | None = None) -> None:
        """Give back the memory of models that nobody uses now, so that they do not disturb a measurement;
        with `address` only of that model."""
        with self._changed:
            gone = [one for one in self._places if one.users == 0 and address in (None, one.address)]
            self._places = [place for place in self._places if place not in gone]
            leaving = self._unused(gone)
            self._leaving += [place.address for place in leaving]
        self._unload(leaving)

    def _take(
        self,
        address: str,
        options: LoadOptions,
        cancel: threading.Event,
        along: Collection[str],
        alone: bool,
    ) -> tuple[_Place, LoadedModel]:
        while True:
            place, beside, replaced = self._enter(address, options, cancel, along, alone)
            if place.loaded is not None:
                return place, place.loaded
            try:
                loaded = self._made(place, cancel, beside, replaced)
            except AppError as error:
                self._give_up(place, replaced)
                if place.options == options or error.code != "engine.context_memory":
                    raise
                with self._changed:  # then with the context that there is
                    self._cramped.add(address)
                continue
            except BaseException:
                self._give_up(place, replaced)
                raise
            with self._changed:
                place.loaded = loaded
                self._changed.notify_all()
            return place, loaded

    def _made(
        self, place: _Place, cancel: threading.Event, beside: bool, replaced: Sequence[_Place]
    ) -> LoadedModel:
        """Have the engine make the context of a place, or change the adapters of one that it takes over."""
        old = replaced[0].loaded if replaced else None
        if old is not None and self._is_ready(old) and same_context(old.options, place.options):
            return self._adaptable(place.address).set_adapters(old.key, place.options.adapters)
        return self._engine.load(place.address, place.options, cancel=cancel, beside=beside)

    def _adaptable(self, address: str) -> Adaptable:
        if not isinstance(self._engine, Adaptable):
            raise no_adapters(address)
        return self._engine

    def _enter(
        self,
        address: str,
        options: LoadOptions,
        cancel: threading.Event,
        along: Collection[str],
        alone: bool,
    ) -> tuple[_Place, bool, list[_Place]]:
        """Count in, and close what nobody uses; returns the place, whether it is to be made beside others,
        and the idle places whose context it takes over. The place is to be loaded where it has no `loaded`.
        """
        with self._changed:
            # A model on its way out would be gone again just after it was found ready.
            while address in self._leaving or self._loading(address):
                if cancel.is_set():
                    raise Cancelled
                self._changed.wait(_POLL_S)
            place = self._place(address, options, alone)
            if place.users == 0:
                place.alone = alone
            if place.loaded and not self._is_ready(place.loaded):
                place.loaded = None
            idle = [
                other
                for other in self._places
                if other.users == 0
                and other is not place
                and (other.address == address or other.address not in along)
            ]
            idle.sort(key=lambda other: other.used)
            beside = any(
                other.users and other.address == address for other in self._places if other is not place
            )
            replaced: list[_Place] = []
            if place in self._places:
                del idle[-1:]
            else:
                self._places.append(place)
                mine = [other for other in idle if other.address == address]
                alike = [o for o in mine if o.loaded and same_context(o.options, place.options)]
                replaced = (alike or ([] if beside else mine))[-1:]
            place.users += 1
            gone = [other for other in idle if other not in replaced]
            for other in (*gone, *replaced):
                self._places.remove(other)
            leaving = self._unused(gone)
            self._leaving += [other.address for other in leaving]
        self._unload(leaving)
        return place, beside, replaced

    def _loading(self, address: str) -> bool:
        return any(place.address == address and place.loaded is None for place in self._places)

    def _is_ready(self, loaded: LoadedModel) -> bool:
        """Whether the engine has it still, and as it was."""
        return any(one.key == loaded.key and one.options == loaded.options for one in self._engine.loaded())

    def _place(self, address: str, options: LoadOptions, alone: bool) -> _Place:
        """The place for one more answer: one that has room, a new one, or the least crowded."""
        mine = [p for p in self._places if p.address == address and p.wanted == options]
        if alone:
            free = next((place for place in mine if not place.users), None)
            return free or _Place(address, options, options)
        mine = [place for place in mine if not (place.alone and place.users)]
        if not mine:
            self._cramped.discard(address)
            return _Place(address, options, options)
        if free := next((place for place in mine if not place.full), None):
            return free
        widest = max(mine, key=lambda place: place.options.parallel)
        parallel = 2 * widest.options.parallel
        known = widest.loaded is not None and widest.loaded.memory != ()
        allowed = known and parallel <= _WIDEST and address not in self._cramped
        if allowed and widest.cost(parallel) < self._spare():
            return _Place(address, options, replace(options, parallel=parallel))
        return min(mine, key=lambda place: place.users / place.options.parallel)

    def _unused(self, gone: Sequence[_Place]) -> list[_Place]:
        """Of places that were taken out, those whose context no other place has."""
        keys = {place.loaded.key for place in self._places if place.loaded}
        return [place for place in gone if place.loaded and place.loaded.key not in keys]

    def _unload(self, leaving: Sequence[_Place]) -> None:
        try:
            for place in leaving:
                assert place.loaded
                self._engine.unload(place.loaded.key)
        finally:
            with self._changed:
                for place in leaving:
                    self._leaving.remove(place.address)
                self._changed.notify_all()

    def _give_up(self, place: _Place, replaced: Sequence[_Place]) -> None:
        """Count out after a load failed. What it was to replace may still be there."""
        with self._changed:
            place.users -= 1
            if place.loaded is None:
                self._places.remove(place)
            self._places += replaced
            self._changed.notify_all()

    def _leave(self, place: _Place) -> None:
        with self._changed:
            place.users -= 1
            self._clock += 1
            place.used = self._clock
            self._changed.notify_all()
