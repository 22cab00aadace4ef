"""The answers of one model to a suite: a list, and beside it the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from backend.bench.types import Suite, SuiteItem, SuiteRow
from backend.i18n import tr
from ui import format as fmt
from ui.pages.bench.cells import FIRST, INSET, back, dress, write
from ui.pages.bench.suite_data import check_line
from ui.theme import icons, theme
from ui.theme.measure import advance
from ui.widgets.labels import label, set_tone
from ui.widgets.segmented import SegmentedControl
from ui.widgets.table_header import TableHeader

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LONGEST = 20_000
"""Letters of an answer that are shown; models may repeat themselves for ever."""


class AnswerTable(QAbstractTableModel):
    """Rows are pairs of an item and its answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[tuple[SuiteItem | None, SuiteRow]] = []

    def show(self, rows: Sequence[tuple[SuiteItem | None, SuiteRow]]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Prompt"), tr("Topic"), tr("What came out"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        item, answer = self.rows[index.row()]
        match index.column():
            case 0:
                words = " ".join((item.prompt if item is not None else answer.item_id)[:400].split())
                return f"{outcome(answer)}: {words}" if role == Qt.ItemDataRole.AccessibleTextRole else words
            case 1:
                return answer.topic
            case _:
                return _line(answer)


def _line(answer: SuiteRow) -> str:
    return answer.error_title or answer.reason or " ".join(answer.text[:400].split())


def outcome(answer: SuiteRow) -> str:
    """Whether an answer counts, in a word."""
    if answer.error_title:
        return tr("Failed")
    return {True: tr("Right"), False: tr("Wrong"), None: tr("Not judged")}[answer.passed]


def mark(answer: SuiteRow) -> tuple[str, str]:
    """Icon and colour of an answer."""
    if answer.error_title or answer.passed is None:
        return "circle-question-mark", "text.3"
    return ("circle-check", "ok.text") if answer.passed else ("x", "bad.text")


class _Delegate(QStyledItemDelegate):
    def __init__(self, table: AnswerTable, view: QTableView) -> None:
        super().__init__(view)
        self._table, self._view = table, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(40, theme.size("row.table"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, column = option.rect, index.column()
        answer = self._table.rows[index.row()][1]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back(painter, option, self._view)
        cell = rect.adjusted(INSET, 0, -INSET, -1)
        if column == 0:
            name, token = mark(answer)
            icons.paint(painter, name, QRectF(rect.left() + FIRST, rect.center().y() - 7, 14, 14), token)
            cell.setLeft(rect.left() + FIRST + 24)
        first = column == 0
        weight, token = (500, "text.1") if first else (None, "text.2")
        write(painter, cell, str(index.data() or ""), token, weight=weight, left=True)
        painter.restore()


class AnswersView(QTableView):
    """Signals:
    current_changed: Place of the current row; -1 without one.
    """

    current_changed = Signal(int)

    def __init__(self, table: AnswerTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setModel(table)
        self.setItemDelegate(_Delegate(table, self))
        dress(self, tr("Answers"))
        head = TableHeader(FIRST, INSET)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalHeader(head)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.selectionModel().currentRowChanged.connect(
            lambda current, _before: self.current_changed.emit(current.row() if current.isValid() else -1)
        )
        table.modelReset.connect(self._reset)

    def _reset(self) -> None:
        self.fit()
        if self._table.rows:
            self.setCurrentIndex(self._table.index(0, 0))
        else:
            self.current_changed.emit(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        room = self.viewport().width()
        topics = max(
            (advance(answer.topic, "small", None, True) for _item, answer in self._table.rows), default=0
        )
        topic = round(min(max(topics, 40), 140)) + 2 * INSET + 2
        wide = room >= 560
        self.setColumnHidden(1, room < 420)
        self.setColumnHidden(2, not wide)
        rest = room - (topic if room >= 420 else 0)
        self.setColumnWidth(1, topic)
        self.setColumnWidth(0, round(rest * 0.5) if wide else rest)
        self.setColumnWidth(2, rest - round(rest * 0.5))


class AnswerPane(QScrollArea):
    """One answer in full: what was asked, what was said, how it was checked, why it failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("The answer in full"))
        self.setMinimumWidth(220)
        content = QWidget()
        content.setProperty("scrollContent", True)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(4)
        self._outcome = label("", "body", weight=600)
        self._facts = label("", "small", "3", wrap=True)
        layout.addWidget(self._outcome)
        layout.addWidget(self._facts)
        self._texts: dict[str, tuple[QLabel, QLabel]] = {}
        for key, title in (
            ("reason", tr("Why")),
            ("prompt", tr("Prompt")),
            ("answer", tr("Answer")),
            ("check", tr("Check")),
            ("reference", tr("A good answer")),
        ):
            head = label(title, "caption", "3")
            head.setContentsMargins(0, 8, 0, 0)
            text = label("", "body", wrap=True)
            text.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            layout.addWidget(head)
            layout.addWidget(text)
            self._texts[key] = (head, text)
        layout.addStretch(1)
        self.setWidget(content)

    def show_answer(self, item: SuiteItem | None, answer: SuiteRow | None) -> None:
        """Show an answer; None empties the pane."""
        texts = dict.fromkeys(self._texts, "")
        self._outcome.setText(outcome(answer) if answer is not None else "")
        facts = ""
        if answer is not None:
            tone = "1" if answer.passed is None else "ok" if answer.passed else "bad"
            set_tone(self._outcome, tone)
            texts["reason"] = answer.error_title or answer.reason
            texts["answer"] = answer.text[:_LONGEST] or tr("(nothing)")
            tokens = answer.timings.completion_tokens
            parts = [answer.item_id, answer.topic, fmt.tokens(tokens) if tokens else ""]
            facts = ", ".join(part for part in parts if part)
        if item is not None:
            texts["prompt"] = item.prompt[:_LONGEST]
            texts["check"] = check_line(item.check)
            texts["reference"] = item.check.reference
        self._facts.setText(facts)
        for key, (head, text) in self._texts.items():
            text.setText(texts[key])
            head.setVisible(bool(texts[key]))
            text.setVisible(bool(texts[key]))

    def text(self, key: str) -> str:
        """What is shown under ``reason``, ``prompt``, ``answer`` or ``check``."""
        return self._texts[key][1].text()


class Answers(QWidget):
    """The list of answers with its filter, and the pane beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suite: Suite | None = None
        self._all: tuple[SuiteRow, ...] = ()
        self._title = label("", "title")
        self.filter = SegmentedControl(
            ((False, tr("Not right")), (True, tr("All"))), tr("Which answers to list")
        )
        self.filter.changed.connect(lambda _all: self._show())
        head = QHBoxLayout()
        head.setContentsMargins(24, 8, 16, 6)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.filter)
        self._table = AnswerTable(self)
        self.view = AnswersView(self._table)
        self.pane = AnswerPane()
        self._nothing = label("", "small", "2", wrap=True)
        self._nothing.setContentsMargins(24, 12, 24, 12)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        column.addStretch(0)
        left.setMinimumWidth(260)
        self.splitter = QSplitter()
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.view.current_changed.connect(self._current_changed)
        self.show_answers(None, "", ())

    def show_answers(self, suite: Suite | None, name: str, answers: tuple[SuiteRow, ...]) -> None:
        """Show the answers that the model `name` gave to `suite`."""
        self._suite, self._all = suite, answers
        self._title.setText(tr("Answers of {name}", name=name) if name else tr("Answers"))
        self._show()

    def _show(self) -> None:
        items = {item.id: item for item in self._suite.items} if self._suite is not None else {}
        every = bool(self.filter.value())
        rows = [(items.get(a.item_id), a) for a in self._all if every or not a.passed]
        self._table.show(rows)
        self._nothing.setText(tr("All answers are right.") if self._all else tr("No answers yet."))
        self._nothing.setVisible(not rows)
        self.view.setVisible(bool(rows))

    def _current_changed(self, place: int) -> None:
        item, answer = self._table.rows[place] if place >= 0 else (None, None)
        self.pane.show_answer(item, answer)

    def shown(self) -> list[SuiteRow]:
        """The answers that are listed."""
        return [answer for _item, answer in self._table.rows]
