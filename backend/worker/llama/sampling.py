"""The chain of native samplers that chooses the next token of one answer."""

from __future__ import annotations

import ctypes
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import llama_cpp.llama_cpp as native
import numpy as np
import numpy.typing as npt

from backend.engines.types import Sampling

if TYPE_CHECKING:
    from backend.worker.llama.grammar import Form

_PENALTY_WINDOW = 64
"""Tokens that the repeat and presence penalties look back on, prompt included (llama.cpp's own default)."""
_MOST_ALTERNATIVES = 20

_RANDOM_SEED: int = native.LLAMA_DEFAULT_SEED


def pick_seed(sampling: Sampling, index: int) -> int:
    """The seed of answer `index`: the person's (counted up per answer), or a fresh one.

    Never the number with which the library draws a seed of its own, that nobody could repeat.
    """
    if sampling.seed is None:
        return secrets.randbits(31)
    return (sampling.seed + index) % _RANDOM_SEED


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The natural logarithm of a drawn token's probability, and those of the likeliest tokens, best first."""

    logprob: float
    alternatives: tuple[tuple[int, float], ...]


def likelihood(logits: npt.NDArray[np.float32], token: int, count: int) -> Likelihood:
    """What the model thought of `token`: log p = logit − log Σ exp(logit), before any sampler."""
    top = float(logits.max())
    total = top + float(np.log(np.exp(logits - top, dtype=np.float64).sum()))
    count = min(count, _MOST_ALTERNATIVES, len(logits))
    best = np.argpartition(logits, -count)[-count:]
    best = best[np.argsort(-logits[best], kind="stable")]
    return Likelihood(
        float(logits[token]) - total, tuple((int(one), float(logits[one]) - total) for one in best)
    )


class Sampler:
    """Form → penalties → top-k → top-p → min-p → temperature → draw; with temperature 0 the likeliest token.

    Attributes:
        form: What the answer may go on with, where it must have a form.
        told: What the model thought of the token drawn last; None where `Sampling.logprobs` is 0.
    """

    def __init__(
        self, sampling: Sampling, seed: int, n_vocab: int, recent: Sequence[int], form: Form | None
    ) -> None:
        self.form = form
        self.told: Likelihood | None = None
        self._alternatives = sampling.logprobs
        self._n_vocab = n_vocab
        chain = native.llama_sampler_chain_init(native.llama_sampler_chain_default_params())
        self._chain = chain
        repeat = max(sampling.repeat_penalty, 0.01)  # the library takes no less than a positive number
        penalties = sampling.repeat_penalty != 1.0 or sampling.presence_penalty != 0.0
        if penalties:
            _add(
                chain,
                native.llama_sampler_init_penalties(
                    n_vocab, _PENALTY_WINDOW, repeat, 0.0, sampling.presence_penalty
                ),
            )
        if sampling.temperature <= 0.0:
            _add(chain, native.llama_sampler_init_greedy())
        else:
            if sampling.top_k > 0:
                _add(chain, native.llama_sampler_init_top_k(sampling.top_k))
            if sampling.top_p < 1.0:
                _add(chain, native.llama_sampler_init_top_p(sampling.top_p, 1))
            if sampling.min_p > 0.0:
                _add(chain, native.llama_sampler_init_min_p(sampling.min_p, 1))
            _add(chain, native.llama_sampler_init_temp(sampling.temperature))
            _add(chain, native.llama_sampler_init_dist(seed))
        if penalties:
            for token in recent[-_PENALTY_WINDOW:]:
                if token >= 0:  # an image has none
                    native.llama_sampler_accept(chain, token)

    def sample(self, context: ctypes.c_void_p, row: int, *, formed: bool = True) -> int:
        """Draw a token from output `row` of the last decode and remember it for the penalties.

        Args:
            formed: Whether the form counts already; it does not while the model thinks.

        Raises:
            EngineError: ``sampling.dead_end``: the form allows nothing more.
        """
        form = self.form if formed else None
        if form is None and not self._alternatives:
            return int(native.llama_sampler_sample(self._chain, context, row))
        pointer = native.llama_get_logits_ith(context, row)
        logits = np.ctypeslib.as_array(pointer, shape=(self._n_vocab,))
        raw = logits.copy()
        if form is None:
            token = int(native.llama_sampler_sample(self._chain, context, row))
        else:
            form.restrict(logits)
            token = int(native.llama_sampler_sample(self._chain, context, row))
            logits[:] = raw  # other answers may start from the same row
            form.accept(token)
        if self._alternatives:
            self.told = likelihood(raw, token, self._alternatives)
        return token

    def close(self) -> None:
        if self._chain:
            native.llama_sampler_free(self._chain)
            self._chain = None


def _add(chain: ctypes.c_void_p, sampler: ctypes.c_void_p) -> None:
    """Append `sampler`; the chain owns and frees it."""
    native.llama_sampler_chain_add(chain, sampler)
