"""What differs between two answers, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from backend.i18n import tr
from ui import format as fmt
from ui.theme import theme
from ui.widgets.labels import label
from ui.widgets.sheet import Sheet

_MOST_WORDS = 6_000
"""Longer answers are compared line by line: word by word would take seconds."""
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def pieces(first: str, second: str) -> list[tuple[str, str, str]]:
    """What both say and where they part: ``equal``, ``replace``, ``delete`` or ``insert``, and the texts."""
    one, two = _WORDS.findall(first), _WORDS.findall(second)
    if len(one) + len(two) > _MOST_WORDS:
        one, two = first.splitlines(keepends=True), second.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return [(kind, "".join(one[a:b]), "".join(two[c:d])) for kind, a, b, c, d in matcher.get_opcodes()]


def likeness(first: str, second: str) -> float:
    """Share (0 to 1) of the characters of both that stand in both, in order."""
    same = sum(2 * len(text) for kind, text, _ in pieces(first, second) if kind == "equal")
    return same / max(len(first) + len(second), 1)


class DiffSheet(Sheet):
    """Two answers side by side; what only one of them says has a coloured ground and is underlined.

    Args:
        answers: Names and texts.
        left: Which of them stands at the left at first.
    """

    def __init__(
        self, answers: Sequence[tuple[str, str]], left: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Differences"), width=880, parent=parent)
        self._answers = tuple(answers)
        self._boxes: list[QComboBox] = []
        self._views: list[QTextBrowser] = []
        columns = QHBoxLayout()
        columns.setSpacing(12)
        other = next((at for at in range(len(answers)) if at != left), left)
        for at in (left, other):
            box = QComboBox()
            box.setAccessibleName(tr("Answer"))
            box.addItems([name for name, _ in self._answers])
            box.setCurrentIndex(at)
            box.currentIndexChanged.connect(self._show)
            view = QTextBrowser()
            view.setOpenLinks(False)
            view.setFont(theme.font("body"))
            view.setMinimumHeight(420)
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addWidget(box)
            column.addWidget(view, 1)
            columns.addLayout(column, 1)
            self._boxes.append(box)
            self._views.append(view)
        first, second = (view.verticalScrollBar() for view in self._views)
        first.valueChanged.connect(second.setValue)
        second.valueChanged.connect(first.setValue)
        self.body.addLayout(columns)
        self._alike = label("", "small", "2")
        self.body.addWidget(self._alike)
        self.cancel.setText(tr("Close"))
        self._show()

    def _show(self) -> None:
        names = [box.currentText() for box in self._boxes]
        one, two = (self._answers[box.currentIndex()][1] for box in self._boxes)
        parts = pieces(one, two)
        for side, view in enumerate(self._views):
            texts = [(kind, part[side]) for kind, *part in parts]
            view.setHtml("".join(_marked(kind, text, side) for kind, text in texts))
            view.setAccessibleName(names[side])
        share = likeness(one, two)
        self._alike.setText(
            tr("Word for word the same.")
            if one == two
            else tr("{share} of the text is the same.", share=fmt.percent(share))
        )


def _marked(kind: str, text: str, side: int) -> str:
    safe = escape(text).replace("\n", "<br>")
    if kind == "equal" or not text:
        return safe
    ground = theme.hex("bad.bg" if side == 0 else "ok.bg")
    return f'<span style="background-color:{ground};text-decoration:underline">{safe}</span>'
