"""Sentences for what goes wrong in the ``evaluate`` worker."""

from __future__ import annotations

from backend.i18n import tr
from backend.workers.protocol import Failure


def lab_sentences(failure: Failure, subject: str) -> tuple[str, str]:
    """Title and hint for a ``lab.`` failure about the model `subject`."""
    match failure.code:
        case "lab.text_short":
            return (
                tr(
                    "The text has {number} tokens for {model}, and {limit} are needed.",
                    number=failure.number,
                    model=subject,
                    limit=failure.limit,
                ),
                tr("Choose a longer text."),
            )
        case "lab.disk":
            return (
                tr("The measurements of {model} could not be written.", model=subject),
                tr("Check that the disk may be written and has free space."),
            )
        case "lab.not_finite":
            return (
                tr("{model} computes values that are no numbers.", model=subject),
                tr("The file may be damaged. Check or download it again."),
            )
        case "lab.base":
            return (
                tr("{model} cannot be compared with the original.", model=subject),
                tr("It has another vocabulary. Choose a file that was made from the same original."),
            )
        case _:
            return (
                tr("{model} could not be measured.", model=subject),
                tr("The engine may not support this for the model. Choose another one."),
            )
