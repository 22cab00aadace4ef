"""Which models stay in memory."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend.engines.room import ModelRoom
from backend.engines.types import DeviceMemory, LoadedModel, LoadOptions
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
        assert self.go_on.wait(10)
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
    assert engine.unloading.wait(10)
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
