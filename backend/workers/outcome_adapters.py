"""Sentences for what goes wrong with an adapter in the inference worker."""

from __future__ import annotations

from pathlib import Path

from backend.i18n import tr
from backend.workers.protocol import Failure


def adapter_sentences(failure: Failure, subject: str) -> tuple[str, str]:
    """Title and hint for an ``adapter.`` failure over the model `subject`; `Failure.where` is the file."""
    name = Path(failure.where).name
    another = tr("Remove it from the mix, or choose another adapter.")
    match failure.code:
        case "adapter.missing":
            return (
                tr("The adapter {name} can't be opened.", name=name),
                tr("Check that its disk is connected and the file is still there."),
            )
        case "adapter.damaged":
            return (
                tr("The file of the adapter {name} is incomplete or damaged.", name=name),
                tr("Download or convert it again."),
            )
        case "adapter.memory":
            return (
                tr("There is not enough memory for the adapter {name}.", name=name),
                tr("Close other programs, or remove it from the mix."),
            )
        case "adapter.no_effect":
            return (
                tr("The adapter {name} changes nothing in {model}.", name=name, model=subject),
                tr("It may never have been trained, or be meant for another model. {hint}", hint=another),
            )
        case "adapter.not_finite":
            return (
                tr(
                    "With the adapter {name}, {model} computes values that are no numbers.",
                    name=name,
                    model=subject,
                ),
                tr("The file may be damaged, or made for another model. {hint}", hint=another),
            )
        case "adapter.activated":
            return (
                tr("The adapter {name} is only meant to be used from certain words on.", name=name),
                tr("Orangery can't do that yet. {hint}", hint=another),
            )
        case "adapter.scale":
            return (
                tr("The strength of the adapter {name} is not a number.", name=name),
                tr("Enter a number such as 0.5."),
            )
        case _:
            return (
                tr("The adapter {name} can't be used with {model}.", name=name, model=subject),
                tr("It may be made for another model. {hint}", hint=another),
            )
