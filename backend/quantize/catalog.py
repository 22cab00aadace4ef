"""Every type that the engine offers as a target, and what people should know of it.

The list is that of llama.cpp's own tool. Types that it can read but no longer write are not in it.
"""

from __future__ import annotations

from backend.errors import AppError
from backend.gguf.names import bits_per_weight, quant_meaning
from backend.gguf.types import GGMLType
from backend.i18n import tr
from backend.quantize.types import Group, QuantType

_FTYPES: dict[str, int] = {
    "F32": 0,
    "F16": 1,
    "BF16": 32,
    "Q8_0": 7,
    "Q6_K": 18,
    "Q5_K_M": 17,
    "Q5_K_S": 16,
    "Q5_1": 9,
    "Q5_0": 8,
    "Q4_K_M": 15,
    "Q4_K_S": 14,
    "Q4_1": 3,
    "Q4_0": 2,
    "IQ4_NL": 25,
    "IQ4_XS": 30,
    "MXFP4_MOE": 38,
    "Q3_K_L": 13,
    "Q3_K_M": 12,
    "Q3_K_S": 11,
    "IQ3_M": 27,
    "IQ3_S": 26,
    "IQ3_XS": 22,
    "IQ3_XXS": 23,
    "Q2_K": 10,
    "Q2_K_S": 21,
    "IQ2_M": 29,
    "IQ2_S": 28,
    "IQ2_XS": 20,
    "IQ2_XXS": 19,
    "IQ1_M": 31,
    "IQ1_S": 24,
    "TQ2_0": 37,
    "TQ1_0": 36,
    "Q2_0": 41,
    "Q1_0": 40,
}
"""llama.cpp's ``LLAMA_FTYPE`` by name, from large to small."""

_ALIASES = {"Q3_K": "Q3_K_M", "Q4_K": "Q4_K_M", "Q5_K": "Q5_K_M"}

_USUAL = frozenset({"F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "IQ4_XS", "Q3_K_M"})
_SMALL = frozenset({"IQ4_XS", "Q3_K_M", "Q3_K_S", "IQ3_M", "IQ3_XXS", "Q2_K", "IQ2_M", "IQ2_XXS", "IQ1_M"})
_NEEDS = frozenset({"IQ3_XS", "IQ3_XXS", "Q2_K_S", "IQ2_M", "IQ2_S", "IQ2_XS", "IQ2_XXS", "IQ1_M", "IQ1_S"})
_WANTS = _NEEDS | {"IQ4_XS", "IQ4_NL", "Q3_K_L", "Q3_K_M", "Q3_K_S", "IQ3_M", "IQ3_S", "Q2_K"}

_FOR_TENSORS = frozenset(GGMLType) - {
    GGMLType.Q8_1,
    GGMLType.Q8_K,
    GGMLType.I8,
    GGMLType.I16,
    GGMLType.I32,
    GGMLType.I64,
    GGMLType.F64,
    GGMLType.NVFP4,
}


def quant_types() -> tuple[QuantType, ...]:
    """All targets, from large to small."""
    return tuple(_type(name, ftype) for name, ftype in _FTYPES.items())


def quant_type(name: str) -> QuantType:
    """The target that `name` means; case does not matter.

    Raises:
        AppError: ``quantize.unknown_type``.
    """
    plain = name.strip().upper()
    plain = _ALIASES.get(plain, plain)
    if plain not in _FTYPES:
        raise AppError(
            "quantize.unknown_type",
            tr("There is no quantization type {name}.", name=name.strip()[:40] or "–"),
            tr("Choose one of: {names}.", names=", ".join(_FTYPES)),
        )
    return _type(plain, _FTYPES[plain])


def tensor_type(name: str | None) -> GGMLType | None:
    """The storage type that `name` means for single tensors; None leaves it to the engine.

    Raises:
        AppError: ``quantize.unknown_type``.
    """
    if name is None:
        return None
    kind = GGMLType.__members__.get(name.strip().upper())
    if kind is None or kind not in _FOR_TENSORS:
        raise AppError(
            "quantize.unknown_type",
            tr("There is no tensor type {name}.", name=name.strip()[:40] or "–"),
            tr("Choose one of: {names}.", names=", ".join(kind.name for kind in sorted(_FOR_TENSORS))),
        )
    return kind


def tensor_types() -> tuple[str, ...]:
    """Names of the types that the output layer and the token embedding may have."""
    return tuple(kind.name for kind in sorted(_FOR_TENSORS))


def _type(name: str, ftype: int) -> QuantType:
    groups: list[Group] = [*(["usual"] if name in _USUAL else []), *(["small"] if name in _SMALL else [])]  # type: ignore[list-item]
    return QuantType(
        name,
        ftype,
        bits_per_weight(name) or 0.0,
        _meaning(name),
        tuple(groups) or ("other",),
        needs_imatrix=name in _NEEDS,
        wants_imatrix=name in _WANTS,
    )


def _meaning(name: str) -> str:
    match name:
        case "F32":
            return tr("Full precision, for further work; twice the size of F16")
        case "F16" | "BF16":
            return tr("Not quantized, half precision")
        case "MXFP4_MOE":
            return tr("Experts in four bits, the rest in eight; for mixture-of-experts models")
        case "Q2_0" | "Q1_0":
            return tr("For models that were trained with so few bits")
        case _:
            return quant_meaning(name)
