"""The ring around the control that has the keyboard: 2 px, with a gap of 1 px, outside the control.

A style sheet cannot draw outside of a widget, so one overlay per window follows the focus. Item views show
the focus by the tint of their selected row and get no ring. The dynamic property ``focusRing`` of a widget
changes what is ringed: ``"none"`` for no ring, ``"parent"`` for a ring around its parent, ``"inside"`` for
one that does not leave the widget.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.theme.current import theme

_quiet = False


@contextmanager
def without_ring() -> Iterator[None]:
    """Move the focus inside this without a ring: the program chose the place, the person did not look for
    it."""
    global _quiet
    before, _quiet = _quiet, True
    try:
        yield
    finally:
        _quiet = before


_INPUTS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class FocusRing(QWidget):
    """Overlay of one window. It shows itself; the owner only creates it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._left: QWidget | None = None
        self._covers: list[QWidget] = []
        self._inside = False
        QApplication.instance().focusChanged.connect(self._focus_changed)
        theme.changed.connect(self.update)

    def stay_below(self, cover: QWidget) -> None:
        """Never draw over `cover`, which lies above the page, unless the focus is inside it."""
        self._covers.append(cover)
        cover.installEventFilter(self)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        self._unwatch()
        if new is None and old is not None and old.window() is self.window():
            self._left = old if self.isVisible() else None
        target = self._target_for(new)
        if old is None and new is not self._left and not isinstance(new, _INPUTS):
            # The window became active: what had no ring when it was left, or never had one, gets none now.
            target = None
        self._target = target
        if target is None:
            self.hide()
            return
        self._inside = new is not None and new.property("focusRing") == "inside"
        widget: QWidget | None = target
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def _target_for(self, widget: QWidget | None) -> QWidget | None:
        if widget is None or widget.window() is not self.window() or widget.property("focusRing") == "none":
            return None
        if isinstance(widget, QAbstractItemView | QTextBrowser) or type(widget) is QWidget:
            return None
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            return None  # a stack gives the focus to the page it shows, whatever that is
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, _INPUTS):
            return None
        # A press of the mouse needs no ring on a button: the person knows where they are.
        unasked = _quiet or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if unasked and not isinstance(widget, _INPUTS):
            return None
        if widget.property("focusRing") == "parent":
            return widget.parentWidget()
        parent = widget.parentWidget()
        return parent if isinstance(parent, QAbstractSpinBox | QComboBox) else widget

    def _unwatch(self) -> None:
        for widget in self._watched:
            if isValid(widget) and widget not in self._covers:
                widget.removeEventFilter(self)
        self._watched.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return False

    def _place(self) -> None:
        target = self._target
        if (
            target is None
            or not isValid(target)
            or not target.isVisible()
            or target.window() is not self.window()
        ):
            self.hide()
            return
        margin = 0 if self._inside else theme.size("focus.ring") + theme.size("focus.gap")
        rect = QRect(target.mapTo(self.window(), target.rect().topLeft()), target.size())
        rect.adjust(-margin, -margin, margin, margin)
        visible = QRegion(rect & self._clip(target)) - self._covered(target)
        if visible.isEmpty():
            self.hide()
            return
        self.setGeometry(rect)
        self.setMask(visible.translated(-rect.topLeft()))
        self.raise_()
        self.show()
        self.update()

    def _covered(self, target: QWidget) -> QRegion:
        """What lies over `target`."""
        region = QRegion()
        for cover in self._covers:
            if isValid(cover) and cover.isVisible() and not cover.isAncestorOf(target):
                region += QRect(cover.mapTo(self.window(), QPoint(0, 0)), cover.size())
        return region

    def _clip(self, target: QWidget) -> QRect:
        """The part of the window that the scroll areas around `target` leave visible."""
        clip = self.window().rect()
        child, parent = target, target.parentWidget()
        while parent is not None and parent is not self.window():
            if isinstance(parent, QAbstractScrollArea) and child is parent.viewport():
                clip &= QRect(child.mapTo(self.window(), child.rect().topLeft()), child.size())
            child, parent = parent, parent.parentWidget()
        return clip

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.size("focus.ring")
        painter.setPen(QPen(theme.color("focus.ring"), width))
        radius = theme.radius("control") + (0 if self._inside else 2)
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
