"""The person's own access token for the hub: from the environment, the keyring, this session, or the file of
``hf auth login``. It is written to nothing but the keyring, and never logged."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from enum import StrEnum

from backend.errors import AppError
from backend.hubs import errors
from backend.hubs.home import expanded, hf_home
from backend.hubs.vault import Reading, Vault
from backend.i18n import tr

_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")


class TokenSource(StrEnum):
    """Where the token that is used now comes from."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    SESSION = "session"
    HUB_FILE = "hub_file"
    NONE = "none"


class Tokens:
    """The token that requests carry, and where a new one is kept. Thread-safe, but not for the GUI thread:
    the first question may wait some seconds for the keyring.

    In this order: ``HF_TOKEN``; what `save` put into the keyring; what it could only keep for this session;
    the file of ``hf auth login``. The keyring is asked once, when a token is first needed and the environment
    has none. The environment and the file are read each time: the person may sign in meanwhile.
    """

    def __init__(self, env: Mapping[str, str] | None = None, *, vault: Vault | None = None) -> None:
        self._env = os.environ if env is None else env
        self._vault = vault or Vault("Orangery", "huggingface.co")
        self._lock = threading.Lock()
        self._reading: Reading | None = None
        self._stored: str | None = None
        self._session: str | None = None
        self._known = False

    def current(self) -> str | None:
        """The token to use, or None."""
        return self._find()[0]

    def source(self) -> TokenSource:
        """Where that token comes from."""
        return self._find()[1]

    def keyring_available(self) -> bool:
        """Whether `save` can keep a token beyond this session."""
        return self._vault.available()

    def save(self, token: str) -> TokenSource:
        """Keep `token` in the keyring, or for this session where there is no keyring; says which.

        Raises:
            AppError: ``hub.token`` for what cannot be one.
        """
        token = token.strip()
        if not (token and token.isascii() and token.isprintable() and " " not in token):
            raise errors.bad_token()
        kept = self._vault.write(token)
        with self._lock:
            self._known, self._reading = True, None
            self._stored, self._session = (token, None) if kept else (None, token)
        return TokenSource.KEYRING if kept else TokenSource.SESSION

    def forget(self) -> None:
        """Remove the token from the keyring and this session. Those of the environment and of
        ``hf auth login`` are the person's own.

        Raises:
            AppError: ``hub.token_kept`` where the keyring does not let it go.
        """
        with self._lock:
            self._known, self._reading = True, None
            self._stored = self._session = None
        if not self._vault.erase():
            raise AppError(
                "hub.token_kept",
                tr("The access token could not be removed from the keyring of this system."),
                tr(
                    "Orangery does not use it until the next start. Remove it with the keyring's own program."
                ),
                retryable=True,
            )

    def _find(self) -> tuple[str | None, TokenSource]:
        for name in _VARIABLES:
            if named := self._env.get(name, "").strip():
                return named, TokenSource.ENVIRONMENT
        if stored := self._from_keyring():
            return stored, TokenSource.KEYRING
        if session := self._session:
            return session, TokenSource.SESSION
        if login := _of_login(self._env):
            return login, TokenSource.HUB_FILE
        return None, TokenSource.NONE

    def _from_keyring(self) -> str | None:
        with self._lock:
            if self._known:
                return self._stored
            if self._reading is None:
                self._reading = self._vault.read()
            reading = self._reading
        found = (reading.result() or "").strip()
        with self._lock:
            if found and not self._known and self._reading is reading:
                self._known, self._stored = True, found
            return self._stored


def source_words(source: TokenSource) -> str:
    """Where the token comes from, in words."""
    match source:
        case TokenSource.ENVIRONMENT:
            return tr("from HF_TOKEN in the environment")
        case TokenSource.KEYRING:
            return tr("in the keyring of this system")
        case TokenSource.SESSION:
            return tr("for this session only: this system has no keyring that can be used")
        case TokenSource.HUB_FILE:
            return tr("from hf auth login")
        case TokenSource.NONE:
            return tr("none")


def _of_login(env: Mapping[str, str]) -> str | None:
    named = env.get("HF_TOKEN_PATH")
    path = expanded(named) if named else hf_home(env) / "token"
    try:
        return path.read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
