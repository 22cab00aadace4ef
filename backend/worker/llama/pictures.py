"""Images in a conversation: read, encoded by the model's projector, and put into the memory of a sequence.

In a prompt, an image stands as positions with one negative number, made from its content: equal images are
equal prefixes, and no token is negative. Models with positions in two dimensions (M-RoPE) need fewer
positions than cells of memory.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import struct
import weakref
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import llama_cpp.mtmd_cpp as native
import numpy as np
import numpy.typing as npt

from backend.engines.types import Turn
from backend.worker.llama.logs import NativeLog
from backend.worker.llama.model import Model, engine_error

_MOST_BYTES = 20_000_000
_MOST_PIXELS = 64_000_000
"""Three bytes each once decoded."""
_KEPT = 8
"""Encoded images that are remembered: the next turn of a chat has them again."""
_TEXT, _IMAGE = 0, 1


@dataclass(slots=True, eq=False)
class Picture:
    """An image in a prompt.

    Attributes:
        start: Its first position.
        length: How many positions it takes.
        cells: How many cells of the context's memory.
        id: SHA-256 of its file.
        owner: Keeps `chunk` alive.
        source: The projector that read it.
        embeddings: What the projector made of it; None before `Pictures.encode`.
    """

    start: int
    length: int
    cells: int
    id: str
    chunk: ctypes.c_void_p
    owner: _Chunks
    source: Pictures
    embeddings: npt.NDArray[np.float32] | None = None

    @property
    def end(self) -> int:
        return self.start + self.length


class _Chunks:
    """Chunks of a prompt in native memory, freed with this object."""

    def __init__(self) -> None:
        self.handle = native.mtmd_input_chunks_init()
        weakref.finalize(self, native.mtmd_input_chunks_free, self.handle)

    def __len__(self) -> int:
        return int(native.mtmd_input_chunks_size(self.handle))

    def __getitem__(self, index: int) -> ctypes.c_void_p:
        return native.mtmd_input_chunks_get(self.handle, index)  # type: ignore[no-any-return]


class Pictures:
    """The projector of a model, opened with the first image. `put` belongs to the decode thread, all else to
    the preparing one.

    Attributes:
        marker: What stands for an image in a rendered prompt; no text that anybody writes.
    """

    def __init__(self, path: Path, model: Model, log: NativeLog, *, gpu: bool, threads: int) -> None:
        self._path = path
        self._model = model
        self._log = log
        self._gpu = gpu
        self._threads = threads
        self._context: ctypes.c_void_p | None = None
        self._known: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()
        self.marker = f"<__image_{secrets.token_hex(8)}__>"

    def close(self) -> None:
        if self._context:
            native.mtmd_free(self._context)
            self._context = None

    def mark(self, turns: Sequence[Turn]) -> tuple[Turn, ...]:
        """The conversation with a marker for each image, before the words of its turn."""
        return tuple(
            replace(turn, content="".join(f"{self.marker}\n" for _ in turn.images) + turn.content, images=())
            for turn in turns
        )

    def read(self, text: str, paths: Sequence[str]) -> tuple[array[int], tuple[Picture, ...]]:
        """Positions of a rendered prompt whose markers stand for the images at `paths`, in their order.

        Raises:
            EngineError: ``engine.projector``, ``engine.image``.
        """
        context = self._open()
        bitmaps: list[ctypes.c_void_p] = []
        try:
            bitmaps += (self._bitmap(context, Path(path)) for path in paths)
            chunks, data = _Chunks(), text.encode("utf-8", "replace")
            asked = native.mtmd_input_text(
                text=data,
                text_len=len(data),
                add_special=not (self._model.bos and text.startswith(self._model.bos)),
                parse_special=True,
            )
            images = (native.mtmd_bitmap_p_ctypes * len(bitmaps))(*bitmaps)
            code = native.mtmd_tokenize(context, chunks.handle, ctypes.byref(asked), images, len(bitmaps))
        finally:
            for bitmap in bitmaps:
                native.mtmd_bitmap_free(bitmap)
        if code != 0:
            raise engine_error("engine.image", f"mtmd_tokenize returned {code}")
        return self._positions(chunks)

    def encode(self, pictures: Sequence[Picture]) -> None:
        """Compute what the model sees; seconds for each image on a processor."""
        for picture in pictures:
            made = self._known.pop(picture.id, None)
            if made is None:
                made = self._encode(picture)
            self._known[picture.id] = picture.embeddings = made
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)

    def put(self, picture: Picture, context: ctypes.c_void_p, seq: int, n_batch: int) -> int:
        """Put an encoded image into the memory of a sequence; returns llama.cpp's code, 0 when it is done.

        Raises:
            EngineError: ``engine.image_batch``: the model must see it at once, and it is larger than a batch.
        """
        assert picture.embeddings is not None
        if picture.cells > n_batch and native.mtmd_decode_use_non_causal(self._context, picture.chunk):
            raise engine_error("engine.image_batch", number=picture.cells, limit=n_batch)
        after = ctypes.c_int32()
        return int(
            native.mtmd_helper_decode_image_chunk(
                self._context,
                context,
                picture.chunk,
                picture.embeddings.ctypes.data_as(ctypes.POINTER(ctypes.c_float)),
                picture.start,
                seq,
                n_batch,
                ctypes.byref(after),
                native.mtmd_helper_post_decode_callback(),
                None,
            )
        )

    def _open(self) -> ctypes.c_void_p:
        if self._context is None:
            params = native.mtmd_context_params_default()
            params.use_gpu = self._gpu
            params.print_timings = False
            params.warmup = False
            params.n_threads = self._threads
            params.media_marker = self.marker.encode()
            native.mtmd_helper_log_set(self._log.callback, None)
            self._context = native.mtmd_init_from_file(os.fsencode(self._path), self._model.handle, params)
            if not self._context:
                raise engine_error("engine.projector", self._log.problems())
            if not native.mtmd_support_vision(self._context):
                self.close()
                raise engine_error("engine.projector", "it does not read images")
        return self._context

    def _bitmap(self, context: ctypes.c_void_p, path: Path) -> ctypes.c_void_p:
        data = read_image(path)
        buffer = (ctypes.c_uint8 * len(data)).from_buffer_copy(data)
        bitmap = native.mtmd_helper_bitmap_init_from_buf(context, buffer, len(data), False)
        if not bitmap:
            raise engine_error("engine.image", f"{path.name}: damaged")
        return bitmap  # type: ignore[no-any-return]

    def _positions(self, chunks: _Chunks) -> tuple[array[int], tuple[Picture, ...]]:
        prompt: array[int] = array("i")
        pictures: list[Picture] = []
        for index in range(len(chunks)):
            chunk = chunks[index]
            count = int(native.mtmd_input_chunk_get_n_tokens(chunk))
            match native.mtmd_input_chunk_get_type(chunk):
                case int(kind) if kind == _TEXT:
                    size = ctypes.c_size_t()
                    tokens = native.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(size))
                    prompt.extend(tokens[: size.value])
                case int(kind) if kind == _IMAGE:
                    length = int(native.mtmd_input_chunk_get_n_pos(chunk))
                    name = native.mtmd_input_chunk_get_id(chunk) or b""
                    pictures.append(Picture(len(prompt), length, count, name.decode(), chunk, chunks, self))
                    prompt.extend([-1 - (zlib.crc32(name) & 0x7FFF_FFFE)] * length)
                case kind:
                    raise engine_error("engine.image", f"chunk of kind {kind}")
        return prompt, tuple(pictures)

    def _encode(self, picture: Picture) -> npt.NDArray[np.float32]:
        code = native.mtmd_encode_chunk(self._context, picture.chunk)
        if code != 0:
            raise engine_error("engine.image", f"mtmd_encode_chunk returned {code}")
        size = picture.cells * self._model.n_embd_inp
        return np.ctypeslib.as_array(native.mtmd_get_output_embd(self._context), shape=(size,)).copy()


def read_image(path: Path) -> bytes:
    """The bytes of an image file, after a look at its kind and size: a decoder should not meet anything else.

    Raises:
        EngineError: ``engine.image``: it is no PNG, JPEG, GIF or BMP, or too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise engine_error("engine.image", f"{path.name}: {error.strerror}") from error
    if len(data) > _MOST_BYTES:
        raise engine_error("engine.image", f"{path.name}: more than {_MOST_BYTES} bytes")
    try:
        wide, high = _size_of(data)
    except (struct.error, ValueError) as error:
        raise engine_error("engine.image", f"{path.name}: unknown format") from error
    if not 0 < wide * high <= _MOST_PIXELS:
        raise engine_error("engine.image", f"{path.name}: {wide} × {high} pixels")
    return data


def _size_of(data: bytes) -> tuple[int, int]:
    """Width and height in pixels by the header. Raises `ValueError` or `struct.error` for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        wide, high = struct.unpack_from(">II", data, 16)
        return wide, high
    if data.startswith((b"GIF87a", b"GIF89a")):
        wide, high = struct.unpack_from("<HH", data, 6)
        return wide, high
    if data.startswith(b"BM"):
        wide, high = struct.unpack_from("<ii", data, 18)
        return abs(wide), abs(high)
    if data.startswith(b"\xff\xd8\xff"):
        return _size_of_jpeg(data)
    raise ValueError("unknown format")


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """From the first start-of-frame segment."""
    at = 2
    while True:
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF:
            raise ValueError("not a segment")
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack_from(">HH", data, at + 5)
            return wide, high
        at += 2 + length if kind != 0xFF else 1
