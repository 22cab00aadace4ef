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
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.support import fake_data  # noqa: E402
from tests.support.fake_backend import FakeBackend  # noqa: E402
from tools.scenes import Scene, scenes  # noqa: E402
from tools.settling import settle  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.window import MainWindow

SIZES = ((1024, 700), (1600, 1000))
THEMES = ("light", "dark")


def picture(app: QApplication, window: MainWindow) -> QPixmap:
    """The window, with the dialogs or the open menu over it, which are windows of their own."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter, QPen
    from PySide6.QtWidgets import QDialog

    from ui.theme import theme

    whole = window.grab()
    painter = QPainter(whole)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            painter.fillRect(whole.rect(), theme.color("bg.scrim"))
            place = QPoint(window.width() - dialog.width(), window.height() - dialog.height()) / 2
            painter.drawPixmap(place, dialog.grab())
            painter.setPen(QPen(theme.color("line.control"), 1))
            painter.drawRect(place.x() - 1, place.y() - 1, dialog.width() + 1, dialog.height() + 1)
    popup = app.activePopupWidget()
    if popup is not None:
        painter.drawPixmap(popup.pos() - window.mapToGlobal(QPoint(0, 0)), popup.grab())
    painter.end()
    if popup is not None:
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
    from ui import i18n
    from ui.theme import theme

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
                for size, name in wanted.items():
                    problems += [
                        f"{name}: {line}" for line in _draw_one(app, scene, state, size, out / f"{name}.png")
                    ]
    return problems


def _draw_one(app: QApplication, scene: Scene, state: str, size: tuple[int, int], path: Path) -> list[str]:
    """Draw one picture. Each has a window of its own, as a dialog takes its size from the window when it
    opens."""
    from PySide6.QtCore import QSettings

    from ui.bridge import EventBridge
    from ui.window import MainWindow

    with tempfile.TemporaryDirectory() as folder:
        backend = FakeBackend(Path(folder), state)
        bridge = EventBridge(backend.bus)
        window = MainWindow(QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
        window.resize(*size)
        window.show()
        window.attach(backend, bridge)  # type: ignore[arg-type]
        settle(app, window)
        scene.prepare(window)
        settle(app, window)
        picture(app, window).save(str(path))
        problems = list(clipped(window))
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
