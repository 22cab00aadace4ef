"""Rows of the quant lab from results and forecasts, such that rows of one table can be compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from backend.capacity.types import Fit
from backend.gguf.reader import read_headers
from backend.lab.types import LabRow, Value
from backend.library.types import LibraryModel
from backend.store.lab import LabResult
from backend.workers.messages_lab import Evaluated


def result_key(row: LibraryModel) -> str:
    """What results of one original are kept under: its content, where that is known."""
    return row.sha256 or row.id


def parameter_count(row: LibraryModel) -> int:
    return row.parameters or sum(t.elements for header in read_headers(row.path) for t in header.tensors)


def bits_per_weight(path: Path, parameters: int) -> float:
    """Bits of the tensors' data for each parameter; what is around them in the file does not count."""
    data = sum(tensor.nbytes for header in read_headers(path) for tensor in header.tensors)
    return 8 * data / max(1, parameters)


def comparable(results: tuple[LabResult, ...]) -> dict[str, LabResult]:
    """The newest result of each type, all on the same text and as many tokens of it: those on which the
    original (whose type is empty) was measured last.

    Args:
        results: Newest first.
    """
    base = next((found for found in results if not found.type), None)
    chosen: dict[str, LabResult] = {}
    for found in results:
        if base is not None and (found.text_sha256, found.tokens) == (base.text_sha256, base.tokens):
            chosen.setdefault(found.type, found)
    return chosen


def memory_bytes(found: Evaluated) -> int:
    on_gpu = sum(m.weights + m.kv + m.compute for m in found.memory if m.device != "CPU")
    return found.rss + on_gpu


def speed(fit: Fit | None) -> Value | None:
    if fit is None:
        return None
    if fit.generation is not None:
        return Value(fit.generation.likely, fit.generation.low, fit.generation.high, measured=False)
    likely = fit.tokens_per_second
    return None if likely is None else Value(likely, likely / 2, likely * 2, measured=False)


def needed(fit: Fit | None) -> Value | None:
    if fit is None:
        return None
    total = float(fit.ledger.total)
    return Value(total, 0.9 * total, 1.1 * total, measured=False)


def original_row(row: LibraryModel, fit: Fit | None, parameters: int) -> LabRow:
    exact = Value(0.0, 0.0, 0.0, measured=True)
    return LabRow(
        row.quant,
        row.size,
        True,
        bits_per_weight(row.path, parameters),
        fit,
        None,
        exact,
        replace(exact, value=1.0, low=1.0, high=1.0),
        speed(fit),
        needed(fit),
        path=row.path,
        in_library=row.id,
    )


def merged(row: LabRow, found: LabResult | None) -> LabRow:
    """`row` with what was measured in the place of what was predicted."""
    if found is None:
        return row
    return replace(
        row,
        size=found.size,
        exact_size=True,
        bits_per_weight=found.bits_per_weight,
        perplexity=measured_value(found.perplexity, found.perplexity_error),
        kl_divergence=measured_value(found.kl_divergence, found.kl_error),
        same_top=measured_value(found.same_top, 0.0),
        generation=measured_value(found.generation_tps, 0.0),
        memory=measured_value(found.memory, 0.0),
        measured_on=found.text_name,
        created=found.created,
    )


def measured_value(value: float | None, error: float | None) -> Value | None:
    if value is None:
        return None
    return Value(float(value), value - (error or 0.0), value + (error or 0.0), measured=True)
