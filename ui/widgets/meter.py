"""Thin bars that show how something is divided: memory, disks, progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar: how much, in which colour token, and whether hatched (used by others)."""

    amount: float
    token: str
    hatched: bool = False


def paint_bar(
    painter: QPainter, rect: QRectF, total: float, parts: Sequence[Part], radius: float = 2
) -> None:
    """Draw `parts` one after the other on the track; what is left of `total` stays empty."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, radius, radius)
    painter.setClipPath(outline)
    painter.fillRect(rect, theme.color("data.track"))
    left = rect.left()
    for part in parts:
        if total <= 0 or part.amount <= 0:
            continue
        # Less than a pixel would vanish although something is there.
        width = max(rect.width() * part.amount / total, 1.0)
        stretch = QRectF(left, rect.top(), min(width, rect.right() - left), rect.height())
        if part.hatched:
            painter.fillRect(stretch, QBrush(theme.color(part.token), Qt.BrushStyle.BDiagPattern))
        else:
            painter.fillRect(stretch, theme.color(part.token))
        left += width
    painter.restore()


class Meter(QWidget):
    """A bar of one or more parts. Give it an accessible name that says the numbers."""

    def __init__(self, height: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._total = 1.0
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        theme.changed.connect(self.update)

    def set_parts(self, total: float, parts: Sequence[Part]) -> None:
        """Show `parts` of `total`, in any one unit."""
        new = (float(total), tuple(parts))
        if new != (self._total, self._parts):
            self._total, self._parts = new
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._total, self._parts, self._height / 2)


class Progress(Meter):
    """How far a job is: accent while it runs, grey while paused, red when it failed; unknown is an empty
    track."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(theme.size("progress"), parent)

    def set_progress(self, share: float | None, token: str = "accent.base") -> None:
        """Show a share of 1, or None for unknown, in the colour `token`."""
        self.set_parts(1.0, () if share is None else (Part(min(max(share, 0.0), 1.0), token),))


class Swatch(QWidget):
    """The small square of a legend."""

    def __init__(self, token: str, *, hatched: bool = False, outlined: bool = False) -> None:
        super().__init__()
        self._token, self._hatched, self._outlined = token, hatched, outlined
        self.setFixedSize(8, 16)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0, 4, 8, 8)
        colour = theme.color(self._token)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern) if self._hatched else colour)
        if self._outlined or self._hatched:  # of the hatching alone, only two lines would be seen
            painter.setPen(QPen(theme.color("line.control"), 1))
            box.adjust(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, 1.5, 1.5)
