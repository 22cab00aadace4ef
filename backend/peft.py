"""What a folder that PEFT wrote is made of, and which of its settings a GGUF adapter cannot express.

Both the worker that converts and the check of adapters go by it; each says in its own way what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
PICKLE = "adapter_model.bin"
UNCHANGED = ".base_layer.weight"
"""End of the name of a weight that PEFT saves beside a pair over the output: the base has the same."""
MOST_RANK = 4096
"""Of one pair; the largest in use have 512."""

_OTHER_WAYS = (
    "use_dora",
    "use_qalora",
    "use_bdlora",
    "lora_bias",
    "fan_in_fan_out",
    "modules_to_save",
    "layer_replication",
    "trainable_token_indices",
    "target_parameters",
    "alora_invocation_tokens",
    "megatron_config",
    "arrow_config",
    "monteclora_config",
    "velora_config",
    "kasa_config",
)
"""Fields that, once they are set, change the calculation; KaSA also changes the weights of the base."""
_SAME_WAYS = frozenset({"use_rslora"})
_CHANGED_BASES = ("pissa", "olora", "corda", "loftq", "lora_ga")
"""Ways to begin that also change the weights of the base: the pair alone is not what was trained."""
_HALF = re.compile(r"(?:base_model\.model\.)?(?P<module>.+)\.lora_(?P<side>[AB])(?:\.default)?\.weight")


def half_of(name: str) -> tuple[str, str]:
    """The module that a tensor belongs to, and which half of its pair it is: ``A`` (rank × inputs) or ``B``
    (outputs × rank); both empty for a tensor that is neither.
    """
    match = _HALF.fullmatch(name)
    return (match["module"], match["side"]) if match is not None else ("", "")


def not_plain(config: Mapping[str, Any]) -> str:
    """The first field of ``adapter_config.json`` that makes it another thing than a plain LoRA; empty where
    none does. Fields by which later versions of PEFT switch something on (``use_…``) count too.
    """
    if str(config.get("peft_type")).upper() != "LORA":
        return "peft_type"
    if config.get("bias") not in (None, "none"):
        return "bias"
    for key in _OTHER_WAYS:
        if config.get(key):
            return key
    start = config.get("init_lora_weights")
    if isinstance(start, str) and start.lower().startswith(_CHANGED_BASES):
        return "init_lora_weights"
    unknown = (key for key in config if key.startswith("use_") and key not in _SAME_WAYS and config[key])
    return next(unknown, "")
