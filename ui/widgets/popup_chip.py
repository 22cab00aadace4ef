"""Small buttons that open a menu or a field: a filter with a value, and a quiet choice such as the order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QWidget

from backend.i18n import tr
from ui.theme import icons, theme

WIDEST = 190
"""Pixels of the words on a chip; longer values end in an ellipsis."""
_PAD, _ARROW, _GAP = 9, 12, 5


class MenuButton(QAbstractButton):
    """Words and an arrow; Space, Enter, Down and a click open what hangs below. Without a frame."""

    framed = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        theme.changed.connect(self.update)

    def open(self) -> None:
        """Show what belongs to the button."""

    @property
    def chosen(self) -> bool:
        """Whether it has a value that can be taken off."""
        return False

    def words(self) -> str:
        return self.text()

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(theme.font("small", weight=500))

    def sizeHint(self) -> QSize:
        width = min(self._metrics().horizontalAdvance(self.words()), WIDEST)
        mark = 14 if self.chosen else _ARROW
        return QSize(round(width + 0.5) + 2 * _PAD + _GAP + mark, theme.size("control.small"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def below(self) -> QPoint:
        """Where a popup hangs, in global coordinates."""
        return self.mapToGlobal(QPoint(0, self.height() + 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.chosen
        surface = "accent.tint" if on else "bg.control.hover" if self.underMouse() else "bg.control"
        if self.framed or self.underMouse():
            line = "accent.line" if on else "line.control" if self.framed else "bg.control.hover"
            painter.setPen(QPen(theme.color(line), 1))
            painter.setBrush(theme.color("bg.control.press" if self.isDown() else surface))
            radius = theme.radius("control")
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        ink = "text.disabled" if not self.isEnabled() else "accent.text" if on else "text.1"
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("small", weight=500))
        mark = 14 if on else _ARROW
        room = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD - _GAP - mark, 0)
        shown = self._metrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(
            room.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
        )
        box = QRectF(self.width() - _PAD - mark, (self.height() - mark) / 2, mark, mark)
        icons.paint(painter, "x" if on else "chevron-down", box, ink if on else "text.3")


class PopupChip(MenuButton):
    """A filter that takes one of several values. While it has one, it shows it, with a cross to take it off.

    Delete and Backspace take the value off too.

    Signals:
        changed: The new value; None when it was taken off.
    """

    changed = Signal(object)
    framed = True

    def __init__(
        self, name: str, options: Sequence[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._options = tuple(options)
        self._value: object = None
        self._brief = False
        self._press = QPoint(-1, -1)
        self._describe()

    @property
    def value(self) -> object:
        return self._value

    @property
    def chosen(self) -> bool:
        return self._value is not None

    def set_value(self, value: object) -> None:
        """Choose without telling; a value that is not offered is None."""
        known = [option for option, _ in self._options]
        self._value = value if value in known else None
        self._describe()

    def choose(self, value: object) -> None:
        """Choose as the person does."""
        before = self._value
        self.set_value(value)
        if self._value != before:
            self.changed.emit(self._value)

    def clear(self) -> None:
        """Take the value off."""
        self.choose(None)

    def value_words(self) -> str:
        return next((word for value, word in self._options if value == self._value), "")

    def words(self) -> str:
        if not self.chosen:
            return self._name
        value = self.value_words()
        return value if self._brief else tr("{name}: {value}", name=self._name, value=value)

    def set_brief(self, brief: bool) -> None:
        """Leave the name out while there is a value, where there is little room."""
        self._brief = brief
        self._describe()

    def _describe(self) -> None:
        self.setText(self.words())
        value = self.value_words() if self.chosen else tr("Any")
        self.setAccessibleName(tr("{name}: {value}", name=self._name, value=value))
        self.updateGeometry()
        self.update()

    def menu(self) -> QMenu:
        """The values to choose from, with the present one ticked."""
        menu = QMenu(self)
        menu.setAccessibleName(self._name)
        group = QActionGroup(menu)
        for value, word in ((None, tr("Any")), *self._options):
            action = QAction(word, menu, checkable=True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _on=False, value=value: self.choose(value))
            group.addAction(action)
            menu.addAction(action)
            if value is None:
                menu.addSeparator()
            if action.isChecked():
                menu.setActiveAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open(self) -> None:
        if self.chosen and self._press.x() >= self.width() - _PAD - 14 - _GAP:
            self._press = QPoint(-1, -1)
            self.clear()
            return
        self._press = QPoint(-1, -1)
        self.menu().popup(self.below())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.chosen and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)


class TextChip(PopupChip):
    """A filter whose value is a word that the person types."""

    def __init__(self, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, (), parent)
        self._placeholder = placeholder
        self._popup: QFrame | None = None

    def set_value(self, value: object) -> None:
        text = str(value or "").strip()
        self._value = text or None
        self._describe()

    def value_words(self) -> str:
        return str(self._value or "")

    def open(self) -> None:
        if self.chosen and self._press.x() >= self.width() - _PAD - 14 - _GAP:
            super().open()
            return
        self._press = QPoint(-1, -1)
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("surface", "popover")
        layout = QHBoxLayout(popup)
        layout.setContentsMargins(8, 8, 8, 8)
        field = QLineEdit(self.value_words())
        field.setPlaceholderText(self._placeholder)
        field.setAccessibleName(self._name)
        field.setMinimumWidth(200)
        field.selectAll()

        def take() -> None:
            text = field.text()
            popup.close()
            self.choose(text)

        field.returnPressed.connect(take)
        layout.addWidget(field)
        popup.move(self.below())
        popup.show()
        field.setFocus(Qt.FocusReason.PopupFocusReason)
