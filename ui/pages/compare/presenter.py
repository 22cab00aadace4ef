"""Between the Compare page and the backend: calls off the GUI thread, events to the right column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from backend.compare.types import Column, CompareAnswer, ComparePlan, Comparison, Round, Vote
from backend.engines.types import ChatModel
from backend.errors import AppError
from backend.events import (
    CompareAnswerChanged,
    CompareDelta,
    CompareListChanged,
    MachineChanged,
    ModelChanged,
    RoundChanged,
)
from ui import tasks
from ui.bridge import EventBridge
from ui.models.shelf import STARTER, ModelShelf, first_usable
from ui.pages.compare.words import LEAST_COLUMNS, MOST_COLUMNS

if TYPE_CHECKING:
    from backend.app import Backend

_SETTLE_MS = 250


class ComparePresenter(QObject):
    """State of the live part: a comparison, its rounds, and which of them is shown.

    Signals:
        list_changed: `comparisons` was read.
        comparison_changed: Another comparison is shown, or its columns, topic or blindness changed.
        round_shown: The round to show, or None before the first.
        round_changed: The shown round in another state, such as voted.
        answer_changed: One answer of the shown round.
        text_arrived: Column, text, reasoning, tokens.
        plan_changed: A `ComparePlan`, or None while it is being made.
        busy_changed: Whether an answer is being written.
        models_changed: The list of models was read.
        standing_read: The `Leaderboard` of the comparison's topic, after a vote and at the start.
        failed: An `AppError`.
    """

    list_changed = Signal()
    comparison_changed = Signal()
    round_shown = Signal(object)
    round_changed = Signal(object)
    answer_changed = Signal(object)
    text_arrived = Signal(int, str, str, int)
    plan_changed = Signal(object)
    busy_changed = Signal(bool)
    models_changed = Signal()
    standing_read = Signal(object)
    failed = Signal(object)

    def __init__(self, backend: Backend, bridge: EventBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backend = backend
        self._service = backend.compare
        self.shelf = ModelShelf(backend, bridge, self)
        self.comparisons: tuple[Comparison, ...] = ()
        self.comparison: Comparison | None = None
        self.rounds: list[Round] = []
        self.shown: Round | None = None
        self.plan: ComparePlan | None = None
        self._answers: dict[int, CompareAnswer] = {}
        self._wanted: int | None = None
        self._opening: tasks.Task | None = None
        self._planning: tasks.Task | None = None
        self._asking = False
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._soon.timeout.connect(self._make_plan)
        self.shelf.changed.connect(self._models_read)
        self.shelf.failed.connect(self.failed)
        bridge.on(CompareListChanged, self._on_list)
        bridge.on(RoundChanged, self._on_round)
        bridge.on(CompareAnswerChanged, self._on_answer)
        bridge.on(CompareDelta, self._on_delta)
        bridge.on(MachineChanged, self._on_machine)
        bridge.on(ModelChanged, self._on_machine)

    # -- reading --------------------------------------------------------------------------------------------

    def start(self, wanted: int | None) -> None:
        """Read models and comparisons; the one with the id `wanted`, else the last one, is opened."""
        self._wanted = wanted
        self.shelf.read()
        self._read_list()

    def _models_read(self) -> None:
        self.models_changed.emit()
        self._soon.start()

    def _read_list(self) -> None:
        def done(found: tuple[Comparison, ...]) -> None:
            self.comparisons = found
            self.list_changed.emit()
            here = {each.id: each for each in found}
            if self.comparison is None and self._opening is None and found:
                wanted = self._wanted if self._wanted in here else found[0].id
                self.open(wanted)
            elif self.comparison is not None and self.comparison.id in here:
                fresh = here[self.comparison.id]
                if fresh != self.comparison:
                    self.comparison = fresh
                    self.comparison_changed.emit()
            elif self.comparison is not None:
                self._show_comparison(None, ())

        tasks.run(self._service.all, done, self.failed.emit, owner=self)

    def open(self, comparison_id: int) -> None:
        """Show a comparison with its last round."""
        if self._opening is not None:
            self._opening.cancel()

        def work() -> tuple[Comparison, tuple[Round, ...]]:
            return self._service.get(comparison_id), self._service.rounds(comparison_id)

        def done(found: tuple[Comparison, tuple[Round, ...]]) -> None:
            self._opening = None
            self._show_comparison(*found)

        def failed(error: AppError) -> None:
            self._opening = None
            self.failed.emit(error)

        self._opening = tasks.run(work, done, failed, owner=self)

    def _show_comparison(self, comparison: Comparison | None, rounds: tuple[Round, ...]) -> None:
        self.comparison, self.rounds = comparison, list(rounds)
        self.comparison_changed.emit()
        self._show(self.rounds[-1] if self.rounds else None)
        self.plan = None
        self._make_plan()
        self._read_standing()

    def show_round(self, round_id: int) -> None:
        """Show an earlier round, or the last one again."""
        found = next((each for each in self.rounds if each.id == round_id), None)
        if found is not None:
            self._show(found)

    def _show(self, shown: Round | None) -> None:
        self.shown = shown
        self._answers = {answer.id: answer for answer in shown.answers} if shown is not None else {}
        self.round_shown.emit(shown)
        self.busy_changed.emit(self.busy)

    @property
    def busy(self) -> bool:
        """Whether anything of the last round is still being written."""
        last = self.rounds[-1] if self.rounds else None
        return self._asking or (last is not None and any(_open(answer) for answer in last.answers))

    def model_of(self, column: Column) -> ChatModel | None:
        """The model of a column; None if it is not here any more."""
        return self.shelf.find(column.model_id)

    # -- columns --------------------------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.comparison.columns if self.comparison is not None else ()

    def begin(self, model_ids: tuple[str, ...] = ()) -> None:
        """A new comparison of these models, filled up with what is here (the base of a mix first, other mixes
        last); of one model, in two samplings."""
        wanted: list[str | None] = [*model_ids]
        usable = [model for model in self.shelf.models if not model.problem]
        bases = {model.base_id for model in usable if model.id in model_ids}
        usable.sort(key=lambda model: (model.id not in bases, bool(model.base_id)))
        wanted += [model.id for model in usable if model.id not in wanted]
        chosen = [each for each in wanted if each is not None][: max(LEAST_COLUMNS, len(model_ids))]
        if not chosen:
            first = first_usable(self.shelf.models, [STARTER])
            chosen = [first] if first is not None else []
        if not chosen:
            return
        columns = [Column(each) for each in chosen]
        if len(columns) == 1:  # nothing to compare it with but another way to choose words
            columns.append(replace(columns[0], sampling=replace(columns[0].sampling, temperature=0.0)))
        self._create(tuple(columns))

    def _create(self, columns: tuple[Column, ...]) -> None:
        blind = self.comparison.blind if self.comparison is not None else False
        topic = self.comparison.topic if self.comparison is not None else ""

        def done(made: Comparison) -> None:
            self._show_comparison(made, ())

        work = lambda: self._service.create(columns, blind=blind, topic=topic)  # noqa: E731
        tasks.run(work, done, self.failed.emit, owner=self)

    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """Take other columns. What was already answered stays with the columns that said it: then a new
        comparison begins."""
        if self.comparison is None or self.rounds:
            self._create(columns)
            return
        self._update(columns=columns)

    def add_column(self, column: Column) -> None:
        if len(self.columns) < MOST_COLUMNS:
            self.set_columns((*self.columns, column))

    def change_column(self, place: int, column: Column) -> None:
        self.set_columns((*self.columns[:place], column, *self.columns[place + 1 :]))

    def remove_column(self, place: int) -> None:
        if len(self.columns) > LEAST_COLUMNS:
            self.set_columns((*self.columns[:place], *self.columns[place + 1 :]))

    def set_blind(self, blind: bool) -> None:
        """Hide names in the rounds that follow."""
        if self.comparison is not None and self.comparison.blind != blind:
            self._update(blind=blind)

    def set_topic(self, topic: str) -> None:
        if self.comparison is not None and self.comparison.topic != topic:
            self._update(topic=topic)

    def _update(self, **changes: Any) -> None:
        comparison = self.comparison
        assert comparison is not None

        def done(saved: Comparison) -> None:
            if self.comparison is not None and self.comparison.id == saved.id:
                self.comparison = saved
                self.comparison_changed.emit()
                if "columns" in changes:
                    self._make_plan()

        tasks.run(lambda: self._service.update(comparison.id, **changes), done, self.failed.emit, owner=self)

    def delete(self, comparison_id: int, done: Callable[[], object]) -> None:
        """Hide a comparison; `restore` brings it back."""
        tasks.run(lambda: self._service.delete(comparison_id), lambda _: done(), self.failed.emit, owner=self)

    def restore(self, comparison_id: int) -> None:
        tasks.run(
            lambda: self._service.restore(comparison_id),
            lambda _: self.open(comparison_id),
            self.failed.emit,
            owner=self,
        )

    # -- the plan -------------------------------------------------------------------------------------------

    def _make_plan(self) -> None:
        """Ask what would run together; nothing while it runs, for then it is seen."""
        if self._planning is not None:
            self._planning.cancel()
            self._planning = None
        columns = self.columns
        if not columns:
            self.plan = None
            self.plan_changed.emit(None)
            return

        def done(plan: ComparePlan) -> None:
            self._planning = None
            if columns == self.columns:
                self.plan = plan
                self.plan_changed.emit(plan)

        def failed(error: AppError) -> None:
            self._planning = None
            self.failed.emit(error)

        self._planning = tasks.run(lambda: self._service.plan(columns), done, failed, owner=self)

    def _on_machine(self, _event: MachineChanged | ModelChanged) -> None:
        if not self.busy and self.columns:
            self._soon.start()

    # -- asking ---------------------------------------------------------------------------------------------

    def ask(self, prompt: str, taken: Callable[[], object]) -> None:
        """Ask all columns. `taken` is called once the prompt is saved."""
        comparison = self.comparison
        if comparison is None or self.busy or not prompt.strip():
            return
        self._asking = True
        self.busy_changed.emit(True)

        def done(begun: Round) -> None:
            self._asking = False
            taken()
            self._put(begun, show=True)

        def failed(error: AppError) -> None:
            self._asking = False
            self.busy_changed.emit(self.busy)
            self.failed.emit(error)

        tasks.run(lambda: self._service.ask(comparison.id, prompt), done, failed, owner=self)

    def stop(self) -> None:
        """End every answer of the comparison."""
        if self.comparison is not None:
            comparison_id = self.comparison.id
            tasks.run(lambda: self._service.stop(comparison_id), None, self.failed.emit, owner=self)

    def stop_answer(self, answer_id: int) -> None:
        tasks.run(lambda: self._service.stop_answer(answer_id), None, self.failed.emit, owner=self)

    def again(self, answer_id: int) -> None:
        """Let one column answer once more."""
        tasks.run(lambda: self._service.again(answer_id), None, self.failed.emit, owner=self)

    def vote(self, vote: Vote) -> None:
        """Vote on the shown round; that reveals it."""
        shown = self.shown
        if shown is not None and shown.vote is None:
            self._change_round(lambda: self._service.vote(shown.id, vote))

    def unvote(self) -> None:
        """Take the vote on the shown round back."""
        shown = self.shown
        if shown is not None and shown.vote is not None:
            self._change_round(lambda: self._service.unvote(shown.id))

    def _change_round(self, work: Callable[[], Round]) -> None:
        def done(changed: Round) -> None:
            self._put(changed, show=False)
            self._read_standing()

        tasks.run(work, done, self.failed.emit, owner=self)

    def _read_standing(self) -> None:
        topic = self.comparison.topic if self.comparison is not None else ""
        work = lambda: self._service.leaderboard(topic)  # noqa: E731
        tasks.run(work, self.standing_read.emit, self.failed.emit, owner=self)

    def keep(self, column: int, done: Callable[[int], object]) -> None:
        """Make a chat of one column's conversation; `done` gets its id."""
        comparison = self.comparison
        if comparison is not None:
            tasks.run(lambda: self._service.keep(comparison.id, column), done, self.failed.emit, owner=self)

    def export_votes(self, path: Path, done: Callable[[], object]) -> None:
        tasks.run(lambda: self._service.export_votes(path), lambda _: done(), self.failed.emit, owner=self)

    # -- events ---------------------------------------------------------------------------------------------

    def _put(self, changed: Round, *, show: bool) -> None:
        """Take a round as it is now; answers that were heard of later than it stay."""
        if self.comparison is None or changed.comparison_id != self.comparison.id:
            return
        for place, each in enumerate(self.rounds):
            if each.id == changed.id:
                self.rounds[place] = changed
                break
        else:
            self.rounds.append(changed)
            show = True
        if show:
            if self.shown is None or self.shown.id != changed.id:
                self._show(changed)
        elif self.shown is not None and self.shown.id == changed.id:
            self.shown = changed
            self.round_changed.emit(changed)
        self.busy_changed.emit(self.busy)

    def _on_list(self, _event: CompareListChanged) -> None:
        self._read_list()

    def _on_round(self, event: RoundChanged) -> None:
        self._put(event.round, show=False)

    def _on_answer(self, event: CompareAnswerChanged) -> None:
        if self.comparison is None or event.comparison_id != self.comparison.id:
            return
        answer = event.answer
        for place, each in enumerate(self.rounds):
            if each.id == answer.round_id:
                answers = tuple(answer if old.column == answer.column else old for old in each.answers)
                self.rounds[place] = replace(each, answers=answers)
                if self.shown is not None and self.shown.id == each.id:
                    self.shown = self.rounds[place]
                    self._answers[answer.id] = answer
                    self.answer_changed.emit(answer)
        self.busy_changed.emit(self.busy)

    def _on_delta(self, event: CompareDelta) -> None:
        answer = self._answers.get(event.answer_id)
        if answer is not None:
            self.text_arrived.emit(answer.column, event.text, event.reasoning, event.tokens)


def _open(answer: CompareAnswer) -> bool:
    return answer.state.value == "streaming"
