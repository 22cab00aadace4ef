"""All steps in order: tokenizer, training, export; the evaluation runs apart, in the app's environment."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import tokenizer, train
from .export import export

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "resources" / "models" / "orangery-starter-q8_0.gguf"
VOCABULARY = 2560
TOKENIZER_CHATS = 40_000
TOKENIZER_SEED = 7


def main() -> int:
    """Make the model; a second call goes on from the last checkpoint in the working folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.starter_model", description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=ROOT / "build" / "starter_model", help="tokenizer and checkpoints"
    )
    parser.add_argument("--target", type=Path, default=TARGET, help="the GGUF file to write")
    parser.add_argument("--steps", type=int, default=train.Plan.steps)
    parser.add_argument("--export-only", action="store_true", help="write the file from the last checkpoint")
    chosen = parser.parse_args()
    vocabulary = chosen.work / "tokenizer.json"
    checkpoint = chosen.work / "checkpoint.pt"
    if not vocabulary.exists():
        tokenizer.train(vocabulary, VOCABULARY, TOKENIZER_CHATS, TOKENIZER_SEED)
    if not chosen.export_only:
        train.run(chosen.work, train.Plan(steps=chosen.steps))
    size = export(checkpoint, vocabulary, chosen.target)
    print(f"{chosen.target}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
