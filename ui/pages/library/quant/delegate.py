"""Cells of the table of types."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from backend.i18n import tr
from ui import format as fmt
from ui.pages.library.quant.plan import TypeRow
from ui.pages.library.quant.rows import Column, Role, TypeTable, number_of, value_of
from ui.theme import icons, theme
from ui.theme.measure import advance
from ui.widgets.fit_pill import fit_pill_width, paint_fit_pill
from ui.widgets.labels import paint_number

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT, DENSE_HEIGHT = 40, 32
FIRST_INSET, INSET = 24, 8
BOX, NAME = 16, 56
"""Side of the check box, and where the name begins."""


class TypeDelegate(QStyledItemDelegate):
    """Predicted numbers are grey with a tilde and dots below; measured ones are plain and stronger.

    Attributes:
        hovered: Name of the type that the mouse points at, here or in the chart.
    """

    def __init__(self, table: TypeTable, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._table, self._view = table, view
        self.hovered = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, selected = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            token = "bg.selected" if self._view.hasFocus() else "bg.selected.idle"
            painter.fillRect(rect, theme.color(token))
        elif row.name == self.hovered:
            painter.fillRect(rect, theme.color("bg.hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line.hair"))
        column = Column(index.column())
        cell = rect.adjusted(INSET, 0, -INSET, 0)
        if column is Column.SAME:
            cell.setRight(rect.right() - 16)
        match column:
            case Column.TYPE:
                self._type(painter, rect, row, selected)
            case Column.SIZE:
                self._size(painter, cell, row)
            case Column.BITS:
                _write(painter, cell, str(index.data()), "text.2")
            case Column.FIT:
                width = min(fit_pill_width(row.lab.fit), cell.width() + INSET)
                paint_fit_pill(painter, QRect(cell.left(), cell.center().y() - 11, width, 22), row.lab.fit)
            case _:
                self._number(painter, cell, row, column, bool(row.refusal))
        painter.restore()

    def _type(self, painter: QPainter, rect: QRect, row: TypeRow, selected: bool) -> None:
        if not row.original:
            self._box(painter, box_of(rect), row)
        quiet = "text.2" if selected else "text.3"
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color(quiet if row.refusal else "text.1"))
        name = QRect(rect.left() + NAME, rect.top(), rect.width() - NAME, rect.height() - 1)
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), row.name)
        tag = _tag(row)
        if not tag:
            return
        left = name.left() + advance(row.name, "code") + 8
        box = QRectF(left + 0.5, rect.center().y() - 8.5, advance(tag, "caption") + 9, 17)
        if box.right() > rect.right():
            return
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.control"))
        painter.drawRoundedRect(box, theme.radius("small"), theme.radius("small"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), tag)

    def _box(self, painter: QPainter, box: QRectF, row: TypeRow) -> None:
        enabled = self._table.can_tick(row)
        checked = row.checked and enabled
        line = "accent.base" if checked else "line.strong" if enabled else "line.hair"
        painter.setPen(QPen(theme.color(line), 1))
        painter.setBrush(theme.color("accent.base" if checked else "bg.control"))
        radius = theme.radius("small")
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if checked:
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), "accent.ink")

    def _size(self, painter: QPainter, cell: QRect, row: TypeRow) -> None:
        number, unit = fmt.scaled(row.lab.size)
        if row.lab.exact_size:
            _write(painter, cell, f"{number}\u00a0{unit}", "text.1", weight=500)
        else:
            paint_number(painter, cell, number, unit, predicted=True)

    def _number(self, painter: QPainter, cell: QRect, row: TypeRow, column: Column, quiet: bool) -> None:
        value = value_of(row, column)
        if value is None:
            _write(painter, cell, fmt.UNKNOWN, "text.3")
            return
        number = number_of(value, column)
        paint_number(painter, cell, number, predicted=not value.measured)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the box, with some room around it, ticks."""
        if (
            event.type() == QEvent.Type.MouseButtonRelease
            and index.column() == Column.TYPE
            and isinstance(event, QMouseEvent)
            and box_of(option.rect).adjusted(-8, -8, 8, 8).contains(event.position())
        ):
            tick(index)
            return True
        return False


def tick(index: Index) -> None:
    """Turn the tick of the row of `index`."""
    first = index.siblingAtColumn(Column.TYPE)
    state = first.data(Qt.ItemDataRole.CheckStateRole)
    if state is not None:
        checked = Qt.CheckState(state) == Qt.CheckState.Checked
        model = first.model()
        model.setData(
            first,
            Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked,
            Qt.ItemDataRole.CheckStateRole,
        )


def box_of(rect: QRect) -> QRectF:
    """Where the check box stands in the first cell of a row."""
    return QRectF(rect.left() + FIRST_INSET, rect.center().y() - BOX / 2, BOX, BOX)


def _tag(row: TypeRow) -> str:
    if row.original:
        return tr("original")
    if row.cure:
        return tr("needs matrix")
    if row.refusal:
        return tr("not possible")
    return tr("in library") if row.here else ""


@cache
def type_width() -> int:
    """Pixels of the first column: a long name with its tag."""
    tags = (tr("original"), tr("needs matrix"), tr("in library"))
    return NAME + round(advance("IQ3_XXS", "code") + max(advance(tag, "caption") for tag in tags)) + 22


def _write(painter: QPainter, rect: QRect, text: str, token: str, *, weight: int | None = None) -> None:
    painter.setFont(theme.font("small", weight=weight, tabular=True))
    painter.setPen(theme.color(token))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
