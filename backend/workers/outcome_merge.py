"""Sentences for what goes wrong in the ``merge`` worker."""

from __future__ import annotations

from backend.i18n import tr
from backend.workers.protocol import Failure


def merge_sentences(failure: Failure, subject: str) -> tuple[str, str]:
    """Title and hint for a ``merge.`` failure about the model `subject`, into which adapters are merged."""
    match failure.code:
        case "merge.source":
            return (
                tr("{file} could not be read to its end.", file=failure.where),
                tr("Check that its disk is connected and that nothing changes the file, then try again."),
            )
        case "merge.numbers":
            return (
                tr(
                    "With these adapters {model} has weights that cannot be stored: {tensor}.",
                    model=subject,
                    tensor=failure.where,
                ),
                tr("Lower the scales. If that does not help, one of the files may be damaged."),
            )
        case "merge.memory":
            return (
                tr("There is not enough memory to merge adapters into {model}.", model=subject),
                tr("Close other programs, then try again."),
            )
        case "merge.full":
            return (
                tr("The disk is full; the adapters could not be merged into {model}.", model=subject),
                tr("Free some space there, or choose a folder on another disk."),
            )
        case "merge.disk":
            return (
                tr("The new model, made of {model}, could not be written.", model=subject),
                tr("Check that its disk is connected, may be written and has free space."),
            )
        case _:
            return (
                tr("The adapters could not be merged into {model}.", model=subject),
                tr(
                    "All files are untouched. Choose another file of this model, or apply them while it runs."
                ),
            )
