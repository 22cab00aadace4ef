"""Predicting how fast a model writes, before it was ever run.

Writing one token reads every active weight once, so the time is bytes over bytes per second. On a processor
the arithmetic of unpacking quantized weights limits the rate as well: there the rates below were measured
per core on one machine, and with them other architectures came out within a few percent on that machine,
others within about ±50 %. A speed that was measured is always better; see `calibrated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from backend.capacity.bandwidth import gpu_bandwidth
from backend.capacity.estimate import cache_bytes, loaded_tensors
from backend.capacity.shape import Shape, shape_of
from backend.capacity.types import Ledger, Machine, PoolKind, RunConfig, Verdict
from backend.gguf.header import Header
from backend.gguf.types import GGMLType

_DEPTH = 512
"""Tokens in the context that the prediction is for."""
_DEFAULT_BANDWIDTH = 35e9
_READ_SHARE = 0.85
"""Of the bandwidth that a plain copy reaches."""
_GPU_SHARE = 0.6
_CORE_RATES: dict[str, float] = {
    # Measured: F16, Q8_0, Q4_K, Q4_0. The others are placed between them by the work of unpacking.
    "F": 9.0e9,
    "Q8": 6.6e9,
    "K": 5.0e9,
    "Q4": 4.2e9,
    "IQ": 3.0e9,
}
_OVERHEAD_S = 0.3e-3
_LAYER_OVERHEAD_S = 0.03e-3


def predict(
    header: Header | Sequence[Header], ledger: Ledger, machine: Machine, run: RunConfig, verdict: Verdict
) -> float | None:
    """Tokens per second of one sequence, or None where it would be a mere guess."""
    if verdict in (Verdict.TOO_BIG, Verdict.UNKNOWN) or not ledger.known:
        return None
    parts = (header,) if isinstance(header, Header) else tuple(header)
    shape = shape_of(parts[0])
    moved = active_bytes(parts, shape, ledger.weights) + _cache_at_depth(shape, run)
    fixed = _OVERHEAD_S + _LAYER_OVERHEAD_S * len(shape.layers)
    on_gpu = _share_on_gpu(ledger, machine, verdict)
    seconds = fixed + moved * (1 - on_gpu) / _cpu_rate(_family(parts), machine)
    if on_gpu:
        rate = min((gpu_bandwidth(pool.name) or 0.0 for pool in machine.gpus), default=0.0)
        if not rate:
            return None
        seconds += moved * on_gpu / (rate * _GPU_SHARE)
    return 1 / seconds


def calibrated(prediction: float | None, measured: Iterable[tuple[float, float]]) -> float | None:
    """`prediction` corrected by what other models reached on this machine.

    Args:
        measured: Pairs of (predicted, measured) tokens per second of models that were run here.
    """
    ratios = [real / guess for guess, real in measured if guess > 0 and real > 0]
    if prediction is None or not ratios:
        return prediction
    return prediction * min(4.0, max(0.25, median(ratios)))


def active_bytes(parts: Sequence[Header], shape: Shape, weights: int) -> int:
    """Bytes of weights that one token reads.

    All of them but the input embedding, of which it needs one row (unless it is the output as well), and the
    experts that the token does not go to.
    """
    share = shape.experts_used / shape.experts if shape.experts else 1.0
    if not all(part.complete for part in parts):
        return round(weights * (1 - _expert_share(shape) * (1 - share)))
    tensors = loaded_tensors(parts, len(shape.layers))
    tied = not any(tensor.name == "output.weight" for tensor in tensors)
    total = 0.0
    for tensor in tensors:
        if tensor.name == "token_embd.weight" and not tied:
            continue
        total += tensor.nbytes * (share if "_exps." in tensor.name else 1.0)
    return round(total)


def _expert_share(shape: Shape) -> float:
    """The part of all weights that lies in experts, from the dimensions alone."""
    if not shape.experts:
        return 0.0
    width = shape.expert_feed_forward or shape.feed_forward
    experts = len(shape.layers) * 3 * shape.embedding * width * shape.experts
    attention = len(shape.layers) * 2 * shape.embedding * (shape.q_width + shape.kv_width)
    total = experts + attention + 2 * shape.vocab * shape.embedding
    return experts / total if total else 0.0


def _cache_at_depth(shape: Shape, run: RunConfig) -> int:
    depth = RunConfig(n_ctx=min(run.n_ctx, _DEPTH), kv_type=run.kv_type)
    return cache_bytes(shape, depth)


def _share_on_gpu(ledger: Ledger, machine: Machine, verdict: Verdict) -> float:
    """The part of the weights that a GPU reads."""
    if not machine.gpus or not ledger.gpu:
        return 0.0
    if verdict is Verdict.FITS_GPU:
        return 1.0
    if verdict is Verdict.FITS or any(pool.kind is PoolKind.UNIFIED for pool in machine.gpus):
        return 0.0
    return min(1.0, sum(pool.free for pool in machine.gpus) / ledger.total)


def _cpu_rate(family: str, machine: Machine) -> float:
    bandwidth = machine.bandwidth or _DEFAULT_BANDWIDTH
    return min(bandwidth * _READ_SHARE, _CORE_RATES[family] * max(1, machine.threads))


def _family(parts: Sequence[Header]) -> str:
    """The kind of quantization that most bytes have."""
    sums: dict[str, int] = {}
    for part in parts:
        for tensor in part.tensors:
            name = _family_of(tensor.type)
            sums[name] = sums.get(name, 0) + tensor.nbytes
    if sums:
        return max(sums, key=sums.__getitem__)
    return _family_of_file_type(parts[0].file_type)


def _family_of(kind: GGMLType) -> str:
    name = kind.name
    if name.startswith(("IQ", "TQ")):
        return "IQ"
    if name.endswith("_K"):
        return "K"
    if name in ("Q8_0", "Q8_1"):
        return "Q8"
    return "Q4" if name.startswith(("Q", "MXFP", "NVFP")) else "F"


def _family_of_file_type(number: int | None) -> str:
    """The same from ``general.file_type`` (llama.cpp's ``LLAMA_FTYPE``), where the tensors are not read
    yet."""
    if number in (0, 1, 32):
        return "F"
    if number == 7:
        return "Q8"
    if number in (2, 3, 8, 9, 38, 39, 40, 41):
        return "Q4"
    if number is not None and ((19 <= number <= 31 and number != 21) or number in (36, 37)):
        return "IQ"
    return "K"
