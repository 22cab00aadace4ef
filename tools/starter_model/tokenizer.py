"""Byte-level BPE over the corpus, and chats as token numbers.

The pre-tokenizer is the plain GPT-2 one, which llama.cpp knows as ``gpt-2``.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

from .corpus import Message, chats

START, END = "<|im_start|>", "<|im_end|>"
SPECIALS = ("<|endoftext|>", START, END)
USER_WEIGHT = 0.08
"""How much the tokens of a question count in training; those of an answer count 1."""

TEMPLATE = (
    "{%- for message in messages -%}"
    "{{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\\n' -}}{%- endif -%}"
)
"""The ChatML chat template, with an optional system turn."""


def train(path: Path, vocabulary: int, samples: int, seed: int) -> Tokenizer:
    """Learn `vocabulary` tokens from `samples` chats and save the tokenizer as JSON."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=list(SPECIALS),
        show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    numbers = " ".join(f"{n} ({n}" for n in range(51))
    texts = [text for chat in islice(chats(seed, lesson=0), samples) for _, text in chat]
    texts += [numbers] * (samples // 20)
    tokenizer.train_from_iterator(texts, trainer)
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))
    return tokenizer


def load(path: Path) -> Tokenizer:
    """A tokenizer saved by :func:`train`."""
    return Tokenizer.from_file(str(path))


def pieces(chat: list[Message]) -> tuple[list[str], list[float]]:
    """The texts of a chat in ChatML and, for each, how much its tokens count in training."""
    texts: list[str] = []
    weights: list[float] = []
    for role, text in chat:
        texts += [f"{START}{role}\n", f"{text}{END}", "\n"]
        weights += [0.0, 1.0 if role == "assistant" else USER_WEIGHT, 0.0]
    return texts, weights
