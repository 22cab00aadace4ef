"""Which of a repository's files a person means: one that they named, or the usual one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from backend.errors import AppError
from backend.gguf.names import bits_per_weight
from backend.hubs.types import QuantFile, RepoDetail
from backend.i18n import tr

T = TypeVar("T")

RECOMMENDED = "Q4_K_M"
"""The usual balance of quality, size and speed."""


def usual(choices: Iterable[T], label: Callable[[T], str]) -> T | None:
    """The choice labelled `RECOMMENDED`, else the one nearest to it in bits per weight; None without choices.

    Of two equally near ones the larger wins; unknown labels come last.
    """
    wanted = bits_per_weight(RECOMMENDED) or 0.0

    def distance(choice: T) -> tuple[int, float, float]:
        bits = bits_per_weight(label(choice))
        if bits is None:
            return (2, 0.0, 0.0)
        return (label(choice) != RECOMMENDED, abs(bits - wanted), -bits)

    return min(choices, key=distance, default=None)


def usual_quant(choices: Iterable[QuantFile]) -> QuantFile | None:
    """The usual one of some files."""
    return usual(choices, lambda quant: quant.label)


def named_quant(detail: RepoDetail, wanted: str) -> QuantFile:
    """The file that `wanted` names: a path inside the repository (of any part), or a quantization label.

    Raises:
        AppError: ``hub.no_gguf`` or ``hub.not_offered``.
    """
    name = wanted.casefold()
    models = [quant for quant in detail.quants if quant.kind == "model"]
    chosen = usual_quant(
        [
            quant
            for quant in detail.quants
            if name in (quant.name.casefold(), *(part.path.casefold() for part in quant.files))
        ]
        or [quant for quant in models if quant.label.casefold() == name]
    )
    if chosen is None and not models:
        raise AppError(
            "hub.no_gguf",
            tr("{repo} has no GGUF file.", repo=detail.model.id),
            tr("Search for its name together with “GGUF”: somebody may have converted it."),
        )
    if chosen is None:
        labels = ", ".join(dict.fromkeys(quant.label for quant in models))
        raise AppError(
            "hub.not_offered",
            tr("{repo} does not offer {wanted}.", repo=detail.model.id, wanted=wanted),
            tr("It has: {names}.", names=labels),
        )
    return chosen
