"""Writing the base with the mixer as it stands into a new model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from backend.adapters.merge_plan import MergeForecast
from backend.adapters.types import CheckKind
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.gguf.names import without_label
from backend.i18n import tr
from ui import tasks
from ui.pages.adapters.merge_sheet import MergeSheet
from ui.pages.adapters.presenter import AdaptersPresenter

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
        """Open the sheet, once it is known what would come of it; it stays open while that cannot be made."""
        presenter, uses = self._presenter, self._uses()
        base, quant = presenter.base_id, self._coarse()
        names = {use.path: presenter.name_of(use.path) for use in uses}
        name = self._name(list(names.values()))

        def opened(found: tuple[MergeForecast, ...]) -> None:
            sheet = MergeSheet(uses, names, name, quant, found, self._page.window())
            sheet.named.connect(lambda name: self._start(sheet, base, uses, name))
            self._starting = None
            sheet.open()

        work = lambda: self._backend.adapter_merger.forecast(base, uses)  # noqa: E731
        tasks.run(work, opened, presenter.failed.emit, owner=self)

    def _name(self, adapters: Sequence[str]) -> str:
        base, mix = self._presenter.base, self._presenter.mix
        words = mix.name if mix is not None else "-".join(map(without_label, adapters))
        return f"{base.name}-{words}" if base is not None else words

    def _uses(self) -> tuple[AdapterUse, ...]:
        return replace(self._presenter.rack, bypass=False).uses()

    def _coarse(self) -> str:
        """The quantization of the base, where what is merged into it loses something by rounding."""
        lines = (line for found in self._presenter.verdicts.values() for line in found.lines)
        rounds = any(line.kind is CheckKind.PRECISION and line.state == "warning" for line in lines)
        return self._presenter.base.quant if rounds and self._presenter.base is not None else ""

    def _start(self, sheet: MergeSheet, base: str, uses: tuple[AdapterUse, ...], name: str) -> None:
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

        type = sheet.type
        work = lambda: self._backend.adapter_merger.start(base, uses, name, type)  # noqa: E731
        self._starting = tasks.run(work, started, refused, owner=self)
