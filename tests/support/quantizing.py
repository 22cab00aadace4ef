"""What tests of quantizing share: a backend on throw-away folders, and sources that are always the same."""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend.activities.runner import Step
from backend.app import Backend
from backend.gguf.header import Header
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType, Tensor
from backend.paths import Paths
from backend.quantize.types import Made, QuantizeOptions
from tests.support.known_engine import know_engine
from tests.support.tiny_gguf import TensorSpec, Typed, ValueType, write_gguf

MATRIX = "matrix.gguf"
DATASET = "a text of the tests.txt"
ROOT = Path(__file__).resolve().parents[2]
_LIFE = """
import json, os, sys
from pathlib import Path
from backend.errors import AppError
from tests.support.quantizing import QuantizeDesk, digest

told, source, out = {}, Path(sys.argv[2]), Path(sys.argv[3])
with QuantizeDesk(Path(sys.argv[1])) as desk:
    before = digest(source)
    exec(sys.argv[4])
    told |= {"same": digest(source) == before, "rest": desk.rest() + os.listdir(out)}
print(json.dumps(told))
"""


class QuantizeDesk:
    """A backend as a command has it, whose library knows the starter model and what is made here."""

    def __init__(self, home: Path) -> None:
        know_engine(home)
        self.paths = Paths.under(home)
        self.backend = Backend(self.paths, offline=True, command=True)
        self.quantizer = self.backend.quantizer
        self.told: list[tuple[int, int, str]] = []

    def __enter__(self) -> QuantizeDesk:
        return self

    def __exit__(self, *error: object) -> None:
        self.backend.close()

    def make(
        self,
        source: Path | str,
        kind: str,
        target: Path | None = None,
        *,
        replace: bool = False,
        **options: Any,
    ) -> Made:
        step = Step(threading.Event(), lambda done, total, note: self.told.append((done, total, note)))
        wanted = QuantizeOptions(kind, **options)
        return self.quantizer.make(step, str(source), wanted, target, replace=replace)

    def rest(self) -> list[str]:
        """Names of what work left behind: parts, and notes about them."""
        places = (self.paths.models, self.paths.data / "work")
        return [path.name for place in places for path in place.rglob("*") if path.is_file()]


def life(prefix: list[str], home: Path, source: Path, out: Path, code: str) -> dict[str, Any]:
    """What `code` told, run in a process of its own behind `prefix`."""
    out.mkdir(exist_ok=True)
    ended = subprocess.run(
        [*prefix, sys.executable, "-c", _LIFE, str(home), str(source), str(out), code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if "unshare failed" in ended.stderr or "mount:" in ended.stderr:
        pytest.skip("needs the right to mount a small file system")
    assert ended.returncode == 0, ended.stderr
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_matrix(path: Path, model: Path) -> Path:
    """An importance matrix for every matrix of `model`, made up by a rule and in single precision."""
    tensors = []
    for tensor in read_header(model).tensors:
        if len(tensor.shape) < 2:
            continue
        experts = tensor.shape[2] if len(tensor.shape) > 2 else 1
        values = np.arange(tensor.shape[0] * experts, dtype=np.uint64)
        mixed = (values * np.uint64(2654435761) + np.uint64(zlib.crc32(tensor.name.encode()))) % np.uint64(
            997
        )
        sums = (mixed.astype(np.float32) + np.float32(1)) / np.float32(7)
        counts = np.full(experts, 48, np.float32)
        counts[1:2] = 0  # an expert that was never asked
        shape = (tensor.shape[0], experts)
        tensors.append(TensorSpec(f"{tensor.name}.in_sum2", shape, GGMLType.F32, sums.tobytes()))
        tensors.append(TensorSpec(f"{tensor.name}.counts", (1, experts), GGMLType.F32, counts.tobytes()))
    metadata = {
        "general.type": "imatrix",
        "imatrix.datasets": [DATASET],
        "imatrix.chunk_count": 3,
        "imatrix.chunk_size": 16,
    }
    return write_gguf(path, metadata, tensors)


def split(model: Path, folder: Path, stem: str, parts: int) -> tuple[Path, ...]:
    """`model` in several files, as llama.cpp splits: all keys in the first, the tensors in their order."""
    header = read_header(model)
    data = model.read_bytes()
    keys = data[24 : header.header_bytes - sum(map(_entry_bytes, header.tensors))]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(parts):
        share = header.tensors[
            len(header.tensors) * index // parts : len(header.tensors) * (index + 1) // parts
        ]
        path = folder / f"{stem}-{index + 1:05d}-of-{parts:05d}.gguf"
        metadata = {
            "split.no": Typed(ValueType.UINT16, index),
            "split.count": Typed(ValueType.UINT16, parts),
            "split.tensors.count": Typed(ValueType.INT32, len(header.tensors)),
        }
        specs = [TensorSpec(t.name, t.shape, t.type, _data(data, header, t)) for t in share]
        write_gguf(path, metadata, specs)
        if index == 0:
            _insert_keys(path, keys, len(header.metadata))
        paths.append(path)
    return tuple(paths)


def _insert_keys(path: Path, keys: bytes, count: int) -> None:
    """Put raw keys before those of `path`, and let the data begin where it has to."""
    old, plain = path.read_bytes(), read_header(path)
    head = old[:16] + struct.pack("<Q", len(plain.metadata) + count) + keys + old[24 : plain.header_bytes]
    path.write_bytes(head + b"\0" * (-len(head) % 32) + old[plain.data_offset :])


def _entry_bytes(tensor: Tensor) -> int:
    return 8 + len(tensor.name.encode()) + 4 + 8 * len(tensor.shape) + 12


def _data(data: bytes, header: Header, tensor: Tensor) -> bytes:
    start = header.data_offset + tensor.offset
    return data[start : start + tensor.nbytes]
