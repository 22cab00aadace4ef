"""A chat service over a real database and a scripted engine, and ways to wait for its messages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from backend.adapters.mixes import Mixes
from backend.chats.service import ChatService
from backend.chats.types import Message, MessageState
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.events import EventBus, MessageChanged
from backend.store.database import Database
from tests.support.scripted_engine import ScriptedEngine, SmallLibrary
from tests.support.waiting import Events


class Recorder(Events):
    """Every event of a bus, and ways to wait for messages."""

    def message(self, wanted: Callable[[Message], bool]) -> Message:
        """The newest changed message that is `wanted`; waits for it."""
        event = self.wait(lambda event: isinstance(event, MessageChanged) and wanted(event.message))
        assert isinstance(event, MessageChanged)
        return event.message

    def answer(self, *states: MessageState) -> Message:
        return self.message(lambda m: m.role == "assistant" and m.state in states)


class Home:
    """A chat service over a real database and a scripted engine."""

    def __init__(self, folder: Path, engine: ScriptedEngine | None = None) -> None:
        self.database = Database(folder / "orangery.sqlite3")
        self.engine = engine or ScriptedEngine()
        self.library = SmallLibrary(folder / "starter.gguf")
        self.bus = EventBus()
        self.recorder = Recorder(self.bus)
        self.mixes = Mixes(self.database, self.bus)
        self.engines = Engines(self.engine, self.library, mixes=self.mixes)
        self.room = ModelRoom(self.engines)
        self.chats = ChatService(self.database, self.engines, self.room, self.library, self.bus)
        self.chats.recover()

    def answered(self, chat_id: int, question: str, answer: str) -> Message:
        """One whole exchange; returns the answer."""
        self.chats.send(chat_id, question)
        generation = self.engine.next()
        generation.say(answer)
        generation.end()
        return self.recorder.message(lambda m: m.text == answer and m.state is MessageState.DONE)

    def uses(self) -> list[tuple[str, float | None]]:
        """What the library was told of, once every answer that has ended is over and done with."""
        for thread in threading.enumerate():
            if thread.name.startswith("answer-"):
                thread.join(60)
        return self.library.uses

    def close(self) -> None:
        self.chats.close()
        self.database.close()
