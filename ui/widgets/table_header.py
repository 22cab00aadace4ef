"""A quiet table header: words at the edges of their columns, and the sort mark beside them."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.theme import icons, theme

ARROW = 12


class TableHeader(QHeaderView):
    """Args:
    first_inset: Pixels left of the words of the first column, to line up with its cells.
    inset: Pixels on both sides of the words of the other columns.
    """

    def __init__(self, first_inset: int = 8, inset: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._first_inset = first_inset
        self._inset = inset
        self.setFixedHeight(28)
        self.setHighlightSections(False)

    def words_rect(self, rect: QRect, section: int) -> QRect:
        """Where the words of `section` may stand."""
        return rect.adjusted(self._first_inset if section == 0 else self._inset, 0, -self._inset, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.setPen(QPen(theme.color("line.hair"), 0))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        model = self.model()
        orientation = Qt.Orientation.Horizontal
        words = model.headerData(section, orientation, Qt.ItemDataRole.DisplayRole)
        alignment = Qt.AlignmentFlag(
            model.headerData(section, orientation, Qt.ItemDataRole.TextAlignmentRole) or 0x0081
        )
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        font = theme.font("caption", weight=500 if sorted_here else None)
        metrics = QFontMetrics(font)
        box = self.words_rect(rect, section)
        width = metrics.horizontalAdvance(str(words or ""))
        mark = ARROW + 2 if sorted_here else 0
        right = bool(alignment & Qt.AlignmentFlag.AlignRight)
        left = box.right() + 1 - width - mark if right else box.left()
        painter.setFont(font)
        painter.setPen(theme.color("text.1" if sorted_here else "text.3"))
        painter.drawText(
            QRect(left, box.top(), width + 2, box.height()), int(Qt.AlignmentFlag.AlignVCenter), words
        )
        if sorted_here:
            name = (
                "chevron-down" if self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder else "chevron-up"
            )
            top = box.center().y() - ARROW / 2 + 1
            icons.paint(painter, name, QRectF(left + width + 2, top, ARROW, ARROW), "text.2")
        painter.restore()
