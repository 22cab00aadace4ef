"""The answers of an unattended run as a table: a row per prompt, a column per contestant."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backend.compare.types import RunAnswer, UnattendedRun
from backend.i18n import tr
from ui import format as fmt
from ui.theme import icons, theme

Index = QModelIndex | QPersistentModelIndex
_LONGEST = 400


class RunRows(QAbstractTableModel):
    """The first column has the prompts. An answer that failed says so."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: UnattendedRun | None = None
        self._names: tuple[str, ...] = ()
        self._answers: dict[tuple[int, int], RunAnswer] = {}

    def show_run(
        self, run: UnattendedRun | None, names: tuple[str, ...], answers: tuple[RunAnswer, ...]
    ) -> None:
        """Show a run; of the same one only the cells with other answers are drawn anew."""
        found = {(answer.prompt, answer.column): answer for answer in answers}
        same = run is not None and self._run is not None and run.id == self._run.id and names == self._names
        if not same:
            self.beginResetModel()
            self._run, self._names, self._answers = run, names, found
            self.endResetModel()
            return
        changed = [place for place, answer in found.items() if self._answers.get(place) != answer]
        self._run, self._answers = run, found
        for prompt, column in changed:
            cell = self.index(prompt, column + 1)
            self.dataChanged.emit(cell, cell)

    def answer_at(self, index: Index) -> RunAnswer | None:
        """The answer of a cell; None for a prompt, or one that is still to come."""
        return self._answers.get((index.row(), index.column() - 1))

    def prompt_at(self, index: Index) -> str:
        return self._run.prompts[index.row()] if self._run is not None and index.isValid() else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as in the base class
        return 0 if parent.isValid() or self._run is None else len(self._run.prompts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self._run is None else len(self._names) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return tr("Prompt") if section == 0 else self._names[section - 1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole):
            return self._look(index, role)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if index.column() == 0:
            return _line(self.prompt_at(index))
        answer = self.answer_at(index)
        if answer is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        if answer.error_title:
            return f"{answer.error_title} {answer.error_hint}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return measured_words(answer)
        return _line(answer.text)

    def _look(self, index: Index, role: int) -> object:
        """The mark and the colour of what failed, and of what is not there yet."""
        answer = self.answer_at(index) if index.column() else None
        failed = answer is not None and bool(answer.error_title)
        if role == Qt.ItemDataRole.DecorationRole:
            return icons.icon("circle-alert", "bad.text", 14) if failed else None
        waits = answer is None and index.column() > 0
        return theme.color("bad.text" if failed else "text.3" if waits else "text.1")


def measured_words(answer: RunAnswer) -> str:
    """What was measured of an answer, in one line."""
    timings = answer.timings
    parts = []
    if timings.generation_tps:
        parts.append(tr("{rate} tok/s", rate=fmt.rate(timings.generation_tps)))
    if timings.completion_tokens:
        parts.append(fmt.tokens(timings.completion_tokens))
    if answer.seconds:
        parts.append(fmt.duration(answer.seconds))
    if answer.peak_memory:
        parts.append(fmt.size(answer.peak_memory))
    return " · ".join(parts)


def _line(text: str) -> str:
    return " ".join(text[:_LONGEST].split())
