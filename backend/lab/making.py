"""Making the files that the quant lab measures, and what is checked before anything is begun."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from backend.activities.runner import Step
from backend.errors import AppError
from backend.i18n import tr
from backend.lab.measuring import Measurer
from backend.lab.types import LabRequest
from backend.library.library import Library
from backend.library.types import LibraryModel
from backend.quantize.catalog import quant_type, tensor_type
from backend.quantize.service import Quantizer
from backend.quantize.target import check_space
from backend.quantize.types import Made, QuantizeOptions, TypeForecast
from backend.workers.outcome_quantize import already_quantized, quantize_sentences

_CONTEXT = 512
"""The context of a forecast of which only sizes are wanted."""


def canonical(request: LabRequest) -> LabRequest:
    """With the names of the types as the catalogue has them, each once.

    Raises:
        AppError: ``quantize.unknown_type``.
    """
    return replace(request, types=tuple(dict.fromkeys(quant_type(name).name for name in request.types)))


class LabMaker:
    """Files of a type: those of the library, or new ones."""

    def __init__(self, quantizer: Quantizer, library: Library, measurer: Measurer) -> None:
        self._quantizer = quantizer
        self._library = library
        self._measurer = measurer

    def make(
        self,
        step: Step,
        row: LibraryModel,
        request: LabRequest,
        kind: str,
        matrix: Path | None,
        scratch: Path | None = None,
    ) -> Made:
        """The file of a type: one of the library, or a new one, at `scratch` where it is not to be kept."""
        options = _options(row, request, kind, matrix)
        present = self._present(row, options)
        if present is not None:
            return present
        making = Step(step.stop, lambda _done, _total, _note: None)  # it counts bytes, and this run tokens
        step.say(tr("Making {type}", type=kind))
        return self._quantizer.make(making, row.id, options, scratch, scratch=scratch is not None)

    def check(self, row: LibraryModel, request: LabRequest) -> None:
        """Raises:
        AppError: A type of the request cannot be made, or the disk has no room for the files."""
        missing = [
            kind
            for kind in request.types
            if self._present(row, _options(row, request, kind, request.imatrix)) is None
        ]
        if not missing:
            return
        tensor_type(request.output_type)
        tensor_type(request.embedding_type)
        forecasts = {
            found.type.name: found
            for found in self._quantizer.forecast(
                row.id, _options(row, request, "", request.imatrix), _CONTEXT
            )
        }
        for kind in missing:
            self._check_type(row, request, forecasts[kind])
        sizes = [forecasts[kind].size for kind in missing]
        keep = _kept(request)
        folder = self._quantizer.folder if keep else self._measurer.folder()
        check_space(folder, sum(sizes) if keep else max(sizes))

    @staticmethod
    def _check_type(row: LibraryModel, request: LabRequest, found: TypeForecast) -> None:
        if not found.refusal:
            return
        if found.type.needs_imatrix and request.imatrix is None:
            if request.imatrix_text is not None:
                return  # it is computed first
            hint = tr("Choose an importance matrix, or have one computed.")
            raise AppError("quantize.needs_imatrix", found.refusal, hint)
        if not request.requantize:
            raise AppError("quantize.requantize", *already_quantized(row.name))
        raise AppError("quantize.failed", found.refusal, quantize_sentences("quantize.failed", row.name)[1])

    def _present(self, row: LibraryModel, options: QuantizeOptions) -> Made | None:
        """A file of the library that was made in exactly this way."""
        for model in self._library.models():
            recipe = self._quantizer.recipe_of(model.sha256) if model.sha256 and not model.problem else None
            if recipe is None or not row.sha256 or recipe.source_sha256 != row.sha256:
                continue
            same = (
                recipe.kind == "quantize"
                and recipe.recipe.type == options.type.upper()
                and recipe.recipe.imatrix == (options.imatrix.name if options.imatrix else "")
                and recipe.recipe.output_type == (options.output_type or "")
                and recipe.recipe.embedding_type == (options.embedding_type or "")
                and (not options.keep_split or len(model.parts) > 1)
            )
            if same:
                return Made(model.path, model.size, model.sha256 or "")
        return None


def _kept(request: LabRequest) -> bool:
    return request.keep or not request.measure


def _options(row: LibraryModel, request: LabRequest, kind: str, matrix: Path | None) -> QuantizeOptions:
    return QuantizeOptions(
        kind,
        matrix,
        request.output_type,
        request.embedding_type,
        threads=request.threads,
        keep_split=request.keep_split and len(row.parts) > 1 and _kept(request),
        requantize=request.requantize,
    )
