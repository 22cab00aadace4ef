"""The fit ledger and the advice before a load, with the real backend, engine and database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from backend.app import Backend
from backend.capacity.fit_ledger import DIFFERS
from backend.capacity.lessons import corrections_of
from backend.capacity.machine import Machines
from backend.capacity.plan import load_options
from backend.capacity.probe import Prober, Source
from backend.capacity.types import FitRun, Ledger, Machine, RunConfig, Verdict
from backend.engines.types import LoadOptions, ModelState, Sampling, Turn
from backend.errors import AppError
from backend.events import Event, FitLedgerChanged, ModelChanged
from backend.fits import FitService
from backend.paths import STARTER_MODEL, Paths
from backend.store import fit_runs
from tests.support.known_engine import know_engine
from tests.support.model_shapes import ghost_of
from tests.support.tiny_gguf import tiny_llama
from tests.support.waiting import Events

pytestmark = pytest.mark.skipif(not STARTER_MODEL.exists(), reason="the starter model is not built")

OPTIONS = LoadOptions(threads=1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One profile for the module, of an app that has used the engine before."""
    home = tmp_path_factory.mktemp("ledger")
    know_engine(home)
    return home


@pytest.fixture
def backend(home: Path) -> Iterator[Backend]:
    backend = Backend(Paths.under(home), offline=True)
    backend.fit_ledger.clear()
    yield backend
    backend.close()


def changed(event: Event) -> bool:
    return isinstance(event, FitLedgerChanged)


def test_a_load_and_its_first_answer_are_written_down(backend: Backend) -> None:
    events = Events(backend.bus)
    loaded = backend.engine.load(STARTER_MODEL, OPTIONS)
    events.wait(changed)
    (run,) = backend.fit_ledger.runs()
    assert (run.model_id, run.quant, run.backend, run.cause) == ("starter", "Q8_0", "CPU", "")
    assert run.probe and run.formula and run.measured and run.rss == loaded.rss
    assert run.run.n_ctx == loaded.n_ctx
    assert run.probe[1:3] == run.measured[1:], "cache and compute are what the dry run said"
    assert run.probe[3] == run.formula[3]
    assert run.measured_generation is None
    events.clear()
    turns = (Turn("user", "Tell me about the moon, and about every planet that goes round the sun." * 3),)
    answer = backend.engine.generate(loaded.key, turns, Sampling(seed=1, max_tokens=24), lambda _event: None)
    (end,) = answer.wait(60)
    events.wait(changed)
    (run,) = backend.fit_ledger.runs()
    assert run.measured_generation == end.timings.generation_tps
    assert run.measured_prompt == end.timings.prompt_tps
    (correction,) = backend.fit_ledger.corrections()
    assert (correction.backend, correction.loads, correction.memory) == ("CPU", 1, 1.0)
    assert correction.error is None, "the starter is too small to tell how far off a prediction is"
    assert backend.fit_ledger.corrections(without="starter") == ()
    # It survives the profile's next start.
    assert backend.fit_ledger.runs()[0].run == run.run


def test_a_load_that_fails_is_written_down_with_its_cause(backend: Backend, tmp_path: Path) -> None:
    path = tiny_llama(tmp_path / "torn.gguf")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 1000)
    events = Events(backend.bus)
    with pytest.raises(AppError) as caught:
        backend.engine.load(path, OPTIONS)
    events.wait(changed)
    (run,) = backend.fit_ledger.runs()
    assert run.cause == caught.value.code
    assert run.measured is None and run.name == "torn"
    assert backend.fit_ledger.corrections() == ()
    assert backend.fit_ledger.cause(path) == caught.value.code


class FullMachines(Machines):
    """A machine on which other programs use nearly all memory."""

    def read(self) -> Machine:
        machine = super().read()
        return replace(machine, pools=(replace(machine.ram, free=20_000_000, used_by_us=0),))


def test_advice_says_what_will_happen_and_after_a_failure_why(backend: Backend) -> None:
    advice = backend.fits.advise(STARTER_MODEL, OPTIONS)
    assert (advice.warning, advice.options, advice.fit.ledger.source) == ("", (), "engine")
    fits = FitService(
        backend.catalogue, FullMachines(lambda: ()), backend.library, backend.prober, backend.fit_ledger
    )
    advice = fits.advise(STARTER_MODEL, OPTIONS)
    assert advice.fit.verdict is Verdict.TOO_BIG
    assert "swap" in advice.warning and "last attempt" not in advice.warning
    backend.bus.publish(ModelChanged(str(STARTER_MODEL), ModelState.FAILED, error_code="engine.memory"))
    assert fits.advise(STARTER_MODEL, OPTIONS).warning.startswith("The last attempt failed")


class RoomFor(Machines):
    """A machine with ten free GiB and no GPU."""

    def read(self) -> Machine:
        machine = super().read()
        ram = replace(machine.ram, total=16 * 2**30, free=10 * 2**30, used_by_us=0)
        return replace(machine, pools=(ram,))


def test_advice_names_the_nearest_settings_that_fit(backend: Backend, tmp_path: Path) -> None:
    path = ghost_of("Llama-3.1-8B", tmp_path)
    fits = FitService(
        backend.catalogue, RoomFor(lambda: ()), backend.library, backend.prober, backend.fit_ledger
    )
    wanted = LoadOptions(n_ctx=65_536, kv_type="q8_0")
    advice = fits.advise(path, wanted)
    assert advice.fit.verdict is Verdict.TIGHT and advice.fit.ledger.source == "engine"
    assert f"{advice.fit.ledger.total / 1e9:.1f} GB" in advice.warning
    assert advice.options[0].fit.verdict is Verdict.FITS
    assert {option.run.kv_type for option in advice.options} <= {"q8_0", "q4_0"}
    better = fits.advise(path, load_options(advice.options[0].run))
    assert (better.warning, better.fit.verdict) == ("", Verdict.FITS)


class Disagreeing(Prober):
    """A dry run that finds more than there is."""

    def probe(self, source: Source, run: RunConfig) -> Ledger:
        found = super().probe(source, run)
        return replace(found, compute=found.compute + 10_000_000)


def test_a_disagreement_is_written_down_once(backend: Backend, tmp_path: Path) -> None:
    prober = Disagreeing(backend.engine.flags, tmp_path / "ghosts")
    fits = FitService(backend.catalogue, backend.machines, backend.library, prober, backend.fit_ledger)
    events = Events(backend.bus)
    try:
        for _ in range(2):
            assert fits.local(STARTER_MODEL, RunConfig(), probe=True).ledger.source == "engine"
    finally:
        prober.close()
    events.wait(changed)
    (run,) = backend.fit_ledger.runs()
    assert (run.cause, run.model_id) == (DIFFERS, "starter")
    assert run.probe and run.formula and run.probe[2] > run.formula[2]
    assert backend.fit_ledger.corrections() == ()


def test_a_smaller_batch_is_obeyed_and_takes_less(backend: Backend) -> None:
    large = backend.engine.load(STARTER_MODEL, OPTIONS)
    small = backend.engine.load(STARTER_MODEL, replace(OPTIONS, n_batch=64))
    assert small.memory[0].compute < large.memory[0].compute
    forecast = backend.fits.forecast(STARTER_MODEL, small.options)
    assert forecast.probe is not None and forecast.probe.compute == small.memory[0].compute


def run_with(backend: str, predicted: int, rss: int, **values: object) -> FitRun:
    row = FitRun(
        0, 1.0, "m", "M", "Q4_0", backend, RunConfig(), (predicted, 0, 0, 0), None, (rss, 0, 0), rss, 10.0,
        20.0, None, None,
    )  # fmt: skip
    return replace(row, **values)  # type: ignore[arg-type]


def test_rows_are_bounded_and_teach_with_a_median(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = fit_runs.FitRunRepository(backend.database)
    monkeypatch.setattr(fit_runs, "KEPT", 5)
    for rss in (900, 1100, 1100, 1100, 1090, 5000, 1100):
        rows.add(run_with("CPU", 10**9, rss * 10**6)).result()
    rows.add(run_with("CPU", 10**9, 1, cause="engine.memory")).result()
    found = rows.all()
    assert len(found) == 5 and found[0].cause == "engine.memory"
    (correction,) = corrections_of(found)
    assert correction.memory == pytest.approx(1.1)
    assert correction.generation == 2.0 and correction.prompt is None
    assert (correction.loads, correction.worst) == (4, 4.0)
