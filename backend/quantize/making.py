"""Writes one new file: planned, checked, hashed, and given its name only then."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from backend.activities.runner import Step
from backend.downloads.space import disk_free
from backend.errors import AppError
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType
from backend.i18n import tr
from backend.library.hashing import Hashed, hash_file
from backend.library.stores.found import shown
from backend.quantize import target as place
from backend.quantize.drafting import drafted, place_all, synced, unwritable
from backend.quantize.engine import QuantizeProcess, settings_for
from backend.quantize.matrix import MatrixInfo
from backend.quantize.sizes import made_sizes, planned
from backend.quantize.source import SourceModel
from backend.quantize.target import Target
from backend.quantize.types import QuantizeOptions, QuantType
from backend.workers.messages_quantize import PlannedType
from backend.workers.outcome_quantize import already_quantized, quantize_sentences
from backend.workers.supervisor import Supervisor


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made.

    Attributes:
        matrix: The importance matrix of the options, once it is known to fit.
        replace: Whether files under the final names may be replaced.
    """

    source: SourceModel
    type: QuantType
    options: QuantizeOptions
    matrix: MatrixInfo | None
    target: Target
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """`files` under their final names; `fallbacks` are tensors that got another type than usual."""

    files: tuple[tuple[Path, Hashed], ...]
    size: int
    fallbacks: int
    engine: str


class Maker:
    """Makes files one after the other.

    Args:
        notes: Where half-done work is noted, so that the next start removes what a kill leaves; None
            notes it in a folder that is not looked at again.
        free_memory: Bytes of memory that are free now.
    """

    def __init__(self, workers: Supervisor, notes: Path | None, free_memory: Callable[[], int]) -> None:
        self._workers = workers
        self._notes = notes
        self._free_memory = free_memory

    def make(self, order: Order, step: Step, record: Callable[[Written], None]) -> Written:
        """Write it.

        Args:
            record: Called when everything is known and before the first final name exists: nothing that is
                in the library is without its record.

        Raises:
            AppError: It could not be made; nothing is left of it, and the source is untouched.
            Cancelled: It was stopped; nothing is left either.
        """
        settings = settings_for(order.options, order.source, self._free_memory)
        step.say(tr("Planning"))
        with QuantizeProcess(self._workers, order.source, step.stop) as process:
            (plan,) = process.plan([order.type.ftype], settings)
            kinds = [GGMLType(number) for number in plan.tensors]
            _check_plan(order, plan, kinds)
            headers = planned(order.source.headers, kinds)
            sizes = made_sizes(headers, order.matrix, keep_split=order.options.keep_split)
            place.check_space(order.target.folder, sum(sizes))
            step.expect(order.source.data_bytes + sum(sizes))
            with drafted(order.target, self._notes) as draft:
                progress = _TensorProgress(order.source, step)
                try:
                    done = process.write(order.target.written, order.type.ftype, settings, progress.begins)
                except AppError as error:
                    raise _full(order.target, sum(sizes), error) or error from error
                expected = dict(zip((tensor.name for tensor in order.source.tensors), kinds, strict=True))
                _check_written(order.target, sizes, expected)
                order.source.check_unchanged()
                hashes = self._hashed(order, step)
                written = Written(
                    tuple(zip(order.target.files, hashes, strict=True)),
                    sum(sizes),
                    done.fallbacks,
                    done.engine,
                )
                step.check()
                record(written)
                place_all(order.target, draft, replace=order.replace)
        return written

    def _hashed(self, order: Order, step: Step) -> list[Hashed]:
        """The digests, taken while the system writes out what it still holds back."""
        hashes = []
        step.progress(order.source.data_bytes, tr("Verifying"))
        with ThreadPoolExecutor(1, thread_name_prefix="sync") as pool:
            for draft in order.target.drafts:
                written = pool.submit(synced, draft)
                hashes.append(hash_file(draft, step.advance))
                written.result()
        return hashes


class _TensorProgress:
    """Bytes of the source that are done, from the names of the tensors that begin."""

    def __init__(self, source: SourceModel, step: Step) -> None:
        self._sizes = {tensor.name: tensor.nbytes for tensor in source.tensors}
        self._step = step
        self._done = 0
        self._current = 0

    def begins(self, name: str) -> None:
        self._done += self._current
        self._current = self._sizes.get(name, 0)
        if not self._step.stop.is_set():  # else the call that waits for the process ends it
            self._step.progress(self._done, shown(name))


def _check_plan(order: Order, plan: PlannedType, kinds: Sequence[GGMLType]) -> None:
    source, name = order.source, order.source.row.name
    if plan.problem:
        title, hint = quantize_sentences("quantize.failed", name)
        raise AppError("quantize.failed", title, hint, plan.problem)
    if plan.needs_imatrix and order.matrix is None:
        title = tr("{type} needs an importance matrix.", type=order.type.name)
        _, hint = quantize_sentences("quantize.needs_imatrix", name)
        raise AppError("quantize.needs_imatrix", title, hint)
    if source.loses_twice(kinds) and not order.options.requantize:
        raise AppError("quantize.requantize", *already_quantized(name))


def _check_written(target: Target, sizes: Sequence[int], expected: dict[str, GGMLType]) -> None:
    """The engine does not notice every failed write: what it wrote is read again.

    Raises:
        AppError: ``quantize.no_space`` or ``quantize.damaged``.
    """
    found: dict[str, GGMLType] = {}
    try:
        for path, size in zip(target.drafts, sizes, strict=True):
            real = path.stat(follow_symlinks=False).st_size
            if real != size:
                raise _damaged(target, f"{path.name}: {real} bytes instead of {size}")
            found.update({tensor.name: tensor.type for tensor in read_header(path).tensors})
    except OSError as error:
        raise unwritable(target.folder, error) from error
    except AppError as error:
        raise _full(target, sum(sizes), error) or _damaged(target, str(error)) from error
    if found != expected:
        raise _damaged(target, "other tensors than were planned")


def _full(target: Target, size: int, error: AppError) -> AppError | None:
    """`error` as the lack of space that it is; None where the disk has room for what is missing."""
    if error.code not in ("quantize.write", "quantize.damaged"):
        return None
    written = 0
    for path in target.drafts:
        with contextlib.suppress(OSError):
            written += path.stat().st_blocks * 512 if os.name != "nt" else path.stat().st_size
    free = disk_free(target.folder)
    return place.no_space(target.folder, size, free + written) if free + written < size else None


def _damaged(target: Target, detail: str) -> AppError:
    return AppError(
        "quantize.damaged",
        tr("{file} was not written as it should have been.", file=shown(target.files[0].name)),
        tr("It was removed. The disk may be full or failing; the original is untouched."),
        detail,
        retryable=True,
    )
