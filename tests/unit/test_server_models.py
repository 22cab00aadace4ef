"""How long the local server keeps a model, by a clock that the test turns."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import ChatModel, LoadOptions
from backend.errors import AppError
from backend.server.models import Models
from backend.server.types import ServerSettings
from tests.support.scripted_engine import ScriptedEngine, SmallLibrary

IDLE_S = 60


@dataclass
class Shelf:
    """`Models` over an engine that loads at once, and the clock of the event loop."""

    models: Models
    engine: ScriptedEngine
    settings: ServerSettings
    now: float = 1000.0

    async def later(self, seconds: float) -> None:
        """So much time passes; what is due is done, and what that gave to the pool."""
        self.now += seconds
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await self.models.run(lambda: None)

    @property
    def model(self) -> ChatModel:
        return self.models._engines.find("starter")

    def loaded(self) -> list[str]:
        return [Path(one.path).name for one in self.engine.loaded()]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[Callable[[Shelf], Awaitable[None]]], None]]:
    engine = ScriptedEngine()
    engines = Engines(engine, SmallLibrary(tmp_path / "starter.gguf"))
    with ThreadPoolExecutor(1) as pool:

        def play(scene: Callable[[Shelf], Awaitable[None]]) -> None:
            settings = ServerSettings(idle_s=IDLE_S, parallel=4)
            models = Models(engines, ModelRoom(engine), LoadOptions, lambda: shelf.settings, pool)
            shelf = Shelf(models, engine, settings)

            async def work() -> None:
                loop: Any = asyncio.get_running_loop()
                loop.time = lambda: shelf.now
                await scene(shelf)
                await models.close()

            asyncio.run(work())

        yield play


def test_a_model_goes_when_nobody_asked_for_as_long_as_is_set(run: Any) -> None:
    async def scene(shelf: Shelf) -> None:
        async with shelf.models.using(shelf.model) as loaded:
            assert loaded.options.parallel == 4
            await shelf.later(100 * IDLE_S)
            assert shelf.loaded(), "it is answering all the time"
        await shelf.later(IDLE_S - 0.001)
        assert shelf.loaded()
        async with shelf.models.using(shelf.model):  # asked for at the last moment
            await shelf.later(0.002)
            assert shelf.loaded()
        await shelf.later(IDLE_S - 0.001)
        assert shelf.loaded()
        await shelf.later(0.002)
        assert not shelf.loaded() and len(shelf.engine.loads) == 1
        async with shelf.models.using(shelf.model):
            assert len(shelf.engine.loads) == 2
        # Other settings count at once, for what is there already, too.
        shelf.settings = replace(shelf.settings, idle_s=0)
        shelf.models.settle()
        await shelf.later(100 * IDLE_S)
        assert shelf.loaded()
        shelf.settings = replace(shelf.settings, idle_s=5)
        shelf.models.settle()
        await shelf.later(5.001)
        assert not shelf.loaded()

    run(scene)


def test_time_that_runs_out_while_somebody_comes_takes_nothing_from_him(run: Any) -> None:
    async def scene(shelf: Shelf) -> None:
        async with shelf.models.using(shelf.model):
            pass
        shelf.now += IDLE_S + 1  # it is due, but the loop has not looked yet
        entering = shelf.models.using(shelf.model)
        loaded = await entering.__aenter__()
        assert loaded.key in [one.key for one in shelf.engine.loaded()]
        await shelf.later(10 * IDLE_S)
        assert shelf.loaded(), "still in use"
        await entering.__aexit__(None, None, None)
        await shelf.later(IDLE_S + 1)
        assert not shelf.loaded()

    run(scene)


def test_clients_that_come_together_load_it_once_and_a_lost_one_is_loaded_anew(run: Any) -> None:
    async def scene(shelf: Shelf) -> None:
        async def client() -> str:
            async with shelf.models.using(shelf.model) as loaded:
                return loaded.key

        assert len(set(await asyncio.gather(*[client() for _ in range(5)]))) == 1
        assert len(shelf.engine.loads) == 1
        shelf.engine._loaded.clear()  # its process is gone
        await asyncio.gather(client(), client())
        assert len(shelf.engine.loads) == 2 and shelf.loaded()

    run(scene)


def test_a_load_that_nobody_waits_for_any_more_is_given_up(run: Any) -> None:
    async def scene(shelf: Shelf) -> None:
        shelf.engine.wait_in_load = True

        async def client() -> None:
            async with shelf.models.using(shelf.model):
                raise AssertionError("it never loads")

        two = [asyncio.create_task(client()) for _ in range(2)]
        await asyncio.to_thread(shelf.engine.loading.wait, 10)
        two[0].cancel()
        await asyncio.wait(two[:1])
        assert not shelf.engine.loads and not two[1].done()
        two[1].cancel()
        await asyncio.wait(two)
        shelf.engine.wait_in_load = False
        async with shelf.models.using(shelf.model):
            assert shelf.loaded()

    run(scene)


def test_what_nobody_uses_makes_room_for_what_is_asked_for(run: Any) -> None:
    async def scene(shelf: Shelf) -> None:
        other = shelf.models._engines.find("other")
        async with shelf.models.using(shelf.model):
            pass
        load, refused = shelf.engine.load, []

        def small(address: str, options: LoadOptions, **more: Any) -> Any:
            if shelf.loaded() and address != shelf.model.address:
                refused.append(options.parallel)
                raise AppError("engine.memory", "There is not enough memory.")
            return load(address, options, **more)

        shelf.engine.load = small  # type: ignore[method-assign]
        async with shelf.models.using(other):
            assert shelf.loaded() == ["other.gguf"] and refused == [4]
            with pytest.raises(AppError, match="memory"):  # what is used stays
                async with shelf.models.using(
                    replace(shelf.model, address=str(Path(other.address).parent / "x"))
                ):
                    raise AssertionError
        assert shelf.loaded() == ["other.gguf"]

    run(scene)
