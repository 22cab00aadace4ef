"""Chats in full through the real window, over the real worker with the starter model: other words for an
answer, going on with it, replaying it, finding it again, a preset, and a file that comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu

from tests.support.driving import Run, click, prepare, running, write
from ui.pages.chat.conversation_list import ConversationList
from ui.pages.chat.conversation_rows import HitRow
from ui.pages.chat.preset_button import PresetButton
from ui.pages.chat.sheets.replay import ReplaySheet
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton
from ui.widgets.message_input import MessageInput
from ui.widgets.search_field import SearchField


def choose(run: Run, words: str) -> None:
    """Choose an entry of the menu that is open."""
    run.until(lambda: any(menu.isVisible() for menu in run.window.findChildren(QMenu)))
    menus = [menu for menu in run.window.findChildren(QMenu) if menu.isVisible()]
    action = next(each for menu in menus for each in menu.actions() if re.search(words, each.text()))
    assert action.isEnabled(), words
    for menu in menus:
        menu.close()
    action.trigger()


def act(run: Run, words: str) -> None:
    """Press a button of the first answer; they are shown while it has the keyboard."""

    def focused() -> bool:
        run.window.activateWindow()
        run.answers()[0].setFocus()
        return run.answers()[0].hasFocus()

    run.until(focused)
    press_icon(run, words)


def press_icon(run: Run, words: str) -> None:
    click(run.wait_for(IconButton, words))


def test_edit_go_on_replay_search_preset_export_and_import(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(qapp)
    with running(tmp_path / "home", offline=True) as run:
        run.press("^Chat now$")
        run.ask("What is LoRA?")
        first = run.finished(1)
        said = first.plain_text()

        # The same card, the same words.
        act(run, "^More$")
        choose(run, "^Replay")
        replay = run.wait_for(ReplaySheet, "^Replay$")
        run.until(lambda: "letter for letter" in replay.findChild(Banner).accessibleName())
        assert replay.now.text.toPlainText() == said
        run.press("^Close$")

        # Other words for the answer stay beside the first, and the model goes on with them.
        act(run, "^Edit answer$")
        editor = run.wait_for(MessageInput, "^Edit message$")
        editor.selectAll()
        QTest.keyClicks(editor, "LoRA is a small adapter that")
        run.press("^Keep this text$")
        run.until(lambda: [each.plain_text() for each in run.answers()] == ["LoRA is a small adapter that"])
        act(run, "^Go on with this answer$")
        run.until(lambda: len(run.finished(1).plain_text()) > len("LoRA is a small adapter that"))
        went_on = run.finished(1).plain_text()
        assert went_on.startswith("LoRA is a small adapter that")
        press_icon(run, "^Previous version$")
        run.until(lambda: run.answers()[0].plain_text() == said)

        # Found in the branch that is not shown.
        listed = run.wait_for(ConversationList, "^Chats$")
        search = run.wait_for(SearchField, "^Search all text$")
        write(search, "small adapter that")
        model = listed.model()
        run.until(lambda: any(isinstance(model.row(at), HitRow) for at in range(model.rowCount())))  # type: ignore[attr-defined]
        QTest.keyClick(search, Qt.Key.Key_Down)
        run.until(lambda: [each.plain_text() for each in run.answers()] == [went_on])
        search.clear()

        # A preset of the present settings.
        presets = run.wait_for(PresetButton, "^Presets$")
        click(presets)
        choose(run, "^Save as a new preset")
        write(run.wait_for(QLineEdit, "^Name$"), "Short", enter=True)
        run.wait_for(PresetButton, "Short")

        # Out into a file and back, with both versions.
        path = tmp_path / "chat.json"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
        press_icon(run, "^Export this chat$")
        choose(run, "^JSON")
        run.until(path.exists)
        press_icon(run, "^Folders, import and export$")
        choose(run, "^Import chats")
        run.until(lambda: len(run.backend.chats.chats()) == 2)
        run.until(lambda: run.window.page("chat").presenter.chat.id == run.backend.chats.chats()[0].id)
        copy = run.backend.chats.messages(run.backend.chats.chats()[0].id)
        assert [message.text for message in copy] == ["What is LoRA?", went_on]
        assert len(copy[1].siblings) == 2
