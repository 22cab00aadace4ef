"""What a merged model will be, before a weight is read: the type of every tensor, the header, the size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from backend.adapters.reading import pairs_of
from backend.adapters.types import MAX_SCALE
from backend.convert.types import ConvertType
from backend.engines.types import AdapterUse
from backend.errors import AppError
from backend.gguf.encoding import key_value, padded, preamble, tensor_entry, texts
from backend.gguf.reader import read_header
from backend.gguf.types import GGMLType, Tensor, Value, ValueType
from backend.i18n import tr
from backend.library.hashing import State, changed, unreadable
from backend.library.stores.found import shown
from backend.quantize.source import SourceModel, is_quantized, state_of

REWRITTEN = frozenset(
    {
        *(GGMLType.F32, GGMLType.F16, GGMLType.BF16, GGMLType.Q8_0),
        *(GGMLType.Q4_0, GGMLType.Q4_1, GGMLType.Q5_0, GGMLType.Q5_1),
        *(GGMLType.Q2_K, GGMLType.Q3_K, GGMLType.Q4_K, GGMLType.Q5_K, GGMLType.Q6_K),
        *(GGMLType.IQ3_S, GGMLType.IQ4_NL, GGMLType.IQ4_XS, GGMLType.MXFP4),
    }
)
"""Types that ggml writes without an importance matrix. For the smaller IQ types it wants one
(``tensor_requires_imatrix`` in llama-quant.cpp), and what has three or two values holds no small change."""
_FILE_TYPES = {GGMLType.F32: 0, GGMLType.F16: 1, GGMLType.Q8_0: 7, GGMLType.BF16: 32}
"""``llama_ftype`` of files that are mostly of a type."""
_QUANTIZATION_VERSION = 2
_ADAPTERS = "orangery.merged_adapters"
_REPLACED = ("general.base_model.", "split.")
"""Keys that are about the base's own origin, or about the files that it was in."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """Attributes:
    name: What the new model is called.
    uses: What is heard: every adapter with a scale above 0.
    names: What these are called.
    states: What tells that their files are still the same.
    tensors: Of the new file, with the types and places that they have there.
    head: All bytes before the data of the tensors.
    """

    source: SourceModel
    name: str
    uses: tuple[AdapterUse, ...]
    names: tuple[str, ...]
    states: tuple[State, ...]
    tensors: tuple[Tensor, ...]
    alignment: int
    head: bytes

    @property
    def size(self) -> int:
        """Bytes of the new file."""
        return len(self.head) + sum(padded(tensor.nbytes, self.alignment) for tensor in self.tensors)

    def check_unchanged(self) -> None:
        """Raises:
        AppError: ``library.changed`` or ``library.unreadable``: a file is not what was read any more."""
        self.source.check_unchanged()
        for use, before in zip(self.uses, self.states, strict=True):
            if state_of(Path(use.path)) != before:
                raise changed(use.path)


@dataclass(frozen=True, slots=True)
class MergeForecast:
    """What merging would give.

    Attributes:
        type: Of the tensors that change; None where they keep their own.
        size: Bytes of the new file, exact; 0 where it is refused.
        refusal: Why it cannot be made, in a sentence; else empty.
    """

    type: ConvertType | None
    size: int
    refusal: str = ""


def heard(uses: Sequence[AdapterUse]) -> tuple[AdapterUse, ...]:
    """What changes the weights.

    Raises:
        AppError: ``merge.nothing``.
    """
    found = tuple(use for use in uses if use.scale != 0)
    if not found:
        raise AppError(
            "merge.nothing",
            tr("No adapter is applied, so there is nothing to merge."),
            tr("Choose at least one adapter with a scale above 0, up to {most}.", most=f"{MAX_SCALE:g}"),
        )
    return found


def plan_merge(
    source: SourceModel,
    uses: Sequence[AdapterUse],
    names: tuple[str, ...],
    name: str,
    type: ConvertType | None,
) -> MergePlan:
    """Args:
        uses: Checked against the source, and `heard`.
        names: What these are called.
        name: What the new model is called in its file.
        type: For the tensors that change; None keeps those of the source.

    Raises:
        AppError: ``merge.type`` or ``merge.scaled`` naming the tensor, ``library.unreadable``, or a
            ``gguf.`` code.
    """
    paths = [Path(use.path) for use in uses]
    states = tuple(map(state_of, paths))
    headers = [read_header(path) for path in paths]
    targets = {target for header in headers for target in pairs_of(header).a}
    tensors = _tensors(source, targets, type)
    first = source.headers[0]
    keys = _keys(source, tensors, targets, name)
    keys[_ADAPTERS] = texts(f"{each}={use.scale:g}" for each, use in zip(names, uses, strict=True))
    head = _head(source, tensors, keys)
    return MergePlan(source, name, tuple(uses), names, states, tensors, first.alignment, head)


def _tensors(source: SourceModel, targets: set[str], type: ConvertType | None) -> tuple[Tensor, ...]:
    """All tensors in their order, with new types and places."""
    alignment = source.headers[0].alignment
    there = {tensor.name for tensor in source.tensors}
    # Among smaller types converters leave in F32 what has to stay so.
    mixed = any(tensor.type is not GGMLType.F32 and len(tensor.shape) > 1 for tensor in source.tensors)
    found, offset = [], 0
    for tensor in source.tensors:
        kind = tensor.type
        if tensor.name in targets:
            scale = tensor.name.removesuffix(".weight") + ".scale"
            if scale in there:
                raise _scaled(source, tensor.name)
            if type is not None and not (mixed and kind is GGMLType.F32):
                kind = _fitting(GGMLType[type], tensor)
            if kind not in REWRITTEN:
                raise _not_rewritten(source, tensor)
        found.append(replace(tensor, type=kind, offset=offset, nbytes=kind.nbytes(tensor.elements)))
        offset += padded(found[-1].nbytes, alignment)
    return tuple(found)


def _fitting(kind: GGMLType, tensor: Tensor) -> GGMLType:
    """`kind`, or F16 where rows do not divide into its blocks."""
    return GGMLType.F16 if tensor.shape[0] % kind.block_elements else kind


def _keys(source: SourceModel, tensors: Sequence[Tensor], targets: set[str], name: str) -> dict[str, Value]:
    """Keys of the new file that are not simply those of the source."""
    first = source.headers[0]
    keys: dict[str, Value] = {
        "general.name": name,
        "general.base_model.count": 1,
        "general.base_model.0.name": first.name or source.row.name,
    }
    if owner := first.text("general.organization"):
        keys["general.base_model.0.organization"] = owner
    own = f"https://huggingface.co/{source.row.repo_id}" if source.row.repo_id else ""
    if url := own or first.text("general.repo_url"):
        keys["general.base_model.0.repo_url"] = url
    if (kind := _mostly(source, tensors, targets)) is not None:
        keys["general.file_type"] = _FILE_TYPES[kind]
    version = "general.quantization_version"
    if version not in first.metadata and any(is_quantized(tensor.type) for tensor in tensors):
        keys[version] = _QUANTIZATION_VERSION
    return keys


def _mostly(source: SourceModel, tensors: Sequence[Tensor], targets: set[str]) -> GGMLType | None:
    """The type that more than half of the weights have got newly, if any."""
    new: dict[GGMLType, int] = {}
    for before, after in zip(source.tensors, tensors, strict=True):
        if after.name in targets and after.type is not before.type:
            new[after.type] = new.get(after.type, 0) + after.elements
    return next((kind for kind, count in new.items() if 2 * count > source.parameters), None)


def _head(source: SourceModel, tensors: Sequence[Tensor], keys: Mapping[str, Value]) -> bytes:
    """The header: the new keys in front, where lists look for them, and the others byte for byte."""
    first = source.headers[0]
    kept = [key for key in first.metadata if key not in keys and not key.startswith(_REPLACED)]
    kept.sort(key=lambda key: key != "general.architecture")
    path = source.parts[0]
    try:
        with path.open("rb") as file:
            raw = file.read(first.header_bytes)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(raw) != first.header_bytes:
        raise changed(path)
    entries = [raw[slice(*first.spans[key])] for key in kept]
    new = [key_value(key, _kind(value), value) for key, value in keys.items()]
    head = b"".join(
        (
            preamble(len(tensors), len(keys) + len(kept)),
            *entries[:1],
            *new,
            *entries[1:],
            *(tensor_entry(tensor, tensor.offset) for tensor in tensors),
        )
    )
    return head + bytes(padded(len(head), first.alignment) - len(head))


def _kind(value: Value) -> ValueType:
    if isinstance(value, str):
        return ValueType.STRING
    return ValueType.UINT32 if isinstance(value, int) else ValueType.ARRAY


def _scaled(source: SourceModel, tensor: str) -> AppError:
    return AppError(
        "merge.scaled",
        tr(
            "{tensor} of {model} is scaled while it is used, so adapters cannot become a part of it.",
            tensor=shown(tensor),
            model=source.row.name,
        ),
        tr("Choose another file of this model, or apply the adapters while it runs."),
    )


def _not_rewritten(source: SourceModel, tensor: Tensor) -> AppError:
    return AppError(
        "merge.type",
        tr(
            "{tensor} of {model} is {type}, in which changed weights cannot be written.",
            tensor=shown(tensor.name),
            model=source.row.name,
            type=tensor.type.name,
        ),
        tr("Merge into the F16 or Q8_0 file of this model and quantize the result."),
    )
