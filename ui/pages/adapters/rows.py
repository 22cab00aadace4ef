"""The two lists: adapters on this disk, and adapters in the garden."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backend.adapters.types import Adapter, Compatibility
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt
from ui.models.adapter_words import Verdict, row_words, tip, verdict_of
from ui.models.rows import RowsModel
from ui.pages.adapters.words import hub_words
from ui.theme import icons, theme
from ui.theme.measure import advance

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class DiskRow:
    """An adapter on this disk; `found` None while it is being checked against the base."""

    adapter: Adapter
    found: Compatibility | None = None

    @property
    def key(self) -> str:
        return self.adapter.id

    @property
    def name(self) -> str:
        return self.adapter.name

    @property
    def note(self) -> str:
        return row_words(self.adapter)

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.adapter, self.found)

    @property
    def tip(self) -> str:
        return tip(self.adapter)


@dataclass(frozen=True, slots=True)
class HubRow:
    """An adapter in the garden.

    Attributes:
        share: How much of it is downloaded, from 0 to 1; None where it is not being fetched.
        here: It was fetched.
    """

    model: HubModel
    share: float | None = None
    here: bool = False

    @property
    def key(self) -> str:
        return self.model.id

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def note(self) -> str:
        return hub_words(self.model)

    @property
    def verdict(self) -> Verdict:
        if self.here:
            return "check", "ok.text", tr("on this disk")
        if self.share is not None:
            return "download", "accent.text", fmt.percent(self.share)
        if self.model.gated:
            return "lock", "text.3", tr("gated")
        return "download", "text.3", ""

    @property
    def tip(self) -> str:
        return self.model.id


Row = DiskRow | HubRow


class RowList(RowsModel[Row]):
    """`Row` under `ROW_ROLE`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.key, 1, parent)

    def place_of(self, key: str) -> int:
        """The row with this key, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case _ if role == ROW_ROLE:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(word for word in (row.name, row.note, row.verdict[2]) if word)
            case Qt.ItemDataRole.ToolTipRole:
                return row.tip
        return None


class RowDelegate(QStyledItemDelegate):
    """Two lines of 52 pixels: name and facts, and a word about it at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme.size("row.adapter"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(8, 1, -8, -1)
        radius = theme.radius("control")
        focused = bool(option.state & QStyle.StateFlag.State_Active) and option.widget.hasFocus()
        surface = ""
        if option.state & QStyle.StateFlag.State_Selected:
            surface = "bg.selected" if focused else "bg.selected.idle"
        elif option.state & QStyle.StateFlag.State_MouseOver:
            surface = "bg.hover"
        if surface:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(surface))
            painter.drawRoundedRect(box, radius, radius)
        text = box.adjusted(12, 7, -12, -7)
        self._paint_row(painter, text, row)
        painter.restore()

    @staticmethod
    def _paint_row(painter: QPainter, text: QRectF, row: Row) -> None:
        icon, token, word = row.verdict
        middle = Qt.AlignmentFlag.AlignVCenter
        right = text.right()
        if word:
            width = advance(word, "caption", None, True)
            painter.setFont(theme.font("caption", tabular=True))
            painter.setPen(theme.color(token))
            right -= width
            painter.drawText(QRectF(right, text.top(), width + 2, text.height()), middle, word)
        if icon:
            right -= 18 if word else 14
            icons.paint(painter, icon, QRectF(right, text.center().y() - 7, 14, 14), token)
        room = right - 8 - text.left()
        for words, role, weight, tone, top, high in (
            (row.name, "body", 500, "text.1", 0, 20),
            (row.note, "caption", 400, "text.2", 20, 16),
        ):
            font = theme.font(role, weight=weight)
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(text.left(), text.top() + top, room + 2, high), middle, shown)


class RowListView(QListView):
    """As high as its rows where it has the room, else it scrolls. Enter and a double click act on a row."""

    def __init__(self, rows: RowList, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def sizeHint(self) -> QSize:
        return QSize(240, self.rows.rowCount() * theme.size("row.adapter") + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, min(2, self.rows.rowCount()) * theme.size("row.adapter"))

    def current(self) -> Row | None:
        row: Row | None = self.currentIndex().data(ROW_ROLE)
        return row

    def choose(self, key: str) -> None:
        """Select the row with this key; with another, none."""
        at = self.rows.place_of(key)
        if at >= 0:
            self.setCurrentIndex(self.rows.index(at, 0))
        else:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
