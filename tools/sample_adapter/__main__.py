"""All steps in order: the starter model rebuilt, training, what ships, a reference for the tests."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import export, reference, starter, train

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "resources" / "models" / "orangery-starter-q8_0.gguf"
TARGET = ROOT / "resources" / "adapters" / "orangery-pirate"
WORK = ROOT / "build" / "sample_adapter"
WORK = ROOT / "build" / "sample_adapter"
LOGITS = ROOT / "tests" / "support" / "sample_logits.npz"


def main() -> int:
    """Make the adapter; the working folder keeps it as PEFT wrote it every hundred steps."""
    parser = argparse.ArgumentParser(prog="python -m tools.sample_adapter", description=__doc__)
    parser.add_argument("--work", type=Path, default=WORK, help="what PEFT writes")
    parser.add_argument("--steps", type=int, default=train.Plan.steps)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--export-only", action="store_true", help="write the files from the last checkpoint")
    chosen = parser.parse_args()
    file = starter.read(STARTER)
    tokenizer = starter.tokenizer(file)
    if not chosen.export_only:
        model = starter.model(file)
        reference.expect_same(model, tokenizer, STARTER)
        train.run(model, tokenizer, chosen.work, train.Plan(steps=chosen.steps), chosen.threads)
    export.ship(chosen.work, TARGET)
    target = TARGET / "orangery-pirate-f16.gguf"
    export.convert(TARGET, STARTER, target)
    reference.keep_logits(starter.model(file), tokenizer, TARGET, LOGITS)
    for path in sorted(TARGET.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
