"""The leaderboard as a table."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backend.compare.types import Rating
from backend.i18n import tr
from ui import format as fmt

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    PLACE = 0
    MODEL = 1
    QUANT = 2
    INTERVAL = 3
    RATING = 4
    VOTES = 5
    WINS = 6
    SPEED = 7
    MEMORY = 8


RIGHT = frozenset((Column.PLACE, Column.RATING, Column.VOTES, Column.WINS, Column.SPEED, Column.MEMORY))
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class BoardRows(QAbstractTableModel):
    """Contestants, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Rating, ...] = ()

    def set_rows(self, rows: tuple[Rating, ...]) -> None:
        """Show `rows`. Who stays in its place is only told to be drawn anew."""
        if [row.contestant for row in rows] == [row.contestant for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, contestant: str) -> int | None:
        """The row of a contestant."""
        return next((at for at, row in enumerate(self.rows) if row.contestant == contestant), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as in the base class
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            "",
            tr("Model"),
            tr("Quant"),
            "",  # the axis is painted there
            tr("Rating"),
            tr("Votes"),
            tr("Wins"),
            tr("Tok/s"),
            tr("Memory"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.INTERVAL:
            return interval_words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return interval_words(row) if column is Column.INTERVAL else self._text(index.row(), row, column)
        return None

    @staticmethod
    def _text(place: int, row: Rating, column: Column) -> str:
        match column:
            case Column.PLACE:
                return fmt.number(place + 1)
            case Column.MODEL:
                return row.name
            case Column.QUANT:
                return row.quant
            case Column.INTERVAL:
                return ""
            case Column.RATING:
                return fmt.number(row.rating)
            case Column.VOTES:
                return fmt.number(row.votes)
            case Column.WINS:
                return fmt.percent(row.wins / row.votes) if row.votes else "–"
            case Column.SPEED:
                return fmt.rate(row.generation_tps) if row.generation_tps else "–"
            case Column.MEMORY:
                return fmt.size(row.memory) if row.memory else "–"


def interval_words(row: Rating) -> str:
    """Where the rating lies, in words."""
    if row.few:
        return tr(
            "{count} votes: too few to say how sure the rating is", n=row.votes, count=fmt.number(row.votes)
        )
    return tr(
        "between {low} and {high} with 95 % certainty", low=fmt.number(row.low), high=fmt.number(row.high)
    )
