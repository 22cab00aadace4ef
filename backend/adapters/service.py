"""The adapters on this disk, and whether they may be applied to a model."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from backend.adapters import finding
from backend.adapters.checking import Base, check, damaged
from backend.adapters.checking_peft import check_peft
from backend.adapters.hub import Garden
from backend.adapters.reading import base_of, read_peft
from backend.adapters.types import MAX_SCALE, Adapter, CheckKind, CheckLine, Compatibility
from backend.downloads.types import DownloadJob, DownloadState
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.events import AdaptersChanged, Event, EventBus, JobChanged, LibraryChanged
from backend.gguf.header import Header
from backend.gguf.names import UNKNOWN, file_type_label
from backend.gguf.reader import read_header, read_headers, shards
from backend.hubs.types import HubModel, SearchPage
from backend.i18n import tr
from backend.library.library import Library
from backend.library.types import LibraryModel
from backend.paths import SAMPLE_ADAPTER
from backend.peft import CONFIG, WEIGHTS

_KEPT_BASES = 4
_KEPT_VERDICTS = 2_000

Stamp = tuple[tuple[str, int, int, int], ...]
Effect = Callable[[str, tuple[AdapterUse, ...]], float]


class AdapterService:
    """Thread-safe; reads the disk, so not for the GUI thread. Native code never runs here."""

    def __init__(
        self,
        library: Library,
        bus: EventBus,
        garden: Garden,
        *,
        downloads: Path,
        sample: Path = SAMPLE_ADAPTER,
        effect: Effect,
    ) -> None:
        """Args:
        downloads: The person's Downloads folder.
        sample: The file of the bundled adapter.
        effect: Measures how far adapters move the answers of the model at a path: mean KL in nats.
        """
        self._library = library
        self._bus = bus
        self._garden = garden
        self._downloads = downloads
        self._sample = sample
        self._effect = effect
        self._lock = threading.Lock()
        self._found: tuple[Adapter, ...] | None = None
        self._turn = 0
        self._bases: dict[Stamp, tuple[Header, ...]] = {}
        self._verdicts: dict[tuple[Stamp, Stamp, str], Compatibility] = {}
        bus.subscribe(self._hear)

    # What there is

    def all(self) -> tuple[Adapter, ...]:
        """Every adapter on this disk, as it was found last."""
        with self._lock:
            known, turn = self._found, self._turn
        if known is not None:
            return known
        models = self._library.models()
        found = tuple(finding.found(models, self._library.stores(), self._downloads, self._sample))
        with self._lock:
            if turn == self._turn:  # else something changed meanwhile, and the next call looks again
                self._found = found
        return found

    def refresh(self) -> None:
        """Look at the disk again."""
        self._library.rescan()
        self._forget()
        self._bus.publish(AdaptersChanged())

    def find(self, spec: str) -> Adapter:
        """The adapter that `spec` names: an id, a path, or a name that only one has.

        Raises:
            AppError: ``adapter.not_found``, ``adapter.ambiguous``.
        """
        return finding.choose(spec, self.all())

    def add(self, path: Path) -> Adapter:
        """Let a GGUF adapter or a PEFT folder belong to the list, in place.

        Raises:
            AppError: ``adapter.not_found``, ``adapter.kind``, or what is wrong with the file.
        """
        adapter = finding.at(path)
        try:
            if adapter.format == "peft":
                read_peft(adapter.path)
                self._library.add_folder(adapter.path)
            else:
                if read_header(adapter.path).kind != "adapter":
                    raise AppError(
                        "adapter.kind",
                        tr("{name} is no adapter.", name=adapter.path.name),
                        tr("Models are added in the library."),
                    )
                self._library.add_file(adapter.path)
        except AppError as error:
            if error.code != "library.already":
                raise
        self.refresh()
        return self.find(str(adapter.path))

    def missing(self, paths: Iterable[str]) -> frozenset[str]:
        """Those of the paths at which there is nothing any more."""
        return frozenset(path for path in paths if not os.path.exists(path))  # noqa: PTH110

    # Whether it fits

    def check(self, adapter: Adapter, base_id: str) -> Compatibility:
        """Hold an adapter against a model of the library; the answer is remembered until a file changes.

        Raises:
            AppError: ``library.not_found`` and the like, or what is wrong with the model's own file.
        """
        return self._check(adapter, self._library.find(base_id))

    def verdicts(self, base_id: str) -> dict[str, Compatibility]:
        """The check of every adapter against a model, by the adapter's id.

        Raises:
            AppError: As `check`.
        """
        model = self._library.find(base_id)
        return {adapter.id: self._check(adapter, model) for adapter in self.all()}

    def admit(self, model_path: str, uses: Sequence[AdapterUse]) -> None:
        """Refuse what native code must not see: called before each load, with what lies on the disk then.

        Raises:
            AppError: ``adapter.refused`` with the tensor and what was expected, ``adapter.scale``,
                ``adapter.missing``, or what is wrong with a file.
        """
        base = Path(model_path)
        for use in uses:
            path = Path(use.path)
            if not math.isfinite(use.scale) or not 0 <= use.scale <= MAX_SCALE:
                raise AppError(
                    "adapter.scale",
                    tr("{name} cannot be applied at {scale}.", name=path.name, scale=use.scale),
                    tr("Choose a scale from 0 to {most}.", most=MAX_SCALE),
                )
            result = self._admitted(path, base)
            if not result.safe:
                bad = [line.text for line in result.lines if line.state == "bad"]
                raise AppError(
                    "adapter.refused",
                    tr(
                        "{name} does not fit {model}: {reason}.",
                        name=path.name,
                        model=base.name,
                        reason=bad[0],
                    ),
                    tr("Choose an adapter that was trained on this model."),
                    "\n".join(bad),
                )

    def _admitted(self, path: Path, base: Path) -> Compatibility:
        """The check of two files, read again only if one is another than before: faders ask all the time."""
        if os.path.isdir(path):  # noqa: PTH112
            raise AppError(
                "adapter.refused",
                tr("{name} is a PEFT folder.", name=path.name),
                tr("Convert it to a GGUF adapter first."),
            )
        if not os.path.isfile(path):  # noqa: PTH113  # a pipe would never end
            raise AppError(
                "adapter.missing",
                tr("The adapter {name} can't be opened.", name=path.name),
                tr("Check that its disk is connected and the file is still there."),
            )
        key = _stamp((path,)), _stamp(shards(base)), ""
        with self._lock:
            known = self._verdicts.get(key)
        if known is None:
            known = check(read_header(path), Base(self._headers(base)))
            self._keep(key, known)
        return known

    def measure(self, adapter: Adapter, base_id: str, scale: float = 1.0) -> CheckLine:
        """Load the model if need be, and measure whether the adapter changes its answers.

        Raises:
            AppError: As `check` and `admit`, or what the engine raises.
        """
        model = self._library.find(base_id)
        uses = (AdapterUse(str(adapter.path), scale),)
        self.admit(str(model.path), uses)
        nats = self._effect(str(model.path), uses)
        if not math.isfinite(nats) or nats <= 0:
            return CheckLine(CheckKind.EFFECT, "bad", tr("no, the answers are those of the model alone"))
        text = tr(
            "yes, mean KL {nats} against the model at {scale}", nats=f"{nats:.2g}", scale=f"{scale:.2f}"
        )
        return CheckLine(CheckKind.EFFECT, "ok", text)

    def memory(self, path: Path) -> Header:
        """The header of a GGUF adapter, from which its memory follows.

        Raises:
            AppError: With a ``gguf.`` code.
        """
        return read_header(path)

    # The garden

    def garden(self, base_id: str, text: str = "", cursor: str | None = None) -> SearchPage:
        """Adapters on Hugging Face that were made for the model; empty where its original is not known.

        Raises:
            AppError: ``library.not_found``, ``hub.…`` and ``net.…``.
        """
        model = self._library.find(base_id)
        return self._garden.search(model, self._original(model), text, cursor)

    def download(self, row: HubModel) -> DownloadJob:
        """Fetch the adapter of a repository, verified like every download.

        Raises:
            AppError: ``adapter.no_files``, ``hub.…``, ``net.…``, and those of the downloads.
        """
        return self._garden.download(row)

    def _check(self, adapter: Adapter, model: LibraryModel) -> Compatibility:
        weights = (adapter.path / CONFIG, adapter.path / WEIGHTS)
        mine = _stamp((adapter.path,) if adapter.format == "gguf" else weights)
        key = mine, _stamp(model.parts or (model.path,)), model.id
        with self._lock:
            known = self._verdicts.get(key)
        if known is not None:
            return known
        base = self.base(model)
        try:
            if adapter.format == "gguf":
                result = check(read_header(adapter.path), base)
            else:
                result = check_peft(read_peft(adapter.path), base)
        except AppError as error:
            result = damaged(error.title)
            if error.retryable:
                return result
        self._keep(key, result)
        return result

    def _keep(self, key: tuple[Stamp, Stamp, str], result: Compatibility) -> None:
        with self._lock:
            if len(self._verdicts) >= _KEPT_VERDICTS:
                self._verdicts.clear()
            self._verdicts[key] = result

    def base(self, model: LibraryModel) -> Base:
        """What adapters are held against, of a model of the library.

        Raises:
            AppError: What is wrong with its file.
        """
        headers = self._headers(model.path)
        first = headers[0]
        own = (model.repo_id, model.made_from, first.name, base_of(first), first.text("general.basename"))
        names = [name for name in (*own, model.name) if name]
        quant = model.quant if model.quant != UNKNOWN else file_type_label(first.file_type)
        return Base(headers, tuple(names), quant)

    def _original(self, model: LibraryModel) -> str:
        try:
            named = base_of(self._headers(model.path)[0])
        except AppError:
            named = ""
        return named if "/" in named else model.repo_id or model.made_from

    def _headers(self, path: Path) -> tuple[Header, ...]:
        key = _stamp(shards(path))
        with self._lock:
            known = self._bases.get(key)
        if known is None:
            known = read_headers(path)
            with self._lock:
                while len(self._bases) >= _KEPT_BASES:
                    del self._bases[next(iter(self._bases))]
                self._bases[key] = known
        return known

    def _forget(self) -> None:
        with self._lock:
            self._found = None
            self._turn += 1

    def _hear(self, event: Event) -> None:
        match event:
            case LibraryChanged():
                pass
            case JobChanged(job) if job.state is DownloadState.DONE:
                pass  # a PEFT folder is no model, so that the library would not notice it
            case _:
                return
        self._forget()
        self._bus.publish(AdaptersChanged())


def _stamp(paths: Sequence[Path]) -> Stamp:
    """What tells a changed file from the one that was read."""
    found = []
    for path in paths:
        try:
            stat = path.stat()
        except (OSError, ValueError):
            found.append((str(path), -1, -1, -1))
        else:
            found.append((str(path), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    return tuple(found)
