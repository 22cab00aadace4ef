"""One column: who answers, the answer as it is written, and what was measured of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend.chats.types import MessageState
from backend.compare.types import CompareAnswer
from backend.errors import AppError
from backend.i18n import tr
from ui.markdown import MarkdownView, StreamingMarkdown
from ui.pages.compare.metrics import MetricStrip
from ui.pages.compare.words import state_words
from ui.theme import icons, theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import IconButton
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.reasoning import ReasoningFold
from ui.widgets.section import hairline
from ui.widgets.states import ErrorState

LEAST_WIDTH = 312
_HEAD = 48
_PAD = 16


class Badge(QWidget):
    """The letter of a column: dark, or in the accent where it was voted best."""

    def __init__(self, letter: str, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter, self._best = letter, False
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def set_letter(self, letter: str) -> None:
        self._letter = letter
        self.update()

    def set_best(self, best: bool) -> None:
        self._best = best
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.base" if self._best else "text.1"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("small"), theme.radius("small"))
        painter.setPen(theme.color("accent.ink" if self._best else "bg.window"))
        painter.setFont(theme.font("small", weight=600))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)


class _State(QWidget):
    """A dot or an icon, and a word: how the answer stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = label("", "small", "2")
        self._icon, self._token = "", "text.3"
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 0, 0)
        layout.addWidget(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def show_state(self, words: str, icon: str, token: str) -> None:
        self._icon, self._token = icon, token
        self._words.setText(words)
        set_tone(self._words, {"ok.text": "ok", "bad.text": "bad", "warn.text": "warn"}.get(token, "2"))
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        if self._icon:
            icons.paint(painter, self._icon, QRectF(0, middle - 7, 14, 14), self._token)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(self._token))
            painter.drawEllipse(QRectF(4, middle - 4, 8, 8))


class ColumnView(QFrame):
    """Signals:
    stop_asked, again_asked: Of the answer that is shown, by its id.
    edit_asked, remove_asked, keep_asked, copy_asked, diff_asked: Of the column.
    scrolled: The person scrolled to this share (0 to 1) of the answer.
    link_activated: A link in the answer was clicked.
    """

    stop_asked = Signal(int)
    again_asked = Signal(int)
    edit_asked = Signal()
    remove_asked = Signal()
    keep_asked = Signal()
    copy_asked = Signal()
    diff_asked = Signal()
    scrolled = Signal(float)
    link_activated = Signal(str)

    def __init__(self, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._answer: CompareAnswer | None = None
        self._stream: StreamingMarkdown | None = None
        self._drawn = ""
        self._waiting: list[tuple[str, str, int]] = []
        self._following = True
        self._quiet = False
        self.letter = letter
        self.removable = True
        self.badge = Badge(letter)
        self._name = ElidedLabel(role="body", weight=600)
        self._quant = label("", "caption", "3")
        self._note = ElidedLabel(role="caption", tone="3")
        self._state = _State()
        self._menu_button = IconButton("ellipsis", tr("More for this column"), size="small")
        self._menu_button.clicked.connect(self._open_menu)
        self._stop = IconButton("square", tr("Stop this answer"), size="small")
        self._stop.clicked.connect(lambda: self._answer and self.stop_asked.emit(self._answer.id))
        self.body = MarkdownView()
        self.body.link_activated.connect(self.link_activated)
        self._fold = ReasoningFold()
        self._fold.height_changed.connect(self._fit_fold)
        self._trouble = ErrorState(None, centred=False)
        self._trouble.retry.connect(lambda: self._answer and self.again_asked.emit(self._answer.id))
        self._banner = Banner("warn", "")
        self.metrics = MetricStrip()
        self._build()
        self.clear()

    def _build(self) -> None:
        head = QWidget()
        head.setFixedHeight(_HEAD)
        names = QVBoxLayout()
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._name)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._quant)
        line.addWidget(self._note, 1)
        names.addLayout(line)
        names.addStretch(1)
        row = QHBoxLayout(head)
        row.setContentsMargins(_PAD, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.badge)
        row.addLayout(names, 1)
        row.addWidget(self._state)
        row.addWidget(self._stop)
        row.addWidget(self._menu_button)
        content = QWidget()
        content.setProperty("scrollContent", True)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(_PAD, 14, _PAD, 16)
        inside.setSpacing(8)
        inside.addWidget(self._fold)
        inside.addWidget(self.body)
        inside.addWidget(self._trouble)
        inside.addWidget(self._banner)
        inside.addStretch(1)
        self.scroll = QScrollArea()
        self.scroll.setWidget(content)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroll.verticalScrollBar().valueChanged.connect(self._was_scrolled)
        self.scroll.verticalScrollBar().rangeChanged.connect(self._grown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(hairline())
        layout.addWidget(self.scroll, 1)
        layout.addWidget(hairline())
        layout.addWidget(self.metrics)

    def tab_after(self, before: QWidget) -> QWidget:
        """Let Tab come here after `before`; returns its last stop here."""
        for stop in (self._stop, self._menu_button, self.scroll):
            QWidget.setTabOrder(before, stop)
            before = stop
        return before

    # -- who ------------------------------------------------------------------------------------------------

    def show_name(self, name: str, quant: str, note: str) -> None:
        """Who answers here."""
        self._name.setText(name)
        self._quant.setText(quant)
        self._quant.setVisible(bool(quant))
        self._note.setText(f"· {note}" if quant and note else note)
        self.setAccessibleName(f"{self.letter}: {name} {quant} {note}".strip())
        self.scroll.setAccessibleName(tr("Answer of {model}", model=name))

    # -- what -----------------------------------------------------------------------------------------------

    def clear(self, *, waiting: bool = False) -> None:
        """Show no answer."""
        self._answer = None
        self._stream = None
        self._drawn = ""
        self._waiting = []
        self.body.set_caret(False)
        self.body.set_markdown("", card=False)
        for widget in (self._fold, self._trouble, self._banner, self._stop):
            widget.hide()
        self._state.show_state(*state_words(None, waiting))
        self.metrics.clear()

    def show_answer(self, answer: CompareAnswer, *, hidden: bool) -> None:
        """Show an answer as it is now. `hidden` keeps back what would tell who gave it."""
        self.draw()
        another = self._answer is None or self._answer.id != answer.id
        if another:
            self.clear()
            self._following = True
        self._answer = answer
        streaming = answer.state is MessageState.STREAMING
        self.body.set_caret(streaming)
        if streaming:
            if self._stream is None or not answer.text.startswith(self._drawn):
                self._restart(answer.text)
        else:
            self._finish(answer.text)
        if answer.reasoning:
            self._fold.set_reasoning(answer.reasoning, answer.timings, thinking=streaming and not answer.text)
            self._fold.show()
            self._fit_fold()
        self._show_trouble(answer, hidden=hidden)
        self._state.show_state(*state_words(answer, waiting=False))
        self._stop.setVisible(streaming)
        self.metrics.show_answer(answer, hidden=hidden)

    def append(self, text: str, reasoning: str, count: int) -> None:
        """Take what has just been decoded, `count` tokens of it; `draw` shows it."""
        if self._answer is not None:
            self._waiting = [*self._waiting, (text, reasoning, count)]

    def draw(self) -> None:
        """Show what was taken."""
        if not self._waiting:
            return
        text = "".join(text for text, _, _ in self._waiting)
        reasoning = "".join(reasoning for _, reasoning, _ in self._waiting)
        count = sum(count for _, _, count in self._waiting)
        self._waiting = []
        if self._stream is None:
            self._restart(self._drawn)
        assert self._stream is not None
        self.metrics.count(count)
        if reasoning:
            self._fold.show()
            self._fold.append(reasoning, self.metrics.tokens)
            self._fit_fold()
        if text:
            if not self._drawn:
                self._fold.answer_begins()
                self._state.show_state(tr("Writing"), "", "accent.base")
            self._drawn += text
            self._stream.feed(text)
            self.body.apply(self._stream.update())

    def text(self) -> str:
        """The answer so far, as it was written."""
        self.draw()
        return self._drawn

    @property
    def answer(self) -> CompareAnswer | None:
        return self._answer

    def _restart(self, text: str) -> None:
        self._stream = StreamingMarkdown()
        self._stream.feed(text)
        self._drawn = text
        self.body.splice(0, ())
        self.body.apply(self._stream.update())

    def _finish(self, text: str) -> None:
        if self._stream is not None and text.startswith(self._drawn):
            self._stream.feed(text[len(self._drawn) :])
            self.body.apply(self._stream.finish())
        elif self._stream is not None or text != self._drawn:
            self.body.set_markdown(text, card=False)
        self._stream = None
        self._drawn = text

    def _show_trouble(self, answer: CompareAnswer, *, hidden: bool) -> None:
        title, hint = answer.error_title, answer.error_hint
        if hidden and title:
            title, hint = tr("This model could not answer."), tr("The reason is shown after the vote.")
        failed = answer.state is MessageState.FAILED
        if failed:
            self._trouble.set_error(
                AppError("compare.answer", title or tr("The answer failed."), hint, retryable=not hidden)
            )
        self._trouble.setVisible(failed)
        self._banner.setVisible(bool(title) and not failed)
        self._banner.set_text(f"{title} {hint}".strip())

    def _fit_fold(self) -> None:
        width = max(40, self.scroll.viewport().width() - 2 * _PAD)
        self._fold.setFixedHeight(self._fold.height_for(width))
        self._fold.arrange(width)

    # -- scrolling ------------------------------------------------------------------------------------------

    def scroll_to(self, share: float) -> None:
        """Scroll to a share of the answer because another column was scrolled there."""
        bar = self.scroll.verticalScrollBar()
        self._quiet = True
        bar.setValue(round(share * bar.maximum()))
        self._quiet = False

    def _was_scrolled(self, value: int) -> None:
        bar = self.scroll.verticalScrollBar()
        self._following = value >= bar.maximum() - 4
        if not self._quiet and bar.maximum():
            self.scrolled.emit(value / bar.maximum())

    def _grown(self, _low: int, high: int) -> None:
        if self._following and self._stream is not None:
            self._quiet = True
            self.scroll.verticalScrollBar().setValue(high)
            self._quiet = False
            self._following = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fold.isVisibleTo(self):
            self._fit_fold()

    # -- menu -----------------------------------------------------------------------------------------------

    def _open_menu(self) -> None:
        menu = QMenu(self)
        answer = self._answer
        done = answer is not None and answer.state is not MessageState.STREAMING
        copy = menu.addAction(tr("Copy answer"), self.copy_asked.emit)
        copy.setEnabled(bool(self._drawn))
        again = menu.addAction(tr("Answer again"), lambda: answer and self.again_asked.emit(answer.id))
        again.setEnabled(done)
        menu.addAction(tr("Show differences …"), self.diff_asked.emit).setEnabled(bool(self._drawn))
        keep = menu.addAction(tr("Go on in a chat"), self.keep_asked.emit)
        keep.setEnabled(done)
        menu.addSeparator()
        menu.addAction(tr("Model and settings …"), self.edit_asked.emit)
        menu.addAction(tr("Remove column"), self.remove_asked.emit).setEnabled(self.removable)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._menu_button.mapToGlobal(self._menu_button.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, 400)
