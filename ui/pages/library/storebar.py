"""A strip that shows how the disk is shared between the stores; its labels filter the table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from backend.i18n import tr
from backend.library.types import LibraryModel, Store
from ui import format as fmt
from ui.pages.library.words import store_name
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout

SWATCHES = {
    Store.HUB_CACHE: ("data.1", False),
    Store.OLLAMA: ("data.2", False),
    Store.LM_STUDIO: ("data.3", False),
    Store.MODELS: ("accent.base", False),
    Store.FOLDER: ("data.others", False),
    Store.JAN: ("data.1", True),
    Store.LLAMA_CPP: ("data.2", True),
    Store.BUNDLED: ("data.3", True),
}
"""Colour token of each store, and whether it is hatched."""

LEAST = 3
"""Pixels that even the smallest store gets."""


def _brush(store: Store) -> QBrush:
    token, hatched = SWATCHES[store]
    return QBrush(theme.color(token), Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern)


def bytes_by_store(rows: Iterable[LibraryModel]) -> dict[Store, int]:
    """Bytes of the disk that each store takes; copies that use the bytes of another are not counted."""
    sums: dict[Store, int] = {}
    for row in rows:
        own = 0 if row.shared and row.duplicates_of is not None else row.size
        sums[row.store] = sums.get(row.store, 0) + own
    return sums


class _Strip(QWidget):
    """The stores side by side, by size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[tuple[Store, int], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, 8)

    def set_shares(self, shares: tuple[tuple[Store, int], ...]) -> None:
        self._shares = shares
        self.setAccessibleName(", ".join(f"{store_name(store)} {fmt.size(size)}" for store, size in shares))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        total = sum(size for _store, size in self._shares)
        if not total:
            painter.fillRect(self.rect(), theme.color("data.track"))
            return
        # Every store keeps a few pixels, however small it is; the rest is shared by size.
        count = len(self._shares)
        rest = max(self.width() - 2 * (count - 1) - LEAST * count, 0)
        x = 0.0
        for store, size in self._shares:
            width = LEAST + rest * size / total
            stretch = QRectF(x, 0, width, self.height())
            painter.fillRect(stretch, theme.color("data.track"))
            painter.fillRect(stretch, _brush(store))
            x += width + 2


class _StoreButton(QAbstractButton):
    """Swatch, name and size of one store."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._size = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Show only {store}", store=store_name(store)))
        theme.changed.connect(self.update)

    def set_size(self, size: int) -> None:
        """Bytes that the store takes."""
        self._size = fmt.size(size)
        self.setText(store_name(self._store))
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
        swatch = QRectF(8, (self.height() - 8) / 2, 8, 8)
        painter.setBrush(_brush(self._store))
        if SWATCHES[self._store][1]:  # of the hatching alone, only two lines would be seen
            painter.setPen(theme.color("line.strong"))
            swatch.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(swatch, 1.5, 1.5)
        name, size = self._widths()
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.2"))
        painter.drawText(QRectF(24, 0, name + 2, self.height()), middle, self.text())
        painter.setFont(theme.font("small", weight=500, tabular=True))
        painter.setPen(theme.color("text.1"))
        painter.drawText(QRectF(32 + name, 0, size + 2, self.height()), middle, self._size)


class StoreBar(QFrame):
    """Sizes by store. Choosing a label shows only that store; choosing it again shows all.

    Signals:
        chosen: A `Store`, or None for all.
        reclaim: What can be freed by sharing copies was pressed.
    """

    chosen = Signal(object)
    reclaim = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 24, 8)
        layout.setSpacing(6)
        self._strip = _Strip()
        inset = QHBoxLayout()
        inset.setContentsMargins(8, 0, 0, 0)  # so that the swatches stand under its edge
        inset.addWidget(self._strip)
        layout.addLayout(inset)
        line = QHBoxLayout()
        line.setSpacing(12)
        labels = QWidget()
        self._labels = FlowLayout(labels, spacing=4)
        line.addWidget(labels, 1)
        self._reclaim = Button("", "link")
        self._reclaim.setToolTip(tr("See which copies could share their bytes"))
        self._reclaim.clicked.connect(self.reclaim)
        self._reclaim.hide()
        line.addWidget(self._reclaim, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)
        self._buttons: dict[Store, _StoreButton] = {}

    def set_rows(self, rows: tuple[LibraryModel, ...]) -> None:
        """Sum `rows` by store; stores without a model are left out."""
        sums = bytes_by_store(rows)
        shares = tuple(sorted(sums.items(), key=lambda share: -share[1]))
        self._strip.set_shares(shares)
        for store in [store for store in self._buttons if store not in sums]:
            button = self._buttons.pop(store)
            button.setChecked(False)
            self._labels.removeWidget(button)
            button.deleteLater()
        for store, size in shares:
            button = self._buttons.get(store)
            if button is None:
                button = _StoreButton(store)
                button.toggled.connect(lambda on, store=store: self._toggled(store, on))
                self._buttons[store] = button
                self._labels.addWidget(button)
            button.set_size(size)
        before: QWidget = (
            self._reclaim
        )  # made with the bar, so its place among the stops of Tab is that of the bar
        for button in self._buttons.values():
            QWidget.setTabOrder(before, button)
            before = button

    def set_reclaimable(self, size: int) -> None:
        """Bytes that sharing copies would free; 0 hides it."""
        self._reclaim.setText(tr("{size} can be freed", size=fmt.size(size)))
        self._reclaim.setVisible(size > 0)

    def clear_choice(self) -> None:
        """Show all stores again."""
        for button in self._buttons.values():
            button.setChecked(False)

    def _toggled(self, store: Store, on: bool) -> None:
        if on:
            for other, button in self._buttons.items():
                if other is not store:
                    button.blockSignals(True)
                    button.setChecked(False)
                    button.blockSignals(False)
                    button.update()
        self.chosen.emit(store if on else None)
