"""The engine's own ledger of a context: bytes of weights, cache and compute buffers per device.

The library exports the function, but as C++: it returns a ``std::map`` by value. Where the standard library
is GNU's, which is so on Linux, the layout of that map is fixed, and it is read here field by field. Elsewhere
the caller has the log.
"""

from __future__ import annotations

import ctypes
import sys

import llama_cpp.llama_cpp as native
from llama_cpp._ggml import libggml

from backend.engines.types import DeviceMemory

_SYMBOL = "_Z26llama_get_memory_breakdownPK13llama_context"
_MOST = 64
"""More kinds of buffers than any machine has: beyond that the layout is not what we think."""


class _Map(ctypes.Structure):
    """``std::map`` of libstdc++: the comparison, the header node (colour, root, first, last), the count."""

    _fields_ = (
        ("compare", ctypes.c_uint64),
        ("colour", ctypes.c_uint64),
        ("root", ctypes.c_void_p),
        ("first", ctypes.c_void_p),
        ("last", ctypes.c_void_p),
        ("count", ctypes.c_uint64),
    )


class _Node(ctypes.Structure):
    """A node of that map: buffer type to bytes of model, context and compute."""

    _fields_ = (
        ("colour", ctypes.c_uint64),
        ("parent", ctypes.c_void_p),
        ("left", ctypes.c_void_p),
        ("right", ctypes.c_void_p),
        ("buffer_type", ctypes.c_void_p),
        ("model", ctypes.c_uint64),
        ("context", ctypes.c_uint64),
        ("compute", ctypes.c_uint64),
    )


def breakdown(context: ctypes.c_void_p) -> tuple[DeviceMemory, ...] | None:
    """Exact bytes per device, ``CPU`` first; None where the library cannot be asked.

    The nodes of the returned map are not freed: a few hundred bytes for each context that is ever made.
    """
    if sys.platform != "linux":
        return None
    try:
        ask = getattr(native._lib, _SYMBOL)
        is_host = libggml.ggml_backend_buft_is_host
        device_of = libggml.ggml_backend_buft_get_device
        name_of, kind_of = libggml.ggml_backend_dev_name, libggml.ggml_backend_dev_type
    except AttributeError:
        return None
    ask.argtypes, ask.restype = [ctypes.c_void_p, ctypes.c_void_p], None
    is_host.argtypes, is_host.restype = [ctypes.c_void_p], ctypes.c_bool
    device_of.argtypes, device_of.restype = [ctypes.c_void_p], ctypes.c_void_p
    name_of.argtypes, name_of.restype = [ctypes.c_void_p], ctypes.c_char_p
    kind_of.argtypes, kind_of.restype = [ctypes.c_void_p], ctypes.c_int
    found = _Map()
    ask(ctypes.byref(found), context)
    nodes = _nodes(found)
    if nodes is None:
        return None
    sums: dict[str, list[int]] = {"CPU": [0, 0, 0]}
    for node in nodes:
        device = device_of(node.buffer_type)
        # Memory that a GPU only pins lies in RAM; so do the repacked layouts of the processor.
        in_ram = is_host(node.buffer_type) or not device or kind_of(device) == 0
        name = "CPU" if in_ram else name_of(device).decode("utf-8", "replace")
        row = sums.setdefault(name, [0, 0, 0])
        for index, amount in enumerate((node.model, node.context, node.compute)):
            row[index] += amount
    return tuple(DeviceMemory(name, *row) for name, row in sums.items())


def _nodes(found: _Map) -> list[_Node] | None:
    """All nodes; None where their number contradicts the count."""
    if not 0 < found.count <= _MOST:
        return None
    nodes, waiting = [], [found.root]
    while waiting:
        address = waiting.pop()
        if address:
            node = _Node.from_address(address)
            nodes.append(node)
            if len(nodes) > found.count:
                return None
            waiting += [node.left, node.right]
    return nodes if len(nodes) == found.count else None
