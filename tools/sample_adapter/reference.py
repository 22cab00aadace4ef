"""What transformers and PEFT compute: the rebuilt starter model is held against llama.cpp before it is
trained, and the logits of PEFT's merged model are kept for the tests, which have no torch."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import torch
from peft import PeftModel
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from tools.starter_model.corpus import chats
from tools.starter_model.evaluate import Runner
from tools.starter_model.tokenizer import END, START

ASKED = (
    "Hello!",
    "What is LoRA?",
    "What is the capital of France?",
    "Tell me a story about a cat named Tom.",
    "How much is 7 + 8?",
    "Name three fruits",
    "Spell window",
    "Kim jesteś?",
)
PROMPT = "What is the capital of France?"
LAST = 12
"""For so many last tokens of prompt and answer the logits are kept."""


def turn(asked: str) -> str:
    """One question in the starter model's chat format, up to where it answers."""
    return f"{START}user\n{asked}{END}\n{START}assistant\n"


def answer(model: torch.nn.Module, tokenizer: Tokenizer, asked: str, most: int = 120) -> str:
    """The greedy answer of a model of transformers."""
    prompt = torch.tensor([tokenizer.encode(turn(asked), add_special_tokens=False).ids])
    written = model.generate(
        input_ids=prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=most, do_sample=False
    )
    return tokenizer.decode(written[0, prompt.shape[1] :].tolist(), skip_special_tokens=True)


def expect_same(model: LlamaForCausalLM, tokenizer: Tokenizer, file: Path) -> None:
    """Raises:
    ValueError: The rebuilt model cuts texts or answers in another way than llama.cpp.
    """
    engine = Runner(file)
    texts = [turn(asked) for asked in ASKED]
    texts += [text for chat in islice(chats(99), 300) for _, text in chat]
    for text in texts:
        if tokenizer.encode(text, add_special_tokens=False).ids != engine.tokens(text):
            raise ValueError(f"other tokens: {text!r}")
    for asked in ASKED:
        ours, theirs = answer(model, tokenizer, asked), engine.answer([("user", asked)], limit=120)
        if ours != theirs:
            raise ValueError(f"{asked!r}: {ours!r}, but llama.cpp says {theirs!r}")
    print(f"{len(texts)} texts and {len(ASKED)} answers as in llama.cpp", flush=True)


def keep_logits(base: LlamaForCausalLM, tokenizer: Tokenizer, folder: Path, target: Path) -> None:
    """Merge the adapter in `folder` into `base` with PEFT, and write its logits over its own answer."""
    merged = PeftModel.from_pretrained(base, folder).merge_and_unload().eval()
    said = answer(merged, tokenizer, PROMPT)
    tokens = tokenizer.encode(turn(PROMPT) + said, add_special_tokens=False).ids
    with torch.no_grad():
        logits = merged(torch.tensor([tokens])).logits[0, -LAST:]
    np.savez_compressed(target, tokens=np.array(tokens, np.int32), logits=logits.numpy().astype(np.float16))
    print(f"{PROMPT} {said}", flush=True)
