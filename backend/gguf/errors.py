"""The sentences for files that cannot be read as GGUF. Each names the file, the field and the next step."""

from __future__ import annotations

from backend.errors import AppError
from backend.i18n import tr


def not_gguf(file: str, head: bytes) -> AppError:
    """The file does not start with ``GGUF``."""
    return AppError(
        "gguf.magic",
        tr("{file} is not a GGUF file.", file=file),
        _what_it_is(head),
        f"first bytes: {head[:16].hex(' ')}",
    )


def _what_it_is(head: bytes) -> str:
    start = head[:64].lstrip().lower()
    if start.startswith((b"<!do", b"<htm", b"<?xm")):
        return tr(
            "It is a web page, which the server or the network sent in place of the file. Download it again."
        )
    if start.startswith(b"version https://git-lfs"):
        return tr("It is a Git LFS pointer, not the model itself. Download the file that it points to.")
    if head[:4] in (b"lmgg", b"tjgg", b"fmgg", b"algg"):
        return tr(
            "It is in the older GGML format, which nothing reads any more. Look for a GGUF of this model."
        )
    if head[:2] == b"PK" or head[:1] == b"\x80":
        return tr("It is a PyTorch file, which can run programs when opened. Look for a GGUF of this model.")
    if head[8:10] == b'{"':
        return tr("It is a safetensors file. Look for a GGUF of this model.")
    return tr("Choose a file that ends in .gguf, or download it again.")


def bad_version(file: str, version: int) -> AppError:
    """A version that this application does not read."""
    hint = (
        tr("It was made by a very old program. Look for a newer file of this model.")
        if version < 2
        else tr("It was made by a newer program. Look for an update of Orangery.")
    )
    return AppError(
        "gguf.version",
        tr("{file} is in GGUF version {version}; versions 2 and 3 can be read.", file=file, version=version),
        hint,
    )


def big_endian(file: str) -> AppError:
    """A file for computers with the other byte order."""
    return AppError(
        "gguf.endian",
        tr("{file} was made for big-endian computers.", file=file),
        tr("Look for a file of this model without “be” in its name."),
    )


def ends_early(file: str, field: str, position: int, size: int) -> AppError:
    """The header goes on where the file ends."""
    return AppError(
        "gguf.truncated",
        tr("{file} is incomplete: it ends in the middle of {field}.", file=file, field=field),
        tr("Download it again."),
        f"byte {position} of {size}",
    )


def data_missing(file: str, tensor: str, needed: int, size: int) -> AppError:
    """The header promises more tensor data than the file has."""
    return AppError(
        "gguf.truncated",
        tr("{file} is incomplete: the data of {tensor} lies past its end.", file=file, tensor=tensor),
        tr("Download it again."),
        f"{needed} bytes needed, {size} there",
    )


def too_much(file: str, field: str, amount: int, limit: int) -> AppError:
    """A count or length that no sane file has."""
    return AppError(
        "gguf.limits",
        tr(
            "{file} is damaged: {field} is {amount}, and at most {limit} is possible.",
            file=file,
            field=field,
            amount=amount,
            limit=limit,
        ),
        _damaged_hint(),
    )


def damaged(code: str, file: str, problem: str) -> AppError:
    """Anything else that is wrong inside; `problem` is translated and starts in lower case."""
    return AppError(
        f"gguf.{code}", tr("{file} is damaged: {problem}.", file=file, problem=problem), _damaged_hint()
    )


def _damaged_hint() -> str:
    return tr("Download it again, or choose another file of this model.")


def unknown_tensor_type(file: str, tensor: str, number: int) -> AppError:
    """A quantization that this engine does not have."""
    return AppError(
        "gguf.type",
        tr(
            "{file} uses a quantization that this version does not know (type {number} in {tensor}).",
            file=file,
            number=number,
            tensor=tensor,
        ),
        tr("Choose another quantization of this model, or look for an update of Orangery."),
    )


def part_missing(file: str, missing: str) -> AppError:
    """One file of a split model is not there."""
    return AppError(
        "gguf.split",
        tr(
            "{file} is one part of a split model, and the part {missing} is missing.",
            file=file,
            missing=missing,
        ),
        tr("Download the missing part into the same folder."),
    )


def part_differs(file: str, detail: str) -> AppError:
    """The parts of a split model contradict each other."""
    return AppError(
        "gguf.split",
        tr("{file} does not belong to the other parts of this split model.", file=file),
        tr("Download all parts of the model again, into the same folder."),
        detail,
    )


def unreadable(file: str, error: OSError) -> AppError:
    """The operating system refused to read the file."""
    return AppError(
        "gguf.read",
        tr("{file} cannot be read: {reason}.", file=file, reason=error.strerror or type(error).__name__),
        tr("Check that the file is still there and that you may read it."),
        str(error),
        retryable=True,
    )
