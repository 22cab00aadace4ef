"""The whole backend: builds the services in order, owns them, and stops them in the opposite order."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from types import TracebackType

import platformdirs

from backend.activities.runner import Activities
from backend.adapters.converting import AdapterConverter
from backend.adapters.effect import Effects
from backend.adapters.hub import Garden
from backend.adapters.merging import AdapterMerger
from backend.adapters.mixes import Mixes
from backend.adapters.service import AdapterService
from backend.adapters.sweeps import Sweeps
from backend.bench.planning import Planner as BenchPlanner
from backend.bench.service import BenchService
from backend.bench.sweep import Sweeper
from backend.capacity.calibration import Calibration
from backend.capacity.fit_ledger import FitLedger
from backend.capacity.gpus import Gpus
from backend.capacity.machine import Machines
from backend.capacity.pretend import MemoryLimits
from backend.capacity.probe import Prober
from backend.chats.service import ChatService
from backend.chats.types import Message
from backend.compare.planning import Planner
from backend.compare.running import Services
from backend.compare.service import CompareService
from backend.compare.types import Column
from backend.compare.unattended import UnattendedRuns
from backend.convert.service import Converter
from backend.downloads.limits import Limits
from backend.downloads.manager import Downloads
from backend.downloads.stores import Stores
from backend.engines.connections import Connections
from backend.engines.embedding import Embedder
from backend.engines.engines import Engines
from backend.engines.flags import engine_version
from backend.engines.local import LocalEngine
from backend.engines.ollama import OllamaEngine
from backend.engines.openai import OpenAIEngine
from backend.engines.room import ModelRoom
from backend.engines.types import LoadOptions
from backend.errors import AppError
from backend.events import EventBus, MachineChanged
from backend.fits import FitService
from backend.hubs.catalogue import Catalogue
from backend.hubs.huggingface import HuggingFace
from backend.hubs.ollama.daemon import OllamaDaemon
from backend.hubs.ollama.garden import OllamaGarden
from backend.hubs.token import Tokens
from backend.inspect.service import Inspection
from backend.lab.measuring import Measurer
from backend.lab.service import QuantLab
from backend.library import drafts
from backend.library.layout import hub_cache_dir
from backend.library.layout_ollama import ollama_store_dir, own_ollama_store
from backend.library.library import Library
from backend.library.roots import other_apps
from backend.net.network import Network
from backend.notices import Notice
from backend.paths import Paths
from backend.profile import entered, no_folder
from backend.quantize.service import Quantizer
from backend.quantize.workshop import Workshop
from backend.server.service import LocalServer
from backend.settings import Settings, SettingsStore
from backend.store.bench import BenchRepository
from backend.store.database import Database
from backend.store.downloads import DownloadRepository
from backend.store.fit_runs import FitRunRepository
from backend.store.imatrices import ImatrixRepository
from backend.store.lab import LabRepository
from backend.store.made import MadeRepository
from backend.store.models import ModelRepository
from backend.workers.supervisor import Supervisor

log = logging.getLogger(__name__)


class Backend:
    """Every service of one profile. Building it reads the settings and the database and starts no process.

    The one Backend of a window owns the profile; those of commands (`command=True`) may work beside it. They
    share the database safely, but leave to the window what only one may do: closing what a dead run left
    open, and going on with the download queue.

    Attributes:
        hub_cache: The folder of the standard Hugging Face cache.
        workers: Starts the processes of long work; one for each piece.
        notices: What happened at the start that the person should know, such as a repaired database.
    """

    def __init__(self, paths: Paths, *, offline: bool = False, command: bool = False) -> None:
        """Open the profile at `paths`; `offline` begins with all connections off, whatever the settings say.

        Raises:
            AppError: ``app.running`` (another window has this profile), ``app.no_folder``, or what
                `Database` raises.
        """
        self.paths = paths
        self._instance = entered(paths, alone=not command)
        try:
            self._build(offline, command)
        except OSError as error:
            self._instance.release()
            raise no_folder(paths, error) from error
        except BaseException:
            self._instance.release()
            raise

    def _build(self, offline: bool, command: bool) -> None:
        paths = self.paths
        self.bus = EventBus()
        self.settings = SettingsStore(paths.settings)
        self.database = Database(paths.database)
        try:
            self._build_services(offline, command)
        except BaseException:
            self.database.close()
            raise

    def _build_services(self, offline: bool, command: bool) -> None:
        paths = self.paths
        models = ModelRepository(self.database)
        settings = self.settings.get()
        self.network = Network(self.bus, offline=offline or settings.offline)
        self.tokens = Tokens()
        self.hub = HuggingFace(self.network, paths.cache, token=self.tokens.current)
        self.daemon = OllamaDaemon(self.network)
        self.ollama = OllamaGarden(self.network, paths.cache)
        self.catalogue = Catalogue(self.hub, self.ollama, paths.cache / "digests.json")
        self.engine = LocalEngine(
            paths,
            self.bus,
            projector_of=self._projector_of,
            check_adapters=lambda path, uses: self.adapters.admit(path, uses),
        )
        self.workers = Supervisor()
        self.embedder = Embedder(self.workers, self.engine.flags)
        gpus = Gpus()
        self.calibration = Calibration(
            self.engine, self.workers, self.bus, paths.cache / "speed.json", drivers=gpus.versions
        )
        self.machines = Machines(
            self.engine.devices,
            gpus=gpus,
            rates=self.calibration.rates,
            limits=self._memory_limits,
            bus=self.bus,
        )
        self.hub_cache = hub_cache_dir()
        self.activities = Activities(self.bus)
        self.library = Library(
            models,
            self.hub_cache,
            self.bus,
            cache_dir=paths.cache,
            in_use=self._is_loaded,
            data_dir=paths.data,
            models_dir=paths.models,
            own_ollama=own_ollama_store(paths),
            others=other_apps,
            folders=self.settings,
            activities=self.activities,
            daemon=self.daemon,
            hub=self.hub,
            ollama=self.ollama,
        )
        self.connections = Connections(self.network, self.settings, self.bus)
        self.mixes = Mixes(self.database, self.bus)
        self.engines = Engines(
            self.engine,
            self.library,
            self.connections,
            {
                "ollama": OllamaEngine(self.network, self.connections, self.bus),
                "openai": OpenAIEngine(self.network, self.connections, self.bus),
            },
            self.mixes,
        )
        self.room = ModelRoom(self.engines, lambda: self.machines.real().ram.free)
        self.server = LocalServer(
            self.engines, self.room, self.embedder, self.settings, self.bus, self._options
        )
        self.prober = Prober(self.engine.flags, paths.cache / "ghosts")
        self.fit_ledger = FitLedger(FitRunRepository(self.database), self.bus)
        self.fits = FitService(self.catalogue, self.machines, self.library, self.prober, self.fit_ledger)
        self.bus.subscribe(self.fits.hear)
        self.fit_ledger.watch(self.fits.forecast)
        self.inspector = Inspection(self.hub, self.library)
        shop = Workshop(
            self.workers,
            self.library,
            self.activities,
            MadeRepository(self.database),
            models,
            models_dir=paths.models,
            notes=drafts.folder_of(paths.data),
        )
        self.quantizer = Quantizer(shop, self.fits, self.machines)
        self.chats = ChatService(
            self.database, self.engines, self.room, self.library, self.bus, options=self._options
        )
        services = Services(self.engines, self.room, self.library, lambda: self.machines.real().threads)
        planner = Planner(self.engines.find, self.fits, self.machines.real, self._column_options, self._held)
        self.compare = CompareService(
            self.database,
            services,
            planner,
            self.bus,
            UnattendedRuns(self.database, services, planner, self.activities, self.bus, self._column_options),
            options=self._column_options,
        )
        if not command and not self.database.read_only:
            self.chats.recover()
            self.compare.recover()
        self.lab = QuantLab(
            Measurer(self.workers, self.engine.flags, paths.cache / "lab"),
            self.library,
            self.quantizer,
            self.fits,
            self.activities,
            LabRepository(self.database),
            ImatrixRepository(self.database),
            self.bus,
            chats=self._written,
            folder=paths.data / "imatrix",
            engine=engine_version(),
        )
        self.downloads = Downloads(
            DownloadRepository(self.database),
            self.network,
            self.hub,
            self.hub_cache,
            self.bus,
            models=models,
            stores=Stores(
                self.hub,
                self.hub_cache,
                registry=self.ollama,
                daemon=self.daemon,
                ollama_store=ollama_store_dir(),
                own_store=own_ollama_store(paths),
            ),
            at_once=settings.downloads_at_once,
            bandwidth=settings.bandwidth_limit,
            limits=Limits(connections=settings.connections_per_file),
            go_on=not command,
        )
        self.adapters = AdapterService(
            self.library,
            self.bus,
            Garden(self.hub, self.downloads),
            downloads=Path(platformdirs.user_downloads_path()),
            effect=Effects(self.engines, self.room, self._options),
        )
        self.adapter_merger = AdapterMerger(shop, self.adapters)
        self.sweeps = Sweeps(self.engines, self.room, self.bus, options=self._options)
        self.converter = Converter(shop, self.hub, self.downloads, self.bus, hub_cache=self.hub_cache)
        self.adapter_converter = AdapterConverter(shop, self.adapters)
        bench_planner = BenchPlanner(self.engines.find, self.fits, self.machines.real)
        self.bench = BenchService(
            BenchRepository(self.database),
            self.engines,
            self.room,
            Sweeper(self.workers, self.engine.flags, bench_planner.predict, self.adapters.admit),
            bench_planner,
            self.activities,
            self.bus,
            machine=self.machines.real,
            options=self._options,
        )
        if not command and not self.database.read_only:
            self.bench.recover()
        self.notices: tuple[Notice, ...] = (*self.settings.notices, *self.database.notices)
        self._started = False
        self._applied = settings
        self.settings.subscribe(self._apply)

    def start(self) -> None:
        """Begin what may take a while in the background: the engine's devices and the library."""
        if not self._started:
            self._started = True
            threading.Thread(target=self._warm_up, name="warm-up", daemon=True).start()

    @property
    def signed_in(self) -> bool:
        """Whether there is an access token for the hub. May wait for the keyring: not for the GUI thread."""
        return self.tokens.current() is not None

    def close(self) -> None:
        """Stop everything within about five seconds; text that is streaming is saved first."""
        transfers = threading.Thread(
            target=_stopped, args=(self.downloads.close,), name="closing", daemon=True
        )
        transfers.start()
        _stopped(self.server.stop)
        _stopped(self.activities.close)
        _stopped(self.embedder.close)
        _stopped(self.workers.close)
        _stopped(self.library.close)
        _stopped(self.sweeps.close)
        _stopped(self.compare.close)
        _stopped(self.chats.close)  # the answers of the engine end here, so that their text can be saved
        _stopped(self.engine.close)
        _stopped(self.prober.close)
        _stopped(self.fit_ledger.close)
        _stopped(self.inspector.close)
        transfers.join()
        _stopped(self.network.close)
        _stopped(self.database.close)
        self._instance.release()

    def __enter__(self) -> Backend:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _warm_up(self) -> None:
        steps: tuple[Callable[[], object], ...] = (
            self.library.start,
            self.machines.devices,
            self.network.configure_hub_library,
        )
        for step in steps:
            try:
                step()
            except AppError as error:
                log.warning("%s", error)
            except Exception:
                log.exception("the start in the background failed")

    def _written(self) -> tuple[Message, ...]:
        """What stands in the chats."""
        return tuple(message for chat in self.chats.chats() for message in self.chats.messages(chat.id))

    def _options(self) -> LoadOptions:
        settings = self.settings.get()
        return LoadOptions(n_ctx=settings.default_n_ctx, kv_type=settings.kv_type)

    def _column_options(self, column: Column) -> LoadOptions:
        options = self._options()
        return LoadOptions(
            n_ctx=column.n_ctx or options.n_ctx,
            kv_type=column.kv_type or options.kv_type,
            adapters=column.adapters or self.engines.adapters_of(column.model_id),
        )

    def _held(self, besides: Collection[str]) -> int:
        """Bytes of the models that are in use, without those at the given addresses."""
        wanted = self.room.in_use() - set(besides)
        return sum({one.path: one.rss for one in self.engine.loaded() if one.path in wanted}.values())

    def _memory_limits(self) -> MemoryLimits:
        settings = self.settings.get()
        return MemoryLimits(settings.ram_limit, settings.gpu_limits)

    def _apply(self, settings: Settings) -> None:
        # Only a turn of the switch: another change must not undo the offline of the command line.
        if settings.offline != self._applied.offline:
            self.network.set_offline(settings.offline)
        if settings.model_folders != self._applied.model_folders:
            self.library.folders_changed()
        limits = settings.ram_limit, settings.gpu_limits
        if limits != (self._applied.ram_limit, self._applied.gpu_limits):
            self.bus.publish(MachineChanged())
        self._applied = settings
        self.downloads.set_limit(settings.downloads_at_once)
        self.downloads.set_bandwidth(settings.bandwidth_limit)
        self.downloads.set_connections(settings.connections_per_file)

    def _projector_of(self, path: str) -> str:
        rows = (row for row in self.library.models() if str(row.path) == path and row.projector)
        return next((str(row.projector) for row in rows), "")

    def _is_loaded(self, path: Path) -> bool:
        wanted = os.path.realpath(path)  # it may have been loaded by another of its names
        opened = (*(loaded.path for loaded in self.engine.loaded()), *self.embedder.loaded())
        return any(os.path.realpath(path) == wanted for path in opened)


def _stopped(stop: Callable[[], object]) -> None:
    try:
        stop()
    except Exception:
        log.exception("a service did not stop cleanly")
