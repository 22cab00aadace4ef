"""The table of files and its header, which names the free memory at its place on the scale."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.file_delegate import FILE_ROW_HEIGHT
from ui.pages.discover.files import Column, FileRow, FilesModel
from ui.theme import theme
from ui.widgets.table_header import TableHeader
from ui.widgets.tables import RowHover


class FilesTable(QTableView):
    """The files; Enter or a click on the last column acts on the row."""

    act = Signal(object)  # FileRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        RowHover(self)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(FILE_ROW_HEIGHT)
        self.setAccessibleName(tr("Files"))

    def row_at(self, index: QModelIndex) -> FileRow | None:
        model = self.model()
        if index.isValid() and isinstance(model, FilesModel):
            return model.rows[index.row()]
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self.row_at(self.currentIndex())
            if row is not None:
                self.act.emit(row)
                return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() == Column.ACTION:
            row = self.row_at(index)
            if row is not None:
                self.act.emit(row)


class MemoryHeader(TableHeader):
    """An ordinary header, plus "10.9 GB free" right-aligned in the Memory section."""

    def __init__(self, section: int, parent: QWidget | None = None) -> None:
        super().__init__(first_inset=24, parent=parent)
        self._section = section
        self._free = 0

    def set_free(self, free: int) -> None:
        """Bytes that the line through the Memory column stands for."""
        self._free = free
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        if section != self._section or not self._free:
            return
        font = theme.font("caption")
        text = tr("{size} free", size=fmt.size(self._free))
        box = self.words_rect(rect, section)
        if QFontMetrics(font).horizontalAdvance(text) > box.width() - 52:
            return
        painter.save()
        painter.setFont(font)
        painter.setPen(theme.color("accent.text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()
