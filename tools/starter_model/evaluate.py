"""Ask the GGUF file the held-out prompts through llama.cpp and print the share answered right.

Run with an interpreter that has ``llama-cpp-python``; torch is not needed.
"""

from __future__ import annotations

import argparse
import ctypes
import re
from collections import defaultdict
from pathlib import Path

import llama_cpp.llama_cpp as lib

from .prompts import PROMPTS, Prompt
from .topics.lists import KINDS

_SILENT = lib.llama_log_callback(lambda level, text, data: None)


class Runner:
    """One loaded model and one context; a chat is read again from its start for every answer."""

    def __init__(self, path: Path, context: int = 1024, threads: int = 2) -> None:
        lib.llama_log_set(_SILENT, ctypes.c_void_p(0))
        lib.llama_backend_init()
        options = lib.llama_model_default_params()
        options.use_extra_bufts = False
        options.n_gpu_layers = 0
        self.model = lib.llama_model_load_from_file(str(path).encode(), options)
        if not self.model:
            raise RuntimeError(f"cannot load {path}")
        wanted = lib.llama_context_default_params()
        wanted.n_ctx = wanted.n_batch = context
        wanted.n_threads = wanted.n_threads_batch = threads
        self.context = lib.llama_init_from_model(self.model, wanted)
        self.size = context
        self.vocab = lib.llama_model_get_vocab(self.model)

    def tokens(self, text: str) -> list[int]:
        """The text's token numbers, special tokens recognised."""
        raw = text.encode()
        room = (lib.llama_token * (len(raw) + 8))()
        count = lib.llama_tokenize(self.vocab, raw, len(raw), room, len(room), False, True)
        return list(room[:count])

    def piece(self, token: int) -> bytes:
        """The bytes of one token."""
        room = ctypes.create_string_buffer(64)
        size = lib.llama_token_to_piece(self.vocab, token, room, len(room), 0, False)
        return room.raw[:size]

    def answer(
        self, messages: list[tuple[str, str]], temperature: float = 0.0, seed: int = 1, limit: int = 200
    ) -> str:
        """The model's next message; temperature 0 is greedy, else top-p 0.95 and min-p 0.05 apply."""
        text = (
            "".join(f"<|im_start|>{role}\n{said}<|im_end|>\n" for role, said in messages)
            + "<|im_start|>assistant\n"
        )
        prompt = self.tokens(text)[-(self.size - limit) :]
        lib.llama_memory_clear(lib.llama_get_memory(self.context), True)
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if temperature > 0:
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_top_p(0.95, 1))
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_min_p(0.05, 1))
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_temp(temperature))
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_dist(seed))
        else:
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_greedy())
        out = b""
        new = prompt
        for _ in range(limit):
            held = (lib.llama_token * len(new))(*new)
            if lib.llama_decode(self.context, lib.llama_batch_get_one(held, len(new))):
                raise RuntimeError("decoding failed")
            token = lib.llama_sampler_sample(chain, self.context, -1)
            if lib.llama_vocab_is_eog(self.vocab, token):
                break
            out += self.piece(token)
            new = [token]
        lib.llama_sampler_free(chain)
        return out.decode("utf-8", "replace")


def _items_right(answer: str, count: int, kind: str) -> bool:
    allowed = next(set(items.lower().split(",")) for names, items in KINDS if kind in names)
    items = [line[2:].strip().lower() for line in answer.splitlines() if line.startswith("- ")]
    return len(items) == count == len(set(items)) and set(items) <= allowed


def right(prompt: Prompt, answer: str) -> bool:
    """Whether an answer satisfies all patterns of its prompt."""
    for pattern in prompt.patterns:
        if pattern.startswith("ITEMS "):
            _, count, kind = pattern.split(" ", 2)
            if not _items_right(answer, int(count), kind):
                return False
        elif pattern.startswith("!"):
            if re.search(pattern[1:], answer, re.I | re.S):
                return False
        elif not re.search(pattern, answer, re.I | re.S):
            return False
    return True


def ask(runner: Runner, prompt: Prompt, temperature: float, seed: int) -> str:
    """Hold the prompt's chat and return the last answer."""
    messages: list[tuple[str, str]] = []
    answer = ""
    for said in prompt.messages:
        messages.append(("user", said))
        answer = runner.answer(messages, temperature, seed)
        messages.append(("assistant", answer))
    return answer


def evaluate(path: Path, temperature: float = 0.0, seed: int = 1, show: bool = True) -> tuple[int, int]:
    """Ask everything; print the share and the misses by topic; return right answers and questions."""
    runner = Runner(path)
    hits: dict[str, int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    misses: list[str] = []
    for number, prompt in enumerate(PROMPTS):
        answer = ask(runner, prompt, temperature, seed + number)
        totals[prompt.topic] += 1
        if right(prompt, answer):
            hits[prompt.topic] += 1
        else:
            misses.append(f"  [{prompt.topic}] {' / '.join(prompt.messages)}\n      -> {answer!r}")
    good, count = sum(hits.values()), len(PROMPTS)
    if show:
        print("\n".join(misses))
        for topic, total in totals.items():
            print(f"{topic:14} {hits[topic]}/{total}")
    how = "greedy" if temperature == 0 else f"temperature {temperature}, top-p 0.95, min-p 0.05"
    print(f"{good}/{count} answered right ({100 * good / count:.1f} %), {how}")
    return good, count


def agrees(path: Path, tokenizer: Path, samples: int = 2000, seed: int = 99) -> int:
    """Number of corpus texts that llama.cpp and the training tokenizer cut differently; should be 0."""
    from itertools import islice

    from tokenizers import Tokenizer

    from .corpus import chats

    ours = Tokenizer.from_file(str(tokenizer))
    runner = Runner(path)
    texts = [text for chat in islice(chats(seed), samples) for _, text in chat]
    return sum(ours.encode(text, add_special_tokens=False).ids != runner.tokens(text) for text in texts)


def main() -> int:
    """Command line: file, temperature, seed."""
    here = Path(__file__).resolve().parents[2] / "resources" / "models" / "orangery-starter-q8_0.gguf"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=here)
    parser.add_argument("--temperature", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--require", type=float, default=0.0, help="exit with 1 below this share in percent")
    chosen = parser.parse_args()
    good, count = evaluate(chosen.file, chosen.temperature, chosen.seed)
    return 0 if 100 * good / count >= chosen.require else 1


if __name__ == "__main__":
    raise SystemExit(main())
