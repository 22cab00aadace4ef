"""Comparisons: the same prompts to several columns, votes on the answers, ratings, and unattended runs."""

from __future__ import annotations

import contextlib
import dataclasses
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import EllipsisType

from backend.chats.conversation import title_of
from backend.compare.asking import Asking
from backend.compare.keeping import keep_as_chat
from backend.compare.planning import MOST_COLUMNS, Planner
from backend.compare.report import write_report
from backend.compare.running import Panel, Services
from backend.compare.seating import Seating, seated
from backend.compare.speaking import Speaker
from backend.compare.types import (
    Column,
    CompareAnswer,
    ComparePlan,
    Comparison,
    Leaderboard,
    Round,
    RunAnswer,
    UnattendedRun,
    Vote,
)
from backend.compare.unattended import UnattendedRuns
from backend.compare.votes_file import board_csv, read_votes, write_file, write_votes
from backend.compare.voting import ballot_of, leaderboard
from backend.engines.types import LoadOptions
from backend.errors import AppError
from backend.events import ChatListChanged, CompareAnswerChanged, CompareListChanged, EventBus, RoundChanged
from backend.i18n import tr
from backend.store.chats import ChatRepository
from backend.store.compare import CompareRepository, NewAnswer, StoredRound
from backend.store.database import Database
from backend.store.votes import VoteRepository

_CLOSE_S = 1.0
_FEWEST_COLUMNS = 2


class CompareService:
    """Comparisons and what happens in them. Blocking and thread-safe; what streams in is published on the
    bus.

    What does not exist raises `LookupError`.
    """

    def __init__(
        self,
        store: Database,
        services: Services,
        planner: Planner,
        bus: EventBus,
        unattended: UnattendedRuns,
        *,
        options: Callable[[Column], LoadOptions],
        shuffle: Callable[[list[int]], None] = random.shuffle,
    ) -> None:
        """`options` says how the model of a column is opened; `shuffle` orders the places of blind rounds."""
        self._store = CompareRepository(store)
        self._votes = VoteRepository(store)
        self._chats = ChatRepository(store)
        self._services = services
        self._planner = planner
        self._bus = bus
        self._unattended = unattended
        self._options = options
        self._shuffle = shuffle
        self._lock = threading.Lock()
        self._asking: dict[int, Asking | None] = {}
        self._closed = False

    def recover(self) -> None:
        """Close what a dead run left open and remove comparisons that it deleted. Only for the one process
        that owns them."""
        self._store.interrupt_streaming(tr("Orangery was ended before this answer was complete."))
        self._store.purge_deleted()
        self._unattended.recover()

    # -- comparisons ----------------------------------------------------------------------------------------

    def all(self) -> tuple[Comparison, ...]:
        """All comparisons, last used first."""
        return self._store.all()

    def get(self, comparison_id: int) -> Comparison:
        return self._store.get(comparison_id)

    def create(self, columns: Sequence[Column], *, blind: bool = False, topic: str = "") -> Comparison:
        """A new comparison at the top of the list, without a title: its first prompt names it."""
        made = self._store.create("", columns, blind, topic.strip())
        self._bus.publish(CompareListChanged(made.id))
        return made

    def update(
        self,
        comparison_id: int,
        *,
        columns: Sequence[Column] | EllipsisType = ...,
        title: str | EllipsisType = ...,
        blind: bool | EllipsisType = ...,
        topic: str | EllipsisType = ...,
    ) -> Comparison:
        """Change what is given; it counts from the next round on. An empty title changes nothing."""
        comparison = self._store.get(comparison_id)
        if not isinstance(columns, EllipsisType):
            comparison = dataclasses.replace(comparison, columns=tuple(columns))
        if not isinstance(title, EllipsisType) and title.strip():
            comparison = dataclasses.replace(comparison, title=" ".join(title.split()))
        if not isinstance(blind, EllipsisType):
            comparison = dataclasses.replace(comparison, blind=blind)
        if not isinstance(topic, EllipsisType):
            comparison = dataclasses.replace(comparison, topic=topic.strip())
        saved = self._store.update(comparison)
        self._bus.publish(CompareListChanged(comparison_id))
        return saved

    def delete(self, comparison_id: int) -> None:
        """Hide the comparison, stopping its answers; `restore` brings it back until the next start. Its votes
        stay."""
        self.stop(comparison_id)
        self._store.set_deleted(comparison_id, True)
        self._bus.publish(CompareListChanged(comparison_id))

    def restore(self, comparison_id: int) -> None:
        """Undo `delete`."""
        self._store.set_deleted(comparison_id, False)
        self._bus.publish(CompareListChanged(comparison_id))

    # -- rounds ---------------------------------------------------------------------------------------------

    def rounds(self, comparison_id: int) -> tuple[Round, ...]:
        """In the order in which they were asked."""
        return tuple(stored.round for stored in self._store.rounds(comparison_id))

    def plan(self, columns: Sequence[Column]) -> ComparePlan:
        """What would run together, and what would queue. Blocking: asks for the fit of every file."""
        return self._planner.plan(columns)

    def panel(self, groups: Sequence[Sequence[Speaker]]) -> Panel:
        """For answers that are not kept: whoever runs it hears of them."""
        return Panel(self._services, groups)

    def ask(self, comparison_id: int, prompt: str) -> Round:
        """Commit the prompt and begin all answers in the background; those are *streaming* until they end.

        Raises:
            AppError: ``compare.empty``, ``compare.columns`` (fewer than two, or more than six),
                ``compare.busy`` (still answering), or the database's; nothing was saved then.
        """
        if not prompt.strip():
            raise AppError("compare.empty", tr("The prompt is empty."))
        comparison = self._store.get(comparison_id)
        count = len(comparison.columns)
        if not _FEWEST_COLUMNS <= count <= MOST_COLUMNS:
            raise AppError(
                "compare.columns",
                tr("A comparison needs two to six columns."),
                tr("Add or remove columns."),
            )
        order = list(range(count))
        if comparison.blind:
            self._shuffle(order)
        with self._turn(comparison_id):
            earlier = self._store.rounds(comparison_id)
            answers = [self._new_answer(column) for column in comparison.columns]
            stored = self._store.add_round(comparison, prompt, answers, order, title_of(prompt))
            self._begin(stored, stored.round.answers, earlier, comparison.columns, asked=True)
        return stored.round

    def again(self, answer_id: int) -> None:
        """Have one answer given once more, in place of the one there is, by the column as it was asked.

        Raises:
            AppError: ``compare.busy``.
        """
        answer = self._store.answer(answer_id)
        stored = self._store.round(answer.round_id)
        comparison = self._store.get(stored.round.comparison_id)
        with self._turn(comparison.id):
            earlier = [r for r in self._store.rounds(comparison.id) if r.round.id < answer.round_id]
            emptied = self._store.restart(answer_id, self._new_answer(stored.columns[answer.column]))
            self._begin(stored, (emptied,), earlier, stored.columns, asked=False)

    def stop(self, comparison_id: int) -> None:
        """End all answers; what was said so far is kept. Returns at once."""
        with self._lock:
            asking = self._asking.get(comparison_id)
        if asking is not None:
            asking.stop()

    def stop_answer(self, answer_id: int) -> None:
        """End one answer, the others go on. Returns at once."""
        with self._lock:
            running = [asking for asking in self._asking.values() if asking is not None]
        for asking in running:
            asking.stop(answer_id)

    def busy(self, comparison_id: int) -> bool:
        """Whether an answer of it is being loaded for, generated or saved."""
        with self._lock:
            return comparison_id in self._asking

    def close(self) -> None:
        """Stop every answer and save what it said."""
        with self._lock:
            self._closed = True
            running = [asking for asking in self._asking.values() if asking is not None]
        for asking in running:
            asking.stop()
        deadline = time.monotonic() + _CLOSE_S
        for asking in running:
            asking.close(max(0.1, deadline - time.monotonic()))

    # -- votes ----------------------------------------------------------------------------------------------

    def vote(self, round_id: int, vote: Vote) -> Round:
        """Say which answer of a blind round was best, which reveals who gave them. A second vote replaces the
        first.

        Raises:
            AppError: ``compare.busy``, ``compare.not_blind``, ``compare.no_answers`` (fewer than two have
                answered), or ``compare.no_such_answer``.
        """
        stored = self._store.round(round_id)
        self._votes.give(round_id, vote, ballot_of(stored, vote))
        return self._voted(round_id)

    def unvote(self, round_id: int) -> Round:
        """Take the vote back; the round is hidden again."""
        self._votes.take_back(round_id)
        return self._voted(round_id)

    def keep(self, comparison_id: int, column: int) -> int:
        """Make a chat of what one column was asked and answered; returns its id."""
        comparison = self._store.get(comparison_id)
        rounds = self._store.rounds(comparison_id)
        chat_id = keep_as_chat(self._chats, comparison.title, comparison.columns, column, rounds)
        self._bus.publish(ChatListChanged(chat_id))
        return chat_id

    def leaderboard(self, topic: str = "") -> Leaderboard:
        """Ratings over all votes, or those of one topic."""
        return leaderboard(self._votes.all(), self._votes.topics(), topic)

    def topics(self) -> tuple[str, ...]:
        """The topics that comparisons and votes have, in alphabetical order."""
        return self._votes.topics()

    def export_votes(self, path: Path) -> None:
        """Write all votes, as CSV or, with the leaderboard, as JSON by the file's extension. Raises
        `AppError`."""
        write_votes(path, self._votes.all(), self.leaderboard())

    def export_leaderboard(self, path: Path, topic: str = "") -> None:
        """Write the ratings over all votes, or those of one topic, as CSV. Raises `AppError`."""
        write_file(path, board_csv(self.leaderboard(topic)))

    def import_votes(self, path: Path) -> int:
        """Add the votes of a file that `export_votes` wrote; returns how many were new. Raises `AppError`."""
        added = self._votes.add(read_votes(path))
        self._bus.publish(CompareListChanged(0))
        return added

    def clear_votes(self) -> None:
        """Forget all votes; rounds that were voted on stay revealed."""
        self._votes.clear()
        self._bus.publish(CompareListChanged(0))

    # -- unattended -----------------------------------------------------------------------------------------

    def start_run(self, title: str, prompts: Sequence[str], columns: Sequence[Column]) -> int:
        """Begin to answer all prompts with all columns; returns the id of the run. Raises `AppError`."""
        return self._unattended.start(title, prompts, columns)

    def runs(self) -> tuple[UnattendedRun, ...]:
        """Newest first."""
        return self._unattended.all()

    def run_answers(self, run_id: int) -> tuple[RunAnswer, ...]:
        """Those that there are, by prompt and column."""
        return self._unattended.answers(run_id)

    def estimate(self, prompts: Sequence[str], columns: Sequence[Column]) -> float | None:
        """Seconds that a run would take; None where nothing is known."""
        return self._unattended.estimate(prompts, columns)

    def pause_run(self, run_id: int) -> None:
        """Stop; what is being written is asked again by `resume_run`. Returns at once."""
        self._unattended.pause(run_id)

    def resume_run(self, run_id: int) -> None:
        """Go on with the answers that are missing or failed."""
        self._unattended.resume(run_id)

    def delete_run(self, run_id: int) -> None:
        """Stop it and forget its answers."""
        self._unattended.delete(run_id)

    def report(self, run_id: int, path: Path) -> None:
        """Write what came out of a run, as HTML or Markdown by the file's extension. Raises `AppError`."""
        runs = self._unattended
        write_report(path, runs.get(run_id), runs.names(run_id), runs.answers(run_id))

    # -- inside ---------------------------------------------------------------------------------------------

    def _voted(self, round_id: int) -> Round:
        round_ = self._store.round(round_id).round
        self._bus.publish(RoundChanged(round_))
        self._bus.publish(CompareListChanged(round_.comparison_id))
        return round_

    def _new_answer(self, column: Column) -> NewAnswer:
        try:
            model = self._services.engines.find(column.model_id)
        except AppError:
            return NewAnswer(column.model_id, column.label)
        return NewAnswer(model.id, model.name, model.quant)

    def _begin(
        self,
        stored: StoredRound,
        answers: Sequence[CompareAnswer],
        earlier: Sequence[StoredRound],
        columns: Sequence[Column],
        *,
        asked: bool,
    ) -> None:
        """Publish what begins and start it; when all answers have ended, the place is free again."""
        comparison_id = stored.round.comparison_id

        def seat() -> Seating:
            wanted = [answer.column for answer in answers]
            engines = self._services.engines
            return seated(
                self._planner, engines, self._options, columns, wanted, earlier, stored.round.prompt
            )

        asking = Asking(
            self._services,
            self._store,
            self._bus,
            comparison_id,
            answers,
            seat,
            lambda: self._free(comparison_id),
        )
        with self._lock:
            self._asking[comparison_id] = asking
        if asked:
            self._bus.publish(RoundChanged(stored.round))
            self._bus.publish(CompareListChanged(comparison_id))
        else:
            for answer in answers:
                self._bus.publish(CompareAnswerChanged(comparison_id, answer))
        asking.start()
        if self._closed:  # meanwhile; `close` has not seen these answers
            asking.stop()

    @contextlib.contextmanager
    def _turn(self, comparison_id: int) -> Iterator[None]:
        """Hold the comparison's only place for a round; a failure inside the block frees it again."""
        with self._lock:
            if comparison_id in self._asking:
                raise _busy()
            if self._closed:
                raise _closing()
            self._asking[comparison_id] = None
        try:
            yield
        except BaseException:
            self._free(comparison_id)
            raise

    def _free(self, comparison_id: int) -> None:
        with self._lock:
            self._asking.pop(comparison_id, None)


def _closing() -> AppError:
    return AppError("compare.closing", tr("Orangery is closing."))


def _busy() -> AppError:
    return AppError(
        "compare.busy",
        tr("This comparison is still answering."),
        tr("Wait for the answers, or stop them first."),
        retryable=True,
    )
