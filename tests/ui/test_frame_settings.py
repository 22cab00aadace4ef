"""Settings: every pane shows what the services say, and changes reach them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.support import fake_data
from tests.ui.conftest import Opened, settle
from ui.pages.settings.network import LedgerModel
from ui.theme import theme


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def open_pane(qtbot: QtBot, opened: Opened, name: str) -> QWidget:
    opened.window.open_settings(name)
    settle(qtbot)
    return opened.window.page("settings").pane(name)


def test_appearance_takes_effect_and_is_saved(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "appearance")
    try:
        pane.scheme.set_value("dark")
        assert theme.scheme == "dark"
        qtbot.waitUntil(lambda: opened.backend.settings.get().theme == "dark")
    finally:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, "light")
    pane.language.setCurrentIndex(pane.language.findData("pl"))
    qtbot.waitUntil(lambda: opened.backend.settings.get().language == "pl")
    assert pane._restart.isVisible()


def test_options_of_models_and_downloads_are_saved(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    models = open_pane(qtbot, opened, "models")
    models.context.setCurrentIndex(models.context.findData(4096))
    models.cache.setCurrentIndex(models.cache.findData("q8_0"))
    downloads = open_pane(qtbot, opened, "downloads")
    downloads.at_once.setValue(5)
    settle(qtbot)
    saved = opened.backend.settings.get()
    assert (saved.default_n_ctx, saved.kv_type, saved.downloads_at_once) == (4096, "q8_0", 5)


def test_the_engine_report_and_loaded_models(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "engine")
    shown = texts(pane)
    assert fake_data.REPORT.build in shown and "NVIDIA GeForce RTX 3060" in shown
    assert "CMAKE_ARGS" not in shown, "there is a GPU build already"
    loaded = opened.backend.engine.loaded()[0]
    assert loaded.name in shown
    opened.window.page("settings")._presenter.unload(loaded)
    settle(qtbot)
    assert loaded.name not in texts(pane)


def test_without_a_gpu_build_the_commands_are_shown(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    report = replace(fake_data.REPORT, devices=fake_data.REPORT.devices[:1])
    opened.backend.engine.probe = lambda: report
    shown = texts(open_pane(qtbot, opened, "engine"))
    assert "GGML_CUDA=on" in shown and "llama-cpp-python==0.3.36" in shown


def test_an_engine_that_cannot_be_probed_says_so(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    shown = texts(open_pane(qtbot, open_window("error"), "engine"))
    assert "could not be reached" in shown


def test_network_lists_hosts_and_blocked_tries(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "network")
    model = pane.model
    cells = [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(5)]
    assert cells[0][0] == "huggingface.co" and cells[4][5] == "2 tries"
    assert "5 hosts" in texts(pane)
    pane.offline.click()
    qtbot.waitUntil(lambda: opened.backend.network.offline)
    qtbot.waitUntil(opened.window.rail._offline.isChecked)


def test_no_connection_yet_is_said(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    pane = open_pane(qtbot, open_window("empty"), "network")
    assert "No connection has been made since the start" in texts(pane)


def test_the_ledger_changes_row_by_row(qtbot: QtBot) -> None:
    from tests.support.fake_backend import _ledger

    model = LedgerModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = _ledger()
    model.set_rows(rows[:2])
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.set_rows((replace(rows[1], requests=999), rows[0], rows[2]))
    assert changed == [1] and model.rowCount() == 3
    model.set_rows(rows[2:3])
    assert model.rowCount() == 1
    del tester


@pytest.mark.parametrize("answer", [True, False])
def test_all_chats_are_deleted_only_after_a_yes_and_can_come_back(
    qtbot: QtBot, open_window: Callable[..., Opened], answer: bool
) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "data")
    opened.window.confirm = lambda *args, **more: answer
    before = len(opened.backend.chats.chats())
    pane.delete.click()
    settle(qtbot)
    assert len(opened.backend.chats.chats()) == (0 if answer else before)
    if answer:
        opened.window.toasts._shown()[0]._act()
        settle(qtbot)
        assert len(opened.backend.chats.chats()) == before


def test_the_licences_are_there_to_read(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    pane = open_pane(qtbot, open_window("full"), "about")
    for place in range(pane.choice.count()):
        pane.choice.setCurrentIndex(place)
        assert len(pane.text.toPlainText()) > 200
    assert pane.choice.count() >= 3
