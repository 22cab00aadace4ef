"""What huggingface_hub must find in the environment before it is first imported."""

from __future__ import annotations

import os
import sys

_SETTINGS = {
    # No usage statistics, and no request for the list of agent programs on the first call.
    "HF_HUB_DISABLE_TELEMETRY": "1",
    # Its bars write to stderr, which a windowed build does not have.
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    # Our own transfers resume and verify by SHA-256; hf-xet does neither, and goes around the offline switch.
    "HF_HUB_DISABLE_XET": "1",
}


def prepare() -> None:
    """Set the variables; also in the library itself where something has imported it already."""
    os.environ.update(_SETTINGS)
    constants = sys.modules.get("huggingface_hub.constants")
    if constants is not None:
        for name in _SETTINGS:
            setattr(constants, name, True)


def hub_is_offline() -> bool:
    """Whether the standard variable HF_HUB_OFFLINE asks for no network."""
    return os.environ.get("HF_HUB_OFFLINE", "").strip().upper() in ("1", "ON", "YES", "TRUE")
