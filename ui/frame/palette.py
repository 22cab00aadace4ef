"""The command palette: type a few letters to reach a page, a chat, a model or an action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from backend.i18n import tr
from ui.frame import panes
from ui.frame.fuzzy import score
from ui.theme import icons, theme
from ui.widgets.labels import label
from ui.widgets.section import hairline

WIDTH = 560
ROW_HEIGHT = 36
MAX_ROWS = 9

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette.

    Attributes:
        kind: What it is, shown in grey: a page, a chat, a model, an action.
        run: Called after the palette closed.
        keys: Its shortcut, if it has one.
    """

    title: str
    kind: str
    icon: str
    run: Callable[[], object]
    keys: str = ""


class CommandModel(QAbstractListModel):
    """The commands that match, best first."""

    COMMAND = int(Qt.ItemDataRole.UserRole)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Command, ...] = ()
        self._shown: list[Command] = []
        self._pattern = ""

    def set_commands(self, commands: Sequence[Command]) -> None:
        self._all = tuple(commands)
        self.filter(self._pattern)

    def filter(self, pattern: str) -> None:
        """Keep what matches `pattern`. The whole list changes with each letter, so it is replaced as a
        whole."""
        self._pattern = pattern
        ranked = []
        for place, command in enumerate(self._all):
            points = score(pattern, command.title)
            if points is not None:
                ranked.append((-points, place, command))
        ranked.sort(key=lambda entry: entry[:2])
        self.beginResetModel()
        self._shown = [command for _, _, command in ranked]
        self.endResetModel()

    def command(self, row: int) -> Command | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        command = self.command(index.row()) if index.isValid() else None
        if command is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return command.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{command.title}, {command.kind}"
            case CommandModel.COMMAND:
                return command
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(WIDTH, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        command = index.data(CommandModel.COMMAND)
        if not isinstance(command, Command):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect.adjusted(4, 0, -4, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.selected"))
            painter.drawRoundedRect(QRectF(rect), 4, 4)
        middle = rect.center().y()
        icons.paint(painter, command.icon, QRectF(rect.left() + 10, middle - 7.5, 16, 16), "text.2")
        caption = theme.font("caption")
        note = command.keys or command.kind
        note_width = round(QFontMetricsF(caption).horizontalAdvance(note)) + 2
        body = theme.font("body")
        room = rect.adjusted(38, 0, -note_width - 24, 0)
        painter.setFont(body)
        painter.setPen(theme.color("text.1"))
        title = QFontMetricsF(body).elidedText(command.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(caption)
        painter.setPen(theme.color("text.3"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(rect.adjusted(0, 0, -12, 0), right, note)
        painter.restore()


class CommandPalette(QWidget):
    """Covers the window while open; a click outside or Esc closes it, and the focus goes back."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._before: QWidget | None = None
        self.model = CommandModel(self)
        self._box = QFrame(self)
        self._box.setProperty("surface", "popover")
        self._box.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self._box)
        layout.setContentsMargins(1, 1, 1, 5)
        layout.setSpacing(4)
        self.field = QLineEdit()
        self.field.setProperty("frameless", True)
        self.field.setProperty("focusRing", "none")
        self.field.setPlaceholderText(tr("Go to a page, a model or a chat"))
        self.field.setAccessibleName(tr("Go to a page, a model or a chat"))
        self.field.setTextMargins(14, 0, 14, 0)
        self.field.setFont(theme.font("read"))
        self.field.setProperty("controlSize", "palette")
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        layout.addWidget(self.field)
        layout.addWidget(hairline())
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Matches"))
        self.list.clicked.connect(lambda index: self._run(index.row()))
        self.list.entered.connect(self.list.setCurrentIndex)
        layout.addWidget(self.list)
        self._nothing = label(tr("Nothing matches"), "small", "3")
        self._nothing.setContentsMargins(16, 8, 16, 8)
        layout.addWidget(self._nothing)
        shadow = QGraphicsDropShadowEffect(self._box)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 8)
        shadow.setColor(theme.color("bg.scrim"))
        self._box.setGraphicsEffect(shadow)
        window.installEventFilter(self)
        self.hide()

    def open(self, commands: Sequence[Command]) -> None:
        """Show the palette with these commands; further calls replace them while it is open."""
        if self.isHidden():
            self._before = self.window().focusWidget()
            self.field.clear()
        self.model.set_commands(commands)
        self.setGeometry(self.parentWidget().rect())
        self.show()
        self.raise_()
        self._fit()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        panes.give_back(self._before)
        self._before = None

    def _typed(self, text: str) -> None:
        self.model.filter(text)
        self._fit()

    def _fit(self) -> None:
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self._nothing.setVisible(rows == 0)
        self.list.setFixedHeight(min(rows, MAX_ROWS) * ROW_HEIGHT)
        if rows:
            self.list.setCurrentIndex(self.model.index(0))
        self._box.adjustSize()
        self._box.move((self.width() - WIDTH) // 2, max(self.height() // 8, 24))

    def _run(self, row: int) -> None:
        command = self.model.command(row)
        if command is not None:
            self.close_palette()
            command.run()

    def _step(self, step: int) -> None:
        rows = self.model.rowCount()
        if rows:
            row = (self.list.currentIndex().row() + step) % rows
            self.list.setCurrentIndex(self.model.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self.setGeometry(self.parentWidget().rect())
            self._fit()
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Escape:
                    self.close_palette()
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Up:
                    self._step(-1)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._run(self.list.currentIndex().row())
                case _:
                    return False
            return True
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_palette()
