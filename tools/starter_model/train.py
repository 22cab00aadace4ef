"""Training on two CPU threads, resumable and repeatable: step n always sees the same chats."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from . import corpus
from . import tokenizer as tok
from .model import Shape, Starter, count
from .muon import Muon


@dataclass(frozen=True)
class Plan:
    """How long and how fast to train; lengths and `batch` count tokens, the rest counts steps.

    Until `level` the learning rate stays, then it falls as if to end at `fall`, and from `turn` straight;
    until `drill_until` there is extra copying, until `smooth_until` questions get rougher, from `long_from`
    every `long_every`-th step has long chats, and until `early_until` lesson 0 lasts; lesson 2 begins at
    `turn`.
    """

    steps: int = 4400
    level: int = 1800
    turn: int = 2800
    fall: int = 3800
    batch: int = 2048
    short: int = 256
    long: int = 1024
    long_every: int = 5
    long_from: int = 1200
    smooth_until: int = 1200
    drill_until: int = 800
    early_until: int = 1800
    warmup: int = 80
    matrix_rate: float = 0.016
    vector_rate: float = 3e-3
    seed: int = 20_261_123
    save_every: int = 200


def _rows(
    tokenizer: Tokenizer, source: Iterator[list[corpus.Message]], rows: int, length: int, even: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Packed chats: tokens, weights and chat numbers, each ``(rows, length + 1)``."""
    tokens = np.zeros((rows, length + 1), np.int64)
    weights = np.zeros((rows, length + 1), np.float32)
    numbers = np.zeros((rows, length + 1), np.int64)
    row = at = number = 0
    while row < rows:
        texts: list[str] = []
        shares: list[float] = []
        owners: list[int] = []
        for chat in islice(source, 64 if length <= 512 else 8):
            part, share = tok.pieces(chat)
            number += 1
            texts += part
            shares += share
            owners += [number] * len(part)
        encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
        chats: dict[int, tuple[list[int], list[float]]] = {}
        for piece, share, owner in zip(encoded, shares, owners, strict=True):
            ids, marks = chats.setdefault(owner, ([], []))
            ids += piece.ids
            if even and share == 1.0:  # short answers count more per token, long ones less
                share = min(2.0, max(0.4, (20 / len(piece.ids)) ** 0.5))
            marks += [share] * len(piece.ids)
        for owner, (ids, marks) in chats.items():
            if row >= rows:
                break
            room = length + 1 - at
            if at and len(ids) > room and room < 48:
                row, at, room = row + 1, 0, length + 1
                if row >= rows:
                    break
            take = min(room, len(ids))
            tokens[row, at : at + take] = ids[:take]
            weights[row, at : at + take] = marks[:take]
            numbers[row, at : at + take] = owner
            at += take
            if at > length:
                row, at = row + 1, 0
    return tokens, weights, numbers


def batch(tokenizer: Tokenizer, plan: Plan, step: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Inputs, targets, target weights and attention mask of one step."""
    long = step >= plan.long_from and step % plan.long_every == plan.long_every - 1
    length = plan.long if long else plan.short
    roughness = min(1.0, 0.2 + 0.8 * step / plan.smooth_until)
    lesson = 0 if step < plan.early_until else 1 if step < plan.turn else 2
    copying = max(0.0, 0.35 * (1 - step / plan.drill_until))
    source = corpus.chats(plan.seed + step, long, roughness, copying, lesson)
    tokens, weights, numbers = _rows(tokenizer, source, plan.batch // length, length, even=lesson > 0)
    owner = torch.from_numpy(numbers[:, :-1])
    seen = (owner[:, None, :, None] == owner[:, None, None, :]).tril()
    mask = torch.zeros(seen.shape).masked_fill_(~seen, float("-inf"))
    return (
        torch.from_numpy(tokens[:, :-1]),
        torch.from_numpy(tokens[:, 1:]),
        torch.from_numpy(weights[:, 1:]),
        mask,
    )


def rate(plan: Plan, step: int) -> float:
    """Share of the full learning rate: a short rise, level, down by a square root, then straight to 0."""
    if step < plan.warmup:
        return (step + 1) / plan.warmup
    if step < plan.level:
        return 1.0
    middle = 1.0 - 0.98 * ((min(step, plan.turn) - plan.level) / (plan.fall - plan.level)) ** 0.5
    return middle * min(1.0, (plan.steps - step) / (plan.steps - plan.turn))


def optimizers(model: Starter, plan: Plan) -> tuple[Muon, torch.optim.AdamW]:
    """Muon for the matrices inside the blocks, AdamW for embeddings and gains."""
    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and name.startswith("blocks")]
    vectors = [p for name, p in model.named_parameters() if not (p.ndim == 2 and name.startswith("blocks"))]
    return Muon(matrices), torch.optim.AdamW(vectors, plan.vector_rate, betas=(0.9, 0.97), weight_decay=0.0)


def prepare(threads: int, seed: int) -> None:
    """Fix everything that chance or the machine could change."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)


def run(
    folder: Path, plan: Plan, layers: int = 6, threads: int = 2, stop_at: int | None = None, fast: bool = True
) -> Path:
    """Train, or go on from the last checkpoint in `folder`; returns the checkpoint's path."""
    prepare(threads, plan.seed)
    tokenizer = tok.load(folder / "tokenizer.json")
    shape = Shape(vocabulary=tokenizer.get_vocab_size(), layers=layers)
    model = Starter(shape)
    steppers = matrices, vectors = optimizers(model, plan)
    path = folder / "checkpoint.pt"
    first = 0
    if path.exists():
        state = torch.load(path, weights_only=True)
        model.load_state_dict(state["model"])
        for stepper, saved in zip(steppers, state["steppers"], strict=True):
            stepper.load_state_dict(saved)
        first = state["step"]
    print(f"{count(model):,} parameters, vocabulary {shape.vocabulary}, from step {first}", flush=True)
    began, seen, mean = time.monotonic(), 0, 0.0
    for step in range(first, min(plan.steps, stop_at or plan.steps)):
        inputs, targets, weights, mask = batch(tokenizer, plan, step)
        keep = weights > 0
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=fast):
            logits = model(inputs, mask, keep)
        losses = F.cross_entropy(logits.float(), targets[keep], reduction="none")
        flat = weights[keep]
        loss = (losses * flat).sum() / flat.sum()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        now = rate(plan, step)
        matrices.step(plan.matrix_rate * now)
        for group in vectors.param_groups:
            group["lr"] = plan.vector_rate * now
        vectors.step()
        vectors.zero_grad(set_to_none=True)
        seen += inputs.numel()
        answers = (flat > 2 * tok.USER_WEIGHT).float()
        shown = float((losses.detach() * answers).sum() / answers.sum())
        mean = shown if not mean else 0.95 * mean + 0.05 * shown
        if step % 20 == 19:
            spent = time.monotonic() - began
            print(
                f"step {step + 1}/{plan.steps} loss {mean:.4f} {seen / spent:.0f} tokens/s {spent:.0f} s",
                flush=True,
            )
        if (step + 1) % plan.save_every == 0 or step + 1 == plan.steps:
            state = {
                "model": model.state_dict(),
                "steppers": [s.state_dict() for s in steppers],
                "step": step + 1,
                "shape": asdict(shape),
            }
            torch.save(state, path.with_suffix(".tmp"))
            path.with_suffix(".tmp").replace(path)
    return path
