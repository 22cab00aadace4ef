"""Image files as other servers take them."""

from __future__ import annotations

import base64
from pathlib import Path

from backend.errors import AppError
from backend.i18n import tr

_MOST = 20_000_000
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "image/webp"),
    (b"BM", "image/bmp"),
)


def read_image(path: str) -> tuple[bytes, str]:
    """The bytes of an image file and what kind it is, by its first bytes.

    Raises:
        AppError: ``engine.image``.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST + 1)
    except OSError as error:
        raise _unusable(path, str(error)) from error
    kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
    if kind is None or (kind == "image/webp" and data[8:12] != b"WEBP"):
        raise _unusable(path, "unknown format")
    if len(data) > _MOST:
        raise _unusable(path, f"more than {_MOST} bytes")
    return data, kind


def data_url(path: str) -> str:
    """The image in the file at `path` as a ``data:`` address.

    Raises:
        AppError: ``engine.image``.
    """
    data, kind = read_image(path)
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _unusable(path: str, why: str) -> AppError:
    return AppError(
        "engine.image",
        tr("{name} cannot be sent as an image.", name=Path(path).name),
        tr("Use a PNG, JPEG, GIF, WebP or BMP file of at most 20 MB."),
        why,
    )
