"""Connections to other engines in the settings: listed, checked, added, changed and removed; no key shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend.app import Backend
from backend.engines.connections import Connections
from backend.paths import Paths
from tests.support.keyrings import MemoryKeyring, installed
from tests.support.standin_openai import StandInOpenAI
from tests.ui.conftest import Opened, settle
from ui.pages.settings.connection_sheet import ConnectionSheet
from ui.widgets.buttons import IconButton

SECRET = "sk-canary-4711"


def open_servers(qtbot: QtBot, opened: Opened) -> Any:
    opened.window.open_settings("connections")
    settle(qtbot)
    return opened.window.page("settings").pane("connections").servers


def sheet_of(opened: Opened) -> ConnectionSheet:
    return next(each for each in opened.window.findChildren(ConnectionSheet) if each.isVisible())


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_list_says_what_is_there_and_asks_only_when_told(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("full")
    servers = open_servers(qtbot, opened)
    connections = opened.backend.connections
    assert list(servers.rows) == ["gpu-box", "router", "laptop"]
    assert not servers.empty.isVisible()
    assert connections.asked == []
    rows = servers.rows
    rows["gpu-box"].check.click()
    rows["laptop"].check.click()
    settle(qtbot)
    assert connections.asked == ["http://192.168.178.40:8000/v1", "http://laptop.local:11434"]
    assert "vLLM 0.11.0 answers, 2 models." in texts(rows["gpu-box"])
    assert "Nobody answers at laptop.local" in texts(rows["laptop"])
    assert rows["router"].state.text() == ""
    names = [button.accessibleName() for button in rows["router"].findChildren(IconButton)]
    assert names == ["Change Hugging Face", "Remove Hugging Face"]


def test_how_to_connect_can_be_copied(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    servers = open_servers(qtbot, open_window("empty"))
    assert servers.empty.isVisible()
    shown = texts(servers)
    for words in (
        "llama-server",
        "vLLM on a Ray cluster",
        "ray start --head",
        "LM Studio",
        "router.huggingface.co",
    ):
        assert words in shown
    copies = [each for each in servers.findChildren(IconButton) if each.toolTip() == "Copy the command"]
    copies[-2].click()
    assert QGuiApplication.clipboard().text() == "https://router.huggingface.co/v1"


def test_adding_with_the_keyboard_against_a_real_server(
    qtbot: QtBot, open_window: Callable[..., Opened], tmp_path: Path
) -> None:
    ring = MemoryKeyring()
    with installed(ring), StandInOpenAI("vllm", key=SECRET) as server, Backend(Paths.under(tmp_path)) as real:
        opened = open_window("empty")
        opened.backend.connections = Connections(real.network, real.settings, opened.backend.bus)
        servers = open_servers(qtbot, opened)
        servers.add.setFocus()
        qtbot.keyClick(servers.add, Qt.Key.Key_Space)
        sheet = sheet_of(opened)
        assert sheet.focusWidget() is sheet.name
        assert not sheet.save.isEnabled()
        assert sheet.key.echoMode() is QLineEdit.EchoMode.Password
        qtbot.keyClicks(sheet.name, "My box")
        qtbot.keyClicks(sheet.address, server.url)
        sheet.check.click()
        qtbot.waitUntil(lambda: "wants a key" in sheet.result.text())
        qtbot.keyClicks(sheet.key, SECRET)
        assert sheet.result.text() == ""
        sheet.check.click()
        qtbot.waitUntil(lambda: "vLLM 0.11.0 answers" in sheet.result.text())
        assert ring.entries == {}
        qtbot.keyClick(sheet.key, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: list(servers.rows) == ["my-box"])
        row = servers.rows["my-box"]
        qtbot.waitUntil(lambda: "vLLM 0.11.0 answers" in row.state.text())
        qtbot.waitUntil(lambda: "with a key" in texts(row))
        assert list(ring.entries.values()) == [SECRET]
        shown = [label.text() for label in opened.window.findChildren(QLabel)]
        assert not [text for text in shown if SECRET in text]
        files = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert not [file for file in files if SECRET.encode() in file.read_bytes()]


def test_changing_and_removing(
    qtbot: QtBot, open_window: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("full")
    servers = open_servers(qtbot, opened)
    row = servers.rows["gpu-box"]
    row.edit.click()
    sheet = sheet_of(opened)
    assert (sheet.name.text(), sheet.key.text()) == ("GPU box in the cellar", "")
    assert not sheet.kind.isVisible()
    sheet.address.setText("ftp://x")
    qtbot.keyClicks(sheet.name, "Cellar")
    sheet.save.click()
    qtbot.waitUntil(lambda: "not the address" in sheet.result.text())
    sheet.address.setText("gpu-box:9000")
    sheet.forget.click()
    sheet.save.click()
    qtbot.waitUntil(lambda: "http://gpu-box:9000/v1 · without a key" in texts(row))
    assert servers.rows["gpu-box"] is row
    assert "gpu-box" not in opened.backend.connections.keys
    asked: list[str] = []
    monkeypatch.setattr(servers._shell, "confirm", lambda title, *_rest, **_more: not asked.append(title))
    row.remove.click()
    qtbot.waitUntil(lambda: list(servers.rows) == ["router", "laptop"])
    assert asked == ["Remove Cellar?"]
