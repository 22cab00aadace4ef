"""A process that is killed while it chats loses no committed message, and of streaming text at most what came
since the last second began. Faults 41 and 43."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backend.chats.types import MessageState
from tests.support.chat_home import Home
from tests.support.chat_lives import said

ROOT = Path(__file__).resolve().parents[2]
LONG = bool(os.environ.get("ORANGERY_LONG"))
LIVES = 200 if LONG else 10
LOSS_S = 1.0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork(2)")
def test_kills_while_chatting_lose_no_committed_message(tmp_path: Path) -> None:
    lives = subprocess.run(
        [sys.executable, str(ROOT / "tests/support/chat_lives.py"), str(tmp_path), str(LIVES), "11"],
        check=True,
        capture_output=True,
        timeout=60 + 3 * LIVES,
    )
    told = json.loads(lives.stdout)
    assert len(told) == LIVES
    home = Home(tmp_path)
    assert home.database.notices == ()
    assert home.database.check() == ""
    rows = {
        number: (text, state)
        for number, text, state in home.database.read(
            lambda c: c.execute("SELECT id, text, state FROM messages").fetchall()
        )
    }
    assert all(state != MessageState.STREAMING for _, state in rows.values())
    questions = answers = late = 0
    for life in told:
        for line in life["lines"]:
            kind, number, *rest = line.split()
            assert int(number) in rows, f"lost: {line}"
            text, state = rows[int(number)]
            if kind == "Q":
                questions += 1
                assert text == "How many?"
            elif kind == "A":
                answers += 1
                assert (text, state) == (said(int(rest[0])), MessageState.DONE)
            else:
                assert text == said(len(text))
                late += len(text) < int(rest[0]) and float(rest[1]) < life["end"] - LOSS_S
    assert questions > LIVES // 2
    assert answers > LIVES // 4
    print(f"{LIVES} kills: {questions} questions and {answers} answers were committed, none is lost.")
    print(f"{late} pieces of text that had been said more than {LOSS_S} s before are lost.")
    if LONG:
        assert late == 0
    home.close()
