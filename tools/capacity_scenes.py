"""What is drawn of the capacity check: this machine, another one, the fit ledger, plans and advice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.window import MainWindow


def _settle(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication

    from tools.scenes import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _pretend(window: MainWindow) -> None:
    from ui.models.what_if import GIB, known_gpus

    from backend.capacity.provisional import Pretend
    from backend.events import MachineChanged

    backend: Any = window._backend
    gpu = next(gpu for gpu in known_gpus() if "4090" in gpu.name)
    backend.machines.pretend(Pretend(64 * GIB, gpu.name, gpu.memory))
    backend.bus.publish(MachineChanged())


def _what_if(window: MainWindow) -> None:
    window.open_settings("machine")
    _settle(window)
    _pretend(window)


def _what_if_discover(window: MainWindow) -> None:
    window.show_page("discover")
    window.page("discover").search("")
    _settle(window)
    _pretend(window)


def _measuring(window: MainWindow) -> None:
    backend: Any = window._backend
    window.open_settings("machine")
    _settle(window)
    pane = window.page("settings").pane("machine")
    pane._show_measuring(True)
    pane._show_progress(0.45, "Q4_K")


def _limits(window: MainWindow) -> None:
    backend: Any = window._backend
    backend.settings.update(ram_limit=12_000_000_000)
    window.open_settings("machine")


def scenes() -> tuple[tuple[str, tuple[str, ...], Callable[[MainWindow], None]], ...]:
    """Name, states and preparation of each."""
    return (
        ("capacity-what-if", ("full",), _what_if),
        ("capacity-what-if-discover", ("full", "busy"), _what_if_discover),
        ("capacity-measuring", ("empty",), _measuring),
        ("capacity-limits", ("full",), _limits),
    )
