"""The column of messages: widgets only where they are seen, the end followed, the reader's place kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend.chats.types import Message, MessageState
from backend.engines.types import FinishReason, Timings
from tests.support.examples import examples
from ui.markdown import MarkdownView, StreamingMarkdown
from ui.pages.chat.answer import AnswerView
from ui.pages.chat.rows import rows_between
from ui.pages.chat.transcript import Transcript
from ui.theme import theme

ANSWER = "Some **words** about it.\n\n- one\n- two\n\n```python\ndef f():\n    return 1\n```\n\nAnd `more`.\n"


def message(number: int, text: str = "", state: MessageState = MessageState.DONE) -> Message:
    role = "user" if number % 2 else "assistant"
    return Message(
        number,
        1,
        number - 1 or None,
        role,
        text or (f"Question {number}" if role == "user" else ANSWER * (1 + number % 3)),
        state,
        1_700_000_000.0 + number,
        model_name="" if role == "user" else "Starter",
        quant="" if role == "user" else "Q8_0",
        finish_reason="" if role == "user" else FinishReason.STOP,
        timings=Timings() if role == "user" else Timings(completion_tokens=20, generation_tps=50.0),
        siblings=(number,),
    )


def conversation(count: int) -> list[Message]:
    return [message(number) for number in range(1, count + 1)]


@pytest.fixture
def transcript(qtbot: QtBot) -> Iterator[Transcript]:
    widget = Transcript()
    qtbot.addWidget(widget)
    widget.resize(740, 600)
    widget.show()
    qtbot.waitExposed(widget)
    yield widget


def realised(transcript: Transcript) -> list[int]:
    return [m.id for m in transcript.messages() if transcript.view_of(m.id) is not None]


def top_of(transcript: Transcript, message_id: int) -> int:
    view = transcript.view_of(message_id)
    assert view is not None
    return view.mapTo(transcript, QPoint(0, 0)).y()


def wheel(transcript: Transcript, steps: int) -> None:
    event = QWheelEvent(
        QPointF(300, 300),
        transcript.viewport().mapToGlobal(QPointF(300, 300)),
        QPoint(),
        QPoint(0, steps * 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(transcript.viewport(), event)


def test_a_long_chat_opens_at_its_end_with_few_widgets(transcript: Transcript) -> None:
    transcript.set_messages(conversation(1000))
    bar = transcript.verticalScrollBar()
    assert bar.value() == bar.maximum() > 50_000
    assert 1 <= len(realised(transcript)) <= 12
    assert realised(transcript)[-1] == 1000


def test_what_is_far_gives_its_widgets_back(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.set_messages(conversation(120))
    bar = transcript.verticalScrollBar()
    for value in range(bar.maximum(), 0, -bar.pageStep()):
        bar.setValue(value)
    bar.setValue(0)
    assert realised(transcript)[0] == 1
    assert len(realised(transcript)) < 40
    assert top_of(transcript, 1) < 20
    qtbot.waitUntil(lambda: not transcript._ahead.isActive())


def test_scrolling_up_ends_following_and_the_button_goes_back(transcript: Transcript) -> None:
    transcript.set_messages(conversation(60))
    assert transcript.follows
    assert not transcript._jump.isVisible()
    wheel(transcript, 10)
    assert not transcript.follows
    assert transcript._jump.isVisible()
    transcript._jump.click()
    bar = transcript.verticalScrollBar()
    assert transcript.follows
    assert bar.value() == bar.maximum()
    assert not transcript._jump.isVisible()


def test_new_text_moves_the_end_but_not_the_reader(transcript: Transcript) -> None:
    chat = [*conversation(20), message(21), message(22, "Start", MessageState.STREAMING)]
    transcript.set_messages(chat)
    bar = transcript.verticalScrollBar()
    transcript.append_text(22, " more text\n\n" * 20, "", 40)
    assert bar.value() == bar.maximum()
    wheel(transcript, 20)
    first = realised(transcript)[0]
    place, at = top_of(transcript, first), bar.value()
    transcript.append_text(22, "and more\n\n" * 20, "", 80)
    assert bar.maximum() > at + transcript.viewport().height()
    assert top_of(transcript, first) == place
    bar.setValue(bar.maximum())
    assert transcript.follows
    transcript.append_text(22, "and more\n\n" * 20, "", 120)
    assert bar.value() == bar.maximum()


def test_the_reader_keeps_the_place_when_the_width_changes(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.set_messages(conversation(200))
    view = transcript.show_message(100)
    assert view is not None
    before = top_of(transcript, 100)
    transcript.resize(500, 600)
    assert abs(top_of(transcript, 100) - before) < 40
    qtbot.waitUntil(lambda: not transcript._ahead.isActive())


def test_an_update_keeps_widget_and_selection(transcript: Transcript) -> None:
    chat = conversation(4)
    transcript.set_messages(chat)
    view = transcript.view_of(2)
    assert view is not None
    pane = view.body.panes()[0]
    pane.selectAll()
    transcript.set_messages([*chat[:3], replace(chat[3], siblings=(4, 5)), message(5)])
    assert transcript.view_of(2) is view
    assert pane.textCursor().hasSelection()
    assert transcript.view_of(4).versions is not None  # type: ignore[union-attr]


def test_an_answer_that_is_out_of_sight_grows_too(transcript: Transcript) -> None:
    chat = [*conversation(60), message(61), message(62, "Start", MessageState.STREAMING)]
    transcript.set_messages(chat)
    transcript.verticalScrollBar().setValue(0)
    for _ in range(10):
        transcript.append_text(62, "one two three\n\n", "", 3)
    transcript.to_end()
    view = transcript.view_of(62)
    assert isinstance(view, AnswerView)
    assert view.plain_text() == "Start" + "one two three\n\n" * 10


def test_keys_scroll_and_step_through_messages(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.set_messages(conversation(30))
    bar = transcript.verticalScrollBar()
    transcript.setFocus()
    qtbot.keyClick(transcript, Qt.Key.Key_Home)
    assert bar.value() == 0
    qtbot.keyClick(transcript, Qt.Key.Key_PageDown)
    assert bar.value() > 300
    qtbot.keyClick(transcript, Qt.Key.Key_End)
    assert transcript.follows
    last = transcript.view_of(30)
    assert last is not None
    last.setFocus()
    assert last.actions.button("copy") is not None
    for _ in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        qtbot.keyClick(focus, Qt.Key.Key_Up)
    focused = QApplication.focusWidget()
    assert focused is transcript.view_of(18)
    assert last.actions.button("copy").isHidden()  # type: ignore[union-attr]


def test_every_control_of_a_message_has_a_name(transcript: Transcript) -> None:
    transcript.resize(740, 2000)
    transcript.set_messages([message(1), replace(message(2), siblings=(2, 3))])
    for number in (1, 2):
        view = transcript.view_of(number)
        assert view is not None
        view.actions.reveal(True)
        for child in [view, *view.findChildren(QWidget)]:
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
                assert child.accessibleName(), child


def test_find_marks_and_scrolls(transcript: Transcript, qtbot: QtBot) -> None:
    chat = conversation(100)
    chat[10] = replace(chat[10], text="A needle in the hay, and another Needle")
    transcript.set_messages(chat)
    transcript.find("needle", 11, 1)
    view = transcript.view_of(11)
    assert view is not None
    assert len(view.body.panes()[0].extraSelections()) == 2
    assert 0 <= top_of(transcript, 11) < transcript.height()
    transcript.find("")
    assert not view.body.panes()[0].extraSelections()
    qtbot.waitUntil(lambda: not transcript._ahead.isActive())


def test_both_themes_draw_the_same_words(transcript: Transcript) -> None:
    transcript.set_messages(conversation(4))
    view = transcript.view_of(4)
    assert view is not None
    before = [pane.toPlainText() for pane in view.body.panes()]
    app = QApplication.instance()
    theme.apply(app, "dark")  # type: ignore[arg-type]
    try:
        assert [pane.toPlainText() for pane in view.body.panes()] == before
    finally:
        theme.apply(app, "light")  # type: ignore[arg-type]
    assert [pane.toPlainText() for pane in view.body.panes()] == before


PIECES = st.sampled_from(
    [
        "word ",
        "**bold** ",
        "`code` ",
        "\n",
        "\n\n",
        "- item\n",
        "1. x\n",
        "> q\n",
        "# H\n",
        "```\n",
        "| a |\n|---|\n",
    ]
)


@settings(
    max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(PIECES, max_size=20), st.integers(1, 7))
def test_streamed_widgets_show_what_one_shot_widgets_show(qtbot: QtBot, pieces: list[str], size: int) -> None:
    text = "".join(pieces)
    streamed, whole = MarkdownView(), MarkdownView()
    streamed.height_for(600)
    stream = StreamingMarkdown()
    for at in range(0, len(text), size):
        stream.feed(text[at : at + size])
        streamed.apply(stream.update())
    streamed.apply(stream.finish())
    whole.set_markdown(text, card=False)
    assert streamed.blocks() == whole.blocks()
    assert [p.toPlainText() for p in streamed.panes()] == [p.toPlainText() for p in whole.panes()]
    assert streamed.height_for(600) == whole.height_for(600)
    streamed.deleteLater()
    whole.deleteLater()


def test_scrolling_up_through_what_was_never_shown_does_not_jump(transcript: Transcript) -> None:
    transcript.set_messages(conversation(200))
    step = 3 * transcript.verticalScrollBar().singleStep()
    for _ in range(60):
        tops = {number: top_of(transcript, number) for number in realised(transcript)}
        read = {number: top for number, top in tops.items() if 0 <= top < 400}
        wheel(transcript, 1)
        QApplication.processEvents()
        assert {top_of(transcript, number) - top for number, top in read.items()} <= {step}


def test_a_fling_leaves_nothing_empty(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.set_messages(conversation(400))
    bar = transcript.verticalScrollBar()
    for part in (0.7, 0.1, 0.5):
        bar.setValue(int(bar.maximum() * part))
        transcript.grab()  # shapes stand in for what is not made yet
        seen = [row.message for row in rows_between(transcript._rows, bar.value(), bar.value() + 600)]
        transcript.update_message(replace(seen[0], text="Changed meanwhile"))
    qtbot.waitUntil(lambda: not transcript._ahead.isActive())
    rows = list(rows_between(transcript._rows, bar.value(), bar.value() + 600))
    assert len(rows) > 1
    for row in rows:
        assert row.view is not None
        assert row.view.body.is_complete()
        assert row.view.geometry().height() == row.height == row.view.height_for(row.view.width())
    assert len(realised(transcript)) < 40
