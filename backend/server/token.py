"""The token of the local server: random, kept in the keyring of the system, or for this run where there is
none."""

from __future__ import annotations

import secrets
import threading

from backend.hubs.vault import Vault

_PREFIX = "ora-"


class ServerToken:
    """Thread-safe, but not for the GUI thread: the keyring may take some seconds."""

    def __init__(self, vault: Vault | None = None) -> None:
        self._vault = vault or Vault("Orangery", "local server")
        self._lock = threading.Lock()
        self._token = ""

    @property
    def known(self) -> str:
        """The token, if it was asked for before; else empty. Does not ask the keyring."""
        return self._token

    def get(self) -> str:
        """The token; a new one the first time."""
        with self._lock:
            self._token = self._token or (self._vault.read().result() or "").strip() or self._made()
            return self._token

    def renew(self) -> str:
        """Another token; the old one is worth nothing from now on."""
        with self._lock:
            self._token = self._made()
            return self._token

    def use(self, token: str) -> None:
        """Take one that the person gave, for this run only."""
        with self._lock:
            self._token = token

    def _made(self) -> str:
        token = _PREFIX + secrets.token_urlsafe(32)
        self._vault.write(token)
        return token
