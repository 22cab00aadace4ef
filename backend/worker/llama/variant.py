"""A context of a loaded model, and the memory of its sequences with the prefixes that can be reused."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import llama_cpp.llama_cpp as native
import psutil

from backend.capacity.running import run_of
from backend.engines.types import AdapterUse, DeviceMemory
from backend.worker.llama.adapters import Adapters, Blend, with_memory
from backend.worker.llama.batch import Batch
from backend.worker.llama.blending import Blending
from backend.worker.llama.breakdown import breakdown
from backend.worker.llama.logs import NativeLog, memory_of
from backend.worker.llama.model import EngineError, Model, engine_error
from backend.worker.llama.parameters import context_params
from backend.worker.llama.row_scales import RowScales
from backend.workers.protocol import VariantOptions

if TYPE_CHECKING:
    from backend.worker.llama.pictures import Picture

_WORD = "fox"
"""A word that means something to every model."""
WORTH_COPYING = 32
"""Prefix tokens beyond which copying another sequence's memory beats evaluating them again."""


def common_prefix(a: array[int], b: array[int]) -> int:
    """Number of leading tokens that `a` and `b` share."""
    limit = min(len(a), len(b))
    if a[:limit] == b[:limit]:
        return limit
    low, high = 0, limit  # a[:low] == b[:low] and a[:high] != b[:high]
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


@dataclass(slots=True, eq=False)
class Slot:
    """One sequence. `tokens` are those whose keys and values lie in memory, in order from position 0.

    They were computed with the adapters of `blend`, and are worth nothing to an answer with other ones; None:
    with several after each other, and worth nothing to anybody but the answer that is being written.
    """

    seq: int
    tokens: array[int] = field(default_factory=lambda: array("i"))
    blend: Blend | None = ()
    busy: bool = False
    used: int = 0


class AbortFlag:
    """A one-byte flag that makes a running decode return.

    llama.cpp asks a C predicate after every graph node whether to stop. A Python function there would cost
    far more than the arithmetic; the C library's own `strlen` is the predicate we need: it answers 0 for an
    empty string and 1 for a string of one character. Works on the CPU backend; GPU decodes are short.
    """

    def __init__(self) -> None:
        self._flag = ctypes.create_string_buffer(2)
        library = ctypes.CDLL("msvcrt" if os.name == "nt" else None)
        self._strlen = ctypes.cast(library.strlen, native.ggml_abort_callback)

    def install(self, context: ctypes.c_void_p) -> None:
        native.llama_set_abort_callback(context, self._strlen, ctypes.cast(self._flag, ctypes.c_void_p))

    def set(self) -> None:
        self._flag[0] = b"\x01"

    def clear(self) -> None:
        self._flag[0] = b"\x00"


class Variant:
    """A `llama_context` with its sequences. Used by the decode thread only, except for `abort.set`.

    With an adapter pool each answer has a blend of its own out of the files of the pool, else all have that
    of the variant.

    Attributes:
        n_ctx: Context per sequence in tokens, as granted.
        memory: Buffer sizes of weights, adapters and this context.
        token_s: Seconds of the warm-up decode of one token.
    """

    def __init__(
        self,
        model: Model,
        options: VariantOptions,
        threads: int,
        log: NativeLog,
        adapters: Adapters | None = None,
    ) -> None:
        self.model = model
        self._adapters = adapters or Adapters(model, threads, log)
        self.options = options
        parallel = min(max(1, options.parallel), int(native.llama_max_parallel_sequences()))
        run = run_of(replace(options, parallel=parallel), model.n_ctx_train)
        self.n_ctx = run.n_ctx // parallel
        params = context_params(run, threads)
        pool = tuple(AdapterUse(path, 1.0) for path in options.adapter_pool)
        # On a GPU the way back to the processor after every product may cost more than a decode saves; in a
        # recurrent model the rows of a batch are not in the order in which they were put there.
        rows = RowScales() if pool and model.rewinds and not model.offloaded else None
        if rows is not None:
            params.cb_eval = rows.callback
        self._blending: Blending | None = None
        self._held = self._adapters.hold(pool or options.adapters)
        log.clear()
        self._context = native.llama_init_from_model(model.handle, params)
        if not self._context:
            self._adapters.release(self._held)
            problems = log.problems()
            code = "engine.cache_type" if "cache type" in problems else "engine.context_memory"
            raise engine_error(code, problems, limit=self.n_ctx)
        self._memory = native.llama_get_memory(self._context)
        if not self._memory:
            self.close()
            raise engine_error("engine.not_chat")
        self._own_memory = breakdown(self._context) or memory_of((*model.load_log, *log.lines()))
        self.abort = AbortFlag()
        # An aborted decode leaves recurrent state half updated for every sequence in the batch.
        self.abortable = model.rewinds
        # A window's cells are reused once the sequence has moved on, but not while two sequences share them:
        # the small cache of the window would be full, and stay so.
        self._shares = not model.window
        if self.abortable:
            self.abort.install(self._context)
        self.batch = Batch(int(params.n_batch))
        self.slots = [Slot(seq) for seq in range(parallel)]
        self._clock = 0
        try:
            self._held.apply(self._context)
            self.token_s = self._warm_up()
            if pool:
                token = model.tokenize(_WORD, add_special=False)[-1]
                self._blending = Blending(self._held, self._context, rows, model.n_vocab, token)
        except EngineError:
            self.close()
            raise

    @property
    def context(self) -> ctypes.c_void_p:
        return self._context  # type: ignore[no-any-return]

    @property
    def memory(self) -> tuple[DeviceMemory, ...]:
        return with_memory(self._own_memory, self._held.memory)

    @property
    def together(self) -> bool:
        """Whether answers with several blends may share a batch."""
        return self._blending is None or self._blending.together

    def blend(self, uses: tuple[AdapterUse, ...] = ()) -> Blend:
        """What an answer that asks for `uses` is computed with now.

        Raises:
            EngineError: ``adapter.…``, for what is not in the pool; only where there is one.
        """
        return self._held.blend if self._blending is None else self._held.blend_of(uses)

    def set_adapters(self, uses: tuple[AdapterUse, ...]) -> None:
        """Compute with other adapters or scales from the next decode on.

        What a running answer has in memory stays, so that it goes on at once; nobody else gets that, nor
        does the next turn. What lies idle waits for its adapters to come back.

        Raises:
            EngineError: ``adapter.…``; everything is as before then.
        """
        held = self._adapters.hold(uses)
        try:
            held.apply(self._context)
        except EngineError:
            self._adapters.release(held)
            raise
        self._adapters.release(self._held)
        self._held = held
        self.options = replace(self.options, adapters=uses)
        for slot in self.slots:
            if slot.busy and slot.blend != held.blend:
                slot.blend = None if slot.tokens else held.blend

    def decode(self) -> int:
        """Evaluate the batch; returns llama.cpp's code: 0 done, 1 memory full, 2 aborted, negative failed."""
        if self._blending is None:
            code = self.batch.decode(self._context)
        else:
            code = self._blending.decode(self.batch, [slot.blend or () for slot in self.slots])
        native.llama_synchronize(self._context)
        return code

    @property
    def copies(self) -> bool:
        """Whether a sequence can take over a prefix of another."""
        return self.model.rewinds and self._shares

    def close(self) -> None:
        if self._context:
            native.llama_free(self._context)
            self._context = None
            self._adapters.release(self._held)
            return_memory()

    def _warm_up(self) -> float:
        """Decode one token with all experts, so that the weights are in memory before the first question."""
        native.llama_set_warmup(self._context, True)
        # A graph is used again for the next decode of as many tokens, though that asks fewer experts; not so
        # where attention looks the other way.
        native.llama_set_causal_attn(self._context, False)
        self.batch.clear()
        self.batch.add(0, 0, 0)
        started = time.perf_counter()
        code = self.batch.decode(self._context)
        native.llama_synchronize(self._context)
        spent = time.perf_counter() - started
        native.llama_set_warmup(self._context, False)
        native.llama_set_causal_attn(self._context, True)
        native.llama_memory_clear(self._memory, False)
        if code != 0:
            raise engine_error("engine.decode", f"warm-up: llama_decode returned {code}")
        return spent

    def put(self, picture: Picture, slot: Slot) -> int:
        """Put an image behind what a sequence holds; returns llama.cpp's code. Raises like `Pictures.put`."""

        def work() -> int:
            return picture.source.put(picture, self._context, slot.seq, self.batch.capacity)

        return work() if self._blending is None else self._blending.alike(slot.blend or (), work)

    # The memory of sequences.

    def take(self, prompt: array[int], blend: Blend) -> tuple[Slot, int] | None:
        """Give a free sequence with as much of `prompt`, read with `blend`, in memory as can be had; None if
        all are busy.

        At least the last token of the prompt is left to decode, because its output starts the answer.
        """
        free = [slot for slot in self.slots if not slot.busy]
        if not free:
            return None
        limit = len(prompt) - 1
        shared = {slot.seq: min(self._shared(slot, prompt, blend), limit) for slot in self.slots}
        slot = max(free, key=lambda s: (shared[s.seq], not s.tokens, -s.used))
        other = max(self.slots, key=lambda s: shared[s.seq])
        worth_it = shared[other.seq] > shared[slot.seq] + WORTH_COPYING
        if worth_it and self.copies:
            slot = min(free, key=lambda s: (bool(s.tokens), s.used))
            keep = self._copy_prefix(other, slot, shared[other.seq])
        else:
            keep = self.rewind(slot, shared[slot.seq])
        slot.busy = True
        slot.blend = blend
        return slot, keep

    def release(self, slot: Slot) -> None:
        """Return a sequence; what it holds stays for the next turn."""
        slot.busy = False
        if slot.blend is None:
            self.forget(slot)
        self._clock += 1
        slot.used = self._clock

    def _shared(self, slot: Slot, prompt: array[int], blend: Blend) -> int:
        return common_prefix(slot.tokens, prompt) if slot.blend == blend else 0

    def _window_gone(self, seq: int, keep: int) -> bool:
        """Whether positions that the sliding window still needs after cutting to `keep` were overwritten."""
        oldest = int(native.llama_memory_seq_pos_min(self._memory, seq))
        return oldest > max(0, keep - self.model.window)

    def rewind(self, slot: Slot, keep: int) -> int:
        """Cut a sequence back to its first `keep` tokens; return how many really stay (0 if it can't be
        cut).
        """
        if keep == len(slot.tokens):
            return keep
        if keep > 0 and self.model.rewinds and not (self.model.window and self._window_gone(slot.seq, keep)):
            removed = native.llama_memory_seq_rm(self._memory, slot.seq, keep, -1)
            if removed and native.llama_memory_seq_pos_max(self._memory, slot.seq) == keep - 1:
                del slot.tokens[keep:]
                return keep
        self.forget(slot)
        return 0

    def forget(self, slot: Slot) -> None:
        native.llama_memory_seq_rm(self._memory, slot.seq, -1, -1)
        del slot.tokens[:]

    def drop_unrecorded(self, slot: Slot) -> None:
        """Remove what an unfinished decode may have left behind the recorded tokens."""
        native.llama_memory_seq_rm(self._memory, slot.seq, len(slot.tokens), -1)

    def forget_idle(self) -> bool:
        """Give up every cached prefix nobody is using; returns whether there were any."""
        idle = [slot for slot in self.slots if not slot.busy and slot.tokens]
        for slot in idle:
            self.forget(slot)
        return bool(idle)

    def _copy_prefix(self, source: Slot, target: Slot, keep: int) -> int:
        self.forget(target)
        native.llama_memory_seq_cp(self._memory, source.seq, target.seq, 0, keep)
        target.tokens = source.tokens[:keep]
        return keep

    def fork(self, source: Slot) -> Slot | None:
        """Give a free sequence that shares everything `source` holds; None if all are busy or nothing can be
        shared.
        """
        free = [slot for slot in self.slots if not slot.busy]
        if not free or not self._shares:
            return None
        target = min(free, key=lambda s: (bool(s.tokens), s.used))
        self.forget(target)
        native.llama_memory_seq_cp(self._memory, source.seq, target.seq, -1, -1)
        target.tokens = source.tokens[:]
        target.blend = source.blend
        target.busy = True
        return target


def return_memory() -> None:
    """Give the system what was freed: the GNU C library keeps buffers of up to 32 MiB, as those of a context
    are, for the next one."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(ctypes.c_size_t(0))


def resident_bytes() -> int:
    """Resident memory of this process."""
    return int(psutil.Process().memory_info().rss)
