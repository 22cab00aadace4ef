"""The Library: what is listed, filtered and sorted, what a model needs, deleting only after a question."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QTableView

from backend.errors import AppError
from tests.support.driving import Run, cell, click, click_row, names_in, shown, write
from ui.pages.library.rows import Column, Role
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.fit_pill import FitPill
from ui.widgets.search_field import SearchField

ALL = [
    "Qwen3-8B-Instruct",
    "Gemma-3-4B-it",
    "Llama-3.2-3B-Instruct",
    "SmolLM3-3B",
    "Qwen2.5-Coder-7B-Instruct",
    "Orangery Starter",
    "phi-4",
]
"""By last use, the newest first."""


@dataclass
class Page:
    """The Library with a person who answers questions with `agrees`."""

    run: Run
    agrees: bool = True
    questions: list[tuple[str, str]] = field(default_factory=list)
    chats: list[str | None] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    @property
    def table(self) -> QTableView:
        return self.run.wait_for(QTableView, "^Models on this disk$")

    def names(self) -> list[str]:
        return names_in(self.table)

    def choose(self, name: str) -> None:
        click_row(self.table, self.names().index(name))

    def named(self) -> str:
        """Whose facts the inspector shows."""
        return self.run.window.page("library")._inspector.head.name


@pytest.fixture
def library(open_window: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Page]:
    """Opens the Library of a state of the fake backend."""

    def open_it(state: str = "full", size: tuple[int, int] = (1600, 900)) -> Page:
        opened = open_window(state, size=size)
        page = Page(Run(opened.window, opened.backend, opened.bridge))  # type: ignore[attr-defined]

        def confirm(title: str, text: str, action: str, *, danger: bool = False) -> bool:
            page.questions.append((title, text))
            return page.agrees

        window = page.run.window
        monkeypatch.setattr(window, "confirm", confirm)
        monkeypatch.setattr(window, "open_chat", page.chats.append)
        monkeypatch.setattr(window, "toast", lambda text, *_more: page.toasts.append(text))
        page.run.go("Library")
        page.run.until(lambda: page.names())
        return page

    return open_it


def test_the_last_used_comes_first_and_has_its_facts(library: Callable[..., Page]) -> None:
    page = library()
    assert page.names() == ALL
    assert page.table.hasFocus()
    assert page.named() == "Qwen3-8B-Instruct"
    page.run.wait_for(QLabel, r"^7 models, 25\.0.GB$")
    page.run.until(lambda: page.run.wait_for(FitPill, "^Fits on GPU"))
    for words in ("qwen3, 8.2B parameters", "40,960 tokens", "Small quality loss, the usual choice"):
        page.run.wait_for(QLabel, f"^{words}$")


def test_a_click_on_a_column_sorts(library: Callable[..., Page]) -> None:
    page = library()
    header = page.table.horizontalHeader()
    middle = header.sectionViewportPosition(Column.SIZE) + 40
    click(header.viewport(), QPoint(middle, 14))
    order = sizes(page)
    assert order in (sorted(order), sorted(order, reverse=True))
    click(header.viewport(), QPoint(middle, 14))
    assert sizes(page) == order[::-1]


def sizes(page: Page) -> list[int]:
    model = page.table.model()
    return [model.index(row, 0).data(Role.ROW).size for row in range(model.rowCount())]


def test_filter_by_words_and_back(library: Callable[..., Page]) -> None:
    page = library()
    QTest.keyClick(page.run.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = page.run.wait_for(SearchField, "^Filter$")
    assert box.hasFocus()
    QTest.keyClicks(box, "qwen q4")
    assert page.names() == ["Qwen3-8B-Instruct"]
    QTest.keyClicks(box, "zzz")
    page.run.wait_for(QLabel, "^Nothing matches$")
    page.run.press("^Clear the filter$")
    assert page.names() == ALL


def test_a_store_shows_only_its_models(library: Callable[..., Page]) -> None:
    page = library()
    bundled = page.run.wait_for(QAbstractButton, "^Bundled$")
    click(bundled)
    assert page.names() == ["Orangery Starter"]
    click(page.run.wait_for(QAbstractButton, "^Hugging Face$"))
    assert "Orangery Starter" not in page.names()
    click(page.run.wait_for(QAbstractButton, "^Hugging Face$"))
    assert page.names() == ALL


def test_arrows_move_and_enter_chats(library: Callable[..., Page]) -> None:
    page = library()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.named() == "Gemma-3-4B-it"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.chats == ["hf:google/Gemma-3-4B-it/Gemma-3-4B-it-Q4_K_M.gguf"]


def test_a_broken_model_says_why_and_is_not_opened(library: Callable[..., Page]) -> None:
    page = library()
    page.choose("phi-4")
    assert cell(page.table, page.names().index("phi-4"), Column.STATE) == "Cannot be loaded"
    assert shown(page.run.window, Banner, ".")
    assert not page.run.wait_for(Button, "^Chat$").isEnabled()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.chats == []
    assert shown(page.run.window, FitPill, ".") is None, "a prediction for what cannot be loaded"


def test_delete_asks_first_and_says_what_is_freed(library: Callable[..., Page]) -> None:
    page = library()
    page.agrees = False
    page.choose("SmolLM3-3B")
    page.run.press("^Delete$")
    ((title, text),) = page.questions
    assert title == "Delete SmolLM3-3B Q4_K_M?"
    assert "1.9\u00a0GB" in text
    assert "other programs share" in text
    assert page.names() == ALL

    page.agrees = True
    page.choose("SmolLM3-3B")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    page.run.until(lambda: "SmolLM3-3B" not in page.names())
    page.run.until(lambda: page.toasts == ["SmolLM3-3B deleted, 1.9\u00a0GB freed"])
    assert page.named() != "SmolLM3-3B"


def test_the_starter_stays(library: Callable[..., Page]) -> None:
    page = library()
    page.choose("Orangery Starter")
    assert shown(page.run.window, Button, "^Delete$") is None
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.questions == []


def test_a_refused_deletion_says_why(library: Callable[..., Page], monkeypatch: pytest.MonkeyPatch) -> None:
    page = library()

    def delete(model_id: str) -> int:
        raise AppError("library.in_use", "Qwen3 is loaded right now.", "Unload it first, then delete it.")

    monkeypatch.setattr(page.run.backend.library, "delete", delete)
    page.run.press("^Delete$")
    page.run.until(lambda: page.toasts == ["Qwen3 is loaded right now. Unload it first, then delete it."])
    assert page.names() == ALL


def test_a_loaded_model_can_be_unloaded(library: Callable[..., Page]) -> None:
    page = library()
    page.run.wait_for(QLabel, r"^Loaded, 6\.2.GB in use$")
    assert cell(page.table, 0, Column.STATE) == "Loaded"
    page.run.press("^Unload$")
    page.run.until(lambda: cell(page.table, 0, Column.STATE) == "Verified")
    assert shown(page.run.window, Button, "^Unload$") is None


def test_with_only_the_starter_the_way_on_is_shown(library: Callable[..., Page]) -> None:
    page = library("empty")
    assert page.names() == ["Orangery Starter"]
    page.run.wait_for(Banner, "^What you download appears here")
    page.run.press("^Find a model$")
    page.run.wait_for(QLabel, "^Welcome to Orangery$")


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
    run.until(lambda: len(names_in(run.wait_for(QTableView, "^Models on this disk$"))) == 7)


@pytest.mark.parametrize("width", [900, 1024, 1280, 1600])
def test_names_can_be_read_at_every_width(library: Callable[..., Page], width: int) -> None:
    page = library(size=(width, 700))
    header = page.table.horizontalHeader()
    page.run.until(lambda: header.sectionSize(Column.MODEL) >= 150)
    visible = sum(header.sectionSize(column) for column in Column if not header.isSectionHidden(column))
    assert visible <= page.table.viewport().width()
    inspector = page.run.window.page("library")._inspector
    assert inspector.widget().minimumSizeHint().width() <= inspector.viewport().width()


def test_a_search_with_no_name_is_found_by_owner(library: Callable[..., Page]) -> None:
    page = library()
    write(page.run.wait_for(SearchField, "^Filter$"), "meta-llama")
    assert page.names() == ["Llama-3.2-3B-Instruct"]
