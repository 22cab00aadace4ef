"""One prompt at several scales of an adapter: by the service and by the command line, on the real engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.adapters.types import Sweep, SweepRequest
from backend.app import Backend
from backend.engines.types import AdapterUse, FinishReason
from backend.errors import AppError
from backend.events import Event, SweepChanged
from backend.paths import STARTER_MODEL, Paths
from tests.support.adapters import random_adapter
from tests.support.command_line import CommandLine

pytestmark = pytest.mark.skipif(not STARTER_MODEL.exists(), reason="the starter model is not built")
PATIENCE_S = 60.0
PROMPT = "What grows in an orangery?"


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return CommandLine(tmp_path_factory.mktemp("sweep"))


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_adapter(tmp_path_factory.mktemp("adapter") / "tone.gguf")


@pytest.fixture
def backend(cli: CommandLine) -> Iterator[Backend]:
    with Backend(Paths.under(cli.home), command=True) as backend:
        yield backend


class Told:
    """All that is told of sweeps."""

    def __init__(self, backend: Backend) -> None:
        self.all: list[Sweep] = []
        self.written, self.ended = threading.Event(), threading.Event()
        backend.bus.subscribe(self)

    def __call__(self, event: Event) -> None:
        if isinstance(event, SweepChanged):
            self.all.append(event.sweep)
            if any(cell.text for cell in event.sweep.cells):
                self.written.set()
            if not event.sweep.running:
                self.ended.set()


def test_cells_are_written_beside_each_other_and_measured_and_one_may_fail(
    backend: Backend, adapter: Path
) -> None:
    told = Told(backend)
    missing = adapter.with_name("gone.gguf")
    uses = [
        (),
        *((AdapterUse(str(path), s),) for path, s in ((adapter, 0.5), (adapter, 1.0), (missing, 1.0))),
    ]
    base = backend.library.find("starter").id
    request = SweepRequest(base, PROMPT, (*uses, (AdapterUse(str(adapter), 2.0),)), max_tokens=24)
    number = backend.sweeps.start(request)
    assert told.ended.wait(PATIENCE_S)
    sweep = backend.sweeps.get(number)
    assert sweep == told.all[-1]
    assert not sweep.running and sweep.seconds > 0 and sweep.extra_memory > 0
    failed = sweep.cells[3]
    assert failed.finish_reason is FinishReason.ERROR and failed.error_title and failed.divergence is None
    plain, *adapted = (cell for cell in sweep.cells if cell is not failed)
    assert plain.divergence == 0
    kls = [cell.divergence or 0.0 for cell in adapted]
    assert kls == sorted(set(kls)) and kls[0] > 0
    assert all(cell.text and cell.timings.completion_tokens for cell in (plain, *adapted))
    assert plain.text != adapted[-1].text
    for before, after in zip(told.all, told.all[1:], strict=False):
        assert all(a.text.startswith(b.text) for b, a in zip(before.cells, after.cells, strict=True))


def test_a_stopped_sweep_keeps_what_was_written(backend: Backend, adapter: Path) -> None:
    told = Told(backend)
    base = backend.library.find("starter").id
    cells = tuple((AdapterUse(str(adapter), scale),) for scale in (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75))
    number = backend.sweeps.start(SweepRequest(base, PROMPT, cells, max_tokens=4000))
    assert told.written.wait(PATIENCE_S)
    backend.sweeps.stop(number)
    assert told.ended.wait(PATIENCE_S)
    sweep = backend.sweeps.get(number)
    assert len(sweep.cells) == len(cells)
    assert all(cell.finish_reason is not None and cell.divergence is None for cell in sweep.cells)
    assert any(cell.text for cell in sweep.cells)
    for call, code in (
        (lambda: backend.sweeps.get(number + 1), "sweep.gone"),
        (lambda: backend.sweeps.start(SweepRequest(base, " ", cells)), "sweep.empty"),
        (lambda: backend.sweeps.start(SweepRequest("nobody/nothing", PROMPT, cells)), "library.not_found"),
    ):
        with pytest.raises(AppError) as refused:
            call()
        assert refused.value.code == code


def test_the_command_sweeps_two_adapters_as_a_grid(
    cli: CommandLine,
    adapter: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = random_adapter(adapter.with_name("other.gguf"), seed=2)
    done = cli.inside(
        monkeypatch,
        capsys,
        *("adapters", "sweep", "starter", str(adapter), PROMPT, "--second", str(other)),
        *("--scales", "0.5,1", "--seed", "7", "--max-tokens", "8", "--json"),
    )
    found = done.json
    assert (found["seed"], found["adapters"]) == (7, [str(adapter), str(other)])
    rows = found["cells"]
    assert [row["scales"] for row in rows] == [[0.5, 0.5], [1, 0.5], [0.5, 1], [1, 1]]
    assert all(row["kl"] > 0 and row["generation_tps"] > 0 and not row["error"] for row in rows)
    assert all(row["finish_reason"] in ("stop", "length") and row["completion_tokens"] for row in rows)
