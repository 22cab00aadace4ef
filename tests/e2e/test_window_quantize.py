"""The quant lab in the real window, over real workers: make a type, measure what it lost, find it there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend.activities.types import ActivityKind
from tests.support.driving import prepare, put_in_cache, running
from tests.support.library_page import Page
from tests.support.quant_desk import QuantDesk
from tests.support.tiny_gguf import tiny_llama
from ui.pages.library.quant.dialog import QuantDialog
from ui.pages.library.quant.rows import Column
from ui.pages.library.rows import Column as Store


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Page]:
    """A hub cache with one model in full precision."""
    prepare(qapp)
    cache = tmp_path / "hub"
    cache.mkdir()
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    put_in_cache(cache, "acme/Sprout-GGUF", tiny_llama(tmp_path / "Sprout-F16.gguf", width=256))
    with running(tmp_path / "home", offline=True) as run:
        run.go("Library")
        page = Page(run)
        page.run.until(lambda: "Sprout" in page.names())
        yield page


def open_lab(page: Page) -> QuantDesk:
    page.choose("hf:acme/Sprout-GGUF/Sprout-F16.gguf")
    QTest.keyClick(page.table, Qt.Key.Key_Q)
    desk = QuantDesk(page, page.dialog(QuantDialog))
    page.run.until(lambda: desk.dialog._bench is not None and desk.dialog._bench.complete)
    return desk


def test_a_type_is_made_measured_and_found(page: Page) -> None:
    desk = open_lab(page)
    desk.tick("Q4_K_M")
    page.run.until(lambda: desk.ready)
    QTest.keyClick(desk.dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def over() -> bool:
        rows = [row for row in page.run.backend.activities.rows() if row.kind is ActivityKind.LAB]
        assert not rows or not rows[-1].error_title, rows[-1].error_title
        return bool(rows) and not rows[-1].state.active

    page.run.until(over, 120_000)  # several processes, one after the other
    made = next((page.run.backend.paths.models / "orangery").rglob("*-Q4_K_M.gguf"))
    page.run.until(lambda: page.has(str(made)))
    assert page.cell(str(made), Store.STORE) == "Made here"
    again = open_lab(page)
    page.run.until(lambda: again.cell("Q4_K_M", Column.LOSS)[:1].isdigit())
    assert not again.cell("Q4_K_M", Column.SPEED).startswith("~"), "measured, not predicted"
