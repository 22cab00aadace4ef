"""A LoRA of PEFT as a GGUF adapter for one base: the same names and orders of rows as its own conversion.

llama.cpp multiplies each pair with ``adapter.lora.alpha / rank``, where the rank is that of the pair
(``get_scale`` in llama-adapter.h). Alpha is one number for the file, so what PEFT scales otherwise (rsLoRA,
``alpha_pattern``) is multiplied into B.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import gguf
import numpy as np

from backend.gguf.header import Header
from backend.peft import WEIGHTS
from backend.safetensors import Stored
from backend.worker.convert.architectures import ARCHITECTURES, MOST_LAYERS, Architecture, Shape
from backend.worker.convert.numbers import target_type
from backend.worker.convert.peft_folder import Pair, PeftFolder, read_folder
from backend.worker.convert.plan import data_size, header_size, tensor_size, write_header
from backend.worker.convert.refusal import refuse
from backend.worker.convert.repository import Repository
from backend.worker.convert.rope import Rope
from backend.worker.convert.tensors import Matched, Wanted, wanted_tensors
from backend.worker.convert.writing import pad, write_tensors

_INNER = re.compile(r"(?:model\.|language_model\.)*(?=layers\.\d)")
_REPO = re.compile(r"(?P<owner>[\w-][\w.-]*)/(?P<name>[\w-][\w.-]*)")
_HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class AdapterPlan:
    """Attributes:
    architecture: Of the base, as GGUF calls it.
    alpha: What goes into the file; B carries the rest.
    matched: A and B of each changed tensor, one behind the other.
    base_name: What it was trained on: ``owner/name``, another name, or empty.
    """

    architecture: str
    alpha: float
    matched: tuple[Matched, ...]
    base_name: str


@dataclass(frozen=True, slots=True)
class Label:
    """What the file says of itself; `licence` may be empty."""

    name: str
    licence: str = ""


def plan_adapter(repository: Repository, base: Sequence[Header]) -> AdapterPlan:
    """Find the place of every tensor in the base, whose parts have the headers `base`.

    Raises:
        Refusal: It is no plain LoRA, or something in it has no place in the base; it is named.
    """
    return _placed(read_folder(repository), base)


def adapter_size(plan: AdapterPlan, kind: str, label: Label) -> int:
    """Bytes of the file, exact."""
    return header_size(_described(plan, None, kind, label)) + data_size(plan.matched, kind)


def write_adapter(
    repository: Repository,
    plan: AdapterPlan,
    target: Path,
    kind: str,
    label: Label,
    tell: Callable[[float, str], None],
) -> None:
    """Write `target` and wait until it is on the disk; for the arguments see `writing.write`.

    Raises:
        Refusal: The weights hold something that has no place in the type.
        OSError: The disk is full, or cannot be written.
    """
    writer = _described(plan, target, kind, label)
    try:
        write_header(writer)
        assert writer.fout is not None
        out = writer.fout[0]
        pad(out)
        write_tensors(repository, plan.matched, out, kind, tell)
        out.flush()
        os.fsync(out.fileno())
    finally:
        writer.close()


def _described(plan: AdapterPlan, path: Path | None, kind: str, label: Label) -> gguf.GGUFWriter:
    writer = gguf.GGUFWriter(path, plan.architecture)
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, plan.alpha)
    writer.add_name(label.name)
    if label.licence:
        writer.add_license(label.licence)
    if plan.base_name:
        _describe_base(writer, plan.base_name)
    for one in plan.matched:
        wanted = one.wanted
        writer.add_tensor_info(
            wanted.target, wanted.shape, np.dtype(np.float32), tensor_size(one, kind), target_type(one, kind)
        )
    return writer


def _describe_base(writer: gguf.GGUFWriter, named: str) -> None:
    """The keys that llama.cpp's own converter writes; of a folder only its name, not where it lies."""
    writer.add_base_model_count(1)
    match = _REPO.fullmatch(named)
    if match is None:
        writer.add_base_model_name(0, re.split(r"[/\\]", named.rstrip("/\\"))[-1])
        return
    writer.add_base_model_name(0, match["name"])
    writer.add_base_model_organization(0, match["owner"])
    writer.add_base_model_repo_url(0, f"{_HUB}/{named}")


def _placed(folder: PeftFolder, base: Sequence[Header]) -> AdapterPlan:
    places, architecture = _places(base), base[0].architecture
    matched: list[Matched] = []
    taken: set[str] = set()
    for pair in folder.pairs:
        place = places.get(_INNER.sub("", pair.module) + ".weight")
        if place is None:
            refuse("adapter_tensor", f"{WEIGHTS}: {pair.a.name}", f"{architecture} has no place for it")
        if place.target in taken:
            refuse("adapter_tensor", f"{WEIGHTS}: {pair.a.name}", "there twice")
        taken.add(place.target)
        if (same := folder.unchanged.get(pair.module)) is not None:
            _expect(same, place.shape)
        matched += _matched(pair, place, pair.scaling * pair.rank / folder.alpha)
    return AdapterPlan(architecture, folder.alpha, tuple(matched), folder.base_name)


def _matched(pair: Pair, place: Wanted, factor: float) -> tuple[Matched, Matched]:
    height, width = place.shape
    _expect(pair.a, (pair.rank, width))
    _expect(pair.b, (height, pair.rank))
    a = Wanted(pair.a.name, f"{place.target}.lora_a", pair.a.shape)
    b = Wanted(pair.b.name, f"{place.target}.lora_b", pair.b.shape, place.heads, factor=factor)
    return Matched(a, pair.a), Matched(b, pair.b)


def _expect(stored: Stored, shape: tuple[int, ...]) -> None:
    if stored.shape != shape:
        shapes = f"shape {list(stored.shape)}, expected {list(shape)}"
        refuse("adapter_tensor", f"{WEIGHTS}: {stored.name}", shapes)


def _places(base: Sequence[Header]) -> Mapping[str, Wanted]:
    """The linear layers of the base by the names of transformers; sizes as its file has them."""
    first = base[0]
    if first.kind != "model":
        refuse("base", first.file, f"it is of the kind {first.kind!r:.60}")
    architecture = next((one for one in ARCHITECTURES.values() if one.name == first.architecture), None)
    if architecture is None:
        refuse("base", f"{first.file}: general.architecture", first.architecture)
    shapes = {tensor.name: tensor.shape[::-1] for header in base for tensor in header.tensors}
    shape = _shape(first, architecture, tied="output.weight" not in shapes)
    places = {}
    for wanted in wanted_tensors(architecture, shape):
        found = shapes.get(wanted.target)
        # A pair over the table of tokens is stored otherwise, and PEFT calls its halves otherwise, too.
        if found is None or len(wanted.shape) != 2 or wanted.source == "embed_tokens.weight":
            continue
        if len(found) != 2 or (wanted.heads and found[0] != wanted.shape[0]):
            refuse("base", f"{first.file}: {wanted.target}", f"shape {list(found)}")
        places[wanted.source] = replace(wanted, shape=found)
    return places


def _shape(base: Header, architecture: Architecture, *, tied: bool) -> Shape:
    def number(suffix: str, default: int | None = None) -> int:
        key = base.key(suffix)
        value = default if key not in base.metadata else base.integer(key)
        if not value:
            refuse("base", f"{base.file}: {key}", f"{base.metadata.get(key)!r:.100}")
        return value

    width, heads, layers = number("embedding_length"), number("attention.head_count"), number("block_count")
    if layers > MOST_LAYERS:
        refuse("base", f"{base.file}: {base.key('block_count')}", f"{layers}")
    head_dim = number("attention.key_length", max(width // heads, 1))
    if architecture.permuted and head_dim % 2:
        refuse("base", f"{base.file}: {base.key('attention.key_length')}", f"{head_dim}")
    return Shape(
        layers=layers,
        width=width,
        feed=number("feed_forward_length"),
        heads=heads,
        kv_heads=number("attention.head_count_kv", heads),
        head_dim=head_dim,
        vocabulary=base.n_vocab or 1,
        context=1,
        eps=0.0,
        tied=tied,
        rope=Rope(1.0),
    )
