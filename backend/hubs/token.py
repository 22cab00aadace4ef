"""The person's own access token for the hub, from where its standard tools keep it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum

from backend.hubs.home import expanded, hf_home


class TokenSource(StrEnum):
    """Where the token that is used comes from."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    SESSION = "session"
    HUB_FILE = "hub_file"
    NONE = "none"


def stored_token(env: Mapping[str, str] | None = None) -> str | None:
    """``HF_TOKEN``, else the file that ``hf auth login`` writes; None when there is neither.

    Read each time: the person may sign in while Orangery runs. The token is never kept or logged here.
    """
    env = os.environ if env is None else env
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"):
        if token := env.get(name, "").strip():
            return token
    named = env.get("HF_TOKEN_PATH")
    path = expanded(named) if named else hf_home(env) / "token"
    try:
        return path.read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
