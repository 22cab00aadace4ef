"""Deleting, moving and sharing: nothing happens before the person has seen what it does and confirmed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel

from backend.errors import AppError
from tests.support.driving import click, shown
from tests.support.fake_library import OLLAMA_QWEN, SINGLE_FILE
from tests.support.library_page import Page, buttons
from ui import tasks
from ui.pages.library.dialogs.delete import DeleteDialog
from ui.pages.library.dialogs.move import MoveDialog
from ui.pages.library.dialogs.share import ShareDialog
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button

Library = Callable[..., Page]


def words(dialog: QDialog) -> str:
    """Everything that can be read on a dialog."""
    labels = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.accessibleName() or label.text() for label in labels)


def press(dialog: QDialog, text: str) -> None:
    click(buttons(dialog)[text])


# -- delete


def test_delete_says_whose_it_is_and_what_is_freed(library: Library) -> None:
    page = library()
    page.choose("SmolLM3-3B")
    page.run.press("^Delete$")
    dialog = page.dialog(DeleteDialog)
    assert dialog.title() == "Delete SmolLM3-3B Q4_K_M?"
    assert "which other programs use too" in dialog.text()
    for part in ("Frees 1.9\u00a0GB", "Deleting cannot be undone", "SmolLM3-3B-Q4_K_M.gguf"):
        assert part in words(dialog)
    assert dialog.focusWidget() is dialog.cancel
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    page.run.until(lambda: page.gone(DeleteDialog))
    assert page.asked("delete") == []

    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    press(page.dialog(DeleteDialog), "Delete")
    page.run.until(lambda: "SmolLM3-3B" not in page.names())
    page.run.until(lambda: page.toasts == ["SmolLM3-3B deleted, 1.9\u00a0GB freed"])
    assert page.named() != "SmolLM3-3B"


def test_a_model_of_another_program_has_other_words(library: Library) -> None:
    page = library()
    page.choose("nomic-embed-text")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = page.dialog(DeleteDialog)
    assert "belongs to Ollama" in dialog.text()
    assert "A layer that mistral:latest needs, too, stays" in words(dialog)
    assert "The running Ollama deletes it" in words(dialog)
    dialog.reject()
    page.choose("Llama-3.2-1B-Instruct")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "LM Studio's folder; that program will not find it any more" in page.dialog(DeleteDialog).text()
    page.dialog(DeleteDialog).reject()


def test_the_starter_stays(library: Library) -> None:
    page = library()
    page.choose("Orangery Starter")
    assert shown(page.run.window, Button, "^Delete$") is None
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "Delete …" not in page.menu("Orangery Starter")
    page.close_menus()
    assert page.gone(DeleteDialog)


def test_a_running_model_is_refused_and_can_be_unloaded(library: Library) -> None:
    page = library()
    page.run.press("^Delete$")
    dialog = page.dialog(DeleteDialog)
    assert dialog.title() == "Qwen3-8B-Instruct is loaded right now."
    assert "Delete" not in buttons(dialog)
    press(dialog, "Unload")
    page.run.until(lambda: "Delete" in buttons(dialog))
    assert page.run.backend.engine.loaded() == ()
    assert dialog.title() == "Delete Qwen3-8B-Instruct Q4_K_M?"
    assert "Another copy of the weights stays" in words(dialog)
    assert "Unload" not in buttons(dialog)
    dialog.reject()
    assert page.asked("delete") == []


def test_a_refusal_without_a_way_out_only_says_why(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = library()

    def preview(model_id: str) -> None:
        raise AppError("library.busy", "Another program is writing the file.", "Try again later.")

    monkeypatch.setattr(page.library, "delete_preview", preview)
    page.choose("SmolLM3-3B")
    page.run.press("^Delete$")
    dialog = page.dialog(DeleteDialog)
    assert set(buttons(dialog)) == {"Cancel"}
    assert "Try again later." in words(dialog)
    dialog.reject()


def test_a_deletion_that_fails_says_why(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = library()

    def delete(model_id: str) -> int:
        raise AppError("library.delete", "The file could not be deleted.", "Check the rights of the folder.")

    monkeypatch.setattr(page.library, "delete", delete)
    page.choose("SmolLM3-3B")
    page.run.press("^Delete$")
    press(page.dialog(DeleteDialog), "Delete")
    page.run.until(lambda: page.toasts == ["The file could not be deleted. Check the rights of the folder."])
    assert "SmolLM3-3B" in page.names()


def test_what_runs_in_ollama_is_refused(library: Library) -> None:
    page = library()
    page.run.until(lambda: page.state("mistral:7b") == "Running in Ollama")
    page.choose("mistral:7b")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = page.dialog(DeleteDialog)
    assert dialog.title() == "mistral:7b is running in Ollama right now."
    assert set(buttons(dialog)) == {"Cancel"}
    dialog.reject()


def test_an_added_file_can_leave_the_list_and_stay(library: Library) -> None:
    page = library()
    page.choose("my-merge")
    page.run.press("^Delete$")
    dialog = page.dialog(DeleteDialog)
    assert {"Remove from the list", "Delete the file", "Cancel"} == set(buttons(dialog))
    press(dialog, "Remove from the list")
    page.run.until(lambda: "my-merge" not in page.names())
    assert page.asked("remove_file") == [(Path(SINGLE_FILE),)]
    assert page.asked("delete") == []
    assert page.toasts == ["Off the list; the file stays"]


def test_several_models_are_deleted_together(library: Library) -> None:
    page = library()
    page.choose("SmolLM3-3B", "nomic-embed-text", "Orangery Starter")
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    dialog = page.dialog(DeleteDialog)
    assert dialog.title() == "Delete 2 models?"
    assert "which other programs use too" in dialog.text() and "belongs to Ollama" in dialog.text()
    assert "Frees 2.1\u00a0GB" in words(dialog)
    press(dialog, "Delete")
    page.run.until(lambda: page.toasts == ["2 models deleted, 2.1\u00a0GB freed"])
    assert "Orangery Starter" in page.names()


# -- share


def test_copies_are_shared_only_after_the_preview(library: Library) -> None:
    page = library()
    page.run.wait_for(Banner, r"^Qwen3-8B-Instruct Q4_K_M is here twice, from Hugging Face and from Ollama\.")
    page.run.wait_for(Button, r"^4\.9.GB can be freed$")
    page.run.press("^Preview$")
    dialog = page.dialog(ShareDialog)
    keep, replaced = page.library.duplicates()[0].models
    text = words(dialog)
    assert str(keep.path) in text and str(replaced.path) in text
    assert "a hard link" in text and "every program still finds its own file" in dialog.text()
    assert "Frees 4.9\u00a0GB" in text
    assert "They look the same, but were not compared" in text
    dialog.reject()
    assert page.asked("share") == []

    page.run.press("can be freed$")
    dialog = page.dialog(ShareDialog)
    tick = next(iter(dialog.findChildren(QCheckBox)))
    QTest.keyClick(tick, Qt.Key.Key_Space)
    assert not buttons(dialog)["Share"].isEnabled()
    QTest.keyClick(tick, Qt.Key.Key_Space)
    press(dialog, "Share")
    page.run.until(lambda: page.asked("share") == [(keep.id, OLLAMA_QWEN)])
    page.run.until(lambda: page.state(keep.id) == "Waiting")
    page.activities.finish("activity-1", "4.9 GB freed")
    page.run.until(lambda: page.toasts == ["Qwen3-8B-Instruct\n4.9 GB freed"])


def test_what_looks_the_same_can_be_compared(library: Library) -> None:
    page = library()
    page.run.press("^Preview$")
    press(page.dialog(ShareDialog), "Compare their content")
    page.run.until(lambda: page.asked("compare") == [()])
    assert page.asked("share") == []


def test_a_group_that_cannot_be_shared_says_why(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from backend.library.types import SharePreview

    page = library()

    def preview(group: object) -> SharePreview:
        return SharePreview(Path("/a"), (), 0, "", "They lie on different disks.", ("Ollama is running.",))

    monkeypatch.setattr(page.library, "share_preview", preview)
    page.run.press("^Preview$")
    dialog = page.dialog(ShareDialog)
    assert "They lie on different disks." in words(dialog) and "Ollama is running." in words(dialog)
    assert not buttons(dialog)["Share"].isEnabled()
    assert not next(iter(dialog.findChildren(QCheckBox))).isEnabled()
    dialog.reject()


def test_shared_copies_are_no_longer_suggested(library: Library) -> None:
    from dataclasses import replace

    page = library()
    rows = [replace(row, shared=row.id in (OLLAMA_QWEN,), alike=()) for row in page.library.models()]
    page.library.set_rows(rows)
    page.run.until(lambda: shown(page.run.window, Banner, "is here twice") is None)
    assert shown(page.run.window, Button, "can be freed") is None
    assert page.cell(OLLAMA_QWEN, 3) == "Ollama"


# -- move


def test_move_shows_the_room_and_the_steps(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = library()
    page.pick("Move to another folder …", "SmolLM3-3B")
    dialog = page.dialog(MoveDialog)
    assert not buttons(dialog)["Move here"].isEnabled()
    text = words(dialog)
    assert "the copy is verified, then the library switches" in text
    assert "will not find it there any more" in text
    monkeypatch.setattr(
        "ui.pages.library.dialogs.move.QFileDialog.getExistingDirectory", lambda *_args: "/mnt/big"
    )
    press(dialog, "Choose a folder …")
    page.run.until(buttons(dialog)["Move here"].isEnabled)
    assert "1.9\u00a0GB to move, 212\u00a0GB are free there." in words(dialog)
    assert "/mnt/big/HuggingFaceTB/SmolLM3-3B/SmolLM3-3B-Q4_K_M.gguf" in words(dialog)
    press(dialog, "Move here")
    smol = page.rows()[page.place("SmolLM3-3B")]
    page.run.until(lambda: page.asked("move") == [(smol.id, Path("/mnt/big"))])
    page.activities.progress("activity-1", 0.25)
    page.run.until(lambda: page.state("SmolLM3-3B") == "Moving 25\u00a0%")


def test_a_full_disk_is_told_before_anything_moves(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    page = library()

    def preview(model_id: str, folder: Path) -> None:
        raise AppError("library.no_space", "The disk of /mnt/small has not enough free space.", "Free some.")

    monkeypatch.setattr(page.library, "move_preview", preview)
    page.pick("Move to another folder …", "SmolLM3-3B")
    dialog = page.dialog(MoveDialog)
    dialog.choose(Path("/mnt/small"))
    page.run.until(lambda: "has not enough free space. Free some." in words(dialog))
    assert not buttons(dialog)["Move here"].isEnabled()
    dialog.reject()
    assert page.asked("move") == []


@pytest.mark.parametrize("kind", ["move", "unload"])
def test_an_answer_after_the_dialog_was_closed_is_dropped(
    library: Library, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    page = library()
    go_on, answered = threading.Event(), threading.Event()

    def late(model_id: str, *_folder: Path) -> tuple[Path, ...]:
        go_on.wait(20)
        answered.set()
        raise AppError("library.busy", "Not now.", "")

    monkeypatch.setattr(page.library, "move_preview", late)
    if kind == "move":
        page.pick("Move to another folder …", "SmolLM3-3B")
        dialog: QDialog = page.dialog(MoveDialog)
        page.dialog(MoveDialog).choose(Path("/mnt/big"))
    else:
        page.run.press("^Delete$")
        dialog = page.dialog(DeleteDialog)
        monkeypatch.setattr(page.library, "delete_preview", late)
        press(dialog, "Unload")
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    page.run.until(answered.is_set)
    page.run.until(lambda: tasks.wait_idle(0.01))
    assert page.gone(MoveDialog) and page.gone(DeleteDialog)


def test_a_second_click_opens_no_second_dialog(library: Library) -> None:
    page = library()
    for _ in range(2):
        page.view.actions.preview_copies()
    dialog = page.dialog(ShareDialog)
    page.run.until(lambda: tasks.wait_idle(0.01))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert page.run.window.findChildren(ShareDialog) == [dialog]
    dialog.reject()
