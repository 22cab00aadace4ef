"""The keys of connections: in the keyring of the system, or for this session where there is none."""

from __future__ import annotations

import threading

from backend.engines.connection import Connection
from backend.errors import AppError
from backend.hubs.vault import Reading, Vault
from backend.i18n import tr
from backend.net.addresses import origin

_SERVICE = "Orangery"


class ConnectionKeys:
    """Keys by connection and by the server that they were entered for. Thread-safe, but not for the GUI
    thread: the keyring may take some seconds.

    The entry in the keyring names scheme, host and port, so that a key is never sent anywhere else, however
    the address of a connection came to be another one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, str | None] = {}
        self._readings: dict[str, Reading] = {}

    def get(self, connection: Connection) -> str | None:
        """The key of a connection; None if it has none.

        The keyring is asked once for each, and only that first time is waited for: a key that comes later,
        because somebody had to unlock the keyring, is there from then on.
        """
        account = _account(connection)
        with self._lock:
            if account in self._known:
                return self._known[account]
            if account not in self._readings:
                self._readings[account] = Vault(_SERVICE, account).read()
            reading = self._readings[account]
        found = (reading.result() or "").strip() or None
        with self._lock:
            return self._known.get(account, found)

    def save(self, connection: Connection, key: str) -> bool:
        """Keep `key`; whether the keyring did, so that it is still there after this session.

        Raises:
            AppError: ``connection.key`` for what cannot be one.
        """
        check_key(key)
        kept = Vault(_SERVICE, _account(connection)).write(key)
        with self._lock:
            self._known[_account(connection)] = key
        return kept

    def forget(self, connection: Connection) -> None:
        """Remove the key.

        Raises:
            AppError: ``connection.key_kept`` where the keyring does not let it go.
        """
        account = _account(connection)
        with self._lock:
            self._known[account] = None
        if not Vault(_SERVICE, account).erase():
            raise AppError(
                "connection.key_kept",
                tr(
                    "The key of {connection} could not be removed from the keyring.",
                    connection=connection.name,
                ),
                tr(
                    "Orangery does not use it until the next start. Remove it with the keyring's own program."
                ),
                retryable=True,
            )


def check_key(key: str) -> None:
    """Refuse what cannot be sent as a key, without repeating it.

    Raises:
        AppError: ``connection.key``.
    """
    if not (key and key.isascii() and key.isprintable() and " " not in key and len(key) <= 4000):
        raise AppError(
            "connection.key",
            tr("This cannot be a key."),
            tr("A key has no spaces and no special characters. Copy it again from where it was made."),
        )


def _account(connection: Connection) -> str:
    scheme, host, port = origin(connection.url)
    return f"{connection.kind} {scheme}://{host}:{port}"
