"""The Compare page over a fake service: columns, streaming, blind votes, the leaderboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from backend.chats.types import MessageState
from tests.support.driving import Run, prepare
from tests.support.fake_backend import FakeBackend
from tests.support.fake_compare import PROMPT, FakeCompare
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.compare.board_chart import frontier
from ui.pages.compare.column_sheet import ColumnSheet
from ui.pages.compare.diff import DiffSheet, likeness, pieces
from ui.pages.compare.run_sheet import RunSheet, prompts_of
from ui.pages.compare.view import ComparePage
from ui.window import MainWindow


@dataclass
class Desk:
    """The window at the Compare page."""

    run: Run
    page: ComparePage

    @property
    def service(self) -> FakeCompare:
        return self.run.backend.compare  # type: ignore[return-value]

    def names(self) -> list[str]:
        return [column._name.full_text() for column in self.page.live.columns]

    def texts(self) -> list[str]:
        return [column.text() for column in self.page.live.columns]

    def ask(self, text: str) -> None:
        field = self.page.live.ask.input
        field.setFocus()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.run.until(lambda: not field.toPlainText())

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.live, key)


@pytest.fixture
def desks(tmp_path: Path, qapp: QApplication) -> Iterator[Callable[[str], Desk]]:
    prepare(qapp)
    opened: list[tuple[MainWindow, EventBridge, FakeBackend]] = []

    def make(state: str = "full") -> Desk:
        backend = FakeBackend(tmp_path / "home", state)
        window = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        bridge = EventBridge(backend.bus)
        window.resize(1440, 900)
        window.show()
        window.attach(backend, bridge)  # type: ignore[arg-type]
        window.show_page("compare")
        opened.append((window, bridge, backend))
        run = Run(window, backend, bridge)  # type: ignore[arg-type]
        page = window.page("compare")
        run.until(lambda: page.presenter.shelf.models and page.presenter.comparisons is not None)
        return Desk(run, page)

    yield make
    for window, bridge, _backend in opened:
        window.close()
        bridge.close()
        tasks.wait_idle()
        window.deleteLater()


def test_a_blind_round_hides_names_until_the_vote_and_undo_hides_them_again(
    desks: Callable[[str], Desk],
) -> None:
    desk = desks("full")
    run, live = desk.run, desk.page.live
    run.until(lambda: desk.names() == ["Model A", "Model B", "Model C"])
    assert "after vote" in live.columns[0].metrics.accessibleName()
    desk.key(Qt.Key.Key_2)
    run.until(lambda: "Model A" not in desk.names())
    assert desk.names()[1] == "Qwen3-8B-Instruct"
    assert "You chose Qwen3-8B-Instruct." in [live.votes._what.text()]
    assert "2.6" in live.columns[1].metrics.accessibleName()
    desk.key(Qt.Key.Key_Z)
    run.until(lambda: desk.names() == ["Model A", "Model B", "Model C"])
    desk.key(Qt.Key.Key_T)
    run.until(lambda: "tie" in live.votes._what.text())
    desk.key(Qt.Key.Key_N)
    assert live.ask.input.hasFocus()


def test_answers_stream_into_their_columns_and_one_can_fail(desks: Callable[[str], Desk]) -> None:
    desk = desks("full")
    run, live = desk.run, desk.page.live
    run.until(lambda: len(live.columns) == 3)
    desk.ask("And the oven?")
    run.until(lambda: desk.page.presenter.busy and live.prompt._prompt.full_text() == "And the oven?")
    assert "Round 2" in " ".join(
        row.accessibleName() for row in live.rounds.widget().children() if hasattr(row, "accessibleName")
    )
    for word in ("It ", "was ", "hot."):
        desk.service.say(1, word)
        desk.service.say(0, word.upper())
    run.until(lambda: desk.texts() == ["IT WAS HOT.", "It was hot.", ""])
    desk.service.end(0)
    desk.service.end(2, MessageState.FAILED, "It ran out of memory.")
    run.until(lambda: live.columns[2]._trouble.isVisible())
    assert "could not answer" in live.columns[2]._trouble.accessibleName(), "the reason would tell who it is"
    assert desk.page.presenter.busy
    QTest.keyClick(live.ask, Qt.Key.Key_Escape)
    run.until(lambda: not desk.page.presenter.busy)
    assert live.columns[1]._state._words.text() == "Stopped"
    live.columns[2].again_asked.emit(live.columns[2].answer.id)  # type: ignore[union-attr]
    run.until(lambda: desk.page.presenter.busy and live.columns[2]._stop.isVisible())


def test_an_earlier_round_is_shown_and_left_again(desks: Callable[[str], Desk]) -> None:
    desk = desks("full")
    run, presenter = desk.run, desk.page.presenter
    run.until(lambda: len(presenter.rounds) == 2)
    presenter.show_round(presenter.rounds[0].id)
    assert desk.page.live.prompt._prompt.full_text() == "Which flour for a first loaf?"
    assert "Model A" not in desk.names(), "it was voted on"
    desk.page.live.next_prompt()
    assert desk.page.live.prompt._prompt.full_text() == PROMPT


def test_changing_columns_keeps_what_was_answered(desks: Callable[[str], Desk]) -> None:
    desk = desks("full")
    run, page = desk.run, desk.page
    run.until(lambda: len(page.live.columns) == 3)
    page.live.edit_column(None)
    sheet = next(each for each in run.window.findChildren(ColumnSheet) if each.isVisible())
    sheet._take.click()
    run.until(lambda: len(page.live.columns) == 4 and not page.presenter.rounds)
    run.until(lambda: len(page.presenter.comparisons) == 2)
    assert page.live.ask.input.placeholderText() == "Ask all four"
    page.presenter.remove_column(0)
    run.until(lambda: len(page.live.columns) == 3)
    assert len(desk.service.all()) == 2, "nothing was asked yet, so it is the same comparison"
    page.presenter.open(1)
    run.until(lambda: len(page.presenter.rounds) == 2)


def test_differences_copying_and_going_on_in_a_chat(desks: Callable[[str], Desk]) -> None:
    desk = desks("full")
    run, live = desk.run, desk.page.live
    run.until(lambda: len(live.columns) == 3 and all(desk.texts()))
    live.columns[0].copy_asked.emit()
    assert QGuiApplication.clipboard().text() == desk.texts()[0]
    live.columns[0].diff_asked.emit()
    sheet = next(each for each in run.window.findChildren(DiffSheet) if each.isVisible())
    assert "% of the text is the same" in sheet._alike.text().replace("\u00a0", " ")
    sheet.reject()
    live.columns[1].keep_asked.emit()
    run.until(lambda: desk.service.kept == [(1, 1)])
    run.until(lambda: run.window._current == "chat")


def test_what_differs() -> None:
    parts = pieces("the cat sat", "the dog sat down")
    assert [part for part in parts if part[0] != "equal"] == [
        ("replace", "cat", "dog"),
        ("insert", "", " down"),
    ]
    assert likeness("abc", "abc") == 1.0 and likeness("", "") == 0.0
    assert "<" in pieces("<b>", "<i>")[0][1], "markup is text here"


def test_the_leaderboard_by_topic_and_its_chart(desks: Callable[[str], Desk]) -> None:
    desk = desks("full")
    run, page = desk.run, desk.page
    page.tabs.set_value("board")
    table = page.board.table
    run.until(lambda: len(table.rows.rows) == 9 and page.board.chart is not None)
    chart = page.board.chart
    tester = QAbstractItemModelTester(table.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert table.current() == "Gemma-3-12B-it Q4_K_M"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert table.current() != "Gemma-3-12B-it Q4_K_M" and chart._current == table.current()
    slowest_first = [row.name for row in frontier(table.rows.rows)]
    assert slowest_first[0] == "Gemma-3-12B-it" and slowest_first[-1] == "SmolLM2-360M-Instruct"
    assert "Llama-3.2-3B-Instruct" not in slowest_first
    page.board._presenter.choose("Code")
    run.until(lambda: len(table.rows.rows) == 3)
    page.board._pair.click()
    run.until(lambda: page.tabs.value() == "live")
    del tester


def test_a_first_comparison_begins_with_two_columns(desks: Callable[[str], Desk]) -> None:
    desk = desks("empty")
    run, page = desk.run, desk.page
    run.until(lambda: page.live._begin.isEnabled())
    page.live._begin.click()
    run.until(lambda: len(page.live.columns) == 2)
    assert page.live.ask.input.placeholderText() == "Ask both"
    page._blind.click()
    run.until(lambda: desk.service.all()[0].blind)
    run.until(lambda: desk.names() == ["Model A", "Model B"])


def test_tab_goes_from_the_topic_over_the_columns_to_the_question(desks: Callable[[str], Desk]) -> None:
    live = desks("full").page.live
    stop, order = live.prompt.topic.nextInFocusChain(), []
    while stop is not live.prompt.topic:
        order.append(stop)
        stop = stop.nextInFocusChain()
    stops = [*(column.scroll for column in live.columns), live.ask.input]
    assert [stop for stop in order if stop in stops] == stops


def test_an_unattended_run_is_begun_paused_and_reported(
    desks: Callable[[str], Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desks("full")
    run, page = desk.run, desk.page
    page.tabs.set_value("overnight")
    night = page.overnight
    run.until(lambda: night.list.count() == 2)
    assert "5 of 9 answers" in night._state.text()
    night.new_run()
    sheet = next(each for each in run.window.findChildren(RunSheet) if each.isVisible())
    assert not sheet._start.isEnabled()
    prompts = tmp_path / "prompts.jsonl"
    prompts.write_text('{"prompt": "One?"}\n"Two?"\n3\n')
    sheet.take_file(prompts)
    assert "Line 3" in sheet._problem.accessibleName()
    prompts.write_text('{"prompt": "One?"}\n"Two?"\n')
    sheet.take_file(prompts)
    run.until(lambda: "about" in sheet._says.text())
    sheet._start.click()
    run.until(lambda: night.list.count() == 3 and "0 of 6 answers" in night._state.text())
    desk.service.go_on(3, 4)
    run.until(lambda: night.rows.answer_at(night.rows.index(0, 2)) is not None)
    night._go_on.click()
    run.until(lambda: night._go_on.text() == "Go on")
    target = tmp_path / "report.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    night.write_report()
    run.until(target.exists)


def test_prompts_are_separated_by_lines_or_by_empty_lines() -> None:
    assert prompts_of("one\ntwo\n\n") == ("one", "two")
    assert prompts_of("one\nmore\n\ntwo") == ("one\nmore", "two")
    assert prompts_of("same\nsame") == ("same",)
