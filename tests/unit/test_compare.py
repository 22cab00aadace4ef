"""Rounds, plans and votes over a scripted engine; what a crash leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.capacity.types import Fit, Ledger, Machine, Pool, PoolKind, RunConfig, Verdict
from backend.chats.types import MessageState
from backend.compare.planning import Planner
from backend.compare.running import Services
from backend.compare.service import CompareService
from backend.compare.types import Column, CompareAnswer, Round
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import FinishReason, LoadOptions, Sampling, Turn
from backend.errors import AppError
from backend.events import CompareAnswerChanged, CompareDelta, EventBus
from backend.store.database import Database
from tests.support.scripted_engine import ScriptedEngine, ScriptedGeneration, SmallLibrary
from tests.support.waiting import Events

GB = 1_000_000_000
HOT, COLD = Sampling(temperature=1.5), Sampling(temperature=0.0)


class Fits:
    """Every file needs `each` bytes, and a hundredth of that for each column's context."""

    def __init__(self, each: int) -> None:
        self.each = each

    def local(self, path: Path, run: RunConfig, *, probe: bool = False) -> Fit:
        return Fit(Verdict.FITS, Ledger(self.each, run.parallel * self.each // 100, 0, 0), run, 0, 0)


def machine(free: int) -> Machine:
    return Machine((Pool(PoolKind.RAM, "RAM", 16 * GB, free, "psutil"),), "CPU", 4)


class Home:
    """A compare service over a real database and a scripted engine."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "orangery.sqlite3")
        self.engine = ScriptedEngine()
        self.library = SmallLibrary(folder / "starter.gguf")
        self.bus = EventBus()
        self.events = Events(self.bus)
        self.engines = Engines(self.engine, self.library)
        self.fits, self.free = Fits(GB), 16 * GB
        self.room = ModelRoom(self.engines)
        self.compare = self.service()

    def service(self) -> CompareService:
        return CompareService(
            self.database,
            Services(self.engines, self.room, self.library),
            Planner(self.engines.find, self.fits, lambda: machine(self.free), self.options),
            self.bus,
            options=self.options,
            shuffle=lambda order: order.reverse(),
        )

    def options(self, column: Column) -> LoadOptions:
        return LoadOptions(n_ctx=column.n_ctx or 2048)

    def generations(self, count: int) -> list[ScriptedGeneration]:
        """The next ones, by the temperature that was asked for."""
        found = [self.engine.next() for _ in range(count)]
        return sorted(found, key=lambda generation: generation.sampling.temperature)

    def changed(self, wanted: Callable[[CompareAnswer], bool]) -> CompareAnswer:
        event = self.events.wait(lambda e: isinstance(e, CompareAnswerChanged) and wanted(e.answer), 10)
        assert isinstance(event, CompareAnswerChanged)
        return event.answer

    def ended(self, round_: Round) -> tuple[CompareAnswer, ...]:
        """The answers of a round, once all have ended."""
        for answer in round_.answers:
            self.changed(lambda a, id_=answer.id: a.id == id_ and a.state is not MessageState.STREAMING)
        return next(r for r in self.compare.rounds(round_.comparison_id) if r.id == round_.id).answers

    def close(self) -> None:
        self.compare.close()
        self.database.close()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    home.close()


def test_columns_of_one_file_are_one_batch_and_each_goes_on_with_its_own_answers(home: Home) -> None:
    columns = (Column("starter", sampling=COLD), Column("starter", sampling=HOT, system_prompt="Be odd."))
    made = home.compare.create(columns, topic=" Gardens ")
    asked = home.compare.ask(made.id, "What is an orangery?")
    assert [answer.state for answer in asked.answers] == [MessageState.STREAMING] * 2
    assert home.compare.busy(made.id)
    with pytest.raises(AppError) as caught:
        home.compare.ask(made.id, "And now?")
    assert caught.value.code == "compare.busy"
    cold, hot = home.generations(2)
    assert home.engine.loads == [(home.library.path, LoadOptions(n_ctx=2048, parallel=2))]
    assert hot.turns == (Turn("system", "Be odd."), Turn("user", "What is an orangery?"))
    cold.say("A ", "Hm.")
    hot.say("Fruit.")
    cold.say("house.")
    hot.end(FinishReason.LENGTH)
    cold.end()
    first, second = home.ended(asked)
    assert not home.compare.busy(made.id)
    assert (first.text, first.reasoning, first.finish_reason) == ("A house.", "Hm.", "stop")
    assert (second.text, second.finish_reason, second.model_name) == ("Fruit.", "length", "Orangery Starter")
    assert first.timings.generation_tps == 50.0
    told = [event for event in home.events.all() if isinstance(event, CompareDelta)]
    assert "".join(delta.text for delta in told if delta.answer_id == first.id) == "A house."
    home.compare.ask(made.id, "Why?")
    cold, hot = home.generations(2)
    assert [turn.content for turn in cold.turns] == ["What is an orangery?", "A house.", "Why?"]
    assert [turn.content for turn in hot.turns] == ["Be odd.", "What is an orangery?", "Fruit.", "Why?"]
    assert (home.compare.all()[0].title, home.compare.all()[0].topic) == ("What is an orangery?", "Gardens")


def test_what_does_not_fit_together_waits(home: Home) -> None:
    columns = (Column("starter", sampling=COLD), Column("other", sampling=HOT))
    plan = home.compare.plan(columns)
    assert [group.columns for group in plan.groups] == [(0, 1)]
    assert plan.sentence == "All 2 run together: 2.0 GB of 13.9 GB."
    home.fits.each = 8 * GB
    plan = home.compare.plan((*columns, Column("gone"), Column("starter")))
    assert [group.columns for group in plan.groups] == [(0, 3), (1,)]
    assert plan.sentence.startswith("B after A, D, because all together need 16.2 GB of 13.9 GB")
    assert plan.problems == ("", "", "gone is not in the library. Download it first.", "")
    asked = home.compare.ask(home.compare.create(columns).id, "Hello")
    home.engine.next().end()
    home.changed(lambda a: a.column == 0 and a.state is MessageState.DONE)
    waiting = home.engine.next()
    assert [str(path.name) for path, _ in home.engine.loads] == ["starter.gguf", "other.gguf"]
    assert [model.path for model in home.engine.loaded()] == [waiting.key]  # the first has made room
    waiting.end()
    home.ended(asked)
    home.free = 4 * GB
    asked = home.compare.ask(home.compare.create(columns).id, "Hello")
    assert all("more than there is" in answer.error_title for answer in home.ended(asked))


def test_stopping_one_or_all_and_asking_again(home: Home) -> None:
    made = home.compare.create(
        (Column("starter", sampling=COLD), Column("gone"), Column("other", sampling=HOT))
    )
    asked = home.compare.ask(made.id, "Count")
    cold, hot = home.generations(2)
    cold.say("one two")
    home.compare.stop_answer(asked.answers[0].id)
    stopped = home.changed(lambda a: a.state is MessageState.STOPPED)
    assert (stopped.column, stopped.text) == (0, "one two")
    assert home.compare.busy(made.id)
    hot.say("three")
    home.compare.stop(made.id)
    _, gone, other = home.ended(asked)
    assert (gone.state, gone.error_title) == (
        MessageState.FAILED,
        "gone is not in the library. Download it first.",
    )
    assert (other.state, other.text) == (MessageState.STOPPED, "three")
    home.compare.again(asked.answers[0].id)
    assert home.compare.rounds(made.id)[0].answers[0].text == ""
    again = home.engine.next()
    assert again.turns == (Turn("user", "Count"),)
    again.say("one two three")
    again.end()
    home.changed(lambda a: a.text == "one two three" and a.state is MessageState.DONE)
    assert [a.text for a in home.compare.rounds(made.id)[0].answers] == ["one two three", "", "three"]


def test_a_dead_run_leaves_interrupted_answers(home: Home) -> None:
    made = home.compare.create((Column("starter", sampling=COLD), Column("other", sampling=HOT)))
    asked = home.compare.ask(made.id, "Tell me everything")
    cold, _ = home.generations(2)
    cold.say("Well")
    while home.compare.rounds(made.id)[0].answers[0].text != "Well":  # saved within a second
        pass
    successor = home.service()
    successor.recover()
    left = successor.rounds(made.id)[0].answers
    assert [answer.state for answer in left] == [MessageState.INTERRUPTED] * 2
    assert left[0].text == "Well"
    assert "ended before" in left[0].error_title
    home.compare.stop(made.id)
    home.ended(asked)
    successor.delete(made.id)
    assert successor.all() == ()
    successor.restore(made.id)
    assert [comparison.id for comparison in successor.all()] == [made.id]
