"""Search over all chats, its index, and what is done where the index is missing or damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.chats.types import FoundMessage
from backend.engines.types import Sampling
from backend.store import search_index
from backend.store.chat_search import ChatSearch
from backend.store.chats import ChatRepository, Ending, MessageState, NewMessage
from backend.store.database import Database
from backend.store.schema import MIGRATIONS


class Texts:
    """A database with a few chats, to be searched."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)
        self.chats = ChatRepository(self.database)
        self.search = ChatSearch(self.database)

    def add(self, title: str, *texts: str) -> tuple[int, list[int]]:
        chat = self.chats.create(title, None, Sampling(), None)
        ids: list[int] = []
        for text in texts:
            parent = ids[-1] if ids else None
            ids.append(self.chats.add(NewMessage(chat.id, parent, "user", text)).id)
        return chat.id, ids

    def found(self, text: str) -> list[int | None]:
        return [hit.message_id for hit in self.search.messages(text, 10)]


@pytest.fixture(params=["index", "reading"])
def texts(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Texts]:
    """Once with the index, once in a build of SQLite that has none."""
    if request.param == "reading":
        monkeypatch.setattr(search_index, "available", lambda connection: False)
    texts = Texts(tmp_path / "orangery.sqlite3")
    yield texts
    texts.database.close()


def test_every_word_is_found_by_its_beginning_whatever_case_and_accents(texts: Texts) -> None:
    garden, (crepe, lemon) = texts.add("Café in the garden", "Crème BRÛLÉE, please", "lemon trees and lemons")
    _, (other,) = texts.add("other", "lemon cream")
    assert texts.search.messages("creme brul", 10) == (
        FoundMessage(garden, "Café in the garden", crepe, "Crème BRÛLÉE, please", ((0, 5), (6, 6)))
        if search_index.available(sqlite3.connect(":memory:"))
        else texts.search.messages("creme brul", 10)[0],
    )
    assert texts.found("lemon") == [other, lemon]
    assert texts.found("LEMON tree") == [lemon]
    assert texts.found("cafe") == [None]
    assert texts.found('"*: -OR(') == texts.found("   ") == []
    assert texts.found("lemon pear") == []
    assert [hit.message_id for hit in texts.search.messages("lemon", 1)] == [other]
    assert [chat.id for chat in texts.search.chats("cafe")] == [garden]


def test_only_what_can_be_seen_is_found(texts: Texts) -> None:
    chat_id, (first, second) = texts.add("talk", "an apple", "a banana")
    answer = texts.chats.add(NewMessage(chat_id, second, "assistant", "", MessageState.STREAMING))
    texts.chats.checkpoint(answer.id, "half a cherry", "")
    assert texts.found("cherry") == []
    texts.chats.finish(answer.id, Ending(MessageState.DONE, "a whole cherry"))
    assert texts.found("cherry") == [answer.id]
    texts.chats.hide(second)
    assert texts.found("cherry") == texts.found("banana") == []
    texts.chats.unhide(second)
    assert texts.found("cherry") == [answer.id]
    texts.chats.set_deleted(chat_id, True)
    assert texts.found("apple") == texts.found("talk") == []
    assert texts.search.chats("apple") == ()
    texts.chats.set_deleted(chat_id, False)
    assert texts.found("apple") == [first]
    texts.chats.set_deleted(chat_id, True)
    texts.chats.purge_deleted()
    assert texts.found("apple") == []
    assert texts.database.check() == ""


def test_scripts_without_spaces_are_found_in_the_middle(texts: Texts) -> None:
    _, (message,) = texts.add("中文", "我想去植物园看橘子树")
    assert texts.found("橘子") == [message]


def test_messages_of_an_older_version_are_found(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    old = Database(path, migrations=MIGRATIONS[:3])
    for statement in (
        "INSERT INTO chats (id, title, system_prompt, sampling, created, updated, sequence)"
        " VALUES (1, 'Old times', '', '{}', 0, 0, 1)",
        "INSERT INTO messages VALUES"
        " (1, 1, NULL, 'user', 'pomelo', '', 'done', 0, NULL, '', '', '', '{}', '', ''),"
        " (2, 1, 1, 'assistant', 'citron', '', 'streaming', 0, NULL, '', '', '', '{}', '', '')",
    ):
        old.write(lambda connection, statement=statement: connection.execute(statement))
    old.close()
    texts = Texts(path)
    assert texts.found("pomelo") == [1]
    assert texts.found("old") == [None]
    assert texts.found("citron") == []
    texts.chats.interrupt_streaming("It was interrupted.")
    assert texts.found("citron") == [2]
    texts.database.close()


def test_a_build_without_the_index_writes_and_the_next_with_it_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "orangery.sqlite3"
    texts = Texts(path)
    texts.add("one", "quince")
    texts.database.close()
    with monkeypatch.context() as without:
        without.setattr(search_index, "available", lambda connection: False)
        texts = Texts(path)
        _, (added,) = texts.add("two", "quince jelly")
        assert texts.found("quince") == [added, added - 1]
        texts.database.close()
    texts = Texts(path)
    assert texts.found("jelly") == [added]
    texts.database.close()


def test_a_damaged_index_is_made_anew_without_losing_a_message(tmp_path: Path) -> None:
    texts = Texts(tmp_path / "orangery.sqlite3")
    texts.add("one", *(f"quince number {n}" for n in range(50)))
    texts.database.write(
        lambda c: c.execute("UPDATE message_index_data SET block = x'ff00ff00' WHERE id > 1")
    )
    texts.database.close()
    texts = Texts(tmp_path / "orangery.sqlite3")
    _, (added,) = texts.add("two", "a last quince")
    assert texts.found("last quin") == [added]
    assert len(texts.search.messages("quince", 100)) == 51
    texts.database.close()
