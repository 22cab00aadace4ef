"""Sentences for what goes wrong when vectors are made of texts."""

from __future__ import annotations

from backend.i18n import tr
from backend.workers.protocol import Failure


def embed_sentences(failure: Failure, subject: str) -> tuple[str, str]:
    """Title and hint for a failure whose code begins with ``embed.``."""
    match failure.code:
        case "embed.too_long":
            return (
                tr(
                    "Text {which} has {number} tokens, but {model} reads at most {limit} at once.",
                    which=failure.where,
                    number=failure.number,
                    model=subject,
                    limit=failure.limit,
                ),
                tr("Cut it into shorter texts."),
            )
        case "embed.empty":
            return (
                tr("Text {which} is empty.", which=failure.where),
                tr("Leave it out, or write something there."),
            )
        case _:
            return (
                tr("{model} makes no vectors of texts.", model=subject),
                tr("Choose a model for embeddings or an ordinary chat model."),
            )
