"""Tokens as chips that flow like words: the piece of text above, the number of the token below."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from backend.i18n import tr
from backend.inspect.types import Token, TokenKind
from ui.theme import theme

MOST_SHOWN = 2_000
"""Tokens; more than anybody reads, and few enough to be laid out while typing."""
_HEIGHT, _GAP, _PAD = 38, 3, 4
_TALLEST = 6 * (_HEIGHT + _GAP)
_LONGEST_PIECE = 48
_VISIBLE = {" ": "·", "\n": "↵", "\t": "→", "\r": "␍", "\u00a0": "⍽"}


class Chip(NamedTuple):
    """Where a token is drawn."""

    box: QRectF
    words: str
    token: Token


def readable(piece: str) -> str:
    """`piece` with its blanks visible and nothing in it that could change how text is drawn; bytes that are
    no character by themselves in hexadecimal."""
    shown = []
    for char in piece[:_LONGEST_PIECE]:
        if char in _VISIBLE:
            shown.append(_VISIBLE[char])
        elif "\udc80" <= char <= "\udcff":
            shown.append(f"{ord(char) - 0xDC00:02X}")
        elif unicodedata.category(char)[0] == "C" or (unicodedata.category(char)[0] == "Z"):
            shown.append(f"U+{ord(char):04X}")
        elif unicodedata.combining(char):
            shown.append("◌" + char)
        else:
            shown.append(char)
    return "".join(shown) + ("…" if len(piece) > _LONGEST_PIECE else "")


def kind_words(kind: TokenKind) -> str:
    """What a token is, in words."""
    match kind:
        case TokenKind.NORMAL:
            return tr("part of text")
        case TokenKind.CONTROL:
            return tr("control token")
        case TokenKind.BYTE:
            return tr("single byte")
        case TokenKind.UNKNOWN:
            return tr("unknown to the vocabulary")
        case TokenKind.USER_DEFINED:
            return tr("added token")
        case TokenKind.UNUSED:
            return tr("unused token")


class TokensView(QAbstractScrollArea):
    """As high as its chips, up to a few lines; then it scrolls. Arrow keys go from token to token.

    Signals:
        current_changed: The token that the keyboard or the mouse is at, or None.
    """

    current_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(tr("Tokens"))
        self._tokens: tuple[Token, ...] = ()
        self._chips: list[Chip] = []
        self._current = -1
        self._widths: dict[str, float] = {}
        theme.changed.connect(self.viewport().update)
        self._lay_out()

    @property
    def chips(self) -> tuple[Chip, ...]:
        return tuple(self._chips)

    def set_tokens(self, tokens: tuple[Token, ...]) -> None:
        """Show the first `MOST_SHOWN` of `tokens`."""
        self._tokens = tokens[:MOST_SHOWN]
        self._current = -1
        self._lay_out()
        self.viewport().update()

    def _fonts(self) -> tuple[QFont, QFont]:
        piece = theme.font("code")
        number = theme.font("code")
        number.setPixelSize(11)
        return piece, number

    def _width(self, words: str, number: str, metrics: tuple[QFontMetricsF, QFontMetricsF]) -> float:
        key = f"{words}\n{number}"
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) > 20_000:
                self._widths.clear()
            width = max(metrics[0].horizontalAdvance(words), metrics[1].horizontalAdvance(number))
            self._widths[key] = width = round(width + 0.5) + 2 * _PAD
        return width

    def _lay_out(self) -> None:
        room = max(self.viewport().width(), 40)
        metrics = tuple(QFontMetricsF(font) for font in self._fonts())
        x = y = 0.0
        self._chips = []
        for token in self._tokens:
            words = readable(token.text)
            width = min(self._width(words, str(token.id), metrics), room)  # type: ignore[arg-type]
            if x and x + width > room:
                x, y = 0.0, y + _HEIGHT + _GAP
            self._chips.append(Chip(QRectF(x, y, width, _HEIGHT), words, token))
            x += width + _GAP
        height = round(y) + _HEIGHT if self._tokens else 0
        shown = min(height, _TALLEST)
        if self.height() != shown:
            self.setFixedHeight(shown)
        self.verticalScrollBar().setPageStep(max(shown, 1))
        self.verticalScrollBar().setSingleStep(_HEIGHT + _GAP)
        self.verticalScrollBar().setRange(0, max(height - shown, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalScrollBar().value())
        seen = QRectF(event.rect()).translated(0, self.verticalScrollBar().value())
        fonts = self._fonts()
        for place, chip in enumerate(self._chips):
            if chip.box.bottom() < seen.top():
                continue
            if chip.box.top() > seen.bottom():
                break
            self._paint_chip(painter, place, chip, fonts)

    def _paint_chip(self, painter: QPainter, place: int, chip: Chip, fonts: tuple[QFont, QFont]) -> None:
        surface, line, ink = _look(chip.token.kind, place)
        radius = theme.radius("small")
        painter.setPen(QPen(theme.color(line), 1) if line else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(surface))
        painter.drawRoundedRect(chip.box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if place == self._current:
            painter.setPen(QPen(theme.color("focus.ring" if self.hasFocus() else "line.strong"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chip.box.adjusted(1, 1, -1, -1), radius, radius)
        room = chip.box.adjusted(_PAD, 2, -_PAD + 2, -2)
        painter.setFont(fonts[0])
        painter.setPen(theme.color(ink))
        words = chip.words
        if chip.box.width() >= self.viewport().width() - 1:
            elide = Qt.TextElideMode.ElideRight
            words = QFontMetricsF(fonts[0]).elidedText(words, elide, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, words)
        painter.setFont(fonts[1])
        painter.setPen(theme.color("text.2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, str(chip.token.id))

    # -- going from token to token

    def _choose(self, place: int) -> None:
        place = min(max(place, 0), len(self._chips) - 1)
        if place < 0:
            return
        self._current = place
        box = self._chips[place].box
        bar = self.verticalScrollBar()
        if box.top() < bar.value():
            bar.setValue(int(box.top()))
        elif box.bottom() > bar.value() + self.viewport().height():
            bar.setValue(int(box.bottom() - self.viewport().height()))
        self.setAccessibleDescription(describe(self._chips[place].token))
        self.viewport().update()
        self.current_changed.emit(self._chips[place].token)

    def _line_step(self, step: int) -> int:
        """The chip above or below the current one."""
        if self._current < 0:
            return 0
        box = self._chips[self._current].box
        wanted = box.top() + step * (_HEIGHT + _GAP)
        line = [place for place, chip in enumerate(self._chips) if chip.box.top() == wanted]
        middle = box.center().x()
        return min(
            line, key=lambda place: abs(self._chips[place].box.center().x() - middle), default=self._current
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self._choose(self._current - 1)
            case Qt.Key.Key_Right:
                self._choose(self._current + 1)
            case Qt.Key.Key_Up:
                self._choose(self._line_step(-1))
            case Qt.Key.Key_Down:
                self._choose(self._line_step(1))
            case Qt.Key.Key_Home:
                self._choose(0)
            case Qt.Key.Key_End:
                self._choose(len(self._chips) - 1)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._choose(max(self._current, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _at(self, position: QPointF) -> int:
        place = QPointF(position.x(), position.y() + self.verticalScrollBar().value())
        return next((n for n, chip in enumerate(self._chips) if chip.box.contains(place)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place >= 0:
            self._choose(place)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), describe(self._chips[place].token) if place >= 0 else "", self
            )
            return True
        return super().viewportEvent(event)


def describe(token: Token) -> str:
    """One token in words."""
    return tr(
        "“{piece}”, token {number}, {bytes} bytes, {kind}",
        piece=readable(token.text),
        number=token.id,
        bytes=token.bytes,
        kind=kind_words(token.kind),
    )


def _look(kind: TokenKind, place: int) -> tuple[str, str, str]:
    """Surface, outline (empty for none) and ink of a chip; neighbours differ."""
    match kind:
        case TokenKind.CONTROL | TokenKind.USER_DEFINED:
            return "accent.tint", "accent.line", "accent.text"
        case TokenKind.UNKNOWN | TokenKind.UNUSED:
            return "warn.bg", "warn.mark", "warn.text"
        case TokenKind.BYTE:
            return "bg.window", "line.control", "text.1"
        case _:
            return ("bg.inset" if place % 2 == 0 else "bg.selected.idle"), "", "text.1"
