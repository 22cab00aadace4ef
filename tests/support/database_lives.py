"""Short lives of a process that writes to a database until it is killed.

Run as a script: ``database_lives.py DATABASE LIVES SEED``. It forks `LIVES` children one after the other from
one warmed process; each opens the database, appends rows and acknowledges each on a pipe once its commit
returned. The parent kills the child with SIGKILL at a random moment and prints every acknowledged row, one
JSON document at the end.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from backend.engines.types import Sampling
from backend.store.chats import ChatRepository, NewMessage
from backend.store.database import Database


def live(path: Path, life: int, acknowledge: int) -> None:
    """Write for ever: a chat, then message after message under it."""
    chats = ChatRepository(Database(path))
    chat = chats.create(f"life {life}", None, Sampling(), None)
    parent: int | None = None
    number = 0
    while True:
        message = chats.add(NewMessage(chat.id, parent, "user", f"life {life} message {number} " + "x" * 400))
        os.write(acknowledge, f"{message.id} {life} {number}\n".encode())
        parent = message.id
        number += 1


def main() -> None:
    path, lives, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for life in range(lives):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            try:
                live(path, life, writer)
            finally:
                os._exit(1)
        os.close(writer)
        text = b""
        # Half of the lives are killed while they open the database, half while they write.
        if chance.random() < 0.5:
            select.select([reader], [], [], 5)
            text += os.read(reader, 65536)
        time.sleep(chance.random() * 0.015)
        os.kill(child, signal.SIGKILL)
        while part := os.read(reader, 65536):
            text += part
        os.close(reader)
        os.waitpid(child, 0)
        acknowledged += text.decode().splitlines()
    json.dump(acknowledged, sys.stdout)


if __name__ == "__main__":
    main()
