"""How to run a model here: the settings that fit, best first, and what each of them gives up.

What is given up, in this order: the size of a batch (slower prompts), exactness of the cache, context, layers
on the GPU (slower answers), and last the quantization. A file of about four bits per weight or more is
preferred to a smaller one that fits better, because quality falls steeply below that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from backend.capacity.estimate import estimate
from backend.capacity.shape import shape_of
from backend.capacity.types import (
    Candidate,
    Fit,
    Ledger,
    Machine,
    Option,
    PoolKind,
    RunConfig,
    Verdict,
    Wishes,
)
from backend.capacity.verdict import judge, room_for, spread
from backend.engines.types import LoadOptions
from backend.gguf.names import bits_per_weight
from backend.i18n import tr

CONTEXT_STEP = 256
"""Tokens: the engine rounds a context up to a multiple of it."""
_LONGEST = 1_048_576
"""Tokens that are looked at where a file does not say how long a context it was trained with."""
_USUAL_CTX = 8192
_SMALL_BATCH = 128
_GOOD_BITS = 4.0
_MOST_OPTIONS = 6
GOOD = (Verdict.FITS_GPU, Verdict.FITS)
"""Verdicts with room to spare."""


def plan(candidates: Sequence[Candidate], machine: Machine, wishes: Wishes) -> tuple[Option, ...]:
    """The ways to run one of `candidates` that fit, best first.

    Returns:
        At most six options, and at least one for one candidate: where nothing fits, the nearest miss, which
        its fit says.
    """
    ranked: list[tuple[tuple[int, int, float], Option]] = []
    best_bits = max((_bits(candidate) for candidate in candidates), default=0.0)
    for candidate in candidates:
        bits = _bits(candidate)
        poor = bits < min(_GOOD_BITS, best_bits)
        for cost, option in _ways(candidate, machine, wishes):
            ranked.append(((_rank(option.fit.verdict, poor), cost, -bits), option))
    ranked.sort(key=lambda pair: pair[0])
    fitting = [option for _, option in ranked if option.fit.verdict in GOOD]
    if fitting:
        return tuple(fitting[:_MOST_OPTIONS])
    if tight := [option for _, option in ranked if option.fit.verdict is Verdict.TIGHT]:
        return tuple(tight[:_MOST_OPTIONS])
    return tuple(sorted((option for _, option in ranked), key=lambda option: option.fit.ledger.total)[:1])


def largest_context(candidate: Candidate, machine: Machine, run: RunConfig) -> int:
    """Tokens per sequence of the longest context that fits with room to spare when the rest is as in `run`;
    0 where none does. Never more than the model was trained with."""
    return _longest(candidate, run, lambda fit: fit.verdict in GOOD, machine)


def largest_quant(candidates: Sequence[Candidate], machine: Machine, run: RunConfig) -> Candidate | None:
    """The largest file that fits with room to spare: on the GPU, or else in memory. None where none does."""
    fits = [(fit_of(candidate, machine, run).verdict, candidate) for candidate in candidates]
    for wanted in GOOD:
        if fitting := [candidate for verdict, candidate in fits if verdict is wanted]:
            return max(fitting, key=lambda candidate: candidate.size)
    return None


def load_options(run: RunConfig) -> LoadOptions:
    """What to ask of the engine for a run as `run` says."""
    parallel = max(1, run.parallel)
    return LoadOptions(
        n_ctx=run.n_ctx // parallel,
        kv_type=run.kv_type,
        parallel=parallel,
        gpu_layers=run.gpu_layers,
        n_batch=run.n_batch,
    )


def fit_of(candidate: Candidate, machine: Machine, run: RunConfig) -> Fit:
    """The verdict for one file by the formula."""
    run = spread(run, machine)
    ledger = _needs(candidate, run)
    return judge(ledger, machine, run, candidate.headers, candidate.extras.adapters)


def _needs(candidate: Candidate, run: RunConfig) -> Ledger:
    return estimate(candidate.headers, run, file_size=candidate.size, extras=candidate.extras)


def _ways(candidate: Candidate, machine: Machine, wishes: Wishes) -> Iterator[tuple[int, Option]]:
    """The settings of one file that are worth looking at, with what they cost: 0 nothing, then more."""
    parallel = max(1, wishes.parallel)
    trained = candidate.headers[0].n_ctx_train or 0
    wanted = min(wishes.n_ctx or _USUAL_CTX, trained or _LONGEST)
    types = wishes.kv_types or ("f16",)
    base = RunConfig(
        n_ctx=wanted * parallel,
        kv_type=types[0],
        parallel=parallel,
        n_batch=512,
        n_ubatch=512,
        n_outputs_max=parallel,
    )

    def option(run: RunConfig, why: str) -> Option:
        fit = fit_of(candidate, machine, run)
        if any(pool.kind is PoolKind.GPU for pool in machine.gpus) and fit.verdict is not Verdict.FITS_GPU:
            layers, of = _layers_that_fit(candidate, machine, run)
            run = replace(run, gpu_layers=layers)
            fit = fit_of(candidate, machine, run)
            words = tr("{n} of {all} layers run on the GPU, the others on the processor.", n=layers, all=of)
            why = f"{why} {words}"
        return Option(candidate.label, run, fit, why)

    yield 0, option(base, tr("Everything as you wanted it."))
    small = replace(base, n_batch=_SMALL_BATCH, n_ubatch=_SMALL_BATCH)
    yield 1, option(small, tr("Reads prompts in smaller pieces, which is slower; nothing else is given up."))
    for cost, kind in enumerate(types[1:], start=2):
        yield (
            cost,
            option(
                replace(base, kv_type=kind),
                tr(
                    "Keeps the context as {type}, which is smaller and a little less exact.",
                    type=kind.upper(),
                ),
            ),
        )
    yield from ((10 + cost, shorter) for cost, shorter in _shorter(candidate, machine, wishes, base, option))


def _shorter(
    candidate: Candidate,
    machine: Machine,
    wishes: Wishes,
    base: RunConfig,
    option: Callable[[RunConfig, str], Option],
) -> Iterator[tuple[int, Option]]:
    """The longest context that fits on the GPU, and in memory, for each type of cache."""
    wanted = base.n_ctx // base.parallel
    least = min(wishes.least_ctx, wanted)
    goals = (Verdict.FITS_GPU, Verdict.FITS) if machine.gpus else (Verdict.FITS,)
    found = False
    for cost, kind in enumerate(wishes.kv_types or ("f16",)):
        for goal in goals:
            run = replace(base, kv_type=kind)
            length = _longest(candidate, run, _at_least(goal), machine, most=wanted)
            if least <= length < wanted:
                found = True
                yield cost, option(_with_context(run, length), _shorter_words(length, kind))
    if not found and least < wanted:
        last = (wishes.kv_types or ("f16",))[-1]
        yield 9, option(_with_context(replace(base, kv_type=last), least), _shorter_words(least, last))


def _shorter_words(length: int, kind: str) -> str:
    if kind == "f16":
        return tr("Remembers {n} tokens instead of what you wanted.", n=length)
    return tr(
        "Remembers {n} tokens, and keeps them as {type}, a little less exact.", n=length, type=kind.upper()
    )


def _layers_that_fit(candidate: Candidate, machine: Machine, run: RunConfig) -> tuple[int, int]:
    """How many layers may go to the GPU, and how many there are, the output counted as one."""
    layers = len(shape_of(candidate.headers[0]).layers)

    def fits(count: int) -> bool:
        ledger = _needs(candidate, replace(run, gpu_layers=count))
        return room_for(ledger.total, ledger.gpu, machine).verdict is Verdict.FITS_GPU

    low, high = 0, layers
    while low < high:  # the largest number that fits
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low, layers + 1


def _longest(
    candidate: Candidate,
    run: RunConfig,
    fine: Callable[[Fit], bool],
    machine: Machine,
    most: int | None = None,
) -> int:
    """The largest multiple of `CONTEXT_STEP` for which `fine` holds, or the limit itself where it does."""
    limit = min(most or _LONGEST, candidate.headers[0].n_ctx_train or _LONGEST)

    def good(length: int) -> bool:
        return fine(fit_of(candidate, machine, _with_context(run, length)))

    if good(limit):
        return limit
    low, high = 0, -(-limit // CONTEXT_STEP)
    while high - low > 1:  # low fits (or is nothing), high does not
        middle = (low + high) // 2
        low, high = (middle, high) if good(middle * CONTEXT_STEP) else (low, middle)
    return low * CONTEXT_STEP


def _with_context(run: RunConfig, per_sequence: int) -> RunConfig:
    return replace(run, n_ctx=per_sequence * max(1, run.parallel))


def _at_least(goal: Verdict) -> Callable[[Fit], bool]:
    return lambda fit: fit.verdict in GOOD if goal is Verdict.FITS else fit.verdict is goal


def _rank(verdict: Verdict, poor: bool) -> int:
    """Lower is better: on the GPU, in memory, then the same with few bits per weight, then tight."""
    place = {Verdict.FITS_GPU: 0, Verdict.FITS: 1, Verdict.TIGHT: 4, Verdict.UNKNOWN: 6, Verdict.TOO_BIG: 8}
    return place[verdict] + (2 if poor and verdict in GOOD else 1 if poor else 0)


def _bits(candidate: Candidate) -> float:
    """Bits per weight: exact with full headers, else typical for the label."""
    counts = [header.n_params for header in candidate.headers]
    weights = sum(count or 0 for count in counts)
    if weights and None not in counts:
        return candidate.size * 8 / weights
    return bits_per_weight(candidate.label) or _GOOD_BITS
