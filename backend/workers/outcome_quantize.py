"""Sentences for what goes wrong in the ``quantize`` worker."""

from __future__ import annotations

from backend.i18n import tr


def quantize_sentences(code: str, subject: str) -> tuple[str, str]:
    """Title and hint for a ``quantize.`` failure about the model `subject`."""
    match code:
        case "quantize.needs_imatrix":
            return (
                tr("This type needs an importance matrix for every part of {model}.", model=subject),
                tr("Compute one for this model, or choose a type of at least three bits such as Q3_K_M."),
            )
        case "quantize.imatrix":
            return (
                tr("The importance matrix cannot be used."),
                tr("Choose a file that Orangery or llama.cpp's llama-imatrix made, in the GGUF form."),
            )
        case "quantize.imatrix_differs":
            return (
                tr("The importance matrix is of another model than {model}.", model=subject),
                tr("Choose the one that was computed with this model, or compute one."),
            )
        case "quantize.requantize":
            return already_quantized(subject)
        case "quantize.bad_weights":
            return (
                tr("{model} has weights that are no numbers, so it cannot be quantized.", model=subject),
                tr("The file may be damaged. Check or download it again."),
            )
        case "quantize.memory":
            return (
                tr("There is not enough memory to quantize {model}.", model=subject),
                tr("Close other programs, then try again."),
            )
        case "quantize.write":
            return (
                tr("The new file of {model} could not be written.", model=subject),
                tr("Check that its disk is connected, may be written and has free space."),
            )
        case _:
            return (
                tr("{model} could not be quantized.", model=subject),
                tr(
                    "The file may be damaged or of a kind that this engine does not know; it is untouched. "
                    "Check it, or choose another file of this model."
                ),
            )


def already_quantized(subject: str) -> tuple[str, str]:
    """What to say about quantizing what is quantized."""
    return (
        tr("{model} is quantized already; doing it again loses more than from the original.", model=subject),
        tr("Take the F16 or BF16 file of the model, or say that you want it nevertheless."),
    )
