"""One secret in the keyring of the system, which may be missing, locked, or waiting for its owner.

A keyring answers over D-Bus or asks the person to unlock it, so every call runs in a thread of its own and is
given up after a while. A keyring that is none (it forgets, refuses, or writes plain text) is not used.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

T = TypeVar("T")

QUICK_S = 5.0
"""How long a keyring may take for what should need nobody."""
PROMPT_S = 60.0
"""How long it may take where the person has just asked for it and may have to unlock it."""

_NOT_REAL = ("keyring.backends.fail.", "keyring.backends.null.", "keyrings.alt.")


class Vault:
    """The entry `account` of `service`. Thread-safe; never called before it is needed."""

    def __init__(self, service: str, account: str) -> None:
        self._service = service
        self._account = account

    def available(self) -> bool:
        """Whether this system has a keyring that keeps secrets."""
        return _Call(lambda: _backend() is not None).result(QUICK_S) or False

    def read(self) -> Reading:
        """Begin to read the secret."""

        def work() -> str | None:
            backend = _backend()
            return backend.get_password(self._service, self._account) if backend else None

        return Reading(_Call(work))

    def write(self, secret: str) -> bool:
        """Keep `secret`; whether that was done."""

        def work() -> bool:
            backend = _backend()
            if backend is None:
                return False
            backend.set_password(self._service, self._account, secret)
            return True

        return _Call(work).result(PROMPT_S) or False

    def erase(self) -> bool:
        """Remove the secret; whether there is none now."""

        def work() -> bool:
            backend = _backend()
            if backend is None or backend.get_password(self._service, self._account) is None:
                return True
            backend.delete_password(self._service, self._account)
            return True

        return _Call(work).result(PROMPT_S) or False


class Reading:
    """A secret on its way."""

    def __init__(self, call: _Call[str | None]) -> None:
        self._call = call
        self._until = time.monotonic() + QUICK_S

    def result(self) -> str | None:
        """The secret, or None; waits only while the keyring is still quick."""
        return self._call.result(max(0.0, self._until - time.monotonic()))


class _Call(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._done = threading.Event()
        self._value: T | None = None
        self._late = False
        threading.Thread(target=self._run, name="keyring", daemon=True).start()

    def _run(self) -> None:
        try:
            self._value = self._work()
        except Exception as error:  # whatever a keyring of somebody else's raises
            # Only its kind: the text could repeat the secret.
            log.warning("the keyring failed with %s", type(error).__name__)
        finally:
            self._done.set()

    def result(self, seconds: float) -> T | None:
        """What came out; None where it failed or is not there within `seconds`."""
        if self._done.wait(seconds):
            return self._value
        if not self._late:
            self._late = True
            log.warning("the keyring does not answer")
        return None


def _backend() -> KeyringBackend | None:
    """The keyring of this system, if it is one."""
    import keyring

    found = keyring.get_keyring()
    # A chain asks one after the other, down to those that keep nothing or keep it in the open.
    for backend in getattr(found, "backends", None) or [found]:
        name = f"{type(backend).__module__}.{type(backend).__qualname__}"
        if not name.startswith(_NOT_REAL) and "plain" not in name.lower() and backend.priority >= 1:
            return backend  # type: ignore[no-any-return]
    return None
