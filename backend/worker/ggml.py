"""Weights in the storage types of ggml as numbers and back, by ggml's own functions.

They lie in libggml-base, which the binding loads with the rest but does not wrap.
"""

from __future__ import annotations

import ctypes
import functools
import os
from pathlib import Path
from typing import Any

import llama_cpp
import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.gguf.types import GGMLType

Numbers = npt.NDArray[np.float32]
_TO_FLOAT = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)


class _Traits(ctypes.Structure):
    """``struct ggml_type_traits`` of ggml 0.25."""

    _fields_ = (
        ("type_name", ctypes.c_char_p),
        ("blck_size", ctypes.c_int64),
        ("blck_size_interleave", ctypes.c_int64),
        ("type_size", ctypes.c_size_t),
        ("is_quantized", ctypes.c_bool),
        ("to_float", ctypes.c_void_p),
        ("from_float_ref", ctypes.c_void_p),
    )


def base_library() -> Any:
    """The library that has ggml's tensor functions: found through libllama, except on Windows."""
    if os.name == "nt":
        return ctypes.CDLL(str(Path(llama_cpp.__file__).parent / "lib" / "ggml-base.dll"))
    return native._lib


@functools.cache
def _functions() -> Any:
    library = base_library()
    library.ggml_get_type_traits.argtypes = (ctypes.c_int,)
    library.ggml_get_type_traits.restype = ctypes.POINTER(_Traits)
    pointer, count = ctypes.c_void_p, ctypes.c_int64
    library.ggml_quantize_chunk.argtypes = (ctypes.c_int, pointer, pointer, count, count, count, pointer)
    library.ggml_quantize_chunk.restype = ctypes.c_size_t
    library.ggml_validate_row_data.argtypes = (ctypes.c_int, pointer, ctypes.c_size_t)
    library.ggml_validate_row_data.restype = ctypes.c_bool
    return library


@functools.cache
def _to_float(kind: GGMLType) -> Any:
    """Raises:
    LookupError: The engine stores this type otherwise than it is written down here, or cannot read it."""
    traits = _functions().ggml_get_type_traits(kind).contents
    if (traits.blck_size, traits.type_size) != (kind.block_elements, kind.block_bytes):
        raise LookupError(f"{kind.name} is {traits.type_size} bytes for {traits.blck_size} weights here")
    if not traits.to_float:
        raise LookupError(f"{kind.name} has no to_float")
    return _TO_FLOAT(traits.to_float)


def to_numbers(data: bytes, kind: GGMLType) -> Numbers:
    """Weights of the type `kind` as numbers; those of F32 are a view of `data`.

    Raises:
        LookupError: The engine does not read this type.
    """
    if kind is GGMLType.F32:
        return np.frombuffer(data, np.float32)
    convert = _to_float(kind)
    source = np.frombuffer(data, np.uint8)
    numbers = np.empty(len(data) // kind.block_bytes * kind.block_elements, np.float32)
    convert(source.ctypes.data, numbers.ctypes.data, numbers.size)
    return numbers


def to_weights(rows: Numbers, kind: GGMLType) -> bytes | None:
    """`rows` (rows × columns) in the type `kind`, which must not be one that needs an importance matrix; None
    where a number has no place in it."""
    if not np.isfinite(rows).all():
        return None
    if kind is GGMLType.F32:
        return rows.tobytes()
    _to_float(kind)  # that its layout is known
    rows = np.ascontiguousarray(rows, np.float32)
    count, columns = rows.shape
    weights = np.empty(kind.nbytes(rows.size), np.uint8)
    _functions().ggml_quantize_chunk(kind, rows.ctypes.data, weights.ctypes.data, 0, count, columns, None)
    fine = _functions().ggml_validate_row_data(kind, weights.ctypes.data, weights.size)
    return weights.tobytes() if fine else None
