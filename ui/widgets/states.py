"""What stands where there is nothing to show yet, or where something failed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from backend.errors import AppError
from backend.i18n import tr
from ui.theme import icons, theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label

WIDTH = 400


class IconLabel(QLabel):
    """A bundled icon that follows the theme. Screen readers pass it by."""

    def __init__(
        self, name: str, token: str = "text.3", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self.setFixedSize(size, size)
        self._draw()
        theme.changed.connect(self._draw)

    def set_icon(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, self._token, self._size, self.devicePixelRatioF()))


class EmptyState(QWidget):
    """Says what this place is for and offers the first action. Add buttons with `add_action`."""

    def __init__(self, icon: str, title: str, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addStretch(2)
        layout.addWidget(IconLabel(icon, "text.2", 24), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(12)
        self._title = label(title, "title", wrap=True)
        self._text = label(text, "small", "2", wrap=True)
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            words.setMaximumWidth(WIDTH)
            layout.addWidget(_centred(words))
        self._text.setVisible(bool(text))
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._actions.addStretch(1)
        self._actions.addStretch(1)
        layout.addSpacing(8)
        layout.addLayout(self._actions)
        layout.addStretch(3)

    def set_text(self, title: str, text: str) -> None:
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def add_action(self, text: str, *, primary: bool = False, icon: str = "") -> Button:
        """Add a button below the words, and return it for its `clicked`."""
        button = Button(text, "primary" if primary else "default", icon)
        self._actions.insertWidget(self._actions.count() - 1, button)
        return button


class ErrorState(QWidget):
    """What happened, why, what next; *Try again* where that may help, *Details* where there are some.

    Signals:
        retry: *Try again* was pressed.
    """

    retry = Signal()

    def __init__(
        self, error: AppError | None = None, *, centred: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24) if centred else outer.setContentsMargins(0, 0, 0, 0)
        box = QWidget()
        box.setMaximumWidth(560 if centred else 16_777_215)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("circle-alert", "bad.text"), 0, Qt.AlignmentFlag.AlignTop)
        self._title = label("", "body", weight=600, wrap=True)
        head.addWidget(self._title, 1)
        layout.addLayout(head)
        self._hint = label("", "small", "2", wrap=True)
        layout.addWidget(self._hint)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._retry = Button(tr("Try again"), icon="rotate-ccw")
        self._retry.clicked.connect(self.retry)
        self._more = Button(tr("Details"), "quiet")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_detail)
        self._copy = Button(tr("Copy"), "quiet", "copy")
        self._copy.clicked.connect(self._copy_detail)
        for button in (self._retry, self._more, self._copy):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)
        self._detail = QPlainTextEdit()
        self._detail.setReadOnly(True)
        self._detail.setFont(theme.font("code"))
        self._detail.setMaximumHeight(160)
        self._detail.setAccessibleName(tr("Details"))
        layout.addWidget(self._detail)
        if centred:
            outer.addStretch(2)
            outer.addWidget(_centred(box))
            outer.addStretch(3)
        else:
            outer.addWidget(box)
            outer.addStretch(1)  # the parts stay together where there is more room than they need
        self.set_error(error)

    def set_error(self, error: AppError | None) -> None:
        """Show `error`; None empties the widget."""
        self._title.setText(error.title if error else "")
        self._hint.setText(error.hint if error else "")
        self._hint.setVisible(bool(error and error.hint))
        detail = error.detail if error else ""
        self._detail.setPlainText(detail)
        self._more.setChecked(False)
        self._more.setVisible(bool(detail))
        self._retry.setVisible(bool(error and error.retryable))
        self._show_detail(False)
        self.setAccessibleName(str(error) if error else "")

    def add_action(self, text: str, *, primary: bool = False, icon: str = "") -> Button:
        """Add another way on, before *Try again*."""
        button = Button(text, "primary" if primary else "default", icon)
        self._buttons.insertWidget(0, button)
        return button

    def _show_detail(self, shown: bool) -> None:
        self._detail.setVisible(shown)
        self._copy.setVisible(shown)

    def _copy_detail(self) -> None:
        QGuiApplication.clipboard().setText(
            f"{self._title.text()}\n{self._hint.text()}\n\n{self._detail.toPlainText()}"
        )


def _centred(widget: QWidget) -> QWidget:
    """Keep `widget` as wide as its maximum allows, in the middle."""
    box = QWidget()
    layout = QHBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addStretch(1)
    layout.addWidget(widget, 1000)
    layout.addStretch(1)
    return box
