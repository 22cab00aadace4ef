"""A list of models of which several can be ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from backend.engines.types import ChatModel
from backend.i18n import tr
from ui import format as fmt
from ui.theme import icons, theme
from ui.theme.measure import advance
from ui.widgets.model_picker import MIX_MARK, short_name
from ui.widgets.pick_popup import MARK_WIDTH, paint_mark

Index = QModelIndex | QPersistentModelIndex
_MODEL = Qt.ItemDataRole.UserRole + 1
_NAME = Qt.ItemDataRole.UserRole + 2
_BOX = 16


class ModelTicks(QListView):
    """Space, Enter and clicks tick. Models that cannot be used are listed with the reason.

    Signals:
        changed: Others are ticked.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = QStandardItemModel(self)
        self._ticked: list[str] = []
        self.setModel(self._items)
        self.setItemDelegate(_Delegate(self))
        self.setProperty("surface", "card")
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Models"))
        self.clicked.connect(self.turn)

    def set_models(self, models: Sequence[ChatModel]) -> None:
        """Offer `models`; those that are ticked stay so."""
        current = self.currentIndex().row()
        self._items.clear()
        for model in models:
            item = QStandardItem(model.name)
            item.setData(model, _MODEL)
            item.setData(short_name(model, models), _NAME)
            item.setEnabled(not model.problem)
            item.setToolTip(model.problem or model.address)
            self._items.appendRow(item)
        here = {model.id for model in models if not model.problem}
        self._ticked = [each for each in self._ticked if each in here]
        self._describe()
        if models:
            self.setCurrentIndex(self._items.index(max(current, 0), 0))

    def ticked(self) -> tuple[str, ...]:
        """Ids of the ticked models, in the order of the list."""
        order = [self._model(row).id for row in range(self._items.rowCount())]
        return tuple(each for each in order if each in self._ticked)

    def set_ticked(self, ids: Sequence[str]) -> None:
        """Tick these and no others."""
        usable = {
            self._model(row).id for row in range(self._items.rowCount()) if not self._model(row).problem
        }
        self._ticked = [each for each in ids if each in usable]
        first = next(
            (row for row in range(self._items.rowCount()) if self._model(row).id in self._ticked), None
        )
        if first is not None:
            self.setCurrentIndex(self._items.index(first, 0))
        self._describe()
        self.changed.emit()

    def turn(self, index: Index) -> None:
        """Tick or clear a model."""
        model: ChatModel | None = index.data(_MODEL)
        if model is None or model.problem:
            return
        if model.id in self._ticked:
            self._ticked.remove(model.id)
        else:
            self._ticked.append(model.id)
        self._describe()
        self.changed.emit()

    def is_ticked(self, model: ChatModel) -> bool:
        return model.id in self._ticked

    def _model(self, row: int) -> ChatModel:
        model: ChatModel = self._items.item(row).data(_MODEL)
        return model

    def _describe(self) -> None:
        for row in range(self._items.rowCount()):
            model = self._model(row)
            state = model.problem or (tr("ticked") if model.id in self._ticked else tr("not ticked"))
            self._items.item(row).setAccessibleText(f"{model.name} {model.quant}, {state}")
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = min(max(self._items.rowCount(), 3), 6)
        return QSize(400, rows * theme.size("row.table") + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 3 * theme.size("row.table") + 4)


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: ModelTicks) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.size("row.table"))

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        # A double click is two ticks: back to where it was would surprise.
        return isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: ChatModel = index.data(_MODEL)
        usable, rect = not model.problem, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = self._view.hasFocus()
            painter.fillRect(rect, theme.color("bg.selected" if focused else "bg.selected.idle"))
        elif option.state & QStyle.StateFlag.State_MouseOver and usable:
            painter.fillRect(rect, theme.color("bg.hover"))
        box = QRectF(rect.left() + 10, rect.center().y() - _BOX / 2 + 0.5, _BOX, _BOX)
        on = self._view.is_ticked(model)
        painter.setPen(
            QPen(theme.color("accent.base" if on else "line.strong" if usable else "line.hair"), 1)
        )
        painter.setBrush(theme.color("accent.base" if on else "bg.control"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if on:
            icons.paint(painter, "check", box.adjusted(1, 1, -1, -1), "accent.ink")
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        size = fmt.size(model.size) if model.size else ""
        right = model.problem or model.host or (tr("mix") if model.base_id else size)
        painter.setFont(theme.font("small", tabular=True))
        width = min(advance(right, "small", None, True), rect.width() * 0.45)
        words = painter.fontMetrics().elidedText(right, Qt.TextElideMode.ElideRight, round(width) + 2)
        painter.setPen(theme.color("text.2" if usable else "bad.text"))
        place = QRectF(rect.right() - 12 - width, rect.top(), width + 4, rect.height())
        painter.drawText(place, middle, words)
        left = rect.left() + 36.0
        if model.base_id:
            paint_mark(painter, MIX_MARK, left, rect.center().y() + 0.5, usable=usable)
            left += MARK_WIDTH
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text.1" if usable else "text.disabled"))
        quant = advance(model.quant, "code") + 8 if model.quant and not model.base_id else 0
        room = rect.right() - 24 - width - left - quant
        shown: str = index.data(_NAME)
        name = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideMiddle, round(room))
        painter.drawText(QRectF(left, rect.top(), room + 2, rect.height()), middle, name)
        if quant:
            left += advance(name, "body", 500) + 8
            painter.setFont(theme.font("code"))
            painter.setPen(theme.color("text.2" if usable else "text.disabled"))
            painter.drawText(QRectF(left, rect.top(), quant, rect.height()), middle, model.quant)
        painter.restore()
