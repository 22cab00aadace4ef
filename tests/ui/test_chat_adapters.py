"""Faders in the chat's side panel, base against adapters, and mixes as models."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend.adapters.types import Rack, Strip
from backend.chats.types import Chat
from backend.engines.types import AdapterUse
from backend.errors import AppError
from tests.support.chat_desk import STARTER, ChatDesk
from tests.support.chat_page import Desk, chat_pages
from tests.support.fake_adapters import sample
from tests.ui.conftest import settle
from ui.pages.chat.sheets.name import NameSheet


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A chat with the starter model, over which *Orangery Pirate* is at 0.50."""
    backend = ChatDesk(tmp_path / "home")
    path = tmp_path / "pirate.gguf"
    path.touch()
    backend.adapters.put(replace(sample(), path=path))
    chat = backend.conversation([("What is LoRA?", "A small adapter.")], title="LoRA")
    backend.chats.update(chat.id, rack=Rack((Strip(str(path), 0.5),)))
    with chat_pages(qtbot, backend, tmp_path) as open_it:
        yield open_it()
    backend.close()


def heard(desk: Desk) -> list[float]:
    """The scales that the engine was last told."""
    return [use.scale for use in desk.backend.engine.tuned[-1][1]]


def action(menu: QMenu, words: str) -> QAction:
    return next(each for each in menu.actions() if each.text().startswith(words))


def popup(desk: Desk) -> QMenu:
    desk.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(desk: Desk, words: str) -> None:
    """Choose a line of the menu that is open."""
    menu = popup(desk)
    line = action(menu, words)
    menu.close()
    line.trigger()
    settle(desk.qtbot)


def test_a_fader_acts_on_the_answer_that_is_being_written(desk: Desk) -> None:
    adapters, engine = desk.page.panel.adapters, desk.backend.engine
    mixer, heard_button = adapters.mixer, desk.page._header.heard_button
    desk.ask("And in one word?")
    generation = engine.next()
    generation.say("Sm")
    before = mixer.rack
    assert engine.loads[-1][1].adapters == (AdapterUse(before.strips[0].path, 0.5),)
    told = len(engine.tuned)
    for step in range(200):  # a drag
        mixer.rack_changed.emit(Rack((replace(before.strips[0], scale=step / 100),)))
    desk.wait(lambda: len(engine.tuned) > told and heard(desk) == [1.99])
    assert len(engine.tuned) == told + 1, "the last one wins"
    desk.wait(lambda: not desk.page.presenter.changes.pending())
    assert desk.backend.chats.chats()[0].rack == mixer.rack
    assert mixer.strips()[0].name == "Orangery Pirate" and heard_button.text() == "With adapters"

    # One key, wherever the keyboard is in the page.
    QTest.keyClick(desk.page.composer.input, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    desk.wait(lambda: heard(desk) == [])
    assert heard_button.text() == "Base alone" and mixer.switch.value() is True
    heard_button.click()
    desk.wait(lambda: heard(desk) == [1.99])

    # What the engine refuses is said in place, and the fader goes back.
    engine.failure = AppError("adapter.shape", "It does not fit this model.", "Take it out.")
    QTest.keyClick(mixer.strips()[0].fader, Qt.Key.Key_Home)
    desk.wait(lambda: "It does not fit" in adapters.error())
    desk.wait(lambda: mixer.rack.strips[0].scale == 1.99)
    assert desk.shell.toasts == []
    engine.failure = None
    mixer.strips()[0].mute.click()
    desk.wait(lambda: heard(desk) == [] and not adapters._error.isVisible())
    generation.say("all")
    generation.end()
    desk.wait(lambda: desk.texts()[-1] == "Small")
    desk.idle()


def test_a_list_that_was_read_before_a_fader_moved_does_not_move_it_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    presenter, chats = desk.page.presenter, desk.backend.chats
    asked, go = threading.Event(), threading.Event()
    whole = chats.chats

    def late() -> tuple[Chat, ...]:
        found = whole()
        if not asked.is_set():
            asked.set()
            go.wait(60)
        return found

    monkeypatch.setattr(chats, "chats", late)
    shown: list[Rack | None] = []
    presenter.chat_updated.connect(lambda chat: shown.append(chat.rack))
    presenter.list.read()
    desk.wait(asked.is_set)
    strip = desk.page.panel.adapters.mixer.strips()[0]
    QTest.keyClick(strip.fader, Qt.Key.Key_Home)
    moved = presenter.chat.rack
    desk.wait(lambda: not presenter.changes.pending())
    go.set()
    desk.wait(lambda: presenter.list.chat(presenter.chat.id).rack == moved)
    assert moved is not None and moved.strips[0].scale == 0.0 and strip.fader.scale() == 0.0
    assert all(rack == moved for rack in shown)
    desk.idle()


def test_adapters_are_added_saved_as_a_mix_and_chosen_like_a_model(desk: Desk) -> None:
    adapters, backend = desk.page.panel.adapters, desk.backend
    pirate = adapters.mixer.rack.strips[0].path
    adapters.mixer.strips()[0].remove.click()
    assert adapters.mixer.rack == Rack() and not desk.page._header.heard_button.isVisible()
    assert "Add a LoRA adapter" in adapters._words.text() and adapters._words.isVisible()
    adapters.mixer.add_button.click()
    offered = desk.page._adapters._addable
    desk.wait(lambda: offered.list.currentIndex().data() == "Orangery Pirate")
    rows = offered._rows.rows
    assert [row.name for row in rows if row.usable] == ["Orangery Pirate"] == [rows[0].name]
    why = {row.name: row.note for row in rows}
    assert why["gemma-recipes"] == "gemma3, the model is llama", "greyed, with the reason"
    QTest.keyClick(offered.search, Qt.Key.Key_Return)
    assert adapters.mixer.rack == Rack((Strip(pirate, 1.0),)) and not offered.isVisible()
    adapters.mixer.add_button.click()
    desk.wait(lambda: "already in the mixer" in [row.note for row in offered._rows.rows])
    QTest.keyClick(offered.search, Qt.Key.Key_Down)
    assert offered._commands[0].hasFocus(), "what can be done besides is a key away"
    QTest.keyClick(offered._commands[0], Qt.Key.Key_Escape)
    assert not offered.isVisible()

    adapters.mixes.open()
    pick(desk, "Save as mix")
    sheet = next(each for each in desk.page.window().findChildren(NameSheet) if each.isVisible())
    sheet.field.setText(" Sea  side ")
    sheet.accept_button.click()
    desk.wait(lambda: backend.chats.chats()[0].model_id == "mix@1")
    desk.wait(lambda: adapters.mixes.text() == "Sea side")
    assert backend.chats.chats()[0].rack is None
    shelf = [(model.id, model.base_id, model.problem) for model in desk.page.presenter.shelf.models]
    assert shelf[:2] == [("starter", "", ""), ("mix@1", "starter", "")], "a mix stands under its base"

    # Moved faders are this chat's own, until they are saved or the mix is chosen again.
    adapters.mixer.strips()[0].solo.click()
    desk.wait(lambda: backend.chats.chats()[0].rack == Rack((Strip(pirate, 1.0, solo=True),)))
    assert adapters.mixes.text() == "Sea side, changed"
    adapters.mixes.open()
    pick(desk, "Save the changes")
    desk.wait(lambda: adapters.mixes.text() == "Sea side")
    assert backend.mixes.get(1).rack.strips[0].solo
    adapters.mixes.open()
    pick(desk, "No mix")
    desk.wait(lambda: backend.chats.chats()[0].model_id == STARTER.id)
    assert adapters.mixer.rack == Rack() and adapters.mixes.text() == "Mixes"

    adapters.mixes.open()
    pick(desk, "Sea side")
    desk.wait(lambda: backend.chats.chats()[0].model_id == "mix@1")
    assert adapters.mixer.rack.strips == (Strip(pirate, 1.0, solo=True),)
    Path(pirate).unlink()
    backend.adapters.gone.add(pirate)
    backend.mixes.save("Sea", STARTER.id, adapters.mixer.rack, 1)
    desk.wait(lambda: "not there any more" in desk.page.presenter.shelf.models[1].problem)
    desk.wait(lambda: adapters.mixer.strips()[0]._note.full_text() == "not there")
    backend.mixes.delete(1)
    desk.wait(lambda: "A deleted mix" in desk.page.panel.picker.accessibleName())


def test_models_of_other_engines_say_why_they_take_none(desk: Desk) -> None:
    presenter, adapters = desk.page.presenter, desk.page.panel.adapters
    presenter.shelf.models = tuple(replace(model, engine="ollama") for model in presenter.shelf.models)
    presenter.models_changed.emit()
    assert "run by another program" in adapters._words.text() and adapters._words.isVisible()
    assert not adapters.mixer.isVisible() and not adapters.mixes.isVisible()
    QTest.keyClick(desk.page.composer.input, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert not presenter.changes.pending(), "there is nothing to switch"
    settle(desk.qtbot)
