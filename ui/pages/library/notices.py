"""What the library suggests: the first steps, and sharing what lies on the disk twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import DuplicateGroup
from ui import format as fmt
from ui.pages.library.presenter import Shelf
from ui.pages.library.words import full_name, store_name
from ui.widgets.banner import Banner


class Notices(QWidget):
    """At most one banner per matter; without any, it takes no room.

    Signals:
        preview_asked: Show what could share its bytes.
        discover_asked: Show where models can be found.
    """

    preview_asked = Signal()
    discover_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 0, 24, 10)
        layout.setSpacing(8)
        self._first = Banner(
            "info",
            tr(
                "What you download appears here, and what other programs keep on this disk. You can also "
                "drop GGUF files and folders here."
            ),
            tr("Find a model"),
        )
        self._first.acted.connect(self.discover_asked)
        layout.addWidget(self._first)
        self._copies = Banner("suggest", "", tr("Preview"))
        self._copies.acted.connect(self.preview_asked)
        layout.addWidget(self._copies)
        self._first.hide()
        self._copies.hide()
        self.hide()

    def set_shelf(self, shelf: Shelf) -> None:
        """Suggest what fits to the models that are there."""
        first = bool(shelf.rows) and all(row.source is Source.BUNDLED for row in shelf.rows)
        words = copies_words(shelf.duplicates)
        self._copies.set_text(words)
        self._first.setVisible(first)
        self._copies.setVisible(bool(words))
        self.setVisible(first or bool(words))


def copies_words(groups: tuple[DuplicateGroup, ...]) -> str:
    """What lies on the disk more than once, and what sharing frees; empty where there is nothing to gain."""
    sure = [group for group in groups if group.sha256 and group.reclaimable]
    freed = fmt.size(sum(group.reclaimable for group in sure))
    if len(sure) == 1:
        models = sure[0].models
        stores = list(dict.fromkeys(store_name(model.store) for model in models))
        name = full_name(models[0])
        if len(models) == 2 and len(stores) == 2:
            return tr(
                "{name} is here twice, from {first} and from {second}. Sharing one copy frees {size}.",
                name=name,
                first=stores[0],
                second=stores[1],
                size=freed,
            )
        return tr(
            "{name} is here {count} times. Sharing one copy frees {size}.",
            name=name,
            count=len(models),
            size=freed,
        )
    if sure:
        return tr("{n} models are here more than once. Sharing frees {size}.", n=len(sure), size=freed)
    alike = [group for group in groups if not group.sha256 and group.reclaimable]
    if alike:
        most = fmt.size(sum(group.reclaimable for group in alike))
        return tr(
            "{n} models look the same as another one. If they are, sharing frees up to {size}.",
            n=len(alike),
            size=most,
        )
    return ""
