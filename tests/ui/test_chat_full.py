"""What a chat can do beyond asking: branches of answers, run cards, tokens, files, presets, exports."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication
from pytestqt.qtbot import QtBot

from backend.chats.types import MessageState
from backend.engines.types import Alternative, TokenChoice
from tests.support.chat_desk import QWEN, ChatDesk
from tests.support.chat_page import Desk, chat_pages
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.question import QuestionView
from ui.pages.chat.sheets.name import NameSheet
from ui.pages.chat.sheets.replay import ReplaySheet
from ui.pages.chat.sheets.run_card import RunCardSheet
from ui.pages.chat.tokens_view import TokensView, tint
from ui.theme.tokens import contrast_ratio, tokens


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[ChatDesk]:
    desk = ChatDesk(tmp_path / "home")
    yield desk
    desk.close()


@pytest.fixture
def desk(qtbot: QtBot, backend: ChatDesk, tmp_path: Path) -> Iterator[Desk]:
    """A page that shows one chat with one answer."""
    backend.conversation([("What is LoRA?", "A **small** adapter.")], title="LoRA")
    with chat_pages(qtbot, backend, tmp_path) as open_it:
        yield open_it()


def sheet_of(desk: Desk, kind: type) -> object:
    desk.wait(lambda: any(each.isVisible() for each in desk.page.window().findChildren(kind)))
    return next(each for each in desk.page.window().findChildren(kind) if each.isVisible())


# -- messages ------------------------------------------------------------------------------------------------


def test_an_answer_is_edited_kept_beside_the_first_and_gone_on_with(desk: Desk) -> None:
    desk.last().start_edit()
    editor = desk.last()._editor
    assert editor is not None
    editor.input.setPlainText("A small adapter, which")
    desk.qtbot.keyClick(editor.input, Qt.Key.Key_Return)
    desk.wait(lambda: desk.texts()[-1] == "A small adapter, which")
    assert len(desk.last().message.siblings) == 2
    assert "Edited" in desk.last().accessibleName()
    desk.last()._act("go_on")
    generation = desk.backend.engine.next()
    assert (generation.turns[-1].role, generation.turns[-1].content) == (
        "assistant",
        "A small adapter, which",
    )
    desk.wait(lambda: desk.page.transcript.messages()[-1].state is MessageState.STREAMING)
    assert desk.page.composer._button.text() == "Stop"
    generation.say(" is added")
    desk.wait(lambda: desk.last().plain_text() == "A small adapter, which is added")
    generation.end()
    desk.idle()
    assert desk.texts() == ["What is LoRA?", "A small adapter, which is added"]
    versions = desk.last().versions
    assert versions is not None
    versions._back.click()
    desk.wait(lambda: desk.texts()[-1] == "A **small** adapter.")
    menu = desk.page._messages.menu(desk.last())
    assert "Copy as plain text" in [action.text() for action in menu.actions()]
    menu.deleteLater()
    desk.page._messages.act("copy_text", desk.last().message.id)
    assert QGuiApplication.clipboard().text() == "A small adapter."


def test_a_run_card_can_be_copied_and_its_answer_replayed(desk: Desk) -> None:
    desk.answer("And then?", "Good day to you")
    desk.page._messages.act("card", desk.last().message.id)
    sheet = sheet_of(desk, RunCardSheet)
    assert isinstance(sheet, RunCardSheet)
    assert {"Model", "File", "Sampling", "Seed"} <= {name for name, _ in sheet.facts}
    copy = next(each for each in sheet.findChildren(type(sheet.replay)) if each.text() == "Copy as JSON")
    copy.click()
    assert json.loads(QGuiApplication.clipboard().text())["model_name"] == "Orangery Starter"
    sheet.replay.click()
    replay = sheet_of(desk, ReplaySheet)
    assert isinstance(replay, ReplaySheet)
    generation = desk.backend.engine.next()
    assert desk.page.presenter.busy
    generation.say("Good night")
    generation.end()
    desk.wait(lambda: replay.now.text.toPlainText() == "Good night")
    assert "character 5" in replay.banner.accessibleName()
    assert not desk.page.presenter.busy
    replay.cancel.click()
    # Closing it before the end stops the answer.
    desk.page._messages.act("replay", desk.last().message.id)
    second = sheet_of(desk, ReplaySheet)
    assert isinstance(second, ReplaySheet)
    generation = desk.backend.engine.next()
    second.cancel.click()
    desk.wait(lambda: generation.cancelled)
    desk.idle()
    assert desk.texts()[-1] == "Good day to you"


def choice(text: str, odds: float = 0.5) -> TokenChoice:
    other = Alternative(" other", math.log(1 - odds))
    return TokenChoice(text, math.log(odds), (Alternative(text, math.log(odds)), other))


def test_tokens_show_what_else_could_have_come(desk: Desk) -> None:
    desk.ask("Again")
    generation = desk.backend.engine.next()
    generation.say("Yes, of", choices=(choice("Yes", 0.95), choice(",", 0.6), choice(" of", 0.2)))
    generation.say(" course", choices=(choice(" course", 0.75),))
    generation.end()
    desk.wait(lambda: desk.texts()[-1] == "Yes, of course")
    desk.idle()
    desk.page._messages.act("tokens", desk.last().message.id)
    desk.wait(lambda: desk.last().shows_tokens)
    view = desk.last()._tokens
    assert view is not None
    view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        desk.qtbot.keyClick(view, key)
    assert view.current == 2
    assert view.accessibleDescription() == "␣of 20\u00a0%: ␣of 20\u00a0%, ␣other 80\u00a0%"
    assert view._card is not None
    assert view._card.isVisible()
    desk.qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view._card is None
    desk.qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not desk.last().shows_tokens
    assert desk.last().body.isVisible()


def test_a_long_answer_of_tokens_paints_what_is_in_view(qtbot: QtBot) -> None:
    view = TokensView([choice(f" word{n}", 0.1 + n % 9 / 10) for n in range(8_000)])
    qtbot.addWidget(view)
    height = view.height_for(600)
    view.resize(600, height)
    assert height > 20_000
    assert len(view._in_lines(1000, 1020)) < 400
    assert view._at(view._rect(view._boxes[5_000]).center().toPoint()) == view._boxes[5_000].token
    for scheme, colours in tokens().colours.items():
        accent, window = QColor(colours["accent.base"]), QColor(colours["bg.window"])
        strongest = tint(0.0)
        assert strongest is not None
        share = strongest.alphaF()
        mixed = QColor.fromRgbF(
            *(
                a * share + w * (1 - share)
                for a, w in zip(accent.getRgbF()[:3], window.getRgbF()[:3], strict=True)
            )
        )
        assert contrast_ratio(QColor(colours["text.1"]).name(), mixed.name()) >= 4.5, scheme
    assert tint(0.95) is None


def test_files_are_attached_counted_refused_and_shown(desk: Desk, tmp_path: Path) -> None:
    notes, program = tmp_path / "notes.md", tmp_path / "program.exe"
    notes.write_text("Tram 28, early. " * 40)
    program.write_bytes(bytes(range(256)) * 20)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(notes))])
    desk.page.composer.input.insertFromMimeData(data)
    desk.wait(lambda: len(desk.page.composer.files.chips()) == 1)
    chip = desk.page.composer.files.chips()[0]
    assert "notes.md" in chip.accessibleName()
    assert "tokens" in chip.accessibleName()
    context = desk.page.panel.context
    desk.wait(lambda: context._use is not None and context._use.conversation > 120)
    desk.page._centre.dropped.emit((program,))
    desk.wait(lambda: "program.exe" in desk.page.composer._notice.accessibleName())
    assert len(desk.page.composer.files.chips()) == 1
    desk.page.composer._button.click()  # files are enough to send
    generation = desk.backend.engine.next()
    assert "Tram 28" in generation.turns[-1].content
    generation.say("Seen")
    generation.end()
    desk.wait(lambda: desk.texts()[-1] == "Seen")
    desk.idle()
    assert desk.page.composer.files.chips() == ()
    asked = desk.page.transcript.view_of(desk.page.transcript.messages()[-2].id)
    assert isinstance(asked, QuestionView)
    assert asked._files is not None
    before = asked.height()
    asked._files.chips()[0].click()
    desk.wait(lambda: asked.height() > before)


def test_another_model_in_the_middle_is_marked_and_chats_that_answer_too(desk: Desk) -> None:
    desk.page.presenter.change(model_id=QWEN.id)
    desk.ask("And you?")
    desk.backend.engine.next().say("I am")
    desk.wait(lambda: desk.texts()[-1] == "I am")
    assert desk.last().divider == "Qwen3-8B-Instruct from here on"
    first = desk.page.transcript.view_of(desk.page.transcript.messages()[1].id)
    assert isinstance(first, AnswerView)
    assert not first.divider
    listed = desk.page.conversations.model
    assert desk.page.presenter.chat is not None
    busy = desk.page.presenter.chat.id
    desk.wait(lambda: listed.row(listed.row_of(busy)).answering)  # type: ignore[union-attr]
    desk.page.asking.stop()
    desk.idle()
    desk.wait(lambda: not listed.row(listed.row_of(busy)).answering)  # type: ignore[union-attr]


# -- the panel -----------------------------------------------------------------------------------------------


def test_presets_defaults_overflow_and_the_form_of_answers(desk: Desk, tmp_path: Path) -> None:
    chats, panel, page = desk.backend.chats, desk.page.panel, desk.page
    assert page.presenter.chat is not None
    chat_id = page.presenter.chat.id
    panel.overflow.choice.set_value("drop")
    panel.prompt.setPlainText("Be brief.")
    form = panel.format
    form.kind.setCurrentIndex(form.kind.findData("grammar"))
    form.kind.activated.emit(form.kind.currentIndex())
    form.editor.setPlainText('root ::= "yes" |\n  ("no"')
    desk.wait(lambda: form.problem.text().startswith("Line 2"))
    form.editor.setPlainText('root ::= "yes" | "no"')
    form.told.click()
    desk.wait(lambda: chats.chat(chat_id).sampling.grammar == 'root ::= "yes" | "no"')
    desk.wait(lambda: chats.chat(chat_id).overflow == "drop")
    assert chats.chat(chat_id).sampling.logprobs == 5
    panel.sampling._preset.setCurrentIndex(1)
    panel.sampling._preset.activated.emit(1)
    desk.wait(lambda: chats.chat(chat_id).sampling.temperature == 0.2)
    assert chats.chat(chat_id).sampling.format == "grammar"  # a way to choose tokens is not a form

    panel.presets.save_asked.emit()
    sheet = sheet_of(desk, NameSheet)
    assert isinstance(sheet, NameSheet)
    sheet.field.setText("Brief")
    desk.qtbot.keyClick(sheet.field, Qt.Key.Key_Return)
    desk.wait(lambda: panel.presets.text() == "Brief")
    panel.defaults.keep.click()
    desk.wait(lambda: not panel.defaults.keep.isVisibleTo(panel.defaults))
    page.new_chat(None)
    desk.wait(lambda: page.presenter.chat is not None and page.presenter.chat.id != chat_id)
    desk.wait(lambda: panel.presets.text() == "Brief")
    assert panel.prompt.toPlainText() == "Be brief."
    panel.defaults.forget.click()
    desk.wait(lambda: not panel.defaults.forget.isVisibleTo(panel.defaults))

    page._panel.export_presets(tmp_path / "presets.json")
    desk.wait(lambda: (tmp_path / "presets.json").exists())
    panel.presets.delete_asked.emit(chats.presets()[0])
    desk.wait(lambda: chats.presets() == ())
    desk.wait(lambda: desk.shell.toasts[-1][1] == "Undo")
    page._panel.import_presets(tmp_path / "presets.json")
    desk.wait(lambda: panel.presets.text() == "Brief")


# -- to files and back ---------------------------------------------------------------------------------------


def test_chats_go_into_a_file_and_come_back(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "chats.json"
    ids = tuple(chat.id for chat in desk.backend.chats.chats())
    desk.page._transfer.write(ids, path, "json")
    desk.wait(lambda: any("chats.json" in text for text, *_ in desk.shell.toasts))
    desk.page._transfer.import_files([path])
    desk.wait(lambda: len(desk.backend.chats.chats()) == 2)
    desk.wait(lambda: desk.page.presenter.chat is not None and desk.page.presenter.chat.id not in ids)
    assert desk.texts() == ["What is LoRA?", "A **small** adapter."]
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    desk.page._transfer.import_files([broken])
    desk.wait(lambda: "broken.json" in desk.shell.toasts[-1][0])
