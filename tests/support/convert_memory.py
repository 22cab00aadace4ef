"""How much memory a conversion takes, measured in a process of its own.

``python -m tests.support.convert_memory folder target type`` prints the peak before it began and at its end,
in bytes, without the tokenizer's share.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def peak_growth(folder: Path, target: Path, kind: str) -> int:
    """Bytes by which writing the tensors raised the peak of the process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.convert_memory", str(folder), str(target), kind],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        check=True,
    )
    before, after = map(int, done.stdout.split())
    return after - before


def _main(folder: Path, target: Path, kind: str) -> None:
    from backend.worker.convert import writing
    from backend.worker.convert.plan import make_plan
    from backend.worker.convert.repository import Repository

    unit = 1 if sys.platform == "darwin" else 1024
    repository = Repository(folder)
    plan = make_plan(repository)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    writing.write(repository, plan, target, kind, "x", lambda share, tensor: None)
    print(before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
