"""One window per profile: a second start brings the first window to the front and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

CONNECT_MS = 500
LOCK_MS = 2_000


class SingleInstance(QObject):
    """Args:
        profile: Folder that tells one profile from another.

    Signals:
        activated: Another start asked for the window.
    """

    activated = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(str(profile.resolve()).encode()).hexdigest()[:16]
        self._name = f"orangery-{digest}"
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the one instance and return True, or wake the running one and return False."""
        # Of two starts at the same moment the second waits here: else it would take the first for dead and
        # remove its socket. A lock that cannot be had is no reason not to start.
        lock = QLockFile(f"{QDir.tempPath()}/{self._name}.lock")
        locked = lock.tryLock(LOCK_MS)
        try:
            return self._claim()
        finally:
            if locked:
                lock.unlock()

    def _claim(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(CONNECT_MS):
            socket.write(b"show\n")
            socket.waitForBytesWritten(CONNECT_MS)
            socket.disconnectFromServer()
            return False
        # Nobody answers: a socket file that is there was left by a crash.
        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._connected)
        server.listen(self._name)
        self._server = server
        return True

    def release(self) -> None:
        """Let the next start open its own window."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _connected(self) -> None:
        server = self._server
        while server is not None and server.hasPendingConnections():
            socket = server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
            self.activated.emit()
