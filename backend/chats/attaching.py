"""Files that people send with a message: text for every model, images for those that see."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from backend.chats.conversation import file_block
from backend.chats.types import Attachment
from backend.engines.types import Turn
from backend.errors import AppError
from backend.files import read_start, write_atomically
from backend.i18n import tr

MAX_BYTES = 10_000_000
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"GIF87a": ".gif",
    b"GIF89a": ".gif",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


class Attaching:
    """Reads files to be sent, and keeps copies of images in a folder, named by their digest."""

    def __init__(self, images: Path) -> None:
        self._images = images

    def read(
        self, path: Path, count: Callable[[Sequence[Turn]], int], vision: Callable[[], bool]
    ) -> Attachment:
        """The file at `path`, ready to be sent.

        Args:
            count: Tokens of turns.
            vision: Whether the chat's model sees images; only asked for an image.

        Raises:
            AppError: ``chat.attachment``: it can't be read, is too large, or is neither text nor an image.
        """
        try:
            data = read_start(path, MAX_BYTES + 1)
        except OSError as error:
            raise _refused(path, tr("It can't be read."), str(error)) from error
        if len(data) > MAX_BYTES:
            raise _refused(path, tr("It is larger than {n} MB.", n=MAX_BYTES // 1_000_000))
        ending = image_ending(data)
        if ending:
            if not vision():
                raise _refused(path, tr("The model of this chat can't see images. Choose one that can."))
            return Attachment(path.name, "image", len(data), path=self.keep(data, ending))
        text = _text(data)
        if text is None:
            raise _refused(path, tr("It is neither text nor a picture (PNG, JPEG, WebP or GIF)."))
        tokens = count((Turn("user", file_block(path.name, text)),))
        return Attachment(path.name, "text", len(data), text=text, tokens=tokens)

    def keep(self, data: bytes, ending: str) -> str:
        """The path of a copy of this image."""
        target = self._images / f"{hashlib.sha256(data).hexdigest()}{ending}"
        if not target.is_file():
            try:
                self._images.mkdir(parents=True, exist_ok=True)
                write_atomically(target, data)
            except OSError as error:
                raise AppError(
                    "chat.attachment",
                    tr("The picture could not be kept in {folder}.", folder=self._images),
                    tr("Free some space on this disk and try again."),
                    str(error),
                    retryable=True,
                ) from error
        return str(target)

    def sweep(self, wanted: Iterable[str]) -> None:
        """Remove the copies that no message has any more."""
        names = {Path(path).name for path in wanted}
        if self._images.is_dir():
            for file in self._images.iterdir():
                if file.name not in names:
                    file.unlink(missing_ok=True)


def image_ending(data: bytes) -> str:
    """The usual ending of an image's file name, told by its first bytes; empty if it is none."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return next((ending for magic, ending in _IMAGES.items() if data.startswith(magic)), "")


def _text(data: bytes) -> str | None:
    """`data` as text: by its mark, as UTF-8, or as Latin-1 if it has no control characters; None if it is
    none.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data, name)
    if b"\0" in data:
        return None
    text = _decoded(data, "utf-8")
    if text is not None:
        return text
    return None if _CONTROLS.intersection(data) else data.decode("cp1252", "replace")


def _decoded(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n")


def _refused(path: Path, why: str, detail: str = "") -> AppError:
    return AppError("chat.attachment", tr("{name} can't be attached.", name=path.name), why, detail)
