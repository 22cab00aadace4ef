"""Which answer is best: buttons with keys while it is hidden, and what was chosen afterwards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QWidget

from backend.compare.types import Round, Vote
from backend.i18n import tr
from ui import format as fmt
from ui.pages.compare.column import Badge
from ui.pages.compare.words import LETTERS, letter_of
from ui.theme import theme
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.section import hairline

HEIGHT = 56


class VoteBar(QWidget):
    """Signals:
    voted: A `Vote`.
    undo_asked, board_asked, next_asked: Its buttons after the vote.
    """

    voted = Signal(object)
    undo_asked = Signal()
    board_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._round: Round | None = None
        self._total = 0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._ask = QWidget()
        row = QHBoxLayout(self._ask)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(label(tr("Which is best?"), "body", weight=600))
        row.addSpacing(8)
        self._best: list[KeyButton] = []
        for place, letter in enumerate(LETTERS):
            button = KeyButton(tr("{letter} is best", letter=letter), str(place + 1))
            button.clicked.connect(lambda _on=False, at=place: self.vote_for(at))
            self._best.append(button)
            row.addWidget(button)
        line = hairline(vertical=True)
        line.setFixedHeight(24)
        row.addWidget(line)
        tie = KeyButton(tr("Tie"), "T")
        tie.clicked.connect(lambda: self.voted.emit(Vote("tie")))
        bad = KeyButton(tr("All bad"), "X")
        bad.clicked.connect(lambda: self.voted.emit(Vote("bad")))
        row.addWidget(tie)
        row.addWidget(bad)
        row.addStretch(1)
        self._count = ElidedLabel(role="small", tone="2")
        row.addWidget(self._count)
        self._told = QWidget()
        after = QHBoxLayout(self._told)
        after.setContentsMargins(16, 0, 16, 0)
        after.setSpacing(8)
        self._badge = Badge("A")
        self._badge.set_best(True)
        self._what = label("", "body", weight=600)
        self._standing = ElidedLabel(role="body", tone="2")
        undo = KeyButton(tr("Undo"), "Z")
        undo.clicked.connect(self.undo_asked)
        board = KeyButton(tr("Leaderboard"), "L")
        board.clicked.connect(self.board_asked)
        following = KeyButton(tr("Next prompt"), "N", "primary")
        following.clicked.connect(self.next_asked)
        after.addWidget(self._badge)
        after.addWidget(self._what)
        after.addWidget(self._standing, 1)
        for button in (undo, board, following):
            after.addWidget(button)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._ask)
        self._stack.addWidget(self._told)
        theme.changed.connect(self.update)

    def show_round(self, shown: Round | None, names: list[str]) -> None:
        """Offer the vote on a round, or tell it. `names` are those of the columns, by column."""
        self._round = shown
        self.setVisible(shown is not None and (shown.blind or shown.vote is not None))
        if shown is None:
            return
        for place, button in enumerate(self._best):
            button.setVisible(place < len(shown.answers))
        vote = shown.vote
        self._stack.setCurrentWidget(self._ask if vote is None else self._told)
        if vote is None:
            return
        self._badge.setVisible(vote.outcome == "best")
        self._standing.setText("")
        match vote.outcome:
            case "tie":
                self._what.setText(tr("You called it a tie."))
            case "bad":
                self._what.setText(tr("You found all of them bad."))
            case "best":
                column = vote.column or 0
                self._badge.set_letter(letter_of(shown, column))
                name = names[column] if column < len(names) else ""
                self._what.setText(tr("You chose {name}.", name=name))

    def show_total(self, votes: int) -> None:
        """How many votes there are in all."""
        self._total = votes
        words = tr("{count} votes so far.", n=votes, count=fmt.number(votes))
        self._count.setText(f"{tr('You may vote before they finish.')} {words}")

    def show_standing(self, words: str) -> None:
        """What the vote did to the rating of the chosen one."""
        self._standing.setText(words)

    def vote_for(self, place: int) -> None:
        """The answer at this place is the best."""
        shown = self._round
        if shown is not None and shown.vote is None and place < len(shown.order):
            self.voted.emit(Vote("best", shown.order[place]))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), theme.color("accent.tint"))
