"""Rounds, plans and votes over a scripted engine; what a crash leaves."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from backend.activities.runner import Activities
from backend.capacity.types import Fit, Ledger, Machine, Pool, PoolKind, RunConfig, Verdict
from backend.chats.types import MessageState
from backend.compare.chance import sampling_of
from backend.compare.planning import Planner
from backend.compare.running import Services
from backend.compare.service import CompareService
from backend.compare.types import Column, CompareAnswer, Round, RunState, UnattendedRun, Vote
from backend.compare.unattended import UnattendedRuns
from backend.engines.engines import Engines
from backend.engines.room import ModelRoom
from backend.engines.types import AdapterUse, ChatModel, EngineKind, FinishReason, LoadOptions, Sampling, Turn
from backend.errors import AppError
from backend.events import (
    CompareAnswerChanged,
    CompareDelta,
    EventBus,
    RoundChanged,
)
from backend.store.chats import ChatRepository
from backend.store.database import Database
from backend.store.models import ModelRepository
from tests.support.scripted_engine import ScriptedEngine, ScriptedGeneration, SmallLibrary
from tests.support.waiting import Events, until

GB = 1_000_000_000
HOT, COLD = Sampling(temperature=1.5), Sampling(temperature=0.0)


class Fits:
    """Every file needs `each` bytes, and a hundredth of that for each column's context and each adapter."""

    def __init__(self, each: int) -> None:
        self.each = each

    def local(
        self, path: Path, run: RunConfig, *, probe: bool = False, adapters: Sequence[AdapterUse] = ()
    ) -> Fit:
        weights = self.each + len({use.path for use in adapters}) * self.each // 100
        ledger = Ledger(weights, run.parallel * self.each // 100, 0, 0)
        return Fit(Verdict.FITS, ledger, run, 0, 0, tokens_per_second=10.0)


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
        self.fits, self.free, self.held = Fits(GB), 16 * GB, 0
        self.room = ModelRoom(self.engines)
        self.activities = Activities(self.bus)
        self.compare = self.service()

    def service(self) -> CompareService:
        services = Services(self.engines, self.room, self.library, lambda: 5)
        planner = Planner(
            self.engines.find, self.fits, lambda: machine(self.free), self.options, lambda _: self.held
        )
        return CompareService(
            self.database,
            services,
            planner,
            self.bus,
            UnattendedRuns(self.database, services, planner, self.activities, self.bus, self.options),
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

    def run_when(self, run_id: int, wanted: Callable[[UnattendedRun], bool]) -> UnattendedRun:
        """The unattended run once it is `wanted`."""
        until(self.bus, lambda: wanted(self.unattended(run_id)), 10)
        return self.unattended(run_id)

    def unattended(self, run_id: int) -> UnattendedRun:
        return next(run for run in self.compare.runs() if run.id == run_id)

    def close(self) -> None:
        self.activities.close()
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


def test_an_open_seed_is_drawn_once_for_a_round_but_columns_that_are_alike_differ(home: Home) -> None:
    columns = (
        Column("starter", sampling=Sampling(temperature=0.1)),
        Column("starter", sampling=Sampling(temperature=0.2), adapters=(AdapterUse("/tone.gguf", 1.0),)),
        Column("starter", "Again", sampling=Sampling(temperature=0.1)),
        Column("starter", sampling=Sampling(temperature=0.4, seed=7)),
    )
    made = home.compare.create(columns)
    rounds = []
    for prompt in ("Hello", "And?"):
        asked = home.compare.ask(made.id, prompt)
        generations = home.generations(4)
        rounds.append(tuple(generation.sampling.seed for generation in generations))
        for generation in generations:
            generation.end()
        home.ended(asked)
    (first, again, other, own), later = rounds
    assert first == other and first is not None and abs(first - (again or 0)) == 1 and own == later[-1] == 7
    assert first not in later
    remote = ChatModel("openai@box/other", "other", "", engine="openai", address="openai@box/other")
    assert sampling_of(columns, 0, remote, 5) == columns[0].sampling, "not every server takes a seed"


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
    assert [options.threads for _, options in home.engine.loads] == [None, None]
    assert [str(path.name) for path, _ in home.engine.loads] == ["starter.gguf", "other.gguf"]
    assert [model.path for model in home.engine.loaded()] == [waiting.key]  # the first has made room
    waiting.end()
    home.ended(asked)
    assert len(home.engine.loads) == 2
    home.fits.each = 5 * GB  # now they fit together
    unloaded: list[str] = []
    for _ in range(2):
        asked = home.compare.ask(home.compare.create(columns).id, "Hello")
        for generation in home.generations(2):
            generation.end()
        home.ended(asked)
        assert {options.threads for _, options in home.engine.loads[2:]} == {2}  # of five cores
        home.engine.unload = unloaded.append  # both stay for the next round
    assert unloaded == []
    home.fits.each = 8 * GB
    home.held = 4 * GB  # by a chat
    assert [len(group.columns) for group in home.compare.plan(columns).groups] == [1, 1]
    home.held, home.free = 0, 4 * GB
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


def test_blind_votes_the_leaderboard_and_its_files(home: Home, tmp_path: Path) -> None:
    columns = (Column("starter", sampling=COLD), Column("other", sampling=HOT), Column("gone"))
    made = home.compare.create(columns, blind=True, topic="Facts")
    asked = home.compare.ask(made.id, "Which?")
    assert (asked.hidden, asked.order) == (True, (2, 1, 0))
    cold, hot = home.generations(2)
    cold.say("This.")
    with pytest.raises(AppError) as caught:
        home.compare.vote(asked.id, Vote("tie"))
    assert caught.value.code == "compare.busy"
    hot.say("That.")
    hot.end()
    cold.end()
    home.ended(asked)
    with pytest.raises(AppError) as caught:
        home.compare.vote(asked.id, Vote("best", 2))
    assert caught.value.code == "compare.no_such_answer"
    assert not home.compare.vote(asked.id, Vote("tie")).hidden
    voted = home.compare.vote(asked.id, Vote("best", 1))
    assert (voted.vote, voted.hidden) == (Vote("best", 1), False)
    assert home.events.wait(lambda e: isinstance(e, RoundChanged) and e.round == voted)
    board = home.compare.leaderboard()
    assert [(r.name, r.wins, r.losses, r.generation_tps) for r in board.ratings] == [
        ("Other", 1, 0, 50.0),
        ("Orangery Starter", 0, 1, 50.0),
    ]
    assert board.sentence.startswith("Other F16 leads so far, but some have fewer than 10 votes")
    assert (board.topics, home.compare.leaderboard("Other topic").ratings) == (("Facts",), ())
    home.compare.export_leaderboard(tmp_path / "board.csv", "Facts")
    with (tmp_path / "board.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["contestant"] for row in table] == [rating.contestant for rating in board.ratings]
    assert float(table[0]["low"]) <= float(table[0]["rating"]) <= float(table[0]["high"])
    assert [table[0][key] for key in ("topic", "votes", "generation_tps")] == ["Facts", "1", "50.0"]
    for name in ("votes.json", "votes.csv"):
        path = tmp_path / name
        home.compare.export_votes(path)
        assert home.compare.import_votes(path) == 0
        home.compare.clear_votes()
        assert home.compare.leaderboard().votes == 0
        assert home.compare.import_votes(path) == 1
        assert home.compare.leaderboard() == board
        path.write_text(path.read_text().replace("best", "worst"))
        with pytest.raises(AppError) as caught:
            home.compare.import_votes(path)
        assert caught.value.code == "compare.import_failed"
    assert not home.compare.rounds(made.id)[0].hidden
    ModelRepository(home.database).carry_over("starter", "moved", "/elsewhere/moved.gguf")
    assert [rating.model_id for rating in home.compare.leaderboard().ratings] == ["other", "moved"]
    assert home.compare.get(made.id).columns[0] == Column("moved", sampling=COLD)
    assert home.compare.rounds(made.id)[0].answers[0].model_id == "moved"
    assert home.compare.unvote(asked.id).hidden


def test_a_column_is_kept_as_a_chat(home: Home) -> None:
    columns = (Column("starter", sampling=COLD, system_prompt="Be brief."), Column("other", sampling=HOT))
    made = home.compare.create(columns)
    for prompt, said in (("One?", "1"), ("Two?", "2")):
        asked = home.compare.ask(made.id, prompt)
        for generation in home.generations(2):
            generation.say(said)
            generation.end()
        home.ended(asked)
    chats = ChatRepository(home.database)
    chat = chats.get(home.compare.keep(made.id, 0))
    assert (chat.title, chat.model_id, chat.system_prompt) == ("One?", "starter", "Be brief.")
    assert chat.sampling == COLD
    branch = chats.branch(chat.id)
    assert [message.text for message in branch] == ["One?", "1", "Two?", "2"]
    card = home.compare.rounds(made.id)[1].answers[0].card
    assert card is not None
    assert branch[3].card == dataclasses.replace(card, created=branch[3].created)
    assert (branch[1].model_name, branch[1].timings.completion_tokens) == ("Orangery Starter", 20)


def test_columns_may_change_between_rounds(home: Home) -> None:
    made = home.compare.create((Column("starter", sampling=COLD), Column("other", sampling=HOT)))
    asked = home.compare.ask(made.id, "One?")
    for generation in home.generations(2):
        generation.say(generation.turns[-1].content + generation.key[-9:])
        generation.end()
    home.ended(asked)
    changed = (Column("starter", sampling=Sampling(temperature=1.0)), made.columns[1], made.columns[0])
    home.compare.update(made.id, columns=changed)
    home.compare.ask(made.id, "Two?")
    cold, between, hot = home.generations(3)
    assert [turn.content for turn in cold.turns][1:-1] == ["One?rter.gguf"]
    assert [turn.content for turn in between.turns] == ["Two?"]  # the place of one that has moved
    assert [turn.content for turn in hot.turns][1:-1] == ["One?ther.gguf"]


def test_an_unattended_run_loads_each_model_once_and_goes_on_where_it_was(home: Home, tmp_path: Path) -> None:
    columns = (
        Column("starter", sampling=Sampling(temperature=0.0, max_tokens=50)),
        Column("gone"),
        Column("other", sampling=HOT, label="<b>Other</b>"),
    )
    prompts = ("One?", " ", "Two?", "Three?", "Four?", "Five?", "Six?")
    four = prompts[2:6]
    twice = (columns[0], dataclasses.replace(columns[0], system_prompt="B"))  # one batch over one file
    assert home.compare.estimate(prompts[:1], columns[:1]) == pytest.approx(5.0)
    assert home.compare.estimate(prompts[:1], twice) == pytest.approx(10.0 / 1.2, rel=0.01)
    assert home.compare.estimate(four, columns[:1]) == pytest.approx(20.0 / 2.4)
    run_id = home.compare.start_run("Six questions", prompts, columns)
    first = home.engine.next()
    home.run_when(run_id, lambda run: run.failed == 6)
    assert home.engine.loads == [(home.library.path, LoadOptions(n_ctx=2048, parallel=4))]
    others = [home.engine.next() for _ in range(3)]
    first.say("```\n<i>1</i>")
    first.end()
    fifth = home.engine.next()  # as soon as there is a place in the batch
    assert fifth.turns == (Turn("user", "Five?"),)
    running = home.run_when(run_id, lambda run: run.done == 1)
    assert (running.state, running.total, running.failed) == (RunState.RUNNING, 18, 6)
    assert running.seconds_left is not None
    home.compare.pause_run(run_id)
    assert home.run_when(run_id, lambda run: run.state is RunState.PAUSED).done == 1
    home.compare.resume_run(run_id)
    home.run_when(run_id, lambda run: run.state is RunState.RUNNING)
    assert all(generation.cancelled for generation in (*others, fifth))
    for _ in range(11):
        generation = home.engine.next()
        generation.say(f"Answer to {generation.turns[-1].content}")
        generation.end()
    done = home.run_when(run_id, lambda run: run.state is RunState.DONE)
    assert (done.done, done.failed, done.seconds_left) == (12, 6, None)
    assert [str(path.name) for path, _ in home.engine.loads][-1] == "other.gguf"
    answers = home.compare.run_answers(run_id)
    assert [(a.prompt, a.column) for a in answers] == [(p, c) for p in range(6) for c in range(3)]
    assert answers[1].error_title == "gone is not in the library. Download it first."
    assert answers[0].text == "```\n<i>1</i>"
    took = sum(answer.seconds for answer in answers if answer.column == 0)
    assert home.compare.estimate(four, columns[:1]) == pytest.approx(4 * took / 6 / 4), "as measured"
    page, text = tmp_path / "report.html", tmp_path / "report.md"
    home.compare.report(run_id, page)
    home.compare.report(run_id, text)
    assert "&lt;i&gt;1&lt;/i&gt;" in page.read_text()
    assert "<b>" not in page.read_text() + text.read_text()
    assert page.read_text().count("<svg") == 2  # speed and length; the others were not measured
    assert "````text\n```\n<i>1</i>\n````" in text.read_text()
    assert "█" * 30 + " 50.0" in text.read_text()
    home.compare.delete_run(run_id)
    assert home.compare.runs() == ()


@pytest.mark.parametrize(("code", "asked"), [("engine.killed", 4), ("engine.crashed", 8)])
def test_a_model_that_dies_is_not_loaded_again_and_again(home: Home, code: str, asked: int) -> None:
    columns = (Column("starter", sampling=COLD), Column("other", sampling=HOT))
    run_id = home.compare.start_run("", [f"{n}?" for n in range(10)], columns)
    for _ in range(asked // 4):
        for generation in [home.engine.next() for _ in range(4)]:
            generation.end(FinishReason.ERROR, error_code=code, error_title="The engine ended.")
    for _ in range(10):
        generation = home.engine.next()
        assert replace(generation.sampling, seed=None) == HOT
        generation.end()
    done = home.run_when(run_id, lambda run: run.state is RunState.DONE)
    assert (done.done, done.failed) == (10, 10)
    assert {answer.error_title for answer in home.compare.run_answers(run_id)} == {"The engine ended.", ""}


def test_an_unattended_run_of_a_dead_process_is_paused(home: Home) -> None:
    run_id = home.compare.start_run("", ["One?"], [Column("starter", sampling=COLD)])
    home.engine.next()
    home.run_when(run_id, lambda run: run.state is RunState.RUNNING)
    successor = home.service()
    successor.recover()
    assert [(run.title, run.state) for run in successor.runs()] == [("One?", RunState.PAUSED)]


def test_models_elsewhere_take_no_memory_here_and_never_wait() -> None:
    def find(model_id: str) -> ChatModel:
        kind: EngineKind = "ollama" if model_id.startswith("ollama@") else "local"
        return ChatModel(model_id, model_id, "Q8_0", kind, f"/{model_id}", context_length=2048)

    planner = Planner(find, Fits(8 * GB), lambda: machine(16 * GB), lambda _: LoadOptions())
    far, near, beside = Column("ollama@den/qwen"), Column("near.gguf"), Column("beside.gguf")
    assert [group.columns for group in planner.plan((near, beside, far)).groups] == [(0, 2), (1,)]
    plan = planner.plan((far, far))
    assert ([group.columns for group in plan.groups], plan.groups[0].predicted) == ([(0, 1)], 0)
    assert plan.sentence == "No memory of this computer is needed: the models run elsewhere."
    assert planner.seconds((far, near), ["Hello"])[0] is None
    warm, warmer, cold = AdapterUse("/a.gguf", 1.0), AdapterUse("/a.gguf", 1.5), AdapterUse("/b.gguf", 1.0)
    adapted = Planner(find, Fits(GB), lambda: machine(16 * GB), lambda c: LoadOptions(adapters=c.adapters))
    columns = [dataclasses.replace(near, adapters=uses) for uses in ((warm,), (), (warmer,), (cold, warm))]
    plan = adapted.plan(columns)
    assert [group.columns for group in plan.groups] == [(0, 1, 2, 3)]
    # Weights and both adapters once, a context for each.
    assert (plan.models, plan.groups[0].predicted) == (1, GB + 2 * GB // 100 + 4 * GB // 100)
    elsewhere = dataclasses.replace(far, adapters=(AdapterUse("/a.gguf", 1.0),))
    assert "Adapters" in planner.plan((elsewhere,)).problems[0]
    assert [planner.at_once([Column("near.gguf")], most) for most in (4, 1)] == [4, 1]
    large = Planner(find, Fits(13 * GB + GB // 2), lambda: machine(16 * GB), lambda _: LoadOptions())
    assert large.at_once([near], 4) == 2  # 13.77 of 13.9 GB
