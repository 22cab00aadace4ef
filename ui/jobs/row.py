"""One job of the drawer: a download or a piece of local work."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from backend.downloads.types import DownloadJob, DownloadState
from backend.i18n import tr
from ui import format as fmt
from ui.jobs import texts
from ui.models.jobs import Job, Section, key_of, section_of
from ui.theme import icons, theme
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import ElidedLabel, label, set_tone
from ui.widgets.range_bar import RangeBar
from ui.widgets.states import IconLabel


class JobRow(QWidget):
    """Shows a job; buttons and keys only emit what the person wants.

    Signals:
        wanted: The name of an action (``pause``, ``resume``, ``cancel``, ``retry``, ``again``, ``chat``,
            ``results``, ``show``, ``page``, ``token``, ``copy``, or ``next``, ``up``, ``down`` in the queue)
            and the key of the job.
        stepped: The keyboard should go to the row above (-1) or below (1).
        dragged: The row of a waiting download is held over this global position.
        dropped: It was let go there.
        resized: It needs another height.
    """

    wanted = Signal(str, str)
    stepped = Signal(int)
    dragged = Signal(QPoint)
    dropped = Signal(QPoint)
    resized = Signal()

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "row")
        self.setProperty("focusRing", "inside")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._job = job
        self._place, self._waiting = 0, 0
        self._shown: tuple[Job, int, int, str] | None = None
        self._pressed: QPoint | None = None
        self._dragging = False
        self._icon = IconLabel("download", "text.2")
        self._name = ElidedLabel("", weight=600)
        self._label = label("", "code", "2")
        self._clock = label("", "caption", "3", tabular=True)
        self._problem = label("", "small", "bad", weight=500, wrap=True)
        self._hint = label("", "small", "2", wrap=True)
        self._bar = RangeBar()
        self._amount = label("", "small", "2", tabular=True, wrap=True)
        self._percent = label("", "small", "2", tabular=True)
        self._left = label("", "small", "1", weight=500, tabular=True)
        self._note = ElidedLabel("", "caption", "3")
        self._detail: QPlainTextEdit | None = None
        self._copy_offer: Banner | None = None
        self._make_buttons()
        self._build()
        self.set_job(job)

    def _make_buttons(self) -> None:
        self._pause = IconButton("pause", tr("Pause"), size="small")
        self._order = IconButton("ellipsis", tr("Place in the queue"), size="small")
        self._order.clicked.connect(self._open_menu)
        self._cancel = IconButton("x", tr("Cancel"), size="small")
        self._resume = Button(tr("Resume"), icon="play", size="small")
        self._chat = Button(tr("Chat"), size="small")
        self._results = Button(tr("Results"), size="small")
        self._show = Button(tr("Show"), "quiet", size="small")
        self._page = Button(tr("Open licence page"), "primary", "external-link", "small")
        self._again = Button(tr("Fetch again"), "primary", "download", "small")
        self._token = Button(tr("Add a token"), icon="key", size="small")
        self._retry = Button(tr("Try again"), size="small")
        self._more = Button(tr("Details"), "quiet", size="small")
        self._copy = IconButton("copy", tr("Copy the details"), size="small")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_detail)
        self._copy.clicked.connect(self._copy_detail)
        for button, action in (
            (self._pause, "pause"),
            (self._cancel, "cancel"),
            (self._resume, "resume"),
            (self._chat, "chat"),
            (self._results, "results"),
            (self._show, "show"),
            (self._page, "page"),
            (self._again, "again"),
            (self._token, "token"),
            (self._retry, "retry"),
        ):
            button.clicked.connect(lambda _on=False, name=action: self._want(name))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name)
        head.addWidget(self._label)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for widget in (self._clock, self._resume, self._chat, self._results, self._show):
            buttons.addWidget(widget)
        for widget in (self._pause, self._order):
            buttons.addWidget(widget)
        buttons.addWidget(self._cancel)
        head.addLayout(buttons)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        facts.addWidget(self._amount, 1)
        facts.addWidget(self._percent, 0, Qt.AlignmentFlag.AlignTop)
        facts.addWidget(self._left, 0, Qt.AlignmentFlag.AlignTop)
        self._actions = QWidget()
        actions = FlowLayout(self._actions, spacing=6)
        actions.setContentsMargins(0, 4, 0, 0)
        for button in (self._page, self._again, self._token, self._retry, self._more, self._copy):
            actions.addWidget(button)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._bar_box = QWidget()
        around = QVBoxLayout(self._bar_box)
        around.setContentsMargins(0, 4, 0, 2)
        around.addWidget(self._bar)
        for widget in (self._problem, self._hint, self._bar_box):
            self._column.addWidget(widget)
        self._column.addLayout(facts)
        self._column.addWidget(self._note)
        self._column.addWidget(self._actions)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 9, 16, 11)
        layout.setSpacing(12)
        icon = QVBoxLayout()
        icon.setContentsMargins(0, 4, 0, 0)
        icon.addWidget(self._icon)
        icon.addStretch(1)
        layout.addLayout(icon)
        layout.addLayout(self._column, 1)

    @property
    def job(self) -> Job:
        return self._job

    @property
    def key(self) -> str:
        return key_of(self._job)

    def set_job(self, job: Job, place: int = 0, waiting: int = 0, offer: str = "") -> bool:
        """Show another state of the job; False if it is the one that is shown.

        Args:
            place: Its place in its section.
            waiting: How many downloads wait.
            offer: Where a copy without a gate is, in words.
        """
        new = (job, place, waiting, offer)
        if new == self._shown:
            return False
        self._shown = new
        self._job, self._place, self._waiting = job, place, waiting
        section = section_of(job)
        failed, finished = section is Section.NEEDS_YOU, section is Section.FINISHED
        download = job if isinstance(job, DownloadJob) else None
        running, waits = section is Section.RUNNING, section is Section.WAITING
        share = min(job.done / job.total, 1.0) if job.total else None
        note, amount = texts.note(job), texts.amount(job, place)
        self._name.setText(texts.title(job))
        self._label.setText(job.label)
        self._icon.set_icon(*texts.icon(job))
        self._cancel.set_text(tr("Remove") if failed else tr("Cancel"))
        self._clock.setText(fmt.clock(job.finished or job.created) if failed and job.created else "")
        self._problem.setText(job.error_title)
        self._hint.setText(job.error_hint)
        self._percent.setText("" if share is None else fmt.percent(share))
        self._left.setText(tr("{time} left", time=fmt.time_left(job.eta)))
        self._amount.setText(amount)
        self._note.setText(note)
        done_download = download is not None and download.state is DownloadState.DONE
        verifying = job.state is DownloadState.VERIFYING
        damaged, gated, token = texts.damaged(job), texts.gated(job), texts.wants_token(job)
        for widget, shown in (
            (self._label, bool(job.label)),
            (self._clock, failed),
            (self._problem, failed),
            (self._hint, failed and bool(job.error_hint)),
            (self._bar_box, running or section is Section.PAUSED),
            (self._percent, (running or section is Section.PAUSED) and share is not None),
            (self._left, running and not verifying and job.eta is not None),
            (self._pause, download is not None and running and not verifying),
            (self._order, download is not None and waits and waiting > 1),
            (self._cancel, not finished),
            (self._resume, section is Section.PAUSED),
            (self._chat, (done_download and self._is_model(download)) or texts.made_model(job)),
            (self._results, texts.has_results(job)),
            (self._show, finished and bool(job.path)),
            (self._actions, failed),
            (self._page, gated),
            (self._again, damaged),
            (self._token, token),
            (self._retry, not damaged),
            (self._more, bool(job.error_detail)),
            (self._amount, bool(amount)),
            (self._note, bool(note)),
        ):
            widget.setVisible(shown)
        for button in (self._page, self._again):
            button.set_kind("primary" if place == 0 else "default")  # one of them is enough
        self._show_offer(offer)
        self._show_bar(section)
        if not failed:
            self._more.setChecked(False)
        self._show_detail(self._more.isChecked() and failed)
        set_tone(self._name, "2" if finished and not self._is_good(job) else "1")
        self.setCursor(Qt.CursorShape.OpenHandCursor if self._movable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(texts.spoken(job))
        return True

    def _show_offer(self, words: str) -> None:
        if words and self._copy_offer is None:
            self._copy_offer = Banner("suggest", words, tr("Use that copy"))
            self._copy_offer.acted.connect(lambda: self._want("copy"))
            self._column.insertWidget(self._column.indexOf(self._actions) + 1, self._copy_offer)
        if self._copy_offer is not None:
            self._copy_offer.set_text(words)
            self._copy_offer.setVisible(bool(words))

    def _show_bar(self, section: Section) -> None:
        ranges = texts.ranges(self._job)
        paused = section is Section.PAUSED
        self._bar.set_ranges(
            self._job.total,
            ranges,
            blocks=isinstance(self._job, DownloadJob) and len(self._job.ranges) > 1,
            full="data.2" if paused else "accent.base",
            begun="data.3" if paused else "accent.line",
        )

    @staticmethod
    def _is_model(job: DownloadJob | None) -> bool:
        return job is not None and job.request.quant.kind == "model"

    @staticmethod
    def _is_good(job: Job) -> bool:
        return job.state.value == "done"

    @property
    def _movable(self) -> bool:
        waits = section_of(self._job) is Section.WAITING
        return waits and isinstance(self._job, DownloadJob) and self._waiting > 1

    def _want(self, action: str) -> None:
        self.wanted.emit(action, self.key)

    # -- details of an error

    def _show_detail(self, shown: bool) -> None:
        if shown and self._detail is None:
            self._detail = QPlainTextEdit()
            self._detail.setReadOnly(True)
            self._detail.setFont(theme.font("code"))
            self._detail.setAccessibleName(tr("Details"))
            self._column.addWidget(self._detail)
        changed = self._copy.isVisibleTo(self) != shown
        self._copy.setVisible(shown)
        if self._detail is not None:
            if self._detail.toPlainText() != self._job.error_detail:
                self._detail.setPlainText(self._job.error_detail)
                lines = sum(1 + len(line) // 44 for line in self._job.error_detail.splitlines())
                self._detail.setFixedHeight(min(max(lines, 1), 6) * theme.line_height("code") + 18)
            self._detail.setVisible(shown)
        if changed:
            self.resized.emit()

    def _copy_detail(self) -> None:
        job = self._job
        QGuiApplication.clipboard().setText(f"{job.error_title}\n{job.error_hint}\n\n{job.error_detail}")

    # -- place in the queue

    def menu(self) -> QMenu:
        """What can be done with the place of a waiting download."""
        menu = QMenu(self)
        first, last = self._place == 0, self._place >= self._waiting - 1
        for action, icon, words, keys, enabled in (
            ("next", "arrow-up", tr("Next"), "", not first),
            ("up", "chevron-up", tr("Up"), "Alt+Up", not first),
            ("down", "chevron-down", tr("Down"), "Alt+Down", not last),
        ):
            entry = menu.addAction(icons.icon(icon, "text.2", 16), f"{words}\t{keys}" if keys else words)
            entry.setEnabled(enabled)
            entry.triggered.connect(lambda _on=False, name=action: self._want(name))
        return menu

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._order.mapToGlobal(QPoint(0, self._order.height() + 2)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._movable:
            self._open_menu()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._movable:
            self._pressed = event.globalPosition().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.globalPosition().toPoint()
        if self._pressed is None:
            return
        far = (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._dragging:
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragged, self._pressed, self._dragging = self._dragging, None, False
        if dragged:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            self.dropped.emit(event.globalPosition().toPoint())

    @property
    def held(self) -> bool:
        """Whether the mouse drags it."""
        return self._dragging

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step is not None and alt:
            if self._movable:
                self._want("up" if step < 0 else "down")
        elif step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._act_first()
        elif event.key() == Qt.Key.Key_Delete and not self._cancel.isHidden():
            self._want("cancel")
        elif event.key() == Qt.Key.Key_Menu and self._movable:
            self._open_menu()
        else:
            super().keyPressEvent(event)

    def _act_first(self) -> None:
        """Enter does what its first button does."""
        first = (self._page, self._again, self._retry) if not self._actions.isHidden() else ()
        for button in (*first, self._resume, self._chat, self._results, self._show):
            if not button.isHidden():
                button.click()
                return
