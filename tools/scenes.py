"""What `tools/pictures.py` draws: each page, and what is done with it first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tests.support import fake_data
from tests.support.fake_backend import STATES
from tools import capacity_scenes
from tools.adapter_chat_scenes import ADAPTER_CHAT
from tools.adapters_scenes import ADAPTERS
from tools.bench_scenes import BENCH
from tools.chat_scenes import CHAT
from tools.compare_scenes import COMPARE
from tools.library_scenes import LIBRARY
from tools.quant_scenes import QUANT
from tools.settling import settle

if TYPE_CHECKING:
    from ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Scene:
    """A page to draw, and what to do with it first."""

    name: str
    states: tuple[str, ...]
    prepare: Callable[[MainWindow], None]


def _discover(window: MainWindow) -> None:
    window.show_page("discover")
    window.page("discover").search("")


def _discover_with(text: str, act: Callable[[Any], object]) -> Callable[[MainWindow], None]:
    """Search for `text`, wait for the result, then do something with the page."""

    def prepare(window: MainWindow) -> None:
        from PySide6.QtWidgets import QApplication

        window.show_page("discover")
        page = window.page("discover")
        page.search(text)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        settle(app, window)
        act(page)

    return prepare


def _trouble(window: MainWindow) -> None:
    from tests.support.fake_gardens import ollama_trouble

    window.show_page("discover")
    window.page("discover")._search._backend.catalogue.troubles = (ollama_trouble(),)
    window.page("discover").search("")


def _filters(page: Any) -> None:
    bar = page._browse.controls.bar
    bar.choose(size="medium", purpose="chat", license="apache-2.0")
    bar._chips["language"].open()


def _tab(place: int) -> Callable[[Any], None]:
    return lambda page: page._detail._tabs.setCurrentIndex(place)


def _unfold(page: Any) -> None:
    rows = page._browse.list
    rows.turn(rows.model().index(1, 0), True)


def _settings(pane: str) -> Callable[[MainWindow], None]:
    return lambda window: window.open_settings(pane)


def _jobs(window: MainWindow) -> None:
    _discover(window)
    window.open_jobs()


def _jobs_details(window: MainWindow) -> None:
    """An error with its details, and a copy of the weights that needs no permission."""
    from backend.hubs.types import SameWeights, Source

    backend: Any = window._backend
    gated = next(job for job in fake_data.jobs() if "gated" in job.error_code).request
    copy = SameWeights(Source.OLLAMA, "llama3.2", "3b-instruct-q8_0", gated.quant.files[0].sha256 or "")
    backend.catalogue.same_weights = lambda key: (copy,) if key == f"hf:{gated.repo_id}" else ()
    _jobs(window)
    for row in window.drawer.column.rows():
        row._more.setChecked(not row._more.isHidden())


def _jobs_queue(window: MainWindow) -> None:
    """Two hundred that wait, one of them with the keyboard, another held by the mouse."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtWidgets import QApplication

    backend: Any = window._backend
    template = next(job for job in fake_data.jobs() if job.state.value == "queued")
    for number in range(10, 210):
        backend.downloads.change(replace(template, id=f"q{number}", sequence=number))
    _jobs(window)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)
    column = window.drawer.column
    row = column.reveal("q40")
    assert row is not None
    row.setFocus(Qt.FocusReason.TabFocusReason)
    column._drag(row.mapToGlobal(QPoint(80, 6)))


def _connections(source: str, keyring: bool) -> Callable[[MainWindow], None]:
    """With a token from `source` that was just checked."""

    def prepare(window: MainWindow) -> None:
        from backend.hubs.token import TokenSource
        from backend.library.types import Store
        from tests.support.fake_services import FakeTokens

        backend: Any = window._backend
        backend.tokens = FakeTokens(TokenSource(source), keyring=keyring)
        if not keyring:
            backend.library.unwritable.add(Store.OLLAMA)
        window.open_settings("connections")
        window.page("settings").pane("connections").check.click()

    return prepare


def _servers(window: MainWindow) -> None:
    """Every connection was just checked."""
    from PySide6.QtWidgets import QApplication, QScrollArea

    window.open_settings("connections")
    settle(QApplication.instance(), window)
    pane = window.page("settings").pane("connections")
    for row in pane.servers.rows.values():
        row.check.click()
    settle(QApplication.instance(), window)
    pane.findChild(QScrollArea).ensureWidgetVisible(pane.servers.add, 0, 200)


def _how_to(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication, QScrollArea

    window.open_settings("connections")
    settle(QApplication.instance(), window)
    bar = window.page("settings").pane("connections").findChild(QScrollArea).verticalScrollBar()
    bar.setValue(bar.maximum())


def _connection_sheet(checked: bool) -> Callable[[MainWindow], None]:
    def prepare(window: MainWindow) -> None:
        from PySide6.QtWidgets import QApplication

        from ui.pages.settings.connection_sheet import ConnectionSheet

        window.open_settings("connections")
        settle(QApplication.instance(), window)
        window.page("settings").pane("connections").servers.add.click()
        settle(QApplication.instance(), window)
        sheet = window.findChild(ConnectionSheet)
        sheet.name.setText("GPU box")
        sheet.address.setText("http://192.168.178.40:8000" if checked else "ftp://gpu-box")
        sheet.key.setText("sk-not-real")
        sheet._edited()
        sheet.check.click()

    return prepare


def _palette(window: MainWindow) -> None:
    window.show_page("library")
    window.open_palette()


def _library(*act: Callable[[Any], object]) -> Callable[[MainWindow], None]:
    """The library, after `act` was done to its page once its rows are there."""

    def prepare(window: MainWindow) -> None:
        from PySide6.QtWidgets import QApplication

        window.show_page("library")
        settle(QApplication.instance(), window)
        for each in act:
            each(window.page("library"))

    return prepare


def scenes() -> tuple[Scene, ...]:
    """Every page; pages whose module is not there are left out."""
    from ui.pages.settings.panes import PANES

    panes = [pane.name for pane in PANES]
    return (
        Scene("welcome", ("empty", "full"), lambda window: window.show_page("discover")),
        Scene("discover", STATES, _discover),
        Scene("discover-ollama", ("full",), _discover_with("ollama:gemma3:12b", lambda page: None)),
        Scene("discover-about", ("full",), _discover_with("ollama:gemma3:12b", _tab(1))),
        Scene("discover-uploads", ("full",), _discover_with("Gemma-3-12B", _tab(2))),
        Scene("discover-adapters", ("full",), _discover_with("", _tab(3))),
        Scene("discover-unfolded", ("full",), _discover_with("", _unfold)),
        Scene("discover-gated", ("full",), _discover_with("Llama-3.2", lambda page: None)),
        Scene("discover-unknown", ("full",), _discover_with("Newest", lambda page: None)),
        Scene("discover-no-gguf", ("full",), _discover_with("cascade", lambda page: None)),
        Scene("discover-filters", ("full",), _discover_with("", _filters)),
        Scene("discover-trouble", ("full",), _trouble),
        *(Scene(name, states, _library(*acts)) for name, states, *acts in LIBRARY),
        *(Scene(*each) for each in capacity_scenes.scenes()),
        *(Scene(name, states, act) for name, states, act in (*QUANT, *COMPARE, *BENCH, *ADAPTERS)),
        Scene("chat", STATES, lambda window: window.show_page("chat")),
        *(Scene(name, states, act) for name, states, act in (*CHAT, *ADAPTER_CHAT)),
        Scene("jobs", STATES, _jobs),
        Scene("jobs-details", ("error",), _jobs_details),
        Scene("jobs-queue", ("busy",), _jobs_queue),
        Scene("settings-connections-signed-in", ("full", "error"), _connections("keyring", True)),
        Scene("settings-connections-session", ("empty",), _connections("session", False)),
        Scene("settings-connections-servers", ("full",), _servers),
        Scene("settings-connections-how-to", ("full",), _how_to),
        Scene("settings-connections-add", ("full",), _connection_sheet(True)),
        Scene("settings-connections-refused", ("full",), _connection_sheet(False)),
        Scene("palette", ("full",), _palette),
        *(Scene(f"settings-{pane}", ("empty", "full", "error"), _settings(pane)) for pane in panes),
    )
