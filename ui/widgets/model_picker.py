"""The button that shows the chosen model, and the list it opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from backend.engines.types import ChatModel
from backend.i18n import tr
from ui import format as fmt
from ui.theme import icons, theme
from ui.widgets.search_field import SearchField

_MODEL_ROLE = Qt.ItemDataRole.UserRole + 1
_NAME_ROLE = Qt.ItemDataRole.UserRole + 2
_ROW = 44
MIX_INDENT = 22


def model_line(model: ChatModel) -> str:
    """Quantization and size of a model, or where it runs, in one short line; of a mix, that it is one."""
    mark = tr("mix") if model.base_id else ""
    parts = [mark, model.quant, fmt.size(model.size) if model.size else "", model.host]
    return " · ".join(part for part in parts if part)


def mix_words(model: ChatModel) -> str:
    """What a mix puts over its base: ``sql-helper 0.75, terse 0.40``."""
    return ", ".join(f"{PurePath(use.path).stem} {fmt.number(use.scale, 2)}" for use in model.adapters)


def short_name(model: ChatModel, models: Sequence[ChatModel]) -> str:
    """The name of a model in a list; of a mix without that of its base, below which it stands there."""
    base = next((each for each in models if each.id == model.base_id), None)
    return model.name.removeprefix(f"{base.name} + ") if base is not None else model.name


def paint_mix_mark(painter: QPainter, left: float, middle: float, *, usable: bool) -> None:
    """The mark of a mix, `MIX_INDENT` wide with its gap."""
    place = QRectF(left, middle - 7, 14, 14)
    icons.paint(painter, "blend", place, "text.2" if usable else "text.disabled")


class ModelButton(QAbstractButton):
    """Two lines: the name, and how the model is held; like a combo box it opens a list.

    Signals:
        chosen: Id of the model that was chosen.
        more_asked: *Find more models* was chosen.
        opened: The list is shown; now is the time to ask other engines what they have.
    """

    chosen = Signal(str)
    more_asked = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ChatModel, ...] = ()
        self._title = tr("Choose a model")
        self._note = ""
        self._popup: ModelPopup | None = None
        self.setFixedHeight(44)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.open_list)
        theme.changed.connect(self.update)

    def set_models(self, models: Sequence[ChatModel]) -> None:
        """Offer these models."""
        self._models = tuple(models)
        if self._popup is not None and self._popup.isVisible():
            self._popup.set_models(self._models)

    def show_model(self, title: str, note: str) -> None:
        """Show the model that is chosen; empty for none."""
        self._title = title or tr("Choose a model")
        self._note = note
        self.setAccessibleName(tr("Model: {name}", name=f"{self._title}, {note}" if note else self._title))
        self.update()

    def open_list(self) -> None:
        """Show the list below the button."""
        if self._popup is None:
            self._popup = ModelPopup(self)
            self._popup.chosen.connect(self.chosen)
            self._popup.more_asked.connect(self.more_asked)
        self._popup.set_models(self._models)
        self._popup.open_below(self)
        self.opened.emit()

    def sizeHint(self) -> QSize:
        return QSize(240, 44)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line.control"), 1))
        painter.setBrush(theme.color("bg.control.hover" if self.underMouse() else "bg.control"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        room = self.width() - 44
        title_top = 5 if self._note else 12
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text.1"))
        title = QFontMetricsF(painter.font()).elidedText(self._title, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(12, title_top, room, 20), Qt.AlignmentFlag.AlignVCenter, title)
        if self._note:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text.3"))
            note = QFontMetricsF(painter.font()).elidedText(self._note, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(12, 24, room, 15), Qt.AlignmentFlag.AlignVCenter, note)
        place = QRectF(self.width() - 24, (self.height() - 14) / 2, 14, 14)
        icons.paint(painter, "chevrons-up-down", place, "text.3")


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW if index.data(_MODEL_ROLE) is not None else 34)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model: ChatModel | None = index.data(_MODEL_ROLE)
        box = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        enabled = bool(option.state & QStyle.StateFlag.State_Enabled)
        if enabled and option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setBrush(theme.color("bg.selected" if chosen else "bg.hover"))
            painter.drawRoundedRect(box, theme.radius("small"), theme.radius("small"))
        text = box.adjusted(10, 3, -10, -3)
        if model is None:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.color("accent.text"))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            self._paint_model(painter, text, model, str(index.data(_NAME_ROLE)))
        painter.restore()

    @staticmethod
    def _paint_model(painter: QPainter, text: QRectF, model: ChatModel, shown: str) -> None:
        usable = not model.problem
        right = tr("mix") if model.base_id else model_line(model)
        if model.base_id:
            paint_mix_mark(painter, text.left(), text.top() + 10, usable=usable)
            text = text.adjusted(MIX_INDENT, 0, 0, 0)
        painter.setFont(theme.font("small", tabular=True))
        width = QFontMetricsF(painter.font()).horizontalAdvance(right)
        painter.setPen(theme.color("text.3" if usable else "text.disabled"))
        first = QRectF(text.left(), text.top(), text.width(), 20)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, right)
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text.1" if usable else "text.disabled"))
        room = text.width() - width - 12
        name = QFontMetricsF(painter.font()).elidedText(shown, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text.3" if usable else "bad.text"))
        second = QRectF(text.left(), text.top() + 20, text.width(), 16)
        words = model.problem or (mix_words(model) if model.base_id else model.owner)
        note = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, note)


class ModelPopup(QFrame):
    """A search field over the models that can be chosen; Enter chooses, Esc closes.

    Signals:
        chosen: Id of a model.
        more_asked: *Find more models* was chosen.
    """

    chosen = Signal(str)
    more_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popover")
        self._models: tuple[ChatModel, ...] = ()
        self._search = SearchField(tr("Find a model"))
        self._search.textChanged.connect(lambda _text: self._fill())
        self._search.moved.connect(self._move)
        self._search.returnPressed.connect(lambda: self._choose(self.list.currentIndex()))
        self._items = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._items)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Models"))
        self.list.clicked.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._search)
        layout.addWidget(self.list)

    def set_models(self, models: Sequence[ChatModel]) -> None:
        """Offer these models."""
        self._models = tuple(models)
        self._fill()

    def open_below(self, widget: QWidget) -> None:
        """Show the list below `widget`, as wide as it."""
        height = sum(_ROW if item else 34 for item in [*self._models, None]) + 60
        self.resize(max(widget.width(), 300), min(height, 420))
        place = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        screen = widget.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        if place.y() + self.height() > screen.bottom():
            place.setY(max(screen.top(), widget.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4))
        self.move(place)
        self.show()
        self._search.setFocus()

    def _fill(self) -> None:
        words = self._search.text().casefold().split()
        self._items.clear()
        found = [model for model in self._models if all(word in _searched(model) for word in words)]
        for model in found:
            item = QStandardItem(model.name)
            item.setData(model, _MODEL_ROLE)
            item.setData(short_name(model, found), _NAME_ROLE)
            item.setEnabled(not model.problem)
            item.setToolTip(model.problem or model.address)
            item.setAccessibleText(f"{model.name}, {model_line(model)}")
            self._items.appendRow(item)
        self._items.appendRow(QStandardItem(tr("Find more models …")))
        self._move(1, start=-1)

    def _move(self, step: int, start: int | None = None) -> None:
        at = (self.list.currentIndex().row() if start is None else start) + step
        while 0 <= at < self._items.rowCount():
            if self._items.item(at).isEnabled():
                self.list.setCurrentIndex(self._items.index(at, 0))
                return
            at += step

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid() or not self._items.item(index.row()).isEnabled():
            return
        model: ChatModel | None = index.data(_MODEL_ROLE)
        self.hide()
        if model is None:
            self.more_asked.emit()
        else:
            self.chosen.emit(model.id)


def _searched(model: ChatModel) -> str:
    return f"{model.name} {model.owner} {model.quant} {mix_words(model)}".casefold()
