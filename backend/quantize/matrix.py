"""What the file of an importance matrix says about itself, and whether it is of the model in question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from backend.errors import AppError
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.i18n import tr
from backend.library.stores.found import shown

_SUMS = ".in_sum2"


@dataclass(frozen=True, slots=True)
class MatrixInfo:
    """Attributes:
    dataset: Name of the text that it was computed from; empty where it says none.
    chunks: Pieces of text that went through the model.
    widths: Values by name of the tensor that they weigh: columns, times experts.
    """

    path: Path
    dataset: str
    chunks: int
    widths: dict[str, int] = field(repr=False)


def read_info(path: Path) -> MatrixInfo:
    """Raises:
    AppError: ``quantize.imatrix``: it is none in llama.cpp's GGUF form; or a ``gguf.`` code."""
    if not path.is_file():
        raise AppError(
            "quantize.imatrix",
            tr("There is no file {path}.", path=shown(str(path))),
            tr("Check the path of the importance matrix, or compute one."),
        )
    try:
        header = read_header(path)
    except AppError as error:
        raise _no_matrix(path, str(error)) from error
    widths = {
        tensor.name.removesuffix(_SUMS): tensor.elements
        for tensor in header.tensors
        if tensor.name.endswith(_SUMS)
    }
    datasets = header.array("imatrix.datasets")
    chunks = header.integer("imatrix.chunk_count")
    if not widths or datasets is None or chunks is None:
        raise _no_matrix(path, "there are no importance values in it")
    first = next(iter(datasets), "") if datasets.raw is not None else ""
    return MatrixInfo(path, str(first), chunks, widths)


def check_fits(info: MatrixInfo, headers: Sequence[Header]) -> None:
    """Raises:
    AppError: ``quantize.imatrix_differs``: it was computed with another model."""
    shapes = {tensor.name: tensor.shape for header in headers for tensor in header.tensors}
    known = [name for name in info.widths if name in shapes]
    wrong = next((name for name in known if not _fits(shapes[name], info.widths[name], name)), "")
    if wrong or 2 * len(known) < len(info.widths):
        missing = next((name for name in info.widths if name not in shapes), "")
        raise differs(info.path.name, wrong or missing)


def differs(name: str, detail: str) -> AppError:
    return AppError(
        "quantize.imatrix_differs",
        tr("The importance matrix {file} is of another model.", file=name),
        tr("Choose the one that was computed with this model, or compute one."),
        detail,
    )


def _fits(shape: tuple[int, ...], width: int, name: str) -> bool:
    experts = shape[2] if len(shape) > 2 else 1
    # The engine itself does without one for the token embedding where it does not match.
    return width == shape[0] * experts or name == "token_embd.weight"


def _no_matrix(path: Path, detail: str) -> AppError:
    return AppError(
        "quantize.imatrix",
        tr("{file} is not an importance matrix that can be used.", file=path.name),
        tr("Choose a file that Orangery or llama.cpp's llama-imatrix made, in the GGUF form."),
        detail,
    )
