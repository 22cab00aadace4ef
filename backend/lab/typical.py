"""What quantizing usually costs, by type, for a model that was not measured.

Source: the table of llama.cpp's ``tools/perplexity/README.md`` (LLaMA 3 8B against FP16; with an importance
matrix of Wikitext for the IQ types and Q2_K_S): mean KL divergence and perplexity ratio. The share of same
top tokens is read off the divergence: 1 - 0.4 * KL**0.44 passes near the eight shares in that file. How much
a model loses differs widely (the divergence of LLaMA 2 7B is a quarter to two fifths of that of LLaMA 3 8B),
and small models lose more, hence the wide intervals.
"""

from __future__ import annotations

import math

from backend.lab.types import Value

_KL: dict[str, tuple[float, float]] = {
    "F32": (0.0, 1.0),
    "F16": (0.0005, 1.0002),
    "BF16": (0.0005, 1.0005),
    "Q8_0": (0.0014, 1.0004),
    "Q6_K": (0.0055, 1.0035),
    "Q5_K_M": (0.0108, 1.0091),
    "Q5_K_S": (0.0166, 1.0168),
    "Q5_1": (0.0180, 1.0170),
    "Q5_0": (0.0222, 1.0211),
    "Q4_K_M": (0.0313, 1.0282),
    "Q4_K_S": (0.0431, 1.0431),
    "IQ4_NL": (0.0357, 1.0359),
    "IQ4_XS": (0.0363, 1.0366),
    "Q4_1": (0.0717, 1.0724),
    "Q4_0": (0.0719, 1.0752),
    "Q3_K_L": (0.0872, 1.0893),
    "Q3_K_M": (0.1019, 1.1054),
    "IQ3_M": (0.1025, 1.1070),
    "IQ3_S": (0.1113, 1.1178),
    "IQ3_XS": (0.1387, 1.1495),
    "IQ3_XXS": (0.1836, 1.1969),
    "Q3_K_S": (0.2282, 1.2619),
    "IQ2_M": (0.3260, 1.3802),
    "Q2_K_S": (0.4034, 1.4962),
    "IQ2_S": (0.4392, 1.5487),
    "Q2_K": (0.4451, 1.5648),
    "IQ2_XS": (0.5463, 1.7269),
    "IQ2_XXS": (0.8120, 2.2613),
    "IQ1_M": (1.3931, 4.0910),
    "IQ1_S": (2.2113, 9.3230),
}
_SMALL = 3e9
"""Parameters below which a model loses more, the more the smaller it is."""


def divergence(type_name: str, parameters: int) -> Value | None:
    """Typical mean KL divergence in nats; None for a type that nobody has published."""
    known = _KL.get(type_name)
    if known is None:
        return None
    wide = 3.0 * _smallness(parameters)
    return Value(known[0], known[0] / 3, known[0] * wide, measured=False)


def same_top(type_name: str, parameters: int) -> Value | None:
    """Typical share of tokens with the same most likely one."""
    loss = divergence(type_name, parameters)
    if loss is None:
        return None
    best, likely, worst = (max(0.0, 1 - 0.4 * kl**0.44) for kl in (loss.low, loss.value, loss.high))
    return Value(likely, worst, best, measured=False)


def perplexity_ratio(type_name: str, parameters: int) -> Value | None:
    """Typical perplexity over that of the original."""
    known = _KL.get(type_name)
    if known is None:
        return None
    more = known[1] - 1
    return Value(known[1], 1 + more / 3, 1 + more * 3 * _smallness(parameters), measured=False)


def _smallness(parameters: int) -> float:
    return min(6.0, max(1.0, math.sqrt(_SMALL / max(1, parameters))))
