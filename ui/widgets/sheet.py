"""A dialog with a title, words, a body and buttons, which blocks only its window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.theme.focus import FocusRing
from ui.widgets.buttons import Button
from ui.widgets.labels import label


class Sheet(QDialog):
    """Fill `body`, add buttons, then call `open`. It deletes itself once it is closed; Esc closes it.

    Args:
        title: What it asks or offers.
        text: One or two sentences below; may be empty.
        width: Pixels; the height follows the content.
    """

    def __init__(
        self, title: str, text: str = "", *, width: int = 480, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Orangery")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(width)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        self._title = label("", "title", wrap=True)
        self._text = label("", "body", "2", wrap=True)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.body.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(self.body, 1)
        layout.addSpacing(12)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)
        self.cancel = self.add_button(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.set_words(title, text)
        self._ring = FocusRing(self)

    def set_words(self, title: str, text: str = "") -> None:
        """Change the title and the sentences."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def title(self) -> str:
        return self._title.text()

    def text(self) -> str:
        return self._text.text()

    def add_button(self, text: str, kind: str = "default", icon: str = "") -> Button:
        """Add a button at the right end, and return it for its `clicked`."""
        button = Button(text, kind, icon)
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button

    def add_left(self, widget: QWidget) -> None:
        """Put something into the line of the buttons, at the left."""
        self._buttons.insertWidget(0, widget)

    def set_default(self, button: Button) -> None:
        """Enter presses `button`, which has the focus at first."""
        button.setAutoDefault(True)
        button.setDefault(True)
        button.setFocus()

    def fit(self) -> None:
        """Take the height that the content needs; a wrapped label only knows it for a given width."""
        for place in range(self.body.count()):
            added = self.body.itemAt(place).widget()
            if added is not None and not added.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
                added.show()  # Qt would do so later, and until then it counts as without height
        for child in self.findChildren(QWidget):
            child.ensurePolished()
            child.updateGeometry()  # a text inside of it may have changed just now
        self.layout().activate()
        height = self.layout().totalHeightForWidth(self.width())
        self.setFixedHeight(height if height > 0 else self.sizeHint().height())
