"""A part of the inspector that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import icons, theme
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, set_tone

_CHEVRON = 14
_GAP = 6


class FoldButton(QAbstractButton):
    """A title with a chevron; checked while what belongs to it is shown."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(theme.font("body", weight=600)).horizontalAdvance(self.text())
        return QSize(_CHEVRON + _GAP + round(words) + 1, theme.line_height("body"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.click()
            case Qt.Key.Key_Right | Qt.Key.Key_Left:
                self.setChecked(event.key() == Qt.Key.Key_Right)
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        icons.paint(painter, name, QRectF(0, (self.height() - _CHEVRON) / 2, _CHEVRON, _CHEVRON), "text.2")
        painter.setFont(theme.font("body", weight=600))
        painter.setPen(theme.color("text.1"))
        room = self.rect().adjusted(_CHEVRON + _GAP, 0, 1, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())


class InspectorSection(QWidget):
    """A title, a note in grey, perhaps a link at the right, and the content below.

    Args:
        key: Name under which it is remembered whether the section is open.
        opened: Whether it is open where nothing is remembered.
        action: Words of the link; without, there is none.

    Signals:
        folded: It was opened (True) or closed.
        acted: The link was pressed.
    """

    folded = Signal(bool)
    acted = Signal()

    def __init__(
        self, key: str, title: str, *, opened: bool = True, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._fold = FoldButton(title)
        self._fold.setChecked(opened)
        self._fold.toggled.connect(self._toggled)
        head.addWidget(self._fold)
        self._note = ElidedLabel("", "small", "3")
        self._note.hide()
        head.addWidget(self._note, 1)
        head.addStretch(0)  # takes the room where there is no note
        self._action = Button(action, "link")
        self._action.setVisible(bool(action))
        self._action.clicked.connect(self.acted)
        head.addWidget(self._action)
        self._head = head
        outer.addLayout(head)
        self._content = QWidget(self)  # a parent first: what is shown without one is a window
        self._content.setVisible(opened)
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        outer.addWidget(self._content)
        self.setAccessibleName(title)

    @property
    def is_open(self) -> bool:
        return self._fold.isChecked()

    def set_open(self, opened: bool) -> None:
        self._fold.setChecked(opened)

    def set_note(self, text: str, tone: str = "3") -> None:
        """The words beside the title, grey unless they warn."""
        self._note.setText(text)
        self._note.setVisible(bool(text))
        set_tone(self._note, tone)

    @property
    def note(self) -> str:
        return self._note.full_text()

    def set_action(self, text: str) -> None:
        """The words of the link; empty hides it."""
        self._action.setText(text)
        self._action.setVisible(bool(text))

    def add_to_head(self, widget: QWidget) -> None:
        """Put a widget at the right end of the head."""
        self._head.addWidget(widget)

    def _toggled(self, opened: bool) -> None:
        self._content.setVisible(opened)
        self.folded.emit(opened)
