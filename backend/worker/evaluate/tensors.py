"""Reading the tensors of a running graph: the layout of ``ggml_tensor`` in ggml 0.25, and copies to numpy."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import numpy.typing as npt

from backend.worker.ggml import base_library

MUL_MAT, MUL_MAT_ID = 29, 30
"""Numbers of ``ggml_op``; `check_layout` sees to it that they are those of the engine."""
F32, I32 = 0, 26
_DIMS, _SOURCES = 4, 10


class NativeTensor(ctypes.Structure):
    """``struct ggml_tensor``; only the fields up to `name` are used."""


_POINTER = ctypes.POINTER(NativeTensor)
NativeTensor._fields_ = [
    ("type", ctypes.c_int),
    ("buffer", ctypes.c_void_p),
    ("ne", ctypes.c_int64 * _DIMS),
    ("nb", ctypes.c_size_t * _DIMS),
    ("op", ctypes.c_int),
    ("op_params", ctypes.c_int32 * 16),
    ("flags", ctypes.c_int32),
    ("src", _POINTER * _SOURCES),
    ("view_src", _POINTER),
    ("view_offs", ctypes.c_size_t),
    ("data", ctypes.c_void_p),
    ("name", ctypes.c_char * 64),
    ("extra", ctypes.c_void_p),
    ("padding", ctypes.c_char * 8),
]


_ggml = base_library()
_get = _ggml.ggml_backend_tensor_get
_get.argtypes = (_POINTER, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t)
_get.restype = None
_op_name = _ggml.ggml_op_name
_op_name.argtypes, _op_name.restype = (ctypes.c_int,), ctypes.c_char_p
_overhead = _ggml.ggml_tensor_overhead
_overhead.argtypes, _overhead.restype = (), ctypes.c_size_t
_OBJECT = 32
"""``sizeof(struct ggml_object)``, which ``ggml_tensor_overhead`` counts too."""


def layout_known() -> bool:
    """Whether the engine's structure and operations are the ones written down here."""
    names = (_op_name(MUL_MAT), _op_name(MUL_MAT_ID)) == (b"MUL_MAT", b"MUL_MAT_ID")
    return bool(names and _overhead() == _OBJECT + ctypes.sizeof(NativeTensor))


def weight_name(tensor: NativeTensor) -> str:
    """Name of a weight, also where the scheduler made a copy of it on a device: ``CUDA0#name#0``."""
    name: str = tensor.name.decode("utf-8", "replace")
    return name.split("#")[1] if "#" in name else name


def copy(tensor: NativeTensor, dtype: type[np.generic]) -> npt.NDArray[Any]:
    """The values as an array of four axes, slowest first, wherever they lie."""
    shape, strides = tuple(reversed(tensor.ne)), tuple(reversed(tensor.nb))
    item = np.dtype(dtype).itemsize
    size = sum((count - 1) * step for count, step in zip(shape, strides, strict=True)) + item
    data = np.empty(size, np.uint8)
    _get(ctypes.byref(tensor), data.ctypes.data, 0, size)
    return np.ndarray(shape, dtype, data, 0, strides)
