"""A fader from 0 to 2 for the scale of an adapter, and the field in which the scale can be typed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QSlider, QWidget

from backend.adapters.types import MAX_SCALE, SCALE_STEP
from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme

UNIT = 100
"""A slider counts in whole numbers; this many are 1.0, so that typed values keep two decimals."""
_STEP = round(SCALE_STEP * UNIT)
_PAGE = 5 * _STEP
_END, _END_LYING = 12, 5
"""Pixels beyond either end of the track: half of the handle, and its outline."""
_TICKS = 22
_HANDLE = (24, 12)
_HANDLE_LYING = (8, 16)


def scale_words(scale: float) -> str:
    """A scale in the person's own format, with two decimals."""
    return fmt.number(scale, 2)


def read_scale(text: str) -> float | None:
    """The scale that was typed, held between 0 and `MAX_SCALE`; None if it is not a number."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    if value != value:  # "nan" is a number to Python
        return None
    return round(min(max(value, 0.0), MAX_SCALE), 2)


class Fader(QSlider):
    """Upright or lying. Arrow keys and the wheel move by one step, Page keys by five; Home and End go to the
    ends; a double click is 1.

    Signals:
        moved: The scale that the person chose; also many times during a drag.
        let_go: A drag has ended.
        typed: A digit was pressed: the field beside it takes over, with that digit.
    """

    moved = Signal(float)
    let_go = Signal()
    typed = Signal(str)

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Vertical, parent: QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self._heard = True
        self._grip: int | None = None
        self.setRange(0, round(MAX_SCALE * UNIT))
        self.setSingleStep(_STEP)
        self.setPageStep(_PAGE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("focusRing", "none")  # the handle draws its own
        upright = orientation is Qt.Orientation.Vertical
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else wide, fixed)
        self.setValue(UNIT)
        self._describe()
        theme.changed.connect(self.update)

    def set_name(self, name: str) -> None:
        """Whose scale it is, for screen readers."""
        self.setAccessibleName(tr("Scale of {name}", name=name))

    def scale(self) -> float:
        return self.value() / UNIT

    def set_scale(self, scale: float) -> None:
        """Show `scale` without reporting it as a change."""
        self.setValue(round(scale * UNIT))
        self._describe()

    def set_heard(self, heard: bool) -> None:
        """Draw it in grey while the adapter is muted or the base alone is heard."""
        if heard != self._heard:
            self._heard = heard
            self._describe()
            self.update()

    @property
    def dragging(self) -> bool:
        return self._grip is not None

    def _describe(self) -> None:
        words = scale_words(self.scale())
        self.setAccessibleDescription(words if self._heard else tr("{scale}, not heard", scale=words))

    def _take(self, value: int) -> None:
        value = min(max(value, self.minimum()), self.maximum())
        if value != self.value():
            self.setValue(value)
            self._describe()
            self.moved.emit(self.scale())

    # -- keys, wheel and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = Qt.Key.Key_Up, Qt.Key.Key_Right
        backward = Qt.Key.Key_Down, Qt.Key.Key_Left
        match event.key():
            case key if key in forward:
                self._step(_STEP)
            case key if key in backward:
                self._step(-_STEP)
            case Qt.Key.Key_PageUp:
                self._step(_PAGE)
            case Qt.Key.Key_PageDown:
                self._step(-_PAGE)
            case Qt.Key.Key_Home:
                self._take(self.minimum())
            case Qt.Key.Key_End:
                self._take(self.maximum())
            case _ if event.text() and event.text() in "0123456789.," and not event.modifiers():
                self.typed.emit(event.text())
            case _:
                event.ignore()

    def step(self, direction: int) -> None:
        """One step up (1) or down (-1)."""
        self._step(_STEP * direction)

    def _step(self, by: int) -> None:
        """Go on to the next multiple of `by` in its direction, so that typed values come back to the grid."""
        at, size = self.value(), abs(by)
        self._take((at // size + 1) * size if by > 0 else -((-at) // size + 1) * size)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._upright() and not self.hasFocus():
            event.ignore()  # a panel of rows is scrolled with the wheel
            return
        turned = event.angleDelta().y()
        if turned and event.buttons() == Qt.MouseButton.NoButton:
            self._step(_STEP if turned > 0 else -_STEP)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        at = self._along(event.position().toPoint())
        handle = self._along(self._handle().center())
        on_handle = abs(at - handle) <= max(self._handle_size()) / 2
        self._grip = at - handle if on_handle else 0
        if not on_handle:
            self._drag_to(at)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._drag_to(self._along(event.position().toPoint()) - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and event.button() is Qt.MouseButton.LeftButton:
            self._grip = None
            self.update()
            self.let_go.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._take(UNIT)

    def _along(self, point: QPoint) -> int:
        return self.height() - point.y() if self._upright() else point.x()

    def _drag_to(self, along: int) -> None:
        share = (along - self._end()) / max(self._length(), 1)
        self._take(round(share * self.maximum() / _STEP) * _STEP)

    # -- painting

    def _upright(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    def _length(self) -> int:
        return (self.height() if self._upright() else self.width()) - 2 * self._end()

    def _end(self) -> int:
        return _END if self._upright() else _END_LYING

    def _handle_size(self) -> tuple[int, int]:
        return _HANDLE if self._upright() else _HANDLE_LYING

    def _place_of(self, value: float) -> float:
        """Where on its own axis `value` stands, in pixels from the top or the left."""
        along = self._end() + self._length() * value / self.maximum()
        return self.height() - along if self._upright() else along

    def _handle(self) -> QRect:
        width, height = self._handle_size()
        at = round(self._place_of(self.value()))
        if self._upright():
            return QRect((self.width() - width) // 2, at - height // 2, width, height)
        return QRect(at - width // 2, (self.height() - height) // 2, width, height)

    def sizeHint(self) -> QSize:
        length = theme.size("fader.vertical.height") if self._upright() else 120
        return QSize(2 * _TICKS + _HANDLE[0], length) if self._upright() else QSize(length, 24)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return hint if self._upright() else QSize(60, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ticks(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        track = theme.size("fader.track")
        for start, end, token in (
            (self.minimum(), self.maximum(), "data.track"),
            (self.minimum(), self.value(), "accent.base" if self._heard else "data.2"),
        ):
            painter.setBrush(theme.color(token))
            painter.drawRoundedRect(self._stretch(start, end, track), track / 2, track / 2)
        self._paint_handle(painter)

    def _stretch(self, start: float, end: float, thick: int) -> QRectF:
        low, high = sorted((self._place_of(start), self._place_of(end)))
        if self._upright():
            return QRectF((self.width() - thick) / 2, low, thick, high - low)
        return QRectF(low, (self.height() - thick) / 2, high - low, thick)

    def _paint_ticks(self, painter: QPainter) -> None:
        middle = (self.width() if self._upright() else self.height()) / 2
        painter.setFont(theme.font("caption", tabular=True))
        for value in range(0, self.maximum() + 1, UNIT // 4 if self._upright() else UNIT // 2):
            whole = value % UNIT == 0
            painter.setPen(QPen(theme.color("line.strong" if whole else "line.control"), 1))
            at = round(self._place_of(value)) + 0.5
            if not self._upright():
                half = 7 if whole else 5
                painter.drawLine(QPointF(at, middle - half), QPointF(at, middle + half))
                continue
            long = 9 if whole else 6
            for side in (-1, 1):
                near, far = middle + side * 7, middle + side * (7 + long)
                painter.drawLine(QPointF(near, at), QPointF(far, at))
            if whole:
                painter.setPen(theme.color("text.3"))
                words = fmt.number(value / UNIT)
                room = QRectF(0, at - 8, middle - 7 - long - 4, 16)
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_handle(self, painter: QPainter) -> None:
        box = QRectF(self._handle()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            ring = theme.size("focus.ring") + theme.size("focus.gap")
            painter.setPen(QPen(theme.color("focus.ring"), theme.size("focus.ring")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-ring + 0.5, -ring + 0.5, ring - 0.5, ring - 0.5), 5, 5)
        hovered = self.underMouse() or self.dragging
        painter.setPen(QPen(theme.color("text.2" if hovered else "line.strong"), 1))
        painter.setBrush(theme.color("bg.control.hover" if hovered else "bg.control"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(theme.color("accent.base" if self._heard else "line.strong"), 1))
        centre = self._handle().center()
        if self._upright():
            y = self._handle().top() + self._handle().height() / 2
            painter.drawLine(QPointF(box.left() + 5, y), QPointF(box.right() - 5, y))
        else:
            x = centre.x() + 0.5
            painter.drawLine(QPointF(x, box.top() + 4), QPointF(x, box.bottom() - 4))


class ScaleField(QLineEdit):
    """The scale as a number that can be typed over. Enter takes it, Esc leaves it, up and down step.

    Signals:
        entered: The scale that was typed.
        stepped: Up (1) or down (-1) was pressed.
    """

    entered = Signal(float)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = 1.0
        self.setProperty("frameless", True)
        self.setFont(theme.font("code", weight=600))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setMaxLength(5)
        self.setFixedWidth(round(QFontMetricsF(self.font()).horizontalAdvance("0.000")) + 8)
        self.setToolTip(tr("Type a scale from 0 to 2"))
        self.returnPressed.connect(self._enter)
        self.set_scale(1.0)

    def set_name(self, name: str) -> None:
        """Whose scale it is, for screen readers."""
        self.setAccessibleName(tr("Scale of {name}, typed", name=name))

    def set_scale(self, scale: float) -> None:
        """Show `scale`, unless another one is being typed."""
        self._scale = scale
        if not self.isModified():
            self.setText(scale_words(scale))

    def set_heard(self, heard: bool) -> None:
        """In grey while the adapter is not heard."""
        if self.property("heard") != heard:
            self.setProperty("heard", heard)
            self.style().unpolish(self)
            self.style().polish(self)

    def begin(self, text: str) -> None:
        """Take the keyboard with `text` as the first that was typed."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setText(text)
        self.setModified(True)

    def _enter(self) -> None:
        scale = read_scale(self.text()) if self.isModified() else None
        self._back()
        if scale is not None:
            self.entered.emit(scale)

    def _back(self) -> None:
        self.setText(scale_words(self._scale))
        self.setModified(False)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Up:
                self.stepped.emit(1)
            case Qt.Key.Key_Down:
                self.stepped.emit(-1)
            case Qt.Key.Key_Escape if self.isModified():
                self._back()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._enter()
            self.deselect()
