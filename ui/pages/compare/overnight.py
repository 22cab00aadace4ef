"""Unattended runs: prompts × columns while nobody watches, and the report at the end."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from backend.compare.types import RunState, UnattendedRun
from backend.i18n import tr
from ui import format as fmt
from ui.markdown import MarkdownView
from ui.pages.compare.overnight_presenter import OvernightPresenter
from ui.pages.compare.presenter import ComparePresenter
from ui.pages.compare.run_rows import RunRows, measured_words
from ui.pages.compare.run_sheet import RunSheet
from ui.pages.compare.words import column_name
from ui.shell import Shell
from ui.theme import theme
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.meter import Progress
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState
from ui.widgets.tables import plain_table

_LIST = 260
_TWO_LINES = 48
_ROW = 32


class _RunDelegate(QStyledItemDelegate):
    """Two lines: the name of a run, and how it stands."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(_LIST - 40, _TWO_LINES)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        title, _, note = str(index.data()).partition("\n")
        box = QRectF(option.rect).adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
            ground = "bg.selected" if focused else "bg.selected.idle" if chosen else "bg.hover"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(box, theme.radius("control"), theme.radius("control"))
        inside = box.adjusted(10, 5, -10, -5)
        for role, weight, token, top, words in (
            ("body", 500, "text.1", 0, title),
            ("caption", None, "text.3", 20, note),
        ):
            painter.setFont(theme.font(role, weight=weight, tabular=True))
            painter.setPen(theme.color(token))
            line = QRectF(inside.left(), inside.top() + top, inside.width(), 18)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class OvernightView(QWidget):
    """Runs at the left; progress, answers and the chosen answer at the right."""

    def __init__(
        self,
        presenter: OvernightPresenter,
        live: ComparePresenter,
        shell: Shell,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._live = live
        self._shell = shell
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Unattended runs"))
        self.list.setItemDelegate(_RunDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._chosen)
        self._heading = ElidedLabel(role="title")
        self._state = label("", "small", "2")
        self._bar = Progress()
        self._go_on = Button(tr("Pause"), icon="pause")
        self._go_on.clicked.connect(self._pause_or_resume)
        self._report = Button(tr("Report …"), icon="file-text")
        self._report.clicked.connect(self.write_report)
        self._delete = Button("", icon="trash-2")
        self._delete.setAccessibleName(tr("Delete this run"))
        self._delete.setToolTip(tr("Delete this run"))
        self._delete.clicked.connect(self._ask_delete)
        self.rows = RunRows(self)
        self.table = plain_table(self.rows, tr("Answers of the run"), _ROW)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.setSelectionBehavior(self.table.SelectionBehavior.SelectItems)
        self.table.selectionModel().currentChanged.connect(lambda now, _before: self._show_answer(now))
        self.answer = MarkdownView(base="body")
        self._measured = label("", "small", "3")
        self._empty = EmptyState(
            "moon",
            tr("Let models answer while you sleep"),
            tr("Many prompts for all columns, one model after the other, and a report at the end."),
        )
        self._begin = self._empty.add_action(tr("New run …"), primary=True, icon="plus")
        self._begin.clicked.connect(self.new_run)
        self._build()
        presenter.runs_changed.connect(self._show_runs)
        presenter.answers_changed.connect(self._show_run)
        presenter.failed.connect(lambda error: shell.toast(str(error)))

    def _build(self) -> None:
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.setSpacing(8)
        head.addWidget(self._heading, 1)
        for button in (self._go_on, self._report, self._delete):
            head.addWidget(button)
        under = QVBoxLayout()
        under.setContentsMargins(16, 0, 16, 12)
        under.setSpacing(6)
        under.addWidget(self._state)
        under.addWidget(self._bar)
        scroll = QScrollArea()
        content = QWidget()
        content.setProperty("scrollContent", True)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._measured)
        inside.addWidget(self.answer)
        inside.addStretch(1)
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        below = QSplitter(Qt.Orientation.Vertical)
        place = QWidget()
        cells = QVBoxLayout(place)
        cells.setContentsMargins(8, 0, 8, 0)  # with that of the cells as far in as the heading
        cells.addWidget(self.table)
        below.addWidget(place)
        below.addWidget(scroll)
        below.setSizes([360, 240])
        below.setChildrenCollapsible(False)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(under)
        column.addWidget(hairline())
        column.addWidget(below, 1)
        left = QWidget()
        left.setProperty("surface", "pane")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(_LIST)
        listed = QVBoxLayout(left)
        listed.setContentsMargins(8, 12, 8, 8)
        listed.setSpacing(10)
        new = Button(tr("New run …"), icon="plus")
        new.clicked.connect(self.new_run)
        listed.addWidget(new)
        listed.addWidget(self.list, 1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(hairline(vertical=True))
        row.addWidget(right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    # -- showing --------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """It came into view."""
        self._presenter.refresh()

    def _show_runs(self) -> None:
        runs = self._presenter.runs
        self._stack.setCurrentIndex(1 if runs else 0)
        self.list.blockSignals(True)
        known = {
            self.list.item(at).data(Qt.ItemDataRole.UserRole): self.list.item(at)
            for at in range(self.list.count())
        }
        if list(known) != [run.id for run in runs]:
            self.list.clear()
            for run in runs:
                item = QListWidgetItem()
                item.setData(Qt.ItemDataRole.UserRole, run.id)
                self.list.addItem(item)
                known[run.id] = item
        for at, run in enumerate(runs):
            item = self.list.item(at)
            item.setText(f"{run.title}\n{_list_words(run)}")
            if run.id == self._presenter.shown:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        if item is not None:
            self._presenter.show(item.data(Qt.ItemDataRole.UserRole))

    def _show_run(self) -> None:
        run = self._presenter.run()
        if run is None:
            return
        names = tuple(column_name(column, self._live.model_of(column)) for column in run.columns)
        self._heading.setText(run.title)
        self._state.setText(state_words(run))
        token = {RunState.PAUSED: "line.strong", RunState.FAILED: "bad.mark", RunState.DONE: "ok.mark"}
        self._bar.set_progress(
            run.done / run.total if run.total else None, token.get(run.state, "accent.base")
        )
        running = run.state in (RunState.RUNNING, RunState.WAITING)
        self._go_on.setVisible(running or run.state is RunState.PAUSED)
        self._go_on.setText(tr("Pause") if running else tr("Go on"))
        self._go_on.set_icon("pause" if running else "play")
        self._report.setEnabled(run.done > 0)
        self.rows.show_run(run, names, self._presenter.answers)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.rows.index(0, 1))
        self._show_answer(self.table.currentIndex())

    def _show_answer(self, index: QModelIndex) -> None:
        answer = self.rows.answer_at(index) if index.isValid() else None
        self._measured.setText(measured_words(answer) if answer is not None else "")
        if answer is None:
            self.answer.set_markdown(self.rows.prompt_at(index), card=False)
        else:
            self.answer.set_markdown(answer.text or f"{answer.error_title} {answer.error_hint}", card=False)

    # -- acting ---------------------------------------------------------------------------------------------

    def new_run(self) -> None:
        """Ask for prompts for the columns of the live comparison."""
        columns = self._live.columns
        if not columns:
            self._shell.toast(tr("Choose the columns in Live first."))
            return
        names = [column_name(column, self._live.model_of(column)) for column in columns]
        sheet = RunSheet(columns, names, self._presenter.estimate, self.window())
        sheet.wanted.connect(lambda title, prompts: self._presenter.start(title, prompts, columns))
        sheet.open()

    def _pause_or_resume(self) -> None:
        run = self._presenter.run()
        if run is None:
            return
        if run.state is RunState.PAUSED:
            self._presenter.resume(run.id)
        else:
            self._presenter.pause(run.id)

    def write_report(self) -> None:
        """Ask for a file and write the report into it."""
        run = self._presenter.run()
        if run is None:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, tr("Report"), f"{run.title}.html", tr("Web page (*.html);;Markdown (*.md)")
        )
        if name:
            self._presenter.report(run.id, Path(name), lambda: self._written(name))

    def _written(self, name: str) -> None:
        self._shell.toast(
            tr("The report was written to {path}.", path=name),
            tr("Open"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(name)),
        )

    def _ask_delete(self) -> None:
        run = self._presenter.run()
        if run is not None and self._shell.confirm(
            tr("Delete {name}?", name=run.title),
            tr("Its {n} answers are deleted for good.", n=run.done),
            tr("Delete"),
            danger=True,
        ):
            self._presenter.delete(run.id)


def state_words(run: UnattendedRun) -> str:
    """How a run stands, in one line."""
    parts = [
        {
            RunState.WAITING: tr("waiting"),
            RunState.RUNNING: tr("running"),
            RunState.PAUSED: tr("paused"),
            RunState.DONE: tr("finished"),
            RunState.FAILED: tr("failed"),
        }[run.state],
        tr("{done} of {total} answers", done=fmt.number(run.done), total=fmt.number(run.total)),
    ]
    if run.failed:
        parts.append(tr("{n} failed", n=run.failed))
    if run.state is RunState.RUNNING and run.seconds_left is not None:
        parts.append(tr("{time} left", time=fmt.time_left(run.seconds_left)))
    return " · ".join(parts)


def _list_words(run: UnattendedRun) -> str:
    share = fmt.percent(run.done / run.total) if run.total else ""
    when = fmt.ago(run.created)
    return f"{share} · {when}" if run.state is not RunState.DONE else tr("finished {when}", when=when)
