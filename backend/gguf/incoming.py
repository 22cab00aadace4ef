"""The bytes of a header as they arrive: held while they are needed, and never waited for in vain."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

from backend.gguf import errors
from backend.i18n import tr

T = TypeVar("T")
Steps = Generator[None, None, T]
"""A step of parsing: yields when it needs more bytes, returns its result."""


class Incoming:
    """A window on the start of a file that moves forward only.

    Args:
        name: Name of the file, for messages.
        file_size: Bytes of the whole file where known.
        cap: Bytes that a header may have at most.

    Attributes:
        buffer: What has arrived and is still held.
        position: The next byte to read, in `buffer`.
        end: Where the header must have ended.
    """

    def __init__(self, name: str, file_size: int | None, cap: int) -> None:
        self.buffer = bytearray()
        self.position = 0
        self.end = cap if file_size is None else min(file_size, cap)
        self._name = name
        self._file_size = file_size
        self._cap = cap
        self._base = 0

    @property
    def here(self) -> int:
        """Position in the file."""
        return self._base + self.position

    @property
    def arrived(self) -> int:
        """Bytes of the file that have come so far."""
        return self._base + len(self.buffer)

    def wait(self, size: int, field: str) -> Steps[None]:
        """Come back when the next `size` bytes are in the buffer.

        Raises:
            AppError: They can never be, because the file or the longest header ends before.
        """
        while len(self.buffer) - self.position < size:
            if self.here + size > self.end:
                raise self._cut(field)
            del self.buffer[: self.position]
            self._base += self.position
            self.position = 0
            yield

    def _cut(self, field: str) -> Exception:
        if self._file_size is not None and self._file_size <= self._cap:
            return errors.ends_early(self._name, field, self.here, self._file_size)
        return errors.too_much(self._name, tr("the header's length"), self.here, self._cap)

    def take(self, size: int, field: str) -> Steps[bytes]:
        yield from self.wait(size, field)
        data = bytes(self.buffer[self.position : self.position + size])
        self.position += size
        return data

    def skip(self, size: int, field: str) -> Steps[None]:
        """Go past `size` bytes without holding more of them than arrive at once."""
        while size > 0:
            yield from self.wait(1, field)
            step = min(size, len(self.buffer) - self.position)
            self.position += step
            size -= step

    def u32(self, field: str) -> Steps[int]:
        return int.from_bytes((yield from self.take(4, field)), "little")

    def u64(self, field: str) -> Steps[int]:
        return int.from_bytes((yield from self.take(8, field)), "little")

    def bounded(self, amount: int, limit: int, each: int, field: str) -> int:
        """`amount`, after checking it against `limit` and against `each` bytes apiece that must still
        follow."""
        room = max(0, self.end - self.here) // each
        if amount > min(limit, room):
            raise errors.too_much(self._name, field, amount, min(limit, room))
        return amount

    def string(self, limit: int, field: str) -> Steps[bytes]:
        length = yield from self.u64(field)
        if length > limit:
            raise errors.too_much(self._name, tr("the length of {field}", field=field), length, limit)
        return (yield from self.take(length, field))
