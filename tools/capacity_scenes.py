"""What is drawn of the capacity check: this machine, another one, the fit ledger, plans and advice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.window import MainWindow


def _settle(window: MainWindow) -> None:
    from PySide6.QtWidgets import QApplication

    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _pretend(window: MainWindow) -> None:
    from backend.capacity.types import Pretend
    from ui.models.what_if import GIB, known_gpus

    backend: Any = window._backend
    gpu = next(gpu for gpu in known_gpus() if "4090" in gpu.name)
    backend.machines.pretend(Pretend(64 * GIB, gpu.name, gpu.memory))


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
    window.open_settings("machine")
    _settle(window)
    pane = window.page("settings").pane("machine")
    pane._show_measuring(True)
    pane._show_progress(0.45, "CPU Q4_K")


def _file(place: int) -> Callable[[MainWindow], None]:
    """One repository with a file selected that is not the recommended one."""

    def prepare(window: MainWindow) -> None:
        window.show_page("discover")
        page = window.page("discover")
        page.search("")
        _settle(window)
        page._detail._files.table.selectRow(place)
        _settle(window)

    return prepare


def _details(window: MainWindow) -> None:
    """The breakdown behind the pill of a file that lies on two devices."""
    from PySide6.QtCore import QPoint

    from ui.widgets.fit_details import FitDetails

    _file(6)(window)
    files = window.page("discover")._detail._files
    FitDetails.open(window, files.table.mapToGlobal(QPoint(420, 60)), files.current().fit)


def _advice(*, failed: bool = False, held: bool = False) -> Callable[[MainWindow], None]:
    """A chat whose model does not fit any more."""

    def prepare(window: MainWindow) -> None:
        from dataclasses import replace

        from backend.engines.types import ModelState
        from backend.events import ModelChanged

        backend: Any = window._backend
        rows = backend.library.models()
        model = next(row for row in rows if row.name == "Qwen2.5-Coder-7B-Instruct")
        big = replace(model, size=int(20.5e9), name="Mistral-Small-3.2-24B-Instruct", quant="Q5_K_M")
        backend.library.models = lambda: tuple(big if row.id == model.id else row for row in rows)
        window.show_page("chat")
        _settle(window)
        page = window.page("chat")
        if failed:
            page.presenter.change(model_id=model.id)
            title = "There is not enough memory to load Mistral-Small-3.2-24B-Instruct."
            backend.bus.publish(
                ModelChanged(
                    str(model.path), ModelState.FAILED, error_title=title, error_code="engine.memory"
                )
            )
        else:
            page.new_chat(model.id)
        _settle(window)
        if held:
            page.composer.set_text("Write a letter to my landlord about the heating.")
            page.composer.sent.emit(page.composer.text())

    return prepare


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
        ("capacity-two-devices", ("full", "busy"), _file(6)),
        ("capacity-too-big", ("full",), _file(7)),
        ("capacity-advice", ("full",), _advice()),
        ("capacity-advice-held", ("full",), _advice(held=True)),
        ("capacity-advice-failed", ("full",), _advice(failed=True)),
        ("capacity-limits", ("full",), _limits),
    )
