"""Making models of models: opens the quant lab and the conversion, and says that they began."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSize, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from backend.app import Backend
from backend.capacity.types import Fit
from backend.convert.types import ConvertPlan, ConvertType
from backend.errors import AppError
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import tasks
from ui.bridge import EventBridge
from ui.pages.library.dialogs.convert import ConvertDialog
from ui.pages.library.quant.words import obstacle
from ui.shell import Shell

STILL_MS = 1_500
"""So long after the page was first shown it is complete."""


class Making(QObject):
    """Over `page`, one dialog at a time."""

    def __init__(self, backend: Backend, bridge: EventBridge, page: QWidget, shell: Shell) -> None:
        super().__init__(page)
        self._backend, self._bridge = backend, bridge
        self._page, self._shell = page, shell
        self.lab_size: QSize | None = None
        """What the person resized the quant lab to."""

    def prepare(self) -> None:
        """Load what the quant lab is made of soon, in a pool thread: it takes half a second, for which the
        window would stand still when the lab is first opened."""
        QTimer.singleShot(STILL_MS, self, lambda: tasks.run(_load_lab, owner=self))

    def quantize(self, model: LibraryModel) -> None:
        """Open the quant lab of `model`, or say why it cannot be quantized."""
        problem = obstacle(model)
        if problem:
            self._shell.toast(problem)
            return
        if self._busy():
            return
        from ui.pages.library.quant.dialog import QuantDialog
        from ui.pages.library.quant.presenter import QuantPresenter

        presenter = QuantPresenter(self._backend, self._bridge, model)
        dialog = QuantDialog(presenter, self._page.window(), self.lab_size)

        def closed() -> None:
            self.lab_size = dialog.chosen_size() or self.lab_size

        dialog.finished.connect(closed)
        dialog.started.connect(lambda make, measure: self._began(model.name, make, measure))
        dialog.open()

    def convert(self) -> None:
        """Ask for a folder with safetensors, and show what can be made of it."""
        chosen = QFileDialog.getExistingDirectory(
            self._page, tr("A folder with safetensors"), str(Path.home())
        )
        if chosen:
            self.convert_folder(Path(chosen))

    def convert_folder(self, folder: Path) -> None:
        """Look into `folder` and show what can be made of it; nothing is written before that is confirmed."""
        backend = self._backend

        def work() -> tuple[ConvertPlan, dict[str, Fit], int]:
            plan = backend.converter.inspect(folder)
            fits = {each.type: backend.fits.typical(plan.parameters, each.size) for each in plan.sizes}
            return plan, fits, backend.machines.disk(backend.paths.models).free

        def show(found: tuple[ConvertPlan, dict[str, Fit], int]) -> None:
            if self._busy():
                return
            plan = found[0]
            dialog = ConvertDialog(*found, self._page.window())
            dialog.confirmed.connect(lambda kind: self._convert(plan, kind))
            dialog.open()

        tasks.run(work, show, self._failed, owner=self)

    def _convert(self, plan: ConvertPlan, kind: ConvertType) -> None:
        def done(_activity: str) -> None:
            words = tr("Converting {name} to {type}", name=plan.name, type=kind)
            self._shell.toast(words, tr("Jobs"), self._shell.open_jobs)

        tasks.run(lambda: self._backend.converter.start(plan.folder, kind), done, self._failed, owner=self)

    def _failed(self, error: AppError) -> None:
        self._shell.toast(str(error))

    def _busy(self) -> bool:
        return any(dialog.isVisible() for dialog in self._page.window().findChildren(QDialog))

    def _began(self, name: str, make: int, measure: int) -> None:
        if make:
            words = tr("Making {n} types of {name}", n=make, name=name)
        else:
            words = tr("Measuring {n} types of {name}", n=measure, name=name)
        self._shell.toast(words, tr("Jobs"), self._shell.open_jobs)


def _load_lab() -> None:
    import ui.pages.library.quant.chart
    import ui.pages.library.quant.dialog  # noqa: F401
