"""Painting of the table of files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backend.downloads.types import DownloadState
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.files import Column, FileRow, FilesModel, Role, second_line
from ui.pages.discover.painting import CENTRE, RIGHT, hairline, has_focus, metrics, text_at
from ui.theme import icons, theme
from ui.widgets.fit_pill import fit_pill_width, paint_fit_pill
from ui.widgets.labels import paint_number
from ui.widgets.tables import hovered

Index = QModelIndex | QPersistentModelIndex
FILE_ROW_HEIGHT = 44


class FileDelegate(QStyledItemDelegate):
    """One cell of the files table. A row shares its background, the Memory column one scale.

    Args:
        free: Bytes of memory that the line through the Memory column stands for.
        wish: Called with the name of a choice that is painted without a pill.
    """

    def __init__(
        self, free: Callable[[], int], wish: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._free = free
        self._wish = wish

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, FILE_ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: FileRow = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            active = has_focus(option.widget) or row.recommended
            painter.fillRect(option.rect, theme.color("bg.selected" if active else "bg.selected.idle"))
        elif row.recommended:
            painter.fillRect(option.rect, theme.color("accent.tint"))
        elif hovered(option):
            painter.fillRect(option.rect, theme.color("bg.hover"))
        hairline(painter, option.rect)
        rect = option.rect.adjusted(24 if index.column() == 0 else 8, 4, -8, -4)
        match Column(index.column()):
            case Column.QUANT:
                self._quant(painter, rect, row)
            case Column.SIZE:
                if row.quant.size:  # of a tag it may be known only when its manifest was read
                    text_at(painter, rect, fmt.size(row.quant.size), "body.strong", "text.1", RIGHT)
            case Column.BITS:
                text_at(painter, rect, index.data(), "small", "text.2", RIGHT)
            case Column.FIT:
                if row.fit is None and not row.problem:
                    self._wish(row.quant.name)
                width = min(fit_pill_width(row.fit), rect.width())
                paint_fit_pill(painter, QRect(rect.left(), rect.center().y() - 10, width, 22), row.fit)
            case Column.MEMORY:
                model = index.model()
                if isinstance(model, FilesModel):
                    self._memory(painter, option.rect, row, model.scale())
            case Column.SPEED:
                if row.fit is not None:
                    paint_number(painter, rect, fmt.predicted_speed(row.fit), predicted=True)
            case Column.ACTION:
                self._action(painter, rect, row, bool(state & QStyle.StateFlag.State_MouseOver))
        painter.restore()

    def _quant(self, painter: QPainter, rect: QRect, row: FileRow) -> None:
        upper = QRect(rect.left(), rect.top(), rect.width(), 18)
        lower = QRect(rect.left(), rect.top() + 19, rect.width(), 16)
        used = text_at(painter, upper, row.title, "code", "text.1")
        if row.recommended:
            label = tr("Recommended")
            width = metrics("caption").horizontalAdvance(label) + 12
            chip = QRect(upper.left() + used + 8, upper.top() + 1, width, 16)
            if chip.right() <= rect.right():
                painter.setPen(QPen(theme.color("accent.line"), 1))
                painter.setBrush(theme.color("bg.control"))
                painter.drawRoundedRect(chip, 3, 3)
                text_at(painter, chip, label, "caption", "accent.text", CENTRE)
        text_at(painter, lower, second_line(row.quant), "caption", "text.3")

    def _memory(self, painter: QPainter, rect: QRect, row: FileRow, scale: int) -> None:
        """Weights, context and compute on the common scale; what goes beyond the free memory is hollow."""
        free = self._free()
        scale = max(scale, int(free * 1.1), 1)
        left, width = rect.left() + 8, rect.width() - 24
        limit = left + round(width * free / scale)
        if row.fit is not None:
            ledger = row.fit.ledger
            x = left
            bar_top = rect.center().y() - 3
            for value, token in (
                (ledger.weights, "data.1"),
                (ledger.kv, "data.2"),
                (ledger.compute + ledger.other, "data.3"),
            ):
                end = x + max(1, round(width * value / scale))
                inside = min(end, limit)
                if inside > x:
                    painter.fillRect(QRect(x, bar_top, inside - x, 7), theme.color(token))
                if end > max(limit, x):
                    painter.setPen(QPen(theme.color(token), 1))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                    start = max(x, limit)
                    painter.drawRect(QRect(start, bar_top, end - start - 1, 6))
                    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                x = end
        painter.setPen(QPen(theme.color("accent.base"), 1))
        painter.drawLine(limit, rect.top(), limit, rect.bottom())

    def _action(self, painter: QPainter, rect: QRect, row: FileRow, hovered: bool) -> None:
        middle = QRect(rect.center().x() - 7, rect.center().y() - 7, 16, 16)
        if hovered or (row.recommended and not row.local and not row.downloading):
            box = middle.adjusted(-6, -6, 6, 6)
            painter.setPen(QPen(theme.color("line.control"), 1))
            painter.setBrush(theme.color("bg.control"))
            painter.drawRoundedRect(box, 6, 6)
        if row.local:
            name = "message-square" if hovered else "check"
            icons.paint(painter, name, QRectF(middle), "text.2" if hovered else "ok.mark")
        elif row.downloading and row.job is not None:
            self._progress(painter, middle, row.job.done / max(row.job.total, 1), row.job.state)
        elif row.failed:
            icons.paint(painter, "rotate-ccw", QRectF(middle), "bad.text")
        else:
            icons.paint(painter, "download", QRectF(middle), "text.2")

    def _progress(self, painter: QPainter, box: QRect, share: float, state: DownloadState) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("data.track"), 3))
        painter.drawEllipse(box)
        token = "data.2" if state is DownloadState.PAUSED else "accent.base"
        painter.setPen(QPen(theme.color(token), 3))
        painter.drawArc(box, 90 * 16, -round(360 * 16 * share))
