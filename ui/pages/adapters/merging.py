"""Writing the base with the mixer as it stands into a new model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from backend.adapters.types import CheckKind
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.i18n import tr
from ui import tasks
from ui.pages.adapters.presenter import AdaptersPresenter
from ui.pages.adapters.sheets import NameSheet
from ui.pages.adapters.words import merge_words

if TYPE_CHECKING:
    from backend.app import Backend


class Merging(QObject):
    """Asks for a name, and starts a job of the drawer."""

    def __init__(self, backend: Backend, presenter: AdaptersPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._backend = backend
        self._presenter = presenter
        self._page = page
        self._starting: tasks.Task | None = None

    @property
    def possible(self) -> bool:
        """Whether a fader of the mixer is up."""
        return bool(self._uses())

    def ask(self) -> None:
        """Open the sheet; it stays open while the model cannot be made."""
        presenter, uses = self._presenter, self._uses()
        names = {use.path: presenter.name_of(use.path) for use in uses}
        mix = presenter.mix
        words = mix.name if mix is not None else "-".join(names[use.path] for use in uses)
        name = presenter.base.name if presenter.base is not None else ""
        sheet = NameSheet(
            tr("Merge into a new model"),
            merge_words(uses, names, self._coarse()),
            f"{name}-{words}",
            tr("Merge"),
            self._page.window(),
        )
        base, self._starting = presenter.base_id, None
        sheet.named.connect(lambda name: self._start(sheet, base, uses, name))
        sheet.open()

    def _uses(self) -> tuple[AdapterUse, ...]:
        return replace(self._presenter.rack, bypass=False).uses()

    def _coarse(self) -> str:
        """The quantization of the base, where what is merged into it loses something by rounding."""
        lines = (line for found in self._presenter.verdicts.values() for line in found.lines)
        rounds = any(line.kind is CheckKind.PRECISION and line.state == "warning" for line in lines)
        return self._presenter.base.quant if rounds and self._presenter.base is not None else ""

    def _start(self, sheet: NameSheet, base: str, uses: tuple[AdapterUse, ...], name: str) -> None:
        """A second press is not heard before the first has an answer."""
        if self._starting is not None:
            return

        def started(_id: str) -> None:
            self._starting = None
            if isValid(sheet):
                sheet.accept()
            words = tr("{name} is being made. It appears in the library when it is done.", name=name)
            self._presenter.told.emit(words)

        def refused(error: AppError) -> None:
            self._starting = None
            if isValid(sheet):  # else it was closed meanwhile
                sheet.show_problem(str(error))

        work = lambda: self._backend.adapter_merger.start(base, uses, name)  # noqa: E731
        self._starting = tasks.run(work, started, refused, owner=self)
