"""The chat page over the real chat service: asking, stopping, branches, errors, lists, drafts, keys.

Faults 28 (a reply cut short is kept and marked), 35 (too long is refused before it is sent), 50 (typed text
is kept when it could not be saved).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from backend.chats.types import MessageState
from backend.engines.types import FinishReason, ModelState, Sampling
from backend.errors import AppError
from backend.events import ModelChanged
from tests.support.chat_desk import BROKEN, QWEN, STARTER, ChatDesk
from tests.support.chat_page import Desk, chat_pages
from tests.ui.conftest import settle
from ui.markdown import parse
from ui.pages.chat.conversation_rows import HitRow
from ui.pages.chat.question import QuestionView
from ui.widgets.banner import Banner
from ui.widgets.message_input import MAX_LINE
from ui.widgets.states import ErrorState


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[ChatDesk]:
    desk = ChatDesk(tmp_path / "home")
    yield desk
    desk.close()


@pytest.fixture
def open_page(qtbot: QtBot, backend: ChatDesk, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    with chat_pages(qtbot, backend, tmp_path) as open_it:
        yield open_it


@pytest.fixture
def desk(open_page: Callable[[], Desk], backend: ChatDesk) -> Desk:
    """A page that shows one chat with one answer."""
    backend.conversation([("What is LoRA?", "A **small** adapter.")], title="LoRA")
    return open_page()


# -- asking --------------------------------------------------------------------------------------------------


def test_an_answer_streams_in_and_is_kept(desk: Desk) -> None:
    text = "A list:\n\n- one\n- two `x`\n\n```python\nprint(1)\n```\n\nDone."
    desk.ask("And in code?")
    generation = desk.backend.engine.next()
    desk.wait(lambda: desk.page.transcript.messages()[-1].state is MessageState.STREAMING)
    for at in range(0, len(text), 5):
        generation.say(text[at : at + 5])
    desk.wait(lambda: desk.last().plain_text() == text)
    assert desk.last().body.panes()[-1].caret
    assert desk.page.composer.text() == ""
    generation.end()
    desk.idle()
    shown = desk.last()
    assert shown.body.blocks() == parse(text)
    assert not shown.body.panes()[-1].caret
    assert "finished" in shown._metrics.accessibleName()
    assert "50.0 tok/s" in shown._metrics.accessibleName()


def test_enter_sends_shift_enter_breaks(desk: Desk) -> None:
    desk.write("one")
    field = desk.page.composer.input
    field.moveCursor(field.textCursor().MoveOperation.End)
    desk.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    desk.qtbot.keyClicks(field, "two")
    assert field.toPlainText() == "one\ntwo"
    desk.press_enter()
    assert desk.backend.engine.next().turns[-1].content == "one\ntwo"
    desk.page.asking.stop()
    desk.idle()


def test_enter_breaks_where_the_person_wants_that(desk: Desk) -> None:
    desk.backend.settings.update(send_with_enter=False)
    desk.page.activate()
    desk.write("")
    desk.press_enter()
    assert desk.page.composer.text() == "\n"


def test_escape_stops_and_what_was_said_stays(desk: Desk) -> None:
    desk.ask("Go on")
    generation = desk.backend.engine.next()
    generation.say("Half of ")
    desk.wait(lambda: desk.texts()[-1] == "Half of ")
    desk.qtbot.keyClick(desk.page.composer.input, Qt.Key.Key_Escape)
    desk.idle()
    assert generation.cancelled
    assert desk.page.transcript.messages()[-1].state is MessageState.STOPPED
    assert "stopped" in desk.last()._metrics.accessibleName()


def test_the_button_sends_and_stops(desk: Desk) -> None:
    button = desk.page.composer._button
    assert not button.isEnabled()
    desk.write("Hello")
    assert button.isEnabled()
    button.click()
    generation = desk.backend.engine.next()
    assert button.text() == "Stop"
    button.click()
    desk.idle()
    assert generation.cancelled
    assert button.text() == "Send"


def test_reasoning_is_folded_and_can_be_opened(desk: Desk) -> None:
    desk.ask("Think")
    generation = desk.backend.engine.next()
    generation.say(reasoning="First **this**")
    generation.say("Answer")
    generation.end()
    desk.idle()
    fold = desk.last()._reasoning
    assert fold is not None
    before = desk.last().height()
    fold._head.click()
    assert desk.last().height() > before
    assert fold._view is not None
    assert fold._view.panes()[0].toPlainText() == "First this"


def test_loading_is_shown_until_the_answer_begins(desk: Desk) -> None:
    desk.backend.engine.wait_in_load = True
    desk.ask("Hello")
    desk.wait(lambda: desk.page._progress.isVisible())
    desk.backend.bus.publish(ModelChanged(str(STARTER.path), ModelState.LOADING, 0.43))
    desk.wait(lambda: "43" in desk.page._progress.accessibleName())
    assert "43" in desk.page.panel.picker.accessibleName()
    desk.page.asking.stop()
    desk.idle()
    assert not desk.page._progress.isVisible()


# -- errors --------------------------------------------------------------------------------------------------


def test_a_failed_load_is_shown_in_place_and_can_be_tried_again(desk: Desk) -> None:
    desk.backend.engine.failure = AppError("engine.memory", "No room for it.", "Close something.")
    desk.backend.bus.publish(
        ModelChanged(str(STARTER.path), ModelState.FAILED, error_detail="ggml: out of memory")
    )
    desk.wait(lambda: desk.page.transcript._maker.error_detail != "")
    desk.ask("Hello")
    desk.idle()
    state = desk.last().findChild(ErrorState)
    assert "No room for it." in state.accessibleName()
    assert "Close something." in state.accessibleName()
    assert state._detail.toPlainText() == "ggml: out of memory"
    desk.backend.engine.failure = None
    state._retry.click()
    generation = desk.backend.engine.next()
    generation.say("Now it works")
    generation.end()
    desk.wait(lambda: desk.texts()[-1] == "Now it works")
    desk.idle()


def test_an_interrupted_answer_says_so_and_offers_another(desk: Desk) -> None:
    desk.ask("Hello")
    generation = desk.backend.engine.next()
    generation.say("It was")
    generation.end(FinishReason.ERROR, error_title="The model process ended unexpectedly.")
    desk.idle()
    assert desk.page.transcript.messages()[-1].state is MessageState.INTERRUPTED
    assert "ended unexpectedly" in desk.last().findChild(Banner).accessibleName()
    assert desk.last().plain_text() == "It was"


def test_too_long_is_refused_before_it_is_sent(desk: Desk) -> None:
    desk.answer("Hello", "Hi")  # loads the model, so tokens are counted: 4096 in the scripted engine
    text = "word " * 5000
    desk.ask(text)
    desk.idle()
    assert desk.page.composer.text() == text
    assert "4,096" in desk.page.composer._notice.accessibleName()
    assert len(desk.texts()) == 4


def test_ten_megabytes_are_not_taken_in(desk: Desk) -> None:
    data = QMimeData()
    data.setText("x" * 10_000_000)
    desk.page.composer.input.insertFromMimeData(data)
    assert desk.page.composer.text() == ""
    assert "10,000,000" in desk.page.composer._notice.accessibleName()
    data.setText("y" * (MAX_LINE + 1))
    desk.page.composer.input.insertFromMimeData(data)
    assert desk.page.composer.text() == ""
    assert "120,001" in desk.page.composer._notice.accessibleName()
    data.setText("y" * MAX_LINE)
    desk.page.composer.input.insertFromMimeData(data)
    assert len(desk.page.composer.text()) == MAX_LINE
    desk.page.composer.clear_text()
    settle(desk.qtbot)


def test_a_message_that_cannot_be_saved_stays_in_the_field(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(chat_id: int, text: str, files: object) -> None:
        raise AppError("store.full", "The disk is full.", "Free some space.")

    monkeypatch.setattr(desk.backend.chats, "send", refuse)
    desk.ask("Keep me")
    desk.idle()
    assert desk.page.composer.text() == "Keep me"
    assert "The disk is full." in desk.page.composer._notice.accessibleName()


def test_without_a_model_nothing_is_sent_and_the_reason_is_said(desk: Desk) -> None:
    desk.backend.library.rows = (QWEN,)
    desk.page.presenter.shelf.read()
    desk.wait(lambda: bool(desk.page.composer._blocked))
    desk.ask("Hello")
    assert "starter is not on this disk" in desk.page.composer._notice.accessibleName()
    assert len(desk.texts()) == 2
    desk.page.panel.model_chosen.emit(QWEN.id)
    desk.press_enter()
    assert desk.backend.engine.next().turns[-1].content == "Hello"
    assert desk.backend.engine.loads[-1][0] == QWEN.path
    desk.page.asking.stop()
    desk.idle()


# -- branches ------------------------------------------------------------------------------------------------


def test_answer_again_makes_a_version_and_the_switch_goes_between(desk: Desk) -> None:
    desk.last()._act("regenerate")
    generation = desk.backend.engine.next()
    generation.say("Second")
    generation.end()
    desk.wait(lambda: desk.texts() == ["What is LoRA?", "Second"])
    desk.idle()
    switch = desk.last().versions
    assert switch is not None
    assert switch._count.text() == "2/2"
    switch._back.click()
    desk.wait(lambda: desk.texts() == ["What is LoRA?", "A **small** adapter."])
    assert desk.last().versions._count.text() == "1/2"  # type: ignore[union-attr]


def test_an_edited_question_becomes_a_branch(desk: Desk) -> None:
    question = desk.page.transcript.view_of(desk.page.transcript.messages()[0].id)
    assert isinstance(question, QuestionView)
    question._act("edit")
    editor = question._editor
    assert editor is not None
    assert editor.input.toPlainText() == "What is LoRA?"
    editor.input.setPlainText("What is QLoRA?")
    desk.qtbot.keyClick(editor.input, Qt.Key.Key_Return)
    generation = desk.backend.engine.next()
    assert generation.turns[-1].content == "What is QLoRA?"
    generation.say("Quantized")
    generation.end()
    desk.wait(lambda: desk.texts() == ["What is QLoRA?", "Quantized"])
    desk.idle()
    shown = desk.page.transcript.view_of(desk.page.transcript.messages()[0].id)
    assert shown is not None
    assert shown.versions is not None
    shown.versions._back.click()
    desk.wait(lambda: desk.texts() == ["What is LoRA?", "A **small** adapter."])


def test_escape_leaves_the_editor(desk: Desk) -> None:
    question = desk.page.transcript.view_of(desk.page.transcript.messages()[0].id)
    assert isinstance(question, QuestionView)
    question.start_edit()
    assert question._editor is not None
    desk.qtbot.keyClick(question._editor.input, Qt.Key.Key_Escape)
    assert not question.is_editing()


def test_a_deleted_version_can_be_taken_back(desk: Desk) -> None:
    desk.last()._act("regenerate")
    generation = desk.backend.engine.next()
    generation.say("Second")
    generation.end()
    desk.wait(lambda: desk.texts()[-1] == "Second")
    desk.idle()
    desk.last()._act("delete")
    desk.wait(lambda: desk.texts()[-1] == "A **small** adapter.")
    desk.wait(lambda: bool(desk.shell.toasts))
    _text, action, undo = desk.shell.toasts[-1]
    assert action == "Undo"
    assert undo is not None
    undo()
    desk.wait(lambda: desk.texts()[-1] == "Second")


# -- the list ------------------------------------------------------------------------------------------------


def test_delete_and_undo(desk: Desk, backend: ChatDesk) -> None:
    backend.conversation([("Soup", "Hot")], title="Soup")
    settle(desk.qtbot)
    desk.wait(lambda: len(desk.page.presenter.list.chats) == 2)
    listed = desk.page.conversations
    listed.list.setFocus()
    desk.qtbot.keyClick(listed.list, Qt.Key.Key_Delete)
    desk.wait(lambda: [chat.title for chat in desk.page.presenter.list.chats] == ["Soup"])
    desk.wait(lambda: desk.texts() == ["Soup", "Hot"])
    text, action, undo = desk.shell.toasts[-1]
    assert "LoRA" in text
    assert action == "Undo"
    assert undo is not None
    undo()
    desk.wait(lambda: desk.texts()[0] == "What is LoRA?")
    desk.wait(lambda: len(desk.page.presenter.list.chats) == 2)


def test_deleting_the_last_chat_leaves_the_welcome(desk: Desk) -> None:
    assert desk.page.presenter.chat is not None
    desk.page.presenter.list.delete((desk.page.presenter.chat.id,))
    desk.wait(lambda: desk.page._welcome.isVisible())
    desk.page.presenter.list.undo_delete()
    desk.wait(lambda: desk.page.transcript.isVisible())


def test_rename_in_place(desk: Desk) -> None:
    listed = desk.page.conversations.list
    listed.setFocus()
    desk.qtbot.keyClick(listed, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.setText("Adapters")  # type: ignore[union-attr]
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: [chat.title for chat in desk.page.presenter.list.chats] == ["Adapters"])
    desk.wait(lambda: desk.page._header.heading.full_text() == "Adapters")


def test_a_search_finds_words_in_messages_and_shows_the_place(desk: Desk, backend: ChatDesk) -> None:
    chat = backend.conversation([(f"Question {n}", f"Answer {n}") for n in range(40)], title="Soup")
    backend.answer(backend.chats.messages(chat.id)[2], "Add the **parsley** at the end")
    backend.chats.select_sibling(backend.chats.messages(chat.id)[3].siblings[0])
    listed = desk.page.conversations
    listed.search.setText("parsl")
    desk.wait(lambda: listed.model.rowCount() == 2 and isinstance(listed.model.row(1), HitRow))
    row = listed.model.row(1)
    assert isinstance(row, HitRow)
    assert [row.found.snippet[at : at + length] for at, length in row.found.marks] == ["parsley"]
    desk.qtbot.keyClick(listed.search, Qt.Key.Key_Down)
    desk.wait(lambda: "Add the **parsley** at the end" in desk.texts())
    found = next(m for m in desk.page.transcript.messages() if "parsley" in m.text)
    desk.wait(lambda: desk.page.transcript.view_of(found.id) is not None)
    view = desk.page.transcript.view_of(found.id)
    assert view is not None
    desk.wait(lambda: 0 <= view.y() < desk.page.transcript.height())
    assert not view.mark_rect(0).isNull()
    listed.search.setText("nothing has this")
    desk.wait(lambda: listed._none.isVisible())
    listed.search.clear()
    desk.wait(lambda: listed.model.row_of(chat.id) >= 0)


def test_folders_and_pins_are_made_in_the_list(desk: Desk, backend: ChatDesk) -> None:
    soup = backend.conversation([("Soup", "Hot")], title="Soup")
    listed = desk.page.conversations
    desk.wait(lambda: listed.model.row_of(soup.id) >= 0)
    listed.folder_asked.emit((soup.id,))
    desk.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    editor = QApplication.focusWidget()
    editor.setText("Kitchen")  # type: ignore[union-attr]
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: [folder.name for folder in backend.chats.folders()] == ["Kitchen"])
    folder = backend.chats.folders()[0].id
    desk.wait(lambda: listed.model.folder_at(listed.model.row_of(soup.id)) == folder)
    listed.list.setFocus()
    listed.list.setCurrentIndex(listed.model.index(listed.model.row_of_folder(folder)))
    desk.qtbot.keyClick(listed.list, Qt.Key.Key_Left)
    assert listed.model.row_of(soup.id) < 0
    desk.qtbot.keyClick(listed.list, Qt.Key.Key_Return)
    assert listed.model.row_of(soup.id) >= 0
    # Dragging puts a chat into a folder, onto the pins, and out again.
    lora = next(chat.id for chat in backend.chats.chats() if chat.title == "LoRA")
    dragged = (lora,)
    carried = listed.model.mimeData([listed.model.index(listed.model.row_of(lora))])
    place = listed.list.visualRect(listed.model.index(listed.model.row_of_folder(folder))).center()
    drop = QDropEvent(
        QPointF(place),
        Qt.DropAction.MoveAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    listed.list.dropEvent(drop)
    desk.wait(lambda: listed.model.folder_at(listed.model.row_of(lora)) == folder)
    listed.list.dropped_on_pins.emit(dragged)
    desk.wait(lambda: listed.model.in_pinned(listed.model.row_of(lora)))
    listed.list.dropped_in.emit(dragged, None)
    desk.wait(lambda: not listed.model.in_pinned(listed.model.row_of(lora)))
    desk.wait(lambda: backend.chats.chat(lora).folder_id is None)
    desk.shell.answer = True
    listed.folder_delete_asked.emit(backend.chats.folders()[0])
    desk.wait(lambda: backend.chats.folders() == ())
    assert "stay" in desk.shell.confirmed[-1][1]
    desk.wait(lambda: listed.model.row_of(soup.id) >= 0)


def test_a_chat_that_streams_in_the_background_is_complete_when_opened(desk: Desk, backend: ChatDesk) -> None:
    other = backend.conversation([("Soup", "Hot")], title="Soup")
    first = desk.page.presenter.chat
    assert first is not None
    desk.ask("Go on")
    generation = desk.backend.engine.next()
    generation.say("One ")
    desk.wait(lambda: desk.texts()[-1] == "One ")
    desk.page.show_chat(other.id)
    desk.wait(lambda: desk.texts() == ["Soup", "Hot"])
    assert not desk.page.presenter.busy
    generation.say("two ")
    settle(desk.qtbot)
    desk.page.show_chat(first.id)
    desk.wait(lambda: desk.texts()[-1] == "One two ")
    generation.say("three")
    generation.end()
    desk.wait(lambda: desk.texts()[-1] == "One two three")
    desk.idle()


def test_a_chat_that_waits_for_the_model_of_another_says_so(desk: Desk, backend: ChatDesk) -> None:
    """The model has one context: a chat that wants another length neither ends the answer nor waits
    silently.
    """
    other = backend.conversation([("Soup", "Hot")], title="Soup")
    backend.chats.update(other.id, n_ctx=2048)
    desk.ask("Go on")
    first = desk.backend.engine.next()
    first.say("One ")
    desk.wait(lambda: desk.texts()[-1] == "One ")
    desk.page.show_chat(other.id)
    desk.wait(lambda: desk.texts() == ["Soup", "Hot"])
    desk.ask("And then?")
    desk.wait(lambda: "another chat" in desk.page._progress.accessibleName())
    assert not first.cancelled
    first.end()
    second = desk.backend.engine.next()
    second.say("Bread")
    second.end()
    desk.wait(lambda: desk.texts()[-1] == "Bread")
    desk.idle()


# -- settings, drafts, keys ----------------------------------------------------------------------------------


def test_settings_are_saved_per_chat(desk: Desk, backend: ChatDesk) -> None:
    panel = desk.page.panel
    panel.sampling._temperature.setValue(0.2)
    panel.sampling._seed.setText("7")
    panel.sampling._seed.editingFinished.emit()
    panel.prompt.setPlainText("Be brief.")
    panel.length_chosen.emit(2048)
    desk.wait(lambda: backend.chats.chats()[0].system_prompt == "Be brief.")
    saved = backend.chats.chats()[0]
    assert saved.sampling == Sampling(temperature=0.2, seed=7)
    assert saved.n_ctx == 2048
    assert panel.sampling._preset.currentData() == "custom"
    settle(desk.qtbot)


def test_presets_keep_seed_and_limit(desk: Desk, backend: ChatDesk) -> None:
    section = desk.page.panel.sampling
    section.show_sampling(Sampling(seed=5, max_tokens=64))
    section._choose_preset(1)
    desk.wait(lambda: backend.chats.chats()[0].sampling.temperature == 0.2)
    assert backend.chats.chats()[0].sampling.seed == 5
    assert section._preset.currentData() == "precise"


def test_settings_made_just_before_sending_count_for_it(desk: Desk) -> None:
    desk.page.panel.sampling._temperature.setValue(1.5)
    desk.ask("Hello")
    assert desk.backend.engine.next().sampling.temperature == 1.5
    desk.page.asking.stop()
    desk.idle()


def test_the_context_meter_counts_the_draft(desk: Desk) -> None:
    desk.answer("Hello", "Hi")
    desk.write("three more words")
    context = desk.page.panel.context
    desk.wait(lambda: context._use is not None and not context._use.approximate)
    before = context._use.conversation  # type: ignore[union-attr]
    desk.write("three more words and four others")
    desk.wait(lambda: context._use is not None and context._use.conversation > before)
    desk.write("")
    settle(desk.qtbot)


def test_drafts_are_kept_per_chat_and_over_restarts(open_page: Callable[[], Desk], backend: ChatDesk) -> None:
    first = backend.conversation([("Soup", "Hot")], title="Soup")
    second = backend.conversation([("LoRA?", "Small")], title="LoRA")
    desk = open_page()
    desk.write("half a thought")
    desk.page.show_chat(first.id)
    desk.wait(lambda: desk.texts()[0] == "Soup")
    assert desk.page.composer.text() == ""
    desk.page.show_chat(second.id)
    desk.wait(lambda: desk.page.composer.text() == "half a thought")
    desk.wait(lambda: "half a thought" in drafts_of(backend))
    again = open_page()
    again.wait(lambda: again.page.composer.text() == "half a thought")


def drafts_of(backend: ChatDesk) -> str:
    path = backend.paths.data / "drafts.json"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_broken_drafts_are_no_reason_to_fail(
    open_page: Callable[[], Desk], backend: ChatDesk, caplog: pytest.LogCaptureFixture
) -> None:
    (backend.paths.data / "drafts.json").write_text("[1, 2")
    desk = open_page()
    assert desk.page.composer.text() == ""
    assert "drafts are unreadable" in caplog.text
    caplog.clear()


def test_the_first_start_offers_the_starter(open_page: Callable[[], Desk]) -> None:
    desk = open_page()
    assert desk.page._welcome.isVisible()
    desk.page._welcome.asked.emit("What is LoRA?")
    desk.wait(lambda: desk.page.presenter.busy)
    generation = desk.backend.engine.next()
    assert generation.turns[-1].content == "What is LoRA?"
    generation.end()
    desk.wait(lambda: len(desk.texts()) == 2)
    desk.idle()
    assert desk.page.presenter.chat is not None
    assert desk.page.presenter.chat.model_id == STARTER.id
    desk.wait(lambda: desk.page._header.heading.full_text() == "What is LoRA?")


def test_new_chat_takes_the_model_and_the_keyboard(desk: Desk) -> None:
    desk.page.new_chat(QWEN.id)
    desk.wait(lambda: desk.page.presenter.chat is not None and desk.page.presenter.chat.model_id == QWEN.id)
    assert desk.page.composer.input.hasFocus()
    desk.page.new_chat(STARTER.id)  # the empty one is used again
    desk.wait(lambda: desk.backend.chats.chats()[0].model_id == STARTER.id)
    assert len(desk.backend.chats.chats()) == 2
    settle(desk.qtbot)


def test_find_steps_through_the_places(desk: Desk) -> None:
    desk.answer("LoRA again", "LoRA is LoRA")
    desk.page.find()
    bar = desk.page.find_bar
    bar.field.setText("lora")
    assert bar._count.text() == "4 of 4"
    desk.qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert bar._count.text() == "1 of 4"
    assert len(desk.last().body.panes()[0].extraSelections()) == 2
    desk.qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert not desk.last().body.panes()[0].extraSelections()
    assert desk.page.composer.input.hasFocus()


def test_copying(desk: Desk) -> None:
    desk.last()._act("copy")
    assert QGuiApplication.clipboard().text() == "A **small** adapter."
    QGuiApplication.clipboard().clear()
    desk.page.composer.input.setFocus()
    desk.qtbot.keyClick(
        desk.page.composer.input,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert QGuiApplication.clipboard().text() == "A **small** adapter."


def test_links_are_opened_only_after_a_yes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("ui.links_out.open_in_browser", lambda link: opened.append(link.url), raising=True)
    desk.page.transcript.link_activated.emit("https://example.org/x")
    assert desk.shell.confirmed[-1][0] == "Open example.org?"
    assert not opened
    desk.shell.answer = True
    desk.page.transcript.link_activated.emit("https://example.org/x")
    desk.page.transcript.link_activated.emit("file:///etc/passwd")
    assert opened == ["https://example.org/x"]


def test_problem_models_cannot_be_chosen(desk: Desk) -> None:
    desk.page.panel.picker.open_list()
    popup = desk.page.panel.picker._popup
    assert popup is not None
    rows = [popup.list.model().index(at, 0) for at in range(popup.list.model().rowCount())]
    assert [bool(row.flags() & Qt.ItemFlag.ItemIsEnabled) for row in rows] == [True, True, False]
    assert rows[2].data(Qt.ItemDataRole.ToolTipRole) == BROKEN.problem
    popup.search.setText("qwen")
    desk.qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    assert desk.page.presenter.chat is not None
    assert desk.page.presenter.chat.model_id == QWEN.id
    desk.wait(lambda: desk.backend.chats.chats()[0].model_id == QWEN.id)
    settle(desk.qtbot)


def test_a_narrow_page_lays_the_panel_over(desk: Desk) -> None:
    assert desk.page.panel.isVisible()
    desk.page.resize(800, 700)
    assert not desk.page.panel.isVisible()
    desk.page._side.toggle()
    assert desk.page.panel.isVisible()
    assert desk.page.panel.geometry().right() < desk.page.width()
    desk.qtbot.keyClick(desk.page, Qt.Key.Key_Escape)
    assert not desk.page.panel.isVisible()
    desk.page.resize(1240, 700)
    assert desk.page.panel.isVisible()
