"""Where to move models: the folder, its room, and in which steps it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui import format as fmt
from ui.pages.library.dialogs.parts import clear, fact, paths_well
from ui.pages.library.words import full_name
from ui.pages.library.work import Moving
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.sheet import Sheet

Ask = Callable[[Sequence[LibraryModel], Path, Callable[[Moving], object]], object]


class MoveDialog(Sheet):
    """Nothing moves before a folder that can take the models is chosen and the button pressed.

    Args:
        ask: Finds out what moving to a folder would do, and hands it on.

    Signals:
        confirmed: The models and the folder.
    """

    confirmed = Signal(object, object)

    def __init__(self, models: Sequence[LibraryModel], ask: Ask, parent: QWidget | None = None) -> None:
        title = (
            tr("Move {name}", name=full_name(models[0]))
            if len(models) == 1
            else tr("Move {n} models", n=len(models))
        )
        super().__init__(title, width=520, parent=parent)
        self._models = tuple(models)
        self._find_out = ask
        self._size = sum(model.size for model in models)
        self.folder: Path | None = None
        self.body.addWidget(label(tr("To this folder"), "small", "2"))
        line = QHBoxLayout()
        line.setSpacing(8)
        self._path = ElidedLabel(tr("No folder chosen"), "body", "3", mode=Qt.TextElideMode.ElideMiddle)
        line.addWidget(self._path, 1)
        self._choose = Button(tr("Choose a folder …"), icon="folder-open")
        self._choose.clicked.connect(self._ask)
        line.addWidget(self._choose)
        self.body.addLayout(line)
        self._room = label("", "small", "2", wrap=True)
        self._room.setText(tr("{size} to move.", size=fmt.size(self._size)))
        self.body.addWidget(self._room)
        self._places = QWidget()
        self._places_layout = QVBoxLayout(self._places)
        self._places_layout.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._places)
        self._places.hide()
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
        layout = tr("In the folder it gets the layout owner/name/file that LM Studio and others read.")
        self.body.addWidget(fact("folder", "text.2", layout, "2"))
        foreign = _foreign_words(models)
        if foreign:
            self.body.addWidget(fact("triangle-alert", "warn.mark", foreign))
        self._move = self.add_button(tr("Move here"), "primary")
        self._move.setEnabled(False)
        self._move.clicked.connect(self._confirmed)
        self.set_default(self._choose)
        self.fit()

    def _ask(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Move to"), str(self.folder or Path.home()))
        if chosen:
            self.choose(Path(chosen))

    def choose(self, folder: Path) -> None:
        """Take `folder` and find out what moving there would do."""
        self.folder = folder
        self._path.setText(str(folder))
        set_tone(self._path, "1")
        self._move.setEnabled(False)

        def known(moving: Moving) -> None:
            if isValid(self) and folder == self.folder:  # else closed, or another folder was chosen since
                self._known(moving)

        self._find_out(self._models, folder, known)

    def _known(self, moving: Moving) -> None:
        size, free = fmt.size(self._size), fmt.size(moving.free)
        words = tr("{size} to move, {free} are free there.", size=size, free=free)
        problem = moving.problem
        self._room.setText(f"{words} {problem}" if problem is not None else words)
        set_tone(self._room, "2" if problem is None else "bad")
        clear(self._places_layout)
        if problem is None and moving.places:
            self._places_layout.addWidget(paths_well(moving.places, most=3))
        self._places.setVisible(problem is None and bool(moving.places))
        self._move.setEnabled(problem is None)
        if problem is None:
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
