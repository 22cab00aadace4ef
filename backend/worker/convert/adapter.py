"""A LoRA of PEFT as a GGUF adapter for one base: the same names and orders of rows as its own conversion.

llama.cpp multiplies each pair with ``adapter.lora.alpha / rank``, where the rank is that of the pair
(``get_scale`` in llama-adapter.h). Alpha is one number for the file, so what PEFT scales otherwise (rsLoRA,
``alpha_pattern``) is multiplied into B.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import gguf
import numpy as np

from backend.gguf.header import Header
from backend.worker.convert.architectures import ARCHITECTURES, Architecture, Shape
from backend.worker.convert.config import Config
from backend.worker.convert.numbers import target_type
from backend.worker.convert.plan import tensor_size, write_header
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository
from backend.worker.convert.rope import Rope
from backend.worker.convert.safetensors import read_header
from backend.worker.convert.tensors import Matched, Wanted, wanted_tensors
from backend.worker.convert.writing import pad, write_tensors

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
_PICKLE = "adapter_model.bin"
_FLOATS = ("F32", "F16", "BF16")
_PAIR = re.compile(r"(?:base_model\.model\.)?(?P<module>.+)\.lora_(?P<side>[AB])(?:\.default)?\.weight")
_INNER = re.compile(r"(?:model\.|language_model\.)*(?=layers\.\d)")
_OTHER_WAYS = (
    "use_dora",
    "use_qalora",
    "lora_bias",
    "fan_in_fan_out",
    "modules_to_save",
    "layer_replication",
    "trainable_token_indices",
    "target_parameters",
    "alora_invocation_tokens",
    "megatron_config",
    "arrow_config",
)
"""Fields of the config that change the calculation in a way that a GGUF adapter cannot express."""
_CHANGED_BASES = ("pissa", "olora", "corda", "loftq")
"""Ways to begin that also change the weights of the base: the pair alone is not what was trained."""


@dataclass(frozen=True, slots=True)
class AdapterPlan:
    """Attributes:
    architecture: Of the base, as GGUF calls it.
    alpha: What goes into the file; B carries the rest.
    matched: A and B of each changed tensor, one behind the other.
    """

    architecture: str
    alpha: float
    matched: tuple[Matched, ...]
    base_name: str


def plan_adapter(repository: Repository, base: Header) -> AdapterPlan:
    """Find the place of every tensor in the base, and how it is scaled.

    Raises:
        Refusal: It is no plain LoRA, or something in it has no place in the base; it is named.
    """
    values = repository.json(CONFIG)
    if values is None:
        refuse("no_adapter", CONFIG)
    if WEIGHTS not in repository.names:
        refuse("pickle" if _PICKLE in repository.names else "no_weights", WEIGHTS)
    config = Config(values)
    _expect_plain(config)
    places = _places(base)
    alpha = config.number("lora_alpha")
    if not alpha > 0:
        _bad("lora_alpha", f"{alpha:g}")
    patterns = _patterns(values)
    pairs: dict[str, dict[str, Matched]] = {}
    stored = read_header(repository, WEIGHTS)
    for name in sorted(stored):
        found = _PAIR.fullmatch(name)
        if found is None:
            refuse("adapter_tensor", f"{WEIGHTS}: {name}", "neither lora_A nor lora_B of a linear layer")
        place = places.get(_INNER.sub("", found["module"]) + ".weight")
        if place is None:
            refuse("adapter_tensor", f"{WEIGHTS}: {name}", f"{base.architecture} has no place for it")
        one = stored[name]
        if one.dtype not in _FLOATS:
            refuse("dtype", f"{WEIGHTS}: {name}", f"dtype {one.dtype}")
        side = found["side"]
        _expect_shape(place, name, one.shape, side)
        target = f"{place.target}.lora_{side.lower()}"
        wanted = Wanted(one.name, target, one.shape, place.heads if side == "B" else 0)
        if pairs.setdefault(found["module"], {}).setdefault(side, Matched(wanted, one)).stored is not one:
            refuse("adapter_tensor", f"{WEIGHTS}: {name}", "there twice")
    if not pairs:
        refuse("no_weights", WEIGHTS)
    matched: list[Matched] = []
    targets: set[str] = set()
    for module, sides in pairs.items():
        if set(sides) != {"A", "B"}:
            refuse("adapter_tensor", f"{WEIGHTS}: {module}", f"only lora_{min(sides)}, not both")
        a, b = sides["A"], sides["B"]
        rank = a.wanted.shape[0]
        if b.wanted.shape[1] != rank:
            refuse("adapter_tensor", f"{WEIGHTS}: {module}", f"rank {rank} in A, {b.wanted.shape[1]} in B")
        if a.wanted.target in targets:
            refuse("adapter_tensor", f"{WEIGHTS}: {module}", "there twice")
        targets.add(a.wanted.target)
        meant = next((value for pattern, value in patterns if pattern.match(module)), alpha)
        root = math.sqrt(rank) if config.flag("use_rslora", False) else 1.0
        matched += [a, Matched(replace(b.wanted, factor=meant / alpha * root), b.stored)]
    return AdapterPlan(base.architecture, alpha, tuple(matched), config.text("base_model_name_or_path", ""))


def write_adapter(
    repository: Repository,
    plan: AdapterPlan,
    target: Path,
    kind: str,
    name: str,
    tell: Callable[[float, str], None],
) -> None:
    """Write `target` and wait until it is on the disk; for the arguments see `writing.write`.

    Raises:
        Refusal: The weights hold something that has no place in the type.
        OSError: The disk is full, or cannot be written.
    """
    writer = gguf.GGUFWriter(target, plan.architecture)
    try:
        writer.add_type(gguf.GGUFType.ADAPTER)
        writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
        writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, plan.alpha)
        writer.add_name(name)
        if plan.base_name:
            writer.add_base_model_count(1)
            writer.add_base_model_name(0, plan.base_name)
        for one in plan.matched:
            writer.add_tensor_info(
                one.wanted.target,
                one.wanted.shape,
                np.dtype(np.float32),
                tensor_size(one, kind),
                target_type(one, kind),
            )
        write_header(writer)
        assert writer.fout is not None
        out = writer.fout[0]
        pad(out)
        write_tensors(repository, plan.matched, out, kind, tell)
        out.flush()
        os.fsync(out.fileno())
    finally:
        writer.close()


def _expect_plain(config: Config) -> None:
    if str(config.value("peft_type")).upper() != "LORA":
        _bad("peft_type", f"{config.value('peft_type')!r:.100}")
    if config.value("bias") not in (None, "none"):
        _bad("bias", f"{config.value('bias')!r:.100}")
    for key in _OTHER_WAYS:
        if config.value(key):
            _bad(key, f"{config.value(key)!r:.200}")
    start = config.value("init_lora_weights")
    if isinstance(start, str) and start.lower().startswith(_CHANGED_BASES):
        _bad("init_lora_weights", f"{start:.100}")


def _patterns(values: Mapping[str, Any]) -> list[tuple[re.Pattern[str], float]]:
    """Which modules have an alpha of their own; a key fits as in PEFT's ``get_pattern_key``: a whole tail."""
    given = values.get("alpha_pattern") or {}
    if not isinstance(given, dict):
        _bad("alpha_pattern", "an object expected")
    section = Config(given, "alpha_pattern.")
    found = []
    for key in given:
        try:
            found.append((re.compile(rf"(.*\.)?({key})$"), section.number(key)))
        except re.error as error:
            _bad("alpha_pattern", f"{key:.100}: {error}")
    return found


def _places(base: Header) -> dict[str, Wanted]:
    """The linear layers of the base by the names of transformers; sizes as the file has them."""
    architecture = next((one for one in ARCHITECTURES.values() if one.name == base.architecture), None)
    if architecture is None:
        refuse("architecture", "", base.architecture)
    shapes = {tensor.name: tensor.shape[::-1] for tensor in base.tensors}
    return {
        wanted.source: replace(wanted, shape=shapes[wanted.target])
        for wanted in wanted_tensors(architecture, _shape(base, architecture))
        if wanted.target in shapes and len(wanted.shape) == 2 and wanted.source != "embed_tokens.weight"
    }


def _shape(base: Header, architecture: Architecture) -> Shape:
    def number(suffix: str, default: int | None = None) -> int:
        value = base.integer(base.key(suffix))
        value = default if value is None else value
        if value is None or value < 1:
            refuse("base", base.key(suffix), f"{value}")
        return value

    width, heads = number("embedding_length"), number("attention.head_count")
    names = {tensor.name for tensor in base.tensors}
    return Shape(
        layers=number("block_count"),
        width=width,
        feed=number("feed_forward_length"),
        heads=heads,
        kv_heads=number("attention.head_count_kv", heads),
        head_dim=number("attention.key_length", max(width // heads, 1)),
        vocabulary=base.n_vocab or 1,
        context=1,
        eps=0.0,
        tied="output.weight" not in names,
        rope=Rope(1.0),
    )


def _expect_shape(place: Wanted, name: str, shape: tuple[int, ...], side: str) -> None:
    across = place.shape[1] if side == "A" else place.shape[0]
    right = len(shape) == 2 and shape[1 if side == "A" else 0] == across and min(shape) > 0
    if not right:
        expected = f"[rank, {across}]" if side == "A" else f"[{across}, rank]"
        refuse("adapter_tensor", f"{WEIGHTS}: {name}", f"shape {list(shape)}, expected {expected}")
    if place.heads and side == "B" and across % (2 * place.heads):
        refuse("adapter_tensor", f"{WEIGHTS}: {name}", f"{across} rows for {place.heads} heads")


def _bad(key: str, detail: str) -> NoReturn:
    refuse("adapter_config", f"{CONFIG}: {key}", detail)
