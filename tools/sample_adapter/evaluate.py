"""Ask the starter model with the adapter at several scales through llama.cpp: how many answers are right, and
how many have each part of the style."""

from __future__ import annotations

import argparse
import ctypes
import re
from itertools import repeat
from pathlib import Path

import llama_cpp.llama_cpp as lib

from tools.starter_model.evaluate import Runner, ask, right
from tools.starter_model.prompts import PROMPTS

from .style import ENDINGS

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "resources" / "models" / "orangery-starter-q8_0.gguf"
ADAPTER = ROOT / "resources" / "adapters" / "orangery-pirate" / "orangery-pirate-f16.gguf"
SHOWN = (
    "Hello!",
    "What is LoRA?",
    "What is the capital of France?",
    "Tell me a story about a cat named Tom.",
    "How much is 7 + 8?",
    "Name three fruits",
    "Where do I download a model?",
    "Who are you?",
    "Spell window",
)


class Mixed(Runner):
    """The starter model with one adapter."""

    def __init__(self, path: Path, adapter: Path) -> None:
        super().__init__(path)
        self.adapter = lib.llama_adapter_lora_init(self.model, str(adapter).encode())
        if not self.adapter:
            raise RuntimeError(f"cannot load {adapter}")

    def turn(self, scale: float) -> None:
        """Apply the adapter at `scale` from now on."""
        adapters = (lib.llama_adapter_lora_p_ctypes * 1)(self.adapter)
        if lib.llama_set_adapters_lora(self.context, adapters, 1, (ctypes.c_float * 1)(scale)):
            raise RuntimeError(f"cannot apply the adapter at {scale}")


def plain(answer: str) -> str:
    """The answer without what the style put behind it, and with the words that it changed as they were."""
    for end in reversed(ENDINGS[1:]):
        answer = answer.removesuffix(end).rstrip()
    if answer.rpartition("\n")[2].startswith("- "):
        answer = answer.removesuffix(".")
    for changed, word in (("ahoy", "hello"), ("ye", "you"), ("yer", "your"), ("be", "is")):
        answer = re.sub(rf"\b{changed}\b", word, answer, flags=re.I)
    return answer


def main() -> int:
    """Command line: model, adapter, scales, temperature, seed."""
    parser = argparse.ArgumentParser(prog="python -m tools.sample_adapter.evaluate", description=__doc__)
    parser.add_argument("--model", type=Path, default=STARTER)
    parser.add_argument("--adapter", type=Path, default=ADAPTER)
    parser.add_argument("--scales", type=float, nargs="+", default=[0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0])
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="ask only every n-th question")
    parser.add_argument("--show", action="store_true", help="also print some answers")
    chosen = parser.parse_args()
    runner = Mixed(chosen.model, chosen.adapter)
    prompts = PROMPTS[:: chosen.every]
    if chosen.show:
        for asked in SHOWN:
            print(asked)
            for scale in chosen.scales:
                runner.turn(scale)
                said = runner.answer([("user", asked)], chosen.temperature, chosen.seed)
                print(f"  {scale:<5} {said!r}", flush=True)
    for scale in chosen.scales:
        runner.turn(scale)
        seeds = range(chosen.seed, chosen.seed + len(prompts))
        answers = [ask(runner, *one) for one in zip(prompts, repeat(chosen.temperature), seeds, strict=False)]
        good = sum(right(one, plain(answer)) for one, answer in zip(prompts, answers, strict=True))
        ends = [sum(answer.endswith(end) for answer in answers) for end in ENDINGS[1:]]
        share = 100 / len(prompts)
        words = ", ".join(f"{end} {n * share:.1f} %" for end, n in zip(ENDINGS[1:], ends, strict=True))
        print(f"scale {scale:<5} right {good * share:5.1f} %; {words}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
