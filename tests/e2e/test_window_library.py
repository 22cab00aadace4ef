"""The Library page over the real library: import, verify, share, move and delete files on a real disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from backend.activities.types import ActivityKind
from tests.support.driving import Run, click, prepare, put_in_cache, running
from tests.support.library_page import Page, buttons
from tests.support.tiny_gguf import tiny_llama
from ui.pages.library.dialogs.delete import DeleteDialog
from ui.pages.library.dialogs.move import MoveDialog
from ui.pages.library.dialogs.share import ShareDialog
from ui.pages.library.rows import Column
from ui.widgets.banner import Banner

D = TypeVar("D", bound=QDialog)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Page]:
    """A hub cache with one model, and the same file in a folder of the person."""
    prepare(qapp)
    cache = tmp_path / "hub"
    cache.mkdir()
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    model = tiny_llama(tmp_path / "Sprout-Q8_0.gguf", quant="Q8_0")
    put_in_cache(cache, "acme/Sprout-GGUF", model)
    folder = tmp_path / "mine"
    folder.mkdir()
    shutil.move(model, folder / "Sprout-copy.gguf")
    with running(tmp_path / "home", offline=True) as run:
        run.go("Library")
        page = Page(run)
        monkeypatch.setattr(run.window, "toast", lambda text, *_more: page.toasts.append(text))
        page.run.until(lambda: "Sprout" in page.names())
        yield page


def said(page: Page, words: str) -> None:
    page.run.until(lambda: any(words in toast for toast in page.toasts))


def ended(page: Page, kind: ActivityKind, words: str) -> None:
    """Wait until the newest activity of this kind has ended with these words; quick ones are not toasted."""

    def outcome() -> str:
        rows = [row for row in page.run.backend.activities.rows() if row.kind is kind]
        return "" if not rows or rows[-1].state.active else rows[-1].note or rows[-1].error_title

    page.run.until(lambda: words in outcome())


def press(run: Run, dialog: QDialog, words: str) -> None:
    run.until(lambda: words in buttons(dialog) and buttons(dialog)[words].isEnabled())
    click(buttons(dialog)[words])


def test_copies_are_found_and_share_their_bytes(page: Page, tmp_path: Path) -> None:
    copy = tmp_path / "mine" / "Sprout-copy.gguf"
    page.view.actions.take([copy.parent])
    said(page, "is part of the Library now")
    page.run.until(lambda: page.has(str(copy)))
    page.run.wait_for(Banner, "looks? the same as another one|is here twice")
    page.run.press("^Preview$")
    press(page.run, page.dialog(ShareDialog), "Compare their content")
    page.run.wait_for(Banner, "is here twice")
    assert page.cell("Sprout", Column.STORE) == "2 stores"

    blob = next((tmp_path / "hub").rglob("*.gguf")).resolve()
    content = blob.read_bytes()
    page.run.press("^Preview$")
    press(page.run, page.dialog(ShareDialog), "Share")
    ended(page, ActivityKind.SHARE, "share their bytes now")
    assert blob.read_bytes() == copy.read_bytes() == content
    page.run.until(lambda: not any(group.reclaimable for group in page.run.backend.library.duplicates()))


def test_a_changed_file_is_found_by_verifying(page: Page, tmp_path: Path) -> None:
    page.pick("Verify", "Sprout")
    ended(page, ActivityKind.VERIFY, "every byte is as it should be")
    page.run.until(lambda: page.state("Sprout") == "Verified")
    blob = next((tmp_path / "hub").rglob("*.gguf")).resolve()
    content = bytearray(blob.read_bytes())
    content[-1] ^= 1
    blob.write_bytes(content)
    page.pick("Verify", "Sprout")
    ended(page, ActivityKind.VERIFY, "is damaged")
    page.run.until(lambda: page.state("Sprout") == "File changed")


def test_a_model_is_moved_and_then_deleted(page: Page, tmp_path: Path) -> None:
    target = tmp_path / "disk"
    target.mkdir()
    page.pick("Move to another folder …", "Sprout")
    dialog = page.dialog(MoveDialog)
    dialog.choose(target)
    press(page.run, dialog, "Move here")
    ended(page, ActivityKind.MOVE, "Moved and verified")
    place = target / "acme" / "Sprout-GGUF" / "Sprout-Q8_0.gguf"
    page.run.until(place.is_file)
    page.run.until(lambda: page.has(str(place)))
    assert page.cell(str(place), Column.STORE) == "Other folders"
    assert not list((tmp_path / "hub").rglob("*.gguf"))
    page.pick("Delete …", str(place))
    press(page.run, page.dialog(DeleteDialog), "Delete")
    said(page, "deleted")
    assert not place.exists()


def test_a_single_file_is_shown_in_place(page: Page, tmp_path: Path) -> None:
    copy = tmp_path / "mine" / "Sprout-copy.gguf"
    wrong = tmp_path / "notes.gguf"
    wrong.write_text("no model at all")
    page.view.actions.take([wrong, copy])
    page.run.until(lambda: page.named().startswith("Sprout-copy"))
    assert len(page.toasts) == 2
    assert not any("notes" in name for name in page.names())
    page.pick("Remove from the list", str(copy))
    said(page, "the file stays")
    page.run.until(lambda: not any("copy" in name for name in page.names()))
    assert copy.is_file()
