"""The Library: what is listed, filtered, grouped and sorted, what a model needs, and what is remembered."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QMenu,
    QTableView,
    QWidget,
)

from backend.errors import AppError
from tests.support.driving import Run, cell, click, names_in, shown, words_of, write
from tests.support.fake_library import OLLAMA_QWEN
from tests.support.library_page import Page
from ui import tasks
from ui.pages.library.arranged import Grouping
from ui.pages.library.rows import Column, Role
from ui.pages.library.words import Tab
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.fit_pill import FitPill
from ui.widgets.search_field import SearchField
from ui.widgets.segmented import SegmentedControl

Library = Callable[..., Page]
FIRST = ["Qwen3-8B-Instruct", "Gemma-3-4B-it", "Llama-3.2-3B-Instruct", "SmolLM3-3B"]
"""By last use, the newest first."""
COUNT = 18


def test_the_last_used_comes_first_and_has_its_facts(library: Library) -> None:
    page = library()
    assert page.names()[:4] == FIRST
    assert len(page.names()) == COUNT
    assert page.table.hasFocus()
    assert page.named() == "Qwen3-8B-Instruct"
    page.run.wait_for(QLabel, rf"^{COUNT} models, \d+\.\d.GB$")
    page.run.until(lambda: page.run.wait_for(FitPill, "^Fits on GPU"))
    for words in ("qwen3, 8.2B parameters", "40,960 tokens", "Small quality loss, the usual choice"):
        page.run.wait_for(QLabel, f"^{words}$")


def test_every_state_is_told_in_words(library: Library) -> None:
    page = library()
    page.run.until(lambda: page.state("ollama:mistral:7b") == "Running in Ollama")
    page.run.until(lambda: page.state("Qwen3-8B-Instruct") == "Loaded")
    for name, state in (
        ("Gemma-3-4B-it", "Verified"),
        ("SmolLM3-3B", "Newer weights"),
        ("phi-4", "Cannot be loaded"),
        ("Llama-3.2-1B-Instruct", "File changed"),
        ("my-merge", "Not verified"),
    ):
        assert page.state(name) == state, name


def test_a_click_on_a_column_sorts(library: Library) -> None:
    page = library()
    header = page.table.horizontalHeader()
    middle = header.sectionViewportPosition(Column.SIZE) + 40
    click(header.viewport(), QPoint(middle, 14))
    order = [row.size for row in page.rows()]
    assert order in (sorted(order), sorted(order, reverse=True))
    click(header.viewport(), QPoint(middle, 14))
    assert [row.size for row in page.rows()] == order[::-1]
    assert page.named() == "Qwen3-8B-Instruct", "sorting changed what is shown"


def test_filter_by_words_and_back(library: Library) -> None:
    page = library()
    QTest.keyClick(page.run.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = page.run.wait_for(SearchField, "^Filter$")
    assert box.hasFocus()
    QTest.keyClicks(box, "qwen q4 instruct")
    assert page.names() == ["Qwen3-8B-Instruct"]
    QTest.keyClicks(box, "zzz")
    page.run.wait_for(QLabel, "^Nothing matches$")
    page.run.wait_for(QLabel, "^No model selected$")
    page.run.press("^Clear the filter$")
    assert len(page.names()) == COUNT


def test_a_search_with_no_name_is_found_by_owner(library: Library) -> None:
    page = library()
    write(page.run.wait_for(SearchField, "^Filter$"), "meta-llama")
    assert page.names() == ["Llama-3.2-3B-Instruct"]


def test_a_store_shows_only_its_models(library: Library) -> None:
    page = library()
    bundled = page.run.wait_for(QAbstractButton, "^Bundled$")
    click(bundled)
    assert page.names() == ["Orangery Starter"]
    assert page.named() == "Orangery Starter"
    ollama = page.run.wait_for(QAbstractButton, "^Ollama$")
    click(ollama)
    assert sorted(page.names()) == ["mistral:7b", "nomic-embed-text", "qwen3:8b"]
    ollama.setFocus()
    QTest.keyClick(ollama, Qt.Key.Key_Space)
    assert len(page.names()) == COUNT


def test_tabs_show_one_kind(library: Library) -> None:
    page = library()
    tabs = page.run.wait_for(SegmentedControl, "^Kind of model$")
    tabs.set_value(Tab.EMBEDDING)
    assert page.names() == ["nomic-embed-text"]
    tabs.set_value(Tab.ADAPTER)
    assert page.names() == ["sql-helper"]
    assert shown(page.run.window, Button, "^Chat$") is None, "nothing to chat with"
    tabs.set_value(Tab.PROJECTOR)
    write(page.run.wait_for(SearchField, "^Filter$"), "zzz")
    page.run.press("^Clear the filter$")
    assert len(page.names()) == COUNT


def test_groups_have_headers_that_arrows_pass_by(library: Library) -> None:
    page = library()
    box = page.run.wait_for(QComboBox, "^Group by$")
    box.setCurrentIndex(list(Grouping).index(Grouping.STORE))
    headers = [name for name in page.names() if name in ("Bundled", "Hugging Face", "Ollama", "LM Studio")]
    assert headers == ["Bundled", "Hugging Face", "LM Studio", "Ollama"]
    assert page.named() == "Qwen3-8B-Instruct"
    page.choose("Orangery Starter")
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.named() == "Qwen3-8B-Instruct", "the header row was not passed by"
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    page.run.wait_for(QLabel, rf"^{COUNT} models selected")
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    assert page.named()


def test_arrows_move_and_enter_chats(library: Library) -> None:
    page = library()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.named() == "Gemma-3-4B-it"
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.chats == ["hf:google/Gemma-3-4B-it/Gemma-3-4B-it-Q4_K_M.gguf"]


def test_a_broken_model_says_why_and_is_not_opened(library: Library) -> None:
    page = library()
    page.choose("phi-4")
    assert page.state("phi-4") == "Cannot be loaded"
    assert shown(page.run.window, Banner, "^The file is shorter than its header says")
    assert not page.run.wait_for(Button, "^Chat$").isEnabled()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.chats == []
    assert shown(page.run.window, FitPill, ".") is None, "a prediction for what cannot be loaded"


def test_a_loaded_model_can_be_unloaded(library: Library) -> None:
    page = library()
    page.run.wait_for(QLabel, r"^Loaded, 6\.2.GB in use$")
    assert cell(page.table, 0, Column.STATE) == "Loaded"
    page.run.press("^Unload$")
    page.run.until(lambda: cell(page.table, 0, Column.STATE) == "Verified")
    assert shown(page.run.window, Button, "^Unload$") is None


def test_with_only_the_starter_the_way_on_is_shown(library: Library) -> None:
    page = library("empty")
    assert page.names() == ["Orangery Starter"]
    page.run.wait_for(Banner, "^What you download appears here.*drop GGUF files and folders")
    page.run.press("^Find a model$")
    page.run.wait_for(QLabel, "^Welcome to Orangery$")


def test_without_any_model_the_page_says_how_to_get_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = library("empty")
    page.library.set_rows(())
    page.run.wait_for(QLabel, "^No models yet$")
    page.run.wait_for(QLabel, "drop GGUF files and folders here")
    assert shown(page.run.window, QTableView, "^Models on this disk$") is None


def test_a_library_that_cannot_be_read_says_why(
    open_window: Callable[..., object], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="ui.frame")  # the meter may look at the library just then, too
    opened = open_window()
    run = Run(opened.window, opened.backend, opened.bridge)  # type: ignore[attr-defined]

    def models() -> None:
        raise AppError("library.read", "The cache cannot be read.", "Check the folder.", retryable=True)

    monkeypatch.setattr(run.backend.library, "models", models)
    run.go("Library")
    run.wait_for(QLabel, r"^The cache cannot be read\.$")
    monkeypatch.undo()
    run.press("^Try again$")
    run.until(lambda: shown(run.window, QAbstractItemView, "^Models on this disk$"))
    run.until(lambda: len(names_in(run.wait_for(QTableView, "^Models on this disk$"))) == COUNT)


@pytest.mark.parametrize("width", [900, 1024, 1280, 1600])
def test_names_can_be_read_at_every_width(library: Library, width: int) -> None:
    page = library(size=(width, 700))
    header = page.table.horizontalHeader()
    page.run.until(lambda: header.sectionSize(Column.MODEL) >= 150)
    visible = sum(header.sectionSize(column) for column in Column if not header.isSectionHidden(column))
    assert visible <= page.table.viewport().width()
    inspector = page.view._inspector
    assert inspector.widget().minimumSizeHint().width() <= inspector.viewport().width()
    assert page.run.window.width() == width, "something asks for more room than there is"


def test_the_column_menu_brings_columns_back(library: Library) -> None:
    page = library(size=(1024, 700))
    header = page.table.horizontalHeader()
    assert header.isSectionHidden(Column.STORE) and header.isSectionHidden(Column.CONTEXT)
    for column in ("Store", "Context"):
        click(page.run.wait_for(IconButton, "^Columns$"))
        menu = next(menu for menu in page.table.findChildren(QMenu) if menu.isVisible())
        action = next(action for action in menu.actions() if action.text() == column)
        assert not action.isChecked()
        action.trigger()
        menu.close()
    assert not header.isSectionHidden(Column.STORE) and not header.isSectionHidden(Column.CONTEXT)
    assert header.sectionSize(Column.MODEL) >= 150
    page.table.columns.set_shown(Column.QUANT, False)
    assert header.isSectionHidden(Column.QUANT)
    page.table.columns.reset()
    assert not header.isSectionHidden(Column.QUANT) and header.isSectionHidden(Column.CONTEXT)


def test_sorting_is_in_reach_of_the_keyboard(library: Library) -> None:
    page = library()
    for descending in (False, True):
        menu = QMenu()
        page.table.columns.add_sorting(menu)
        next(action for action in menu.actions() if action.text() == "Size").trigger()
        order = [row.size for row in page.rows()]
        assert order == sorted(order, reverse=descending)


def test_widths_order_and_grouping_are_remembered(
    library: Library, open_window: Callable[..., object]
) -> None:
    page = library()
    header = page.table.horizontalHeader()
    header.resizeSection(Column.STORE, 171)
    page.table.columns.set_shown(Column.ARCHITECTURE, True)
    page.table.columns.set_shown(Column.SPEED, False)
    page.table.sortByColumn(Column.SIZE, Qt.SortOrder.AscendingOrder)
    page.run.wait_for(QComboBox, "^Group by$").setCurrentIndex(list(Grouping).index(Grouping.ARCHITECTURE))
    names = page.names()
    page.run.window.close()

    opened = open_window(size=(1600, 900))
    again = Page(Run(opened.window, opened.backend, opened.bridge))  # type: ignore[attr-defined]
    again.run.go("Library")
    again.run.until(lambda: again.names())
    header = again.table.horizontalHeader()
    assert header.sectionSize(Column.STORE) == 171
    assert not header.isSectionHidden(Column.ARCHITECTURE)
    assert header.isSectionHidden(Column.SPEED)
    assert header.sortIndicatorSection() == Column.SIZE
    assert again.names() == names


def test_a_damaged_memory_of_the_columns_is_harmless(library: Library) -> None:
    page = library()
    for text in ("", "[]", "{", '{"shown": [7]}', '{"widths": {"SIZE": "wide"}}', "null"):
        page.table.columns.restore(text)
        assert not page.table.horizontalHeader().isSectionHidden(Column.SIZE), text
        assert len(page.names()) == COUNT, text


def test_a_rescan_keeps_selection_and_place(library: Library) -> None:
    page = library()
    page.choose("SmolLM3-3B", "phi-4")
    rows = [replace(row, used=None) if row.name == "my-merge" else row for row in page.library.models()]
    page.library.set_rows(rows[::-1])
    page.run.until(lambda: page.cell("my-merge", Column.USED) == "never")
    assert page.named() == "phi-4"
    assert [row.name for row in page.table.selected()] == ["SmolLM3-3B", "phi-4"]
    page.run.wait_for(QLabel, r"^2 models selected, 9\.0.GB$")


def test_copies_are_marked_in_both_rows(library: Library) -> None:
    page = library()
    assert page.cell("Qwen3-8B-Instruct", Column.STORE) == "2 stores"
    assert page.cell(OLLAMA_QWEN, Column.STORE) == "Ollama"
    index = page.table.model().index(page.place(OLLAMA_QWEN), Column.STORE)
    assert index.data(Role.LINKED)
    assert "Hugging Face" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_f6_goes_through_the_panes(library: Library) -> None:
    page = library()
    seen = set()
    for _ in range(3):
        focus = page.run.window.focusWidget()
        seen |= {pane for pane in page.view.panes() if pane.isAncestorOf(focus)}
        QTest.keyClick(page.run.window, Qt.Key.Key_F6)
    assert seen == set(page.view.panes())


@pytest.mark.parametrize("width", [900, 1600])
def test_everything_that_takes_the_keyboard_has_a_name(library: Library, width: int) -> None:
    page = library(size=(width, 800))
    nameless = [
        widget
        for widget in page.view._list.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not words_of(widget)
        and not isinstance(widget, QAbstractScrollArea)
    ]
    assert nameless == []


def test_an_old_answer_does_not_replace_a_new_one(library: Library) -> None:
    """Two reads side by side may end in any order."""
    page = library()
    begun, go_on = threading.Event(), threading.Event()
    models, calls = page.library.models, []

    def slow_then_quick() -> tuple[object, ...]:
        calls.append(len(calls))
        rows = models()
        if len(calls) == 1:
            begun.set()
            go_on.wait(20)
        return rows

    page.library.models = slow_then_quick  # type: ignore[method-assign, assignment]
    page.view._presenter.refresh()
    page.run.until(begun.is_set)
    page.library.set_rows(models()[:3])
    page.run.until(lambda: len(page.names()) == 3)
    go_on.set()
    page.run.until(lambda: tasks.wait_idle(0.01))
    QCoreApplication.processEvents()
    assert len(page.names()) == 3


def test_end_and_home_go_to_the_last_and_the_first_model(library: Library) -> None:
    page = library()
    page.choose(page.names()[2])
    QTest.keyClick(page.table, Qt.Key.Key_End)
    assert page.table.currentIndex().row() == COUNT - 1
    assert [row.name for row in page.view.table.selected()] == page.names()[-1:]
    QTest.keyClick(page.table, Qt.Key.Key_Home)
    assert page.table.currentIndex().row() == 0


def test_what_was_never_measured_is_predicted(library: Library) -> None:
    page = library()
    page.run.until(lambda: page.cell("Phi-3.5-mini-instruct", Column.SPEED).startswith("~"))
    assert page.cell("Qwen3-8B-Instruct", Column.SPEED) == "53.8"
