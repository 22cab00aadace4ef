"""Choosing between the files of one model: for this machine, by name, or out of a folder."""

from __future__ import annotations

from pathlib import Path

from backend.capacity.types import Machine, Verdict
from backend.capacity.verdict import room_for
from backend.errors import AppError
from backend.hubs.choosing import named_quant, usual_quant
from backend.hubs.files import group
from backend.hubs.types import HubModel, QuantFile, RemoteFile, RepoDetail, Source
from backend.i18n import tr

_OVERHEAD = 1.15
"""Context and buffers over the file size, for choosing between files before their headers are read."""


def best_quant(detail: RepoDetail, machine: Machine) -> QuantFile | None:
    """The file that most people should take on this machine; None where the repository has no model file.

    The usual one (see `backend.hubs.choosing`) of those that fit; the smallest where none does. The sizes of
    one Ollama model are different models, so there it is the largest that fits.
    """
    models = [quant for quant in detail.quants if quant.kind == "model"]

    def verdict(quant: QuantFile) -> Verdict:
        need = round(quant.size * _OVERHEAD)
        return room_for(need, need, machine).verdict

    if detail.model.source is Source.OLLAMA:
        plain = [quant for quant in models if quant.size and quant.tag in (*detail.model.sizes, "latest")]
        for fine in (Verdict.FITS_GPU, Verdict.FITS, Verdict.TIGHT):
            if fitting := [quant for quant in plain if verdict(quant) is fine]:
                return max(fitting, key=lambda quant: (quant.size, quant.tag != "latest"))

    for good in ({Verdict.FITS_GPU, Verdict.FITS}, {Verdict.TIGHT}):
        if best := usual_quant(quant for quant in models if verdict(quant) in good):
            return best
    return min(models, key=lambda quant: quant.size, default=None)


def pick_quant(detail: RepoDetail, wanted: str, machine: Machine) -> QuantFile:
    """The file that `wanted` names, by label or path; the best one for this machine where it is empty.

    Raises:
        AppError: ``hub.no_gguf`` or ``hub.not_offered``.
    """
    best = None if wanted else best_quant(detail, machine)
    return best or named_quant(detail, wanted)


def best_in_folder(folder: Path, machine: Machine) -> Path:
    """The model file in a folder, or below it, that most people should take: the first part of a split one.

    Raises:
        AppError: ``fit.folder`` or ``fit.empty_folder``.
    """
    try:
        found = sorted(path for path in folder.rglob("*.gguf") if path.is_file())
        files = [RemoteFile(path.relative_to(folder).as_posix(), path.stat().st_size) for path in found]
    except OSError as error:
        raise AppError(
            "fit.folder",
            tr("The folder {folder} cannot be read.", folder=folder.name),
            tr("Check that it is still there and that you may read it."),
            str(error),
        ) from error
    model = HubModel(folder.name, Source.HUGGING_FACE, "", folder.name)
    best = best_quant(RepoDetail(model, "", group(files)), machine)
    if best is None:
        raise AppError(
            "fit.empty_folder",
            tr("There is no GGUF model in the folder {folder}.", folder=folder.name),
            tr("Name a folder with .gguf files. Other kinds of model files have to be converted first."),
        )
    return folder / best.files[0].path


def choice_word(quant: QuantFile) -> str:
    """What a row says of the choice it is about. ``latest`` says nothing; its size does."""
    if quant.tag and quant.tag != "latest":
        return quant.tag
    word = quant.parameters or quant.label if quant.tag else quant.label
    return "" if word == "unknown" else word
