"""Connections, folders and the speed limit: what is there, what may be changed, and no secret kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backend.errors import AppError
from backend.hubs.token import TokenSource
from backend.library.types import Store
from backend.net.ledger import LedgerRow, Outcome, RequestRow
from tests.support.fake_services import FakeTokens
from tests.ui.conftest import Opened, settle
from ui.frame.commands import commands_for
from ui.pages import PAGES
from ui.pages.settings.network import ledger_csv
from ui.pages.settings.requests import RequestsModel
from ui.widgets.speed_limit import SpeedLimit, parse_speed

SECRET = "hf_a1B2c3D4e5F6secret"


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def open_pane(qtbot: QtBot, opened: Opened, name: str) -> QWidget:
    opened.window.open_settings(name)
    settle(qtbot)
    return opened.window.page("settings").pane(name)


@pytest.mark.parametrize(
    ("source", "words", "forgettable"),
    [
        (TokenSource.NONE, "None.", False),
        (TokenSource.ENVIRONMENT, "HF_TOKEN", False),
        (TokenSource.KEYRING, "keyring of this system", True),
        (TokenSource.SESSION, "this session only", True),
        (TokenSource.HUB_FILE, "hf auth login", False),
    ],
)
def test_where_the_token_comes_from_is_said_in_words(
    qtbot: QtBot, open_window: Callable[..., Opened], source: TokenSource, words: str, forgettable: bool
) -> None:
    opened = open_window("full")
    opened.backend.tokens = FakeTokens(source)
    pane = open_pane(qtbot, opened, "connections")
    assert words in pane.token.note.text()
    assert pane.forget.isVisible() == forgettable
    assert pane.check.isVisible() == (source is not TokenSource.NONE)


@pytest.mark.parametrize("keyring", [True, False])
def test_a_token_is_handed_on_and_never_shown_or_written(
    qtbot: QtBot, open_window: Callable[..., Opened], tmp_path: Path, keyring: bool
) -> None:
    opened = open_window("full")
    opened.backend.tokens = tokens = FakeTokens(TokenSource.NONE, keyring=keyring)
    pane = open_pane(qtbot, opened, "connections")
    assert pane.no_keyring.isVisible() != keyring
    assert pane.field.echoMode() is QLineEdit.EchoMode.Password
    pane.field.setFocus()
    qtbot.keyClicks(pane.field, f"  {SECRET} ")
    qtbot.keyClick(pane.field, Qt.Key.Key_Return)
    settle(qtbot)
    assert tokens.saved == SECRET and pane.field.text() == ""
    assert ("keyring of this system" if keyring else "this session only") in pane.token.note.text()
    assert "Signed in as anna-k" in texts(pane)
    pane.forget.click()
    settle(qtbot)
    assert tokens.saved is None and "anna-k" not in texts(pane)
    opened.window.save_state()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert files, "the profile is there"
    assert not [file for file in files if SECRET.encode() in file.read_bytes()]
    shown = [label.text() for label in opened.window.findChildren(QLabel)]
    assert not [text for text in shown if SECRET in text]


def test_what_cannot_be_a_token_is_refused_in_place(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "connections")
    for text in ("", "two words", "gęś"):
        pane.field.setText(text)
        pane.save.click()
        settle(qtbot)
        assert opened.backend.tokens.saved is None, text
        assert pane._wrong.isVisible() and pane.field.property("invalid"), text
        qtbot.keyClicks(pane.field, "x")
        assert not pane._wrong.isVisible(), text


def test_a_token_that_the_hub_does_not_know_is_said_in_place(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("error")
    opened.backend.tokens = FakeTokens(TokenSource.HUB_FILE)
    pane = open_pane(qtbot, opened, "connections")
    pane.check.click()
    settle(qtbot)
    assert "could not be reached" in texts(pane) and pane.check.isEnabled()


def test_a_mirror_is_named(
    qtbot: QtBot, open_window: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("full")
    monkeypatch.setenv("HF_ENDPOINT", "https://mirror.example")
    opened.backend.hub.endpoint = "https://mirror.example"
    assert "https://mirror.example" in texts(open_pane(qtbot, opened, "connections"))


@pytest.mark.parametrize(
    ("runs", "writable", "daemon", "pulls"),
    [
        (True, True, "Version 0.12.3 at 127.0.0.1:11434, 1 model, 1 loaded.", "Ollama's own folder"),
        (False, True, "None answers at 127.0.0.1:11434", "Ollama's own folder"),
        (True, False, "Version 0.12.3", "Through the running Ollama"),
        (False, False, "None answers", "Orangery's own folder"),
    ],
)
def test_ollama_is_described_with_and_without_a_daemon(
    qtbot: QtBot, open_window: Callable[..., Opened], runs: bool, writable: bool, daemon: str, pulls: str
) -> None:
    opened = open_window("full")
    opened.backend.daemon.names = ("mistral:7b",) if runs else ()
    opened.backend.library.unwritable = set() if writable else {Store.OLLAMA}
    pane = open_pane(qtbot, opened, "connections")
    assert daemon in pane.daemon.note.text() and pulls in pane.pulls.note.text()
    root = opened.backend.paths.data if not (runs or writable) else Path("/home/anna/.ollama/models")
    assert Path(pane.folder.full_text()).is_relative_to(root)


def test_the_palette_leads_to_the_connections(qtbot: QtBot, open_window: Callable[..., Opened]) -> None:
    opened = open_window("full")
    found = commands_for(opened.window, PAGES, offline=False, set_offline=lambda on: None)
    for title, pane in (("Connections", "connections"), ("Folders of the library", "models")):
        next(command for command in found if command.title == title).run()
        settle(qtbot)
        assert opened.window.page("settings").pane(pane).isVisible()


# -- folders


def test_folders_of_other_programs_are_listed_and_own_ones_come_and_go(
    qtbot: QtBot, open_window: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("full")
    library = opened.backend.library
    library.unwritable, library.problems = {Store.LM_STUDIO}, {Store.LM_STUDIO: "2 folders cannot be read."}
    pane = open_pane(qtbot, opened, "models")
    shown = texts(pane.stores).replace("\u00a0", " ")
    assert "Hugging Face cache\n6 models" in shown and "read only" in shown
    assert "2 folders cannot be read." in shown
    removable = [row.info.store for row in pane.stores.rows() if row.remove.isVisible()]
    assert removable == [Store.FOLDER]
    before = pane.stores.rows()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(tmp_path))
    pane.stores.add.click()
    settle(qtbot)
    assert library.added == [tmp_path]
    added = pane.stores.rows()[-1]
    assert added.path.full_text() == str(tmp_path) and pane.stores.rows()[:-1] == before
    added.remove.click()
    settle(qtbot)
    assert library.added == [] and pane.stores.rows() == before


def test_a_folder_that_is_not_there_is_said(
    qtbot: QtBot, open_window: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("full")

    def add_folder(path: Path) -> None:
        raise AppError("library.no_folder", f"There is no folder {path}.")

    monkeypatch.setattr(opened.backend.library, "add_folder", add_folder)
    pane = open_pane(qtbot, opened, "models")
    pane.stores.added.emit(tmp_path / "gone")
    settle(qtbot)
    assert "There is no folder" in opened.window.toasts._shown()[0].text


# -- speed limit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3_000_000),
        ("2.5", 2_500_000),
        ("2,5 MB/s", 2_500_000),
        ("800 KB", 800_000),
        ("1 gb/s", 1_000_000_000),
        ("", None),
        ("fast", None),
        ("0", None),
        ("-3", None),
        ("1e9", None),
        ("9999999", None),
    ],
)
def test_a_typed_speed_is_read_or_refused(text: str, value: int | None) -> None:
    assert parse_speed(text) == value


@given(st.text())
def test_any_text_is_a_speed_in_range_or_none(text: str) -> None:
    value = parse_speed(text)
    assert value is None or 10_000 <= value <= 10_000_000_000


def test_another_limit_can_be_typed_or_left(qtbot: QtBot) -> None:
    limit = SpeedLimit()
    qtbot.addWidget(limit)
    limit.show()
    chosen: list[int | None] = []
    limit.chosen.connect(chosen.append)
    other = limit.count() - 1
    limit.activated.emit(other)
    qtbot.keyClicks(limit.lineEdit(), "nonsense")
    qtbot.keyClick(limit.lineEdit(), Qt.Key.Key_Return)
    assert limit.isEditable() and not chosen
    qtbot.keyClick(limit.lineEdit(), Qt.Key.Key_Escape)
    assert not limit.isEditable() and limit.limit is None and limit.currentIndex() == 0
    limit.activated.emit(other)
    qtbot.keyClicks(limit.lineEdit(), "3.5")
    qtbot.keyClick(limit.lineEdit(), Qt.Key.Key_Return)
    assert chosen == [3_500_000] and not limit.isEditable()
    assert limit.currentData() == 3_500_000
    limit.activated.emit(0)
    assert chosen == [3_500_000, None]


def test_the_downloads_pane_saves_a_limit_and_follows_the_drawer(
    qtbot: QtBot, open_window: Callable[..., Opened]
) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "downloads")
    pane.limit.setCurrentIndex(pane.limit.findData(20_000_000))
    pane.limit.activated.emit(pane.limit.currentIndex())
    pane.connections.setValue(8)
    settle(qtbot)
    saved = opened.backend.settings.get()
    assert (saved.bandwidth_limit, saved.connections_per_file) == (20_000_000, 8)
    opened.backend.settings.update(bandwidth_limit=None, downloads_at_once=7)
    open_pane(qtbot, opened, "downloads")
    assert pane.limit.limit is None and pane.at_once.value() == 7


# -- network


def test_the_ledger_is_exported_without_formulas(
    qtbot: QtBot, open_window: Callable[..., Opened], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "network")
    assert "loopback" in [pane.model.index(row, 5).data() for row in range(pane.model.rowCount())]
    target = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    pane.export.click()
    settle(qtbot)
    lines = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert lines[0][0] == "host" and lines[1][:3] == [
        "huggingface.co",
        "searching, model cards, file lists",
        "1284",
    ]
    hostile = ledger_csv((LedgerRow("=cmd()", 1, 1, 1, "+x", 0.0, 0),))
    assert list(csv.reader(io.StringIO(hostile)))[1][:2] == ["'=cmd()", "'+x"]


def test_every_request_can_be_found_by_words_and_result(
    qtbot: QtBot, open_window: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_window("full")
    pane = open_pane(qtbot, opened, "network")
    view = pane.requests
    assert view.table.model().rowCount() == 10
    results = {view.filter.index(row, 5).data() for row in range(10)}
    assert results == {"running", "done", "refused", "no answer", "stopped", "local", "blocked"}
    qtbot.keyClicks(view.search, "ollama")
    assert view.filter.rowCount() == 2
    view.search.clear()
    view.outcome.setCurrentIndex(view.outcome.findData(Outcome.BLOCKED))
    assert view.filter.rowCount() == 2
    assert "Offline was on" in view.filter.index(0, 2).data()
    sure = [True, False]
    monkeypatch.setattr(opened.window, "confirm", lambda *_words, **_more: sure.pop())
    pane.clear.click()
    settle(qtbot)
    assert view.model.rowCount() == 10, "nobody was sure"
    pane.clear.click()
    settle(qtbot)
    assert view.model.rowCount() == 0 and "No connection has been made" in texts(pane)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(Outcome)), max_size=12))
def test_the_list_of_requests_changes_row_by_row(steps: list[tuple[int, Outcome]]) -> None:
    """`steps`: how many new ones there are, and what became of the latest; only the last five are kept."""
    model = RequestsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows: tuple[RequestRow, ...] = ()
    for fresh, outcome in steps:
        newest = rows[0].number if rows else 0
        added = tuple(RequestRow(newest + fresh - place, 0.0, "host", "") for place in range(fresh))
        rows = (added + rows)[:5]
        rows = (replace(rows[0], outcome=outcome), *rows[1:]) if rows else rows
        model.set_rows(rows)
        assert tuple(model.row(place) for place in range(model.rowCount())) == rows
    model.set_rows(())
    assert model.rowCount() == 0
    del tester
