"""The list of search results: rows by id, pages appended, fit pills filled in as they become known."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from backend.capacity.sentence import verdict_word
from backend.capacity.types import Fit, Verdict
from backend.hubs.types import HubModel
from backend.i18n import tr
from ui import format as fmt

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What the delegate asks for."""

    MODEL = Qt.ItemDataRole.UserRole + 1
    FIT = Qt.ItemDataRole.UserRole + 2
    LOCAL = Qt.ItemDataRole.UserRole + 3


class ResultsModel(QAbstractListModel):
    """Rows in the order of the garden. A row is never moved or reset once it is shown."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HubModel] = []
        self._places: dict[str, int] = {}
        self._fits: dict[str, Fit] = {}
        self._local: frozenset[str] = frozenset()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        model = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return model.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(model)
            case Role.MODEL:
                return model
            case Role.FIT:
                return self._fits.get(model.id)
            case Role.LOCAL:
                return model.id in self._local
        return None

    def _spoken(self, model: HubModel) -> str:
        parts = [tr("{name} by {owner}", name=model.name, owner=model.owner)]
        if model.parameters:
            parts.append(tr("{count} parameters", count=fmt.count(model.parameters)))
        if model.gated:
            parts.append(tr("gated"))
        fit = self._fits.get(model.id)
        if fit is not None:
            parts.append(verdict_word(fit.verdict))
        return ", ".join(parts)

    def clear(self) -> None:
        """Forget all rows, for a new question."""
        if self._rows:
            self.beginRemoveRows(QModelIndex(), 0, len(self._rows) - 1)
            self._rows.clear()
            self._places.clear()
            self.endRemoveRows()

    def append(self, rows: tuple[HubModel, ...]) -> None:
        """Add a page; a row that an earlier page already brought is left out."""
        fresh = [row for row in rows if row.id not in self._places]
        if not fresh:
            return
        start = len(self._rows)
        self.beginInsertRows(QModelIndex(), start, start + len(fresh) - 1)
        for offset, row in enumerate(fresh):
            self._places[row.id] = start + offset
        self._rows.extend(fresh)
        self.endInsertRows()

    def set_fit(self, model_id: str, fit: Fit) -> None:
        self._fits[model_id] = fit
        self._touch(model_id, Role.FIT)

    def forget_fits(self) -> None:
        """The run settings changed: every pill is predicted again."""
        self._fits.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1), [Role.FIT])

    def set_local(self, ids: frozenset[str]) -> None:
        """Mark the repositories of which a file is on this disk."""
        changed = ids ^ self._local
        self._local = ids
        for model_id in changed:
            self._touch(model_id, Role.LOCAL)

    def _touch(self, model_id: str, role: Role) -> None:
        place = self._places.get(model_id)
        if place is not None:
            index = self.index(place)
            self.dataChanged.emit(index, index, [role])


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
        return fit is None or fit.verdict is not Verdict.TOO_BIG
