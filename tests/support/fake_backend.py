"""A backend without disk, network and engine: the services of `backend.app.Backend` over fixed content.

States: ``empty`` (a first start), ``full``, ``busy`` (an answer and downloads under way), ``error`` (the
    hub and the model fail).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from backend.capacity.types import Fit, LoadAdvice, Machine, Option, RunConfig, Verdict, Wishes
from backend.downloads.types import DownloadJob, DownloadState
from backend.engines.engines import Engines
from backend.engines.types import (
    AdapterUse,
    ChatModel,
    DeviceMemory,
    EngineDevice,
    EngineReport,
    LoadedModel,
    LoadOptions,
)
from backend.errors import AppError
from backend.events import EventBus, OfflineChanged
from backend.hubs.token import TokenSource
from backend.hubs.types import HubModel, QuantFile, RepoDetail, SearchPage, SearchQuery
from backend.net.ledger import LedgerRow, RequestRow
from backend.paths import Paths
from backend.settings import SettingsStore
from tests.support import fake_data as data
from tests.support.fake_adapters import (
    FakeAdapterMaker,
    FakeAdapterMerger,
    FakeAdapters,
    FakeMixes,
    FakeSweeps,
)
from tests.support.fake_bench import FakeBench
from tests.support.fake_capacity import (
    FakeCalibration,
    FakeFitLedger,
    FakeMachines,
    advice_for,
    fit_runs,
    good,
    options_for,
    rate,
    rates,
)
from tests.support.fake_chats import FakeChats
from tests.support.fake_compare import FakeCompare
from tests.support.fake_connections import FakeConnections, three
from tests.support.fake_downloads import FakeDownloads
from tests.support.fake_gardens import FakeCatalogue
from tests.support.fake_inspection import FakeInspection
from tests.support.fake_lab import FakeConverter, FakeLab, FakeQuantizer
from tests.support.fake_library import FakeActivities, FakeDaemon, FakeLibrary, shelf
from tests.support.fake_server import FakeServer
from tests.support.fake_services import FakeTokens, activities, requests

STATES = ("empty", "full", "busy", "error")


def unreachable() -> AppError:
    """The usual failure of the network."""
    return AppError(
        "net.unreachable",
        "huggingface.co could not be reached.",
        "Check the network connection, then try again.",
        "ConnectError: [Errno -3] Temporary failure in name resolution",
        retryable=True,
    )


class FakeNetwork:
    def __init__(self, bus: EventBus, rows: tuple[LedgerRow, ...], offline: bool) -> None:
        self._bus, self._rows, self._offline = bus, rows, offline

    @property
    def offline(self) -> bool:
        return self._offline

    def set_offline(self, offline: bool) -> None:
        if offline != self._offline:
            self._offline = offline
            self._bus.publish(OfflineChanged(offline))

    def ledger(self) -> tuple[LedgerRow, ...]:
        return self._rows

    def requests(self) -> tuple[RequestRow, ...]:
        return requests() if self._rows else ()

    def clear_ledger(self) -> None:
        self._rows = ()

    @contextmanager
    def reason(self, reason: str) -> Any:
        yield


class FakeHub:
    def __init__(self, models: tuple[HubModel, ...], error: AppError | None) -> None:
        self.models, self.error = models, error
        self.endpoint = "https://huggingface.co"

    def search(self, query: SearchQuery, cursor: str | None = None) -> SearchPage:
        if self.error:
            raise self.error
        words = query.text.lower().split()
        found = tuple(row for row in self.models if all(word in row.id.lower() for word in words))
        return SearchPage(found, None)

    def detail(self, repo_id: str, *, max_age: float = 0.0) -> RepoDetail:
        if self.error:
            raise self.error
        return data.detail_of(next(row for row in data.hub_models() if row.id == repo_id))

    def card(self, repo_id: str, commit: str) -> str:
        return data.CARD

    def whoami(self) -> str:
        if self.error:
            raise self.error
        return "anna-k"


class FakeFits:
    """Fits from file sizes alone, for the machine as it is read now.

    Attributes:
        calibrated: Whether speeds come from measured rates.
        advised: What `advise` was asked, for tests.
    """

    def __init__(self, machines: FakeMachines, library: FakeLibrary, calibrated: bool) -> None:
        self._machines, self._library = machines, library
        self.calibrated = calibrated
        self.advised: list[tuple[Path, LoadOptions]] = []

    def _of(self, size: int, run: RunConfig, *, approximate: bool = False) -> Fit:
        fit = data.fit_of(size, run, self._machines.read(), approximate=approximate)
        speed = fit.tokens_per_second or 0.0
        if not speed or fit.verdict is Verdict.TOO_BIG:
            return fit
        return replace(fit, generation=rate(speed, self.calibrated), prompt=rate(speed * 11, self.calibrated))

    def remote(
        self, detail: RepoDetail, quant: QuantFile, run: RunConfig, *, tier: int = 1, probe: bool = False
    ) -> Fit:
        fit = self._of(quant.size, run, approximate=tier == 0)
        return replace(fit, ledger=replace(fit.ledger, source="engine")) if probe else fit

    def row(self, model: HubModel, run: RunConfig) -> Fit | None:
        fit = self._of(int((model.parameters or 0) * 0.6), run, approximate=True)
        return replace(fit, choice=model.sizes[0] if model.sizes else "Q4_K_M")

    def typical(self, parameters: int, size: int, run: RunConfig | None = None) -> Fit:
        return self._of(size, run or RunConfig(), approximate=True)

    def local(
        self, path: Path, run: RunConfig, *, probe: bool = False, adapters: Sequence[AdapterUse] = ()
    ) -> Fit:
        row = next((row for row in self._library.models() if row.path == path), None)
        fit = self._of(row.size if row else data.GB, run)
        if probe:
            fit = replace(fit, ledger=replace(fit.ledger, source="engine"))
        if row is None or not row.tokens_per_second:
            return fit
        speed = row.tokens_per_second
        return replace(fit, tokens_per_second=speed, expected=round(speed * 0.985, 1))

    def plan_remote(self, detail: RepoDetail, wishes: Wishes) -> tuple[Option, ...]:
        run = RunConfig(n_ctx=wishes.n_ctx or 8192, kv_type=wishes.kv_types[0])
        sizes = tuple((quant.label, quant.size) for quant in detail.quants if quant.kind == "model")
        return options_for(sizes, self._of, run)

    def largest_context(self, detail: RepoDetail, quant: QuantFile, run: RunConfig) -> int:
        longest = 0
        for n_ctx in range(4096, 131_073, 1024):
            if good(self._of(quant.size, replace(run, n_ctx=n_ctx))):
                longest = n_ctx
        return longest

    def advise(self, path: Path, options: LoadOptions) -> LoadAdvice:
        self.advised.append((path, options))
        row = next((row for row in self._library.models() if row.path == path), None)
        return advice_for(path, row.size if row else data.GB, options, self._of)


class FakeEngine:
    def __init__(self, loaded: tuple[LoadedModel, ...], error: AppError | None) -> None:
        self._loaded, self._error = loaded, error

    def loaded(self) -> tuple[LoadedModel, ...]:
        return self._loaded

    def unload(self, key: str) -> None:
        self._loaded = tuple(model for model in self._loaded if model.key != key)

    def devices(self) -> tuple[EngineDevice, ...]:
        return data.REPORT.devices

    def probe(self) -> EngineReport:
        if self._error:
            raise self._error
        return data.REPORT


class FakeEngines(Engines):
    """As if the adapters of the first mix were on this disk; those of the others are gone."""

    def models(self) -> tuple[ChatModel, ...]:
        return tuple(replace(each, problem="") if each.id == "mix@1" else each for each in super().models())


class FakeBackend:
    """Built like the real one, with a state instead of a profile.

    Args:
        home: A temporary folder; only the settings file is written there.
        machine: Another computer than the one of the pictures.
    """

    def __init__(
        self, home: Path, state: str = "full", *, offline: bool = False, machine: Machine | None = None
    ) -> None:
        if state not in STATES:
            raise ValueError(state)
        self.paths = Paths.under(home).ensure()
        self.bus = EventBus()
        self.settings = SettingsStore(self.paths.settings)
        self.notices = ()
        empty, error = state == "empty", unreachable() if state == "error" else None
        rows = shelf()
        here = machine or data.MACHINE
        self.network = FakeNetwork(self.bus, () if empty else _ledger(), offline)
        self.hub = FakeHub(data.hub_models(), error)
        self.catalogue = FakeCatalogue(error)
        self.machines = FakeMachines(self.bus, here)
        self.activities = FakeActivities(
            self.bus, activities() if state == "busy" else activities()[3:] if state == "error" else ()
        )
        running = () if empty else ("mistral:7b",)
        self.daemon = FakeDaemon(*running)
        self.library = FakeLibrary(self.bus, rows[:1] if empty else rows, self.activities)
        self.library.running = frozenset(f"ollama:{name}" for name in running)
        self.calibration = FakeCalibration(self.bus, rates() if state == "full" else None)
        self.fit_ledger = FakeFitLedger(self.bus, () if empty else fit_runs())
        self.fits = FakeFits(self.machines, self.library, state == "full")
        self.inspector = FakeInspection(rows, error)
        self.quantizer = FakeQuantizer(self.library, here)
        self.lab = FakeLab(self.bus, self.library, self.quantizer, self.activities)
        self.converter = FakeConverter(self.activities)
        shown_jobs: Callable[[DownloadJob], bool] = {
            "empty": lambda job: False,
            "full": lambda job: job.state in (DownloadState.DONE, DownloadState.PAUSED),
            "busy": lambda job: True,
            "error": lambda job: job.state is DownloadState.FAILED,
        }[state]
        self.hub_cache = Path(data.DISK.path)
        self.downloads = FakeDownloads(self.bus, tuple(filter(shown_jobs, data.jobs())))
        self.tokens = FakeTokens(TokenSource.NONE)
        self.connections = FakeConnections(self.bus, () if empty else three())
        qwen = rows[1]
        loaded = LoadedModel(
            str(qwen.path),
            str(qwen.path),
            qwen.name,
            "qwen3",
            8_190_000_000,
            8192,
            40960,
            151_936,
            LoadOptions(n_ctx=8192),
            memory=(DeviceMemory("CUDA0", qwen.size, 983_040_000, 309_000_000),),
            rss=int(6.2 * data.GB),
            load_s=2.1,
        )
        self.engine = FakeEngine(() if empty else (loaded,), error)
        self.mixes = FakeMixes(self.bus, qwen.id, state)
        self.engines = FakeEngines(self.engine, self.library, mixes=self.mixes)
        self.chats = FakeChats(
            self.bus,
            () if empty else data.chats(),
            () if empty else data.messages(state == "busy", state == "error"),
            state == "busy",
        )
        self.compare = FakeCompare(self.bus, self.library.models, state)
        self.bench = FakeBench(self.bus, self.library.models, self.activities, state)
        self.adapters = FakeAdapters(self.bus, state)
        self.sweeps = FakeSweeps(self.bus)
        self.adapter_maker = FakeAdapterMaker(self.activities)
        self.adapter_merger = FakeAdapterMerger(self.activities)
        self.server = FakeServer(self.bus, state)
        self.started = self.closed = False

    def start(self) -> None:
        self.started = True

    def close(self) -> None:
        self.closed = True


def _ledger() -> tuple[LedgerRow, ...]:
    now = data.NOW
    return (
        LedgerRow(
            "huggingface.co", 1284, 48_000_000, 612_000, "searching, model cards, file lists", now - 120, 0
        ),
        LedgerRow("cas-bridge.xethub.hf.co", 214, 33_100_000_000, 388_000, "downloading models", now, 0),
        LedgerRow("registry.ollama.ai", 96, 2_100_000, 41_000, "searching", now - 3_600, 0),
        LedgerRow("127.0.0.1:11434", 2_310, 18_000_000, 4_200_000, "talking to Ollama", now - 30, 0),
        LedgerRow("cdn-lfs.hf.co", 0, 0, 0, "images of model cards", now - 10_400, 2),
    )
