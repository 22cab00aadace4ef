"""Short messages above the page that go away by themselves; the last few are stacked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import label

MAX_SHOWN = 3
SHOWN_MS = 6_000
SHOWN_WITH_ACTION_MS = 10_000
WIDTH = 336


class Toast(QFrame):
    """One message. It stays while the mouse is over it."""

    def __init__(
        self, text: str, action_text: str | None, action: Callable[[], object] | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "popover")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(text)
        self.text = text
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(label(text, "small", wrap=True), 1)
        if action_text and action is not None:
            button = Button(action_text, size="small")
            button.clicked.connect(self._act)
            layout.addWidget(button)
        close = IconButton("x", tr("Close"), size="small")
        close.clicked.connect(self.dismiss)
        layout.addWidget(close)
        self._action = action
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_WITH_ACTION_MS if action else SHOWN_MS)
        self._timer.timeout.connect(self.dismiss)
        self._timer.start()
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(16)
        shadow.setOffset(0, 4)
        shadow.setColor(theme.color("bg.scrim"))
        self.setGraphicsEffect(shadow)

    def fit(self) -> None:
        """Take the height that the words need; a wrapped label only knows it for a given width."""
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        self.setFixedHeight(max(self.layout().totalHeightForWidth(WIDTH), 40))

    def dismiss(self) -> None:
        self.hide()
        self.deleteLater()

    def _act(self) -> None:
        self.dismiss()
        if self._action is not None:
            self._action()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()


class Toasts(QWidget):
    """The stack, at the bottom right of `area`. A text that is already shown replaces itself."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._kept_clear: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 16, 16, 16)
        self._layout.setSpacing(8)
        self.hide()
        area.installEventFilter(self)

    def keep_clear(self, widget: QWidget | None) -> None:
        """Stay above `widget` where the stack would cover it, such as the field for a message."""
        if self._kept_clear is not None and isValid(self._kept_clear):
            self._kept_clear.removeEventFilter(self)
        self._kept_clear = widget
        if widget is not None:
            widget.installEventFilter(self)
        self._place()

    def show_toast(
        self, text: str, action_text: str | None = None, action: Callable[[], object] | None = None
    ) -> Toast:
        """Show `text` on top of the page."""
        for shown in self._shown():
            if shown.text == text:
                shown.dismiss()
        for old in self._shown()[: -MAX_SHOWN + 1] if len(self._shown()) >= MAX_SHOWN else ():
            old.dismiss()
        toast = Toast(text, action_text, action, self)
        toast.destroyed.connect(self._place)
        self._layout.addWidget(toast)
        toast.fit()
        toast.show()
        self._place()
        return toast

    def _shown(self) -> list[Toast]:
        return [toast for toast in self.findChildren(Toast) if not toast.isHidden()]

    def _place(self) -> None:
        area = self.parentWidget()
        if area is None:
            return
        if not self._shown():
            self.hide()
            return
        margins = self._layout.contentsMargins()
        shown = self._shown()
        height = sum(toast.height() for toast in shown) + self._layout.spacing() * (len(shown) - 1)
        self.resize(WIDTH + margins.left() + margins.right(), height + margins.top() + margins.bottom())
        self.show()
        self.raise_()
        place = QRect(area.width() - self.width(), area.height() - self.height(), self.width(), self.height())
        clear = self._kept_clear
        if clear is not None and isValid(clear) and clear.isVisible():
            kept = QRect(clear.mapTo(area, QPoint(0, 0)), clear.size())
            if place.marginsRemoved(margins).intersects(kept):
                place.moveBottom(kept.top() + margins.bottom() // 2)
        self.move(place.topLeft())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        return False
