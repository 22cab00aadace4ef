"""Pictures of the tensors of a model: layer by kind of tensor, and the size of every layer.

Both are one grid with the same columns. Arrow keys and the mouse choose a cell; who shows the picture says in
words which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from backend.i18n import tr
from backend.inspect.types import TensorFact, TypeShare
from ui import format as fmt
from ui.pages.library.inspector_shades import HOLLOW
from ui.theme import theme

ROW, GAP = 14, 2
_AXIS = 16
_LABELS = 104
_CHART = 44


class Grid(QWidget):
    """Columns of equal width beside words, with one current column and row.

    Signals:
        current_changed: Row and column.
    """

    current_changed = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.columns: tuple[int, ...] = ()
        self.row, self.column = 0, 0
        self.pointed = False
        theme.changed.connect(self.update)

    @property
    def rows(self) -> int:
        return 1

    def say(self, words: str) -> None:
        """What the current cell is, for tooltips and screen readers."""
        self.setAccessibleDescription(words)
        self.setToolTip(words)

    def left(self) -> float:
        """Where the columns begin."""
        return float(_LABELS)

    def cell_width(self) -> float:
        return max((self.width() - self.left()) / max(len(self.columns), 1), 0.5)

    def column_at(self, x: float) -> int:
        return min(max(int((x - self.left()) / self.cell_width()), 0), max(len(self.columns) - 1, 0))

    def row_at(self, y: float) -> int:
        return 0

    def choose(self, row: int, column: int) -> None:
        """Make another cell the current one; places outside of the grid are moved to its edge."""
        row = min(max(row, 0), max(self.rows - 1, 0))
        column = min(max(column, 0), max(len(self.columns) - 1, 0))
        self.row, self.column = row, column
        self.pointed = True
        self.update()
        if self.columns:
            self.current_changed.emit(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Home: (0, -len(self.columns)),
            Qt.Key.Key_End: (0, len(self.columns)),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or (step[0] and self.rows == 1):
            super().keyPressEvent(event)
            return
        self.choose(self.row + step[0], self.column + step[1])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.choose(self.row, self.column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())

    def _point(self, place: QPointF) -> None:
        if place.x() >= self.left() and self.columns:
            row, column = self.row_at(place.y()), self.column_at(place.x())
            if (row, column) != (self.row, self.column) or not self.pointed:
                self.choose(row, column)

    def paint_axis(self, painter: QPainter, top: float) -> None:
        """The numbers of the first, the last and some layers between, under the columns."""
        if not self.columns:
            return
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text.3"))
        metrics = QFontMetricsF(painter.font())
        first = tr("layer {number}", number=self.columns[0])
        width, last = self.cell_width(), len(self.columns) - 1
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(self.left(), top, 200, _AXIS), middle | Qt.AlignmentFlag.AlignLeft, first)
        taken = self.left() + metrics.horizontalAdvance(first) + 8
        end = str(self.columns[last])
        if last and self.width() - metrics.horizontalAdvance(end) > taken:
            box = QRectF(self.width() - 100, top, 100, _AXIS)
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, end)
        free = self.width() - metrics.horizontalAdvance(end) - 8
        for third in (1, 2):
            place = round(len(self.columns) * third / 3)
            if place >= last:
                continue
            words = str(self.columns[place])
            x = self.left() + (place + 0.5) * width - metrics.horizontalAdvance(words) / 2
            if x > taken and x + metrics.horizontalAdvance(words) < free:
                painter.drawText(QRectF(x, top, 100, _AXIS), middle | Qt.AlignmentFlag.AlignLeft, words)
                taken = x + metrics.horizontalAdvance(words) + 8

    def paint_current(self, painter: QPainter, box: QRectF) -> None:
        pen = QPen(theme.color("focus.ring" if self.hasFocus() else "accent.base"), 2)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and not self.hasFocus():
            self.pointed = False
            self.update()
        return super().event(event)


class TensorMap(Grid):
    """One row per kind of tensor, one column per layer; the shade is the storage type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tensors by layer"), parent)
        self._parts: tuple[str, ...] = ()
        self._cells: Mapping[tuple[str, int], TensorFact] = {}
        self._shades: Mapping[str, str] = {}

    @property
    def rows(self) -> int:
        return len(self._parts)

    def set_tensors(
        self,
        parts: Sequence[str],
        layers: Sequence[int],
        cells: Mapping[tuple[str, int], TensorFact],
        shades: Mapping[str, str],
    ) -> None:
        """Show `cells` by (part, layer) in the given order."""
        self._parts, self.columns = tuple(parts), tuple(layers)
        self._cells, self._shades = cells, shades
        self.row = self.column = 0
        self.pointed = False
        self.setFixedHeight(len(self._parts) * ROW + _AXIS + 4)
        self.update()

    def tensor(self) -> TensorFact | None:
        """The tensor of the current cell; None where this layer has none of the kind."""
        if not self._parts or not self.columns:
            return None
        return self._cells.get((self._parts[self.row], self.columns[self.column]))

    def place(self) -> tuple[str, int]:
        """Kind and layer of the current cell."""
        return self._parts[self.row], self.columns[self.column]

    def row_at(self, y: float) -> int:
        return min(max(int(y // ROW), 0), max(len(self._parts) - 1, 0))

    def sizeHint(self) -> QSize:
        return QSize(_LABELS + 8 * max(len(self.columns), 1), len(self._parts) * ROW + _AXIS + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LABELS + 40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font("code")
        font.setPixelSize(11)
        metrics = QFontMetricsF(font)
        width = self.cell_width()
        gap = 1.0 if width >= 3 else 0.0
        line = QPen(theme.color("line.control"), 1)
        colours = {kind: theme.color(token) for kind, token in self._shades.items() if token != HOLLOW}
        for row, part in enumerate(self._parts):
            top = row * ROW
            painter.setFont(font)
            painter.setPen(theme.color("text.1" if self.pointed and row == self.row else "text.2"))
            words = metrics.elidedText(part, Qt.TextElideMode.ElideMiddle, _LABELS - 8)
            painter.drawText(QRectF(0, top - 1, _LABELS, ROW), Qt.AlignmentFlag.AlignVCenter, words)
            for column, layer in enumerate(self.columns):
                tensor = self._cells.get((part, layer))
                if tensor is None:
                    continue
                box = QRectF(self.left() + column * width, top, width - gap, ROW - GAP)
                colour = colours.get(tensor.type)
                if colour is not None:
                    painter.fillRect(box, colour)
                else:
                    painter.setPen(line)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.pointed and self._parts and self.columns:
            left = self.left() + self.column * width
            self.paint_current(painter, QRectF(left, self.row * ROW, width - gap, ROW - GAP))
        self.paint_axis(painter, len(self._parts) * ROW + 2)


class LayerChart(Grid):
    """The bytes of every layer as bars, stacked by storage type."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Size of every layer"), parent)
        self._shares: tuple[tuple[TypeShare, ...], ...] = ()
        self._shades: Mapping[str, str] = {}
        self._most = 1
        self.setFixedHeight(_CHART + 2)

    def set_layers(
        self, layers: Sequence[int], shares: Sequence[tuple[TypeShare, ...]], shades: Mapping[str, str]
    ) -> None:
        """Show one bar per layer, each with the shares of its types."""
        self.columns, self._shares, self._shades = tuple(layers), tuple(shares), shades
        self._most = max((sum(s.bytes for s in each) for each in shares), default=1) or 1
        self.row = self.column = 0
        self.pointed = False
        self.update()

    def layer(self) -> tuple[int, tuple[TypeShare, ...]] | None:
        """Number and shares of the current bar."""
        if not self.columns:
            return None
        return self.columns[self.column], self._shares[self.column]

    def sizeHint(self) -> QSize:
        return QSize(_LABELS + 8 * max(len(self.columns), 1), _CHART + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LABELS + 40, _CHART + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.cell_width()
        gap = 1.0 if width >= 3 else 0.0
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.color("text.3"))
        for top, words in ((0, tr("size per layer")), (14, tr("up to {size}", size=fmt.size(self._most)))):
            painter.drawText(QRectF(0, top, _LABELS - 6, 16), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(QPen(theme.color("line.hair"), 0))
        painter.drawLine(QPointF(self.left(), _CHART + 0.5), QPointF(self.width(), _CHART + 0.5))
        for column, shares in enumerate(self._shares):
            left, bottom = self.left() + column * width, float(_CHART)
            for share in sorted(shares, key=lambda share: share.bits):
                token = self._shades.get(share.type, HOLLOW)
                height = _CHART * share.bytes / self._most
                colour = theme.color("data.track" if token == HOLLOW else token)
                painter.fillRect(QRectF(left, bottom - height, width - gap, height), colour)
                bottom -= height
        if self.pointed and self.columns:
            total = sum(share.bytes for share in self._shares[self.column])
            height = _CHART * total / self._most
            left = self.left() + self.column * width
            self.paint_current(painter, QRectF(left, _CHART - height, width - gap, height))
