"""A strip that shows how the disk is shared between the stores; its labels filter the table."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.hubs.types import Source
from backend.i18n import tr
from backend.library.types import LibraryModel
from ui import format as fmt
from ui.pages.library.rows import store_name
from ui.theme import theme

TOKENS = {
    Source.HUGGING_FACE: "data.1",
    Source.OLLAMA: "data.2",
    Source.FOLDER: "data.3",
    Source.BUNDLED: "accent.base",
}

LEAST = 3
"""Pixels that even the smallest store gets."""


class _Strip(QWidget):
    """The stores side by side, by size."""

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
        # Every store keeps a few pixels, however small it is; the rest is shared by size.
        count = len(self._shares)
        rest = max(self.width() - 2 * (count - 1) - LEAST * count, 0)
        x = 0.0
        for source, size in self._shares:
            width = LEAST + rest * size / total
            painter.fillRect(QRectF(x, 0, width, self.height()), theme.color(TOKENS[source]))
            x += width + 2


class _StoreButton(QAbstractButton):
    """Swatch, name and size of one store."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source
        self._size = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Show only {store}", store=store_name(source)))
        theme.changed.connect(self.update)

    def set_size(self, size: int) -> None:
        """Bytes that the store takes."""
        self._size = fmt.size(size)
        self.setText(store_name(self._source))
        self.setAccessibleName(f"{self.text()} {self._size}")
        self.updateGeometry()
        self.update()

    def _widths(self) -> tuple[float, float]:
        name = QFontMetricsF(theme.font("small")).horizontalAdvance(self.text())
        size = QFontMetricsF(theme.font("small", weight=500, tabular=True)).horizontalAdvance(self._size)
        return name, size

    def sizeHint(self) -> QSize:
        return QSize(round(8 + 8 + 8 + sum(self._widths()) + 8 + 8), theme.size("control.small"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.color("bg.selected.idle" if self.isChecked() else "bg.hover"))
            radius = theme.radius("control")
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setBrush(theme.color(TOKENS[self._source]))
        painter.drawRoundedRect(QRectF(8, (self.height() - 8) / 2, 8, 8), 1.5, 1.5)
        name, size = self._widths()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.2"))
        painter.drawText(QRectF(24, 0, name + 2, self.height()), middle, self.text())
        painter.setFont(theme.font("small", weight=500, tabular=True))
        painter.setPen(theme.color("text.1"))
        painter.drawText(QRectF(32 + name, 0, size + 2, self.height()), middle, self._size)


class StoreBar(QFrame):
    """Sizes by store. Choosing a label shows only that store; choosing it again shows all."""

    chosen = Signal(object)  # Source or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 24, 8)
        layout.setSpacing(4)
        self._strip = _Strip()
        inset = QHBoxLayout()
        inset.setContentsMargins(8, 0, 0, 0)  # so that the swatches stand under its edge
        inset.addWidget(self._strip)
        layout.addLayout(inset)
        self._labels = QHBoxLayout()
        self._labels.setSpacing(4)
        layout.addLayout(self._labels)
        self._buttons: dict[Source, _StoreButton] = {}
        self._labels.addStretch(1)

    def set_rows(self, rows: tuple[LibraryModel, ...]) -> None:
        """Sum `rows` by store; stores without a model are left out."""
        sums: dict[Source, int] = {}
        for row in rows:
            sums[row.source] = sums.get(row.source, 0) + row.size
        shares = tuple(sorted(sums.items(), key=lambda share: -share[1]))
        self._strip.set_shares(shares)
        for source in [source for source in self._buttons if source not in sums]:
            button = self._buttons.pop(source)
            button.setChecked(False)
            button.deleteLater()
        for source, size in shares:
            button = self._buttons.get(source)
            if button is None:
                button = _StoreButton(source)
                button.toggled.connect(lambda on, source=source: self._toggled(source, on))
                self._buttons[source] = button
                self._labels.insertWidget(self._labels.count() - 1, button)
            button.set_size(size)

    def _toggled(self, source: Source, on: bool) -> None:
        if on:
            for other, button in self._buttons.items():
                if other is not source:
                    button.blockSignals(True)
                    button.setChecked(False)
                    button.blockSignals(False)
        self.chosen.emit(source if on else None)
