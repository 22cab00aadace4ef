"""The live part of the page: one prompt, two to six columns, a vote."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from backend.compare.types import Column, CompareAnswer, ComparePlan, Leaderboard, Round, Vote
from backend.i18n import tr
from ui.pages.compare.ask_line import AskLine
from ui.pages.compare.column import LEAST_WIDTH, ColumnView
from ui.pages.compare.column_sheet import ColumnSheet
from ui.pages.compare.diff import DiffSheet
from ui.pages.compare.presenter import ComparePresenter
from ui.pages.compare.strips import PlanStrip, PromptLine, RoundsStrip
from ui.pages.compare.vote_bar import VoteBar
from ui.pages.compare.words import (
    LEAST_COLUMNS,
    LETTERS,
    MOST_COLUMNS,
    column_name,
    column_note,
    standing_words,
)
from ui.shell import Shell
from ui.widgets.section import hairline
from ui.widgets.states import EmptyState

_DRAW_MS = 8


class LiveView(QWidget):
    """Signals:
    board_asked: The leaderboard is wanted.
    link_activated: A link in an answer was clicked.
    """

    board_asked = Signal()
    link_activated = Signal(str)

    def __init__(self, presenter: ComparePresenter, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._shell = shell
        self.columns: list[ColumnView] = []
        self._undrawn: list[ColumnView] = []
        self._drawing = QTimer(self, interval=_DRAW_MS)
        self._drawing.timeout.connect(self._draw_next)
        self.prompt = PromptLine()
        self.plan = PlanStrip()
        self.rounds = RoundsStrip()
        self.votes = VoteBar()
        self.ask = AskLine()
        self._empty = EmptyState(
            "columns-3",
            tr("Ask several models the same"),
            tr("Two to six models answer side by side, hidden behind letters if you like, until you voted."),
        )
        self._begin = self._empty.add_action(tr("Compare two models"), primary=True, icon="columns-3")
        self._begin.clicked.connect(lambda: presenter.begin())
        self._more = self._empty.add_action(tr("Find models"), icon="compass")
        self._more.clicked.connect(lambda: shell.show_page("discover"))
        self._build()
        self._connect()

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._wide = QScrollArea()
        self._wide.setWidget(self._splitter)
        self._wide.setWidgetResizable(True)
        self._wide.setFrameShape(QFrame.Shape.NoFrame)
        self._wide.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._wide.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.prompt)
        column.addWidget(hairline())
        column.addWidget(self.plan)
        column.addWidget(hairline())
        column.addWidget(self.rounds)
        self._rounds_line = hairline()
        column.addWidget(self._rounds_line)
        column.addWidget(self._wide, 1)
        column.addWidget(self.votes)
        column.addWidget(hairline())
        column.addWidget(self.ask)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(work)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.comparison_changed.connect(self._show_comparison)
        presenter.models_changed.connect(self._show_comparison)
        presenter.round_shown.connect(self._show_round)
        presenter.round_changed.connect(self._show_round)
        presenter.answer_changed.connect(self._show_answer)
        presenter.text_arrived.connect(self._add_text)
        presenter.plan_changed.connect(self._show_plan)
        presenter.busy_changed.connect(self.ask.set_busy)
        presenter.standing_read.connect(self._show_standing)
        self.prompt.topic_chosen.connect(presenter.set_topic)
        self.rounds.chosen.connect(presenter.show_round)
        self.votes.voted.connect(presenter.vote)
        self.votes.undo_asked.connect(presenter.unvote)
        self.votes.board_asked.connect(self.board_asked)
        self.votes.next_asked.connect(self.next_prompt)
        self.ask.asked.connect(lambda text: presenter.ask(text, self.ask.clear_text))
        self.ask.stopped.connect(presenter.stop)
        self.ask.refused.connect(lambda why: self._shell.toast(why))

    # -- columns --------------------------------------------------------------------------------------------

    def _show_comparison(self) -> None:
        columns = self._presenter.columns
        self._stack.setCurrentIndex(1 if columns else 0)
        self._begin.setEnabled(bool(self._presenter.shelf.models))
        if len(self.columns) != len(columns):
            self._make_columns(len(columns))
        comparison = self._presenter.comparison
        topics = [each.topic for each in self._presenter.comparisons if each.topic]
        self.prompt.set_topics(topics, comparison.topic if comparison is not None else "")
        self.ask.set_columns(len(columns))
        for view in self.columns:
            view.removable = len(columns) > LEAST_COLUMNS
        self._name_columns()

    def _make_columns(self, count: int) -> None:
        self._undrawn = []
        for view in self.columns:
            view.setParent(None)
            view.deleteLater()
        self.columns = []
        for place in range(count):
            view = ColumnView(LETTERS[place])
            view.edit_asked.connect(lambda at=place: self.edit_column(self._column_at(at)))
            view.remove_asked.connect(lambda at=place: self._presenter.remove_column(self._column_at(at)))
            view.keep_asked.connect(lambda at=place: self._keep(self._column_at(at)))
            view.copy_asked.connect(lambda at=place: self._copy(at))
            view.diff_asked.connect(lambda at=place: self._differ(at))
            view.stop_asked.connect(self._presenter.stop_answer)
            view.again_asked.connect(self._presenter.again)
            view.scrolled.connect(lambda share, at=place: self._scroll_others(at, share))
            view.link_activated.connect(self.link_activated)
            self._splitter.addWidget(view)
            self.columns.append(view)
        before: QWidget = self.prompt.topic  # above the columns; the vote and the question stand below them
        for view in self.columns:
            before = view.tab_after(before)
        self._splitter.setMinimumWidth(count * LEAST_WIDTH)
        self._splitter.setSizes([1000] * count)

    def _order(self) -> tuple[int, ...]:
        """Which column stands at which place now."""
        shown = self._presenter.shown
        if shown is not None and len(shown.order) == len(self.columns):
            return shown.order
        return tuple(range(len(self.columns)))

    def _column_at(self, place: int) -> int:
        return self._order()[place]

    def _view_of(self, column: int) -> ColumnView | None:
        order = self._order()
        return self.columns[order.index(column)] if column in order else None

    def _name_columns(self) -> None:
        """Names over the columns, or letters while a blind round waits for its vote."""
        shown, columns = self._presenter.shown, self._presenter.columns
        comparison = self._presenter.comparison
        blind = comparison is not None and comparison.blind
        hidden = shown.hidden if shown is not None else blind
        best = shown.vote.column if shown is not None and shown.vote is not None else None
        for place, view in enumerate(self.columns):
            at = self._column_at(place)
            view.badge.set_best(best is not None and at == best)
            if hidden:
                view.show_name(
                    tr("Model {letter}", letter=LETTERS[place]), "", tr("name hidden until you vote")
                )
            elif at < len(columns):
                model = self._presenter.model_of(columns[at])
                view.show_name(column_name(columns[at], model), *column_note(columns[at], model))

    def edit_column(self, column: int | None = None) -> None:
        """Open the sheet of a column; None adds one."""
        presenter = self._presenter
        if column is None and len(presenter.columns) >= MOST_COLUMNS:
            self._shell.toast(tr("There can be six columns."))
            return
        if not presenter.columns:
            presenter.begin()
            return
        current = presenter.columns[column] if column is not None else None
        sheet = ColumnSheet(
            current, presenter.shelf.models, answered=bool(presenter.rounds), parent=self.window()
        )

        def take(wanted: Column) -> None:
            if column is None:
                presenter.add_column(wanted)
            else:
                presenter.change_column(column, wanted)

        sheet.taken.connect(take)
        sheet.list_opened.connect(presenter.shelf.ask_engines)
        presenter.shelf.changed.connect(lambda: isValid(sheet) and sheet.set_models(presenter.shelf.models))
        sheet.more_models.connect(lambda: self._shell.show_page("discover"))
        sheet.open()

    # -- rounds ---------------------------------------------------------------------------------------------

    def _show_round(self, shown: Round | None) -> None:
        presenter = self._presenter
        self.prompt.set_prompt(shown.prompt if shown is not None else "")
        self.rounds.show_rounds(presenter.rounds, shown)
        self._rounds_line.setVisible(self.rounds.isVisibleTo(self))
        answers = {answer.column: answer for answer in shown.answers} if shown is not None else {}
        hidden = shown is not None and shown.hidden
        for place, view in enumerate(self.columns):
            answer = answers.get(self._column_at(place))
            if answer is None:
                view.clear(waiting=shown is not None)
            else:
                view.show_answer(answer, hidden=hidden)
        self._name_columns()
        names = [column_name(column, presenter.model_of(column)) for column in presenter.columns]
        self.votes.show_round(shown, names)

    def _show_answer(self, answer: CompareAnswer) -> None:
        view, shown = self._view_of(answer.column), self._presenter.shown
        if view is not None and shown is not None:
            view.show_answer(answer, hidden=shown.hidden)

    def _add_text(self, column: int, text: str, reasoning: str, count: int) -> None:
        view = self._view_of(column)
        if view is not None:
            view.append(text, reasoning, count)
            if view not in self._undrawn:
                self._undrawn.append(view)
            if not self._drawing.isActive():
                self._drawing.start()

    def _draw_next(self) -> None:
        """Draw one column in each turn of the event loop: all at once, the window would stand still."""
        if self._undrawn:
            self._undrawn.pop(0).draw()
        if not self._undrawn:
            self._drawing.stop()

    def _show_plan(self, plan: ComparePlan | None) -> None:
        self.plan.show_plan(plan)

    def _show_standing(self, board: Leaderboard) -> None:
        """How many votes there are, and where the chosen one stands with this one."""
        self.votes.show_total(board.votes)
        shown, columns = self._presenter.shown, self._presenter.columns
        vote = shown.vote if shown is not None else None
        if vote is None or vote.column is None or vote.column >= len(columns):
            return
        wanted = columns[vote.column].model_id
        rating = next((row for row in board.ratings if row.model_id == wanted), None)
        if rating is not None:
            self.votes.show_standing(standing_words(rating, board.topic))

    def next_prompt(self) -> None:
        """The keyboard goes to the field for the next prompt."""
        rounds = self._presenter.rounds
        if rounds:
            self._presenter.show_round(rounds[-1].id)
        self.ask.input.setFocus()

    # -- actions on answers ---------------------------------------------------------------------------------

    def _scroll_others(self, place: int, share: float) -> None:
        for at, view in enumerate(self.columns):
            if at != place:
                view.scroll_to(share)

    def _copy(self, place: int) -> None:
        QGuiApplication.clipboard().setText(self.columns[place].text())
        self._shell.toast(tr("The answer was copied."))

    def _differ(self, place: int) -> None:
        shown = self._presenter.shown
        answers = []
        for at, view in enumerate(self.columns):
            column = self._column_at(at)
            names = self._presenter.columns
            model = self._presenter.model_of(names[column]) if column < len(names) else None
            hidden = shown is not None and shown.hidden
            name = LETTERS[at] if hidden or column >= len(names) else column_name(names[column], model)
            answers.append((f"{LETTERS[at]}  {name}" if name != LETTERS[at] else name, view.text()))
        DiffSheet(answers, place, self.window()).open()

    def _keep(self, column: int) -> None:
        self._presenter.keep(column, self._shell.show_chat)

    def copy_text(self) -> str:
        """The shown round as Markdown: the prompt and every answer under its name."""
        shown = self._presenter.shown
        parts = [f"> {line}" for line in (shown.prompt if shown is not None else "").splitlines()]
        for view in self.columns:
            parts += ["", f"## {view.accessibleName()}", "", view.text()]
        return "\n".join(parts) + "\n"

    # -- keyboard -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys vote where no field takes them: 1 to 6, T, X; afterwards Z, L, N."""
        shown = self._presenter.shown
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Escape and self._presenter.busy:
            self._presenter.stop()
        elif not plain or shown is None or not self.votes.isVisibleTo(self):
            super().keyPressEvent(event)
        elif shown.vote is None and event.text() and event.text() in "123456":
            self.votes.vote_for(int(event.text()) - 1)
        elif shown.vote is None and event.key() in (Qt.Key.Key_T, Qt.Key.Key_X):
            self._presenter.vote(Vote("tie" if event.key() == Qt.Key.Key_T else "bad"))
        elif shown.vote is not None and event.key() == Qt.Key.Key_Z:
            self._presenter.unvote()
        elif shown.vote is not None and event.key() == Qt.Key.Key_L:
            self.board_asked.emit()
        elif shown.vote is not None and event.key() == Qt.Key.Key_N:
            self.next_prompt()
        else:
            super().keyPressEvent(event)
