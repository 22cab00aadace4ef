"""Whether a PEFT folder looks as if it could be converted for a base, from its config and tensor shapes.

The conversion itself knows every name; here only those modules are held against the base that nearly all
architectures call the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from backend.adapters.checking import Base, base_line, precision_line
from backend.adapters.reading import PeftFolder, is_down, text_of
from backend.adapters.types import CheckKind, CheckLine, Compatibility
from backend.gguf.types import Tensor
from backend.i18n import tr
from backend.library.stores.found import shown
from backend.peft import MOST_RANK, UNCHANGED, half_of, not_plain
from backend.safetensors import Stored

_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_MODULE = re.compile(r"\.layers\.(\d{1,6})\.([a-z_]+\.[a-z_]+)\.lora_A(?:\.default)?\.weight$")
_EMBEDDINGS = ("embed_tokens", "lm_head", "wte")


def check_peft(folder: PeftFolder, base: Base) -> Compatibility:
    """What config and shapes say; never raises for what is in them."""
    refused = _refused(folder.config)
    count = sum(map(is_down, folder.tensors))
    wrong = next(_wrong(folder.tensors, base.tensors()), "")
    if not wrong and not count:
        wrong = tr("the folder has no adapter tensors")
    dtypes = sorted({tensor.dtype for tensor in folder.tensors.values()})
    lines = (
        CheckLine(CheckKind.FILE, "ok", tr("complete")),
        CheckLine(CheckKind.ARCHITECTURE, "unknown", tr("known once it is converted")),
        base_line(folder.base, base),
        CheckLine(
            CheckKind.SHAPES, "bad" if wrong else "ok", wrong or tr("{n} of {all} match", n=count, all=count)
        ),
        CheckLine(
            CheckKind.FORMAT,
            "bad" if refused else "warning",
            refused or tr("PEFT; it has to be converted to GGUF first"),
        ),
        _vocabulary(folder, base),
        precision_line(", ".join(dtypes), base),
    )
    return Compatibility(lines, sum(tensor.size for tensor in folder.tensors.values()))


def _refused(config: Mapping[str, Any]) -> str:
    """What of the config no GGUF adapter can express, by name."""
    match field := not_plain(config):
        case "":
            return ""
        case "peft_type":
            kind = text_of(config, field)
            return tr("peft_type is {found}; {wanted} expected", found=shown(kind) or "–", wanted="LORA")
        case "use_dora":
            return tr("DoRA (use_dora) has no form in GGUF")
        case "lora_bias" | "bias":
            return tr("changed biases (bias) have no form in GGUF")
        case "modules_to_save":
            modules = config[field]
            names = ", ".join(map(str, modules)) if isinstance(modules, list) else str(modules)
            return tr(
                "whole modules (modules_to_save: {names}) have no form in GGUF", names=shown(names[:80])
            )
        case "init_lora_weights":
            found = shown(str(config[field])[:80])
            return tr("it was trained on weights changed by {found} (init_lora_weights)", found=found)
        case _:
            return tr("{key} has no form in GGUF", key=shown(field[:80]))


def _wrong(tensors: Mapping[str, Stored], base: Mapping[str, Tensor]) -> Iterator[str]:
    for key, a in tensors.items():
        if not is_down(key):
            if not half_of(key)[0] and not key.endswith(UNCHANGED) and not _is_table(key):
                yield tr(
                    "{tensor} is no part of an adapter: {a} or {b} expected",
                    tensor=shown(key),
                    a="lora_A",
                    b="lora_B",
                )
            continue
        b = tensors.get(key.replace(".lora_A.", ".lora_B."))
        if b is None:
            yield tr("{tensor} has no {half}", tensor=shown(key), half="lora_B")
        elif len(a.shape) != 2 or len(b.shape) != 2 or a.shape[0] != b.shape[1]:
            yield tr("{tensor}: the ranks of A and B differ", tensor=shown(key))
        elif not 1 <= a.shape[0] <= MOST_RANK:
            rank = a.shape[0]
            yield tr(
                "{tensor} has rank {rank}; 1 to {most} expected", tensor=shown(key), rank=rank, most=MOST_RANK
            )
        elif (match := _MODULE.search(key)) and match[2] in _NAMES:
            name = f"blk.{int(match[1])}.{_NAMES[match[2]]}.weight"
            target = base.get(name)
            # Some architectures keep these in one fused tensor, which only the conversion can tell.
            if target is not None and target.shape[:2] != (a.shape[1], b.shape[0]):
                yield tr(
                    "{tensor} is {found}; {expected} expected",
                    tensor=shown(key),
                    found=f"{a.shape[1]} × {b.shape[0]}",
                    expected=" × ".join(map(str, target.shape[:2])),
                )


def _is_table(key: str) -> bool:
    """Whether it is a whole table of token vectors, which has a line of its own."""
    return any(name in key for name in _EMBEDDINGS) and "lora_" not in key


def _vocabulary(folder: PeftFolder, base: Base) -> CheckLine:
    for key, tensor in folder.tensors.items():
        if not _is_table(key) or len(tensor.shape) != 2:
            continue
        tokens = base.headers[0].n_vocab
        if key.endswith(UNCHANGED) and tensor.shape[0] == tokens:
            continue
        text = tr(
            "embeddings for {found} tokens; the model has {expected}", found=tensor.shape[0], expected=tokens
        )
        return CheckLine(CheckKind.VOCABULARY, "bad", text)
    if (folder.path / "added_tokens.json").is_file():
        return CheckLine(CheckKind.VOCABULARY, "warning", tr("it may bring extra tokens"))
    return CheckLine(CheckKind.VOCABULARY, "ok", tr("unchanged, no extra tokens"))
