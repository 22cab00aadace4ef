"""Feeds damaged headers to the reader, the estimate and the inspector, in a process with little memory.

``python -m tests.support.gguf_fuzz SEED COUNT`` prints how many were refused and how many were read.
Anything but an `AppError` ends it with a traceback and the number of the mutation; a header that takes more
than a second of processor time ends it as well.
"""

from __future__ import annotations

import random
import resource
import signal
import struct
import sys
import tempfile
from pathlib import Path

from backend.capacity.estimate import estimate, run_for
from backend.errors import AppError
from backend.gguf.parser import HeaderParser
from backend.gguf.reader import read_header
from backend.gguf.types import ValueType
from backend.inspect.facts import facts_of
from tests.support.model_shapes import MODELS
from tests.support.tiny_gguf import Typed, encode_header, tiny_llama, tiny_split

MEMORY = 64 * 2**20
"""Bytes that all of it may take on top of the interpreter."""
MOST_S = 1.0
"""Processor time that one header may take; usually it is about a millisecond."""
_TENSORS = 40
"""Of a model, in headers with impossible dimensions: the others are alike."""
_NUMBERS = (
    0,
    1,
    2,
    3,
    7,
    127,
    255,
    2**15,
    2**16,
    2**31 - 1,
    2**31,
    2**32 - 1,
    2**40,
    2**62,
    2**63,
    2**64 - 1,
)


def seeds() -> list[tuple[bytes, int]]:
    """Headers to start from, each with the size of its file."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        paths = [tiny_llama(Path(folder) / "a.gguf", quant="Q8_0"), *tiny_split(Path(folder), parts=2)]
        paths.append(tiny_llama(Path(folder) / "b.gguf", vocab=3000, arch="qwen3"))
        found += [(p.read_bytes()[: read_header(p).header_bytes + 64], p.stat().st_size) for p in paths]
    return found + [(encode_header(*make()), 2**36) for make in MODELS.values()]


def absurd(rng: random.Random) -> bytes:
    """A header that is well formed and has impossible dimensions."""
    metadata, tensors = rng.choice(list(MODELS.values()))()
    for key in rng.sample(sorted(metadata), 4):
        if key not in ("general.architecture", "tokenizer.ggml.model"):
            metadata[key] = rng.choice(
                (
                    Typed(ValueType.UINT64, rng.choice(_NUMBERS)),
                    Typed(ValueType.INT32, -1),
                    Typed(ValueType.FLOAT32, float("nan")),
                    Typed(
                        ValueType.ARRAY,
                        [rng.choice(_NUMBERS) for _ in range(rng.randint(0, 40))],
                        ValueType.UINT64,
                    ),
                    "text",
                )
            )
    return encode_header(metadata, tensors[:_TENSORS])


def mutate(data: bytes, rng: random.Random) -> bytes:
    """One to four changes: bytes, numbers, cuts, repeats."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        # Most of what matters stands at the start.
        reach = len(changed) if rng.random() < 0.5 else min(len(changed), 2048)
        at = rng.randrange(max(1, reach))
        match rng.randrange(6):
            case 0:
                changed[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                changed[at : at + 8] = struct.pack("<Q", rng.choice(_NUMBERS))
            case 2:
                changed[at : at + 4] = struct.pack("<I", rng.choice(_NUMBERS) & 0xFFFFFFFF)
            case 3:
                del changed[at : at + rng.randint(1, 64)]
            case 4:
                changed[at:at] = changed[at : at + rng.randint(1, 64)]
            case 5:
                changed[at:at] = rng.randbytes(rng.randint(1, 16))
    return bytes(changed)


def main(seed: int, count: int) -> None:
    starts = seeds()
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if sys.platform == "linux" else 0
    if pages:
        limit = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    rng = random.Random(seed)
    refused = read = 0
    for number in range(count):
        data, size = starts[number % len(starts)]
        damaged = mutate(data, rng) if number % 3 else absurd(rng)
        signal.setitimer(signal.ITIMER_PROF, MOST_S)
        try:
            parser = HeaderParser("damaged.gguf", file_size=rng.choice((size, len(damaged), None)))
            for start in range(0, len(damaged), 4096):
                parser.feed(damaged[start : start + 4096])
            header = parser.header(partial=rng.random() < 0.5)
            estimate(header, run_for(header), file_size=size)
            facts_of((header,))
            read += 1
        except AppError:
            refused += 1
        except BaseException:
            print(f"mutation {number} of seed {seed}", file=sys.stderr)
            raise
    signal.setitimer(signal.ITIMER_PROF, 0)
    print(refused, read)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
