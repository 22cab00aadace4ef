#!/usr/bin/env python3
"""Draws every page of the real window, with fixed content, into PNG files for people to look at.

    python3 tools/pictures.py OUT [--only 'discover-*-dark-*'] [--lang pl]

Names are ``page-state-theme-WIDTHxHEIGHT.png``. The exit code is 1 if a text is cut off in a label or button
without an ellipsis, or if a pair of tokens has too little contrast.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.support import fake_data  # noqa: E402
from tests.support.fake_backend import STATES, FakeBackend  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.window import MainWindow

SIZES = ((1024, 700), (1600, 1000))
THEMES = ("light", "dark")
SETTLE_S = 4.0
"""Longest time that a page may take to show its content."""
PAUSE_MS = 1_000


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
        from tests.support.fake_services import FakeTokens

        backend: Any = window._backend
        backend.tokens = FakeTokens(TokenSource(source), keyring=keyring)
        backend.library.ollama_writable = keyring
        window.open_settings("connections")
        window.page("settings").pane("connections").check.click()

    return prepare


def _palette(window: MainWindow) -> None:
    window.show_page("library")
    window.open_palette()


def scenes() -> tuple[Scene, ...]:
    """Every page; pages whose module is not there are left out."""
    panes = (
        "appearance",
        "models",
        "downloads",
        "connections",
        "engine",
        "network",
        "data",
        "keyboard",
        "about",
    )
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
        Scene("library", STATES, lambda window: window.show_page("library")),
        Scene("chat", STATES, lambda window: window.show_page("chat")),
        Scene("jobs", STATES, _jobs),
        Scene("jobs-details", ("error",), _jobs_details),
        Scene("jobs-queue", ("busy",), _jobs_queue),
        Scene("settings-connections-signed-in", ("full", "error"), _connections("keyring", True)),
        Scene("settings-connections-session", ("empty",), _connections("session", False)),
        Scene("palette", ("full",), _palette),
        *(Scene(f"settings-{pane}", ("empty", "full", "error"), _settings(pane)) for pane in panes),
    )


def settle(app: QApplication, window: MainWindow) -> None:
    """Let the work of the page finish and its results arrive."""
    from PySide6.QtCore import QTimer

    from ui import tasks

    def pausing() -> bool:
        """Whether something is about to be asked after a short pause, such as the size of the context."""
        return any(
            timer.isActive() and timer.isSingleShot() and timer.interval() < PAUSE_MS
            for timer in window.findChildren(QTimer)
        )

    deadline = time.monotonic() + SETTLE_S
    quiet = 0
    while time.monotonic() < deadline and quiet < 8:
        app.processEvents()
        quiet = quiet + 1 if tasks.wait_idle(0.02) and not pausing() else 0
    app.processEvents()


def picture(app: QApplication, window: MainWindow) -> QPixmap:
    """The window, with an open menu over it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter

    whole = window.grab()
    popup = app.activePopupWidget()
    if popup is not None:
        painter = QPainter(whole)
        painter.drawPixmap(popup.pos() - window.mapToGlobal(QPoint(0, 0)), popup.grab())
        painter.end()
        popup.close()
    return whole


def clipped(window: QWidget) -> Iterator[str]:
    """Labels and buttons whose words are wider or higher than their room, and are not cut with an
    ellipsis."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QFontMetricsF
    from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton

    for widget in window.findChildren(QLabel) + window.findChildren(QAbstractButton):
        if not widget.isVisible() or not widget.text() or widget.visibleRegion().isEmpty():
            continue
        text = widget.text()
        metrics = QFontMetricsF(widget.font())
        beyond = _beyond_viewport(widget)
        if beyond:
            yield f"{_path(widget)}: {text!r} is cut off by {beyond} px of its scroll area"
            continue
        if isinstance(widget, QLabel):
            if widget.textFormat() is Qt.TextFormat.RichText or text.endswith("…"):
                continue
            room = widget.contentsRect()
            if widget.wordWrap():
                needed = metrics.boundingRect(
                    room.toRectF().adjusted(0, 0, 0, 10_000), Qt.TextFlag.TextWordWrap, text
                )
                if needed.height() > room.height() + 2 or needed.width() > room.width() + 2:
                    yield f"{_path(widget)}: {text!r} needs {needed.height():.0f} px, has {room.height()}"
                continue
            needed_width = max(metrics.horizontalAdvance(line) for line in text.splitlines())
            if needed_width > room.width() + 1.5:
                yield f"{_path(widget)}: {text!r} needs {needed_width:.0f} px, has {room.width()}"
        elif isinstance(widget, QPushButton | QCheckBox | QRadioButton) and (
            widget.sizeHint().width() > widget.width() + 1
        ):
            yield f"{_path(widget)}: {text!r} needs {widget.sizeHint().width()} px, has {widget.width()}"


def _beyond_viewport(widget: QWidget) -> int:
    """Pixels of `widget` right of a scroll area around it that cannot be scrolled sideways."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtWidgets import QAbstractItemView, QScrollArea

    parent = widget.parentWidget()
    while parent is not None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if isinstance(parent, QAbstractItemView):
            return 0
        if isinstance(parent, QScrollArea) and parent.horizontalScrollBarPolicy() == off:
            right = widget.mapTo(parent.viewport(), QPoint(widget.width(), 0)).x()
            return max(right - parent.viewport().width(), 0)
        parent = parent.parentWidget()
    return 0


def _path(widget: QWidget) -> str:
    names = []
    current: QWidget | None = widget
    while current is not None and len(names) < 4:
        names.append(type(current).__name__)
        current = current.parentWidget()
    return "/".join(reversed(names))


def poor_contrast() -> Iterator[str]:
    """Pairs of tokens that are harder to read than the token file promises."""
    from ui.theme.tokens import contrast_ratio, tokens

    for scheme, pairs in tokens().contrast.items():
        colours = tokens().colours[scheme]
        for pair in pairs:
            ratio = contrast_ratio(colours[pair.foreground], colours[pair.background])
            if ratio < pair.minimum:
                yield f"{scheme}: {pair.foreground} on {pair.background} is {ratio:.2f}, wants {pair.minimum}"


def draw(app: QApplication, out: Path, pattern: str, language: str) -> list[str]:
    """Draw every picture that `pattern` matches; return what is cut off."""
    from PySide6.QtCore import QSettings

    from ui import i18n
    from ui.bridge import EventBridge
    from ui.theme import theme
    from ui.window import MainWindow

    i18n.install(app, language)
    theme.set_reduced_motion(True)
    problems: list[str] = []
    for scheme in THEMES:
        theme.apply(app, scheme)
        for scene in scenes():
            for state in scene.states:
                names = {size: f"{scene.name}-{state}-{scheme}-{size[0]}x{size[1]}" for size in SIZES}
                wanted = {size: name for size, name in names.items() if fnmatch.fnmatch(name, pattern)}
                if not wanted:
                    continue
                with tempfile.TemporaryDirectory() as folder:
                    backend = FakeBackend(Path(folder), state)
                    bridge = EventBridge(backend.bus)
                    window = MainWindow(QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
                    for place, (size, name) in enumerate(wanted.items()):
                        window.resize(*size)
                        if not place:
                            window.show()
                            window.attach(backend, bridge)  # type: ignore[arg-type]
                            settle(app, window)
                            scene.prepare(window)
                        settle(app, window)
                        picture(app, window).save(str(out / f"{name}.png"))
                        problems += [f"{name}: {line}" for line in clipped(window)]
                    window.close()
                    bridge.close()
                    window.deleteLater()
                    app.sendPostedEvents(None, 52)  # DeferredDelete: the folder goes away now
                    app.processEvents()
    return problems


def main(argv: list[str] | None = None) -> int:
    """Draw and check; the result is the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", default="*", help="pattern of picture names, without .png")
    parser.add_argument("--lang", default="en", choices=("en", "pl"))
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)

    from PySide6.QtWidgets import QApplication

    os.environ["TZ"] = "UTC"
    time.tzset()
    time.time = lambda: fake_data.NOW
    app = QApplication(sys.argv[:1])
    problems = [*poor_contrast(), *draw(app, args.out, args.only, args.lang)]
    for line in dict.fromkeys(problems):
        print(line)
    print(f"{len(list(args.out.glob('*.png')))} pictures, {len(set(problems))} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
