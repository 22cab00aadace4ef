"""Short lives of a process that chats until it is killed.

Run as a script: ``chat_lives.py FOLDER LIVES SEED``. It forks `LIVES` children one after the other from one
warmed process; each opens the profile in `FOLDER` and chats in two chats at once with an engine that says
numbers. It tells on a pipe what the window would have shown: questions that were taken (``Q id``), numbers
that were said (``S id characters time``) and answers that were committed (``A id characters``). The parent
kills the child with SIGKILL at a random moment and prints all of it as one JSON document: a list of lives,
each with its lines and the moment of its end on the monotonic clock.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from backend.chats.types import MessageState
from backend.engines.types import GenerationEvent, Sampling, Turn
from backend.events import Event, MessageChanged, MessageDelta
from tests.support.chat_home import Home
from tests.support.scripted_engine import ScriptedEngine, ScriptedGeneration

CHATS = 2


def said(characters: int) -> str:
    """The first `characters` that every answer says."""
    return "".join(f"{number} " for number in range(characters // 2 + 1))[:characters]


class TalkingEngine(ScriptedEngine):
    """Says numbers by itself, every answer another amount of them."""

    def generate(
        self,
        key: str,
        turns: Sequence[Turn],
        sampling: Sampling,
        on_event: Callable[[GenerationEvent], None],
        *,
        n: int = 1,
        tools: str = "",
    ) -> ScriptedGeneration:
        generation = ScriptedGeneration(key, tuple(turns), sampling, on_event)
        threading.Thread(target=self._talk, args=(generation,), daemon=True).start()
        return generation

    def _talk(self, generation: ScriptedGeneration) -> None:
        for number in range(random.choice((3, 30, 300))):
            generation.say(f"{number} ")
            time.sleep(0.005)
        generation.end()


def live(folder: Path, pipe: int) -> None:
    """Chat for ever."""

    def tell(line: str) -> None:
        os.write(pipe, f"{line}\n".encode())

    home = Home(folder, TalkingEngine())
    lengths: dict[int, int] = {}
    done = {number: threading.Event() for number in range(CHATS)}
    chats = [home.chats.create("starter").id for _ in done]

    def hear(event: Event) -> None:
        if isinstance(event, MessageDelta):
            lengths[event.message_id] = lengths.get(event.message_id, 0) + len(event.text)
            tell(f"S {event.message_id} {lengths[event.message_id]} {time.monotonic()}")
        elif isinstance(event, MessageChanged) and (message := event.message).role == "assistant":
            if message.state is not MessageState.DONE:
                return
            tell(f"A {message.id} {len(message.text)}")
            done[chats.index(message.chat_id)].set()

    home.bus.subscribe(hear)

    def talk(number: int) -> None:
        while True:
            tell(f"Q {home.chats.send(chats[number], 'How many?').id}")
            done[number].wait()
            done[number].clear()

    for number in done:
        threading.Thread(target=talk, args=(number,), daemon=True).start()
    threading.Event().wait()


def main() -> None:
    folder, lives, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    told: list[dict[str, object]] = []
    for _ in range(lives):
        reader, writer = os.pipe()
        length = chance.choice((chance.random() * 0.2, 1.0 + chance.random() * 0.6))
        child = os.fork()
        if child == 0:
            os.close(reader)
            try:
                live(folder, writer)
            finally:
                os._exit(1)
        os.close(writer)
        text = b""
        begun = time.monotonic()
        while (left := begun + length - time.monotonic()) > 0:
            if select.select([reader], [], [], left)[0]:
                text += os.read(reader, 65536)
        end = time.monotonic()
        os.kill(child, signal.SIGKILL)
        while part := os.read(reader, 65536):
            text += part
        os.close(reader)
        os.waitpid(child, 0)
        told.append({"end": end, "lines": text.decode().splitlines()})
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
