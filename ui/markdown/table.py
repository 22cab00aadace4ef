"""A Markdown table: hairlines between rows, sideways scrolling when it is too wide."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from ui.markdown import styles
from ui.markdown.blocks import Align, Cell, Span, Table
from ui.markdown.pane import TextPane
from ui.theme import theme

MAX_ROWS = 300
"""Rows beyond this one are left out, and a line says so; the source has them all."""

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class TablePane(TextPane):
    """Shows one table; it is built anew whenever it changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._table: Table | None = None
        self.setAccessibleName(tr("Table"))

    def set_table(self, table: Table, *, force: bool = False) -> None:
        """Show `table`."""
        if table == self._table and not force:
            return
        self._table = table
        self._document.clear()
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        rows = (table.head, *table.rows[:MAX_ROWS])
        made = cursor.insertTable(len(rows), len(table.aligns), self._format())
        for r, row in enumerate(rows):
            for c, cell in enumerate(row[: len(table.aligns)]):
                self._fill(made, r, c, cell, table.aligns[c])
        cursor.endEditBlock()
        self._flatten_tail()
        self.settle()

    def height_for(self, width: int) -> int:
        """Pixels needed at `width`, including the scroll bar if the columns do not fit."""
        height = super().height_for(width)
        bar = self.horizontalScrollBar().sizeHint().height()
        return height + (bar if self._document.size().width() > width else 0)

    @staticmethod
    def _format() -> QTextTableFormat:
        fmt = QTextTableFormat()
        fmt.setBorder(0)
        fmt.setBorderCollapse(True)
        fmt.setCellPadding(6)
        fmt.setCellSpacing(0)
        fmt.setHeaderRowCount(1)
        fmt.setWidth(QTextLength())
        return fmt

    @staticmethod
    def _fill(table: QTextTable, row: int, column: int, cell: Cell, align: Align) -> None:
        place: QTextTableCell = table.cellAt(row, column)
        fmt = place.format().toTableCellFormat()
        fmt.setBottomBorder(1)
        fmt.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        fmt.setBottomBorderBrush(QBrush(theme.color("line.control" if row == 0 else "line.hair")))
        fmt.setLeftPadding(0 if column == 0 else 8)
        fmt.setRightPadding(12)
        fmt.setTopPadding(5)
        fmt.setBottomPadding(5)
        place.setFormat(fmt)
        cursor = place.firstCursorPosition()
        block = QTextBlockFormat()
        block.setAlignment(_ALIGN[align])
        block.setLineHeight(theme.line_height("body"), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor.setBlockFormat(block)
        for span in cell or (Span(""),):
            text = styles.text_format(span, None, "body")
            if row == 0:
                text.setFontWeight(QFont.Weight.DemiBold)
            cursor.insertText(span.text.replace("\n", "\u2028"), text)

    def _flatten_tail(self) -> None:
        """Make the empty block that always follows a table take no room."""
        cursor = QTextCursor(self._document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        flat = QTextBlockFormat()
        flat.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(flat)
