"""Search over 50,000 messages, and opening a chat of 2,000."""

from __future__ import annotations

import random
import sqlite3
import time
from functools import partial
from pathlib import Path

import pytest

from backend.chats.types import RunCard
from backend.engines.types import Alternative, Sampling, Timings, TokenChoice
from backend.store import chat_rows, codec
from backend.store.chat_search import ChatSearch
from backend.store.chats import ChatRepository
from backend.store.database import Database
from tests.benchmarks.timing import best_seconds

MESSAGES = 50_000
PER_CHAT = 250
LONG = 2000


def fill(database: Database, chats: int, per_chat: int, words: int) -> list[int]:
    """Chats of `per_chat` messages each; their ids. Few of the words are drawn often, as in a text."""
    chance = random.Random(5)
    letters = "abcdefghijklmnoprstuvwyz"
    stock = ["".join(chance.choice(letters) for _ in range(chance.randint(2, 10))) for _ in range(30_000)]
    card = RunCard("m", "Model", "Q4_K_M", "local", "/m.gguf", "ab" * 32, system_prompt="Be brief. " * 40)
    timings = codec.dump(Timings(30, 0, 200, 0.2, 300.0, 40.0, 0))
    repository = ChatRepository(database)
    ids = [repository.create(f"chat {number}", "m", Sampling(), None).id for number in range(chats)]
    choices = chat_rows.dump_choices(
        [TokenChoice("word", -0.25, tuple(Alternative(f"other{n}", -2.5) for n in range(5)))] * 150
    )

    def run(connection: sqlite3.Connection) -> None:
        for chat_id in ids:
            parent = None
            for place in range(per_chat):
                answer = place % 2
                text = " ".join(stock[int(len(stock) * chance.random() ** 3)] for _ in range(words))
                parent = connection.execute(
                    "INSERT INTO messages (chat_id, parent_id, role, text, reasoning, state, created,"
                    " model_name, quant, finish_reason, timings, error_title, error_hint, card, seed)"
                    " VALUES (?, ?, ?, ?, '', 'done', 0, '', '', '', ?, '', '', ?, ?)",
                    (
                        chat_id,
                        parent,
                        ("user", "assistant")[answer],
                        text,
                        timings if answer else "{}",
                        chat_rows.dump_card(card) if answer else "",
                        place,
                    ),
                ).lastrowid
                if answer:
                    connection.execute("INSERT INTO message_choices VALUES (?, ?)", (parent, choices))
            connection.execute("UPDATE chats SET leaf_id = ? WHERE id = ?", (parent, chat_id))

    database.write(run)
    return ids


@pytest.mark.benchmark
def test_search_over_50_000_messages(tmp_path: Path) -> None:
    database = Database(tmp_path / "orangery.sqlite3")
    fill(database, MESSAGES // PER_CHAT, PER_CHAT, 60)
    search = ChatSearch(database)
    text = database.read(lambda c: c.execute("SELECT text FROM messages WHERE id = 777").fetchone()[0])
    common, second, *_ = sorted(text.split(), key=len)
    for what, asked in {
        "a rare word": max(text.split(), key=len),
        "a common word": common,
        "two common words": f"{common} {second}",
        "three letters": common[:3],
        "one letter": "a",
        "nothing": "qqqqq",
    }.items():
        found, chats = search.messages(asked, 200), search.chats(asked)
        taken = best_seconds(partial(search.messages, asked, 200))
        listed = best_seconds(partial(search.chats, asked))
        print(
            f"search over {MESSAGES:,} messages, {what}: {taken * 1000:.1f} ms, {len(found)} hits"
            f" (aim <= 50 ms); the list of {len(chats)} chats {listed * 1000:.1f} ms"
        )
    database.close()
    started = time.perf_counter()
    Database(tmp_path / "orangery.sqlite3").close()
    print(f"opening this database: {(time.perf_counter() - started) * 1000:.0f} ms")


@pytest.mark.benchmark
def test_opening_a_chat_of_2_000_messages(tmp_path: Path) -> None:
    database = Database(tmp_path / "orangery.sqlite3")
    (chat_id,) = fill(database, 1, LONG, 120)
    repository = ChatRepository(database)
    taken = best_seconds(partial(repository.branch, chat_id))
    print(
        f"a chat of {len(repository.branch(chat_id)):,} messages: {taken * 1000:.0f} ms to read"
        " (aim < 300 ms to open)"
    )
    database.close()
