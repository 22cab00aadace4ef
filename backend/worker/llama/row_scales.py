"""Another blend of adapters in every row of a batch, so that base and blends share one decode.

llama.cpp takes one set of adapters for a whole decode: W·x + Σ scale · B·(A·x), with the same scales in all
rows (`build_lora_mm` in its llama-graph.cpp). A context with a pool of adapters computes with all of them at
scale 1, and each product scale · B·(A·x) is multiplied row by row before it is added. That is done in the
engine's own callback for finished nodes (`ggml_backend_sched_eval_callback`); tensors are read and written by
ggml's public functions.

Which nodes are such products the engine does not tell. They are recognized by what stands before them, and
`learn` proves it: nothing else may react to the scale of a file.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.worker.ggml import base_library

Numbers = npt.NDArray[np.float32]
_PRODUCTS = (b"MUL_MAT", b"MUL_MAT_ID")
_SCALE = b"SCALE"


@functools.cache
def _functions() -> Any:
    library = base_library()
    for name, result in (
        ("ggml_op_desc", ctypes.c_char_p),
        ("ggml_nelements", ctypes.c_int64),
        ("ggml_nrows", ctypes.c_int64),
    ):
        function = getattr(library, name)
        function.argtypes, function.restype = (ctypes.c_void_p,), result
    for function in (library.ggml_backend_tensor_get, library.ggml_backend_tensor_set):
        function.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_size_t)
        function.restype = None
    return library


@dataclass(frozen=True, slots=True)
class _Place:
    """A product in the graph: the file that it belongs to, how many rows it has for each token (as many as
    experts are asked, else 1), and their width."""

    file: int
    each: int
    width: int


class RowScales:
    """The scales of the rows of the next decode. Used by the decode thread only.

    Attributes:
        callback: For `cb_eval` of the context; must live as long as that. Idle, it costs a call for a node.
    """

    def __init__(self) -> None:
        self._ggml = _functions()
        self._describe = self._ggml.ggml_op_desc
        self.callback = native.ggml_backend_sched_eval_callback(self._on_node)
        self._act: Callable[[int], None] | None = None
        self._before = self._last = b""
        self._buffer: Numbers = np.empty(0, np.float32)
        self._address = 0
        self._places: tuple[_Place, ...] = ()
        self._columns: list[tuple[Numbers, Numbers] | None] = []
        self._met = 0

    def learn(self, files: int, decode: Callable[[Sequence[float]], Numbers]) -> bool:
        """Find the products of each file; False where they can't be told apart, so that `decode` must not be
        used.

        With all products set to zero, a file at twice the scale doubles its own and changes nothing else, bit
        by bit: neither the products of others nor what the model says in the end.

        Args:
            decode: Decodes one token with a scale for each file; returns its logits.
        """
        heard: list[tuple[int, Numbers]] = []

        def listen(node: int) -> None:
            values = self._read(node, self._ggml.ggml_nelements(node))
            heard.append((self._ggml.ggml_nrows(node), values.copy()))
            values[:] = 0.0
            self._write(node, values)

        def run(doubled: int | None) -> tuple[list[tuple[int, Numbers]], Numbers]:
            heard.clear()
            with self._acting(listen):
                logits = decode([2.0 if file == doubled else 1.0 for file in range(files)])
            return heard.copy(), logits.copy()

        products, said = run(None)
        owners: list[int | None] = [None] * len(products)
        for file in range(files):
            again, now = run(file)
            if len(again) != len(products) or not np.array_equal(now, said):
                return False
            for at, ((_, once), (_, twice)) in enumerate(zip(products, again, strict=True)):
                if np.array_equal(once, twice):
                    continue
                if owners[at] is not None or not np.array_equal(2.0 * once, twice):
                    return False
                owners[at] = file
        if set(range(files)) - set(owners):
            return False
        places = []
        for owner, (rows, values) in zip(owners, products, strict=True):
            if owner is None and values.any():  # what is always zero may be anybody's
                return False
            places.append(_Place(owner or 0, rows, len(values) // rows))
        self._places = tuple(places)
        return True

    def decode(
        self, scales: Numbers, outputs: npt.NDArray[np.intp], work: Callable[[], int], failed: int
    ) -> int:
        """Do `work`, which decodes; returns its code, or `failed` where not every product was met.

        Args:
            scales: Files × rows of the batch; with one column it holds for all rows, however many there are.
            outputs: The rows whose outputs are wanted; the last layer goes on with those alone.
        """
        self._met = 0
        self._columns = [
            None if (row == 1.0).all() else (row[:, np.newaxis], row[outputs, np.newaxis]) for row in scales
        ]
        with self._acting(self._multiply):
            code = work()
        whole = self._met > 0 and self._met % len(self._places) == 0
        return code if code != 0 or whole else failed

    @contextlib.contextmanager
    def _acting(self, act: Callable[[int], None]) -> Iterator[None]:
        self._act = act
        try:
            yield
        finally:
            self._act = None

    def _on_node(self, node: int, ask: bool, _data: object) -> bool:
        """Called for each node of a graph: whether it is wanted, and once it is computed."""
        act = self._act
        if act is None:
            return not ask
        if not ask:
            act(node)
            return True
        before, last, op = self._before, self._last, self._describe(node)
        self._before, self._last = last, op
        return op == _SCALE and last == before and last in _PRODUCTS

    def _multiply(self, node: int) -> None:
        place = self._places[self._met % len(self._places)]
        if (columns := self._columns[place.file]) is not None:
            rows = self._ggml.ggml_nrows(node)
            scales, cut = columns
            if len(scales) > 1 and rows != place.each * len(scales):
                if rows != place.each * len(cut):
                    raise ValueError(f"{rows} rows for {len(cut)} outputs")  # `decode` finds it missing
                scales = cut
            if rows:
                values = self._read(node, rows * place.width)
                each_row = values.reshape(len(scales), -1)
                each_row *= scales
                self._write(node, values)
        self._met += 1

    def _read(self, node: int, count: int) -> Numbers:
        if count > len(self._buffer):
            self._buffer = np.empty(count, np.float32)
            self._address = self._buffer.ctypes.data
        self._ggml.ggml_backend_tensor_get(node, self._address, 0, 4 * count)
        return self._buffer[:count]

    def _write(self, node: int, values: Numbers) -> None:
        """Write what `_read` gave."""
        self._ggml.ggml_backend_tensor_set(node, self._address, 0, values.nbytes)
