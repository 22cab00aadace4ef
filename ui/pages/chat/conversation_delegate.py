"""How rows of the conversation list are drawn, and where their names are edited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.pages.chat.conversation_model import ROW_ROLE
from ui.pages.chat.conversation_rows import ChatRow, FolderRow, Heading, HitRow, Row
from ui.theme import icons, theme

_SIDE = 8
_INDENT = 14
_ROW = 48
_HEADING = 32
_FOLDER = 32
_HIT = 66
_TITLE_HIT = 34

Index = QModelIndex | QPersistentModelIndex


class ConversationDelegate(QStyledItemDelegate):
    """Two lines per chat, one per folder, three per hit.

    Attributes:
        drop_row: The row under what is being dragged, or -1.
    """

    drop_row = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        match index.data(ROW_ROLE):
            case Heading():
                height = _HEADING
            case FolderRow():
                height = _FOLDER
            case HitRow(found=found):
                height = _TITLE_HIT if found.message_id is None else _HIT
            case _:
                height = _ROW
        return QSize(100, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = rect.adjusted(_SIDE, 1, -_SIDE, -1)
        if isinstance(row, Heading):
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.2"))
            place = rect.adjusted(_SIDE + 12, 10, -_SIDE, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.text)
        else:
            self._paint_surface(painter, option, box, index.row())
            if isinstance(row, FolderRow):
                _paint_folder(painter, box, row)
            elif isinstance(row, ChatRow):
                _paint_chat(painter, box, row)
            else:
                _paint_hit(painter, box, row)
        painter.restore()

    def _paint_surface(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, at: int) -> None:
        state = option.state
        radius = theme.radius("control")
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        list_focused = option.widget is not None and option.widget.hasFocus()
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(theme.color("bg.selected" if list_focused else "bg.selected.idle"))
            painter.drawRoundedRect(box, radius, radius)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("bg.hover"))
            painter.drawRoundedRect(box, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if at == self.drop_row:
            painter.setPen(QPen(theme.color("accent.base"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        elif focused and list_focused and not selected:
            painter.setPen(QPen(theme.color("focus.ring"), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        folder = isinstance(index.data(ROW_ROLE), FolderRow)
        editor.setAccessibleName(tr("Name of the folder") if folder else tr("Title of the chat"))
        editor.setMaxLength(200)
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(index.data(ROW_ROLE), FolderRow):
            editor.setGeometry(option.rect.adjusted(_SIDE + 28, 2, -_SIDE - 2, -2))
        else:
            editor.setGeometry(option.rect.adjusted(_SIDE + 2, 10, -_SIDE - 2, -10))


def _line(painter: QPainter, place: QRectF, words: str, font: QFont, token: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(token))
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_chat(painter: QPainter, box: QRectF, row: ChatRow) -> None:
    text = box.adjusted(12 + (_INDENT if row.inside else 0), 4, -10, -4)
    title = QRectF(text.left(), text.top(), text.width() - (16 if row.answering else 0), 20)
    _line(painter, title, row.title, theme.font("body", weight=500), "text.1")
    note = tr("answering …") if row.answering else row.note
    place = QRectF(text.left(), text.top() + 20, text.width(), 17)
    _line(painter, place, note, theme.font("small"), "accent.text" if row.answering else "text.3")
    if row.answering:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.base"))
        painter.drawEllipse(QRectF(text.right() - 8, text.top() + 6, 8, 8))


def _paint_folder(painter: QPainter, box: QRectF, row: FolderRow) -> None:
    middle = box.center().y()
    arrow = "chevron-down" if row.open else "chevron-right"
    icons.paint(painter, arrow, QRectF(box.left() + 9, middle - 7, 14, 14), "text.3")
    icons.paint(painter, "folder", QRectF(box.left() + 27, middle - 7, 14, 14), "text.2")
    font = theme.font("small", tabular=True)
    count = fmt.number(row.count)
    room = QFontMetricsF(font).horizontalAdvance(count)
    name = QRectF(box.left() + 48, box.top(), box.width() - 48 - 18 - room, box.height())
    _line(painter, name, row.folder.name, theme.font("body", weight=500), "text.1")
    _line(painter, QRectF(box.right() - 10 - room, box.top(), room + 2, box.height()), count, font, "text.3")


def _paint_hit(painter: QPainter, box: QRectF, row: HitRow) -> None:
    text = box.adjusted(12, 4, -10, -4)
    title = QRectF(text.left(), text.top(), text.width(), 20)
    found = row.found
    if found.message_id is None:
        icons.paint(painter, "message-square", QRectF(title.left(), title.center().y() - 6, 14, 14), "text.3")
        place = title.adjusted(20, 3, 0, 3)
        _marked(painter, place, found.snippet or row.title, found.marks, theme.font("body", weight=500), 1)
        return
    _line(painter, title, row.title, theme.font("body", weight=500), "text.1")
    place = QRectF(text.left(), text.top() + 20, text.width(), 36)
    _marked(painter, place, found.snippet, found.marks, theme.font("small"), 2)


def _marked(
    painter: QPainter, place: QRectF, words: str, marks: tuple[tuple[int, int], ...], font: QFont, lines: int
) -> None:
    """Draw `words` over at most `lines` lines, those of `marks` strongly."""
    strong = QTextCharFormat()
    strong.setForeground(theme.color("accent.text"))
    strong.setFontWeight(QFont.Weight.DemiBold)
    ranges = []
    for start, length in marks:
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, length, strong  # type: ignore[assignment]
        ranges.append(span)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(ranges)
    layout.beginLayout()
    y = 0.0
    for _ in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(place.width())
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    painter.setPen(theme.color("text.2" if lines > 1 else "text.1"))
    layout.draw(painter, place.topLeft())
