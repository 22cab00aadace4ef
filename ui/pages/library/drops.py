"""Files and folders that are dragged over the library."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from backend.i18n import tr
from ui.theme import icons, theme


def paths_in(data: QMimeData) -> tuple[Path, ...]:
    """The files and folders of this machine that are being dragged."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


class DropHighlight(QWidget):
    """Covers its parent while something is dragged over it, and says what letting go does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.words())
        self.hide()
        theme.changed.connect(self.update)

    @staticmethod
    def words() -> str:
        return tr("Drop GGUF files or folders to see them here")

    def cover(self) -> None:
        """Lie over the whole parent."""
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme.color("bg.window")
        veil.setAlphaF(0.72)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(12, 12, -12, -12)
        radius = theme.radius("dialog")
        painter.setPen(QPen(theme.color("accent.base"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, radius, radius)
        title, small = theme.font("title"), theme.font("small")
        note = tr("They stay where they are; a folder is watched from then on")
        words = max(
            QFontMetrics(title).horizontalAdvance(self.words()), QFontMetrics(small).horizontalAdvance(note)
        )
        plate = QRectF(0, 0, min(words + 64, frame.width() - 32), 120)
        plate.moveCenter(frame.center())
        painter.setPen(QPen(theme.color("accent.line"), 1))
        painter.setBrush(theme.color("accent.tint"))
        painter.drawRoundedRect(plate, radius, radius)
        icons.paint(
            painter, "folder-plus", QRectF(plate.center().x() - 12, plate.top() + 18, 24, 24), "accent.text"
        )
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        for font, token, text, top in ((title, "text.1", self.words(), 52), (small, "text.2", note, 78)):
            painter.setFont(font)
            painter.setPen(theme.color(token))
            painter.drawText(plate.adjusted(12, top, -12, 0), centre, text)
