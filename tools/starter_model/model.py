"""A small Llama: RMSNorm, rotary positions, grouped-query attention, SwiGLU, tied embeddings."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn


@dataclass(frozen=True)
class Shape:
    """The size of the model; widths count numbers, `context` counts tokens."""

    vocabulary: int
    width: int = 256
    inner: int = 768
    layers: int = 6
    heads: int = 4
    kv_heads: int = 2
    context: int = 1024
    rope_base: float = 10000.0
    epsilon: float = 1e-5

    @property
    def head(self) -> int:
        """Width of one attention head."""
        return self.width // self.heads


class Norm(nn.Module):
    """Root-mean-square normalisation with a learned gain."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.epsilon = epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, (x.shape[-1],), self.weight.to(x.dtype), self.epsilon)


def rotations(shape: Shape, length: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines of the rotary angles, each ``(length, head / 2)``."""
    rates = shape.rope_base ** (-torch.arange(0, shape.head, 2, dtype=torch.float32) / shape.head)
    angles = torch.arange(length, dtype=torch.float32)[:, None] * rates[None, :]
    return angles.cos(), angles.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate neighbouring pairs of ``(batch, heads, length, head)``, as llama.cpp does for Llama models."""
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1).flatten(-2)


class Block(nn.Module):
    """Attention and feed-forward with residual connections."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        kv_width = shape.kv_heads * shape.head
        self.attn_norm = Norm(shape.width, shape.epsilon)
        self.q = nn.Linear(shape.width, shape.width, bias=False)
        self.k = nn.Linear(shape.width, kv_width, bias=False)
        self.v = nn.Linear(shape.width, kv_width, bias=False)
        self.o = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = Norm(shape.width, shape.epsilon)
        self.gate = nn.Linear(shape.width, shape.inner, bias=False)
        self.up = nn.Linear(shape.width, shape.inner, bias=False)
        self.down = nn.Linear(shape.inner, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        shape = self.shape
        h = self.attn_norm(x)
        group = shape.heads // shape.kv_heads
        q = self.q(h).view(batch, length, shape.heads, shape.head).transpose(1, 2)
        k = self.k(h).view(batch, length, shape.kv_heads, shape.head).transpose(1, 2)
        v = self.v(h).view(batch, length, shape.kv_heads, shape.head).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if length > 512:
            k, v = k.repeat_interleave(group, dim=1), v.repeat_interleave(group, dim=1)
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:  # on this size plain products are quicker
            scores = q.reshape(batch, shape.kv_heads, group * length, shape.head) @ k.transpose(2, 3)
            scores = scores.view(batch, shape.heads, length, length) * shape.head**-0.5 + mask
            a = scores.softmax(-1).to(v.dtype).view(batch, shape.kv_heads, group * length, length) @ v
            a = a.view(batch, shape.heads, length, shape.head)
        x = x + self.o(a.transpose(1, 2).reshape(batch, length, width))
        h = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Starter(nn.Module):
    """The whole model: token numbers in, final hidden states or logits out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width, shape.epsilon)
        nn.init.normal_(self.embed.weight, std=0.02)
        for block in self.blocks:
            for layer in (block.q, block.k, block.v, block.gate, block.up):
                nn.init.normal_(layer.weight, std=shape.width**-0.5 * 0.6)
            for layer in (block.o, block.down):
                nn.init.normal_(layer.weight, std=0.02 / (2 * shape.layers) ** 0.5)
        cos, sin = rotations(shape, shape.context)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def forward(self, tokens: Tensor, mask: Tensor, keep: Tensor) -> Tensor:
        """Logits ``(kept, vocabulary)`` for the positions of tokens ``(batch, length)`` that `keep` marks.

        `mask` is added to the attention scores: 0 where a position may look, minus infinity elsewhere.
        """
        length = tokens.shape[1]
        x = self.embed(tokens)
        if torch.is_autocast_enabled("cpu"):
            x, mask = x.to(torch.bfloat16), mask.to(torch.bfloat16)
        cos, sin = self.cos[:length].to(x.dtype), self.sin[:length].to(x.dtype)
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        return F.linear(self.norm(x[keep]), self.embed.weight)


def count(model: nn.Module) -> int:
    """Number of parameters; the tied embedding counts once."""
    return sum(p.numel() for p in model.parameters())
