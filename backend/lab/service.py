"""The quant lab: what each type of a model loses and gains, predicted at first and then measured."""

from __future__ import annotations

import contextlib
import re
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from backend.activities.runner import Activities, Outcome, Step
from backend.activities.types import ActivityKind
from backend.capacity.types import Fit, RunConfig, Verdict
from backend.chats.types import Message
from backend.errors import AppError
from backend.events import EventBus, LabChanged
from backend.fits import FitService
from backend.gguf.reader import read_headers
from backend.i18n import tr
from backend.lab import typical
from backend.lab.export import ExportKind, write_rows
from backend.lab.measuring import Measurer
from backend.lab.texts import NEUTRAL, read_text, text_digest
from backend.lab.types import LabRequest, LabRow, LabText, Value
from backend.library.library import Library
from backend.library.types import LibraryModel
from backend.quantize.service import Quantizer
from backend.quantize.types import Imatrix, Made, QuantizeOptions, TypeForecast
from backend.store.imatrices import ImatrixRepository
from backend.store.lab import LabRepository, LabResult
from backend.workers.messages_lab import Evaluated

WINDOW = 512
_ANY_TOKENS = 600_000
"""More than any text that is accepted has."""


class QuantLab:
    """Blocking, except `start` and `start_imatrix`; call it from any thread but the GUI thread.

    Args:
        chats: What the person's chats say; asked only where a request names them.
        folder: Where importance matrices are saved.
    """

    def __init__(
        self,
        measurer: Measurer,
        library: Library,
        quantizer: Quantizer,
        fits: FitService,
        activities: Activities,
        results: LabRepository,
        matrices: ImatrixRepository,
        bus: EventBus,
        *,
        chats: Callable[[], tuple[Message, ...]],
        folder: Path,
        engine: str,
    ) -> None:
        self._measurer = measurer
        self._library = library
        self._quantizer = quantizer
        self._fits = fits
        self._activities = activities
        self._results = results
        self._matrices = matrices
        self._bus = bus
        self._chats = chats
        self._folder = folder
        self._engine = engine

    def texts(self) -> tuple[LabText, ...]:
        """The texts that are there without choosing a file."""
        return (
            LabText("neutral", tr("Neutral text"), NEUTRAL, NEUTRAL.stat().st_size),
            LabText("chats", tr("My chats")),
        )

    def imatrices(self, model_id: str) -> tuple[Imatrix, ...]:
        """Saved matrices of this model whose files are still there, newest first.

        Raises:
            AppError: There is no such model.
        """
        row = self._library.find(model_id, sure=True)
        return tuple(
            found
            for found in self._matrices.all()
            if (found.model_id == row.id or (row.sha256 and found.model_sha256 == row.sha256))
            and found.path.is_file()
        )

    def rows(self, model_id: str, *, n_ctx: int, quick: bool = False) -> tuple[LabRow, ...]:
        """The original, then every type, measured where it was.

        Args:
            quick: Only the original and what was measured, without asking the engine for exact sizes.

        Raises:
            AppError: There is no such model, or it cannot be read.
        """
        row = self._library.find(model_id, sure=True)
        parameters = _parameters(row)
        measured: dict[str, LabResult] = {}
        for result in self._results.of(_key(row)):
            measured.setdefault(result.type, result)
        first = measured.get("")
        original = _merged(_original(row, self._fit(row, n_ctx), parameters), first)
        if quick:
            rest = tuple(
                _merged(
                    LabRow(r.type, r.size, True, r.bits_per_weight, None, None, None, None, None, None), r
                )
                for name, r in measured.items()
                if name
            )
            return (original, *rest)
        options = QuantizeOptions("", requantize=True)
        forecasts = self._quantizer.forecast(row.id, options, n_ctx)
        return (
            original,
            *(
                _merged(self._predicted(forecast, parameters, original), measured.get(forecast.type.name))
                for forecast in forecasts
            ),
        )

    def export(self, model_id: str, path: Path, kind: ExportKind) -> None:
        """Write what was measured to `path`.

        Raises:
            AppError: There is no such model, or ``lab.export``.
        """
        write_rows(path, self.rows(model_id, n_ctx=RunConfig().n_ctx, quick=True), kind)

    def estimate_seconds(self, request: LabRequest) -> float | None:
        """How long the measuring of `request` will take, from the last measured pass; None without one."""
        row = self._library.find(request.model_id, sure=True)
        known = [r.prompt_tps for r in self._results.of(_key(row)) if r.prompt_tps]
        if not known or not request.measure:
            return None
        return (len(request.types) + 1) * (request.tokens + 2 * WINDOW) / known[0]

    def start_imatrix(self, model_id: str, text: LabText, tokens: int) -> str:
        """Compute and save an importance matrix in the background; returns the id of the activity.

        Raises:
            AppError: There is no such model, or the app is closing.
        """
        row = self._library.find(model_id, sure=True)

        def work(step: Step) -> Outcome:
            return Outcome(tr("Saved."), self.make_imatrix(step, row.id, text, tokens).path)

        return self._activities.start(
            ActivityKind.IMATRIX, row.name, work, label=text.name, model_id=row.id, unit="tokens"
        )

    def make_imatrix(
        self, step: Step, model_id: str, text: LabText, tokens: int, target: Path | None = None
    ) -> Imatrix:
        """Compute an importance matrix, at `target` or in the profile's own folder.

        Raises:
            AppError: The text or the model cannot be used.
            Cancelled: It was stopped; nothing is left of it.
        """
        row = self._library.find(model_id, sure=True)
        words = read_text(text, self._chats)
        self._check_memory(row)
        if target is None:
            stem = re.sub(r"[^\w.-]+", "-", f"{row.name}-{text.name}").strip("-.")[:80]
            target = self._folder / f"{stem}-{uuid.uuid4().hex[:8]}.gguf"
        step.say(tr("Computing the importance matrix"))
        step.expect(tokens)
        done = self._measurer.imatrix(
            step, row.path, row.name, words, text.name, tokens, target, tell=step.progress
        )
        found = Imatrix(
            target,
            row.id,
            row.name,
            row.sha256 or "",
            text.name,
            text_digest(words),
            done.tokens,
            time.time(),
        )
        self._matrices.note(found)
        self._bus.publish(LabChanged(row.id))
        return found

    def start(self, request: LabRequest) -> str:
        """Make and measure in the background; returns the id of the activity.

        Raises:
            AppError: There is no such model, or the app is closing.
        """
        row = self._library.find(request.model_id, sure=True)
        return self._activities.start(
            ActivityKind.LAB,
            row.name,
            lambda step: self.run(step, request),
            label=", ".join(request.types),
            model_id=row.id,
            unit="tokens",
        )

    def run(self, step: Step, request: LabRequest) -> Outcome:
        """Do what `request` says. Each row is kept as soon as it is measured, also if the rest is stopped.

        Raises:
            AppError: Something cannot be made or measured.
            Cancelled: It was stopped.
        """
        row = self._library.find(request.model_id, sure=True)
        words = read_text(request.text, self._chats) if request.measure else ""
        if request.measure:
            self._check_memory(row)
        matrix = request.imatrix
        if request.imatrix_text is not None:
            matrix = self.make_imatrix(step, row.id, request.imatrix_text, request.tokens).path
        if not request.measure:
            for kind in request.types:
                self._make(step, row, request, kind, matrix)
            return Outcome(tr("Made and verified."))
        vocab = read_headers(row.path)[0].n_vocab or 0
        tokens = request.tokens or min(_ANY_TOKENS, len(words.encode("utf-8", "replace")))
        with self._measurer.base(tokens // 2 * (2 * vocab + 8)) as base:
            self._measure(step, row, None, request, words, base, matrix)
            for kind in request.types:
                made, ours = self._make(step, row, request, kind, matrix)
                try:
                    self._measure(step, row, (kind, made), request, words, base, matrix)
                finally:
                    if ours and not request.keep:
                        self._drop(made)
        return Outcome(tr("Measured."))

    def _make(
        self, step: Step, row: LibraryModel, request: LabRequest, kind: str, matrix: Path | None
    ) -> tuple[Made, bool]:
        """The file of a type, and whether it was made now."""
        options = QuantizeOptions(
            kind, matrix, request.output_type, request.embedding_type, requantize=request.requantize
        )
        present = self._present(row, options)
        if present is not None:
            return present, False
        step.progress(0, tr("Making {type}", type=kind))
        return self._quantizer.make(step, row.id, options), True

    def _present(self, row: LibraryModel, options: QuantizeOptions) -> Made | None:
        """A file of the library that was made in exactly this way."""
        for model in self._library.models():
            recipe = self._quantizer.recipe_of(model.sha256) if model.sha256 and not model.problem else None
            if recipe is None or not row.sha256 or recipe.source_sha256 != row.sha256:
                continue
            same = (
                recipe.recipe.type == options.type.upper()
                and recipe.recipe.imatrix == (options.imatrix.name if options.imatrix else "")
                and recipe.recipe.output_type == (options.output_type or "")
                and recipe.recipe.embedding_type == (options.embedding_type or "")
            )
            if same:
                return Made(model.path, model.size, model.sha256 or "")
        return None

    def _drop(self, made: Made) -> None:
        made.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            made.path.parent.rmdir()
        self._library.rescan()

    def _measure(
        self,
        step: Step,
        row: LibraryModel,
        made: tuple[str, Made] | None,
        request: LabRequest,
        words: str,
        base: Path,
        matrix: Path | None,
    ) -> None:
        kind, file = made if made is not None else ("", Made(row.path, row.size, row.sha256 or ""))
        name = kind or row.quant
        step.expect(request.tokens)
        step.progress(0, tr("Measuring {type}", type=name))
        found = self._measurer.evaluate(
            step,
            file.path,
            f"{row.name} {name}",
            words,
            request.tokens,
            base,
            original=made is None,
            tell=step.progress,
        )
        parameters = max(1, _parameters(row))
        self._results.note(
            LabResult(
                original=_key(row),
                original_name=row.name,
                type=kind.upper(),
                sha256=file.sha256,
                imatrix=matrix.name if matrix and made else "",
                text_name=request.text.name,
                text_sha256=text_digest(words),
                tokens=found.tokens,
                size=file.size,
                bits_per_weight=8 * file.size / parameters,
                perplexity=found.perplexity,
                perplexity_error=found.perplexity_error,
                kl_divergence=0.0 if made is None else found.kl_divergence,
                kl_error=0.0 if made is None else found.kl_error,
                same_top=1.0 if made is None else found.same_top,
                generation_tps=found.generation_tps,
                prompt_tps=found.prompt_tps,
                memory=_memory(found),
                engine=self._engine,
                created=time.time(),
            )
        )
        self._bus.publish(LabChanged(row.id))

    def _check_memory(self, row: LibraryModel) -> None:
        """Raises:
        AppError: ``lab.memory``: it would not fit, so that nothing is begun."""
        fit = self._fits.local(row.path, RunConfig(n_ctx=WINDOW, n_batch=WINDOW))
        if fit.verdict is Verdict.TOO_BIG:
            raise AppError(
                "lab.memory",
                tr("{model} does not fit into the memory, so it cannot be measured.", model=row.name),
                tr("Close other programs, or quantize without measuring."),
            )

    def _fit(self, row: LibraryModel, n_ctx: int) -> Fit | None:
        try:
            return self._fits.local(row.path, RunConfig(n_ctx=n_ctx))
        except AppError:
            return None

    def _predicted(self, forecast: TypeForecast, parameters: int, original: LabRow) -> LabRow:
        name = forecast.type.name
        perplexity = None
        ratio = typical.perplexity_ratio(name, parameters)
        if ratio is not None and original.perplexity is not None:
            base = original.perplexity.value
            perplexity = Value(ratio.value * base, ratio.low * base, ratio.high * base, measured=False)
        path = None
        if forecast.in_library:
            path = self._library.find(forecast.in_library, sure=True).path
        return LabRow(
            name,
            forecast.size,
            forecast.exact,
            forecast.bits_per_weight,
            forecast.fit,
            perplexity,
            typical.divergence(name, parameters),
            typical.same_top(name, parameters),
            _speed(forecast.fit),
            _needed(forecast.fit),
            path=path,
            in_library=forecast.in_library,
            refusal=forecast.refusal,
        )


def _key(row: LibraryModel) -> str:
    """What results of one original are kept under: its content, where that is known."""
    return row.sha256 or row.id


def _parameters(row: LibraryModel) -> int:
    return row.parameters or sum(t.elements for header in read_headers(row.path) for t in header.tensors)


def _memory(found: Evaluated) -> int:
    on_gpu = sum(m.weights + m.kv + m.compute for m in found.memory if m.device != "CPU")
    return found.rss + on_gpu


def _speed(fit: Fit | None) -> Value | None:
    if fit is None:
        return None
    if fit.generation is not None:
        return Value(fit.generation.likely, fit.generation.low, fit.generation.high, measured=False)
    likely = fit.tokens_per_second
    return None if likely is None else Value(likely, likely / 2, likely * 2, measured=False)


def _needed(fit: Fit | None) -> Value | None:
    if fit is None:
        return None
    total = float(fit.ledger.total)
    return Value(total, 0.9 * total, 1.1 * total, measured=False)


def _original(row: LibraryModel, fit: Fit | None, parameters: int) -> LabRow:
    exact = Value(0.0, 0.0, 0.0, measured=True)
    return LabRow(
        row.quant,
        row.size,
        True,
        8 * row.size / max(1, parameters),
        fit,
        None,
        exact,
        replace(exact, value=1.0, low=1.0, high=1.0),
        _speed(fit),
        _needed(fit),
        path=row.path,
        in_library=row.id,
    )


def _merged(row: LabRow, found: LabResult | None) -> LabRow:
    """`row` with what was measured in the place of what was predicted."""
    if found is None:
        return row
    return replace(
        row,
        size=found.size,
        exact_size=True,
        bits_per_weight=found.bits_per_weight,
        perplexity=_value(found.perplexity, found.perplexity_error),
        kl_divergence=_value(found.kl_divergence, found.kl_error),
        same_top=_value(found.same_top, 0.0),
        generation=_value(found.generation_tps, 0.0),
        memory=_value(found.memory, 0.0),
        measured_on=found.text_name,
        created=found.created,
    )


def _value(value: float | None, error: float | None) -> Value | None:
    if value is None:
        return None
    return Value(float(value), value - (error or 0.0), value + (error or 0.0), measured=True)
