"""Kill one large download with kill -9 again and again, and say what each kill cost.

    python3 tools/kill_download.py [--source hf|ollama] [--kills 200] [--size 200000000] [--alone]

The file comes over four connections (or one, with `--alone`) from a stand-in on loopback that counts what
it sends. Each life is killed at a random moment, most of them while bytes arrive. Printed at the end: whether
the final file has the right digest, the most and the usual number of bytes that were sent again for a kill,
and how often a file was seen under a name that programs load before it was verified.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from backend.downloads.partfile import read_journal
from tests.support.download_life import Lives
from tests.support.downloading import finished, sha256
from tests.support.gardens import both
from tests.support.standin_hub import File


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", choices=("hf", "ollama"), default="hf")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--size", type=int, default=200_000_000)
    parser.add_argument("--rate", type=float, default=None, help="bytes per second of each connection")
    parser.add_argument("--alone", action="store_const", const=1e9, default=0.0, help="over one connection")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="kill-download-"))
    try:
        return run(options, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def wrong(path: Path, file: File) -> bool:
    """Whether `path`, which a program would load, is not what it should be."""
    return path.stat().st_size >= file.length and sha256(path) != file.digest


def run(options: argparse.Namespace, home: Path) -> int:
    moments = random.Random(200)
    with both() as gardens:
        garden = gardens[options.source]
        standin = garden.standin
        content = home / "content"
        with content.open("wb") as stream:  # a real file: the stand-in must not be busy making bytes up
            for k in range(0, options.size, 1 << 20):
                stream.write(random.Random(k).randbytes(min(1 << 20, options.size - k)))
        file = File("large-Q4_K_M.gguf", source=str(content))
        request = garden.offer("Large", file)
        names = garden.names(home / "stores", request)
        (home / "stores").mkdir()
        standin.send_buffer(128 << 10)
        # Fast enough to lose much in a moment, slow enough to be killed so often before the end.
        standin.rate(options.rate or 1.4 * options.size / options.kills / 0.25 / (1 if options.alone else 4))

        def sent() -> int:
            return sum(entry.sent for entry in standin.log(garden.glob(file), server=garden.back))

        def have() -> int:
            if names.blob.exists():
                return options.size
            journal = read_journal(names.journal)
            return sum(end - start for start, end in journal.ranges) if journal else 0

        endpoint, registry = getattr(standin, "endpoint", ""), getattr(standin, "registry", "")
        lost: list[int] = []
        unverified = 0
        with Lives(home / "stores", endpoint, registry) as lives:
            while len(lost) < options.kills:
                before_sent, before_have = sent(), have()
                moment = moments.uniform(0.0, 0.5)
                status = lives.live(
                    request,
                    moment,
                    once_receiving=moments.random() < 0.9,
                    checkpoint_bytes=2 << 20,
                    alone=options.alone,
                )
                if status == 0:
                    print(f"it ended after {len(lost)} kills; ask for a lower --rate", file=sys.stderr)
                    break
                lost.append((sent() - before_sent) - (have() - before_have))
                unverified += sum(wrong(path, file) for path in finished(home / "stores"))
            kept = have() if status != 0 else options.size
            if status != 0:
                standin.rate(None)
                status = lives.live(request, checkpoint_bytes=2 << 20, segment_least=4 << 20)
        right = status == 0 and sha256(names.blob) == file.digest
    most = max(lost, default=0)
    print(f"source {options.source}: {len(lost)} kills in one download of {options.size / 1e6:.0f} MB")
    print(f"left for the last life: {(options.size - kept) / 1e6:.0f} MB")
    print(f"final digest right: {'yes' if right else 'NO'}")
    print(f"fetched again for a kill: most {most / (1 << 20):.2f} MiB (goal: 8)", end=", ")
    print(f"usual {statistics.median(lost or [0]) / (1 << 20):.2f} MiB, together {sum(lost) / 1e6:.0f} MB")
    print(f"seen loadable before it was verified: {unverified}")
    return 0 if right and most <= 8 << 20 and not unverified else 1


if __name__ == "__main__":
    sys.exit(main())
