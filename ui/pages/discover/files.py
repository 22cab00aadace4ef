"""The files of one repository, a row per quantization, with what each would need on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from backend.capacity.types import Fit
from backend.downloads.types import DownloadJob, DownloadState
from backend.gguf.names import UNKNOWN, bits_per_weight, quant_meaning
from backend.hubs.types import QuantFile
from backend.i18n import tr
from ui import format as fmt
from ui.models.rows import Index, RowsModel
from ui.widgets.fit_pill import verdict_word


class Column(IntEnum):
    QUANT = 0
    SIZE = 1
    BITS = 2
    FIT = 3
    MEMORY = 4
    SPEED = 5
    ACTION = 6


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class FileRow:
    """One choice: the file, its prediction, and how far it is on its way to this disk."""

    quant: QuantFile
    recommended: bool = False
    fit: Fit | None = None
    problem: str = ""
    """Why nothing can be predicted; empty where it can, or is still being read."""
    job: DownloadJob | None = None
    local: bool = False

    @property
    def title(self) -> str:
        """What names the choice: the tag, or the quantization."""
        return self.quant.tag or self.quant.label

    @property
    def bits(self) -> float | None:
        """Bits per weight as the quantization's name promises."""
        return bits_per_weight(self.quant.label)

    @property
    def downloading(self) -> bool:
        return self.job is not None and (self.job.state.active or self.job.state is DownloadState.PAUSED)

    @property
    def failed(self) -> bool:
        """Whether its download ended with an error."""
        return self.job is not None and self.job.state is DownloadState.FAILED and not self.local

    def action(self) -> str:
        """What Enter, the button in the row and the main button do, in words."""
        if self.local:
            return tr("Chat")
        if self.job is None or not (self.downloading or self.failed):
            return tr("Download")
        share = fmt.percent(self.job.done / max(self.job.total, 1))
        match self.job.state:
            case DownloadState.PAUSED:
                return tr("Paused {share}", share=share)
            case DownloadState.QUEUED:
                return tr("Waiting {share}", share=share) if self.job.done else tr("Waiting")
            case DownloadState.VERIFYING:
                return tr("Checking …")
            case DownloadState.FAILED:
                return tr("Try again")
            case _:
                return tr("Downloading {share}", share=share)


def second_line(quant: QuantFile) -> str:
    """What the choice means, in a few words."""
    meaning = quant_meaning(quant.label)
    if quant.tag:
        known = quant.label not in ("", UNKNOWN)
        parts = [quant.label, meaning] if known else []
        if quant.context_length:
            parts.insert(1, tr("{count} context", count=fmt.count(quant.context_length)))
        return " · ".join(part for part in parts if part)
    if len(quant.files) > 1:
        return tr("{meaning}; {count} parts", meaning=meaning, count=len(quant.files))
    return meaning


class FilesModel(RowsModel[FileRow]):
    """Rows by file name; predictions and download states change rows in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.quant.name, len(Column), parent)

    def set_rows(self, rows: tuple[FileRow, ...]) -> None:
        """Show another repository."""
        self.show_others(rows)

    def row_named(self, name: str) -> FileRow | None:
        return next((row for row in self._rows if row.quant.name == name), None)

    def scale(self) -> int:
        """Bytes at the right end of the Memory column: one scale for all rows."""
        return max((row.fit.ledger.total for row in self._rows if row.fit), default=0)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section in (Column.SIZE, Column.BITS, Column.SPEED)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("Tag") if self._rows and self._rows[0].quant.tag else tr("Quantization"),
                tr("Size"),
                tr("Bits"),
                tr("Fit"),
                tr("Memory"),
                tr("Tok/s"),
                "",
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Role.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, Column(index.column()))
        return None

    @staticmethod
    def _tip(row: FileRow, column: Column) -> str:
        match column:
            case Column.QUANT:
                names = () if row.quant.tag else tuple(part.path for part in row.quant.files)
                return "\n".join((*names, second_line(row.quant)))
            case Column.FIT:
                return row.problem
            case Column.ACTION:
                return row.action()
            case _:
                return ""

    def _text(self, row: FileRow, column: Column) -> str:
        fit = row.fit
        match column:
            case Column.QUANT:
                return ", ".join(part for part in (row.title, second_line(row.quant)) if part)
            case Column.SIZE:
                return fmt.size(row.quant.size) if row.quant.size else fmt.UNKNOWN
            case Column.BITS:
                return fmt.number(row.bits, 1) if row.bits is not None else "–"
            case Column.FIT | Column.MEMORY:
                return f"{verdict_word(fit.verdict)} {fmt.size(fit.ledger.total)}" if fit else row.problem
            case Column.SPEED:
                speed = fmt.predicted_speed(fit) if fit else ""
                return f"~{speed}" if speed else ""
            case Column.ACTION:
                return row.action()
