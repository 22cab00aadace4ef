"""Files that are dragged over the conversation: letting go attaches them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from ui.theme import icons, theme


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files of this machine that `data` names."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropArea(QWidget):
    """Signals:
    dropped: Files that were let go over it.
    """

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._veil = _Veil(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._veil.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        event.acceptProposedAction()
        self.dropped.emit(local_files(event.mimeData()))


class _Veil(QWidget):
    """Says what letting go does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.color("bg.window")
        veil.setAlphaF(0.8)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        painter.setPen(QPen(theme.color("accent.base"), 2, Qt.PenStyle.DashLine))
        radius = theme.radius("dialog")
        painter.drawRoundedRect(frame, radius, radius)
        words = tr("Drop files to attach them")
        painter.setFont(theme.font("title"))
        room = QFontMetricsF(painter.font()).horizontalAdvance(words) + 36
        left = frame.center().x() - room / 2
        icons.paint(painter, "paperclip", QRectF(left, frame.center().y() - 10, 20, 20), "accent.text")
        painter.setPen(theme.color("text.1"))
        place = QRectF(left + 30, frame.center().y() - 20, room, 40)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
