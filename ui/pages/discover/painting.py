"""What the lists and tables of the Discover page paint alike. Fonts and their metrics are made once."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from backend.hubs.types import Source
from ui.theme import theme

LEFT, RIGHT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter
MARK = 16
"""Side of the small square that says which garden a model is from."""


def surface_of(option: QStyleOptionViewItem) -> str:
    """Colour token of a row by its state: accent tint only where the list has the focus; empty for none."""
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        active = bool(state & QStyle.StateFlag.State_HasFocus) or has_focus(option.widget)
        return "bg.selected" if active else "bg.selected.idle"
    return "bg.hover" if state & QStyle.StateFlag.State_MouseOver else ""


def has_focus(widget: QWidget | None) -> bool:
    return widget is not None and widget.hasFocus()


def hairline(painter: QPainter, rect: QRect) -> None:
    """A line of one pixel along the lower edge, sharp even while edges are smoothed."""
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line.hair"))


@cache
def _font(role: str) -> tuple[QFont, QFontMetrics]:
    name, _, kind = role.partition(".")
    figures = name == "small" and kind != "words"
    font = theme.font(name, weight=600 if kind == "strong" else None, tabular=figures)
    return font, QFontMetrics(font)


def metrics(role: str) -> QFontMetrics:
    """Metrics of the font of `text_at`."""
    return _font(role)[1]


@lru_cache(maxsize=8192)
def _advance(text: str, role: str) -> int:
    return _font(role)[1].horizontalAdvance(text)


def text_at(
    painter: QPainter, rect: QRect, text: str, role: str, token: str, align: Qt.AlignmentFlag = LEFT
) -> int:
    """Draw one line, elided; returns its width in pixels.

    Args:
        role: Step of the type scale. ``body.strong`` is semibold; figures of ``small`` have equal widths,
            which would stretch the hyphens of ``small.words``.
    """
    font, measure = _font(role)
    painter.setFont(font)
    painter.setPen(theme.color(token))
    width = _advance(text, role)
    if width > rect.width():
        text = measure.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = measure.horizontalAdvance(text)
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), text)
    return width


def paint_source_mark(painter: QPainter, left: int, middle: int, source: Source, token: str) -> None:
    """A small framed letter: H for Hugging Face, O for Ollama."""
    box = QRect(left, middle - MARK // 2, MARK, MARK)
    painter.setPen(QPen(theme.color("line.control"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    text_at(painter, box, "O" if source is Source.OLLAMA else "H", "caption", token, CENTRE)
