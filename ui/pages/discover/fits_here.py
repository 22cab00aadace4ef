"""The filter of the result list that needs no new question: what fits this machine."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from backend.capacity.types import Fit, Verdict
from ui.pages.discover.results import Role

Index = QModelIndex | QPersistentModelIndex


class FitsHereProxy(QSortFilterProxyModel):
    """Hides, when switched on, the rows that are known not to fit; rows still being predicted stay."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._only_fitting = False

    def set_only_fitting(self, on: bool) -> None:
        self._only_fitting = on
        self.invalidate()

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._only_fitting:
            return True
        fit = self.sourceModel().index(row, 0, parent).data(Role.FIT)
        return not isinstance(fit, Fit) or fit.verdict is not Verdict.TOO_BIG
