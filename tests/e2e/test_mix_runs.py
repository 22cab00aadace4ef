"""Mixes and adapters in comparisons and benchmarks: over one set of weights, in a real worker process."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.adapters.types import Rack, Strip
from backend.app import Backend
from backend.bench.types import SpeedRequest, SuiteRequest
from backend.capacity.types import RunConfig
from backend.chats.types import MessageState
from backend.compare.types import Column, CompareAnswer, Round, RunState, Vote
from backend.engines.types import AdapterUse, LoadOptions, Sampling
from backend.events import CompareAnswerChanged
from backend.paths import STARTER_MODEL, Paths
from tests.support.adapters import random_adapter
from tests.support.command_line import CommandLine
from tests.support.known_engine import know_engine
from tests.support.processes import having_open
from tests.support.waiting import Events, until

pytestmark = pytest.mark.skipif(not STARTER_MODEL.exists(), reason="the starter model is not built")

COLD = Sampling(temperature=0.0, max_tokens=6)
_PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """One for the module: its worker stays from test to test."""
    home = tmp_path_factory.mktemp("mixes") / "home"
    know_engine(home)
    with Backend(Paths.under(home).ensure(), offline=True) as backend:
        yield backend


def mixed(backend: Backend, folder: Path, scale: float = 1.0) -> tuple[str, AdapterUse]:
    """The id of a new mix over the starter model, and its adapter."""
    path = random_adapter(folder / "odd.gguf")
    mix = backend.mixes.save(folder.name, "starter", Rack((Strip(str(path), scale),)))
    return f"mix@{mix.id}", AdapterUse(str(path), scale)


def answered(backend: Backend, columns: tuple[Column, ...]) -> tuple[Round, list[CompareAnswer]]:
    """Ask a new comparison, and wait for all answers."""
    events = Events(backend.bus)
    asked = backend.compare.ask(backend.compare.create(columns, blind=True).id, "What is the capital?")
    answers = []
    for answer in asked.answers:
        event = events.wait(
            lambda e, id_=answer.id: (
                isinstance(e, CompareAnswerChanged)
                and e.answer.id == id_
                and e.answer.state is not MessageState.STREAMING
            ),
            _PATIENCE_S,
        )
        assert isinstance(event, CompareAnswerChanged)
        answers.append(event.answer)
    return asked, sorted(answers, key=lambda answer: answer.column)


def test_base_adapter_and_mix_answer_side_by_side_over_one_set_of_weights(
    backend: Backend, tmp_path: Path
) -> None:
    mix_id, use = mixed(backend, tmp_path)
    weak = dataclasses.replace(use, scale=0.1)
    columns = (
        Column("starter", sampling=COLD),
        Column("starter", adapters=(use,), sampling=COLD),
        Column(mix_id, sampling=COLD),
        Column("starter", adapters=(weak,), sampling=COLD),
    )
    plan = backend.compare.plan(columns)
    assert ([group.columns for group in plan.groups], plan.models) == ([(0, 1, 2, 3)], 1)
    gone = dataclasses.replace(use, path=str(tmp_path / "gone.gguf"))
    plan = backend.compare.plan((*columns, Column("starter", adapters=(gone,))))
    assert [group.columns for group in plan.groups] == [(0, 1, 2, 3)]
    assert [problem.partition(" ")[0] for problem in plan.problems] == ["", "", "", "", "gone.gguf"]
    asked, answers = answered(backend, columns)
    assert [answer.error_title for answer in answers] == [""] * 4
    base, adapted, mix, _ = (answer.text for answer in answers)
    assert base != adapted == mix, "equal adapters say the same, however they were chosen"
    cards = [answer.card for answer in answers]
    assert [card.adapters for card in cards if card] == [(), (use,), (use,), (weak,)]
    (loaded,) = backend.engine.loaded()
    assert (loaded.options.adapter_pool, loaded.options.parallel) == ((use.path,), 4), "one batch for all"
    told = {
        uses: backend.fits.local(STARTER_MODEL, RunConfig(), adapters=uses).ledger for uses in ((), (use,))
    }
    expected = told[use,].weights - told[()].weights
    difference = sum(device.weights for device in loaded.memory) - told[use,].weights
    assert abs(difference) <= 2**20 / 100, "the engine tells hundredths of MiB"
    forecasts = [backend.fits.forecast(STARTER_MODEL, LoadOptions(adapters=uses)) for uses in ((), (use,))]
    dry = [forecast.probe.weights for forecast in forecasts if forecast.probe]
    assert dry[1] - dry[0] == expected, "the dry run is done without them"
    if sys.platform == "linux":  # finds the processes by what they have mapped
        assert len(having_open(STARTER_MODEL)) == 1
    backend.compare.vote(asked.id, Vote("best", 2))
    rated = {(r.model_id, r.contestant.rpartition("@")[2]) for r in backend.compare.leaderboard().ratings}
    assert {("starter", "1"), ("starter", "0.1"), (mix_id, "1")} < rated


def test_an_adapter_that_the_engine_refuses_fails_its_own_column_alone(
    backend: Backend, tmp_path: Path
) -> None:
    _, use = mixed(backend, tmp_path)
    idle = AdapterUse(str(random_adapter(tmp_path / "idle.gguf", zero_b=True)), 1.0)
    columns = tuple(Column("starter", adapters=uses, sampling=COLD) for uses in ((), (use,), (idle,)))
    _, (base, adapted, refused) = answered(backend, columns)
    assert (base.error_title, adapted.error_title) == ("", "") and base.text != adapted.text
    assert "idle" in refused.error_title


def test_runs_without_anybody_watching_have_the_adapters_of_the_mix(backend: Backend, tmp_path: Path) -> None:
    mix_id, use = mixed(backend, tmp_path)
    columns = (Column("starter", sampling=COLD), Column(mix_id, sampling=COLD))
    run_id = backend.compare.start_run("", ["What is the capital?"], columns)
    until(
        backend.bus,
        lambda: next(r for r in backend.compare.runs() if r.id == run_id).state is RunState.DONE,
        _PATIENCE_S,
    )
    plain, odd = backend.compare.run_answers(run_id)
    assert plain.text != odd.text
    assert [answer.card.adapters for answer in (plain, odd) if answer.card] == [(), (use,)]
    whole = backend.bench.suite("starter")
    few = dataclasses.replace(whole, name="few", items=whole.items[8:10], bundled=False)
    backend.bench.save_suite(few)
    run = backend.bench.wait(backend.bench.start(SuiteRequest("few", columns, parallel=2)), _PATIENCE_S)
    assert (run.state, run.done) == (RunState.DONE, 4)
    assert not any(row.error_title for row in run.answers)
    by_column = [[row.text for row in run.answers if row.column == column] for column in (0, 1)]
    assert by_column[0] != by_column[1]
    assert [card.adapters for card in run.cards] == [(), (use,)]


def test_speed_is_measured_with_the_adapters_of_the_mix(backend: Backend, tmp_path: Path) -> None:
    mix_id, use = mixed(backend, tmp_path)
    unfit = random_adapter(tmp_path / "unfit.gguf", architecture="gpt2")
    wrong = backend.mixes.save("Unfit", "starter", Rack((Strip(str(unfit)),)))
    request = SpeedRequest(("starter", mix_id, f"mix@{wrong.id}"), (16,), (), repetitions=1)
    plan = backend.bench.plan(request)
    assert [step.problem for step in plan.steps] == ["", "", ""]
    run = backend.bench.wait(backend.bench.start(request), _PATIENCE_S)
    assert [bool(row.samples_ts) for row in run.speed] == [True, True, False]
    assert "unfit" in run.speed[2].error_title
    assert {card.model_id: card.adapters for card in run.cards} == {"starter": (), mix_id: (use,)}


def test_commands_take_a_mix_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = CommandLine(tmp_path)
    with Backend(Paths.under(command.home).ensure(), offline=True, command=True) as backend:
        mixed(backend, tmp_path)
    asked = (
        "compare",
        "What is the capital?",
        "starter",
        f"starter+{tmp_path.name}",
        "--temp",
        "0",
        "--max-tokens",
        "6",
    )
    plain, odd = command.inside(monkeypatch, capsys, *asked, "--json", code=0).json
    assert plain["error"] is odd["error"] is None
    assert plain["text"] != odd["text"]
