"""Which adapter files are not there any more."""

from __future__ import annotations

import os
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from ui import tasks


class MissingFiles(QObject):
    """Signals:
    changed: `paths` are others.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths: frozenset[str] = frozenset()
        """Those of the paths that were looked for last at which there is no file."""
        self._looking: tasks.Task | None = None

    def look(self, paths: Iterable[str]) -> None:
        """Look for these files, outside of the GUI thread; `changed` follows where that is news."""
        wanted = frozenset(paths)
        if self._looking is not None:
            self._looking.cancel()

        def done(missing: frozenset[str]) -> None:
            self._looking = None
            if missing != self.paths:
                self.paths = missing
                self.changed.emit()

        def work() -> frozenset[str]:
            return frozenset(path for path in wanted if not os.path.exists(path))  # noqa: PTH110

        self._looking = tasks.run(work, done, owner=self)
