"""A plot in the colours and the font of the app: what all charts of the plot library have in common.

Import this only once a chart is wanted: the library takes a while to load.
"""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QFrame, QGraphicsItem, QWidget

from ui.theme import theme

pg.setConfigOption("exitCleanup", False)  # the window ends its own widgets


class _Axis(pg.AxisItem):
    """Keeps the numbers at its ends, which a grid would have it leave out."""

    def boundingRect(self) -> QRectF:
        rect: QRectF = super().boundingRect()
        return rect.adjusted(-15, -15, 15, 15)


class Plot(pg.PlotWidget):
    """Two axes and their numbers. It cannot be moved or zoomed: it shows all there is.

    Args:
        left, bottom: Pixels that the numbers of an axis have.
        margins: Of the whole: left, top, right, bottom.
        grid: Which axes draw lines across.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        left: int,
        bottom: int = 24,
        margins: tuple[int, int, int, int],
        grid: tuple[str, ...] = (),
    ) -> None:
        axes = {name: _Axis(name) for name in ("left", "bottom")}
        super().__init__(parent, background=None, enableMenu=False, axisItems=axes)
        self._grid_axes = grid
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "none")  # the halo of the current point says it
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        plot = self.plotItem
        plot.hideButtons()
        plot.setContentsMargins(*margins)
        plot.getViewBox().setMouseEnabled(x=False, y=False)
        plot.getViewBox().setDefaultPadding(0)
        plot.getViewBox().setFlag(QGraphicsItem.GraphicsItemFlag.ItemClipsChildrenToShape, False)
        plot.getAxis("left").setWidth(left)
        plot.getAxis("bottom").setHeight(bottom)
        theme.changed.connect(self._tint)
        self._tint()

    def _tint(self) -> None:
        for name in ("left", "bottom"):
            axis = self.plotItem.getAxis(name)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            if name in self._grid_axes:
                axis.setGrid(255)
                axis.setTickPen(pg.mkPen(theme.color("data.grid")))
            else:
                axis.setTickPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(theme.color("text.3"))
            axis.setStyle(
                tickFont=theme.font("caption", tabular=True),
                tickLength=0,
                tickTextOffset=6,
                tickAlpha=theme.color("data.grid").alpha() if name in self._grid_axes else 0,
            )
        self.viewport().update()

    # The view of the library would zoom, drag and scroll.

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed()

    def focus_changed(self) -> None:
        """Draw what depends on whether the keyboard is here."""
        self.viewport().update()
