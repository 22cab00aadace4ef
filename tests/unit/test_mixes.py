"""Mixes as models, chats with adapters of their own, and faders that are moved while an answer is written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.adapters.types import Mix, Rack, Strip
from backend.chats.types import MessageState
from backend.engines.types import AdapterUse, EarlierAdapters, FinishReason
from backend.errors import AppError
from backend.events import MixesChanged
from backend.store.chats import ChatRepository
from backend.store.database import Database
from backend.store.migrations import migrate, schema_version
from backend.store.schema import MIGRATIONS
from tests.support.chat_home import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.close()


def strip(folder: Path, name: str = "warm", scale: float = 1.0) -> Strip:
    path = folder / f"{name}.gguf"
    path.touch()
    return Strip(str(path), scale)


def saved(home: Home, folder: Path, name: str = "Warm", scale: float = 0.5, base: str = "starter") -> Mix:
    return home.mixes.save(name, base, Rack((strip(folder, scale=scale),)))


def test_chats_of_the_version_before_come_along_whole(tmp_path: Path) -> None:
    path = tmp_path / "orangery.sqlite3"
    old = Database(path, migrations=MIGRATIONS[:6])
    old.write(
        lambda connection: connection.execute(
            "INSERT INTO chats (title, model_id, system_prompt, sampling, created, updated, sequence)"
            " VALUES ('kept', 'starter', '', '{}', 1.0, 1.0, 1)"
        )
    )
    old.close()
    step = MIGRATIONS[6]
    connection = sqlite3.connect(path, isolation_level=None)
    before = connection.execute("SELECT name, sql FROM sqlite_schema").fetchall()
    for place in range(len(step) + 1):
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, (*MIGRATIONS[:6], (*step[:place], "no SQL", *step[place:])))
        assert connection.execute("SELECT name, sql FROM sqlite_schema").fetchall() == before
        assert schema_version(connection) == 6
    connection.close()
    new = Database(path)
    chats = ChatRepository(new)
    assert [(chat.title, chat.rack) for chat in chats.all()] == [("kept", None)]
    assert new.check() == ""
    # What another version or a damaged disk wrote there is no reason to lose the chat.
    new.write(lambda c: c.execute("""UPDATE chats SET rack = '{"strips": [{"path": 3}, 7], "bypass": 1}'"""))
    assert [chat.rack for chat in chats.all()] == [Rack()]
    new.close()


def test_a_mix_is_a_model_next_to_its_base(home: Home, tmp_path: Path) -> None:
    mix = saved(home, tmp_path)
    home.recorder.wait(lambda event: isinstance(event, MixesChanged))
    assert [model.id for model in home.engines.models()] == ["starter", f"mix@{mix.id}", "other"]
    model = home.engines.find(f"mix@{mix.id}")
    assert model == home.engines.models()[1]
    assert (model.name, model.quant, model.base_id) == ("Orangery Starter + Warm", "Q8_0", "starter")
    assert model.adapters == (AdapterUse(str(tmp_path / "warm.gguf"), 0.5),)
    assert model.address == home.engines.find("starter").address
    assert home.engines.find("starter+warm") == home.engines.find("starter + WARM") == model
    assert home.mixes.all("other") == ()
    for wanted in ("starter+cold", "other+warm", "+warm", "starter+"):
        with pytest.raises(AppError) as caught:
            home.engines.find(wanted)
        assert caught.value.code == "library.not_found"


def test_a_mix_is_renamed_deleted_and_brought_back(home: Home, tmp_path: Path) -> None:
    mix = saved(home, tmp_path)
    for name, rack, code in (
        (" ", mix.rack, "mix.no_name"),
        ("Cold", Rack(), "mix.empty"),
        ("WARM", mix.rack, "mix.name_taken"),
    ):
        with pytest.raises(AppError) as caught:
            home.mixes.save(name, "starter", rack)
        assert caught.value.code == code
    assert home.mixes.save("Warm", "other", mix.rack).base_id == "other"
    renamed = home.mixes.save("A + B", "starter", mix.rack, mix.id)
    assert (renamed.id, renamed.created, home.mixes.get(mix.id)) == (mix.id, mix.created, renamed)
    assert home.engines.find("starter+a + b").id == f"mix@{mix.id}"
    chat = home.chats.create(f"mix@{mix.id}")
    home.mixes.delete(mix.id)
    assert mix.id not in [one.id for one in home.mixes.all()]
    home.chats.send(chat.id, "hello")
    failed = home.recorder.answer(MessageState.FAILED)
    assert "A + B" in failed.error_title
    assert failed.error_hint
    home.mixes.restore(mix.id)
    assert home.mixes.get(mix.id) == renamed
    with pytest.raises(AppError) as caught:
        home.mixes.get(999)
    assert caught.value.code == "mix.gone"


def test_what_a_mix_lacks_is_said(home: Home, tmp_path: Path) -> None:
    mix = saved(home, tmp_path)
    (tmp_path / "warm.gguf").unlink()
    assert "warm.gguf" in home.engines.find(f"mix@{mix.id}").problem
    orphan = saved(home, tmp_path, base="hf:gone/away")
    last = home.engines.models()[-1]
    assert (last.id, last.base_id) == (f"mix@{orphan.id}", "hf:gone/away")
    assert "hf:gone/away" in last.problem
    with pytest.raises(AppError) as caught:
        home.engines.find(last.id)
    assert caught.value.code == "mix.base_gone"


def test_a_chat_opens_its_mix_or_its_own_rack(home: Home, tmp_path: Path) -> None:
    mix = saved(home, tmp_path)
    chat = home.chats.create(f"mix@{mix.id}")
    first = home.answered(chat.id, "hello", "warm hello")
    assert first.card is not None
    assert first.card.adapters == mix.rack.uses() == home.engine.loads[-1][1].adapters
    assert first.model_name == "Orangery Starter + Warm"
    # It is the base that was used, and not as fast as it is by itself.
    assert home.uses() == [("starter", None)]
    own = Rack((strip(tmp_path, scale=1.5), Strip(strip(tmp_path, "cold").path, muted=True)))
    moved = home.chats.update(chat.id, rack=own)
    assert (moved.model_id, moved.rack, home.chats.chat(chat.id)) == (f"mix@{mix.id}", own, moved)
    home.answered(chat.id, "again", "warmer")
    assert home.engine.tuned[-1][1] == own.uses() == (AdapterUse(own.strips[0].path, 1.5),)
    # Another model brings its own.
    assert home.chats.update(chat.id, model_id="starter").rack is None
    home.answered(chat.id, "plain", "plainly")
    assert home.chats.options_of(home.chats.chat(chat.id)).adapters == ()
    assert home.chats.update(chat.id, model_id="other", rack=own).rack == own
    file = tmp_path / "chat.json"
    home.chats.export([chat.id], file, "json")
    (copy,) = home.chats.import_file(file)
    assert home.chats.chat(copy).rack == own


def test_a_fader_moves_the_answer_that_is_being_written(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    home.chats.update(chat.id, rack=Rack((strip(tmp_path),), bypass=True))
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    generation.say("cold, ")
    assert home.engine.loads[-1][1].adapters == ()
    moved = Rack((strip(tmp_path, scale=0.75),))
    home.chats.update(chat.id, rack=moved)
    assert home.engine.tuned == [(generation.key, moved.uses())]
    home.chats.update(chat.id, rack=moved)
    assert len(home.engine.tuned) == 1
    home.engine.failure = AppError("adapter.refused", "It does not fit.")
    with pytest.raises(AppError):
        home.chats.update(chat.id, rack=Rack((strip(tmp_path, "odd"),)))
    home.engine.failure = None
    assert home.chats.chat(chat.id).rack == moved
    generation.say("warm")
    generation.end()
    done = home.recorder.answer(MessageState.DONE)
    assert done.text == "cold, warm"
    assert done.card is not None
    assert done.card.adapters == moved.uses()
    assert done.card.earlier_adapters == (EarlierAdapters(1, ()),)
    assert home.chats.messages(chat.id)[-1].card == done.card
    # A replay has the adapters of its card, whatever the chat has now.
    home.chats.update(chat.id, rack=Rack())
    found = []
    replaying = threading.Thread(target=lambda: found.append(home.chats.replay(done.id)))
    replaying.start()
    again = home.engine.next()
    again.say("cold, warm")
    again.end(FinishReason.STOP)
    replaying.join(60)
    assert found[0].same_text
    assert found[0].changed == (
        "The faders were moved while it was written; now they stand where they ended.",
    )


def test_a_chat_without_a_mixer_keeps_what_it_shares(home: Home, tmp_path: Path) -> None:
    chat = home.chats.create("starter")
    home.chats.send(chat.id, "hello")
    generation = home.engine.next()
    home.chats.update(chat.id, rack=Rack((strip(tmp_path),)))
    assert home.engine.tuned == []
    generation.end()
    home.recorder.answer(MessageState.DONE)
