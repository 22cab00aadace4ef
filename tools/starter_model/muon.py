"""Muon for many small matrices: momentum, then steps of one spectral size, found by Newton and Schulz.

Matrices of one shape are stacked, so that a step costs a few batched products, not hundreds of small ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

_A, _B, _C = 3.4445, -4.775, 2.0315


def orthogonal(stack: Tensor, steps: int) -> Tensor:
    """The nearest matrices with all singular values near 1, for a stack ``(count, rows <= columns)``."""
    x = stack.bfloat16()
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = torch.bmm(x, x.transpose(1, 2))
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=_B, alpha=_C), x, beta=_A)
    return x.float()


class Muon:
    """The optimizer; `rate` is the step's spectral size for square matrices."""

    def __init__(
        self, matrices: Iterable[nn.Parameter], momentum: float = 0.95, decay: float = 0.01, steps: int = 4
    ) -> None:
        self.groups: dict[tuple[int, int], list[nn.Parameter]] = {}
        for matrix in matrices:
            rows, columns = matrix.shape
            self.groups.setdefault((min(rows, columns), max(rows, columns)), []).append(matrix)
        self.momentum, self.decay, self.steps = momentum, decay, steps
        self.buffers = [torch.zeros(len(group), *shape) for shape, group in self.groups.items()]

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Move every matrix once and forget its gradient."""
        for group, buffer in zip(self.groups.values(), self.buffers, strict=True):
            grads = torch.stack([m.grad if m.shape[0] <= m.shape[1] else m.grad.T for m in group])
            buffer.lerp_(grads, 1 - self.momentum)
            moves = orthogonal(grads.lerp_(buffer, self.momentum), self.steps)
            for matrix, move in zip(group, moves.unbind(), strict=True):
                rows, columns = matrix.shape
                size = rate * max(1.0, rows / columns) ** 0.5
                matrix.mul_(1 - rate * self.decay)
                matrix.add_(move if rows <= columns else move.T, alpha=-size)
                matrix.grad = None

    def state_dict(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"buffers": self.buffers}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        for buffer, saved in zip(self.buffers, state["buffers"], strict=True):
            buffer.copy_(saved)
