"""Which models stay in memory."""

from __future__ import annotations

import threading

import pytest

from backend.engines.room import ModelRoom
from backend.engines.types import LoadOptions
from backend.errors import Cancelled
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
