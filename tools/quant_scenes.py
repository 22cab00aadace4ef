"""What the pictures show of the quant lab, of a conversion, and of their jobs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from tests.support.fake_lab import BF16, HERE, engine_work, made, original
from tests.support.fake_library import OLLAMA_QWEN

Act = Callable[[Any], object]
FULL = ("full",)


def _settle(window: Any) -> None:
    from tools.settling import settle

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settle(app, window)


def _dialog(window: Any) -> Any:
    from ui.pages.library.quant.dialog import QuantDialog

    return next(each for each in window.findChildren(QuantDialog) if each.isVisible())


def _lab(
    prepare: Act = lambda backend: None,
    act: Act = lambda dialog: None,
    model: str = BF16,
    small: bool = False,
) -> Act:
    """The dialog for a model: `prepare` gets the backend before it opens, `act` the dialog after."""

    def run(window: Any) -> None:
        backend = window._backend
        backend.library.set_rows([original(), made(), *backend.library.models()])
        prepare(backend)
        window.show_page("library")
        _settle(window)
        page = window.page("library")
        page.table.select(model)
        page.quantize()
        _settle(window)
        dialog = _dialog(window)
        if small:
            dialog.resize(960, 640)
        act(dialog)
        _settle(window)

    return run


def _partly(backend: Any) -> None:
    backend.lab.measure(*HERE)


def _chosen(dialog: Any) -> None:
    dialog._options.use_matrix()
    for name in ("Q5_K_M", "IQ3_M"):
        dialog._ticked(name, True)
    dialog.table.select("IQ3_M")


def _all_types(backend: Any) -> None:
    backend.quantizer.offer_all()
    backend.lab.measure(*HERE)


def _small_types(dialog: Any) -> None:
    dialog.groups.set_value("small")
    dialog.table.select("IQ2_M")


def _every_type(dialog: Any) -> None:
    dialog.groups.set_value("")
    dialog.table.select("Q4_K_M")


def _no_space(backend: Any) -> None:
    disk = backend.machines.disk("")
    backend.machines.disk = lambda _path: replace(disk, free=3_100_000_000)


def _speed(dialog: Any) -> None:
    _chosen(dialog)
    dialog._chart.axis.set_value(True)


def _advanced(dialog: Any) -> None:
    _chosen(dialog)
    dialog._options.advanced.head.click()


def _only_measure(dialog: Any) -> None:
    for name in HERE:
        dialog._ticked(name, True)
    dialog.table.select("Q6_K")


def _again(dialog: Any) -> None:
    dialog._ticked("Q3_K_M", True)
    dialog.table.select("Q3_K_M")


def _jobs(window: Any) -> None:
    for activity in engine_work():
        window._backend.activities.change(activity)
    window.show_page("library")
    window.open_jobs()


def _made_here(window: Any) -> None:
    backend = window._backend
    backend.library.set_rows([original(), made(), *backend.library.models()])
    window.show_page("library")
    _settle(window)
    window.page("library").table.select(made().id)


def _convert(folder: str) -> Act:
    def run(window: Any) -> None:
        window.show_page("library")
        _settle(window)
        window.page("library").making.convert_folder(Path("/home/anna/models") / folder)

    return run


QUANT: tuple[tuple[str, tuple[str, ...], Act], ...] = (
    ("quant-predicted", FULL, _lab()),
    ("quant-partly", FULL, _lab(_partly, _chosen)),
    ("quant-advanced", FULL, _lab(_partly, _advanced)),
    ("quant-advanced-small", FULL, _lab(_partly, _advanced, small=True)),
    ("quant-speed", FULL, _lab(_partly, _speed)),
    ("quant-refused", FULL, _lab(_all_types, _small_types)),
    ("quant-every", FULL, _lab(_all_types, _every_type)),
    ("quant-no-space", FULL, _lab(_no_space, _chosen)),
    ("quant-measure", FULL, _lab(_partly, _only_measure)),
    ("quant-again", FULL, _lab(act=_again, model=OLLAMA_QWEN)),
    ("quant-small-window", FULL, _lab(_partly, _chosen, small=True)),
    ("quant-convert", FULL, _convert("SmolLM3-3B")),
    ("quant-convert-refused", FULL, _convert("Mystery-2B")),
    ("quant-jobs", FULL, _jobs),
    ("quant-made-here", FULL, _made_here),
)
"""Name, states of the fake backend, and what is done to the window."""
