"""A damaged database is set aside, salvaged and completed from the newest backup. Fault 46."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from backend.chats.types import Attachment, MessageState, ModelDefaults, Preset
from backend.engines.types import AdapterUse, RunCard, Sampling, TokenChoice
from backend.errors import AppError
from backend.store.chat_search import ChatSearch
from backend.store.chat_shelf import ChatShelf
from backend.store.chats import ChatRepository, Ending, NewMessage
from backend.store.database import Database

CHATS = 12
MESSAGES = 10


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database of several hundred pages, with one chat that its only backup does not have."""
    path = tmp_path / "orangery.sqlite3"
    database = Database(path)
    chats = ChatRepository(database)
    for number in range(CHATS - 1):
        fill(chats, number)
    database.close()
    database = Database(path)
    fill(ChatRepository(database), CHATS - 1)
    database.close()
    assert len(list((tmp_path / "backups").iterdir())) == 1
    return path


def fill(chats: ChatRepository, number: int) -> None:
    chat = chats.create(f"chat {number}", None, Sampling(), None)
    parent = None
    for place in range(MESSAGES):
        text = f"text {number}/{place} " + "lorem ipsum " * 300
        parent = chats.add(NewMessage(chat.id, parent, "user" if place % 2 == 0 else "assistant", text)).id


def reopen(path: Path) -> tuple[list[str], str, Database]:
    """Titles, the hint of the only notice, and the open, sound database."""
    database = Database(path)
    assert [notice.code for notice in database.notices] == ["store.repaired"]
    assert database.check() == ""
    titles = [chat.title for chat in ChatRepository(database).all()]
    return titles, database.notices[0].hint, database


def overwrite(path: Path, start: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


EVERYTHING = [f"chat {number}" for number in reversed(range(CHATS))]


def test_a_zeroed_header_costs_nothing(path: Path) -> None:
    overwrite(path, 0, bytes(100))
    damaged = path.read_bytes()
    titles, hint, database = reopen(path)
    assert titles == EVERYTHING
    branch = ChatRepository(database).branch(CHATS)
    assert [m.text.split(" ")[1] for m in branch] == [f"{CHATS - 1}/{place}" for place in range(MESSAGES)]
    aside = path.with_name("orangery.sqlite3.damaged-1")
    assert str(aside) in hint
    assert aside.read_bytes() == damaged
    database.close()
    again = Database(path)
    assert again.notices == ()
    again.close()


def test_what_belongs_to_chats_is_read_with_them(path: Path) -> None:
    database = Database(path)
    chats, shelf = ChatRepository(database), ChatShelf(database)
    folder = shelf.add_folder("kept")
    shelf.move(1, folder.id)
    shelf.set_defaults(ModelDefaults("m", "Be brief."))
    shelf.save_preset(Preset(0, "Poet", "Rhyme.", Sampling()))
    file = Attachment("a.txt", "text", 3, text="abc")
    leaf = chats.get(1).leaf_id
    question = chats.add(NewMessage(1, leaf, "user", "a pomelo", attachments=(file,)))
    answer = chats.add(NewMessage(1, question.id, "assistant", "", MessageState.STREAMING))
    card, choices = RunCard("m", seed=7, adapters=(AdapterUse("/a", 0.5),)), (TokenChoice("hi", -0.5),)
    saved = chats.finish(answer.id, Ending(MessageState.DONE, "citron", card=card, choices=choices))
    shelf.add_summary(1, question.id, "It was short.")
    database.close()
    overwrite(path, 0, bytes(100))
    _, _, database = reopen(path)
    chats, shelf = ChatRepository(database), ChatShelf(database)
    assert chats.get(1).folder_id == folder.id
    assert shelf.folders() == (folder,)
    assert shelf.defaults("m") == ModelDefaults("m", "Be brief.")
    assert [preset.name for preset in shelf.presets()] == ["Poet"]
    assert chats.message(question.id).attachments == (file,)
    assert chats.message(answer.id) == saved
    assert saved.choices == choices
    assert [summary.text for summary in shelf.summaries(1)] == ["It was short."]
    found = ChatSearch(database).messages("citr", 9)
    assert [hit.message_id for hit in found] == [answer.id]
    assert len(ChatSearch(database).messages("text", 1000)) == CHATS * MESSAGES
    database.close()


def test_a_zeroed_header_with_commits_still_in_the_journal(path: Path, tmp_path: Path) -> None:
    database = Database(path)
    fill(ChatRepository(database), CHATS)
    crashed = tmp_path / "crashed" / path.name
    crashed.parent.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{path}{suffix}", f"{crashed}{suffix}")
    database.close()
    overwrite(crashed, 0, bytes(100))
    titles, _, database = reopen(crashed)
    assert titles[0] == f"chat {CHATS}"
    assert len(titles) == CHATS + 1
    database.close()


def test_a_nul_filled_file_is_replaced_by_the_backup(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))
    titles, hint, database = reopen(path)
    assert titles == EVERYTHING[1:]
    assert "Nothing in it could be read" in hint
    assert "backup of" in hint
    database.close()


def test_an_emptied_file_is_replaced_by_the_backup(path: Path) -> None:
    path.write_bytes(b"")
    titles, _, database = reopen(path)
    assert titles == EVERYTHING[1:]
    database.close()


def test_without_a_backup_everything_readable_is_kept(path: Path) -> None:
    shutil.rmtree(path.parent / "backups")
    middle = path.stat().st_size // 4096 // 2
    overwrite(path, middle * 4096, b"\xff" * 4096)
    titles, hint, database = reopen(path)
    assert titles == EVERYTHING
    assert "no backup" in hint
    count = database.read(lambda c: c.execute("SELECT count(*) FROM messages").fetchone()[0])
    assert CHATS * MESSAGES - 10 <= count < CHATS * MESSAGES
    for chat in ChatRepository(database).all():
        assert ChatRepository(database).branch(chat.id)
    database.close()


def test_with_a_backup_a_torn_page_costs_nothing_that_the_backup_has(path: Path) -> None:
    middle = path.stat().st_size // 4096 // 2
    overwrite(path, middle * 4096, bytes(4096))
    titles, _, database = reopen(path)
    assert titles == EVERYTHING
    count = database.read(lambda c: c.execute("SELECT count(*) FROM messages").fetchone()[0])
    assert count == CHATS * MESSAGES
    database.close()


def test_a_deleted_journal_leaves_the_last_checkpoint(path: Path, tmp_path: Path) -> None:
    database = Database(path)
    fill(ChatRepository(database), CHATS)
    crashed = tmp_path / "crashed" / path.name
    crashed.parent.mkdir()
    shutil.copyfile(path, crashed)
    database.close()
    survivor = Database(crashed)
    assert survivor.check() == ""
    assert len(ChatRepository(survivor).all()) >= CHATS
    survivor.close()


def test_damage_at_random_places_never_stops_the_start(path: Path, tmp_path: Path) -> None:
    sound = path.read_bytes()
    chance = random.Random(46)
    for _ in range(25):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 4)):
            start = chance.randrange(len(data))
            kind = chance.randrange(3)
            length = chance.choice((1, 16, 512, 4096, 20_000))
            if kind == 0:
                data[start : start + length] = bytes(len(data[start : start + length]))
            elif kind == 1:
                data[start : start + length] = chance.randbytes(len(data[start : start + length]))
            elif len(data) > 50_000:
                del data[start:]
        path.write_bytes(data)
        database = Database(path)
        assert database.check() == ""
        assert len(ChatRepository(database).all()) >= CHATS - 1
        database.close()


def test_a_file_that_somebody_has_open_is_not_repaired_under_them(path: Path) -> None:
    window = Database(path)
    overwrite(path, 0, bytes(100))
    with pytest.raises(AppError) as caught:
        Database(path)
    assert caught.value.code == "store.damaged"
    assert not path.with_name("orangery.sqlite3.damaged-1").exists()
    window.close()


def test_a_backup_that_is_damaged_too_is_passed_over(path: Path) -> None:
    backups = path.parent / "backups"
    shutil.copyfile(backups / "backup-0001.sqlite3", backups / "backup-0002.sqlite3")
    overwrite(backups / "backup-0002.sqlite3", 0, bytes(9000))
    path.write_bytes(b"not a database at all")
    titles, _, database = reopen(path)
    assert titles == EVERYTHING[1:]
    database.close()
