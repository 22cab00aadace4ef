"""Commits survive a power cut, not only a kill. Fault 44."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from backend.store.database import Database
from tests.support.examples import LONG
from tests.support.power_loss import available, record

ROOT = Path(__file__).resolve().parents[2]
CRASHES = 500 if LONG else 125

_SCRIPT = """
import os, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from backend.engines.types import Sampling
from backend.store.chats import ChatRepository, NewMessage
from backend.store.database import Database
database = Database(Path({folder!r}, "orangery.sqlite3"))
acknowledge = os.open({folder!r} + "/acknowledged", os.O_WRONLY | os.O_CREAT)
# Checkpoint often, so that the cut also falls into the copying from the journal into the file.
database.read(lambda connection: connection.execute("PRAGMA wal_autocheckpoint = 12").fetchall())
chats = ChatRepository(database)
chat = chats.create("power", None, Sampling(), None)
parent = None
for number in range(60):
    message = chats.add(NewMessage(chat.id, parent, "user", str(number) + " " + "x" * (number * 97 % 6000)))
    os.write(acknowledge, str(message.id).encode() + b"\\n")
    parent = message.id
os._exit(0)
"""


@pytest.mark.skipif(not available(), reason="needs strace(1)")
def test_no_power_cut_loses_an_acknowledged_message(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    names = ("orangery.sqlite3", "orangery.sqlite3-wal")
    script = _SCRIPT.format(root=str(ROOT), folder=str(run))
    recording = record(script, run, names, "acknowledged", tmp_path / "traces")
    assert len(recording.acknowledged(len(recording.steps))) == 60
    assert any(step.kind == "write" and step.file == names[0] for step in recording.steps[200:])
    chance = random.Random(44)
    for crash in range(CRASHES):
        moment = chance.randrange(len(recording.steps) + 1)
        folder = tmp_path / "disk" / str(crash)
        folder.mkdir(parents=True)
        recording.crash(moment, folder, chance)
        database = Database(folder / names[0])
        try:
            assert database.notices == (), f"cut before step {moment}"
            there = {
                str(row[0])
                for row in database.read(lambda c: c.execute("SELECT id FROM messages").fetchall())
            }
            assert set(recording.acknowledged(moment)) <= there, f"cut before step {moment}"
            assert database.check() == ""
        finally:
            database.close()
