"""Whether a GGUF adapter may be applied to a base: from the headers alone, before native code sees a file.

The rules are those of the engine's ``llama-adapter.cpp`` and of the graph that applies an adapter, with what
they leave out: the engine does not compare the number of experts, and stops the whole process where the types
of some keys are others than it expects.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backend.adapters.reading import ALPHA, Pairs, base_of, is_embedding, pairs_of
from backend.adapters.types import CheckKind, CheckLine, CheckState, Compatibility
from backend.gguf.header import Header
from backend.gguf.names import UNKNOWN
from backend.gguf.types import GGMLType, Tensor, ValueType
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.peft import MOST_RANK

TYPES = frozenset(
    {
        *(GGMLType.F32, GGMLType.F16, GGMLType.BF16, GGMLType.Q8_0),
        *(GGMLType.Q4_0, GGMLType.Q4_1, GGMLType.Q5_0, GGMLType.Q5_1),
        *(GGMLType.Q2_K, GGMLType.Q3_K, GGMLType.Q4_K, GGMLType.Q5_K, GGMLType.Q6_K),
    }
)
"""What an adapter's numbers may be; the rest cannot be multiplied, or is never written for adapters."""
_FINE = frozenset({"F32", "F16", "BF16", "Q8_0"})
_INVOCATION = "adapter.alora.invocation_tokens"


@dataclass(frozen=True, slots=True)
class Base:
    """The model that an adapter is held against.

    Attributes:
        headers: Of all its parts.
        names: Everything that it and its original are called, such as ``owner/name``.
        quant: Label of its numbers.
    """

    headers: tuple[Header, ...]
    names: tuple[str, ...] = ()
    quant: str = UNKNOWN

    @property
    def architecture(self) -> str:
        return self.headers[0].architecture

    def tensors(self) -> Mapping[str, Tensor]:
        return {tensor.name: tensor for header in self.headers for tensor in header.tensors}


def check(adapter: Header, base: Base) -> Compatibility:
    """What the two headers say; never raises for what is in them."""
    pairs = pairs_of(adapter)
    lines = (
        CheckLine(CheckKind.FILE, "ok", tr("complete")),
        _architecture(adapter, base),
        base_line(base_of(adapter), base),
        _shapes(adapter, pairs, base),
        _format(adapter, pairs),
        _vocabulary(adapter, base),
        precision_line("", base),
    )
    memory = sum(t.nbytes for half in (pairs.a, pairs.b) for t in half.values())
    return Compatibility(lines, memory)


def damaged(reason: str) -> Compatibility:
    """The result for a file that cannot be read; nothing else is known of it."""
    return Compatibility((CheckLine(CheckKind.FILE, "bad", reason),))


def base_line(named: str, base: Base) -> CheckLine:
    """Whether the name of the model that an adapter was trained on is one of the base's."""
    if not named:
        return CheckLine(CheckKind.BASE, "unknown", tr("the adapter does not say what it was trained on"))
    known = {_plain(name) for name in base.names} - {""}
    if _plain(named) in known:
        return CheckLine(CheckKind.BASE, "ok", shown(named))
    mine = shown(base.names[0]) if base.names else tr("without a name")
    text = tr("trained on {base}; this model is {model}", base=shown(named), model=mine)
    return CheckLine(CheckKind.BASE, "warning", text)


def precision_line(trained: str, base: Base) -> CheckLine:
    """Whether the base is held about as exactly as it was in training."""
    if base.quant == UNKNOWN:
        return CheckLine(CheckKind.PRECISION, "unknown", tr("the model does not say its precision"))
    fine = base.quant.upper() in _FINE
    effect = (
        tr("on {quant} the effect is as trained", quant=base.quant)
        if fine
        else tr("on {quant} the effect can be weaker", quant=base.quant)
    )
    text = f"{trained}; {effect}" if trained else effect
    return CheckLine(CheckKind.PRECISION, "ok" if fine else "warning", text)


def _plain(name: str) -> str:
    """The last part of a name in small letters, without the marks that files of it bear."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].casefold().removesuffix(".gguf")
    return "".join(c for c in last.removesuffix("-gguf") if c.isalnum())


def _architecture(adapter: Header, base: Base) -> CheckLine:
    mine, wanted = adapter.architecture, base.architecture
    if not mine or mine != wanted:
        text = tr("{found}, but the model is {wanted}", found=shown(mine) or "–", wanted=shown(wanted))
        return CheckLine(CheckKind.ARCHITECTURE, "bad", text)
    layers = base.headers[0].integer(base.headers[0].key("block_count"))
    if layers is None:
        return CheckLine(CheckKind.ARCHITECTURE, "ok", tr("{name}, both", name=shown(mine)))
    text = tr("{name}, {n} layers, both", name=shown(mine), n=layers)
    return CheckLine(CheckKind.ARCHITECTURE, "ok", text)


def _shapes(adapter: Header, pairs: Pairs, base: Base) -> CheckLine:
    tensors = base.tensors()
    wrong = next(_wrong(pairs, tensors), "")
    if wrong:
        return CheckLine(CheckKind.SHAPES, "bad", wrong)
    if not pairs.a:
        return CheckLine(CheckKind.SHAPES, "bad", tr("the file has no adapter tensors"))
    ranks = sorted({tensor.shape[0] for tensor in pairs.b.values()})
    rank = str(ranks[0]) if len(ranks) == 1 else f"{ranks[0]}–{ranks[-1]}"
    count, alpha = len(pairs.a), f"{adapter.number(ALPHA) or 0.0:g}"
    text = tr("{n} of {all} match, rank {rank}, alpha {alpha}", n=count, all=count, rank=rank, alpha=alpha)
    state: CheckState = "ok"
    if pairs.norms:
        state = "warning"
        text += "; " + tr("{name} is left out", name=shown(pairs.norms[0]))
    return CheckLine(CheckKind.SHAPES, state, text)


def _wrong(pairs: Pairs, base: Mapping[str, Tensor]) -> Iterator[str]:
    """What does not fit, tensor by tensor."""
    for name in pairs.others:
        yield tr("{tensor} is no part of an adapter: lora_a or lora_b expected", tensor=shown(name))
    for name in sorted(pairs.a.keys() | pairs.b.keys()):
        a, b = pairs.a.get(name), pairs.b.get(name)
        if a is None or b is None:
            half = "lora_a" if a is None else "lora_b"
            yield tr("{tensor} has no {half}", tensor=shown(name), half=half)
        elif (target := base.get(name)) is None:
            yield tr("{tensor} is not in the model", tensor=shown(name))
        else:
            yield from _pair(name, a, b, target, base)


def _pair(name: str, a: Tensor, b: Tensor, target: Tensor, base: Mapping[str, Tensor]) -> Iterator[str]:
    for half in (a, b):
        if half.type not in TYPES:
            yield tr(
                "{tensor} is {type}, which cannot be applied", tensor=shown(half.name), type=half.type.name
            )
    if target.type is GGMLType.NVFP4:
        yield tr("{tensor} of the model is NVFP4, which takes no adapter", tensor=shown(name))
    dims, a_dims, b_dims = (_four(t.shape) for t in (target, a, b))
    if dims is None or len(target.shape) < 2:
        yield tr(
            "{tensor} of the model is no matrix: {shape}", tensor=shown(name), shape=_shape(target.shape)
        )
        return
    if a_dims is None or b_dims is None:
        yield tr("{tensor} has no shape", tensor=shown(name))
        return
    embedding = is_embedding(name)
    if embedding and "output.weight" not in base:
        # The engine would use the pair for the output too, where it fits nothing, and end the process.
        yield tr("{tensor} is the output of this model too, and cannot be changed", tensor=shown(name))
    rank = b_dims[0]
    if not 1 <= rank <= MOST_RANK:
        yield tr(
            "{tensor} has rank {rank}; 1 to {most} expected", tensor=shown(b.name), rank=rank, most=MOST_RANK
        )
    # The inner dimension comes first: a weight is (inputs, outputs), A (inputs, rank), B (rank, outputs).
    want_a = (rank, dims[1]) if embedding else (dims[0], rank)
    want_b = (rank, dims[0]) if embedding else (rank, dims[1])
    for half, found, wanted in ((a, a_dims, want_a), (b, b_dims, want_b)):
        expected = (*wanted, *dims[2:])
        if found != expected:
            yield tr(
                "{tensor} is {found}; {expected} expected",
                tensor=shown(half.name),
                found=_shape(half.shape),
                expected=_shape(expected),
            )


def _four(shape: Sequence[int]) -> tuple[int, int, int, int] | None:
    """`shape` with as many dimensions as the engine holds; None for none or more."""
    if not 1 <= len(shape) <= 4:
        return None
    filled = (*shape, 1, 1, 1)
    return filled[0], filled[1], filled[2], filled[3]


def _shape(shape: Sequence[int]) -> str:
    sizes = list(shape)
    while len(sizes) > 2 and sizes[-1] == 1:
        sizes.pop()
    return " × ".join(map(str, sizes)) or "–"


def _format(adapter: Header, pairs: Pairs) -> CheckLine:
    if wrong := next(_wrong_keys(adapter), ""):
        return CheckLine(CheckKind.FORMAT, "bad", wrong)
    types = sorted({t.type.name for half in (pairs.a, pairs.b) for t in half.values()})
    return CheckLine(CheckKind.FORMAT, "ok", f"GGUF, {', '.join(types)}")


def _wrong_keys(adapter: Header) -> Iterator[str]:
    """Keys without which, or of another type than, the engine refuses the file or ends the process."""
    for key, wanted in (("general.type", "adapter"), ("adapter.type", "lora")):
        if adapter.text(key) != wanted:
            found = shown(str(adapter.metadata.get(key, "–")))[:60]
            yield tr("{key} is {found}; {wanted} expected", key=key, found=found, wanted=wanted)
    if adapter.types.get("general.architecture") is not ValueType.STRING:
        yield tr("{key} is no text", key="general.architecture")
    if (kind := adapter.types.get(ALPHA)) is not None:
        value = adapter.metadata[ALPHA]
        if kind is not ValueType.FLOAT32 or not isinstance(value, float):
            yield tr(
                "{key} is of type {found}; {wanted} expected", key=ALPHA, found=kind.name, wanted="FLOAT32"
            )
        elif not math.isfinite(value) or value < 0:
            yield tr("{key} is {found}; {wanted} expected", key=ALPHA, found=value, wanted=tr("0 or more"))
    if _INVOCATION in adapter.metadata:
        yield tr("it is switched on by words in the text (aLoRA), which is not supported")
    if adapter.split_count != 1:
        yield tr("it is split into several files")


def _vocabulary(adapter: Header, base: Base) -> CheckLine:
    mine, theirs = adapter.n_vocab, base.headers[0].n_vocab
    if mine is not None and theirs is not None and mine != theirs:
        text = tr("{found} tokens; the model has {expected}", found=mine, expected=theirs)
        return CheckLine(CheckKind.VOCABULARY, "warning", text)
    return CheckLine(CheckKind.VOCABULARY, "ok", tr("unchanged, no extra tokens"))


def check_name(kind: CheckKind) -> str:
    """What is checked, as a heading."""
    match kind:
        case CheckKind.FILE:
            return tr("File")
        case CheckKind.ARCHITECTURE:
            return tr("Architecture")
        case CheckKind.BASE:
            return tr("Base")
        case CheckKind.SHAPES:
            return tr("Tensor shapes")
        case CheckKind.FORMAT:
            return tr("Format")
        case CheckKind.VOCABULARY:
            return tr("Vocabulary")
        case CheckKind.PRECISION:
            return tr("Trained on")
        case CheckKind.EFFECT:
            return tr("Changes the answers")
