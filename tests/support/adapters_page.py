"""The window at the Adapters page, over fake services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.driving import Run, prepare
from tests.support.fake_backend import FakeBackend
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.adapters.view import AdaptersPage
from ui.window import MainWindow


@dataclass
class Desk:
    """The window at the Adapters page."""

    run: Run
    page: AdaptersPage

    @property
    def backend(self) -> Any:
        return self.run.backend

    def select(self, name: str) -> None:
        """Click the row of an adapter, and wait for its check."""
        rows = self.page.side.disk.rows
        at = next(place for place, row in enumerate(rows.rows) if row.name == name)
        rect = self.page.side.disk.visualRect(rows.index(at, 0))
        QTest.mouseClick(self.page.side.disk.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        self.run.until(lambda: self.page.head._name.full_text() == name and self.page.checks._sum.text())

    def scales(self) -> dict[str, float]:
        names = self.page.presenter.names()
        return {names[strip.path]: strip.scale for strip in self.page.presenter.rack.strips}


@contextmanager
def adapter_desks(tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Desk]]:
    """Opens windows at the Adapters page, over a fake backend in the given state; closes them at the end."""
    prepare(qapp)
    opened: list[tuple[MainWindow, EventBridge]] = []

    def make(state: str = "full") -> Desk:
        backend = FakeBackend(tmp_path / "home", state)
        window = MainWindow(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        bridge = EventBridge(backend.bus)
        window.resize(1440, 900)
        window.show()
        window.attach(backend, bridge)  # type: ignore[arg-type]
        opened.append((window, bridge))
        run = Run(window, backend, bridge)  # type: ignore[arg-type]
        run.go("Adapters")
        page = window.page("adapters")
        run.until(lambda: page.presenter.verdicts and page.side.hub.rows.rows)
        return Desk(run, page)

    yield make
    for window, bridge in opened:
        window.close()
        bridge.close()
        tasks.wait_idle()
        window.deleteLater()
