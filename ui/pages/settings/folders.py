"""The folders that the library looks into: those of other programs, and those that the person added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from backend.library.types import Store, StoreInfo
from ui import format as fmt
from ui.pages.settings.parts import open_folder
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label


def store_name(store: Store) -> str:
    """Whose folder it is."""
    return {
        Store.BUNDLED: tr("Orangery"),
        Store.HUB_CACHE: tr("Hugging Face cache"),
        Store.OLLAMA: "Ollama",
        Store.LM_STUDIO: "LM Studio",
        Store.JAN: "Jan",
        Store.LLAMA_CPP: "llama.cpp",
        Store.MODELS: tr("Models"),
        Store.FOLDER: tr("Added by you"),
    }[store]


def store_facts(info: StoreInfo) -> str:
    """How much is in it, and what Orangery may do there."""
    if not info.exists:
        return tr("Not there at the moment")
    models = tr("{n} models", n=info.count)
    words = [f"{models}, {fmt.size(info.size)}" if info.count else models]
    if not info.writable:
        words.append(tr("read only"))
    return " · ".join(words)


class StoreRow(QFrame):
    """One folder.

    Signals:
        removed: The person wants it off the list.
    """

    removed = Signal(object)  # Path

    def __init__(self, info: StoreInfo) -> None:
        super().__init__()
        self.info = info
        self.setProperty("surface", "row")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(store_name(info.store), "body", "1" if info.exists else "2", weight=500))
        head.addWidget(label(store_facts(info), "small", "2" if info.exists else "3"), 1)
        words.addLayout(head)
        self.path = ElidedLabel(str(info.root), "code", "2", mode=Qt.TextElideMode.ElideMiddle)
        words.addWidget(self.path)
        if info.problem:
            words.addWidget(label(info.problem, "small", "warn", wrap=True))
        layout.addLayout(words, 1)
        self.open = IconButton("folder-open", tr("Open {folder}", folder=info.root))
        self.open.clicked.connect(lambda: open_folder(info.root))
        self.open.setEnabled(info.exists)
        layout.addWidget(self.open, 0, Qt.AlignmentFlag.AlignVCenter)
        self.remove = Button(tr("Remove"), "quiet")
        self.remove.setAccessibleName(tr("Remove {folder} from the library", folder=info.root))
        self.remove.setToolTip(tr("Takes it off the list; nothing is deleted."))
        self.remove.clicked.connect(lambda: self.removed.emit(info.root))
        self.remove.setVisible(info.store is Store.FOLDER)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignVCenter)


class StoreList(QWidget):
    """Rows of `StoreRow`, those that exist first.

    Signals:
        added: A folder was chosen.
        removed: A folder should go off the list.
    """

    added = Signal(object)  # Path
    removed = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[StoreInfo, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.add = Button(tr("Add folder"), icon="folder-plus")
        self.add.clicked.connect(self._choose)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 12, 0, 4)
        foot.setSpacing(12)
        foot.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(
            label(
                tr("Models stay where they are. Deleting one says first whose folder it lies in."),
                "small",
                "2",
                wrap=True,
            ),
            1,
        )
        column.addLayout(foot)

    def rows(self) -> tuple[StoreRow, ...]:
        """The rows, from the top."""
        found = (self._rows.itemAt(place).widget() for place in range(self._rows.count()))
        return tuple(row for row in found if isinstance(row, StoreRow))

    def show_stores(self, stores: tuple[StoreInfo, ...]) -> None:
        """Show what the library says; rows that did not change are kept."""
        shown = tuple(info for info in stores if info.store is not Store.BUNDLED)
        shown = tuple(sorted(shown, key=lambda info: (info.store is Store.FOLDER, not info.exists)))
        if shown == self._shown:
            return
        self._shown = shown
        kept = {row.info: row for row in self.rows()}
        for info, row in tuple(kept.items()):
            self._rows.removeWidget(row)
            if info not in shown:
                row.hide()
                row.deleteLater()
        for info in shown:
            row = kept.get(info)
            if row is None:
                row = StoreRow(info)
                row.removed.connect(self.removed)
            self._rows.addWidget(row)

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Add folder"), str(Path.home()))
        if folder:
            self.added.emit(Path(folder))
