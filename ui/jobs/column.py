"""The scrolling column of the drawer. Only rows near the visible part have widgets."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from backend.i18n import tr
from ui.jobs.row import JobRow
from ui.models.jobs import Job, JobsModel, Section, key_of, section_of
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import label

HEAD = 28
_GUESS = {
    Section.NEEDS_YOU: 132,
    Section.RUNNING: 100,
    Section.WAITING: 64,
    Section.PAUSED: 82,
    Section.FINISHED: 64,
}
_AHEAD = 240
"""Pixels above and below the visible part that have widgets too."""
_EDGE = 28
"""So near to the edge a dragged row scrolls the column."""


class SectionHead(QFrame):
    """Title and count of a section, or its link."""

    def __init__(self, title: str, action: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = title
        self.setProperty("surface", "section")
        self.setFixedHeight(HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(label(title, "caption", "2", weight=500))
        row.addStretch(1)
        self.count = label("", "caption", "3", tabular=True)
        self.action = Button(action, "link")
        self.action.setFont(theme.font("caption", weight=500))
        for widget, shown in ((self.action, bool(action)), (self.count, not action)):
            row.addWidget(widget)
            widget.setVisible(shown)
        self.hide()


class _DropLine(QWidget):
    """Where a dragged row would go."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("accent.base"))


class JobColumn(QScrollArea):
    """Args:
        offers: Where else a job can be had, in words.

    Signals:
    wanted: Action and key, from a row.
    moved: Key of a waiting download, and the place among the waiting ones that it was dropped at.
    cleared: The finished ones should go.
    """

    wanted = Signal(str, str)
    moved = Signal(str, int)
    cleared = Signal()

    def __init__(
        self, model: JobsModel, offers: Callable[[Job], str] = lambda job: "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._offers = offers
        self._rows: dict[str, JobRow] = {}
        self._heights: dict[str, int] = {}
        self._order: list[str] = []
        self._spans: dict[str, tuple[int, int]] = {}
        self._arranging = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = QWidget()
        self._content.setProperty("scrollContent", True)
        self.setWidget(self._content)
        self.heads = {
            Section.NEEDS_YOU: SectionHead(tr("Needs you"), "", self._content),
            Section.RUNNING: SectionHead(tr("Running"), "", self._content),
            Section.WAITING: SectionHead(tr("Waiting"), "", self._content),
            Section.PAUSED: SectionHead(tr("Paused"), "", self._content),
            Section.FINISHED: SectionHead(tr("Finished"), tr("Clear"), self._content),
        }
        self.heads[Section.FINISHED].action.clicked.connect(self.cleared)
        self._drop = _DropLine(self._content)
        self._drop.hide()
        # A whole burst of changes is laid out once.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.arrange)
        for signal in (model.rowsInserted, model.rowsRemoved, model.rowsMoved, model.dataChanged):
            signal.connect(self._later)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def row(self, key: str) -> JobRow | None:
        """The widget of a job, if it is near the visible part."""
        return self._rows.get(key)

    def rows(self) -> tuple[JobRow, ...]:
        """The widgets that there are, from the top."""
        return tuple(self._rows[key] for key in self._order if key in self._rows)

    def reveal(self, key: str) -> JobRow | None:
        """Scroll to a job and return its row; None if it is gone."""
        self.arrange()
        span = self._spans.get(key)
        if span is None:
            return None
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if span[0] < bar.value():
            bar.setValue(span[0] - HEAD)
        elif span[1] > bar.value() + height:
            bar.setValue(span[1] - height)
        self.arrange()
        return self._rows.get(key)

    # -- layout

    def rearrange(self) -> None:
        """Show what changed beside the model, soon."""
        self._later()

    def _later(self) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _scrolled(self) -> None:
        if not self._arranging:
            self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._heights.clear()
        if self.isVisible():
            self.arrange()

    def arrange(self) -> None:
        """Put every section and row where the model has it; rows keep their widgets, so that nothing
        flickers."""
        if self._arranging:
            return
        self._soon.stop()
        self._arranging = True
        try:
            self._arrange()
        finally:
            self._arranging = False

    def _arrange(self) -> None:
        jobs = self._model.jobs()
        keys = [key_of(job) for job in jobs]
        self._forget(set(keys))
        width, top = self.viewport().width(), self.verticalScrollBar().value()
        first, last = top - _AHEAD, top + self.viewport().height() + _AHEAD
        waiting = len(self._model.waiting())
        focus = self.window().focusWidget()
        y, place = 0, 0
        section: Section | None = None
        spans: dict[str, tuple[int, int]] = {}
        for key, job in zip(keys, jobs, strict=True):
            if section_of(job) is not section:
                section, place = section_of(job), 0
                y = self._place_head(section, y, width)
            height = self._heights.get(key, _GUESS[section])
            row = self._rows.get(key)
            if y + height > first and y < last:
                row = self._shown(row, job, place, waiting, focus)
                if key not in self._heights:
                    self._heights[key] = self._measure(row, width)
                height = self._heights[key]
                row.setGeometry(0, y, width, height)
                row.show()
            elif row is not None:
                self._release(key, row, focus, y, width, height)
            spans[key] = (y, y + height)
            y += height
            place += 1
        self._spans = spans
        self._hide_heads({section_of(job) for job in jobs})
        self._content.resize(width, max(y, self.viewport().height()))
        if keys != self._order:
            self._order = keys
            self._chain()

    def _place_head(self, section: Section, y: int, width: int) -> int:
        head = self.heads[section]
        head.count.setText(str(self._model.count(section)))
        head.setGeometry(0, y, width, HEAD)
        head.show()
        return y + HEAD

    def _hide_heads(self, used: set[Section]) -> None:
        for section, head in self.heads.items():
            if section not in used:
                head.hide()

    def _shown(self, row: JobRow | None, job: Job, place: int, waiting: int, focus: QWidget | None) -> JobRow:
        if row is None:
            row = JobRow(job, self._content)
            row.wanted.connect(self.wanted)
            row.stepped.connect(self._step)
            row.dragged.connect(self._drag)
            row.dropped.connect(self._dropped)
            row.resized.connect(self._resized)
            self._rows[row.key] = row
            self._heights.pop(row.key, None)
            self._order = []  # the new row has to get its place in the tab order
        had_focus = focus is not None and row.isAncestorOf(focus)
        if row.set_job(job, place, waiting, self._offers(job)):
            self._heights.pop(key_of(job), None)
        if had_focus and focus is not None and not focus.isVisibleTo(row):
            # Pressing Pause hides the button; the keyboard stays with the job.
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        return row

    @staticmethod
    def _measure(row: JobRow, width: int) -> int:
        layout = row.layout()
        for child in row.findChildren(QWidget):
            child.ensurePolished()
        layout.activate()
        return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())

    def _release(self, key: str, row: JobRow, focus: QWidget | None, y: int, width: int, height: int) -> None:
        """Take away a row that is far from the visible part, unless it has the keyboard or the mouse."""
        if row.held or (focus is not None and (row is focus or row.isAncestorOf(focus))):
            row.setGeometry(0, y, width, height)
            return
        self._drop_row(key)

    def _forget(self, keys: set[str]) -> None:
        for key in [key for key in self._rows if key not in keys]:
            self._drop_row(key)
        for key in [key for key in self._heights if key not in keys]:
            del self._heights[key]

    def _drop_row(self, key: str) -> None:
        row = self._rows.pop(key)
        row.hide()
        row.deleteLater()

    def _chain(self) -> None:
        """Tab goes through the rows as they stand, not as they were made."""
        stops: list[QWidget] = []
        for row in self.rows():
            stops.append(row)
            stops += [
                child for child in row.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus
            ]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _resized(self) -> None:
        row = self.sender()
        if isinstance(row, JobRow):
            self._heights.pop(row.key, None)
        self._later()

    # -- keyboard and mouse

    def _step(self, step: int) -> None:
        row = self.sender()
        if not isinstance(row, JobRow) or row.key not in self._order:
            return
        target = self._order.index(row.key) + step
        if 0 <= target < len(self._order):
            other = self.reveal(self._order[target])
            if other is not None:
                other.setFocus(Qt.FocusReason.TabFocusReason)

    def _drag(self, position: QPoint) -> None:
        y = self.viewport().mapFromGlobal(position).y()
        bar = self.verticalScrollBar()
        if y < _EDGE:
            bar.setValue(bar.value() - bar.singleStep())
        elif y > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + bar.singleStep())
        waiting = self._model.waiting()
        place = self._gap(position, waiting)
        line = self._spans[waiting[place]][0] if place < len(waiting) else self._spans[waiting[-1]][1]
        self._drop.setGeometry(16, line - 1, self._content.width() - 32, 2)
        self._drop.show()
        self._drop.raise_()

    def _dropped(self, position: QPoint) -> None:
        self._drop.hide()
        row = self.sender()
        waiting = self._model.waiting()
        if not isinstance(row, JobRow) or row.key not in waiting:
            return
        here, gap = waiting.index(row.key), self._gap(position, waiting)
        place = gap - 1 if gap > here else gap
        if place != here:
            self.moved.emit(row.key, place)

    def _gap(self, position: QPoint, waiting: tuple[str, ...]) -> int:
        """Before which of the waiting rows `position` is; their number is after the last."""
        y = self._content.mapFromGlobal(position).y()
        middles = (sum(self._spans[key]) / 2 for key in waiting if key in self._spans)
        return sum(y > middle for middle in middles)
