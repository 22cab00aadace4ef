"""What past loads teach about predictions on this machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from backend.capacity.speed import corrected
from backend.capacity.types import Correction, Fit, FitRun, Ledger, Verdict

_RECENT = 12
"""Loads of one backend that count; what was learned long ago may have been with another driver."""
_ENOUGH = 3
_LARGE = 200_000_000
"""Bytes below which the process itself, not the model, decides how far a prediction is off."""
_MEMORY = 0.9, 1.3
_SPEED = 0.25, 4.0
_CPU = "CPU"


def total_of(run: FitRun) -> tuple[int, int] | None:
    """(predicted, measured) bytes of a load; None for one that failed or was not measured.

    On the processor all of it is resident memory of the worker; of a GPU only the engine's own sums are
    known.
    """
    predicted = run.probe or run.formula
    if run.cause or predicted is None:
        return None
    if run.backend == _CPU:
        return (sum(predicted), run.rss) if run.rss else None
    return (sum(predicted), sum(run.measured) + predicted[3]) if run.measured else None


def corrections_of(runs: Sequence[FitRun]) -> tuple[Correction, ...]:
    """What `runs` (newest first) teach, for each backend."""
    names = sorted({run.backend for run in runs if not run.cause and run.backend})
    found = (_correction(name, [run for run in runs if run.backend == name]) for name in names)
    return tuple(correction for correction in found if correction is not None)


def _correction(backend: str, runs: Iterable[FitRun]) -> Correction | None:
    recent = [run for run in runs if not run.cause][:_RECENT]
    totals = [pair for run in recent if (pair := total_of(run)) is not None and pair[0] > 0]
    large = [measured / predicted for predicted, measured in totals if predicted >= _LARGE]
    errors = [abs(ratio - 1) for ratio in large]
    generation = _factor((run.predicted_generation, run.measured_generation) for run in recent)
    prompt = _factor((run.predicted_prompt, run.measured_prompt) for run in recent)
    if not totals and generation is None and prompt is None:
        return None
    return Correction(
        backend=backend,
        loads=len(recent),
        memory=_clamped(median(large), _MEMORY) if len(large) >= _ENOUGH else 1.0,
        error=median(errors) if errors else None,
        worst=max(errors, default=None),
        generation=generation,
        prompt=prompt,
    )


def _factor(pairs: Iterable[tuple[float | None, float | None]]) -> float | None:
    ratios = [real / guess for guess, real in pairs if guess and real]
    return _clamped(median(ratios), _SPEED) if ratios else None


def _clamped(value: float, limits: tuple[float, float]) -> float:
    return min(limits[1], max(limits[0], value))


def correction_for(fit: Fit, corrections: Sequence[Correction]) -> Correction | None:
    """The correction for where `fit` says that the model would run."""
    on_gpu = fit.verdict is Verdict.FITS_GPU
    for correction in corrections:
        if correction.backend == _CPU and not on_gpu and not fit.ledger.gpu:
            return correction
        if _CPU not in correction.backend and on_gpu:
            return correction
    # Nothing ran where it would run, but the speed of the same processor says something.
    return next((c for c in corrections if c.backend == _CPU and not on_gpu), None)


def corrected_ledger(ledger: Ledger, correction: Correction | None) -> Ledger:
    """`ledger` with the error that past loads had. The engine's own sums are exact; what is corrected lies
    beside them."""
    if correction is None or correction.memory == 1.0:
        return ledger
    known = ledger.weights + ledger.kv + ledger.compute
    return replace(ledger, other=max(0, round(ledger.total * correction.memory) - known))


def corrected_speed(fit: Fit, correction: Correction | None) -> Fit:
    """`fit` with speeds as past answers reached them."""
    if correction is None:
        return fit
    generation, prompt = correction.generation or 1.0, correction.prompt or 1.0
    return replace(
        fit,
        tokens_per_second=fit.tokens_per_second and fit.tokens_per_second * generation,
        generation=fit.generation and corrected(fit.generation, generation),
        prompt=fit.prompt and corrected(fit.prompt, prompt),
    )
