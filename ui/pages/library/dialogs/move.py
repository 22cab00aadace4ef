"""Where to move models: the folder, its room, and in which steps it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from backend.capacity.types import Disk
from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui import format as fmt
from ui.pages.library.dialogs.parts import fact, path_line
from ui.pages.library.words import full_name
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.sheet import Sheet

Measure = Callable[[Path, Callable[[Disk], object]], object]


class MoveDialog(Sheet):
    """Nothing moves before a folder with enough room is chosen and the button pressed.

    Args:
        measure: Finds out how much room a folder has and hands it on.

    Signals:
        confirmed: The models and the folder.
    """

    confirmed = Signal(object, object)

    def __init__(
        self, models: Sequence[LibraryModel], measure: Measure, parent: QWidget | None = None
    ) -> None:
        title = (
            tr("Move {name}", name=full_name(models[0]))
            if len(models) == 1
            else tr("Move {n} models", n=len(models))
        )
        super().__init__(title, width=520, parent=parent)
        self._models = tuple(models)
        self._measure = measure
        self._size = sum(model.size for model in models)
        self.folder: Path | None = None
        self.body.addWidget(label(tr("To this folder"), "small", "2"))
        line = QHBoxLayout()
        line.setSpacing(8)
        self._path = ElidedLabel(tr("No folder chosen"), "body", "3")
        line.addWidget(self._path, 1)
        self._choose = Button(tr("Choose a folder …"), icon="folder-open")
        self._choose.clicked.connect(self._ask)
        line.addWidget(self._choose)
        self.body.addLayout(line)
        self._room = label("", "small", "2", wrap=True)
        self._room.setText(tr("Needs {size}.", size=fmt.size(self._size)))
        self.body.addWidget(self._room)
        self.body.addWidget(label(tr("It will lie there as"), "small", "2"))
        self.body.addWidget(path_line(self._layout()))
        self.body.addWidget(
            fact(
                "shield-check",
                "text.2",
                tr(
                    "It is copied, the copy is verified, then the library switches to it, and only then the "
                    "old file is removed. Interrupted anywhere, the old place still works."
                ),
                "2",
            )
        )
        foreign = _foreign_words(models)
        if foreign:
            self.body.addWidget(fact("triangle-alert", "warn.mark", foreign))
        self._move = self.add_button(tr("Move"), "primary")
        self._move.setEnabled(False)
        self._move.clicked.connect(self._confirmed)
        self.set_default(self._choose)
        self.fit()

    def _layout(self) -> Path:
        """What the place inside the folder is called, as LM Studio and others read it."""
        model = self._models[0]
        return Path("…") / (model.owner or "models") / model.name / model.path.name

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Move to"), str(self.folder or Path.home()))
        if chosen:
            self.choose(Path(chosen))

    def choose(self, folder: Path) -> None:
        """Take `folder` and find out whether there is room."""
        self.folder = folder
        self._path.setText(str(folder))
        set_tone(self._path, "1")
        self._move.setEnabled(False)
        self._measure(folder, self._measured)

    def _measured(self, disk: Disk) -> None:
        enough = disk.free > self._size
        needs, free = fmt.size(self._size), fmt.size(disk.free)
        if enough:
            self._room.setText(tr("Needs {size}, {free} are free there.", size=needs, free=free))
        else:
            self._room.setText(tr("Needs {size}, but only {free} are free there.", size=needs, free=free))
        set_tone(self._room, "2" if enough else "bad")
        self._move.setEnabled(enough)
        if enough:
            self.set_default(self._move)
        self.fit()

    def _confirmed(self) -> None:
        folder = self.folder
        self.accept()
        self.confirmed.emit(self._models, folder)


def _foreign_words(models: Sequence[LibraryModel]) -> str:
    stores = {model.store for model in models}
    if Store.OLLAMA in stores:
        return tr("Ollama will not find it in the new place; Orangery will.")
    if stores & {Store.HUB_CACHE, Store.LM_STUDIO, Store.JAN, Store.LLAMA_CPP}:
        return tr("Programs that use it in the old place will not find it there any more; Orangery will.")
    return ""
