"""The folder that all tools of the Hugging Face hub share: its cache and the access token lie there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def hf_home(env: Mapping[str, str]) -> Path:
    """``HF_HOME``, else ``huggingface`` in ``XDG_CACHE_HOME`` or ``~/.cache``, as huggingface_hub has it."""
    if home := env.get("HF_HOME"):
        return expanded(home)
    base = env.get("XDG_CACHE_HOME")
    return (expanded(base) if base else Path.home() / ".cache") / "huggingface"


def expanded(path: str) -> Path:
    """`path` with ``~`` and variables filled in, from the root on: programs compare such paths as text."""
    return Path(os.path.abspath(os.path.expandvars(os.path.expanduser(path))))  # noqa: PTH100, PTH111
