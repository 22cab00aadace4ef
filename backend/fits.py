"""Does it fit? Puts headers, the estimate, the machine and the verdict together, for files here and there."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from backend.capacity.estimate import estimate, run_for
from backend.capacity.machine import Machines
from backend.capacity.report import FitReport, Needs, PoolFree
from backend.capacity.sentence import typical_ledger
from backend.capacity.speed import calibrated
from backend.capacity.types import Fit, Machine, RunConfig, Verdict
from backend.capacity.verdict import available, judge, room_for
from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_headers, shards
from backend.hubs.choosing import named_quant, usual_quant
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import HubModel, QuantFile, RepoDetail, Source
from backend.i18n import tr
from backend.library.types import LibraryModel

log = logging.getLogger(__name__)

_CACHED_MODELS = 512
_CALIBRATION_MODELS = 6
_SNAPSHOT_S = 1.0
_ROW_AGE_S = 3600.0
"""Oldest listing that is good enough for the pill of a row; opening the model asks again."""
_OVERHEAD = 1.15
"""Context and buffers over the file size, for choosing between files before their headers are read."""


class HeaderSource(Protocol):
    """The part of `Catalogue` that is needed here."""

    def detail(self, source: Source, model_id: str, *, max_age: float = 0.0) -> RepoDetail: ...

    def complete(self, detail: RepoDetail, quant: QuantFile) -> QuantFile: ...

    def choice(self, model_id: str, tag: str = "", *, max_age: float = 0.0) -> QuantFile: ...

    def header(
        self, detail: RepoDetail, quant: QuantFile, *, tier: int
    ) -> tuple[tuple[Header, ...], int]: ...


class ModelSource(Protocol):
    """The part of the library that is needed here."""

    def find(self, spec: str) -> LibraryModel: ...

    def models(self) -> tuple[LibraryModel, ...]: ...


@dataclass(frozen=True, slots=True)
class _Model:
    """What is remembered of a model between questions: headers, and the size of all parts."""

    headers: tuple[Header, ...]
    size: int
    name: str
    choice: str = ""


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The machine at a time of the monotonic clock, with (predicted, measured) speeds of models run on it."""

    machine: Machine
    experience: tuple[tuple[float, float], ...]
    taken: float


class FitService:
    """Answers whether a model fits this machine. Blocking; call it from any thread but the GUI thread."""

    def __init__(self, catalogue: HeaderSource, machines: Machines, library: ModelSource) -> None:
        self._catalogue = catalogue
        self._machines = machines
        self._library = library
        self._lock = threading.Lock()
        self._models: OrderedDict[Hashable, _Model] = OrderedDict()
        self._snapshot: _Snapshot | None = None

    def remote(self, detail: RepoDetail, quant: QuantFile, run: RunConfig, *, tier: int) -> Fit:
        """The fit of one file, shard set or tag; tier 0 reads 64 KiB of it, tier 1 its whole header.

        Raises:
            AppError: the header cannot be fetched or is damaged.
        """
        model, _ = self._remote_model(detail, quant, tier)
        return self._judge(model, run)

    def row(self, model: HubModel, run: RunConfig) -> Fit | None:
        """A quick fit for a row of a list: the best file of the repository, at tier 0.

        None where the repository has no such file, or cannot be asked right now.
        """
        if not model.has_gguf:
            return None
        key = ("row", model.source, model.ref, model.updated)
        known = self._recall(key)
        if known is None:
            try:
                detail, quant = self._row_choice(model)
                if quant is None:
                    return None
                known, _ = self._remote_model(detail, quant, 0)
                known = replace(known, choice=_choice_word(quant))
            except AppError as error:
                log.info("no fit for %s: %s", model.id, error)
                return None
            self._remember(key, known)
        return replace(self._judge(known, run), choice=known.choice)

    def _row_choice(self, model: HubModel) -> tuple[RepoDetail, QuantFile | None]:
        if model.source is Source.OLLAMA:
            # One manifest, not the page with all tags: lists ask for every row.
            quant = self._usual_tag(model)
            return RepoDetail(model, "", ()), quant if quant.kind == "model" else None
        detail = self._catalogue.detail(model.source, model.ref, max_age=_ROW_AGE_S)
        if model.updated and detail.model.updated and detail.model.updated < model.updated:
            detail = self._catalogue.detail(model.source, model.ref)
        return detail, best_quant(detail, self._now().machine)

    def _usual_tag(self, model: HubModel) -> QuantFile:
        """What a name without a tag means, or the first size of a model that has no such tag."""
        try:
            return self._catalogue.choice(model.id, max_age=_ROW_AGE_S)
        except AppError as error:
            if error.code != "ollama.not_found" or not model.sizes:
                raise
        return self._catalogue.choice(model.id, model.sizes[0], max_age=_ROW_AGE_S)

    def typical(self, parameters: int, weights: int) -> Fit:
        """A first guess for a model of which no header was read: its number of weights and their bytes."""
        ledger = typical_ledger(parameters, weights)
        room = room_for(ledger.total, ledger.gpu, self._now().machine)
        return Fit(room.verdict, ledger, RunConfig(), room.free, room.margin, approximate=True)

    def local(self, path: Path, run: RunConfig) -> Fit:
        """The fit of a file on this disk, with all parts of a split one. A measured speed replaces the
        predicted one.

        Raises:
            AppError: the file is damaged, or a part is missing.
        """
        model = self._local_model(path)
        fit = self._judge(model, run)
        measured = self._measured(path)
        if measured is None:
            return fit
        now = self._now()
        others = tuple(pair for pair in now.experience if pair[1] != measured)
        expected = calibrated(_fit(model, run, now.machine).tokens_per_second, others)
        return replace(fit, tokens_per_second=measured, expected=expected)

    def planned(self, headers: tuple[Header, ...], size: int, run: RunConfig) -> Fit:
        """The fit of a model that nobody has made yet, whose headers and size are known."""
        return self._judge(_Model(headers, size, headers[0].file), run)

    def report(self, spec: str, run: RunConfig) -> FitReport:
        """Everything about `spec`: a path, a library name, ``hf:owner/name[/file.gguf]`` (also ``…:QUANT``)
        or ``ollama:name:tag``.

        What is on this disk is not asked for on the hub.

        Raises:
            AppError: there is no such model, or its header cannot be read.
        """
        row = self._on_disk(spec)
        if row is not None:
            model, read, measured = self._local_model(row.path), 0, self._measured(row.path)
            if row.source is Source.OLLAMA:  # its file is called by its digest
                model = replace(model, name=row.id.partition(":")[2])
        else:
            detail, quant = self._named(spec)
            model, read = self._remote_model(detail, quant, 1)
            measured = None
        machine = self._now().machine
        fit = self._judge(model, run)
        ledger, first = fit.ledger, model.headers[0]
        return FitReport(
            model=model.name,
            verdict=fit.verdict,
            bytes=Needs(ledger.weights, ledger.kv, ledger.compute, ledger.other, ledger.total),
            free=tuple(PoolFree(p.kind, p.name, available(p), p.total) for p in machine.pools),
            margin=fit.margin,
            n_ctx=fit.run.n_ctx,
            architecture=first.architecture,
            parameters=_parameters(model.headers),
            source=ledger.source,
            bytes_read=read,
            approximate=fit.approximate,
            tokens_per_second=fit.tokens_per_second if measured is None else measured,
            measured=measured is not None,
        )

    def _named(self, spec: str) -> tuple[RepoDetail, QuantFile]:
        """What `spec` names in a garden."""
        parsed = parse_query(spec)
        if parsed.kind is not Kind.OLLAMA:
            detail = self._catalogue.detail(Source.HUGGING_FACE, parsed.ref or spec)
            return detail, pick_quant(detail, parsed.file or parsed.quant or "", self._now().machine)
        name = parsed.name or spec
        owner, _, last = name.rpartition("/")
        model = HubModel(name, Source.OLLAMA, owner, last)
        try:
            return RepoDetail(model, "", ()), self._catalogue.choice(name, parsed.tag or "")
        except AppError as error:
            if parsed.tag or error.code != "ollama.not_found":
                raise
        detail = self._catalogue.detail(Source.OLLAMA, name)
        return detail, pick_quant(detail, "", self._now().machine)

    def _judge(self, model: _Model, run: RunConfig) -> Fit:
        now = self._now()
        fit = _fit(model, run, now.machine)
        return replace(fit, tokens_per_second=calibrated(fit.tokens_per_second, now.experience))

    def _now(self) -> _Snapshot:
        """The machine and what was learned about its speed, at most a second old: lists ask for every row."""
        with self._lock:
            if self._snapshot is not None and time.monotonic() - self._snapshot.taken < _SNAPSHOT_S:
                return self._snapshot
        machine = self._machines.read()
        snapshot = _Snapshot(machine, tuple(self._experience(machine)), time.monotonic())
        with self._lock:
            self._snapshot = snapshot
        return snapshot

    def _experience(self, machine: Machine) -> list[tuple[float, float]]:
        """Predicted and measured speed of the models that were used last."""
        used = [m for m in self._library.models() if m.tokens_per_second and not m.problem]
        used.sort(key=lambda m: m.used or 0.0, reverse=True)
        pairs = []
        for row in used[:_CALIBRATION_MODELS]:
            try:
                fit = _fit(self._local_model(row.path), RunConfig(), machine)
            except AppError:
                continue
            if fit.tokens_per_second and row.tokens_per_second:
                pairs.append((fit.tokens_per_second, row.tokens_per_second))
        return pairs

    def _measured(self, path: Path) -> float | None:
        wanted = path.absolute()
        return next(
            (m.tokens_per_second for m in self._library.models() if m.path.absolute() == wanted), None
        )

    def _on_disk(self, spec: str) -> LibraryModel | None:
        """The model on this disk that `spec` means; None where it names a repository instead."""
        try:
            return self._library.find(spec)
        except AppError as error:
            parsed = parse_query(spec)
            if error.code != "library.not_found" or parsed.kind not in (Kind.REPO, Kind.OLLAMA):
                raise
            if parsed.kind is Kind.OLLAMA and not parsed.explicit:
                try:
                    self._catalogue.choice(parsed.name or "", parsed.tag or "")
                except AppError:  # a mistyped name of the library looks like one of Ollama
                    raise error from None
            return None

    def _local_model(self, path: Path) -> _Model:
        parts = shards(path)
        try:
            stats = [part.stat() for part in parts]
        except OSError as error:
            raise AppError(
                "gguf.read",
                tr("{file} cannot be read.", file=path.name),
                tr("Check that the file is still there and that you may read it."),
                str(error),
            ) from error
        key = ("local", str(path), *((stat.st_mtime_ns, stat.st_size) for stat in stats))
        return self._once(key, lambda: _Model(read_headers(path), sum(s.st_size for s in stats), path.name))

    def _remote_model(self, detail: RepoDetail, quant: QuantFile, tier: int) -> tuple[_Model, int]:
        """The model, and the bytes that were fetched for it just now."""
        quant = self._catalogue.complete(detail, quant)
        read = 0

        def fetch() -> _Model:
            nonlocal read
            headers, read = self._catalogue.header(detail, quant, tier=tier)
            name = f"{detail.model.id}:{quant.tag}" if quant.tag else quant.name
            return _Model(headers, quant.size, name)

        # A commit says what its files are; a tag does not, but the digest of its weights.
        version = detail.commit or quant.files[0].sha256
        key = ("remote", detail.model.key, version, quant.name)
        full = self._recall((*key, 1))
        if full is not None:
            return full, 0
        return self._once((*key, tier), fetch), read

    def _once(self, key: Hashable, make: Callable[[], _Model]) -> _Model:
        known = self._recall(key)
        if known is None:
            known = make()
            self._remember(key, known)
        return known

    def _recall(self, key: Hashable) -> _Model | None:
        with self._lock:
            known = self._models.get(key)
            if known is not None:
                self._models.move_to_end(key)
            return known

    def _remember(self, key: Hashable, model: _Model) -> None:
        with self._lock:
            self._models[key] = model
            while len(self._models) > _CACHED_MODELS:
                self._models.popitem(last=False)


def _choice_word(quant: QuantFile) -> str:
    """What a row says of the choice it is about. ``latest`` says nothing; its size does."""
    if quant.tag and quant.tag != "latest":
        return quant.tag
    word = quant.parameters or quant.label if quant.tag else quant.label
    return "" if word == "unknown" else word


def _fit(model: _Model, run: RunConfig, machine: Machine) -> Fit:
    run = run_for(model.headers[0], run)
    ledger = estimate(model.headers, run, file_size=model.size)
    return judge(ledger, machine, run, model.headers)


def _parameters(headers: tuple[Header, ...]) -> int | None:
    counts = [header.n_params for header in headers]
    return sum(count for count in counts if count is not None) if None not in counts else None


def best_quant(detail: RepoDetail, machine: Machine) -> QuantFile | None:
    """The file that most people should take on this machine; None where the repository has no model file.

    The usual one (see `backend.hubs.choosing`) of those that fit; the smallest where none does. The sizes of
    one Ollama model are different models, so there it is the largest that fits.
    """
    models = [quant for quant in detail.quants if quant.kind == "model"]

    def verdict(quant: QuantFile) -> Verdict:
        need = round(quant.size * _OVERHEAD)
        return room_for(need, need, machine).verdict

    if detail.model.source is Source.OLLAMA:
        plain = [quant for quant in models if quant.size and quant.tag in (*detail.model.sizes, "latest")]
        for fine in (Verdict.FITS_GPU, Verdict.FITS, Verdict.TIGHT):
            if fitting := [quant for quant in plain if verdict(quant) is fine]:
                return max(fitting, key=lambda quant: (quant.size, quant.tag != "latest"))

    for good in ({Verdict.FITS_GPU, Verdict.FITS}, {Verdict.TIGHT}):
        if best := usual_quant(quant for quant in models if verdict(quant) in good):
            return best
    return min(models, key=lambda quant: quant.size, default=None)


def pick_quant(detail: RepoDetail, wanted: str, machine: Machine) -> QuantFile:
    """The file that `wanted` names, by label or path; the best one for this machine where it is empty.

    Raises:
        AppError: ``hub.no_gguf`` or ``hub.not_offered``.
    """
    best = None if wanted else best_quant(detail, machine)
    return best or named_quant(detail, wanted)
