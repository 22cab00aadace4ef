"""The local server in the settings: switch, token, port, and the requests as they come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from backend.server.types import RequestLine, ServerState
from tests.support.fake_server import lines
from tests.ui.conftest import Opened, settle


def open_pane(qtbot: QtBot, opened: Opened) -> Any:
    opened.window.open_settings("server")
    settle(qtbot)
    return opened.window.page("settings").pane("server")


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_token_stays_hidden_and_can_be_copied_renewed_and_given_up(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("empty")
    server, pane = opened.backend.server, open_pane(qtbot, opened)
    assert not pane.switch.isChecked() and server.calls == [], "it is off until it is asked for"
    pane.switch.click()
    qtbot.waitUntil(lambda: server.status().state is ServerState.RUNNING)
    settle(qtbot)
    assert pane.address.text() == "http://127.0.0.1:1976/v1" and not pane.port.isEnabled()
    token = server.status().token
    assert token not in texts(pane) and token[-4:] in pane.token.text()
    pane.copy_token.click()
    assert QGuiApplication.clipboard().text() == token
    pane.new_token.click()
    qtbot.waitUntil(lambda: server.status().token != token)
    settle(qtbot)
    pane.copy_token.click()
    assert QGuiApplication.clipboard().text() == server.status().token
    assert not pane.warning.isVisible()
    pane.open.click()
    qtbot.waitUntil(lambda: server.status().token == "")
    settle(qtbot)
    assert pane.warning.isVisible() and not pane.copy_token.isVisible()
    pane.idle.setCurrentIndex(pane.idle.findText("never"))
    pane.idle.activated.emit(pane.idle.currentIndex())
    pane.content.click()
    settle(qtbot)
    assert (server.settings().idle_s, server.settings().log_content) == (0, True)
    pane.origins.setText("https://notes.example, http://localhost:3000")
    pane.origins.editingFinished.emit()
    settle(qtbot)
    assert server.settings().origins == ("https://notes.example", "http://localhost:3000")
    pane.switch.click()
    qtbot.waitUntil(lambda: server.status().state is ServerState.OFF)
    settle(qtbot)
    pane.port.setValue(4321)
    settle(qtbot)
    assert server.settings().port == 4321 and not server.settings().token_required
    assert pane.address.text() == "http://127.0.0.1:4321/v1"
    pane.address.setFixedWidth(60)
    assert "…" in pane.address.text()
    pane.copy_address.click()
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:4321/v1", "all of it is copied"


def test_a_taken_port_is_said_and_another_is_one_press_away(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("error")
    server, pane = opened.backend.server, open_pane(qtbot, opened)
    assert "Port 1976 is used by another program." in texts(pane) and not pane.switch.isChecked()
    pane.trouble.acted.emit()
    qtbot.waitUntil(lambda: server.status().state is ServerState.RUNNING)
    settle(qtbot)
    assert pane.switch.isChecked() and not pane.trouble.isVisible() and server.settings().port == 1977


def test_a_server_that_cannot_be_had_is_said_and_the_rest_goes_on(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("empty")
    server, pane = opened.backend.server, open_pane(qtbot, opened)
    server.broken = ("The local server needs packages that are not installed.", "python3 -m pip install …")
    pane.switch.click()
    qtbot.waitUntil(lambda: server.status().state is ServerState.FAILED)
    settle(qtbot)
    assert "packages that are not installed. python3 -m pip" in texts(pane) and pane.trouble.isVisible()
    assert not pane.switch.isChecked() and pane.port.isEnabled()
    server.broken = None  # they were installed
    pane.switch.click()
    qtbot.waitUntil(lambda: server.status().state is ServerState.RUNNING)
    settle(qtbot)
    assert pane.switch.isChecked() and not pane.trouble.isVisible()


def test_requests_show_as_they_come_in_and_end(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    server, pane = opened.backend.server, open_pane(qtbot, opened)
    model = pane.log.model
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    assert [line.id for line in model.rows] == [5, 4, 3, 2, 1]
    pane.log.table.selectRow(3)
    assert "Prompt: List the members" in pane.log.detail.toPlainText()
    ended = replace(lines()[4], status=200, prompt_tokens=9, completion_tokens=70, seconds=1.4)
    server.ask(ended)
    server.ask(RequestLine(6, ended.started + 1, "POST", "/v1/embeddings"))
    qtbot.waitUntil(lambda: [line.id for line in model.rows] == [6, 5, 4, 3, 2, 1])
    shown = [model.data(model.index(1, column)) for column in range(model.columnCount())]
    assert shown[1:] == ["POST chat/completions", "starter", "9 → 70", "1.4 s", "200"]
    assert pane.log.table.currentIndex().row() == 4 and "Prompt:" in pane.log.detail.toPlainText()
    assert resets == []
    pane.log.clear.click()
    settle(qtbot)
    assert server.log() == () and model.rows == () and not pane.log.detail.isVisible()
