"""Adapters on this disk and in the garden, their mixes with a base, and what a check says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from backend.engines.types import AdapterUse, FinishReason, Timings

MAX_SCALE = 2.0
SCALE_STEP = 0.05

AdapterFormat = Literal["gguf", "peft"]
AdapterSource = Literal["bundled", "disk", "hub", "ollama", "made"]


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter on this disk.

    Attributes:
        id: Stable name for the database and the command line: the path, or the name of the library's row.
        path: The GGUF file, or the folder with ``adapter_config.json``; a folder has to be converted first.
        base: What it was trained on, as its file says: ``owner/name``, a path, or empty.
        architecture: ``general.architecture`` that the base must have; empty where a folder does not say.
        ranks: The different ranks of its tensors, ascending; one for most adapters.
        modules: What it changes, such as ``attn_q``; of a folder, its own names such as ``q_proj``.
        made_from: The folder that a converted adapter came from; empty if it is not known.
        problem: Why it cannot be used, in one sentence; else empty.
    """

    id: str
    name: str
    path: Path
    format: AdapterFormat
    size: int
    source: AdapterSource = "disk"
    owner: str = ""
    base: str = ""
    architecture: str = ""
    ranks: tuple[int, ...] = ()
    alpha: float = 0.0
    modules: tuple[str, ...] = ()
    licence: str = ""
    modified: float = 0.0
    made_from: str = ""
    problem: str = ""


class CheckKind(StrEnum):
    """What is checked, in the order in which it is shown."""

    FILE = "file"
    ARCHITECTURE = "architecture"
    BASE = "base"
    SHAPES = "shapes"
    FORMAT = "format"
    VOCABULARY = "vocabulary"
    PRECISION = "precision"
    EFFECT = "effect"


CheckState = Literal["ok", "warning", "bad", "unknown"]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing that was looked at. `text` says what was found, in a few words; of a mismatch, which tensor,
    what it is and what was expected."""

    kind: CheckKind
    state: CheckState
    text: str


@dataclass(frozen=True, slots=True)
class Compatibility:
    """Whether an adapter may be loaded over a base.

    Attributes:
        lines: In the order of `CheckKind`; EFFECT only once it was measured on the loaded model.
        memory: Bytes that it adds to the model.
    """

    lines: tuple[CheckLine, ...]
    memory: int = 0

    @property
    def safe(self) -> bool:
        """Whether native code may see it; measured or not."""
        return all(line.state != "bad" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Strip:
    """An adapter in a mixer: the fader from 0 to `MAX_SCALE`, mute and solo."""

    path: str
    scale: float = 1.0
    muted: bool = False
    solo: bool = False


@dataclass(frozen=True, slots=True)
class Rack:
    """The mixer over one base. `bypass` lets the base alone be heard and keeps the faders."""

    strips: tuple[Strip, ...] = ()
    bypass: bool = False

    def uses(self) -> tuple[AdapterUse, ...]:
        """What the engine gets: what is heard, in the order of the strips; a scale of 0 is left out."""
        if self.bypass:
            return ()
        solo = any(strip.solo for strip in self.strips)
        return tuple(
            AdapterUse(strip.path, strip.scale)
            for strip in self.strips
            if strip.scale != 0 and not strip.muted and (strip.solo or not solo)
        )


def rack_of(uses: tuple[AdapterUse, ...]) -> Rack:
    """The mixer with a strip for each of `uses`."""
    return Rack(tuple(Strip(use.path, use.scale) for use in uses))


@dataclass(frozen=True, slots=True)
class Mix:
    """A named setting of the mixer for one base; can be chosen wherever a model can.

    Attributes:
        base_id: Id of the base in the library.
    """

    id: int
    name: str
    base_id: str
    rack: Rack
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class SweepRequest:
    """One prompt at several settings of one or two adapters.

    Attributes:
        cells: What is applied in each cell; the empty tuple is the base.
        seed: The same in every cell.
    """

    base_id: str
    prompt: str
    cells: tuple[tuple[AdapterUse, ...], ...]
    seed: int = 42
    max_tokens: int = 256
    temperature: float = 0.0
    system_prompt: str = ""


@dataclass(frozen=True, slots=True)
class SweepCell:
    """What one cell of a sweep says.

    Attributes:
        divergence: Mean over the tokens of the base's answer of KL(base ‖ this cell), in nats; None until it
            is measured, 0 for the base.
    """

    index: int
    uses: tuple[AdapterUse, ...]
    text: str = ""
    finish_reason: FinishReason | None = None
    timings: Timings = field(default_factory=Timings)
    divergence: float | None = None
    error_title: str = ""
    error_hint: str = ""


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweep that runs or ran. Bytes: `extra_memory` is what the cells took beside the weights."""

    id: int
    request: SweepRequest
    cells: tuple[SweepCell, ...]
    running: bool
    seconds: float = 0.0
    extra_memory: int = 0
