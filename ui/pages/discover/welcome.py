"""The first start: the machine in one sentence, Chat now, and three models that suit it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from backend.capacity.types import Fit
from backend.errors import AppError
from backend.hubs.recommend import Recommendation, role_text
from backend.i18n import tr
from ui import format as fmt
from ui.pages.discover.ruler import SizeRuler
from ui.pages.discover.welcome_presenter import Welcome
from ui.theme import theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button
from ui.widgets.fit_pill import FitPill, widest_fit_pill
from ui.widgets.labels import PredictedLabel, label
from ui.widgets.search_field import SearchField
from ui.widgets.states import IconLabel

COLUMN = 816


class NumberDisc(QWidget):
    """The number that ties a recommendation to its place on the ruler."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.setFixedSize(18, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("data.1"))
        painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
        painter.setFont(theme.font("caption", weight=600))
        painter.setPen(theme.color("bg.window"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class WelcomeView(QScrollArea):
    """One column of at most 816 px. **Chat now** is the only primary action; search stays within reach."""

    chat_now = Signal()
    download = Signal(object)  # Recommendation
    check_online = Signal()
    show_library = Signal()
    search = Signal(str)
    what_if = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._speeds: list[PredictedLabel] = []
        self._check: Button | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        page = QWidget()
        outer = QHBoxLayout(page)
        outer.setContentsMargins(32, 48, 32, 32)
        column = QWidget()
        column.setMaximumWidth(COLUMN)
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        outer.addStretch(1)
        outer.addWidget(column, 20)
        outer.addStretch(1)
        self.setWidget(page)

        title = label(tr("Welcome to Orangery"), "display")
        self._column.addWidget(title)
        self._column.addSpacing(8)
        self._sentence = label("", "title", "2", weight=400, wrap=True)
        self._sentence.setTextFormat(Qt.TextFormat.RichText)
        self._column.addWidget(self._sentence)
        self._column.addSpacing(4)
        other = Button(tr("What if I had another machine?"), "link", size="small")
        other.clicked.connect(self.what_if)
        self._column.addWidget(other)
        self._column.addSpacing(24)
        self._ruler = SizeRuler()
        self._column.addWidget(self._ruler)
        self._column.addSpacing(20)
        self._column.addWidget(self._try_it())
        self._column.addSpacing(32)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._column.addLayout(self._rows)
        self._column.addSpacing(20)
        self._error = Banner("warn", "")
        self._error.hide()
        self._column.addWidget(self._error)
        self._column.addSpacing(8)
        self.search_field = SearchField(tr("Know what you want? Search, owner/name or a link"))
        self.search_field.returnPressed.connect(lambda: self.search.emit(self.search_field.text()))
        self._column.addWidget(self.search_field)
        self._column.addStretch(1)

    def _try_it(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("surface", "suggest")
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(16, 16, 16, 16)
        words = QVBoxLayout()
        words.setSpacing(4)
        head = label(tr("Try it this minute"), "body", weight=600)
        text = label(
            tr("The bundled starter model, a toy of a few MB, works with no network. Quick, not clever."),
            "small",
            "2",
            wrap=True,
        )
        words.addWidget(head)
        words.addWidget(text)
        layout.addLayout(words, 1)
        self.chat_button = Button(tr("Chat now"), "primary", icon="message-square", size="large")
        self.chat_button.clicked.connect(self.chat_now)
        layout.addWidget(self.chat_button)
        return frame

    def show_welcome(self, welcome: Welcome) -> None:
        """Fill the page; called again when the recommendations were checked with the hub."""
        head, _, tail = welcome.sentence.partition(":")
        strong = f'<span style="color: {theme.hex("text.1")}">{escape(head)}:</span>{escape(tail)}'
        self._sentence.setText(strong if tail else escape(welcome.sentence))
        marks = tuple(
            (place, float(entry.parameters))
            for place, (entry, _fit) in enumerate(welcome.recommendations, start=1)
        )
        self._ruler.set_ruler(welcome.ruler, marks)
        self._error.hide()
        self._check = None
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self._rows.addWidget(self._heading(welcome))
        self._speeds.clear()
        for place, (entry, fit) in enumerate(welcome.recommendations, start=1):
            self._rows.addWidget(self._recommendation(place, entry, fit))
        widest = max((speed.sizeHint().width() for speed in self._speeds), default=0)
        for speed in self._speeds:  # sizes, pills and speeds stand below each other
            speed.setMinimumWidth(max(widest, 76))
        if welcome.on_disk:
            self._rows.addWidget(self._on_disk(welcome))

    def show_error(self, error: AppError) -> None:
        """A recommendation could not be checked or downloaded."""
        self._error.set_text(str(error))
        self._error.show()
        if self._check is not None:
            self._check.setEnabled(True)
            self._check.setText(tr("Check online"))

    def set_checking(self) -> None:
        """The hub is being asked; `show_welcome` or `show_error` ends that."""
        self._error.hide()
        if self._check is not None:
            self._check.setEnabled(False)
            self._check.setText(tr("Checking …"))

    def _heading(self, welcome: Welcome) -> QWidget:
        box = QWidget()
        layout = QGridLayout(box)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setVerticalSpacing(4)
        head = label(tr("Three that suit this machine"), "title")
        layout.addWidget(head, 0, 0)
        if welcome.checked:
            text = tr("Checked with Hugging Face just now. Speeds are predicted until you run them here.")
        else:
            text = tr("From the bundled list, not checked with the network.")
            self._check = Button(tr("Check online"), "quiet")
            self._check.clicked.connect(self.check_online)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            layout.addWidget(self._check, 0, 1, 2, 1, right)
        note = label(text, "small", "2", wrap=True)
        layout.addWidget(note, 1, 0)
        layout.setColumnStretch(0, 1)
        return box

    def _recommendation(self, place: int, entry: Recommendation, fit: Fit) -> QWidget:
        row = QFrame()
        row.setProperty("surface", "row")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(14)
        layout.addWidget(NumberDisc(place))
        words = QVBoxLayout()
        words.setSpacing(2)
        name = label(entry.name, "body", weight=600)
        purpose = label(_purpose(entry), "small", "2", wrap=True)
        words.addWidget(name)
        words.addWidget(purpose)
        layout.addLayout(words, 1)
        size = label(fmt.size(entry.size), "small", weight=500)
        layout.addWidget(size)
        pill = FitPill()
        pill.set_fit(fit)
        place = QWidget()  # as wide in every line, so that the sizes stand below each other
        place.setFixedWidth(widest_fit_pill())
        inside = QHBoxLayout(place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(place)
        if predicted := fmt.predicted_speed(fit):
            speed = PredictedLabel()
            speed.set_predicted(predicted, tr("tok/s"))
            layout.addWidget(speed)
            self._speeds.append(speed)
        button = Button(tr("Download"), icon="download")
        button.setAccessibleName(tr("Download {name}", name=entry.name))
        button.clicked.connect(lambda: self.download.emit(entry))
        layout.addWidget(button)
        return row

    def _on_disk(self, welcome: Welcome) -> QWidget:
        row = QFrame()
        row.setProperty("surface", "row")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 12, 0, 12)
        layout.setSpacing(14)
        layout.addWidget(IconLabel("hard-drive", "text.2"))
        words = QVBoxLayout()
        words.setSpacing(2)
        head = label(tr("{n} models are already on this disk", n=len(welcome.on_disk)), "body", weight=600)
        total = sum(model.size for model in welcome.on_disk)
        text = label(
            tr("{size} in the Hugging Face cache, usable in place; nothing is copied.", size=fmt.size(total)),
            "small",
            "2",
        )
        words.addWidget(head)
        words.addWidget(text)
        layout.addLayout(words, 1)
        button = Button(tr("Show in Library"))
        button.clicked.connect(self.show_library)
        layout.addWidget(button)
        return row


def _purpose(entry: Recommendation) -> str:
    """Why it was chosen, and what it is good for."""
    return f"{role_text(entry.role)}. {entry.purpose}" if entry.role is not None else entry.purpose
