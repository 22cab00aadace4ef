"""Converting a folder, what the inspector says of made files, and the jobs of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QRadioButton

from backend.activities.types import Activity, ActivityKind, ActivityState
from backend.store.made import MadeModel, MergedAdapter, Recipe
from tests.support import fake_data as data
from tests.support.driving import click, shown
from tests.support.fake_lab import FakeConverter, engine_work, made, original
from tests.support.library_page import Page
from ui.jobs import texts
from ui.pages.library.dialogs.convert import ConvertDialog
from ui.pages.library.inspector_metadata import made_facts
from ui.pages.library.quant.dialog import QuantDialog
from ui.widgets.buttons import Button

Library = Callable[..., Page]
NBSP = "\u00a0"


def converter(page: Page) -> FakeConverter:
    return page.run.backend.converter  # type: ignore[attr-defined,no-any-return]


def test_a_folder_is_converted_to_the_chosen_type(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = library()
    folder = tmp_path / "SmolLM3-3B"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    page.view._head.convert.emit()
    dialog = page.dialog(ConvertDialog)
    assert "3.1B parameters" in dialog.text() and dialog.type == "BF16"
    click(next(radio for radio in dialog.findChildren(QRadioButton) if radio.text() == "Q8_0"))
    click(next(button for button in dialog.findChildren(Button) if button.text() == "Convert"))
    page.run.until(lambda: converter(page).started == [(folder, "Q8_0")])
    page.run.until(lambda: page.toasts == ["Converting SmolLM3-3B to Q8_0"])


def test_what_has_no_room_or_is_not_known_is_refused(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = library()
    small = replace(data.DISK, free=5_000_000_000)
    monkeypatch.setattr(page.run.backend.machines, "disk", lambda _path: small)
    page.view.making.convert_folder(tmp_path / "SmolLM3-3B")
    dialog = page.dialog(ConvertDialog)
    assert not dialog._convert.isEnabled()
    click(next(radio for radio in dialog.findChildren(QRadioButton) if radio.text() == "Q8_0"))
    assert dialog._convert.isEnabled()
    dialog.reject()
    page.view.making.convert_folder(tmp_path / "Mystery")
    dialog = page.dialog(ConvertDialog)
    assert dialog.title() == "This folder cannot be converted" and "tokenizer" in dialog.text()
    assert [button.text() for button in dialog.findChildren(Button) if button.isVisible()] == ["Close"]
    dialog.reject()


def test_the_inspector_says_what_a_file_was_made_from(library: Library) -> None:
    page = library()
    page.library.set_rows([original(), made(), *page.library.models()])
    page.run.until(lambda: page.has(made().id))
    page.choose(made().id)
    page.run.wait_for(QLabel, "^importance matrix ")
    page.choose("my-merge")
    page.run.until(lambda: shown(page.run.window, QLabel, "^Made from$") is None)
    page.run.window.quantize()  # as the command palette does
    dialog = page.dialog(QuantDialog)
    assert dialog.windowTitle() == "Quantize my-merge"
    dialog.reject()


def test_a_merged_model_names_its_adapters_and_scales() -> None:
    recipe = Recipe("F16", adapters=(MergedAdapter("sql-helper", 0.75, ""), MergedAdapter("terse", 1.0, "")))
    merged = MadeModel("00", 1, "x.gguf", "merge", "a", "Qwen3", "", recipe, "0.3.36", data.NOW)
    facts = {fact.name: fact.value for fact in made_facts(merged)}
    assert facts["Made from"] == "Qwen3"
    words = "adapter sql-helper at 0.75, adapter terse at 1.00, changed weights at F16"
    assert facts["Made with"].replace("\u200b", "") == words
    work = Activity("1", ActivityKind.MERGE, "qwen-sql", state=ActivityState.DONE, path="/m/x.gguf")
    assert texts.title(work) == "Merge qwen-sql" and texts.made_model(work)


def test_jobs_of_the_engine_in_words() -> None:
    quantize, lab, matrix, failed, done = engine_work()
    assert texts.title(quantize) == "Quantize Qwen3-8B-Instruct"
    assert texts.amount(quantize) == f"9.5 of 16.4{NBSP}GB  53{NBSP}MB/s" and texts.note(quantize)
    assert texts.amount(lab) == "6,100 of 16,384 tokens  412 tok/s"
    assert texts.amount(matrix) == "48,000 tokens, waits for its turn"
    assert texts.amount(failed) == "" and texts.spoken(failed).endswith(failed.error_title)
    assert texts.amount(done) == "Made and verified."


def test_results_and_made_models_are_one_click_away(library: Library) -> None:
    page = library()
    page.library.set_rows([original(), made(), *page.library.models()])
    lab = replace(engine_work()[1], state=ActivityState.DONE, note="2 types measured.")
    for each in (lab, engine_work()[4]):
        page.activities.change(each)
    page.run.bridge.flush()
    running = replace(engine_work()[4], state=ActivityState.RUNNING)
    for each in (running, engine_work()[4]):
        page.activities.change(each)
        page.run.bridge.flush()
    assert page.toasts == ["Quantize Qwen3-8B-Instruct Q4_K_M\nMade and verified."]
    page.run.window.open_jobs()
    page.run.press("^Results$")
    dialog = page.dialog(QuantDialog)
    assert dialog.windowTitle() == "Quantize Qwen3-8B-Instruct"
    dialog.reject()
    page.run.window.open_jobs()
    row = page.run.window.drawer.column.reveal("activity:e5")
    assert row is not None and row._chat.isVisible() and row._show.isVisible()
