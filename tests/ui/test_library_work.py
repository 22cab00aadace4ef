"""Verifying, importing and looking for newer weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from backend.errors import AppError
from tests.support.driving import Run, click, shown
from tests.support.library_page import Page
from ui.pages.library.drops import DropHighlight
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton

Library = Callable[..., Page]

# -- verify


def test_verify_shows_its_progress_in_the_row(library: Library) -> None:
    page = library()
    page.choose("mistral:7b")
    click(page.run.wait_for(IconButton, "^Verify$"))
    page.run.until(lambda: page.asked("verify") == [("ollama:mistral:7b",)])
    page.run.until(lambda: page.state("mistral:7b") == "Waiting")
    page.activities.progress("activity-1", 0.43)
    page.run.until(lambda: page.state("mistral:7b") == "Verifying 43\u00a0%")
    page.activities.finish("activity-1")
    page.run.until(lambda: page.state("mistral:7b") == "Running in Ollama")
    page.run.until(lambda: page.toasts == ["mistral:7b Q4_0 is verified"])


def test_all_and_selected_models_can_be_verified(library: Library) -> None:
    page = library()
    page.pick("Verify 2 models", "SmolLM3-3B", "my-merge")
    page.run.until(lambda: len(page.asked("verify")) == 1 and len(page.asked("verify")[0]) == 2)
    for number, model in ((1, "SmolLM3-3B"), (2, "my-merge")):
        page.run.until(lambda model=model: page.state(model) == "Waiting")
        page.activities.finish(f"activity-{number}")
    page.run.until(lambda: page.toasts == ["Verifying 2 models, 7.0\u00a0GB", "2 models verified"])
    page.run.press("^Verify all$")
    whole = [row.id for row in page.library.models() if row.name != "phi-4"]
    page.run.until(lambda: sorted(page.asked("verify")[-1]) == sorted(whole))


def test_a_file_that_does_not_verify_is_told(library: Library) -> None:
    page = library()
    page.pick("Verify", "my-merge")
    page.run.until(lambda: page.state("my-merge") == "Waiting")
    page.activities.finish(
        "activity-1", error=AppError("library.changed", "my-merge was changed.", "Download it again.")
    )
    page.run.until(lambda: page.toasts == ["my-merge was changed. Download it again."])


def test_a_cancelled_verification_says_nothing(library: Library) -> None:
    page = library()
    page.pick("Verify", "my-merge")
    page.run.until(lambda: page.state("my-merge") == "Waiting")
    page.activities.cancel("activity-1")
    page.run.until(lambda: page.state("my-merge") == "Not verified")
    assert page.toasts == []


# -- import


def drag(page: Page, paths: list[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        QPoint(40, 40),
        Qt.DropAction.CopyAction | Qt.DropAction.LinkAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page.view, enter)
    assert enter.isAccepted()
    return data


def drop(page: Page, paths: list[Path]) -> None:
    """Let go of `paths` over the page."""
    data = drag(page, paths)
    event = QDropEvent(
        QPointF(40, 40),
        Qt.DropAction.LinkAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page.view, event)


def test_files_and_folders_are_dropped_in_place(library: Library, tmp_path: Path) -> None:
    page = library()
    model, folder, text = tmp_path / "new.gguf", tmp_path / "models", tmp_path / "notes.txt"
    model.write_bytes(b"GGUF")
    folder.mkdir()
    text.write_text("no model")
    drop(page, [model, folder, text])
    page.run.until(lambda: page.asked("add_file") == [(model,)])
    page.run.until(lambda: page.asked("add_folder") == [(folder,)])
    page.run.until(lambda: page.named() == "new")
    page.run.until(lambda: len(page.toasts) == 3)
    assert page.toasts == [
        "notes.txt is no GGUF file. Only GGUF models can be loaded.",
        f"{folder} is part of the Library now",
        "new is in the Library now",
    ]


def test_dragging_over_the_page_says_what_dropping_does(library: Library, tmp_path: Path) -> None:
    page = library()
    assert shown(page.run.window, DropHighlight, ".") is None
    drag(page, [tmp_path])
    over = page.run.wait_for(DropHighlight, "^Drop GGUF files or folders")
    assert over.size() == page.view.size()
    QApplication.sendEvent(page.view, QDragLeaveEvent())
    assert not over.isVisible()


def test_text_that_is_dragged_is_not_taken(library: Library) -> None:
    page = library()
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(
        QPoint(40, 40),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    QApplication.sendEvent(page.view, enter)
    assert shown(page.run.window, DropHighlight, ".") is None


def test_files_and_folders_are_chosen_in_dialogs(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = library()
    model = tmp_path / "chosen.gguf"
    model.write_bytes(b"GGUF")
    chosen = "ui.pages.library.actions.QFileDialog"
    monkeypatch.setattr(f"{chosen}.getOpenFileNames", lambda *_args: ([str(model)], ""))
    monkeypatch.setattr(f"{chosen}.getExistingDirectory", lambda *_args: str(tmp_path))
    head = page.view._head
    head._import.trigger()
    page.run.until(lambda: page.asked("add_file") == [(model,)])
    head._add_folder.trigger()
    page.run.until(lambda: page.asked("add_folder") == [(tmp_path,)])
    monkeypatch.setattr(f"{chosen}.getOpenFileNames", lambda *_args: ([], ""))
    head._import.trigger()
    assert len(page.asked("add_file")) == 1


def test_an_added_folder_can_be_taken_off_again(library: Library) -> None:
    page = library()
    page.pick("Remove the folder models from the Library", "Phi-3.5-mini-instruct")
    page.run.until(lambda: "Phi-3.5-mini-instruct" not in page.names())
    assert len(page.asked("remove_folder")) == 1
    assert page.asked("delete") == []


# -- newer weights


def test_newer_weights_are_looked_for_when_asked(library: Library) -> None:
    page = library()
    assert page.asked("check_newer") == [], "the network was used without being asked"
    gemma = page.rows()[page.place("Gemma-3-4B-it")]
    page.library.newer_found = {gemma.id: "abcdef0123"}
    page.view._head._newer.trigger()
    page.run.until(lambda: page.state(gemma.id) == "Newer weights")
    page.run.until(lambda: page.toasts == ["2 models have newer weights"])
    page.choose(gemma.id)
    page.run.wait_for(Banner, r"^The hub has newer weights \(abcdef0\)\.$")
    page.run.press("^Download$")
    assert page.searches == ["google/Gemma-3-4B-it"]


def test_the_hub_is_asked_once_a_day_where_that_is_allowed(
    library: Library, open_window: Callable[..., object]
) -> None:
    page = library()
    page.view._head._on_open.trigger()
    page.run.until(lambda: page.run.backend.settings.get().newer_on_open)
    for _ in range(2):
        page.run.go("Settings")
        page.run.go("Library")
    page.run.until(lambda: page.toasts)
    assert page.asked("check_newer") == [()]
    page.run.window.close()

    opened = open_window()  # the same day
    again = Page(Run(opened.window, opened.backend, opened.bridge))  # type: ignore[attr-defined]
    again.run.backend.settings.update(newer_on_open=True)
    again.run.go("Library")
    again.run.until(lambda: again.names())
    assert again.asked("check_newer") == []


def test_offline_nothing_is_asked(library: Library) -> None:
    page = library()
    page.run.backend.network.set_offline(True)
    page.view._head._newer.trigger()
    assert page.toasts == ["Orangery is offline. Go online to look for newer weights."]
    page.run.backend.settings.update(newer_on_open=True)
    page.run.backend.network.set_offline(True)
    page.run.go("Settings")
    page.run.go("Library")
    page.run.until(lambda: page.names())
    assert page.asked("check_newer") == []


def test_a_garden_that_cannot_be_reached_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = library()

    def check() -> None:
        raise AppError("net.unreachable", "huggingface.co could not be reached.", "Check the network.")

    monkeypatch.setattr(page.library, "check_newer", check)
    page.view._head._newer.trigger()
    page.run.until(lambda: page.toasts == ["huggingface.co could not be reached. Check the network."])
    assert page.view._head._newer.isEnabled()


def test_the_context_menu_has_a_key_for_everything_in_reach(library: Library) -> None:
    page = library()
    entries = page.menu("SmolLM3-3B")
    assert list(entries) == [
        "Chat",
        "Compare",
        "Measure …",
        "Quantize …",
        "Show in folder",
        "Copy the path",
        "Download newer weights",
        "Verify",
        "Move to another folder …",
        "Delete …",
    ]
    page.close_menus()
    page.run.until(lambda: page.state("Qwen3-8B-Instruct") == "Loaded")
    page.pick("Unload", "Qwen3-8B-Instruct")
    page.run.until(lambda: page.state("Qwen3-8B-Instruct") == "Verified")
    assert not page.menu("phi-4")["Chat"].isEnabled()
    page.close_menus()
    page.pick("Copy the path", "my-merge")
    assert QApplication.clipboard().text() == str(page.rows()[page.place("my-merge")].path)
    page.pick("Find in Discover", "mistral:7b")
    assert page.searches == ["ollama:mistral:7b"]


def test_f5_looks_again(library: Library) -> None:
    page = library()
    rescans: list[QWidget] = []
    page.view._presenter.scanning.connect(lambda on: rescans.append(page.view) if on else None)
    QTest.keyClick(page.table, Qt.Key.Key_F5)
    page.run.until(lambda: rescans)
