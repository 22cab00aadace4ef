"""Does it fit? Puts headers, the estimate, the machine and the verdict together, for files here and there."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from backend.capacity.advice import load_warning
from backend.capacity.estimate import estimate, run_for
from backend.capacity.fit_ledger import FitLedger, Forecast
from backend.capacity.lessons import corrected_ledger, corrected_speed, correction_for
from backend.capacity.machine import Machines
from backend.capacity.plan import largest_context, plan
from backend.capacity.probe import Prober
from backend.capacity.report import FitReport, Needs, PoolFree
from backend.capacity.running import run_of
from backend.capacity.sentence import typical_ledger
from backend.capacity.types import (
    Candidate,
    Correction,
    Fit,
    Ledger,
    LoadAdvice,
    Machine,
    Option,
    RunConfig,
    Wishes,
)
from backend.capacity.verdict import available, judge, room_for, spread
from backend.engines.types import AdapterUse, LoadOptions
from backend.errors import AppError
from backend.events import Event, FitLedgerChanged, MachineChanged
from backend.fit_choice import best_in_folder, best_quant, choice_word, pick_quant
from backend.fit_models import FitModel, FitModels, HeaderSource
from backend.fit_probing import Probing
from backend.gguf.header import Header
from backend.gguf.names import quant_label
from backend.hubs.parse import Kind, parse_query
from backend.hubs.types import HubModel, QuantFile, RepoDetail, Source
from backend.library.types import LibraryModel

log = logging.getLogger(__name__)

_SNAPSHOT_S = 1.0
_ROW_AGE_S = 3600.0
"""Oldest listing that is good enough for the pill of a row; opening the model asks again."""
_MOST_CANDIDATES = 24
"""Files of a repository of which the headers are read for a plan, the small ones first."""


class ModelSource(Protocol):
    """The part of the library that is needed here."""

    def find(self, spec: str) -> LibraryModel: ...

    def models(self) -> tuple[LibraryModel, ...]: ...


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The machine at a time of the monotonic clock, and what past loads on it taught."""

    machine: Machine
    corrections: tuple[Correction, ...]
    taken: float


class FitService:
    """Answers whether a model fits this machine. Blocking; call it from any thread but the GUI thread."""

    def __init__(
        self,
        catalogue: HeaderSource,
        machines: Machines,
        library: ModelSource,
        prober: Prober | None = None,
        ledger: FitLedger | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._machines = machines
        self._library = library
        self._ledger = ledger
        self._models = FitModels(catalogue)
        self._probing = Probing(self._models, prober)
        self._lock = threading.Lock()
        self._snapshot: _Snapshot | None = None
        self._changes = 0

    def remote(
        self, detail: RepoDetail, quant: QuantFile, run: RunConfig, *, tier: int = 1, probe: bool = False
    ) -> Fit:
        """The fit of one file, shard set or tag; tier 0 reads 64 KiB of it, tier 1 its whole header.

        With `probe`, at tier 1, the engine does the sum; where it cannot, the formula stands.

        Raises:
            AppError: the header cannot be fetched or is damaged.
        """
        model, _ = self._models.remote(detail, quant, tier)
        return self._judge(model, run, probe=probe)

    def row(self, model: HubModel, run: RunConfig) -> Fit | None:
        """A quick fit for a row of a list: the best file of the repository, at tier 0.

        None where the repository has no such file, or cannot be asked right now.
        """
        if not model.has_gguf:
            return None
        key = ("row", model.source, model.ref, model.updated)
        known = self._models.recall(key)
        if known is None:
            try:
                detail, quant = self._row_choice(model)
                if quant is None:
                    return None
                known, _ = self._models.remote(detail, quant, 0)
                known = replace(known, choice=choice_word(quant))
            except AppError as error:
                log.info("no fit for %s: %s", model.id, error)
                return None
            self._models.remember(key, known)
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

    def local(
        self, path: Path, run: RunConfig, *, probe: bool = False, adapters: Sequence[AdapterUse] = ()
    ) -> Fit:
        """The fit of a file on this disk, with all parts of a split one, and the adapters over it. A measured
        speed, which is that of the model alone, replaces the predicted one where there are no adapters.
        `probe` as in `remote`.

        Raises:
            AppError: a file is damaged, or a part is missing.
        """
        model = self._models.local(path, adapters)
        fit = self._judge(model, run, probe=probe)
        row = self._row_at(path)
        if adapters or row is None or row.tokens_per_second is None:
            return fit
        expected = fit.tokens_per_second
        if self._ledger is not None:
            others = self._ledger.corrections(without=row.id)
            expected = self._judge(model, run, corrections=others).tokens_per_second
        return replace(fit, tokens_per_second=row.tokens_per_second, expected=expected)

    def forecast(self, path: Path, options: LoadOptions) -> Forecast:
        """What a load of a file on this disk will take, by the formula and by the dry run, before anything
        that was learned is applied.

        Raises:
            AppError: the file is damaged, or a part is missing.
        """
        model = self._models.local(path, options.adapters)
        run = self._run_of(model, options)
        formula = estimate(model.headers, run, file_size=model.size, extras=model.extras)
        ledger, _ = self._probing.ledger(model, run, formula)
        return self._forecast_of(model, self._row_at(path), run, formula, ledger)

    def advise(self, path: Path, options: LoadOptions) -> LoadAdvice:
        """What will happen when a file on this disk is loaded with `options` now, and the nearest settings
        that fit. Also to be asked after a load failed: the warning then says why.

        Raises:
            AppError: the file is damaged, or a part is missing.
        """
        model = self._models.local(path, options.adapters)
        now = self._here()
        fit = self._judge(model, self._run_of(model, options), probe=True, now=now)
        cause = self._ledger.cause(path) if self._ledger is not None else ""
        warning = load_warning(fit, now.machine, cause)
        if not warning:
            return LoadAdvice(fit, "", ())
        row = self._row_at(path)
        candidate = Candidate(row.quant if row else "", model.headers, model.size, model.extras)
        kinds = Wishes().kv_types
        wishes = Wishes(
            n_ctx=fit.run.n_ctx // fit.run.parallel,
            kv_types=kinds[kinds.index(fit.run.kv_type) :],
            parallel=fit.run.parallel,
        )
        options_that_fit = plan((candidate,), now.machine, wishes)
        return LoadAdvice(fit, warning, tuple(option for option in options_that_fit if option.run != fit.run))

    def planned(self, headers: tuple[Header, ...], size: int, run: RunConfig) -> Fit:
        """The fit of a model that nobody has made yet, whose headers and size are known."""
        return self._judge(FitModel(headers, size, headers[0].file), run)

    def plan_remote(self, detail: RepoDetail, wishes: Wishes) -> tuple[Option, ...]:
        """The ways to run a model of a garden here, best first, over all of its files. Reads 64 KiB of each.

        Raises:
            AppError: no header can be fetched.
        """
        candidates, failure = [], None
        quants = sorted((q for q in detail.quants if q.kind == "model"), key=lambda quant: quant.size)
        for quant in quants[:_MOST_CANDIDATES]:
            try:
                model, _ = self._models.remote(detail, quant, 0)
            except AppError as error:
                failure = error
                continue
            candidates.append(Candidate(quant.tag or quant.label, model.headers, model.size))
        if failure is not None and not candidates:
            raise failure
        return plan(candidates, self._now().machine, wishes)

    def largest_context(self, detail: RepoDetail, quant: QuantFile, run: RunConfig) -> int:
        """Tokens of the longest context with which a file of a garden fits, otherwise run as `run` says; 0
        where none does. Reads 64 KiB of the file at most.

        Raises:
            AppError: the header cannot be fetched.
        """
        model, _ = self._models.remote(detail, quant, 0)
        return largest_context(Candidate(quant.label, model.headers, model.size), self._now().machine, run)

    def report(self, spec: str, run: RunConfig, *, probe: bool = False) -> FitReport:
        """Everything about `spec`: a path, a folder with model files, a library name,
        ``hf:owner/name[/file.gguf]`` (also ``…:QUANT``) or ``ollama:name:tag``.

        What is on this disk is not asked for on the hub. Of a folder the file is taken that most people
        should take. `probe` as in `remote`.

        Raises:
            AppError: there is no such model, or its header cannot be read.
        """
        folder = Path(spec).expanduser()
        row = None if folder.is_dir() else self._on_disk(spec)
        read, measured = 0, None
        if folder.is_dir():
            model = self._models.local(best_in_folder(folder, self._now().machine))
        elif row is not None:
            model, measured = self._models.local(row.path), row.tokens_per_second
            if row.source is Source.OLLAMA:  # its file is called by its digest
                model = replace(model, name=row.id.partition(":")[2])
        else:
            detail, quant = self._named(spec)
            model, read = self._models.remote(detail, quant, 1)
        machine = self._now().machine
        fit = self._judge(model, run, probe=probe)
        ledger, first = fit.ledger, model.headers[0]
        return FitReport(
            model=model.name,
            verdict=fit.verdict,
            bytes=Needs(ledger.weights, ledger.kv, ledger.compute, ledger.other, ledger.total),
            free=tuple(PoolFree(p.kind, p.name, available(p), p.total) for p in machine.pools),
            margin=fit.margin,
            n_ctx=fit.run.n_ctx,
            architecture=first.architecture,
            parameters=model.parameters,
            source=ledger.source,
            bytes_read=read,
            approximate=fit.approximate,
            tokens_per_second=fit.tokens_per_second if measured is None else measured,
            measured=measured is not None,
            generation=fit.generation,
            prompt=fit.prompt,
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

    def _judge(
        self,
        model: FitModel,
        run: RunConfig,
        *,
        probe: bool = False,
        corrections: Sequence[Correction] | None = None,
        now: _Snapshot | None = None,
    ) -> Fit:
        """The fit, with what past loads taught."""
        now = now or self._now()
        run = spread(run_for(model.headers[0], run), now.machine)
        ledger = estimate(model.headers, run, file_size=model.size, extras=model.extras)
        if probe and model.complete:
            ledger = self._probed(model, run, ledger) or ledger
        lessons = now.corrections if corrections is None else corrections
        guess = judge(ledger, now.machine, run, model.headers, model.extras.adapters)
        lesson = correction_for(guess, lessons)
        better = corrected_ledger(ledger, lesson)
        if better != ledger:
            guess = judge(better, now.machine, run, model.headers, model.extras.adapters)
        return corrected_speed(guess, lesson)

    def _probed(self, model: FitModel, run: RunConfig, formula: Ledger) -> Ledger | None:
        """What the dry run says; None where it says nothing. That it differs from the formula is written
        down."""
        ledger, differs = self._probing.ledger(model, run, formula)
        if differs and self._ledger is not None:
            row = self._row_at(model.paths[0]) if model.paths else None
            self._ledger.note_difference(self._forecast_of(model, row, run, formula, ledger))
        return ledger

    def _forecast_of(
        self, model: FitModel, row: LibraryModel | None, run: RunConfig, formula: Ledger, probe: Ledger | None
    ) -> Forecast:
        fit = judge(probe or formula, self._here().machine, run, model.headers, model.extras.adapters)
        return Forecast(
            model_id=row.id if row else str(model.paths[0]) if model.paths else model.name,
            name=row.name if row else model.name,
            quant=row.quant if row else quant_label(model.name),
            run=run,
            formula=formula,
            probe=probe,
            generation=fit.generation.likely if fit.generation else fit.tokens_per_second,
            prompt=fit.prompt.likely if fit.prompt else None,
        )

    def _run_of(self, model: FitModel, options: LoadOptions) -> RunConfig:
        return run_of(options, model.headers[0].n_ctx_train, options.gpu_layers)

    def hear(self, event: Event) -> None:
        """An event of the bus: some say that what was known about the machine counts no more."""
        if isinstance(event, MachineChanged | FitLedgerChanged):
            with self._lock:
                self._snapshot = None
                self._changes += 1

    def _now(self) -> _Snapshot:
        """The machine and what was learned about it, at most a second old: lists ask for every row."""
        with self._lock:
            if self._snapshot is not None and time.monotonic() - self._snapshot.taken < _SNAPSHOT_S:
                return self._snapshot
            changes = self._changes
        corrections = self._ledger.corrections() if self._ledger is not None else ()
        snapshot = _Snapshot(self._machines.read(), corrections, time.monotonic())
        with self._lock:
            if changes == self._changes:
                self._snapshot = snapshot
        return snapshot

    def _here(self) -> _Snapshot:
        """This machine, whatever is pretended: a real load takes real memory."""
        now = self._now()
        return now if self._machines.pretended is None else replace(now, machine=self._machines.real())

    def _row_at(self, path: Path) -> LibraryModel | None:
        wanted = path.absolute()
        return next((m for m in self._library.models() if m.path.absolute() == wanted), None)

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
