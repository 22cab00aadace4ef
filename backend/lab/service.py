"""The quant lab: what each type of a model loses and gains, predicted at first and then measured."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
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
from backend.lab.making import LabMaker, canonical
from backend.lab.measuring import Measurer
from backend.lab.results import (
    bits_per_weight,
    comparable,
    memory_bytes,
    merged,
    needed,
    original_row,
    parameter_count,
    result_key,
    speed,
)
from backend.lab.texts import NEUTRAL, read_text, text_digest
from backend.lab.types import LabRequest, LabRow, LabText, Value
from backend.library.library import Library
from backend.library.types import LibraryModel
from backend.quantize.service import Quantizer
from backend.quantize.types import Imatrix, Made, QuantizeOptions, TypeForecast
from backend.store.imatrices import ImatrixRepository
from backend.store.lab import LabRepository, LabResult

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
        self._maker = LabMaker(quantizer, library, measurer)
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
            LabText("chats", tr("Your chats")),
            LabText("both", tr("Neutral text and your chats")),
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
        """The original, then every type, measured where it was: all on the text and as many tokens of it as
        the original was measured on last.

        Args:
            quick: Only the original and what was measured, without asking the engine for exact sizes.

        Raises:
            AppError: There is no such model, or it cannot be read.
        """
        row = self._library.find(model_id, sure=True)
        parameters = parameter_count(row)
        measured = comparable(self._results.of(result_key(row)))
        first = measured.get("")
        original = merged(original_row(row, self._fit(row, n_ctx), parameters), first)
        if quick:
            rest = tuple(
                merged(LabRow(r.type, r.size, True, r.bits_per_weight, None, None, None, None, None, None), r)
                for name, r in measured.items()
                if name
            )
            return (original, *rest)
        options = QuantizeOptions("", requantize=True)
        forecasts = self._quantizer.forecast(row.id, options, n_ctx)
        return (
            original,
            *(
                merged(self._predicted(forecast, parameters, original), measured.get(forecast.type.name))
                for forecast in forecasts
            ),
        )

    def export(self, model_id: str, path: Path, kind: ExportKind) -> None:
        """Write what was measured, as the table shows it, to `path`.

        Raises:
            AppError: There is no such model, or ``lab.export``.
        """
        write_rows(path, self.rows(model_id, n_ctx=RunConfig().n_ctx, quick=True), kind)

    def estimate_seconds(self, request: LabRequest) -> float | None:
        """How long the measuring of `request` will take, from the last measured pass; None without one."""
        row = self._library.find(request.model_id, sure=True)
        known = [r.prompt_tps for r in self._results.of(result_key(row)) if r.prompt_tps]
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

        def tell(done: int, total: int) -> None:
            step.expect(total)
            step.progress(done)

        done = self._measurer.imatrix(step, row.path, row.name, words, text.name, tokens, target, tell=tell)
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
        request = canonical(request)
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

        The original is measured in every run, although its result is known: comparing needs its
        probabilities, which are too large to keep.

        Raises:
            AppError: Something cannot be made or measured.
            Cancelled: It was stopped.
        """
        row = self._library.find(request.model_id, sure=True)
        request = canonical(request)
        words = read_text(request.text, self._chats) if request.measure else ""
        if request.measure:
            self._check_memory(row)
        self._maker.check(row, request)
        matrix = request.imatrix
        if request.imatrix_text is not None:
            matrix = self.make_imatrix(step, row.id, request.imatrix_text, request.tokens).path
        if not request.measure:
            for kind in request.types:
                self._maker.make(step, row, request, kind, matrix)
            return Outcome(tr("Made and verified."))
        vocab = read_headers(row.path)[0].n_vocab or 0
        tokens = request.tokens or min(_ANY_TOKENS, len(words.encode("utf-8", "replace")))
        with self._measurer.base(tokens // 2 * (2 * vocab + 8)) as base:
            passes = len(request.types) + 1
            self._measure(step, row, None, request, words, base, matrix, (0, passes))
            for number, kind in enumerate(request.types, 1):
                scratch = None if request.keep else base.with_suffix(".gguf")
                try:
                    made = self._maker.make(step, row, request, kind, matrix, scratch)
                    self._measure(step, row, (kind, made), request, words, base, matrix, (number, passes))
                finally:
                    if scratch is not None:
                        scratch.unlink(missing_ok=True)
        return Outcome(tr("Measured."))

    def _measure(
        self,
        step: Step,
        row: LibraryModel,
        made: tuple[str, Made] | None,
        request: LabRequest,
        words: str,
        base: Path,
        matrix: Path | None,
        place: tuple[int, int],
    ) -> None:
        """Measure one file: pass `place[0]` of `place[1]`."""
        kind, file = made if made is not None else ("", Made(row.path, row.size, row.sha256 or ""))
        name = kind or row.quant
        step.say(tr("Measuring {type}", type=name))

        def tell(done: int, total: int) -> None:
            step.expect(total * place[1])
            step.progress(total * place[0] + done)

        found = self._measurer.evaluate(
            step,
            file.path,
            f"{row.name} {name}",
            words,
            request.tokens,
            base,
            original=made is None,
            tell=tell,
        )
        parameters = max(1, parameter_count(row))
        self._results.note(
            LabResult(
                original=result_key(row),
                original_name=row.name,
                type=kind.upper(),
                sha256=file.sha256,
                imatrix=matrix.name if matrix and made else "",
                text_name=request.text.name,
                text_sha256=text_digest(words),
                tokens=found.tokens,
                size=file.size,
                bits_per_weight=bits_per_weight(file.path, parameters),
                perplexity=found.perplexity,
                perplexity_error=found.perplexity_error,
                kl_divergence=0.0 if made is None else found.kl_divergence,
                kl_error=0.0 if made is None else found.kl_error,
                same_top=1.0 if made is None else found.same_top,
                generation_tps=found.generation_tps,
                prompt_tps=found.prompt_tps,
                memory=memory_bytes(found),
                engine=self._engine,
                created=time.time(),
            )
        )
        self._bus.publish(LabChanged(row.id))

    def _check_memory(self, row: LibraryModel) -> None:
        """Raises:
        AppError: ``lab.memory``: it would not fit, so that nothing is begun."""
        run = RunConfig(n_ctx=WINDOW, n_batch=WINDOW, n_outputs_max=0)  # a probability for each token
        fit = self._fits.local(row.path, run)
        if fit.verdict is Verdict.TOO_BIG:
            raise AppError(
                "lab.memory",
                tr(
                    "Measuring {model} needs {needed} MB of memory, and {free} MB are free.",
                    model=row.name,
                    needed=fit.ledger.total // 1_000_000,
                    free=fit.free // 1_000_000,
                ),
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
            speed(forecast.fit),
            needed(forecast.fit),
            path=path,
            in_library=forecast.in_library,
            refusal=forecast.refusal,
        )
