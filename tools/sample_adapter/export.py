"""The trained adapter as it ships: the PEFT folder in half precision, and the GGUF adapter made from it by
the app's own conversion."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from backend.gguf.reader import read_headers
from backend.peft import CONFIG, WEIGHTS
from backend.worker.convert.adapter import Label, plan_adapter, write_adapter
from backend.worker.convert.repository import Repository

BASE = "orangery-starter"
"""What the header of the starter model calls it (``general.basename``)."""
NAME = "Orangery Pirate"
LICENCE = "mit"
_LOCAL = ("auto_mapping", "parent_library", "revision", "peft_version", "inference_mode")
"""Keys of the config that say something about the machine that trained, or nothing."""


def ship(trained: Path, target: Path) -> None:
    """Copy what PEFT wrote to `target`: numbers as float16, named after the starter model."""
    target.mkdir(parents=True, exist_ok=True)
    config = json.loads((trained / CONFIG).read_text(encoding="utf-8"))
    config = {key: value for key, value in config.items() if key not in _LOCAL}
    config |= {"base_model_name_or_path": BASE, "target_modules": sorted(config["target_modules"])}
    text = json.dumps(config, indent=2, sort_keys=True) + "\n"
    (target / CONFIG).write_text(text, encoding="utf-8")
    tensors = load_file(trained / WEIGHTS)
    halved = {name: tensor.to(torch.float16).contiguous() for name, tensor in sorted(tensors.items())}
    save_file(halved, target / WEIGHTS, metadata={"format": "pt"})


def convert(folder: Path, starter: Path, target: Path) -> None:
    """Write the GGUF adapter, in float16."""
    repository = Repository(folder)
    plan = plan_adapter(repository, read_headers(starter))
    write_adapter(repository, plan, target, "F16", Label(NAME, LICENCE), lambda _share, _name: None)
