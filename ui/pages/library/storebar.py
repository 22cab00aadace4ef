"""A strip that shows how the disk is shared between the stores; its labels filter the table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui.pages.library.rows import store_name
from ui.theme import theme
from ui.widgets.buttons import Button

TOKENS = {
    Source.HUGGING_FACE: "data.1",
    Source.OLLAMA: "data.2",
    Source.FOLDER: "data.3",
    Source.BUNDLED: "accent.base",
}


class _Strip(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[tuple[Source, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 8)

    def set_shares(self, shares: tuple[tuple[Source, int], ...]) -> None:
        self._shares = shares
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        total = sum(size for _source, size in self._shares)
        if not total:
            painter.fillRect(self.rect(), theme.color("data.track"))
            return
        gaps = 2 * (len(self._shares) - 1)
        x = 0.0
        for source, size in self._shares:
            width = max(3.0, (self.width() - gaps) * size / total)
            painter.fillRect(QRectF(x, 0, width, self.height()), theme.color(TOKENS[source]))
            x += width + 2


class StoreBar(QFrame):
    """Sizes by store. Choosing a label shows only that store; choosing it again shows all."""

    chosen = Signal(object)  # Source or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 14, 24, 10)
        layout.setSpacing(8)
        self._strip = _Strip()
        layout.addWidget(self._strip)
        self._labels = QHBoxLayout()
        self._labels.setSpacing(4)
        layout.addLayout(self._labels)
        self._buttons: dict[Source, Button] = {}
        self._labels.addStretch(1)

    def set_rows(self, rows: tuple[LibraryModel, ...]) -> None:
        """Sum `rows` by store; stores without a model are left out."""
        sums: dict[Source, int] = {}
        for row in rows:
            sums[row.source] = sums.get(row.source, 0) + row.size
        shares = tuple(sorted(sums.items(), key=lambda share: -share[1]))
        self._strip.set_shares(shares)
        for source in [source for source in self._buttons if source not in sums]:
            self._buttons.pop(source).deleteLater()
        for source, size in shares:
            button = self._buttons.get(source)
            if button is None:
                button = Button("", "quiet", size="small")
                button.setCheckable(True)
                button.toggled.connect(lambda on, source=source: self._toggled(source, on))
                button.setIcon(_swatch(TOKENS[source]))
                self._buttons[source] = button
                self._labels.insertWidget(self._labels.count() - 1, button)
            button.setText(f"{store_name(source)}  {fmt.size(size)}")
            button.setToolTip(tr("Show only {store}", store=store_name(source)))

    def _toggled(self, source: Source, on: bool) -> None:
        if on:
            for other, button in self._buttons.items():
                if other is not source:
                    button.blockSignals(True)
                    button.setChecked(False)
                    button.blockSignals(False)
        self.chosen.emit(source if on else None)


def _swatch(token: str) -> QIcon:
    pixmap = QPixmap(10, 10)
    pixmap.fill(theme.color(token))
    return QIcon(pixmap)
