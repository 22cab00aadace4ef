"""The lines above the columns: the prompt, what runs together, and earlier rounds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backend.compare.types import ComparePlan, Round
from backend.i18n import tr
from ui import format as fmt
from ui.pages.compare.words import vote_words
from ui.theme import icons, theme
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.meter import Meter, Part

_ROW = 32
_MOST_ROWS = 4


class PromptLine(QWidget):
    """The prompt of the shown round, and the topic that votes count for.

    Signals:
        topic_chosen: A topic; empty for none.
    """

    topic_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self._box = _Inset()
        self._prompt = ElidedLabel(role="read")
        inside = QHBoxLayout(self._box)
        inside.setContentsMargins(8, 0, 12, 0)
        inside.setSpacing(8)
        inside.addWidget(label(tr("Prompt"), "small", "3"))
        inside.addWidget(self._prompt, 1)
        self.topic = QComboBox()
        self.topic.setEditable(True)
        self.topic.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.topic.setAccessibleName(tr("Topic"))
        self.topic.setToolTip(tr("What the questions are about: each topic has a leaderboard."))
        self.topic.setFixedWidth(148)
        edit = self.topic.lineEdit()
        edit.setPlaceholderText(tr("any"))
        edit.setMaxLength(40)
        edit.editingFinished.connect(self._chosen)
        self.topic.activated.connect(lambda _index: self._chosen())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._box, 1)
        layout.addWidget(label(tr("Topic"), "small", "2"))
        layout.addWidget(self.topic)

    def set_prompt(self, text: str) -> None:
        """Show the prompt of a round; empty before the first."""
        self._prompt.setText(" ".join(text[:2000].split()) or tr("Nothing asked yet"))
        self._prompt.setToolTip(text[:4000])

    def set_topics(self, topics: Sequence[str], current: str) -> None:
        """Offer the topics that there are votes or comparisons of."""
        self._loading = True
        names = dict.fromkeys(
            [tr("Everyday"), tr("Code"), tr("Writing"), tr("Facts"), *topics, *([current] if current else [])]
        )
        self.topic.clear()
        self.topic.addItem("")
        self.topic.addItems(list(names))
        self.topic.setCurrentText(current)
        self._loading = False

    def _chosen(self) -> None:
        if not self._loading:
            self.topic_chosen.emit(" ".join(self.topic.currentText().split()))


class _Inset(QWidget):
    """A box in the colour of wells."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.inset"))
        radius = theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)


class PlanStrip(QWidget):
    """A dot, a sentence about what runs together, and the memory that it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = "text.3"
        self._words = ElidedLabel(role="small", tone="2")
        self._bar = Meter(6)
        self._bar.setFixedWidth(160)
        self._numbers = label("", "small", "2", tabular=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(38, 0, 16, 0)
        layout.setSpacing(12)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._numbers)
        self.setFixedHeight(36)
        self.show_plan(None)
        theme.changed.connect(self.update)

    def show_plan(self, plan: ComparePlan | None) -> None:
        """Show what will run together; None while it is being found out."""
        shown = plan is not None and plan.available > 0 and any(group.predicted for group in plan.groups)
        self._bar.setVisible(shown)
        self._numbers.setVisible(shown)
        if plan is None:
            self._token = "text.3"
            self._words.setText(tr("Looking at what fits together …"))
            self.update()
            return
        troubled = any(plan.problems)
        fits = all(group.predicted <= plan.available for group in plan.groups)
        together = len(plan.groups) <= 1
        self._token = "bad.mark" if troubled or not fits else "ok.mark" if together else "warn.mark"
        self._words.setText(plan.sentence)
        if shown:
            largest = max(plan.groups, key=lambda group: group.predicted)
            part = Part(largest.predicted, "text.1" if together else "line.strong")
            self._bar.set_parts(max(plan.available, largest.predicted), (part,))
            self._numbers.setText(
                tr(
                    "~{need} of the {free} that are free",
                    need=fmt.size(largest.predicted),
                    free=fmt.size(plan.available),
                )
            )
            self._bar.setAccessibleName(self._numbers.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._token))
        painter.drawEllipse(QRectF(17, self.height() / 2 - 4, 8, 8))


class _RoundRow(QAbstractButton):
    """``Round 1  Which flour for a first loaf?      B was best``."""

    def __init__(self, number: int, shown: Round, current: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = tr("Round {number}", number=number)
        self._prompt = " ".join(shown.prompt[:400].split())
        self._vote = vote_words(shown)
        self._current = current
        self.setFixedHeight(_ROW)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{self._title}: {self._prompt}. {self._vote}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(300, _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self._current:
            painter.fillRect(self.rect(), theme.color("bg.selected.idle" if self._current else "bg.hover"))
        middle = self.height() / 2
        arrow = "chevron-down" if self._current else "chevron-right"
        icons.paint(painter, arrow, QRectF(16, middle - 7, 14, 14), "text.3")
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        metrics = painter.fontMetrics()
        painter.setPen(theme.color("text.2"))
        left = 38
        painter.drawText(QRectF(left, 0, 200, self.height()), align, self._title)
        left += metrics.horizontalAdvance(self._title) + 8
        right = metrics.horizontalAdvance(self._vote)
        painter.drawText(QRectF(self.width() - right - 16, 0, right + 4, self.height()), align, self._vote)
        painter.setPen(theme.color("text.1"))
        room = self.width() - left - right - 40
        text = metrics.elidedText(self._prompt, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, self.height()), align, text)


class RoundsStrip(QScrollArea):
    """All rounds of a comparison but the one that is asked last, folded to a line each. A click shows one.

    Signals:
        chosen: Id of a round.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Earlier rounds"))
        self.hide()

    def show_rounds(self, rounds: Sequence[Round], shown: Round | None) -> None:
        """List the rounds; the last one only while an earlier one is shown."""
        last = rounds[-1].id if rounds else None
        looking_back = shown is not None and shown.id != last
        listed = rounds if looking_back else rounds[:-1]
        content = QWidget()
        content.setProperty("scrollContent", True)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, each in enumerate(listed, start=1):
            row = _RoundRow(number, each, shown is not None and each.id == shown.id)
            row.clicked.connect(lambda _on=False, wanted=each.id: self.chosen.emit(wanted))
            column.addWidget(row)
        self.setWidget(content)
        self.setFixedHeight(_ROW * min(len(listed), _MOST_ROWS))
        self.setVisible(bool(listed))
        if not looking_back:
            content.adjustSize()
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
