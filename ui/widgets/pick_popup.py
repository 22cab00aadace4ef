"""A list to pick from below a search field: the models, or the adapters that a mixer can be given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.models.rows import Index, RowsModel
from ui.theme import icons, theme
from ui.theme.measure import advance
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.search_field import SearchField
from ui.widgets.section import hairline

_PICK_ROLE = Qt.ItemDataRole.UserRole + 1
_ROW, _COMMAND = 44, 28
_LEAST, _MOST = 340, 420
"""Pixels that the popup is wide at least, and high at most."""
MARK_WIDTH = 22
"""Pixels of a mark before a name, with its gap."""


def paint_mark(painter: QPainter, icon: str, left: float, middle: float, *, usable: bool) -> None:
    """A mark before a name, `MARK_WIDTH` wide with its gap."""
    icons.paint(painter, icon, QRectF(left, middle - 7, 14, 14), "text.2" if usable else "text.disabled")


@dataclass(frozen=True, slots=True)
class Pick:
    """A row of a `PickPopup`.

    Attributes:
        key: What `PickPopup.chosen` says.
        facts: What stands at the right of the name.
        note: The second line, in the colour of `tone`.
        sign: Icon before the note and its colour; empty for none.
        usable: Whether it can be chosen; if not, `note` says why.
        more: Words that it is found by, beside those that are shown.
        mark: Icon before the name.
        below: Key of the row under which it stands; where that is in the list, `short` is name enough.
    """

    key: str
    name: str
    facts: str = ""
    note: str = ""
    tone: str = "text.3"
    sign: tuple[str, str] = ("", "")
    usable: bool = True
    more: str = ""
    tip: str = ""
    mark: str = ""
    below: str = ""
    short: str = ""

    def has(self, words: Sequence[str]) -> bool:
        """Whether all of these, in small letters, are somewhere in it."""
        text = f"{self.name} {self.facts} {self.note} {self.more}".casefold()
        return all(word in text for word in words)


class _Picks(RowsModel[Pick]):
    def __init__(self, parent: QObject) -> None:
        super().__init__(lambda pick: pick.key, 1, parent)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = index.isValid() and self._rows[index.row()].usable
        return super().flags(index) if usable else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        pick = self._rows[index.row()]
        match role:
            case _ if role == _PICK_ROLE:
                return pick
            case Qt.ItemDataRole.DisplayRole:
                return pick.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(part for part in (pick.name, pick.facts, pick.note) if part)
            case Qt.ItemDataRole.ToolTipRole:
                return pick.tip
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pick: Pick = index.data(_PICK_ROLE)
        box = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        surface = ""
        if pick.usable and option.state & QStyle.StateFlag.State_Selected:
            surface = "bg.selected" if option.widget.hasFocus() else "bg.selected.idle"
        elif pick.usable and option.state & QStyle.StateFlag.State_MouseOver:
            surface = "bg.hover"
        if surface:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(surface))
            painter.drawRoundedRect(box, theme.radius("small"), theme.radius("small"))
        self._paint_pick(painter, box.adjusted(10, 3, -10, -3), pick)
        painter.restore()

    @staticmethod
    def _paint_pick(painter: QPainter, text: QRectF, pick: Pick) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        if pick.mark:
            paint_mark(painter, pick.mark, text.left(), text.top() + 10, usable=pick.usable)
            text = text.adjusted(MARK_WIDTH, 0, 0, 0)
        first = QRectF(text.left(), text.top(), text.width(), 20)
        painter.setFont(theme.font("small", tabular=True))
        painter.setPen(theme.color("text.3" if pick.usable else "text.disabled"))
        painter.drawText(first, middle | Qt.AlignmentFlag.AlignRight, pick.facts)
        room = text.width() - 12 - advance(pick.facts, "small", None, True)
        painter.setFont(theme.font("body", weight=500))
        painter.setPen(theme.color("text.1" if pick.usable else "text.disabled"))
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(pick.short or pick.name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(first, middle, name)
        second = QRectF(text.left(), text.top() + 20, text.width(), 16)
        icon, ink = pick.sign
        if icon:
            icons.paint(painter, icon, QRectF(second.left(), second.top() + 2, 12, 12), ink)
            second.setLeft(second.left() + 16)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color(pick.tone))
        metrics = QFontMetricsF(painter.font())
        note = metrics.elidedText(pick.note, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, middle, note)


class PickPopup(QFrame):
    """Typing narrows, the arrow keys move, Enter chooses, Esc closes. Rows that cannot be chosen are passed
    over; what else can be done stands below the list.

    Args:
        title: What the list has, for screen readers.
        hint: What may be typed.
        unmatched: What is said where no row has the typed words.
        empty: What is said where there are no rows at all.

    Signals:
        chosen: Key of a row.
    """

    chosen = Signal(str)

    def __init__(self, title: str, hint: str, unmatched: str, empty: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popover")
        self._unmatched, self._empty = unmatched, empty
        self._picks: tuple[Pick, ...] = ()
        self._commands: list[Button] = []
        self._above = False
        """Whether it stands above what opened it: then it keeps its height, and with it its place."""
        self.search = SearchField(hint)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.moved.connect(self._move)
        self.search.returnPressed.connect(lambda: self._choose(self.list.currentIndex()))
        self.search.installEventFilter(self)
        self._rows = _Picks(self)
        self.list = QListView()
        self.list.setModel(self._rows)
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFocusProxy(self.search)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(title)
        self.list.clicked.connect(self._choose)
        self._says = label("", "small", "2", wrap=True)
        self._says.setContentsMargins(10, 6, 10, 6)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._says, 1, Qt.AlignmentFlag.AlignTop)

    def add_command(self, words: str, icon: str, act: Callable[[], object]) -> None:
        """Offer something else below the list."""
        button = Button(words, kind="quiet", icon=icon)
        button.setAutoDefault(True)  # Enter presses it, as in a dialog

        def press() -> None:
            self.hide()
            act()

        button.clicked.connect(press)
        if not self._commands:
            self._layout.addWidget(hairline())
        self._commands.append(button)
        self._layout.addWidget(button)

    def set_picks(self, picks: Sequence[Pick]) -> None:
        """Offer these rows; while the list is open, the same one stays current."""
        if tuple(picks) != self._picks:
            self._picks = tuple(picks)
            self._fill(stay=self.isVisible())

    def open_below(self, widget: QWidget) -> None:
        """Show the whole list below `widget`, or above it where there is no room."""
        self.search.clear()
        self._fill()
        self.list.scrollToTop()
        self.resize(max(widget.width(), _LEAST), self._height())
        place = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        screen = widget.screen().availableGeometry()
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self._above = place.y() + self.height() > screen.bottom()
        if self._above:
            place.setY(max(screen.top(), widget.mapToGlobal(QPoint(0, 0)).y() - self.height() - 4))
        self.move(place)
        self.show()
        self.search.setFocus()

    def _height(self) -> int:
        rows = _ROW * max(self._rows.rowCount(), 1)
        commands = (_COMMAND + 6) * len(self._commands) + 7 * bool(self._commands)
        return min(rows + commands + 60, _MOST)

    def _fill(self, *, stay: bool = False) -> None:
        bar = self.list.verticalScrollBar()
        current: Pick | None = self.list.currentIndex().data(_PICK_ROLE)
        scrolled = bar.value()
        words = self.search.text().casefold().split()
        found = [pick for pick in self._picks if pick.has(words)]
        places = {pick.key: at for at, pick in enumerate(found)}
        self._rows.show_others(
            replace(pick, short="") if pick.short and pick.below not in places else pick for pick in found
        )
        self.list.setVisible(bool(found))
        self._says.setText(self._unmatched if self._picks else self._empty)
        self._says.setVisible(not found)
        if self.isVisible() and not self._above:
            self.resize(self.width(), self._height())
        if stay and current is not None and current.key in places:
            self._move(1, start=places[current.key] - 1)
            bar.setValue(scrolled)
        else:
            self._move(1, start=-1)

    def _move(self, step: int, start: int | None = None) -> None:
        """To the next row that can be chosen; from the last one on to what stands below the list."""
        at = (self.list.currentIndex().row() if start is None else start) + step
        rows = self._rows.rows
        while 0 <= at < len(rows):
            if rows[at].usable:
                self.list.setCurrentIndex(self._rows.index(at, 0))
                return
            at += step
        if start is None and step > 0 and self._commands:
            self._commands[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, index: QModelIndex) -> None:
        pick: Pick | None = index.data(_PICK_ROLE)
        if pick is not None and pick.usable:
            self.hide()
            self.chosen.emit(pick.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.list.viewport().update()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            bar = self.list.verticalScrollBar()
            match event.key():
                case Qt.Key.Key_Escape:  # at once, though there is text to be cleared
                    self.hide()
                    return True
                case Qt.Key.Key_PageDown:
                    bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
                    return True
                case Qt.Key.Key_PageUp:
                    bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
                    return True
        return super().eventFilter(watched, event)
