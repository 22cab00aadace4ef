"""What will happen when a model is loaded that does not fit, in a sentence."""

from __future__ import annotations

from backend.capacity.types import Fit, Machine, Verdict
from backend.i18n import tr

_MB, _GB = 1e6, 1e9
_MEMORY_CAUSES = frozenset({"engine.memory", "engine.context_memory", "engine.killed"})
"""Codes of failures that less memory would have avoided."""


def load_warning(fit: Fit, machine: Machine, cause: str = "") -> str:
    """What to tell before a load; empty where it fits.

    Args:
        cause: Code of the error with which the last load of this file failed; empty where it worked.
    """
    sentences = []
    if cause in _MEMORY_CAUSES:
        sentences.append(tr("The last attempt failed for lack of memory."))
    need, free = _size(fit.ledger.total), _size(fit.free)
    gpu = bool(machine.gpus and fit.ledger.gpu)
    match fit.verdict:
        case Verdict.TOO_BIG:
            sentences.append(
                tr(
                    "It needs {need}, but only {free} are free. The system would have to swap, which makes"
                    " everything very slow, or end the engine.",
                    need=need,
                    free=free,
                )
            )
        case Verdict.TIGHT | Verdict.FITS if gpu:
            sentences.append(
                tr("It does not fit on the GPU. Part of it will run on the processor, which is slower.")
            )
        case Verdict.TIGHT:
            sentences.append(
                tr(
                    "It needs {need} of the {free} that are free. Other programs may become slow.",
                    need=need,
                    free=free,
                )
            )
    return " ".join(sentences)


def _size(count: int) -> str:
    if count < _GB:
        return tr("{size} MB", size=f"{count / _MB:.0f}")
    return tr("{size} GB", size=f"{count / _GB:.1f}")
