"""Quantizing models of the library: what each type would give, and making the file."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path

from backend.activities.runner import Outcome, Step
from backend.activities.types import ActivityKind
from backend.capacity.machine import Machines
from backend.capacity.types import RunConfig
from backend.errors import AppError
from backend.fits import FitService
from backend.gguf.types import GGMLType
from backend.i18n import tr
from backend.library.types import LibraryModel
from backend.quantize import matrix as matrices
from backend.quantize import target as place
from backend.quantize.catalog import quant_type, quant_types, tensor_type
from backend.quantize.engine import QuantizeProcess, settings_for
from backend.quantize.making import Maker, Order, Written
from backend.quantize.matrix import MatrixInfo
from backend.quantize.sizes import made_sizes, planned
from backend.quantize.source import SourceModel, read_source
from backend.quantize.types import Made, QuantizeOptions, QuantType, TypeForecast
from backend.quantize.workshop import Workshop
from backend.store.made import MadeModel, Recipe
from backend.workers.messages_quantize import PlannedType
from backend.workers.outcome_quantize import quantize_sentences

log = logging.getLogger(__name__)

_PLANS = 8
"""Sources whose plans are remembered: a dialog asks again for every change of the context."""


class Quantizer:
    """Blocking, except `start`; call it from any thread but the GUI thread."""

    def __init__(self, shop: Workshop, fits: FitService, machines: Machines) -> None:
        self._shop = shop
        self._fits = fits
        self._machines = machines
        self._maker = Maker(shop.workers, shop.notes, self._free_memory)
        self._lock = threading.Lock()
        self._plans: dict[Hashable, tuple[PlannedType, ...]] = {}

    @property
    def folder(self) -> Path:
        """Where files go that are made without another place."""
        return self._shop.models_dir

    @staticmethod
    def types() -> tuple[QuantType, ...]:
        """Every type that the engine offers, from large to small."""
        return quant_types()

    def recipe_of(self, sha256: str) -> MadeModel | None:
        """How the file with this digest was made; None where it was not made here."""
        return self._shop.made.recipe_of(sha256)

    def is_quantized(self, model_id: str) -> bool:
        """Whether making another type of it would lose twice, so that `QuantizeOptions.requantize` is needed.

        Raises:
            AppError: There is no such model, or it cannot be read.
        """
        return self._source(model_id).quantized

    def peak_memory(self, model_id: str) -> int:
        """Bytes of memory that quantizing it takes at most.

        Raises:
            AppError: There is no such model, or it cannot be read.
        """
        return self._source(model_id).peak_memory

    def forecast(self, model_id: str, options: QuantizeOptions, n_ctx: int) -> tuple[TypeForecast, ...]:
        """What each type would give with `options` (whose own type does not matter).

        Sizes are exact, because the engine itself plans every tensor; where it cannot be asked they are
        typical for the type.

        Raises:
            AppError: There is no such model, it or the importance matrix cannot be used.
        """
        source = self._source(model_id)
        matrix = self._matrix(options, source)
        made = self._made_of(source.row)
        types = quant_types()
        plans = {plan.ftype: plan for plan in self._plan(source, options, types)}
        return tuple(
            self._forecast(
                source, kind, plans.get(kind.ftype), options, matrix, made.get(kind.name, ""), n_ctx
            )
            for kind in types
        )

    def start(self, model_id: str, options: QuantizeOptions) -> str:
        """Make the file in the background; returns the id of the activity.

        Raises:
            AppError: What is known before: no such model or type, or the app is closing.
        """
        kind = quant_type(options.type)
        tensor_type(options.output_type)
        tensor_type(options.embedding_type)
        row = self._shop.library.find(model_id, sure=True)

        def work(step: Step) -> Outcome:
            made, written = self._make(step, row.id, options, None, replace=False)
            note = tr("Made and verified.")
            if written.fallbacks:
                note = tr(
                    "Made and verified. {n} tensors have another type, because their rows do not divide.",
                    n=written.fallbacks,
                )
            return Outcome(note, made.path)

        return self._shop.activities.start(
            ActivityKind.QUANTIZE, row.name, work, label=kind.name, model_id=row.id
        )

    def make(
        self,
        step: Step,
        model_id: str,
        options: QuantizeOptions,
        target: Path | None = None,
        *,
        replace: bool = False,
        scratch: bool = False,
    ) -> Made:
        """Make the file: at `target` (or in it, where that is a folder), or else in the library's own folder
        under a free name.

        Args:
            replace: Whether a file at `target` may be replaced.
            scratch: The file is deleted soon: nothing is recorded of it, and the library is not told.

        Raises:
            AppError: It could not be made. Nothing is left of it, and the source is untouched.
            Cancelled: It was stopped.
        """
        return self._make(step, model_id, options, target, replace=replace, scratch=scratch)[0]

    def _make(
        self,
        step: Step,
        model_id: str,
        options: QuantizeOptions,
        target: Path | None,
        *,
        replace: bool,
        scratch: bool = False,
    ) -> tuple[Made, Written]:
        kind = quant_type(options.type)
        source = self._source(model_id)
        matrix = self._matrix(options, source)
        files = self._target(source, kind, options, target)
        read = source.parts if options.imatrix is None else (*source.parts, options.imatrix)
        place.check_place(files, read, replace=replace)
        place.check_name(files.files[0])
        order = Order(source, kind, options, matrix, files, replace)

        def record(written: Written) -> None:
            if scratch:
                return
            self._shop.record(
                written.files,
                "quantize",
                _recipe(kind, options),
                written.engine,
                source_id=source.row.id,
                source_name=_named(source.row),
                source_sha256=source.row.sha256 or "",
            )

        written = self._maker.make(order, step, record)
        if not scratch:
            self._shop.library.rescan()
        first, hashed = written.files[0]
        return Made(first, written.size, hashed.sha256), written

    def _target(
        self, source: SourceModel, kind: QuantType, options: QuantizeOptions, target: Path | None
    ) -> place.Target:
        parts = len(source.parts) if options.keep_split else 1
        if target is None:
            return place.free_target(self._shop.models_dir, source.row, kind.name, parts)
        target = Path(os.path.abspath(target.expanduser()))  # noqa: PTH100
        if target.is_dir():
            target /= f"{place.stem_of(source.row)}-{kind.name}.gguf"
        found = place.target_at(target, parts)
        if any(os.path.lexists(draft) for draft in found.drafts):
            self._shop.library.recover()  # what a kill left there
        return found

    def _source(self, model_id: str) -> SourceModel:
        return read_source(self._shop.library.find(model_id, sure=True))

    @staticmethod
    def _matrix(options: QuantizeOptions, source: SourceModel) -> MatrixInfo | None:
        if options.imatrix is None:
            return None
        info = matrices.read_info(options.imatrix)
        matrices.check_fits(info, source.headers)
        return info

    # Forecasts

    def _plan(
        self, source: SourceModel, options: QuantizeOptions, types: tuple[QuantType, ...]
    ) -> tuple[PlannedType, ...]:
        settings = settings_for(options, source, self._free_memory)
        settings = replace(settings, buffer=0, threads=0)
        weighed = options.imatrix.stat().st_mtime_ns if options.imatrix is not None else 0
        key = (source.parts, source.states, settings, weighed)
        with self._lock:
            known = self._plans.get(key)
        if known is not None:
            return known
        try:
            with QuantizeProcess(self._shop.workers, source, threading.Event()) as process:
                plans = process.plan([kind.ftype for kind in types], settings)
        except AppError as error:
            log.info("no exact sizes for %s: %s", source.row.id, error)
            return ()
        with self._lock:
            self._plans[key] = plans
            while len(self._plans) > _PLANS:
                del self._plans[next(iter(self._plans))]
        return plans

    def _forecast(
        self,
        source: SourceModel,
        kind: QuantType,
        plan: PlannedType | None,
        options: QuantizeOptions,
        matrix: MatrixInfo | None,
        in_library: str,
        n_ctx: int,
    ) -> TypeForecast:
        weights = source.parameters
        if plan is None or plan.problem:
            size = round(weights * kind.bits / 8)
            refusal = plan.problem if plan is not None else ""
            if refusal:
                refusal = quantize_sentences("quantize.failed", source.row.name)[0]
            return TypeForecast(kind, size, kind.bits, False, None, in_library, refusal)
        kinds = [GGMLType(number) for number in plan.tensors]
        headers = planned(source.headers, kinds)
        size = sum(made_sizes(headers, matrix, keep_split=options.keep_split))
        data = sum(tensor.nbytes for header in headers for tensor in header.tensors)
        refusal = ""
        if plan.needs_imatrix and matrix is None:
            refusal = tr("{type} needs an importance matrix.", type=kind.name)
        elif source.loses_twice(kinds) and not options.requantize:
            refusal = tr("The original is quantized already, so this would lose more.")
        try:
            fit = self._fits.planned(headers, size, RunConfig(n_ctx=n_ctx))
        except AppError:
            fit = None
        return TypeForecast(kind, size, 8 * data / max(1, weights), True, fit, in_library, refusal)

    def _made_of(self, row: LibraryModel) -> dict[str, str]:
        """Ids of models of the library that were made of `row`, by type."""
        present = {model.sha256: model.id for model in self._shop.library.models() if model.sha256}
        found: dict[str, str] = {}
        for made in self._shop.made.all():
            same = made.source_id == row.id or (row.sha256 and made.source_sha256 == row.sha256)
            if made.kind == "quantize" and same and made.sha256 in present:
                found.setdefault(made.recipe.type, present[made.sha256])
        return found

    def _free_memory(self) -> int:
        return self._machines.read().ram.free


def _named(row: LibraryModel) -> str:
    """What a person calls the original."""
    return row.repo_id or row.name


def _recipe(kind: QuantType, options: QuantizeOptions) -> Recipe:
    return Recipe(
        type=kind.name,
        imatrix=options.imatrix.name if options.imatrix is not None else "",
        output_type=options.output_type or "",
        embedding_type=options.embedding_type or "",
        keep_split=options.keep_split,
        requantize=options.requantize,
    )
