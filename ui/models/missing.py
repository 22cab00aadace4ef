"""Which adapter files are not there any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from ui import tasks


class MissingFiles(QObject):
    """Signals:
    changed: `paths` are others.
    """

    changed = Signal()

    def __init__(
        self, missing: Callable[[Iterable[str]], frozenset[str]], parent: QObject | None = None
    ) -> None:
        """`missing` says which of some paths are not there; it is called outside of the GUI thread."""
        super().__init__(parent)
        self._missing = missing
        self.paths: frozenset[str] = frozenset()
        """Those of the paths that were looked for last at which there is no file."""
        self._looking: tasks.Task | None = None

    def look(self, paths: Iterable[str]) -> None:
        """Look for these files; `changed` follows where that is news."""
        wanted = frozenset(paths)
        if self._looking is not None:
            self._looking.cancel()

        def done(missing: frozenset[str]) -> None:
            self._looking = None
            if missing != self.paths:
                self.paths = missing
                self.changed.emit()

        self._looking = tasks.run(lambda: self._missing(wanted), done, owner=self)
