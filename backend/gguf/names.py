"""What the name of a GGUF file tells: its quantization, its part of a split model, and what kind of file it
is."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from backend.i18n import tr

UNKNOWN = "unknown"

FileKind = Literal["model", "projector", "adapter", "calibration"]

_SHARD = re.compile(r"^(?P<prefix>.+)-(?P<number>\d{5})-of-(?P<parts>\d{5})\.gguf$", re.IGNORECASE)
_LABEL = re.compile(
    r"""(?<![A-Za-z0-9])
    (?P<ud>UD[-_])?
    (?P<label>
        I?Q[1-8]_(?:K(?:_(?:XXS|XS|S|M|L|XL|XXL))?|NL|XXS|XS|S|M|L|XL|[01](?:_\d_\d)?)
      | Q[1-8](?=[-.]|$)
      | TQ[12]_0
      | MXFP4(?:_MOE)?
      | NVFP4
      | BF16 | F16 | FP16 | F32 | FP32
    )
    (?![A-Za-z0-9])""",
    re.IGNORECASE | re.VERBOSE,
)
_PROJECTOR = re.compile(r"(^|[^a-z])mm-?proj", re.IGNORECASE)
_ADAPTER = re.compile(r"(^|[^a-z])(lora|adapter)(s)?([^a-z]|$)", re.IGNORECASE)
_CALIBRATION = re.compile(r"imatrix", re.IGNORECASE)


class Shard(NamedTuple):
    """One part of a split model: ``prefix-00002-of-00005.gguf``. `number` counts from 1."""

    prefix: str
    number: int
    parts: int


def shard_info(file_name: str) -> Shard | None:
    """Which part of which model the file is; None where it is not split. Folders in `file_name` stay in the
    prefix."""
    match = _SHARD.match(file_name)
    if match is None:
        return None
    number, parts = int(match["number"]), int(match["parts"])
    if not 1 <= number <= parts:
        return None
    return Shard(match["prefix"], number, parts)


def shard_name(prefix: str, number: int, parts: int) -> str:
    """The file name of part `number` (from 1) of `parts`."""
    return f"{prefix}-{number:05d}-of-{parts:05d}.gguf"


def quant_label(file_name: str) -> str:
    """The quantization in a file name, such as ``Q4_K_M`` or ``UD-IQ2_XXS``; `UNKNOWN` where there is none.

    The last one wins, because people put other things in front. A folder's name is asked where the file's
    says nothing."""
    for part in reversed(file_name.split("/")):
        matches = list(_LABEL.finditer(re.sub(r"\.gguf$", "", part, flags=re.IGNORECASE)))
        if matches:
            found = matches[-1]
            label = found["label"].upper().replace("FP16", "F16").replace("FP32", "F32")
            return f"UD-{label}" if found["ud"] else label
    return UNKNOWN


def without_label(stem: str) -> str:
    """`stem` without the quantization at its end; `stem` itself where nothing else would be left."""
    label = quant_label(stem)
    if label == UNKNOWN:
        return stem
    return re.sub(rf"[-_.]?{re.escape(label)}(-\d+)?$", "", stem, flags=re.IGNORECASE) or stem


_FILE_TYPES = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4_MOE",
    39: "NVFP4",
    40: "Q1_0",
    41: "Q2_0",
}


def file_type_label(number: int | None) -> str:
    """The quantization that ``general.file_type`` (llama.cpp's ``LLAMA_FTYPE``) means; else `UNKNOWN`."""
    return _FILE_TYPES.get(number, UNKNOWN) if number is not None else UNKNOWN


def file_kind(file_name: str) -> FileKind:
    """Model, image or audio projector (mmproj), LoRA adapter, or calibration data (imatrix), going by the
    name."""
    base = file_name.rsplit("/", 1)[-1]
    if _PROJECTOR.search(base):
        return "projector"
    if _CALIBRATION.search(base) and quant_label(base) == UNKNOWN:
        return "calibration"
    if _ADAPTER.search(base):
        return "adapter"
    return "model"


_BITS: dict[str, float] = {
    "IQ1_S": 2.00,
    "IQ1_M": 2.15,
    "IQ2_XXS": 2.38,
    "IQ2_XS": 2.59,
    "IQ2_S": 2.74,
    "IQ2_M": 2.93,
    "IQ3_XXS": 3.25,
    "IQ3_XS": 3.50,
    "IQ3_S": 3.66,
    "IQ3_M": 3.76,
    "IQ4_XS": 4.46,
    "IQ4_NL": 4.68,
    "Q2_K_S": 2.97,
    "Q2_K": 3.16,
    "Q2_K_L": 3.2,
    "Q2_K_XL": 3.3,
    "Q3_K_S": 3.64,
    "Q3_K_M": 4.00,
    "Q3_K_L": 4.30,
    "Q3_K_XL": 4.4,
    "Q4_0": 4.65,
    "Q4_1": 5.1,
    "Q4_K_S": 4.67,
    "Q4_K_M": 4.89,
    "Q4_K_L": 5.0,
    "Q4_K_XL": 5.0,
    "Q5_0": 5.57,
    "Q5_1": 6.06,
    "Q5_K_S": 5.57,
    "Q5_K_M": 5.70,
    "Q5_K_L": 5.8,
    "Q5_K_XL": 5.8,
    "Q6_K": 6.56,
    "Q6_K_L": 6.7,
    "Q6_K_XL": 7.2,
    "Q8_0": 8.50,
    "Q8_K_XL": 9.6,
    "F16": 16.0,
    "BF16": 16.0,
    "F32": 32.0,
    "MXFP4": 4.25,
    "MXFP4_MOE": 4.5,
    "NVFP4": 4.5,
    "TQ1_0": 1.69,
    "TQ2_0": 2.06,
    "Q2_0": 2.68,
    "Q1_0": 1.5,
}
"""Bits per weight over a whole model: llama.cpp's table for Llama-3.1-8B; for labels that it lacks, the
middle of published files, or the bits of the tensor type itself."""


def bits_per_weight(label: str) -> float | None:
    """Typical bits per weight of files with this label; None for an unknown one. Files mix types, so it is
    typical."""
    plain = label.removeprefix("UD-")
    if plain in _BITS:
        return _BITS[plain]
    shorter = plain.rsplit("_", 1)[0]
    return next(
        (_BITS[name] for name in (f"{plain}_M", f"{shorter}_M", shorter, plain[:4]) if name in _BITS), None
    )


def quant_meaning(label: str) -> str:
    """One line for people about what the quantization costs; empty for an unknown label."""
    plain = label.removeprefix("UD-")
    if plain in ("F32", "F16", "BF16"):
        return tr("Not quantized, as published")
    if plain.startswith("Q8"):
        return tr("As good as the original, half its size")
    if plain in ("Q4_K_M", "Q4_K_XL", "Q4_K_L"):
        return tr("Small quality loss, the usual choice")
    if plain.startswith(("MXFP4", "NVFP4")):
        return tr("Four bits in the form that the model was trained for")
    if plain.startswith("TQ"):
        return tr("For models that were trained with three values per weight")
    bits = bits_per_weight(label)
    if bits is None:
        return ""
    if bits >= 6.3:
        return tr("Hardly any loss, larger than usual")
    if bits >= 5.3:
        return tr("Very small loss, a bit larger")
    if bits >= 4.3:
        return tr("Small loss, a bit smaller")
    if bits >= 3.3:
        return tr("Noticeable loss, if memory is short")
    if bits >= 2.5:
        return tr("Strong loss, only for large models")
    return tr("Severe quality loss, an experiment")
