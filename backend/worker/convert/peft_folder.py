"""A folder that PEFT wrote: its pairs, and how much each of them counts."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass

import regex

from backend.peft import CONFIG, MOST_RANK, PICKLE, UNCHANGED, WEIGHTS, half_of, not_plain
from backend.safetensors import Stored
from backend.worker.convert.config import Config
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository
from backend.worker.convert.safetensors import read_header

_FLOATS = ("F32", "F16", "BF16")
_MOST_PATTERNS = 20_000
_LONGEST_PATTERN = 500
_MATCHING_S = 20.0
"""For all modules together; honest patterns take milliseconds."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A and B of one module, `rank` × inputs and outputs × `rank`.

    Attributes:
        scaling: What PEFT multiplies B·A with.
    """

    module: str
    a: Stored
    b: Stored
    rank: int
    scaling: float


@dataclass(frozen=True, slots=True)
class PeftFolder:
    """Attributes:
    alpha: ``lora_alpha`` of the config.
    base_name: What it says that it was trained on; may be empty.
    unchanged: Weights of the base that lie there too, by module.
    """

    alpha: float
    base_name: str
    pairs: tuple[Pair, ...]
    unchanged: Mapping[str, Stored]


def read_folder(repository: Repository) -> PeftFolder:
    """What the config and the names and shapes of the tensors say.

    Raises:
        Refusal: It is no plain LoRA, or a tensor is no part of one; it is named.
    """
    values = repository.json(CONFIG)
    if values is None:
        refuse("no_adapter", CONFIG)
    config = Config(values, file=CONFIG, code="adapter_config")
    if field := not_plain(values):
        config.refuse(field, f"{values.get(field)!r:.200}")
    alpha = config.number("lora_alpha", 8.0)
    if not alpha > 0:
        config.refuse("lora_alpha", f"{alpha:g}")
    rank = config.integer("r", 8)
    alphas, ranks = Patterns(config, "alpha_pattern"), Patterns(config, "rank_pattern")
    rooted = config.flag("use_rslora", False)
    if WEIGHTS not in repository.names:
        refuse("pickle" if PICKLE in repository.names else "no_weights", WEIGHTS)
    pairs = []
    stored = read_header(repository, WEIGHTS)
    sides, unchanged = _sides(stored), _unchanged(stored)
    if alone := sorted(unchanged.keys() - sides.keys()):
        refuse("adapter_tensor", f"{WEIGHTS}: {alone[0]}{UNCHANGED}", "without lora_A and lora_B")
    for module, halves in sides.items():
        a, b = _both(module, halves)
        meant = ranks.of(module, rank)
        if a.shape[0] != meant:
            refuse(
                "adapter_tensor", f"{WEIGHTS}: {a.name}", f"rank {a.shape[0]}, but {CONFIG} says {meant:g}"
            )
        scaling = alphas.of(module, alpha) / (math.sqrt(meant) if rooted else meant)
        pairs.append(Pair(module, a, b, a.shape[0], scaling))
    return PeftFolder(alpha, config.text("base_model_name_or_path", ""), tuple(pairs), unchanged)


class Patterns:
    """The modules that have a rank or an alpha of their own: ``rank_pattern``, ``alpha_pattern``.

    A key is an expression for a whole tail of a module's name, and the first one that fits counts, as in
    PEFT's ``get_pattern_key``. Anybody can write one that would take for ever: they have a time limit.
    """

    def __init__(self, config: Config, field: str) -> None:
        self._config = config
        self._field = field
        self._left = _MATCHING_S
        self._known: list[tuple[regex.Pattern[str], float]] = []
        section, given = config.section(field), config.value(field) or {}
        if section is None:
            return
        if len(given) > _MOST_PATTERNS:
            config.refuse(field, f"{len(given)} patterns")
        for key in given:
            value = section.number(key)
            if len(key) > _LONGEST_PATTERN:
                config.refuse(field, f"a pattern of {len(key)} characters")
            try:
                self._known.append((regex.compile(rf"(.*\.)?({key})$"), value))
            except (regex.error, RecursionError) as error:
                config.refuse(field, f"{key:.100}: {error}")

    def of(self, module: str, usual: float) -> float:
        """The number for a module; `usual` where no pattern fits.

        Raises:
            Refusal: A pattern took too long.
        """
        begin = time.monotonic()
        for pattern, value in self._known:
            try:
                # Nothing of it may be tried any more once the time is over; 0 would mean without a limit.
                found = pattern.match(module, timeout=max(self._left - (time.monotonic() - begin), 1e-6))
            except TimeoutError:
                self._config.refuse(self._field, "takes too long")
            if found:
                usual = value
                break
        self._left -= time.monotonic() - begin
        return usual


def _unchanged(stored: Mapping[str, Stored]) -> dict[str, Stored]:
    return {
        name.removeprefix("base_model.model.").removesuffix(UNCHANGED): tensor
        for name, tensor in stored.items()
        if name.endswith(UNCHANGED)
    }


def _sides(stored: Mapping[str, Stored]) -> dict[str, dict[str, Stored]]:
    """A and B by module and side.

    Raises:
        Refusal: A tensor is neither, or of a type without a place.
    """
    found: dict[str, dict[str, Stored]] = {}
    for name in sorted(stored):
        where = f"{WEIGHTS}: {name}"
        if name.endswith(UNCHANGED):
            continue
        module, side = half_of(name)
        if not module:
            refuse("adapter_tensor", where, "neither lora_A nor lora_B of a linear layer")
        tensor = stored[name]
        if tensor.dtype not in _FLOATS:
            refuse("dtype", where, f"dtype {tensor.dtype}")
        if len(tensor.shape) != 2 or min(tensor.shape) < 1:
            refuse("adapter_tensor", where, f"shape {list(tensor.shape)}, two dimensions expected")
        if found.setdefault(module, {}).setdefault(side, tensor) is not tensor:
            refuse("adapter_tensor", where, "there twice")
    if not found:
        refuse("no_weights", WEIGHTS)
    return found


def _both(module: str, sides: Mapping[str, Stored]) -> tuple[Stored, Stored]:
    where = f"{WEIGHTS}: {module}"
    if len(sides) != 2:
        refuse("adapter_tensor", where, f"only lora_{min(sides)}, not both")
    a, b = sides["A"], sides["B"]
    rank = a.shape[0]
    if b.shape[1] != rank:
        refuse("adapter_tensor", where, f"rank {rank} in A, {b.shape[1]} in B")
    if rank > MOST_RANK:
        refuse("adapter_tensor", where, f"rank {rank}, at most {MOST_RANK} expected")
    return a, b
