"""The progress of a download as the stretches of the file that are there, on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme

BLOCK, GAP = 5, 1
"""Pixels of one block and of the space after it."""

Ranges = Sequence[tuple[int, int]]


def shares(ranges: Ranges, total: int, count: int) -> list[float]:
    """How much of each of `count` equal blocks of `total` bytes is covered by `ranges`, from 0 to 1."""
    covered = [0.0] * count
    if total <= 0 or count <= 0:
        return covered
    size = total / count
    for start, end in ranges:
        start, end = max(start, 0), min(end, total)
        if end <= start:
            continue
        first, last = int(start / size), min(int(end / size), count - 1)
        for block in range(min(first, count - 1), last + 1):
            here = min(end, (block + 1) * size) - max(start, block * size)
            covered[block] += max(here, 0.0) / size
    return [min(share, 1.0) for share in covered]


class RangeBar(QWidget):
    """Solid while there is one stretch from the beginning, else one block for each of about sixty parts:
    full, begun (lighter) or empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._ranges: tuple[tuple[int, int], ...] = ()
        self._blocks = False
        self._tokens = ("accent.base", "accent.line")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.size("progress"))
        theme.changed.connect(self.update)

    def set_ranges(
        self,
        total: int,
        ranges: Ranges,
        *,
        blocks: bool,
        full: str = "accent.base",
        begun: str = "accent.line",
    ) -> None:
        """Show `ranges` of `total` bytes, as blocks or as one solid bar of all that is there."""
        new = (total, tuple(ranges), blocks, (full, begun))
        if new != (self._total, self._ranges, self._blocks, self._tokens):
            self._total, self._ranges, self._blocks, self._tokens = new
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme.size("progress"))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, theme.size("progress"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._blocks:
            self._paint_blocks(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("data.track"))
        radius = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        present = sum(end - start for start, end in self._ranges)
        if self._total > 0 and present > 0:
            width = max(self.width() * min(present / self._total, 1.0), float(self.height()))
            painter.setBrush(theme.color(self._tokens[0]))
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), radius, radius)

    def _paint_blocks(self, painter: QPainter) -> None:
        count = max((self.width() + GAP) // (BLOCK + GAP), 1)
        step = (self.width() + GAP) / count
        full, begun = theme.color(self._tokens[0]), theme.color(self._tokens[1])
        empty = theme.color("data.track")
        for place, share in enumerate(shares(self._ranges, self._total, count)):
            left, right = round(place * step), round((place + 1) * step) - GAP
            colour = full if share > 0.999 else begun if share > 0 else empty
            painter.fillRect(left, 0, right - left, self.height(), colour)
