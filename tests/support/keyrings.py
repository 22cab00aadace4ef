"""Keyrings at the edge of the machine: they plug into the real `keyring` package."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """A keyring that keeps its entries, and can be locked or made to wait.

    Attributes:
        asked: Names of the calls, in order.
        locked: Whether every call fails, with a text that repeats what it was given.
        gate: Calls wait until it is set.
    """

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.asked: list[str] = []
        self.threads: set[str] = set()
        self.locked = False
        self.gate = threading.Event()
        self.gate.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._enter("get")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._enter("set", password)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._enter("delete")
        if (service, username) not in self.entries:
            raise PasswordDeleteError("no such entry")
        del self.entries[service, username]

    def _enter(self, what: str, secret: str = "") -> None:
        self.asked.append(what)
        self.threads.add(threading.current_thread().name)
        self.gate.wait(30)
        if self.locked:
            raise KeyringLocked(f"locked; cannot keep {secret}")


class PlaintextKeyring(MemoryKeyring):
    """One that would write the secret into the open."""


class TimidKeyring(MemoryKeyring):
    """One that does not recommend itself."""

    priority = 0.5  # type: ignore[assignment]


@contextlib.contextmanager
def installed(backend: KeyringBackend) -> Iterator[None]:
    """Make `backend` the keyring of this process inside the block."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.set_keyring(before)
