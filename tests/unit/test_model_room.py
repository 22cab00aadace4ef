"""Which models stay in memory."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, DeviceMemory, LoadedModel, LoadOptions
from backend.errors import AppError, Cancelled
from tests.support.scripted_engine import ScriptedEngine

ONE, OTHER = "/models/one.gguf", "/models/other.gguf"


class SlowEngine(ScriptedEngine):
    """Takes as long to unload as the test wants."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.unloading, self.go_on = threading.Event(), threading.Event()

    def unload(self, key: str) -> None:
        self.unloading.set()
        assert self.go_on.wait(60)
        super().unload(key)


def use(room: ModelRoom, address: str, cancel: threading.Event | None = None) -> None:
    with room.using(address, LoadOptions(), cancel or threading.Event()):
        pass


def test_a_model_on_its_way_out_is_not_taken_for_a_ready_one() -> None:
    engine = SlowEngine()
    room = ModelRoom(engine)
    use(room, ONE)
    changing = threading.Thread(target=use, args=(room, OTHER))
    changing.start()
    assert engine.unloading.wait(60)
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Cancelled):
        use(room, ONE, stopped)
    assert [str(path) for path, _ in engine.loads] == [ONE]
    engine.go_on.set()
    changing.join()
    use(room, ONE)
    assert [str(path) for path, _ in engine.loads] == [ONE, OTHER, ONE]
    assert [model.path for model in engine.loaded()] == [ONE]


# Several at once.

NARROW, SHORT = LoadOptions(n_ctx=2048), LoadOptions(n_ctx=512)
CACHE = (DeviceMemory("CPU", 800, 100, 20),)


@contextlib.contextmanager
def all_of(room: ModelRoom, *options: LoadOptions, address: str = ONE) -> Iterator[tuple[LoadedModel, ...]]:
    with contextlib.ExitStack() as stack:
        never = threading.Event()
        yield tuple(stack.enter_context(room.using(address, one, never)) for one in options)


def options_of(engine: ScriptedEngine) -> list[LoadOptions]:
    return [model.options for model in engine.loaded()]


def test_other_options_get_a_context_beside_and_the_idle_one_goes_when_memory_is_wanted() -> None:
    engine = ScriptedEngine(memory=CACHE)
    room = ModelRoom(engine, spare=lambda: 1000)
    with all_of(room, NARROW, SHORT) as (first, second):
        assert first.key != second.key
        assert (first.path, second.path) == (ONE, ONE)
    assert options_of(engine) == [NARROW, SHORT]
    use(room, OTHER)
    assert [model.path for model in engine.loaded()] == [OTHER]


def test_of_idle_contexts_only_the_last_stays() -> None:
    engine = ScriptedEngine(memory=CACHE)
    room = ModelRoom(engine, spare=lambda: 0)
    with all_of(room, NARROW, SHORT, LoadOptions()):
        pass  # left in reverse order: NARROW last
    with all_of(room, SHORT):
        assert options_of(engine) == [NARROW, SHORT]


def test_alone_a_model_changes_its_context_in_place() -> None:
    engine = ScriptedEngine(memory=CACHE)
    room = ModelRoom(engine)
    for options in (NARROW, SHORT, NARROW):
        with all_of(room, options) as (loaded,):
            assert loaded.key == ONE
    assert len(engine.loaded()) == 1


def test_more_answers_at_once_get_a_wider_context_where_there_is_room() -> None:
    engine = ScriptedEngine(memory=CACHE)
    room = ModelRoom(engine, spare=lambda: 500)
    with all_of(room, *[NARROW] * 9) as loaded:
        assert options_of(engine) == [NARROW, replace(NARROW, parallel=2), replace(NARROW, parallel=4)]
        assert len({model.key for model in loaded}) == 3
    cramped = ScriptedEngine(memory=CACHE)
    with all_of(ModelRoom(cramped, spare=lambda: 200), *[NARROW] * 3) as loaded:
        assert options_of(cramped) == [NARROW]
        assert len({model.key for model in loaded}) == 1


def test_a_wider_context_that_does_not_fit_is_done_without() -> None:
    class Small(ScriptedEngine):
        def load(
            self,
            address: str,
            options: LoadOptions,
            *,
            cancel: threading.Event | None = None,
            beside: bool = False,
        ) -> LoadedModel:
            if options.parallel > 1:
                raise AppError("engine.context_memory", "There is not enough memory.")
            return super().load(address, options, cancel=cancel, beside=beside)

    engine = Small(memory=CACHE)
    with all_of(ModelRoom(engine, spare=lambda: 500), NARROW, NARROW, NARROW) as loaded:
        assert [model.key for model in loaded] == [ONE, ONE, ONE]


# Adapters.

TONE = (AdapterUse("/adapters/tone.gguf", 0.5),)
LOUD = (AdapterUse("/adapters/tone.gguf", 1.0),)


def test_who_is_alone_shares_with_nobody_and_changes_adapters_while_it_answers() -> None:
    engine = ScriptedEngine(memory=CACHE)
    room, never = ModelRoom(engine, spare=lambda: 1000), threading.Event()
    with all_of(room, NARROW) as (shared,), room.using(ONE, NARROW, never, alone=True) as mine:
        assert mine.key != shared.key
        with pytest.raises(ValueError, match="alone"):
            room.retune(shared.key, TONE)
        assert room.retune(mine.key, TONE).options == replace(NARROW, adapters=TONE)
        with all_of(room, replace(NARROW, adapters=TONE)) as (other,):
            assert other.key not in (mine.key, shared.key)
        with all_of(room, NARROW) as (joined,):
            assert joined.key not in (mine.key,)
    # Its next turn finds it again; so may anybody.
    with room.using(ONE, replace(NARROW, adapters=TONE), never, alone=True) as again:
        assert again.options.adapters == TONE
    with pytest.raises(ValueError, match="alone"):
        room.retune(again.key, LOUD)


def test_an_idle_context_that_differs_in_adapters_only_gets_others() -> None:
    engine = ScriptedEngine(memory=CACHE)
    room = ModelRoom(engine, spare=lambda: 0)
    with all_of(room, SHORT, replace(NARROW, adapters=TONE)) as (_, tuned):
        pass
    with all_of(room, SHORT):
        with all_of(room, replace(SHORT, adapters=LOUD)) as (first,):
            pass
        with all_of(room, replace(SHORT, adapters=TONE)) as (second,):
            assert second.key == first.key != tuned.key
            assert second.options.adapters == TONE
    assert engine.tuned == [(first.key, TONE)]
    failing = AppError("adapter.missing", "The adapter tone can't be opened.")
    engine.failure = failing
    with pytest.raises(AppError), all_of(room, replace(SHORT, adapters=LOUD)):
        pass
    engine.failure = None
    with all_of(room, replace(SHORT, adapters=LOUD)) as (loud,):
        assert loud.options.adapters == LOUD
