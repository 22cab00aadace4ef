"""Sentences for what goes wrong in the ``convert`` worker."""

from __future__ import annotations

from backend.i18n import tr
from backend.workers.protocol import Failure


def convert_sentences(failure: Failure, subject: str) -> tuple[str, str]:
    """Title and hint for a ``convert.`` failure about the repository `subject`. What is refused is named with
    its file and field.
    """
    where = failure.where
    known = tr("Look for a GGUF file of this model, or choose another one.")
    again = tr("Download the repository again; files may be missing or damaged.")
    match failure.code:
        case "convert.no_folder":
            return (
                tr("{model} is not a folder that can be read.", model=subject),
                tr("Choose the folder with config.json and the safetensors files."),
            )
        case "convert.no_config":
            return (
                tr("{model} has no config.json, so it is no Hugging Face repository.", model=subject),
                tr("Choose the folder with config.json and the safetensors files."),
            )
        case "convert.no_weights":
            return (
                tr("{model} has no safetensors files.", model=subject),
                tr("Download the whole repository, or choose another one."),
            )
        case "convert.pickle":
            return (
                tr(
                    "{model} has its weights as pickle files, which could run code; they are not opened.",
                    model=subject,
                ),
                tr("Look for a repository of the same model with safetensors files."),
            )
        case "convert.missing_file":
            return (tr("{file} of {model} is missing.", file=where, model=subject), again)
        case "convert.outside":
            return (
                tr(
                    "{file} of {model} leads outside of its folder, so it is not opened.",
                    file=where,
                    model=subject,
                ),
                tr("Do not use this repository unless you know who made it."),
            )
        case "convert.unreadable":
            return (tr("{model} cannot be read: {field}.", model=subject, field=where), again)
        case "convert.architecture":
            return (
                tr(
                    "{model} is of a kind that cannot be converted ({field}: {value}).",
                    model=subject,
                    field=where,
                    value=failure.detail,
                ),
                known,
            )
        case "convert.quantized":
            return (
                tr("The weights of {model} are quantized already ({field}).", model=subject, field=where),
                tr("Choose the repository of the original, with weights in F32, F16 or BF16."),
            )
        case "convert.setting":
            return (
                tr(
                    "{model} has a setting that the engine does not compute: {field}.",
                    model=subject,
                    field=where,
                ),
                known,
            )
        case "convert.dtype":
            return (
                tr(
                    "{model} has weights of a type that cannot be converted: {field}.",
                    model=subject,
                    field=where,
                ),
                tr("Choose a repository with weights in F32, F16 or BF16."),
            )
        case "convert.weights":
            return (tr("The weights of {model} are damaged: {field}.", model=subject, field=where), again)
        case "convert.tensor":
            return (
                tr(
                    "The weights of {model} are not those that config.json describes: {field}.",
                    model=subject,
                    field=where,
                ),
                again,
            )
        case "convert.numbers":
            return (
                tr(
                    "{model} has weights that cannot be stored in this type: {field}.",
                    model=subject,
                    field=where,
                ),
                tr("Choose F32. If that fails too, the file may be damaged."),
            )
        case "convert.pre_tokenizer":
            return (
                tr(
                    "{model} splits text in a way that the engine does not know: {field}.",
                    model=subject,
                    field=where,
                ),
                known,
            )
        case "convert.tokenizer":
            return (
                tr("The tokenizer of {model} cannot be converted: {field}.", model=subject, field=where),
                known,
            )
        case "convert.no_adapter":
            return (
                tr("{model} has no {file}, so it is no PEFT folder.", model=subject, file=where),
                tr("Choose the folder into which the adapter was saved."),
            )
        case "convert.adapter_config":
            return (
                tr(
                    "{model} is more than a plain LoRA, or damaged: {field} is {value}.",
                    model=subject,
                    field=where,
                    value=failure.detail,
                ),
                tr("A GGUF adapter cannot express this. Merge it with its model, then convert that."),
            )
        case "convert.adapter_tensor":
            return (
                tr(
                    "{model} has a tensor that cannot be converted: {field}: {value}.",
                    model=subject,
                    field=where,
                    value=failure.detail,
                ),
                tr("Choose the model on which it was trained, or get a plain LoRA of its linear layers."),
            )
        case "convert.base":
            return (
                tr(
                    "{model} cannot be converted for this model ({field}: {value}).",
                    model=subject,
                    field=where,
                    value=failure.detail,
                ),
                tr("Choose another GGUF file of the model on which it was trained."),
            )
        case "convert.memory":
            return (
                tr("There is not enough memory to convert {model}.", model=subject),
                tr("Close other programs, then try again."),
            )
        case "convert.full":
            return (
                tr("The disk is full; {model} could not be converted.", model=subject),
                tr("Free some space there, or choose a folder on another disk."),
            )
        case "convert.disk":
            return (
                tr("The new file of {model} could not be written.", model=subject),
                tr("Check that its disk is connected, may be written and has free space."),
            )
        case _:
            return (tr("{model} could not be converted.", model=subject), known)
