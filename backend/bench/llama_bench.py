"""The JSON of `llama-bench` (llama.cpp, tools/llama-bench): read, and written with the same keys."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, get_args

from backend.adapters.mixes import mix_number
from backend.bench.types import BenchRun, MachineState, SpeedRow
from backend.engines.types import KvType, RunCard
from backend.errors import AppError
from backend.gguf.names import quant_label
from backend.i18n import tr

MOST_BYTES = 50_000_000
_MOST_ROWS = 20_000
_LARGEST = 2**53
Json = dict[str, Any]


def rows_of(run: BenchRun, *, failed: bool = False) -> tuple[Json, ...]:
    """The tests of a sweep with the keys of `llama-bench`, in its order. What that program has and this one
    has not stands at its default.

    Args:
        failed: Whether tests that failed are among them, with no samples and one more key: ``error``.
    """
    cards = {card.model_id: card for card in run.cards}
    when = datetime.fromtimestamp(run.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return tuple(
        _json(row, cards.get(row.model_id, RunCard()), run.machine, when)
        for row in run.speed
        if row.samples_ts or failed
    )


def _json(row: SpeedRow, card: RunCard, machine: MachineState, when: str) -> Json:
    tokens = row.n_prompt + row.n_gen
    samples_ns = [round(1e9 * tokens / rate) for rate in row.samples_ts if rate > 0]
    average = sum(samples_ns) / max(1, len(samples_ns))
    spread = (
        math.sqrt(sum((each - average) ** 2 for each in samples_ns) / (len(samples_ns) - 1))
        if len(samples_ns) > 1
        else 0.0
    )
    return {
        "build_commit": card.engine_version,
        "build_number": 0,
        "cpu_info": machine.cpu,
        "gpu_info": ", ".join(machine.gpus),
        "backends": "GPU" if row.gpu_layers else "CPU",
        "model_filename": row.filename,
        "model_type": row.model_type,
        "model_size": row.model_size,
        "model_n_params": row.parameters,
        "n_batch": row.n_batch,
        "n_ubatch": row.n_batch,
        "n_threads": row.threads,
        "cpu_mask": "0x0",
        "cpu_strict": False,
        "poll": 50,
        "type_k": row.kv_type,
        "type_v": row.kv_type,
        "n_gpu_layers": row.gpu_layers,
        "n_cpu_moe": 0,
        "split_mode": "layer",
        "main_gpu": 0,
        "no_kv_offload": False,
        "flash_attn": int(row.flash_attention),
        "devices": "auto",
        "tensor_split": "0.00",
        "tensor_buft_overrides": "none",
        "embeddings": False,
        "no_op_offload": 0,
        "no_host": False,
        "repack": card.flags.use_extra_bufts,
        "n_prompt": row.n_prompt,
        "n_gen": row.n_gen,
        "n_depth": row.n_depth,
        "test_time": when,
        "avg_ns": round(average),
        "stddev_ns": round(spread),
        "avg_ts": row.avg_ts,
        "stddev_ts": row.stddev_ts,
        "samples_ns": samples_ns,
        "samples_ts": list(row.samples_ts),
        **({"error": row.error_title} if row.error_title else {}),
    }


def read(text: str, file: str) -> tuple[tuple[SpeedRow, ...], MachineState]:
    """The rows in the output of ``llama-bench -o json`` or ``-o jsonl``, and the machine that it names.

    Raises:
        AppError: ``bench.import``: which entry and which key are wrong.
    """
    entries = _entries(text, file)
    if len(entries) > _MOST_ROWS:
        raise _wrong(file, tr("more than {n} rows", n=_MOST_ROWS))
    rows = tuple(_row(entry, f"{file}, {number}") for number, entry in enumerate(entries, start=1))
    if not rows:
        raise _wrong(file, tr("there are no rows in it"))
    first = entries[0]
    gpu = str(first.get("gpu_info") or "")
    return rows, MachineState(cpu=str(first.get("cpu_info") or ""), gpus=(gpu,) if gpu else ())


def _entries(text: str, file: str) -> list[Json]:
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise _wrong(file, tr("nested too deeply")) from error
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            value = [json.loads(line) for line in lines]
        except (ValueError, RecursionError) as error:
            raise _wrong(file, tr("not JSON ({why})", why=str(error)[:120])) from error
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _wrong(file, tr("a list of objects is expected"))
    return value


def _row(entry: Mapping[str, Any], where: str) -> SpeedRow:
    def count(key: str, default: int | None = None) -> int:
        value = entry.get(key, default)
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if not isinstance(value, int) or not -_LARGEST < value < _LARGEST:
            raise _wrong(where, tr("“{field}” is missing or no number", field=key))
        return int(value)

    samples = entry.get("samples_ts", [])
    if not isinstance(samples, list) or not all(_rate(each) for each in samples):
        raise _wrong(where, tr("“{field}” is missing or no number", field="samples_ts"))
    average = entry.get("avg_ts")
    if not _rate(average):
        raise _wrong(where, tr("“{field}” is missing or no number", field="avg_ts"))
    spread = entry.get("stddev_ts", 0.0)
    filename = str(entry.get("model_filename") or "")
    name = PurePath(filename.replace("\\", "/")).name or str(entry.get("model_type") or "?")
    kv_type = entry.get("type_k", "f16")
    return SpeedRow(
        model_id=filename or name,
        model_name=name.removesuffix(".gguf"),
        quant=quant_label(name) or "",
        n_prompt=count("n_prompt"),
        n_gen=count("n_gen"),
        n_depth=count("n_depth", 0),
        n_batch=count("n_batch", 0),
        threads=count("n_threads", 0),
        kv_type=kv_type if kv_type in get_args(KvType) else "f16",
        flash_attention=str(entry.get("flash_attn")) in ("1", "True", "true"),
        gpu_layers=count("n_gpu_layers", 0),
        avg_ts=float(average),  # type: ignore[arg-type]  # a number, as was looked at
        stddev_ts=float(spread) if _rate(spread) else 0.0,
        samples_ts=tuple(map(float, samples)) or (float(average),),  # type: ignore[arg-type]
        filename=filename,
        model_type=str(entry.get("model_type") or ""),
        model_size=count("model_size", 0),
        parameters=count("model_n_params", 0),
    )


def _rate(value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value < 1e12  # type: ignore[arg-type,operator]


def _wrong(where: str, why: str) -> AppError:
    return AppError(
        "bench.import",
        tr("{where}: {why}", where=where, why=why),
        tr("A file written by llama-bench with -o json or -o jsonl can be read."),
    )


def markdown(rows: Sequence[SpeedRow]) -> str:
    """A table like the one `llama-bench` prints."""
    head = ("model", "size", "params", "backend", "threads", "test", "t/s")
    lines = [f"| {' | '.join(head)} |", f"| {' | '.join(['---', *['---:'] * 2, '---', *['---:'] * 3])} |"]
    for row in rows:
        size = f"{row.model_size / 2**30:.2f} GiB"
        parameters = (
            f"{row.parameters / 1e9:.2f} B" if row.parameters >= 1e9 else f"{row.parameters / 1e6:.2f} M"
        )
        speed = f"{row.avg_ts:.2f} ± {row.stddev_ts:.2f}" if row.samples_ts else row.error_title or "–"
        backend = "GPU" if row.gpu_layers else "CPU"
        name = f"{row.model_name} {row.quant}".strip()
        if row.model_type and mix_number(row.model_id) is None:
            name = row.model_type  # a mix has that of its base
        cells = (name, size, parameters, backend, str(row.threads), row.test, speed)
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"
