"""The cells of a sweep: one row with one scroll bar for all, or a grid of two adapters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from backend.adapters.types import Sweep, SweepCell
from backend.i18n import tr
from ui.pages.adapters.sweep_cell import LEAST_WIDTH, CellView
from ui.widgets.labels import ElidedLabel
from ui.widgets.section import hairline

_LEAST_BODY = 24
_GRID_BODY = 120
"""Least height of the text of a cell in a grid."""


class SweepBoard(QWidget):
    """Signals:
    used: The scales of the cell whose *Use* was pressed, one for each adapter.
    """

    used = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: list[CellView] = []
        """Made one by one after `build`."""
        self._wanted: list[tuple[float, ...]] = []
        self._names: tuple[str, ...] = ()
        self._marked: tuple[float, ...] | None = None
        self._key: tuple[object, ...] = ()
        self._due: dict[int, SweepCell] = {}
        self._widest = 0.0
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._next)
        self._outer = _area(tr("Answers at each scale"))
        self._outer.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._put: Callable[[CellView], None] = lambda _cell: None
        self.answers = QScrollArea()
        self.bar = QScrollBar(Qt.Orientation.Vertical)
        self.bar.setAccessibleName(tr("Scrolls all answers"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._outer, 1)
        row.addWidget(self.bar)

    def build(self, scales: tuple[float, ...], names: tuple[str, ...]) -> None:
        """Lay out empty cells: a row for one adapter, a grid for two. Cells that suit are used again."""
        self._due.clear()
        if self._key == (scales, names):
            for cell in self.cells:
                cell.show_cell(SweepCell(0, ()), 0.0)
            return
        self._key, self._names, self.cells = (scales, names), names, []
        content = QWidget()
        content.setProperty("scrollContent", True)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QWidget()
        inner.setProperty("scrollContent", True)
        self.answers = _area(tr("Answers"))
        self.answers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.answers.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner.setMinimumWidth(len(scales) * LEAST_WIDTH)
        if len(names) == 1:
            self._wanted = [(scale,) for scale in scales]
            self._put = self._row(column, inner)
        else:
            self._wanted = [(across, down) for down in scales for across in scales]
            self._put = self._grid(column, inner, len(scales))
        self.answers.setWidget(inner)
        self._outer.setWidget(content)
        self._couple(self.answers.verticalScrollBar())
        self._slices.start()

    def _row(self, column: QVBoxLayout, inner: QWidget) -> Callable[[CellView], None]:
        """One line each for heads, bodies and feet; returns what puts a cell there."""
        lines: dict[str, QHBoxLayout] = {}
        for part in ("head", "body", "foot"):
            box = inner if part == "body" else QWidget()
            line = lines[part] = QHBoxLayout(box)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(0)
            if part == "foot":
                column.addWidget(hairline())
            column.addWidget(self.answers if part == "body" else box, part == "body")
            if part == "head":
                column.addWidget(hairline())
        self.answers.setMinimumHeight(_LEAST_BODY)  # so that a low pane still shows heads and feet

        def put(cell: CellView) -> None:
            for part, line in lines.items():
                line.addWidget(getattr(cell, part), 1)

        return put

    def _grid(self, column: QVBoxLayout, inner: QWidget, across: int) -> Callable[[CellView], None]:
        """Rows of the second adapter, columns of the first; returns what puts a cell there."""
        words = tr("Across: {first}. Down: {second}.", first=self._names[0], second=self._names[1])
        axes = ElidedLabel(words, "caption", "2")
        axes.setContentsMargins(12, 4, 12, 4)
        column.addWidget(axes)
        column.addWidget(hairline())
        column.addWidget(self.answers, 1)
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)

        def put(cell: CellView) -> None:
            down, right = divmod(len(self.cells), across)
            cell.body.set_least(_GRID_BODY)
            for step, part in enumerate((cell.head, cell.body, cell.foot)):
                grid.addWidget(part, 4 * down + step, right)
            grid.setColumnStretch(right, 1)
            if right == 0:
                grid.addWidget(hairline(), 4 * down + 3, 0, 1, across)

        return put

    def _couple(self, hidden: QScrollBar) -> None:
        """The bar at the right edge of the pane moves the answers, however far they are scrolled sideways."""

        def fit(low: int, high: int) -> None:
            self.bar.setRange(low, high)
            self.bar.setPageStep(hidden.pageStep())
            self.bar.setSingleStep(hidden.singleStep())
            self.bar.setVisible(high > low)

        self.bar.disconnect(self)
        self.bar.setRange(0, 0)
        hidden.rangeChanged.connect(fit)
        hidden.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(hidden.setValue)
        fit(hidden.minimum(), hidden.maximum())

    def show_sweep(self, sweep: Sweep) -> None:
        """Show what is written: one cell in each turn of the event loop, so that no turn is long."""
        self._widest = max((cell.divergence or 0.0 for cell in sweep.cells), default=0.0)
        self._due.update({cell.index: cell for cell in sweep.cells})
        self._slices.start()

    def _next(self) -> None:
        if len(self.cells) < len(self._wanted):
            self._make()
            return
        number = next(iter(self._due), None)
        if number is None or number >= len(self.cells):
            self._slices.stop()
            return
        self.cells[number].show_cell(self._due.pop(number), self._widest)
        if not self._due:
            self._slices.stop()

    def _make(self) -> None:
        cell = CellView(self._wanted[len(self.cells)], self._names)
        cell.head.use.clicked.connect(lambda: self.used.emit(cell.scales))
        cell.set_in_use(cell.scales == self._marked)
        self._put(cell)
        QWidget.setTabOrder(self.cells[-1].head.use if self.cells else self.answers, cell.head.use)
        self.cells.append(cell)

    def mark(self, scales: tuple[float, ...] | None) -> None:
        """Mark the cell at the scales that the faders have."""
        self._marked = scales
        for cell in self.cells:
            cell.set_in_use(cell.scales == scales)


def _area(name: str) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    return area
