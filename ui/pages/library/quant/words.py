"""What a loss, a matrix or a text is called."""

from __future__ import annotations

from dataclasses import dataclass

from backend.i18n import tr
from backend.lab.types import LabText, Value
from backend.library.types import LibraryModel
from backend.quantize.types import Imatrix
from ui import format as fmt
from ui.pages.library.words import UNKNOWN

HEAVY, CLEAR, SMALL = 0.2, 0.05, 0.005
"""Mean KL divergence in nats at which a loss begins to be called so; below the last it is hard to notice."""

_PLAIN = frozenset({"F32", "F16", "BF16"})


@dataclass(frozen=True, slots=True)
class Band:
    """A range of KL divergence with one word for all of it. `low` is 0 for the lowest."""

    low: float
    words: str


def bands() -> tuple[Band, ...]:
    """From the heaviest loss to the least."""
    return (
        Band(HEAVY, tr("heavy loss")),
        Band(CLEAR, tr("clear loss")),
        Band(SMALL, tr("small loss")),
        Band(0.0, tr("hard to notice")),
    )


def loss_words(kl_divergence: float) -> str:
    """What a mean KL divergence means for the person."""
    return next(band.words for band in bands() if kl_divergence >= band.low)


def kl(value: float) -> str:
    """A KL divergence with three decimals, and a very small one with four."""
    return fmt.number(value, 3 if value >= 0.0005 else 4 if value >= 0.00005 else 0)


def tilde(value: Value, words: str) -> str:
    """`words`, marked where the value was not measured."""
    return words if value.measured else f"~{words}"


def quantized(model: LibraryModel) -> bool:
    """Whether its weights were quantized already, so that doing so again loses more."""
    return model.quant.upper() not in _PLAIN and model.quant not in ("", UNKNOWN)


def obstacle(model: LibraryModel) -> str:
    """Why `model` cannot be quantized, in a sentence; empty where it can."""
    if model.problem:
        return model.problem
    match model.kind:
        case "adapter":
            return tr("An adapter is small already: it cannot be quantized.")
        case "projector":
            return tr("A projector cannot be quantized: it loses too much.")
        case _:
            return ""


def text_name(text: LabText) -> str:
    """A text in the list of those to measure on."""
    match text.kind:
        case "neutral":
            return tr("Neutral text")
        case "chats":
            return tr("Your chats")
        case "both":
            return tr("Neutral text and your chats")
        case "file":
            return text.name


def matrix_name(matrix: Imatrix) -> str:
    """A saved matrix in the list of those to use."""
    tokens = tr("{count} tokens", n=matrix.tokens, count=fmt.number(matrix.tokens))
    return f"{matrix.text_name}, {tokens}"
