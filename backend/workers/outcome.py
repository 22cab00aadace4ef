"""Sentences for what goes wrong in a worker: exit codes, signals, and the failure codes it reports."""

from __future__ import annotations

import signal

from backend.errors import AppError
from backend.i18n import tr
from backend.workers.outcome_adapters import adapter_sentences
from backend.workers.outcome_convert import convert_sentences
from backend.workers.outcome_embed import embed_sentences
from backend.workers.outcome_lab import lab_sentences
from backend.workers.outcome_merge import merge_sentences
from backend.workers.outcome_quantize import quantize_sentences
from backend.workers.process import ExitReport
from backend.workers.protocol import Failure

_MEMORY_CODES = frozenset({0xC0000017, 0xC000012D, 0xE0000008})
"""Windows: no memory, commitment limit, and the exception some runtimes raise for it."""


def _detail(report: ExitReport) -> str:
    code = report.code & 0xFFFF_FFFF if report.code > 255 or report.code < -64 else report.code
    if code < 0:
        try:
            ended = f"signal {signal.Signals(-code).name}"
        except ValueError:
            ended = f"signal {-code}"
    else:
        ended = f"exit code {code:#x}" if code > 255 else f"exit code {code}"
    return "\n".join(line for line in (report.reason, ended, report.log) if line)


def explain_exit(report: ExitReport, subject: str, *, loading: bool) -> AppError:
    """What the end of a worker process means for the model `subject` it served."""
    detail = _detail(report)
    code = report.code & 0xFFFF_FFFF if report.code < -64 else report.code
    if report.cause == "stopped":
        return AppError("engine.stopped", tr("The engine was stopped."), "", detail, retryable=True)
    if report.cause == "hung":
        return AppError(
            "engine.hung",
            tr("The engine stopped answering with {model} and was ended.", model=subject),
            tr("Ask again to start it anew. If this happens often, try a smaller model or context."),
            detail,
            retryable=True,
        )
    if report.cause == "protocol":
        return AppError(
            "engine.protocol",
            tr("The engine sent something unreadable while using {model} and was ended.", model=subject),
            tr("Ask again to start it anew."),
            detail,
            retryable=True,
        )
    if code == -9 or code in _MEMORY_CODES:
        title = (
            tr(
                "The system ended the engine while it was loading {model}, most likely for lack of memory.",
                model=subject,
            )
            if loading
            else tr(
                "The system ended the engine while it was using {model}, most likely for lack of memory.",
                model=subject,
            )
        )
        hint = tr(
            "Close other programs, choose a smaller file of the model such as Q4_K_M, or a context of 4096."
        )
        return AppError("engine.killed", title, hint, detail, retryable=True)
    title = (
        tr("The engine crashed while it was loading {model}.", model=subject)
        if loading
        else tr("The engine crashed while it was using {model}.", model=subject)
    )
    hint = (
        tr(
            "The file may be damaged or of a kind this engine can't read. "
            "Check or download it again, or try another."
        )
        if loading
        else tr("What was written so far is kept. Ask again to start the engine anew.")
    )
    return AppError("engine.crashed", title, hint, detail, retryable=not loading)


def explain_failure(failure: Failure, subject: str) -> AppError:
    """The sentence for a failure that the worker reported about the model `subject`."""
    title, hint = _sentences(failure, subject)
    retryable = failure.code in (
        "engine.memory",
        "engine.context_memory",
        "engine.gpu_memory",
        "engine.not_loaded",
        "adapter.memory",
        "adapter.missing",
        "convert.disk",
        "convert.full",
        "convert.memory",
        "merge.disk",
        "merge.full",
        "merge.memory",
        "quantize.memory",
        "quantize.write",
    )
    return AppError(failure.code, title, hint, failure.detail, retryable=retryable)


def _sentences(failure: Failure, subject: str) -> tuple[str, str]:
    another = tr("Choose another model.")
    if failure.code.startswith("quantize."):
        return quantize_sentences(failure.code, subject)
    if failure.code.startswith("convert."):
        return convert_sentences(failure, subject)
    if failure.code.startswith("adapter."):
        return adapter_sentences(failure, subject)
    if failure.code.startswith("embed."):
        return embed_sentences(failure, subject)
    if failure.code.startswith("merge."):
        return merge_sentences(failure, subject)
    if failure.code.startswith("lab."):
        return lab_sentences(failure, subject)
    match failure.code:
        case "engine.context":
            return (
                tr(
                    "The conversation needs about {number} tokens, but the context of {model} has {limit}.",
                    number=failure.number,
                    model=subject,
                    limit=failure.limit,
                ),
                tr("Shorten the message, start a new chat, or choose a larger context."),
            )
        case "engine.context_memory":
            return (
                tr(
                    "There is not enough memory for {model} with a context of {limit} tokens.",
                    model=subject,
                    limit=failure.limit,
                ),
                tr("Choose a smaller context or a quantized cache, or close other programs."),
            )
        case "engine.cache_type":
            return (
                tr("{model} does not work with this type of cache.", model=subject),
                tr("Choose the cache type f16."),
            )
        case "engine.gpu_memory":
            return (
                tr(
                    "There is not enough memory for {layers} layers of {model} on the GPU.",
                    layers=failure.number,
                    model=subject,
                ),
                tr("Put fewer layers on the GPU, or leave the number to Orangery, which tries fewer."),
            )
        case "engine.memory":
            return (
                tr("There is not enough memory to load {model}.", model=subject),
                tr("Choose a smaller file of the model such as Q4_K_M, or close other programs."),
            )
        case "engine.architecture":
            return (
                tr("This engine does not know the kind of model in {model}.", model=subject),
                tr("A newer version of Orangery may know it. Until then, choose another model."),
            )
        case "engine.file_incomplete":
            return (
                tr("The file of {model} is incomplete or damaged.", model=subject),
                tr("Download it again."),
            )
        case "engine.not_gguf":
            return (tr("The file of {model} is not a GGUF model.", model=subject), another)
        case "engine.file_missing":
            return (
                tr("The file of {model} can't be opened.", model=subject),
                tr("Check that its disk is connected and the file is still there."),
            )
        case "engine.not_chat":
            return (tr("{model} is not a model for chatting.", model=subject), another)
        case "engine.not_loaded":
            return (tr("{model} is not loaded.", model=subject), tr("Load it and try again."))
        case "engine.tokenize":
            return (tr("The message can't be turned into tokens of {model}.", model=subject), "")
        case "inspect.no_tokenizer":
            return (tr("{model} has no tokenizer.", model=subject), tr("It does not read text by itself."))
        case "engine.decode":
            return (
                tr("The engine could not compute with {model}.", model=subject),
                tr("Try again; if it happens again, choose a smaller context or another file of the model."),
            )
        case "sampling.grammar":
            return (
                tr("The grammar for this answer can't be used."),
                tr("Correct it, or choose another form for the answer. Its first rule must be called root."),
            )
        case "sampling.schema":
            return (
                tr("The JSON schema for this answer can't be used."),
                tr("Correct it, or choose another form for the answer."),
            )
        case "sampling.tools" if failure.where:
            return (
                tr(
                    "The JSON schema of the function {function} can't be followed: {reason}.",
                    function=failure.where,
                    reason=" ".join(failure.detail.rstrip(".").split()),
                ),
                tr("Correct it or make it simpler, or leave the model free to call or not."),
            )
        case "sampling.tools":
            return (
                tr("{model} can't be held to calls of these functions.", model=subject),
                tr("Offer fewer or make their schemas simpler, or leave the model free to call or not."),
            )
        case "sampling.dead_end":
            return (
                tr("{model} can't go on in the form that this answer must have.", model=subject),
                tr("Make the form simpler, or start the answer anew."),
            )
        case "engine.no_projector":
            return (
                tr("{model} can't read images.", model=subject),
                tr("Choose a model that can, or remove the image."),
            )
        case "engine.projector":
            return (
                tr("The part of {model} that reads images can't be used.", model=subject),
                tr("Download the model again, or remove the image."),
            )
        case "engine.image":
            return (
                tr("An image can't be read."),
                tr("Use a PNG, JPEG, GIF or BMP file of at most 20 MB."),
            )
        case "engine.image_batch":
            return (
                tr("An image is too large for the way {model} is loaded.", model=subject),
                tr("Load the model with its usual batch size."),
            )
        case _:
            return (
                tr("{model} could not be loaded.", model=subject),
                tr("The file may be damaged. Check or download it again, or try another."),
            )


def layers_note(gpu_layers: int | None, layers: int) -> str:
    """What to tell the person when the GPU could not take all layers; empty when it could."""
    if gpu_layers is None:
        return ""
    if gpu_layers == 0:
        return tr("The model does not fit on the GPU, so it runs on the processor, which is slower.")
    return tr(
        "Only {some} of {all} layers fit on the GPU; the processor does the rest, which is slower.",
        some=gpu_layers,
        all=layers,
    )


def template_note(failure: Failure | None) -> str:
    """What to tell the person when the chat template was replaced by ChatML; empty when it was not."""
    match failure.code if failure else "":
        case "":
            return ""
        case "template.missing":
            return tr(
                "This model brings no chat template, so a common one (ChatML) is used. Answers may be odd."
            )
        case "template.timeout" | "template.crashed":
            return tr(
                "The model's chat template took too long, so a common one (ChatML) is used. "
                "Answers may be odd."
            )
        case _:
            return tr(
                "The model's chat template failed, so a common one (ChatML) is used. Answers may be odd."
            )
