"""What every settings pane is made of."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from backend.i18n import tr
from ui.theme import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.states import IconLabel

MEASURE = 816
"""Widest column of text and controls."""


class Pane(QWidget):
    """A head of 48 pixels over a scrolling column. Subclasses add rows to `column` and override `refresh`."""

    def __init__(self, title: str, *, wide: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        head = QFrame()
        head.setProperty("surface", "header")
        head.setFixedHeight(theme.size("toolbar"))
        self.head = QHBoxLayout(head)
        self.head.setContentsMargins(24, 0, 24, 0)
        self.head.setSpacing(8)
        self.head.addWidget(label(title, "title"))
        self.head.addStretch(1)
        content = QWidget()
        content.setProperty("scrollContent", True)
        across = QHBoxLayout(content)
        across.setContentsMargins(24, 8, 24, 24)
        inner = QWidget()
        if not wide:
            inner.setMaximumWidth(MEASURE)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        across.addWidget(inner, 1000)
        across.addStretch(1)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(scroll, 1)
        self.body = layout

    def refresh(self) -> None:
        """The pane came into view."""


class Row(QFrame):
    """One option: words at the left, its control at the right, a hairline below."""

    def __init__(self, title: str, note: str = "", control: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("surface", "row")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(24)
        self.words = words = QVBoxLayout()
        words.setSpacing(2)
        self._title = label(title, "body", weight=500, wrap=True)
        words.addWidget(self._title)
        self.note = label(note, "small", "2", wrap=True)
        words.addWidget(self.note)
        layout.addLayout(words, 1)
        self.note.setVisible(bool(note))
        if control is not None:
            layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
            if not control.accessibleName():
                control.setAccessibleName(title)

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def set_note(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))


class StatusLine(QWidget):
    """An icon and a sentence about what came out; hidden while there is nothing to say."""

    def __init__(self, *, above: int = 10) -> None:
        """`above`: pixels between it and what it is about."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, above, 0, 0)
        row.setSpacing(8)
        self._icon = IconLabel("check", "ok.text")
        self._text = label("", "small", wrap=True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self.hide()

    def text(self) -> str:
        return self._text.text() if self.isVisibleTo(self.parentWidget()) else ""

    def say(self, icon: str, token: str, text: str, tone: str) -> None:
        self._icon.set_icon(icon, token)
        self._text.setText(text)
        set_tone(self._text, tone)
        self.setAccessibleName(text)
        self.show()

    def clear(self) -> None:
        self.hide()


class FolderRow(QFrame):
    """A folder with its path and a button that opens it in the file manager."""

    def __init__(self, title: str, note: str, path: Path) -> None:
        super().__init__()
        self.setProperty("surface", "row")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "body", weight=500))
        if note:
            words.addWidget(label(note, "small", "2", wrap=True))
        self.path = ElidedLabel(str(path), "code", "2", mode=Qt.TextElideMode.ElideMiddle)
        words.addWidget(self.path)
        layout.addLayout(words, 1)
        copy = IconButton("copy", tr("Copy the path"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(path)))
        button = Button(tr("Open"), icon="folder-open")
        button.setAccessibleName(tr("Open {folder}", folder=title))
        button.clicked.connect(lambda: open_folder(path))
        layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


def open_folder(path: Path) -> None:
    """Show `path`, or the nearest folder above it that exists, in the file manager."""
    while not path.is_dir() and path != path.parent:
        path = path.parent
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class Facts(QWidget):
    """Names and values in two columns."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 4, 0, 4)
        self._layout.setSpacing(4)

    def set_facts(self, facts: list[tuple[str, str]]) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, value in facts:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(16)
            left = label(name, "small", "2")
            left.setFixedWidth(168)
            right = label(value, "small", wrap=True)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(left, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(right, 1)
            self._layout.addWidget(line)


def section(title: str, note: str = "") -> QWidget:
    """The head of a group of rows."""
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 20, 0, 4)
    layout.setSpacing(2)
    layout.addWidget(label(title, "body", weight=600))
    if note:
        layout.addWidget(label(note, "small", "2", wrap=True))
    return box


def code_line(text: str) -> QWidget:
    """A command to copy."""
    box = QFrame()
    box.setProperty("surface", "well")
    layout = QHBoxLayout(box)
    layout.setContentsMargins(12, 4, 6, 4)
    words = label(text, "code", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout.addWidget(words, 1)
    copy = IconButton("copy", tr("Copy the command"), size="small")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
    layout.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
    return box


def muted(text: str) -> QLabel:
    """Wrapped grey words below a group."""
    result = label(text, "small", "2", wrap=True)
    result.setContentsMargins(0, 8, 0, 8)
    return result
