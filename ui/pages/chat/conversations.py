"""The list of conversations with its search."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from backend.i18n import tr
from ui.pages.chat.conversation_model import ROW_ROLE, ChatRow, ConversationModel, Heading, Row
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField

_SIDE = 8
_ROW = 48
_HEADING = 32


class _Delegate(QStyledItemDelegate):
    """Two lines per chat; the title is edited in its own place."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, _HEADING if isinstance(index.data(ROW_ROLE), Heading) else _ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.2"))
            place = rect.adjusted(_SIDE + 12, 10, -_SIDE, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.text)
        else:
            self._paint_chat(painter, option, rect.adjusted(_SIDE, 1, -_SIDE, -1), row)
        painter.restore()

    def _paint_chat(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, row: ChatRow) -> None:
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
        if focused and list_focused and not selected:
            painter.setPen(QPen(theme.color("focus.ring"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        text = box.adjusted(12, 4, -10, -4)
        for role, weight, token, words, line in (
            ("body", 500, "text.1", row.title, QRectF(text.left(), text.top(), text.width(), 20)),
            ("small", 400, "text.3", row.note, QRectF(text.left(), text.top() + 20, text.width(), 17)),
        ):
            painter.setFont(theme.font(role, weight=weight))
            painter.setPen(theme.color(token))
            metrics = QFontMetricsF(painter.font())
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(tr("Title of the chat"))
        editor.setMaxLength(200)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(option.rect.adjusted(_SIDE + 2, 10, -_SIDE - 2, -10))


class _List(QListView):
    """Delete asks to delete; the context menu has everything."""

    delete_asked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not editing:
            row = self.currentIndex().data(ROW_ROLE)
            if isinstance(row, ChatRow):
                self.delete_asked.emit(row.chat.id)
            return
        super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Arrow keys skip the headings."""
        before = self.currentIndex()
        index = super().moveCursor(action, modifiers)
        up = action in (
            QAbstractItemView.CursorAction.MoveUp,
            QAbstractItemView.CursorAction.MovePrevious,
            QAbstractItemView.CursorAction.MovePageUp,
        )
        step = -1 if up else 1
        while index.isValid() and isinstance(index.data(ROW_ROLE), Heading):
            following = index.sibling(index.row() + step, 0)
            if not following.isValid() and up:
                return before
            index = following
        return index if index.isValid() else before


class ConversationPane(QWidget):
    """Search field, list, and the button for a new chat.

    Signals:
        opened: Id of the chat to show.
        new_asked: A new chat is wanted.
        renamed: Id and new title of a chat.
        delete_asked: Id of the chat to delete.
        undo_asked: The last deletion is to be taken back.
        search_changed: Words to search for, a moment after the last key.
    """

    opened = Signal(int)
    new_asked = Signal()
    renamed = Signal(int, str)
    delete_asked = Signal(int)
    undo_asked = Signal()
    search_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = ConversationModel(self)
        self.model.renamed.connect(self.renamed)
        self._shown: int | None = None
        self._new = IconButton("square-pen", tr("New chat (Ctrl+N)"))
        self._new.clicked.connect(self.new_asked)
        self.search = SearchField(tr("Search all text"))
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self.search.moved.connect(self._move)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(200)
        self._wait.timeout.connect(lambda: self.search_changed.emit(self.search.text()))
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Chats"))
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.delete_asked.connect(self.delete_asked)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self._none = label(tr("No chat has these words."), "small", "3", wrap=True)
        self._none.setContentsMargins(20, 8, 12, 0)
        self._none.hide()
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        undo.activated.connect(self.undo_asked)
        self._build()
        theme.changed.connect(self.list.viewport().update)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 0, 8, 0)
        head.addWidget(label(tr("Chats"), "title"))
        head.addStretch(1)
        head.addWidget(self._new)
        top = QWidget()
        top.setFixedHeight(theme.size("toolbar"))
        top.setLayout(head)
        box = QHBoxLayout()
        box.setContentsMargins(12, 0, 12, 4)
        box.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top)
        layout.addLayout(box)
        layout.addWidget(self._none)
        layout.addWidget(self.list, 1)

    def set_rows(self, rows: list[Row]) -> None:
        """Show `rows`, keeping the selection and the scroll position."""
        self.model.set_rows(rows)
        self._none.setVisible(not rows and bool(self.search.text()))
        self.show_chat(self._shown)

    def show_chat(self, chat_id: int | None) -> None:
        """Select a chat without opening it again."""
        self._shown = chat_id
        at = self.model.row_of(chat_id) if chat_id is not None else -1
        if at >= 0 and self.list.currentIndex().row() != at:
            self.list.setCurrentIndex(self.model.index(at))
        elif at < 0:
            self.list.clearSelection()

    def rename(self, chat_id: int) -> None:
        """Edit the title of a chat in its row."""
        at = self.model.row_of(chat_id)
        if at >= 0:
            self.list.setFocus()
            self.list.edit(self.model.index(at))

    def _current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = current.data(ROW_ROLE) if current.isValid() else None
        if isinstance(row, ChatRow) and row.chat.id != self._shown:
            self._shown = row.chat.id
            self.opened.emit(row.chat.id)

    def _move(self, step: int) -> None:
        at = self.list.currentIndex().row() + step
        while 0 <= at < self.model.rowCount():
            if isinstance(self.model.row(at), ChatRow):
                self.list.setCurrentIndex(self.model.index(at))
                return
            at += step

    def _menu(self, place: QPoint) -> None:
        row = self.list.indexAt(place).data(ROW_ROLE)
        if not isinstance(row, ChatRow):
            return
        chat_id = row.chat.id
        menu = QMenu(self)
        rename = QAction(tr("Rename"), menu)
        rename.setShortcut(QKeySequence(Qt.Key.Key_F2))
        rename.triggered.connect(lambda: self.rename(chat_id))
        delete = QAction(tr("Delete"), menu)
        delete.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        delete.triggered.connect(lambda: self.delete_asked.emit(chat_id))
        menu.addActions([rename, delete])
        menu.exec(self.list.viewport().mapToGlobal(place))
        menu.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.list.doItemsLayout()
