"""The design tokens of `resources/theme/tokens.json`: colours by theme, type scale, sizes and durations."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from backend.paths import RESOURCES

TOKENS_FILE = RESOURCES / "theme" / "tokens.json"


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One step of the type scale: pixels at 100 %, line height in pixels, weight, and which family."""

    pixels: int
    line: int
    weight: int
    mono: bool


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """Text or a graphic that is drawn on a surface, and the least contrast ratio it must have there."""

    foreground: str
    background: str
    minimum: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the theme reads from the file, already in the shape that it is used in.

    Attributes:
        colours: Scheme name (``light``, ``dark``) to colour name to ``#RRGGBB`` or ``#RRGGBBAA``.
        palette: `QPalette` role, such as ``Base`` or ``Disabled.Text``, to colour name.
    """

    colours: dict[str, dict[str, str]]
    contrast: dict[str, tuple[ContrastPair, ...]]
    palette: dict[str, str]
    type_scale: dict[str, TypeStyle]
    sans: str
    mono: str
    space: dict[str, int]
    radius: dict[str, int]
    sizes: dict[str, float]
    motion: dict[str, int]


@cache
def tokens() -> Tokens:
    """Read the token file once."""
    raw: dict[str, Any] = json.loads(TOKENS_FILE.read_text(encoding="utf-8"))
    scale = {
        role: TypeStyle(step["px"], step["line"], step["weight"], role == "code")
        for role, step in raw["type"]["scale"].items()
    }
    return Tokens(
        colours={
            scheme: {name: entry["value"] for name, entry in theme["colors"].items()}
            for scheme, theme in raw["themes"].items()
        },
        contrast={
            scheme: tuple(ContrastPair(pair["fg"], pair["bg"], pair["min"]) for pair in theme["contrast"])
            for scheme, theme in raw["themes"].items()
        },
        palette=raw["palette"],
        type_scale=scale,
        sans=raw["type"]["family"]["sans"],
        mono=raw["type"]["family"]["mono"],
        space={step: value for step, value in raw["space"].items() if isinstance(value, int)},
        radius=raw["radius"],
        sizes=_flat(raw["size"]),
        motion=raw["motion"],
    )


def _flat(tree: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Join nested names with dots; a ``[width, height]`` pair becomes ``name.width`` and ``name.height``."""
    flat: dict[str, float] = {}
    for name, value in tree.items():
        full = f"{prefix}{name}"
        if isinstance(value, dict):
            flat |= _flat(value, f"{full}.")
        elif isinstance(value, list):
            flat[f"{full}.width"], flat[f"{full}.height"] = value
        else:
            flat[full] = value
    return flat


def luminance(hex_colour: str) -> float:
    """Relative luminance of an opaque ``#RRGGBB`` colour (WCAG 2.2, section 1.4.3)."""
    channels = [int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(first: str, second: str) -> float:
    """Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2)."""
    brighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
