"""The chain of native samplers that chooses the next token of one answer."""

from __future__ import annotations

import ctypes
import secrets
from collections.abc import Sequence

import llama_cpp.llama_cpp as native

from backend.engines.types import Sampling

_PENALTY_WINDOW = 64
"""Tokens that the repeat and presence penalties look back on, prompt included (llama.cpp's own default)."""

_RANDOM_SEED: int = native.LLAMA_DEFAULT_SEED


def pick_seed(sampling: Sampling, index: int) -> int:
    """The seed of answer `index`: the person's (counted up per answer), or a fresh one.

    Never the number with which the library draws a seed of its own, that nobody could repeat.
    """
    if sampling.seed is None:
        return secrets.randbits(31)
    return (sampling.seed + index) % _RANDOM_SEED


class Sampler:
    """Penalties → top-k → top-p → min-p → temperature → draw; with temperature 0 the likeliest token."""

    def __init__(self, sampling: Sampling, seed: int, n_vocab: int, recent: Sequence[int]) -> None:
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
                native.llama_sampler_accept(chain, token)

    def sample(self, context: ctypes.c_void_p, row: int) -> int:
        """Draw a token from output `row` of the last decode and remember it for the penalties."""
        return int(native.llama_sampler_sample(self._chain, context, row))

    def close(self) -> None:
        if self._chain:
            native.llama_sampler_free(self._chain)
            self._chain = None


def _add(chain: ctypes.c_void_p, sampler: ctypes.c_void_p) -> None:
    """Append `sampler`; the chain owns and frees it."""
    native.llama_sampler_chain_add(chain, sampler)
