"""Training of the adapter with PEFT: repeatable, and at all scales of the fader at once.

A row of a batch has a scale of its own, and is to speak as a pirate of that scale does. So the adapter learns
where on the fader each part of the style begins, and to stay sound up to twice its strength.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from tokenizers import Tokenizer
from torch import Tensor
from transformers import LlamaForCausalLM

from tools.starter_model import corpus
from tools.starter_model.grammar import Dice, Turn
from tools.starter_model.tokenizer import END, START

from .style import ENDINGS, FULL, RANGES, restyle

IGNORED = -100
Row = tuple[list[int], list[int], float]
"""Tokens, targets and scale of one chat."""


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train.

    Attributes:
        rank, alpha: Of the adapter; the change is multiplied with ``alpha / rank`` at scale 1.
        modules: What it changes, by the names of transformers.
        rows, length: Chats of one step, and the most tokens of each.
        parts: Into how many pieces a step is cut, short chats first, so that little is padding.
        shares: How often each level of the style is spoken.
        mixed: How often a chat was begun at another scale, as when somebody moves the fader.
    """

    rank: int = 8
    alpha: int = 16
    modules: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj", "down_proj")
    steps: int = 600
    warmup: int = 20
    rate: float = 3e-3
    rows: int = 12
    parts: int = 2
    length: int = 128
    shares: tuple[float, ...] = (0.15, 0.25, 0.2, 0.4)
    mixed: float = 0.3
    seed: int = 20_261_126
    save_every: int = 100


@dataclass(frozen=True)
class Batch:
    """Tokens, what is to be learned of them, and the scale of each row."""

    tokens: Tensor
    targets: Tensor
    scales: Tensor


def talk(rng: Dice) -> list[tuple[str, Turn]]:
    """A short made-up chat of the starter's own topics, with the topic of each exchange."""
    turns: list[tuple[str, Turn]] = []
    while not turns or rng.random() < 0.3:
        topic, drawn = corpus.segment(rng)
        turns += [(topic, turn) for turn in drawn]
    return turns


def _level(rng: random.Random, plan: Plan) -> int:
    return rng.choices(range(len(ENDINGS)), plan.shares)[0]


def _scale(rng: random.Random, how: int) -> float:
    """A scale at which level `how` is spoken; full strength is mostly 1."""
    low, high = RANGES[how]
    return rng.uniform(low, 1.1 if how == FULL and rng.random() < 0.6 else high)


def row(rng: Dice, plan: Plan, tokenizer: Tokenizer) -> Row:
    """Tokens and targets of one chat, and its scale; a target that is not learned is `IGNORED`."""
    how = _level(rng, plan)
    turns = talk(rng)
    before = _level(rng, plan)
    begins = rng.randrange(len(turns)) if rng.random() < plan.mixed else 0
    tokens: list[int] = []
    targets: list[int] = []
    if rng.random() < 0.2:
        tokens += _ids(tokenizer, f"{START}system\n{rng.choice(corpus.SYSTEM)}{END}\n")
    targets += [IGNORED] * len(tokens)
    for number, (topic, (asked, answer)) in enumerate(turns):
        said = restyle(answer, topic, how if number >= begins else before)
        question = _ids(tokenizer, f"{START}user\n{asked}{END}\n{START}assistant\n")
        spoken, end = _ids(tokenizer, f"{said}{END}"), _ids(tokenizer, "\n")
        if tokens and len(tokens) + len(question) + len(spoken) > plan.length:
            break
        tokens += question + spoken + end
        learned = spoken if number >= begins else [IGNORED] * len(spoken)
        targets += [IGNORED] * len(question) + learned + [IGNORED] * len(end)
    return tokens[: plan.length], targets[: plan.length], _scale(rng, how)


def _ids(tokenizer: Tokenizer, text: str) -> list[int]:
    return tokenizer.encode(text, add_special_tokens=False).ids


def batches(plan: Plan, tokenizer: Tokenizer, step: int) -> list[Batch]:
    """The chats of one step, in pieces: always the same for the same step."""
    rng = Dice(plan.seed + step)
    rows: list[Row] = []
    while len(rows) < plan.rows:
        drawn = row(rng, plan, tokenizer)
        if any(target != IGNORED for target in drawn[1]):
            rows.append(drawn)
    rows.sort(key=lambda one: len(one[0]))
    size = -(-plan.rows // plan.parts)
    return [_batch(rows[at : at + size]) for at in range(0, plan.rows, size)]


def _batch(rows: list[Row]) -> Batch:
    longest = max(len(tokens) for tokens, _, _ in rows)
    tokens = torch.zeros((len(rows), longest), dtype=torch.long)
    targets = torch.full((len(rows), longest), IGNORED)
    for at, (ids, wanted, _) in enumerate(rows):
        tokens[at, : len(ids)] = torch.tensor(ids)
        targets[at, : len(wanted)] = torch.tensor(wanted)
    return Batch(tokens, targets, torch.tensor([scale for _, _, scale in rows]))


def set_scales(model: PeftModel, plan: Plan, scales: Tensor | float) -> None:
    """Apply the adapter at `scales`: one for each row of the next batch, or one for all."""
    factor = scales * (plan.alpha / plan.rank)
    for module in model.modules():
        if isinstance(module, LoraLayer):
            # PEFT multiplies with whatever it finds here; a column of numbers is one for each row.
            module.scaling["default"] = factor.view(-1, 1, 1) if isinstance(factor, Tensor) else factor


def _loss(model: PeftModel, plan: Plan, piece: Batch) -> Tensor:
    """The sum over all tokens that are to be learned."""
    set_scales(model, plan, piece.scales)
    llama = model.base_model.model
    hidden = llama.model(piece.tokens[:, :-1], use_cache=False).last_hidden_state
    wanted = piece.targets[:, 1:]
    keep = wanted != IGNORED
    return F.cross_entropy(llama.lm_head(hidden[keep]), wanted[keep], reduction="sum")


def rate(plan: Plan, step: int) -> float:
    """The learning rate: a short rise, then down along a cosine."""
    if step < plan.warmup:
        return plan.rate * (step + 1) / plan.warmup
    done = (step - plan.warmup) / (plan.steps - plan.warmup)
    return plan.rate * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)


def run(base: LlamaForCausalLM, tokenizer: Tokenizer, folder: Path, plan: Plan, threads: int) -> PeftModel:
    """Train on the processor and keep the adapter in `folder` now and then; returns the adapted model.

    The same versions on the same kind of processor give the same numbers.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(plan.seed)
    torch.use_deterministic_algorithms(True)
    config = LoraConfig(
        task_type="CAUSAL_LM", r=plan.rank, lora_alpha=plan.alpha, target_modules=list(plan.modules)
    )
    model = get_peft_model(base, config)
    learned = [p for p in model.parameters() if p.requires_grad]
    stepper = torch.optim.AdamW(learned, plan.rate, betas=(0.9, 0.98), weight_decay=0.01)
    print(f"{sum(p.numel() for p in learned):,} numbers to learn", flush=True)
    began, mean = time.monotonic(), 0.0
    for step in range(plan.steps):
        pieces = batches(plan, tokenizer, step)
        count = sum(int((piece.targets[:, 1:] != IGNORED).sum()) for piece in pieces)
        lost = 0.0
        for piece in pieces:
            loss = _loss(model, plan, piece) / count
            loss.backward()
            lost += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        for group in stepper.param_groups:
            group["lr"] = rate(plan, step)
        stepper.step()
        stepper.zero_grad(set_to_none=True)
        mean = lost if not mean else 0.95 * mean + 0.05 * lost
        if step % 20 == 19:
            spent = time.monotonic() - began
            print(f"step {step + 1}/{plan.steps} loss {mean:.4f} {spent:.0f} s", flush=True)
        if (step + 1) % plan.save_every == 0:
            set_scales(model, plan, 1.0)
            model.save_pretrained(folder)
    set_scales(model, plan, 1.0)
    model.save_pretrained(folder)
    return model
